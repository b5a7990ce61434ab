"""Pages of reports: what is due, filling in, reading, deciding, a month of a form, opening months."""
