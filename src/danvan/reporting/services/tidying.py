"""Packages of workbooks that were read long ago are removed; what came of each workbook stays."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from danvan.foundation import audit, clock, files
from danvan.reporting.models import SheetDrop

AT_A_TIME = 500


def empty_old_drops() -> int:
    """Remove the packages that were kept for `DANVAN_KEEP_SHEETS_DAYS` after they were read; returns how many drops.

    One audit entry a drop. A package that another drop still needs, or that was stored anew, stays on the disk.
    """
    until = clock.now() - timedelta(days=settings.DANVAN_KEEP_SHEETS_DAYS)
    old = SheetDrop.objects.filter(ended_at__lt=until, package__isnull=False).order_by("pk")
    return sum(_emptied(pk) for pk in list(old.values_list("pk", flat=True)[:AT_A_TIME]))


@transaction.atomic
def _emptied(pk: int) -> int:
    rows = SheetDrop.objects.select_for_update(of=("self",)).filter(pk=pk, package__isnull=False)
    drop = rows.select_related("package").first()
    if drop is None:
        return 0  # another worker was first
    stored = drop.package
    assert stored is not None
    drop.package, drop.emptied_at = None, clock.now()
    drop.save(update_fields=["package", "emptied_at"])
    number, removed = stored.pk, files.remove(stored)
    audit.record(None, "reporting.empty_drop", drop, file_id=number, removed=removed)
    return 1
