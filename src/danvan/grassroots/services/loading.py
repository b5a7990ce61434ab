"""Loading the file of kinds: a kind that matters were written under keeps its row; the law changes by a new one."""

from pathlib import Path
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.grassroots.kind_file import KINDS, read_kinds
from danvan.grassroots.models import MatterKind


@transaction.atomic
def load_kinds(*, actor: Any = None, path: Path = KINDS) -> int:
    """Write the rows of the file that are new or read otherwise; how many. Loading the same file again does nothing."""
    known = {(one.code, one.valid_from): one for one in MatterKind.objects.select_for_update()}
    changed = []
    for row in read_kinds(path):
        held = known.get((row["code"], row["valid_from"]))
        if held is None:
            changed.append(MatterKind.objects.create(**row))
        elif any(getattr(held, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(held, name, value)
            held.save(update_fields=list(row))
            changed.append(held)
    if changed:
        audit.record(actor, "grassroots.load_kinds", changed[0], ids=[one.pk for one in changed])
    return len(changed)
