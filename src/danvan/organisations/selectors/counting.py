"""The register's counts around the merger."""

from datetime import timedelta

from django.db.models import Count

from danvan.organisations.enums import Level
from danvan.organisations.known import MERGED_ON, Counts
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors.days import in_force


def counts_at_the_merger() -> Counts:
    """How many places of each level stand on the merger's day, and on the day before. Two queries."""
    after, before = (
        dict(
            UnitVersion.objects.filter(in_force(day), kind="")
            .values_list("level")
            .annotate(count=Count("pk"))
            .order_by()
        )
        for day in (MERGED_ON, MERGED_ON - timedelta(days=1))
    )
    return Counts(
        provinces=after.get(Level.PROVINCE, 0),
        communes=after.get(Level.COMMUNE, 0),
        old_provinces=before.get(Level.PROVINCE, 0),
        old_districts=before.get(Level.DISTRICT, 0),
        old_communes=before.get(Level.COMMUNE, 0),
    )
