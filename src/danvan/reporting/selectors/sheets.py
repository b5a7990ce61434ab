"""Reads of workbooks handed in: how far a drop is, what was read in each, whose each is; templates of a month."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from danvan.foundation.periods import Period
from danvan.organisations.selectors import codes_on, last_names
from danvan.reporting.enums import Outcome
from danvan.reporting.models import Form, Obligation, SheetDrop, SheetFile
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

_WORD = re.compile(r"[0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a drop is."""

    total: int
    waiting: int
    drafted: int
    sent: int
    refused: int

    @property
    def read(self) -> int:
        """How many were read so far."""
        return self.total - self.waiting


def progress_of(drop: SheetDrop) -> Progress:
    """How many workbooks of a drop are in which outcome. One query."""
    rows = SheetFile.objects.filter(drop=drop).order_by().values("outcome")
    counts = {row["outcome"]: row["many"] for row in rows.annotate(many=Count("pk"))}
    return Progress(
        total=sum(counts.values()),
        waiting=counts.get(Outcome.WAITING, 0),
        drafted=counts.get(Outcome.DRAFTED, 0),
        sent=counts.get(Outcome.SENT, 0),
        refused=counts.get(Outcome.REFUSED, 0),
    )


def sheets_of(drop: SheetDrop, *, outcome: str = "") -> QuerySet[SheetFile]:
    """The workbooks of a drop, those in one outcome where it is given, with whose report each is."""
    found = SheetFile.objects.filter(drop=drop).select_related("obligation")
    return found.filter(outcome=outcome) if outcome else found


def drops_of(form: Form, period: Period) -> QuerySet[SheetDrop]:
    """The drops of many workbooks for a month of a form, the newest first."""
    found = SheetDrop.objects.filter(form=form, first=period.first, obligation=None)
    return found.select_related("by").annotate(many=Count("files")).order_by("-pk")


def sheet_by(obligation: Obligation, pk: int) -> QuerySet[SheetFile]:
    """A workbook that a unit handed in for its own report."""
    return SheetFile.objects.filter(drop__obligation=obligation, pk=pk).select_related("drop")


class Owing:
    """The units that owe a month of a form, found by what a workbook says of them. Three queries in all."""

    def __init__(self, form_id: int, period: Period) -> None:
        owed = Obligation.objects.filter(form_id=form_id, first=period.first)
        rows = list(owed.values_list("unit_id", "pk", "kind"))
        self.by_unit = {unit: pk for unit, pk, _ in rows}
        self.kinds = {pk: kind for _, pk, kind in rows}  # by obligation: what each unit was
        self.names = last_names(self.by_unit, period.last)
        self._codes = {code: unit for unit, code in codes_on(self.by_unit, period.last).items()}
        self._folded: dict[str, list[int]] = {}
        for unit, name in self.names.items():
            self._folded.setdefault(fold(name), []).append(unit)

    def named_in(self, file_name: str, titles: Iterable[str]) -> int | None:
        """The one unit whose code stands in the file's name, else whose name stands in the titles; None if none or two."""
        coded = {self._codes[word] for word in _WORD.findall(file_name) if word in self._codes}
        if coded:
            return coded.pop() if len(coded) == 1 else None
        texts = [f" {' '.join(fold(one).split())} " for one in titles]
        named = {
            unit
            for name, units in self._folded.items()
            for unit in units
            if any(f" {name} " in text for text in texts)
        }
        return named.pop() if len(named) == 1 else None


def allowed_to_send(user: "User", form_id: int, period: Period) -> frozenset[int]:
    """The obligations of a month that `user` may send for their units. One query."""
    owed = Obligation.objects.allowed(user, "submissions.enter")
    return frozenset(owed.filter(form_id=form_id, first=period.first).values_list("pk", flat=True))


def owed_in_order(form: Form, period: Period) -> Iterator[tuple[Obligation, str]]:
    """Who owes a month of a form, each with a name for its file: the unit's code and name. Three queries."""
    owed = list(Obligation.objects.filter(form=form, first=period.first).select_related("form"))
    ids = [one.unit_id for one in owed]
    codes, names = codes_on(ids, period.last), last_names(ids, period.last)
    for one in sorted(owed, key=lambda one: (codes.get(one.unit_id, ""), one.pk)):
        words = re.sub(r"[^a-z0-9]+", "-", fold(names.get(one.unit_id, ""))).strip("-")
        yield one, f"{codes.get(one.unit_id, one.unit_id)}-{words}.xlsx"
