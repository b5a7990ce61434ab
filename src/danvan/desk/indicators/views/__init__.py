"""Pages of the catalogue of indicators."""
