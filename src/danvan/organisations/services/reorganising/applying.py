"""Applying a reorganisation: everything of its plan, in one transaction, with a journal to undo it by."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from danvan.foundation import audit, clock, events, planner
from danvan.foundation.errors import RuleError
from danvan.foundation.locks import alone
from danvan.organisations.enums import LINE, STANDING, EventState, HandOverState, Kind, Sort
from danvan.organisations.events import UnitsReorganised
from danvan.organisations.holding import Passage, all_holders
from danvan.organisations.models import (
    HandOver,
    Lineage,
    NewUnit,
    Reach,
    Reorganisation,
    Unit,
    UnitCode,
    UnitVersion,
)
from danvan.organisations.naming import searchable
from danvan.organisations.selectors.reorganising.checks import check_plan
from danvan.organisations.selectors.reorganising.order import TRACE, Trace
from danvan.organisations.selectors.reorganising.plan import Changing, Plan, Standing
from danvan.organisations.selectors.reorganising.planning import plan_of
from danvan.organisations.services.holding import hold_units
from danvan.organisations.services.reaching import refresh_reach
from danvan.organisations.services.reorganising.closing import close_rows
from danvan.organisations.services.reorganising.drafting import lock_draft
from danvan.organisations.services.reorganising.journal import Journal

REGISTER = 4_110_219_781  # one reorganisation at a time is applied or undone
MANY = 500  # from so many rows on, the database's own idea of its size is out of date


@transaction.atomic
def apply_reorganisation(reorganisation: Reorganisation, *, actor: Any) -> Reorganisation:
    """Do what the draft says, from its day on; a day to come is allowed.

    Refuses with every fault of `check_plan` at once, and then nothing has changed.
    """
    alone(REGISTER, wait=True)
    row = lock_draft(reorganisation)
    plan = plan_of(row)
    faults = [fault for check in check_plan(plan) for fault in check.faults]
    if faults:
        raise RuleError(
            faults[0].message
            if len(faults) == 1
            else f"Chưa áp dụng được {row.number} vì có {len(faults)} điểm chưa đúng. Đồng chí vui lòng"
            " sửa từng điểm rồi làm lại.",
            faults=faults,
        )
    hold_units(plan.touched)
    journal = Journal(row)
    ids = _write(journal, plan)
    trace = trace_of(plan, ids, journal)
    journal.close(TRACE, trace.plain())
    refresh_reach(set(trace.written))
    if len(journal.rows) >= MANY:
        planner.learn(Unit, UnitVersion, UnitCode, Lineage, Reach)
    handed = 0
    if (
        plan.on <= clock.today()
    ):  # else on the day, by `hand_over_due`: until then the heirs do not stand
        handed = hand_over(row, plan.passage(ids), actor)
    else:
        _foresee(plan.passage(ids))
    row.applied_order = (Reorganisation.objects.aggregate(last=Max("applied_order"))["last"] or 0) + 1  # fmt: skip
    row.state, row.applied_by, row.applied_at = EventState.APPLIED, actor, clock.now()
    row.changes += 1
    columns = ["applied_order", "state", "applied_by", "applied_at", "handed_over_at", "changes"]
    row.save(update_fields=columns)
    reorganisation.changes = row.changes
    audit.record(
        actor,
        "organisations.apply_reorganisation",
        row,
        ended=len(plan.ended),
        founded=len(ids),
        changed=len(plan.changed),
        handed_over=handed,
    )
    events.publish(UnitsReorganised(reorganisation_id=row.pk, on=plan.on))
    return row


def _foresee(passage: Passage) -> None:
    """Tell those whose sums follow the trees, which hold the day to come already."""
    for holder in all_holders():
        told = getattr(holder, "foresee", None)
        if told is not None:
            told(passage)


@contextmanager
def preview(reorganisation: Reorganisation, *, actor: Any = None) -> Iterator[Reorganisation]:
    """Apply a draft, let the caller read, and roll everything back: figures before and after, no trace."""
    counted = reorganisation.changes
    try:
        with transaction.atomic():
            yield apply_reorganisation(reorganisation, actor=actor)
            transaction.set_rollback(True)
    finally:
        reorganisation.changes = counted


def trace_of(plan: Plan, ids: dict[int, int], journal: Journal) -> Trace:
    """What the application touched: by it later ones are known that build on it."""

    def real(units: Iterable[int | None]) -> frozenset[int]:
        return frozenset(ids.get(unit, unit) for unit in units if unit)

    before = [*plan.standing.values(), *(one.before for one in plan.changed)]
    after = [one.standing for one in plan.founded] + [one.after for one in plan.changed]
    codes = [row for row in journal.rows if row.table == UnitCode._meta.label_lower]
    passage = plan.passage(ids)
    return Trace(
        written=plan.touched | passage.founded,
        ended=passage.ended,
        founded=passage.founded,
        leant_on=real(unit for one in before for unit in (one.parent, one.place)),
        named=real([*(u for one in after for u in (one.parent, one.place)), *plan.heirs.values()]),
        moved=passage.moved,
        freed=frozenset(f"gso {row.before['code']}" for row in codes if row.before)
        | _seats(plan.standing.values()),
        taken=frozenset(f"gso {row.after['code']}" for row in codes if row.after and not row.before)
        | _seats(one.standing for one in plan.founded),
        heirs=dict(passage.heirs),
    )


def _seats(standing: Iterable[Standing]) -> frozenset[str]:
    """Places with a kind of organisation that stands in each once, as text."""
    return frozenset(f"{one.place} {one.kind}" for one in standing if one.kind in STANDING)


def _write(journal: Journal, plan: Plan) -> dict[int, int]:
    """Write the plan; returns the ids of the founded units by their numbers in it."""
    ids = _found(journal, plan)
    changed = {one.unit: one for one in plan.changed}
    versions = _versions({*plan.ended, *changed}, plan.on)
    units = Unit.objects.in_bulk(plan.ended)
    for unit in plan.ended:
        journal.update(units[unit], ended_on=plan.on)
        _end(journal, versions[unit], plan.on)
    journal.insert([version for one in plan.changed if (version := _go_on(journal, versions[one.unit], one, plan, ids))])  # fmt: skip
    journal.flush()
    _write_codes(journal, plan, ids, changed)
    _write_lineage(journal, plan, ids)
    close_rows(journal, plan)
    return ids


def _found(journal: Journal, plan: Plan) -> dict[int, int]:
    units = [
        Unit(
            sort=Sort.PLACE if one.standing.is_place else Sort.ORGANISATION,
            founded_on=plan.on,
        )
        for one in plan.founded
    ]
    journal.insert(units)
    ids = {one.key: unit.pk for one, unit in zip(plan.founded, units, strict=True)}
    journal.insert([_version(ids[one.key], one.standing, plan, ids) for one in plan.founded])
    drafted = {one.new_unit_id: ids[one.key] for one in plan.founded if one.new_unit_id}
    rows = list(NewUnit.objects.filter(pk__in=drafted))
    for row in rows:
        row.unit_id = drafted[row.pk]
    NewUnit.objects.bulk_update(rows, ["unit"])
    return ids


def _version(unit: int, one: Standing, plan: Plan, ids: dict[int, int]) -> UnitVersion:
    return UnitVersion(
        unit_id=unit,
        **searchable(one.name, bare=one.bare),
        level=one.level,
        type_word=one.type_word,
        kind=one.kind,
        line=LINE[Kind(one.kind)] if one.kind else "",
        parent_id=ids.get(one.parent or 0, one.parent),
        place_id=ids.get(one.place or 0, one.place),
        area_km2=one.area_km2,
        decision=plan.decision,
        valid_from=plan.on,
    )


def _versions(units: set[int], on: date) -> dict[int, UnitVersion]:
    """The version of each unit that is in force on the day."""
    living = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = UnitVersion.objects.filter(living, valid_from__lte=on, unit_id__in=units)
    return {row.unit_id: row for row in rows}


def _end(journal: Journal, version: UnitVersion, on: date) -> None:
    """Let a version end; one that would have begun on this very day never does."""
    if version.valid_from == on:
        journal.delete([version])
    else:
        journal.update(version, valid_to=on)


def _go_on(
    journal: Journal, version: UnitVersion, one: Changing, plan: Plan, ids: dict[int, int]
) -> UnitVersion | None:
    """Cut a version in two; the second part says what the unit becomes. None where no second row is needed."""
    if one.before == one.after:
        return None
    after = one.after
    columns = {
        "level": after.level,
        "type_word": after.type_word,
        "parent_id": ids.get(after.parent or 0, after.parent),
        "place_id": ids.get(after.place or 0, after.place),
        "area_km2": after.area_km2,
        "decision": plan.decision,
    }
    if after.name != version.name or after.type_word != version.type_word:
        columns |= searchable(after.name, bare=after.bare)
    if version.valid_from == plan.on:
        journal.update(version, **columns)
        return None
    begun = UnitVersion(
        unit_id=version.unit_id, name=version.name, lowered=version.lowered, folded=version.folded,
        bare=version.bare, kind=version.kind, line=version.line, latitude=version.latitude,
        longitude=version.longitude, valid_from=plan.on, valid_to=version.valid_to,
    )  # fmt: skip
    for name, value in columns.items():
        setattr(begun, name, value)
    journal.update(version, valid_to=plan.on)
    return begun


def _write_codes(
    journal: Journal, plan: Plan, ids: dict[int, int], changed: dict[int, Changing]
) -> None:
    """End the codes of ended units and of those that get another; let the new ones begin."""
    living = Q(valid_to=None) | Q(valid_to__gt=plan.on)
    recoded = {unit for unit, one in changed.items() if one.code}
    concerned = Q(unit_id__in=plan.ended) | Q(unit_id__in=recoded, system="gso")
    for code in UnitCode.objects.filter(living & concerned).order_by("pk"):
        if code.valid_from >= plan.on:
            journal.delete([code])
        else:
            journal.update(code, valid_to=plan.on)
    journal.flush()
    begun = {ids[one.key]: one.code for one in plan.founded if one.code}
    begun |= {unit: changed[unit].code for unit in recoded}
    journal.insert(
        [
            UnitCode(unit_id=unit, system="gso", code=code, valid_from=plan.on)
            for unit, code in begun.items()
        ]
    )


def _write_lineage(journal: Journal, plan: Plan, ids: dict[int, int]) -> None:
    old = Lineage.objects.in_bulk([one.row_id for one in plan.passed if one.row_id])
    made = []
    for one in plan.passed:
        columns = {
            "weight": one.weight,
            "measure": one.measure,
            "back_weight": one.back_weight,
            "back_measure": one.back_measure,
            "estimated": one.estimated,
        }
        if one.row_id:
            journal.update(old[one.row_id], **columns)
            continue
        made.append(
            Lineage(
                predecessor_id=one.predecessor,
                successor_id=ids.get(one.successor, one.successor),
                happened_on=plan.on,
                decision=plan.decision,
                **columns,
            )
        )
    journal.insert(made)


def hand_over(row: Reorganisation, passage: Passage, actor: Any) -> int:
    """Let every holder pass what is open; returns how many matters changed hands. The row is saved by the caller."""
    made = [
        HandOver(
            reorganisation=row,
            holder=holder.key,
            row_id=moved.row_id,
            title=moved.title[:400],
            giver_id=moved.giver,
            taker_id=moved.taker,
            before=moved.before,
            after=moved.after,
            state=HandOverState.WAITING if moved.waits else HandOverState.ACCEPTED,
        )
        for holder in all_holders()
        for moved in holder.hand_over(passage, actor=actor)
    ]
    HandOver.objects.bulk_create(made, batch_size=5_000)
    row.handed_over_at = clock.now()
    return len(made)
