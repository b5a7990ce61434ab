"""Let the database know its own size: after a bulk write its planner would go on with what was there before."""

from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def joining_wholes() -> Iterator[None]:
    """Have PostgreSQL join whole tables at once, not row by row, till the end of the block; within an `atomic` of its own.

    For sums over a month that has just come in: its rows are in no statistics yet, so the planner expects one, and
    would look through the other table again for each of hundreds of thousands. SQLite goes by its indexes. Where
    the block fails, it is undone with its transaction.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop to default")
