"""What happens to petitions, told to who works on them. By their numbers alone: what they say may name a person.

Whom a petition is against is told nothing of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from danvan.accounts.selectors import holders_near
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import petition_page, petitions_page
from danvan.notifications.enums import Topic
from danvan.notifications.selectors.due import PETITION, PUBLICATION
from danvan.notifications.services import forget, tell
from danvan.petitions.events import (
    PetitionAccepted,
    PetitionAddedTo,
    PetitionDueDaysMoved,
    PetitionSplit,
    PetitionsReceived,
    PetitionTakenOut,
    PetitionTransferred,
)
from danvan.petitions.selectors.rules import group_rule
from danvan.petitions.selectors.telling import against, petitions_told
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.petitions.models import Petition

HANDLE, DECIDE = "petitions.handle", "petitions.decide"


@subscribe(PetitionsReceived)
def tell_received(event: PetitionsReceived) -> None:
    """Who works on petitions there is told of a new paper, and who decides of one that a crowd stands behind."""
    rows = [
        one for one in petitions_told(event.petition_ids) if one.unit_id == one.paper.unit_id
    ]  # those that have not gone on since
    key = f"{event.name}:{min(event.petition_ids)}"
    for user, mine in by_person(rows, HANDLE).items():
        if user == mine[0].paper.entered_by_id:
            continue
        if len(mine) == 1:
            words = f"Đơn mới {mine[0].number}{_until(mine[0])}"
        else:
            words = f"{format_number(len(mine))} đơn mới từ một lần nhận: {_numbers(mine)}"
        tell([user], key=key, topic=Topic.PETITION, words=words, url=_page(mine))
    if not rows or event.people == 1 or not group_rule(event.people, rows[0].received_on).crowd:
        return
    for user, mine in by_person(rows, DECIDE).items():
        words = f"Đơn đông người: {format_number(event.people)} người, {_numbers(mine)}. Đồng chí vui lòng xem và chỉ đạo"
        tell([user], key=f"{key}:crowd", topic=Topic.PETITION, words=words, url=_page(mine))


@subscribe(PetitionSplit)
def tell_split(event: PetitionSplit) -> None:
    """Who works on petitions there is told which ones were made out of one, but for who did it."""
    found = petitions_told([event.petition_id, *event.made_ids])
    former = next((one.number for one in found if one.pk == event.petition_id), "")
    made = [one for one in found if one.pk in event.made_ids]
    for user, mine in by_person(made, HANDLE).items():
        if user == event.by_id:
            continue
        words = (
            f"Đơn {former} tách thành {_numbers(mine)}" if former else f"Đơn mới {_numbers(mine)}"
        )
        key = f"{event.name}:{min(event.made_ids)}"
        tell([user], key=key, topic=Topic.PETITION, words=words, url=_page(mine))


@subscribe(PetitionTransferred)
def tell_transferred(event: PetitionTransferred) -> None:
    """Who works on petitions where it went is told that it is there, once for each time it went."""
    rows = [one for one in petitions_told([event.petition_id]) if one.unit_id == event.to_unit_id]
    last = max((each.pk for one in rows for each in one.transfers.all()), default=0)
    for user, [one] in by_person(rows, HANDLE).items():
        key = f"{event.name}:{one.pk}:{last}"
        words = f"Đơn {one.number} được chuyển đến{_until(one)}"
        tell([user], key=key, topic=Topic.PETITION, words=words, url=petition_page(one.pk))


@subscribe(PetitionAccepted)
def tell_accepted(event: PetitionAccepted) -> None:
    """Who decides is told that it is dealt with from now on, and until when."""
    rows = [one for one in petitions_told([event.petition_id]) if one.accepted_on is not None]
    for user, [one] in by_person(rows, DECIDE).items():
        key = f"{event.name}:{one.pk}:{one.accepted_on:%Y%m%d}"
        words = f"Đã thụ lý đơn {one.number}{_until(one)}"
        tell([user], key=key, topic=Topic.PETITION, words=words, url=petition_page(one.pk))


@subscribe(PetitionAddedTo)
def tell_added(event: PetitionAddedTo) -> None:
    """Who works on petitions there is told that whoever sent one said more."""
    for user, [one] in by_person(petitions_told([event.petition_id]), HANDLE).items():
        key = f"{event.name}:{one.pk}:{event.step_id}"
        words = f"Người gửi đơn {one.number} bổ sung nội dung, đồng chí vui lòng xem"
        tell([user], key=key, topic=Topic.PETITION, words=words, url=petition_page(one.pk))


@subscribe(PetitionDueDaysMoved)
def tell_days_moved(event: PetitionDueDaysMoved) -> None:
    """Who works on petitions is told that days moved though nobody asked for it: one notice a person."""
    rows = [one for one in petitions_told(event.petition_ids) if one.due_on is not None]
    for user, mine in by_person(rows, HANDLE).items():
        if len(mine) == 1:
            words = f"Lịch hoặc quy định thay đổi, đơn {mine[0].number}{_until(mine[0])}"
        else:
            words = f"Lịch hoặc quy định thay đổi, {format_number(len(mine))} đơn có hạn mới"
        key = f"{event.name}:{min(event.petition_ids)}:{event.on:%Y%m%d}:{_latest(mine)}"
        tell([user], key=key, topic=Topic.DUE, words=words, url=_page(mine))


@subscribe(PetitionTakenOut)
def forget_taken_out(event: PetitionTakenOut) -> None:
    """No notice, letter or reminder names a petition that is gone: who was told of it would learn that it went."""
    forget(
        words=event.number,
        page=petition_page(event.petition_id),
        things=[(one, event.petition_id) for one in (PETITION, PUBLICATION)],
        until=event.at,
    )


def by_person(rows: Iterable["Petition"], action: str) -> dict[int, list["Petition"]]:
    """The petitions by the people nearest to the unit of each, without those whom it is against. Two queries."""
    rows = list(rows)
    people = holders_near({one.unit_id for one in rows}, action)
    found: dict[int, list[Petition]] = defaultdict(list)
    for one in rows:
        told_nothing = against(one)
        for user in people.get(one.unit_id, []):
            if user not in told_nothing:
                found[user].append(one)
    return found


def _until(one: "Petition") -> str:
    return f", hạn {format_date(one.due_on)}" if one.due_on else ""


def _numbers(mine: Sequence["Petition"]) -> str:
    return ", ".join(one.number for one in mine[:5])


def _latest(mine: Sequence["Petition"]) -> str:
    return max(f"{one.due_on:%Y%m%d}" for one in mine)


def _page(mine: Sequence["Petition"]) -> str:
    return petition_page(mine[0].pk) if len(mine) == 1 else petitions_page()
