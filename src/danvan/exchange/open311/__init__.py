"""Open311 GeoReport v2: its dates, its words and its two forms, JSON and XML."""
