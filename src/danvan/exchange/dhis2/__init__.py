"""The files of DHIS2 as plain Python: what they say, without asking what we hold."""
