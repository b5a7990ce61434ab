import pytest
from django.db import connection

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
