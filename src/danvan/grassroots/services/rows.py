"""What every act on a matter does first and last: the row under lock, unchanged since it was seen; its step."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import reaches
from danvan.foundation import clock, search
from danvan.foundation.acting import LONG, day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.grassroots.enums import NEXT, SUBJECT, State, StepKind
from danvan.grassroots.models import Matter, MatterStep
from danvan.law.services import calendar_in_force, end_clock_if_open, start_clock_by_law
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import units_on
from danvan.organisations.services.holding import hold_units

if TYPE_CHECKING:
    from danvan.accounts.models import User

__all__ = [
    "LONG", "day_faults", "index", "keeper_faults", "locked", "may_become", "move", "refuse", "run", "save", "step", "stop",
    "words_of", "wrong_state",
]  # fmt: skip


def locked(matter: Matter, *, seen: int | None = None) -> Matter:
    """Re-read the row under a lock, after its unit and the calendar; RuleError where somebody acted since the page
    showed it (`seen`).
    """
    hold_units([matter.unit_id])
    calendar_in_force()
    rows = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("kind")
    found = rows.get(pk=matter.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            f"Có người vừa sửa việc {found.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def may_become(matter: Matter, to: str) -> bool:
    """Whether it may go there from where it stands."""
    return to in NEXT[matter.kind.pillar].get(matter.state, frozenset())


def move(matter: Matter, to: str, *, refusal: str) -> None:
    """Put the row into its next state; RuleError that says where it stands and what to do instead."""
    if not may_become(matter, to):
        raise wrong_state(matter, refusal)
    matter.state = to


def wrong_state(matter: Matter, refusal: str) -> RuleError:
    """The refusal of an act that does not fit where the matter stands."""
    label = str(State(matter.state).label).lower()
    return RuleError(f"Việc {matter.number} đang ở tình trạng “{label}”. {refusal}")


def save(matter: Matter, *fields: str) -> None:
    """Keep these fields and count the act."""
    matter.changes += 1
    matter.save(update_fields=[*fields, "changes"])


def step(matter: Matter, kind: StepKind, *, actor: "User | None", words: str = "") -> None:
    """Write one line of the history."""
    MatterStep.objects.create(matter=matter, kind=kind, at=clock.now(), by=actor, words=words[:600])


def keeper_faults(
    unit_id: int, actor: "User | None", *, on: date, denied: str, day: str = ""
) -> Iterator[Fault]:
    """Why this unit keeps nothing of grassroots democracy on a day, or `actor` may not write for it (`denied` is said then).

    `day` names the day in the refusal where it is not today.
    """
    unit = units_on([unit_id], on).get(unit_id)
    if actor is not None and not reaches(actor, "dialogues.hold", unit_id):
        yield Fault(denied, column="unit")
    elif unit is None or unit.kind != Kind.PEOPLES_COMMITTEE or unit.level != Level.COMMUNE:
        yield Fault(f"Đơn vị phải là Ủy ban nhân dân cấp xã đang hoạt động{day}.", column="unit")


def run(matter: Matter, name: str, key: str, *, on: date, actor: "User | None") -> None:
    """Begin a clock of the matter by the row of the law in force on the day of its event."""
    start_clock_by_law(
        SUBJECT, matter.pk, key, on=on, unit_id=matter.unit_id, name=name, actor=actor
    )


def stop(matter: Matter, name: str, *, on: date, actor: "User | None") -> None:
    """End a clock of the matter, where it runs. The row of the matter keeps the true day; the clock ends on that of its
    last event where the law changed since: what happened before is often written down after.
    """
    end_clock_if_open(SUBJECT, matter.pk, on=on, name=name, actor=actor)


def index(matter: Matter) -> None:
    """The words it is found by."""
    search.index(matter, "\n".join((matter.number, matter.kind.code, matter.title, matter.basis)))
