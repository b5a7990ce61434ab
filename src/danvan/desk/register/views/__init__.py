"""The register's pages: the country on a day, units, villages, what became different, what units carry."""
