"""The names of a reorganisation's units through time, and the units on both sides of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.desk.reorganise.reading.figures import Sides
from danvan.foundation import clock
from danvan.organisations.enums import EventKind, EventState
from danvan.organisations.selectors import card
from danvan.organisations.selectors.reorganising.ground import Drafted, read_draft
from danvan.organisations.selectors.reorganising.lists import sides_of
from danvan.organisations.selectors.reorganising.plan import Plan
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.organisations.models import Reorganisation

MOST_CARDS, MOST_NAMES = 4, 3
SPLITTING = frozenset({EventKind.DIVIDE, EventKind.SPLIT_OFF, EventKind.TERRITORY})


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the story."""

    on: date
    icon: str
    words: str
    note: str = ""


def sides_of_plan(draft: "Reorganisation", drafted: Drafted, plan: Plan) -> Sides:
    """The units of a draft: those of before that it names, and those there are then (negative: to be founded)."""
    gives = list(dict.fromkeys(row.predecessor_id for row in drafted.passings))
    takes = [row.successor_id or -(row.successor_new_id or 0) for row in drafted.passings]
    changed = [row.unit_id for row in drafted.changes] if not gives else []
    living = [one for one in dict.fromkeys(takes) if one > 0 and one not in gives]
    before = [*gives, *living, *changed]
    ended = set(plan.ended)
    staying = [one for one in [*gives, *changed] if one not in ended]
    if draft.kind == EventKind.REWEIGH:
        before, staying = gives, []
    founds = [one.key for one in plan.founded if one.new_unit_id]
    after = list(dict.fromkeys([*staying, *takes, *founds]))
    return Sides(draft.effective_on, before, after, dict(plan.names))


def with_ids(sides: Sides, drafted: Drafted) -> Sides:
    """The same with the identities that founded units have while the draft is applied."""
    ids = {-row.pk: row.unit_id for row in drafted.new_units if row.unit_id}
    names: Mapping[int, str] = {ids.get(key, key): name for key, name in sides.names.items()}
    return Sides(sides.on, sides.before, [ids.get(one, one) for one in sides.after], names)


def moments_of(
    draft: "Reorganisation", before: Sequence[str], after: Sequence[str], units: Iterable[int]
) -> list[Moment]:
    """What the units were called before, what this one does, and that the old names still lead there."""
    found = [moment for unit in list(units)[:MOST_CARDS] for moment in _story(unit)]
    icon = "git-fork" if draft.kind in SPLITTING else "git-merge"
    old = [name for name in before if name not in after]
    lead = "đều ra" if len(old) > 1 else "ra"
    typed = " hay ".join(f"“{fold(name)}”" for name in old[:MOST_NAMES])
    stands = draft.state not in (EventState.UNDONE, EventState.DROPPED)
    note = f"Gõ {typed} {lead} {_listed(after)}." if old and after and stands else ""
    words = _done(draft, before, after)
    if not stands:
        words = f"{words} ({draft.get_state_display().lower()})"
    # What the register tells of the act itself, once it is applied, is told by its own line.
    found = [one for one in found if one.on != draft.effective_on]
    found.append(Moment(draft.effective_on, icon, words, note))
    return sorted(dict.fromkeys(found), key=lambda one: one.on)


def _done(draft: "Reorganisation", before: Sequence[str], after: Sequence[str]) -> str:
    """What the act does, in one line."""
    if draft.kind == EventKind.MOVE:
        return f"{_listed(before)} chuyển sang cấp trên khác"
    if draft.kind == EventKind.RENAME and after:
        return f"{_listed(before)} đổi tên thành {_listed(after)}"
    if before and after:
        return f"{_listed(before)} thành {_listed(after)}"
    return _listed([*after, *before])


def _story(unit: int) -> Iterable[Moment]:
    """The former names of one unit, and from whom it came."""
    known = card(unit, on=clock.today())
    if known is None:
        return
    came: dict[date, list[str]] = {}
    for kin in known.predecessors:
        if kin.id != unit:
            came.setdefault(kin.happened_on, []).append(kin.name)
    for day, names in came.items():
        yield Moment(day, "git-merge", f"{_listed(names)} thành {known.name}")
    for earlier, later in zip(known.spans, known.spans[1:], strict=False):
        if earlier.name != later.name:
            yield Moment(later.valid_from, "pencil", f"{earlier.name} đổi tên thành {later.name}")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - 2 * MOST_NAMES
    if more > 0:
        return f"{', '.join(names[: 2 * MOST_NAMES])} và {more} đơn vị khác"
    return ", ".join(names)


def moments_written(one: "Reorganisation") -> list[Moment]:
    """The story of one that is no draft any more."""
    names = sides_of([one])[one.pk]
    drafted = read_draft(one)
    units = {unit for row in drafted.passings for unit in (row.predecessor_id, row.successor_id)}
    units |= {row.unit_id for row in drafted.changes}
    return moments_of(one, names.before, names.after, sorted(unit for unit in units if unit))
