"""Writing what the pages of a draft say: its units, what becomes of those below them, its shares."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.desk.reorganise.forms.shares import PassingRow
from danvan.desk.reorganise.forms.starting import eve_of
from danvan.desk.reorganise.forms.units import Chosen, NewRow
from danvan.desk.reorganise.shapes import SHAPES
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import EventKind, Level
from danvan.organisations.selectors import UnitOnDay, card, children, units_on
from danvan.organisations.selectors.reorganising.ground import Drafted, read_draft
from danvan.organisations.services.reorganising import (
    add_new_unit,
    edit_new_unit,
    edit_reorganisation,
    remove_change,
    remove_new_unit,
    remove_passing,
    set_change,
    set_passing,
)
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Reorganisation

# Where a fault of a new unit stands on the page.
BOXES = {"parent": "under", "place": "under"}
# What a type word says of the level; a city may be of two.
LEVEL_OF = {
    "Tỉnh": Level.PROVINCE,
    **dict.fromkeys(("Huyện", "Quận", "Thị xã"), Level.DISTRICT),
    **dict.fromkeys(("Xã", "Phường", "Thị trấn", "Đặc khu"), Level.COMMUNE),
    **dict.fromkeys(("Thôn", "Bản", "Tổ dân phố"), Level.VILLAGE),
}


@transaction.atomic
def keep_units(draft: "Reorganisation", chosen: Chosen, *, actor: "User") -> None:
    """Let the draft be about exactly these units; shares that were typed stay where both sides do."""
    drafted, shape = read_draft(draft), SHAPES[draft.kind]
    ground = units_on([*chosen.gives, *chosen.takes], eve_of(draft))
    if shape.changes:
        _keep_change(draft, drafted, chosen, actor)
        return
    if draft.kind == EventKind.REWEIGH:
        pairs = _passed_before(draft, chosen.gives)
    else:
        new = _keep_new(draft, drafted, chosen, ground, actor)
        takes = chosen.takes or (_superiors(chosen, ground) if not new else [])
        if draft.kind == EventKind.DISSOLVE and not takes:
            raise _nobody_takes()
        pairs = [
            (giver, taker, founded)
            for giver in chosen.gives
            for taker, founded in [*((one, None) for one in takes), *((None, one) for one in new)]
        ]
    _keep_passings(draft, drafted, pairs, actor)
    below = _below(draft, chosen.gives)
    for change in drafted.changes:
        if change.unit_id not in below:
            remove_change(draft, change.pk, actor=actor)


Pair = tuple[int, int | None, int | None]  # giver, taker, new unit


def _keep_passings(
    draft: "Reorganisation", drafted: Drafted, pairs: Sequence[Pair], actor: "User"
) -> None:
    kept = {
        (row.predecessor_id, row.successor_id, row.successor_new_id): row.pk
        for row in drafted.passings
    }
    for pair, pk in kept.items():
        if pair not in pairs and (pair[2] is None or pair[2] in _new_ids(draft)):
            remove_passing(draft, pk, actor=actor)
    for giver, taker, new in pairs:
        if (giver, taker, new) not in kept:
            set_passing(draft, giver, taker, new_unit_id=new, actor=actor)


def _new_ids(draft: "Reorganisation") -> set[int]:
    return {row.pk for row in read_draft(draft).new_units}


def _keep_new(
    draft: "Reorganisation",
    drafted: Drafted,
    chosen: Chosen,
    ground: Mapping[int, UnitOnDay],
    actor: "User",
) -> list[int]:
    """Found exactly these; returns the ids of their rows in the order of the page."""
    known = {row.pk for row in drafted.new_units}
    wanted = {row.pk for row in chosen.founds if row.pk in known}
    for pk in known - wanted:
        remove_new_unit(draft, pk, actor=actor)
    model = next((ground[one] for one in chosen.gives if one in ground), None)
    made = []
    for at, row in enumerate(chosen.founds):
        try:
            values = _values(row, model)
            if row.pk in wanted and row.pk is not None:
                edit_new_unit(draft, row.pk, actor=actor, **values)
                made.append(row.pk)
            else:
                made.append(add_new_unit(draft, actor=actor, **values).pk)
        except RuleError as broken:
            raise _on_row(broken, at) from broken
    return made


def _values(row: NewRow, model: UnitOnDay | None) -> dict[str, Any]:
    """The columns of a new unit; what is left open is as with the first of the old units."""
    above = row.under_id
    if above is None and model is not None:
        above = model.parent_id if not row.kind else model.place_id or model.id
    level = row.level or (model.level if model else LEVEL_OF.get(row.type_word, ""))
    if not level and not row.kind:
        raise RuleError(
            "Đồng chí vui lòng chọn cấp của đơn vị mới.",
            faults=[Fault("Đồng chí vui lòng chọn cấp của đơn vị mới.", column="level")],
        )
    where = {"place_id": above} if row.kind else {"parent_id": above}
    kind = row.kind or (model.kind if model and not row.type_word else "")
    if kind and not row.kind and model is not None:
        where = {"place_id": row.under_id or model.place_id}
    return {
        "name": row.name,
        "level": level,
        "type_word": "" if kind else row.type_word,
        "kind": kind,
        "code": row.code,
        **where,
    }


def _on_row(broken: RuleError, at: int) -> RuleError:
    faults = [
        Fault(one.message, column=f"founds_{at}_{BOXES.get(one.column, one.column)}")
        for one in broken.faults
    ]
    return RuleError(broken.message, faults=faults)


def _superiors(chosen: Chosen, ground: Mapping[int, UnitOnDay]) -> list[int]:
    """Of organisations that are dissolved, those above them take over."""
    found = [
        ground[one].parent_id
        for one in chosen.gives
        if one in ground and not ground[one].is_place and ground[one].parent_id
    ]
    return [one for one in dict.fromkeys(found) if one and one not in chosen.gives]


def _nobody_takes() -> RuleError:
    sentence = "Đơn vị giải thể không có cấp trên nhận thay. Đồng chí vui lòng nêu đơn vị nhận."
    return RuleError(sentence, faults=[Fault(sentence, column="takes_0")])


def _passed_before(draft: "Reorganisation", gives: Sequence[int]) -> list[Pair]:
    """What passed from these units on the day: the rows whose shares are replaced."""
    pairs: list[Pair] = []
    faults = []
    for giver in gives:
        known = card(giver, on=draft.effective_on)
        passed = [one for one in known.successors if known] if known else []
        here = [one for one in passed if one.happened_on == draft.effective_on]
        pairs += [(giver, one.id, None) for one in here]
        if not here and known:
            days = ", ".join(dict.fromkeys(format_date(one.happened_on) for one in passed))
            when = f"; đã chuyển vào {days}" if days else ""
            faults.append(
                Fault(
                    f"{known.name} không chuyển phần nào vào ngày {format_date(draft.effective_on)}{when}."
                    " Đồng chí vui lòng sửa ngày của dự thảo hoặc chọn đơn vị khác."
                )
            )
    if faults:
        raise RuleError(faults[0].message, faults=faults)
    return pairs


def _keep_change(draft: "Reorganisation", drafted: Drafted, chosen: Chosen, actor: "User") -> None:
    for row in drafted.changes:
        if row.unit_id not in chosen.gives:
            remove_change(draft, row.pk, actor=actor)
    for unit in chosen.gives:
        set_change(draft, unit, actor=actor, **chosen.change)


def _below(draft: "Reorganisation", gives: Sequence[int]) -> dict[int, str]:
    """The places directly below those that give, by name."""
    eve, found = eve_of(draft), dict[int, str]()
    for unit, one in units_on(gives, eve).items():
        if one.is_place:
            found |= {branch.unit.id: branch.unit.name for branch in children(unit, on=eve)}
    return found


def below(draft: "Reorganisation", drafted: Drafted) -> dict[int, str]:
    """The places directly below the units that give, by name."""
    return _below(draft, list(dict.fromkeys(row.predecessor_id for row in drafted.passings)))


@transaction.atomic
def keep_children(draft: "Reorganisation", told: Mapping[int, str], *, actor: "User") -> None:
    """Put the places below the units that give where they go: `u12` a unit, `n3` one to be founded, else nowhere yet."""
    known = {row.unit_id: row for row in read_draft(draft).changes}
    for child, where in told.items():
        sort, pk = where[:1], int(where[1:] or 0)
        if not where:
            if child in known:
                remove_change(draft, known[child].pk, actor=actor)
        else:
            set_change(
                draft,
                child,
                actor=actor,
                parent_id=pk if sort == "u" else None,
                parent_new_id=pk if sort == "n" else None,
            )


@transaction.atomic
def keep_shares(
    draft: "Reorganisation",
    told: Sequence[tuple[PassingRow, int | None, bool]],
    measure: str,
    *,
    actor: "User",
) -> None:
    """Write the shares that differ, who takes over, and the measure."""
    drafted = {row.pk: row for row in read_draft(draft).passings}
    if measure != draft.measure:
        edit_reorganisation(
            draft, actor=actor, title=draft.title, effective_on=draft.effective_on,
            decision=draft.decision, measure=measure,
        )  # fmt: skip
        draft.measure = measure
    for row, weight, heir in told:
        kept = drafted.get(row.pk)
        if kept is not None and (kept.weight, kept.heir) != (weight, heir):
            set_passing(
                draft, kept.predecessor_id, kept.successor_id, new_unit_id=kept.successor_new_id,
                weight=weight, heir=heir, actor=actor,
            )  # fmt: skip


__all__ = ["below", "keep_children", "keep_shares", "keep_units"]
