"""What every act on reception does first and last: the row under lock, unchanged since it was seen; its step."""

from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import ReceptionDay, ReceptionStep, ReceptionVisit
from danvan.petitions.reception_enums import NEXT, DayState, DayStepKind

if TYPE_CHECKING:
    from danvan.accounts.models import User


def locked_day(day: ReceptionDay, *, seen: int | None = None) -> ReceptionDay:
    """Re-read a day under a lock, after its unit; RuleError where somebody acted since the page showed it (`seen`)."""
    hold_units([day.unit_id])
    found = ReceptionDay.objects.select_for_update(of=("self",), no_key=True).get(pk=day.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            f"Có người vừa sửa buổi tiếp {found.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def locked_visit(visit: ReceptionVisit, *, seen: int | None = None) -> ReceptionVisit:
    """The same of a visit."""
    hold_units([visit.unit_id])
    rows = ReceptionVisit.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("paper").get(pk=visit.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            "Có người vừa sửa lượt tiếp này. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def move(day: ReceptionDay, to: str, *, refusal: str) -> None:
    """Put the day into its next state; RuleError that says where it stands and what to do instead."""
    if to not in NEXT[day.state]:
        raise wrong_state(day, refusal)
    day.state = to


def wrong_state(day: ReceptionDay, refusal: str) -> RuleError:
    """The refusal of an act that does not fit where the day stands."""
    label = str(DayState(day.state).label).lower()
    return RuleError(f"Buổi tiếp {day.number} đang ở tình trạng “{label}”. {refusal}")


def save(row: ReceptionDay | ReceptionVisit, *fields: str) -> None:
    """Keep these fields and count the act."""
    row.changes += 1
    row.save(update_fields=[*fields, "changes"])


def step(
    day: ReceptionDay, kind: DayStepKind, *, on: date, actor: "User | None", words: str = ""
) -> None:
    """Write one line of the history of a day."""
    ReceptionStep.objects.create(
        day=day, kind=kind, on=on, at=clock.now(), by=actor, words=words[:600]
    )
