"""Months that were opened before a back-dated reorganisation: they are asked of who stands on their last day.

A report of an ended unit for a month that it did not see end is withdrawn where nothing was typed or sent, and the
month is asked of the units founded. Where something was, the reorganisation is refused with the names.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.organisations.holders import BATCH, Moved, Passage, StayingRows, by_many, plain, tell
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.kinds import kind_of
from danvan.organisations.selectors.spans import spans_of
from danvan.reporting.holders.begun import ending_faults, title, undoing_faults
from danvan.reporting.models import Form, Obligation, WayStep
from danvan.reporting.selectors.asking import is_asked, questioned_kinds, units_asked
from danvan.reporting.services.ways import lay_ways

FIELDS = tuple(field.attname for field in Obligation._meta.concrete_fields)


class MonthHolder(StayingRows):
    """Who is asked for months that are open already."""

    key = "reporting.months"
    label = "kỳ báo cáo đã mở"
    model = Obligation
    fields = ("unit",)
    kept = ("form_id", "first", "due_on", "opened_at", "standing", "first_sent_on", "draft", "changes")  # fmt: skip

    def faults(self, passage: Passage) -> list[Fault]:
        """Reports typed or sent by ended units for months that end after they do."""
        return ending_faults(_opened(passage.ended, passage.on), passage.on)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Withdraw what is empty, and ask the units founded for the months that are open."""
        rows = list(_locked(_opened(passage.ended, passage.on)))
        if faults := ending_faults(rows, passage.on):
            raise RuleError(faults[0].message, faults=faults)
        names = last_names({row.unit_id for row in rows}, passage.on)
        steps = _steps_of(rows)
        moved = [
            Moved(
                row_id=row.pk,
                giver=row.unit_id,
                taker=passage.heirs.get(row.unit_id, row.unit_id),
                title=f"{title(row)} của {names.get(row.unit_id, '')}: không phải gửi nữa"[:400],
                waits=False,
                before=plain({name: getattr(row, name) for name in FIELDS})
                | {"steps": steps.get(row.pk, [])},
            )
            for row in rows
        ]
        for some in by_many(row.pk for row in rows):
            Obligation.objects.filter(pk__in=some).delete()
        opened = _ask_founded(passage)
        moved += [
            Moved(
                row_id=row.pk,
                giver=passage.heirs.get(row.form.unit_id, row.form.unit_id),
                taker=row.unit_id,
                title=f"{title(row)}: phải gửi",
                waits=False,
                after={"opened": True},
            )
            for row in opened
        ]
        if moved:
            tell(self.key, "hand_over", [*rows, *opened], passage.number, actor)
        return moved

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Ask the former units again; refused where a founded unit typed or sent a report.

        Months opened since are asked of them too.
        """
        rows = list(_locked(Obligation.objects.filter(unit_id__in=passage.founded)))
        if faults := undoing_faults(rows):
            raise RuleError(faults[0].message, faults=faults)
        for some in by_many(row.pk for row in rows):
            Obligation.objects.filter(pk__in=some).delete()
        back = [
            Obligation(
                # handed over before a column was there: as its migration left the rows that stayed
                **{name: _read(name, one.before[name]) for name in FIELDS if name in one.before}
            )
            for one in moved
            if one.before
        ]
        Obligation.objects.bulk_create(back, batch_size=BATCH)
        WayStep.objects.bulk_create(
            (
                WayStep(
                    pk=pk, obligation_id=one.row_id, position=place, unit_id=unit, bearer_id=bearer
                )
                for one in moved
                for pk, place, unit, bearer in one.before.get("steps", ())
            ),
            batch_size=BATCH,
        )
        asked = _ask_former(rows, passage)
        if told := [*back, *asked]:
            tell(self.key, "take_back", told, passage.number, actor)


def _opened(unit_ids: Iterable[int], on: date) -> QuerySet[Obligation]:
    """What these units owe for months that end on the day or later."""
    rows = Obligation.objects.filter(unit_id__in=list(unit_ids), first__gte=on.replace(day=1))
    return rows.select_related("form").order_by("pk")


def _locked(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    locked = rows.select_related("form").order_by("pk")
    return locked.select_for_update(of=("self",), no_key=True)


def _steps_of(rows: Sequence[Obligation]) -> dict[int, list[list[Any]]]:
    """The way of each of these reports, as undoing needs it."""
    found: dict[int, list[list[Any]]] = {}
    for some in by_many(row.pk for row in rows):
        steps = WayStep.objects.filter(obligation_id__in=some).order_by("pk")
        for owed, *step in steps.values_list(
            "obligation_id", "pk", "position", "unit_id", "bearer_id"
        ):
            found.setdefault(owed, []).append(step)
    return found


def _opened_by_way(made: Sequence[Obligation]) -> list[Obligation]:
    """Written down, each with the way that its form has on the last day of its month."""
    owed = Obligation.objects.bulk_create(made, batch_size=BATCH)
    forms = Form.objects.in_bulk({one.form_id for one in owed})
    months: dict[tuple[int, date], list[Obligation]] = {}
    for one in owed:
        months.setdefault((one.form_id, one.first), []).append(one)
    for (form_id, first), some in months.items():
        lay_ways(forms[form_id], some, Period.starting(first, Every.MONTH).last)
    return owed


def _read(name: str, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    field: Any = Obligation._meta.get_field(name.removesuffix("_id"))
    return field.to_python(value)


def _ask_founded(passage: Passage) -> list[Obligation]:
    """Obligations of the founded places for the months that are open and end with them standing."""
    if not passage.founded:
        return []
    opened = Obligation.objects.filter(first__gte=passage.on.replace(day=1)).order_by()
    months = opened.values_list("form_id", "first", "due_on").distinct()
    asked = sorted(months, key=lambda month: (month[0], month[1]))
    forms = Form.objects.in_bulk({form_id for form_id, _, _ in asked})
    known = set(opened.values_list("form_id", "first", "unit_id"))
    made, now, founded = [], clock.now(), set(passage.founded)
    for form_id, first, due_on in asked:
        form, last = forms[form_id], Period.starting(first, Every.MONTH).last
        under = passage.heirs.get(form.unit_id, form.unit_id)
        made += [
            Obligation(
                form=form,
                unit_id=unit,
                kind=kind,
                first=first,
                due_on=due_on,
                opened_at=now,
                head_approves=form.head_approves,
            )
            for unit, kind in units_asked(form, on=last, under_id=under).items()
            if unit in founded and (form_id, first, unit) not in known
        ]
    return _opened_by_way(made)


def _ask_former(rows: Sequence[Obligation], passage: Passage) -> list[Obligation]:
    """The former units' obligations for months that only founded units had been asked for."""
    givers: dict[int, list[int]] = {}
    for giver, heir in passage.heirs.items():
        givers.setdefault(heir, []).append(giver)
    spans = sorted(spans_of(list(passage.heirs)), key=lambda span: span.valid_from)
    last = {span.unit_id: span for span in spans}  # the last of each stays
    questioned = questioned_kinds({row.form_id for row in rows})
    first = min((row.first for row in rows), default=passage.on)
    there = Obligation.objects.filter(unit_id__in=passage.heirs, first__gte=first)
    known = set(there.values_list("form_id", "first", "unit_id"))
    made = []
    for row in rows:
        for giver in givers.get(row.unit_id, ()):
            owed = (row.form_id, row.first, giver)
            span = last.get(giver)
            if span is None or span.level != row.form.level or owed in known:
                continue
            kind = kind_of(span.kind, span.type_word)
            if is_asked(row.form, kind, questioned[row.form_id]):
                known.add(owed)
                made.append(
                    Obligation(
                        form_id=row.form_id, unit_id=giver, kind=kind, first=row.first,
                        due_on=row.due_on, opened_at=row.opened_at, head_approves=row.head_approves,
                    )
                )  # fmt: skip
    return _opened_by_way(made)
