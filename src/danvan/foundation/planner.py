"""Let the database know its own size: after a bulk write its planner would go on with what was there before."""

from django.db import connection
from django.db.models import Model


def learn(*models: type[Model]) -> None:
    """Have PostgreSQL count these tables again, in the caller's transaction; SQLite plans without.

    For whoever writes thousands of rows at once. Its own round comes only after the commit, minutes
    later; until then a join over a table it takes for empty may run for hours.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"analyze {connection.ops.quote_name(model._meta.db_table)}")
