import pytest
from django.db import connection, transaction

from danvan.foundation import planner
from danvan.foundation.models import NumberSeries


@pytest.mark.django_db
def test_postgresql_counts_a_table_again_after_a_bulk_write():
    NumberSeries.objects.bulk_create(NumberSeries(key=f"series {place}") for place in range(5_000))
    planner.learn(NumberSeries)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "select reltuples from pg_class where relname = %s", [NumberSeries._meta.db_table]
            )
            assert cursor.fetchone() == (5_000,)
    assert NumberSeries.objects.count() == 5_000


@pytest.mark.django_db
def test_postgresql_joins_whole_tables_till_the_end_of_the_block_alone():
    def nested() -> str:
        if connection.vendor != "postgresql":
            return "on"
        with connection.cursor() as cursor:
            cursor.execute("show enable_nestloop")
            return cursor.fetchone()[0]

    with transaction.atomic(), planner.joining_wholes():
        within = nested()
    assert (within == "off") == (connection.vendor == "postgresql")
    assert nested() == "on"
    with pytest.raises(RuntimeError), transaction.atomic(), planner.joining_wholes():
        raise RuntimeError
    assert nested() == "on"
