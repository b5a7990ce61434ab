"""A form that is being written at a place that ends goes on being written at the heir, which is asked to accept it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.organisations.holders import FieldHolder, Moved, Passage
from danvan.reporting.models import Form, FormDraft

LONGEST_CODE = 30


class FormDraftHolder(FieldHolder):
    """Forms being written. Where the heir writes or asks a form of the same code, the one that comes has a code of its own."""

    key = "reporting.drafts"
    label = "biểu mẫu đang soạn"
    model = FormDraft
    field = "unit"
    fields = ("unit",)
    kept = ("code", "name", "follows_id", "content", "changes")
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Whatever is being written: a draft that was published or given up is gone."""
        return FormDraft.objects.all()

    def title(self, row: Any) -> str:
        """By its code and name."""
        return f"Bản soạn biểu {row.code}: {row.name}"

    def changed_beside(self) -> tuple[str, ...]:
        """The code may be another one at the heir."""
        return ("code",)

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """Give a code of its own to each whose code the heir has already."""
        taken = _codes_at({row.unit_id for row in rows}, besides=[row.pk for row in rows])
        for place, row in enumerate(rows):
            before = row.code
            row.code = _free(before, taken.setdefault(row.unit_id, set()))
            taken[row.unit_id].add(row.code)
            one = moved[place]
            moved[place] = replace(one, before={**one.before, "code": before})

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """The same at another successor, beginning with the code that it had at first."""
        taken = _codes_at({row.unit_id}, besides=[row.pk])
        row.code = _free(moved.before["code"], taken.get(row.unit_id, set()))

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The code it had."""
        for row, one in zip(rows, moved, strict=True):
            row.code = one.before["code"]


def _codes_at(unit_ids: Collection[int], besides: Collection[int]) -> dict[int, set[str]]:
    """The codes of forms that are asked or being written at each place. Two queries."""
    found: dict[int, set[str]] = {}
    written = FormDraft.objects.filter(unit_id__in=unit_ids).exclude(pk__in=besides)
    asked = Form.objects.filter(unit_id__in=unit_ids)
    for unit, code in [
        *written.values_list("unit_id", "code"),
        *asked.values_list("unit_id", "code"),
    ]:
        found.setdefault(unit, set()).add(code)
    return found


def _free(code: str, taken: Collection[str]) -> str:
    number, free = 1, code
    while free in taken:
        number += 1
        tail = f"-{number}"
        free = f"{code[: LONGEST_CODE - len(tail)]}{tail}"
    return free
