"""The whole register and what holders keep, plain and in a stable order: what is compared before and after."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from danvan.organisations.holding import all_holders
from danvan.organisations.models import (
    Appointment,
    Assignment,
    CommitteeTerm,
    Duty,
    DutyShare,
    Lineage,
    Mandate,
    Post,
    Reach,
    Unit,
    UnitCode,
    UnitFlag,
    UnitLink,
    UnitMark,
    UnitSize,
    UnitVersion,
)

TABLES: tuple[Any, ...] = (
    Unit, UnitVersion, UnitCode, Lineage, UnitSize, Post, Appointment, Assignment, UnitMark,
    CommitteeTerm, UnitFlag, UnitLink, Mandate, Duty, DutyShare,
)  # fmt: skip


def canonical_register() -> dict[str, list[Any]]:
    """Every row of the register by table, with its id, and what each holder keeps.

    `Reach` is derived: its rows have no id here. Drafts, journals and hand-overs are left out: they are the
    record of what was done, not of what is. One query a table.
    """
    found: dict[str, list[Any]] = {model._meta.label_lower: _rows(model) for model in TABLES}
    columns = ("top_id", "unit_id", "follows", "valid_from", "valid_to")
    reach = (_plain(row) for row in Reach.objects.values_list(*columns))
    found[Reach._meta.label_lower] = sorted(reach, key=lambda row: json.dumps(row))
    for holder in all_holders():
        found[f"holder:{holder.key}"] = holder.export()
    return found


def register_hash(found: dict[str, list[Any]] | None = None) -> str:
    """The SHA-256 of the canonical register."""
    whole = canonical_register() if found is None else found
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _rows(model: Any) -> list[list[Any]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    return [_plain(row) for row in model.objects.order_by("pk").values_list(*columns)]


def _plain(row: tuple[Any, ...]) -> list[Any]:
    return [
        value.isoformat() if isinstance(value, date) else format(value.normalize(), "f") if isinstance(value, Decimal) else value
        for value in row
    ]  # fmt: skip
