"""The API: the same acts as the portal and Open311, as JSON, described by OpenAPI."""
