"""What happens to a petition from the portal, told to whoever sent it, or follows it together, and left an address: that there is
news, not what.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from danvan.foundation.events import subscribe
from danvan.notifications.selectors import mail_goes_out
from danvan.notifications.services import (
    ask_follower,
    ask_sender,
    write_to_followers,
    write_to_sender,
)
from danvan.petitions.enums import StepKind
from danvan.petitions.events import (
    FollowedTogether,
    PetitionAccepted,
    PetitionAnswered,
    PetitionMoreTimeTold,
    PetitionShown,
    PetitionsReceived,
    PetitionTransferred,
)
from danvan.petitions.selectors.publishing import published_petitions
from danvan.petitions.selectors.telling import petitions_told
from danvan.petitions.selectors.together import address_told

if TYPE_CHECKING:
    from danvan.petitions.models import Petition


@subscribe(PetitionsReceived)
def ask_for_the_address(event: PetitionsReceived) -> None:
    """Whoever left an address is asked whether news may go there."""
    for one in _told(event.petition_ids):
        ask_sender(one)


@subscribe(PetitionAccepted)
def write_of_acceptance(event: PetitionAccepted) -> None:
    """It is dealt with from now on."""
    _write(event.petition_id, StepKind.ACCEPTED, "đã được nhận giải quyết")


@subscribe(PetitionTransferred)
def write_of_transfer(event: PetitionTransferred) -> None:
    """Another unit deals with it, once for each time it went."""
    _write(event.petition_id, StepKind.TRANSFERRED, "đã chuyển đến nơi có thẩm quyền giải quyết")


@subscribe(PetitionMoreTimeTold)
def write_of_more_time(event: PetitionMoreTimeTold) -> None:
    """More time is needed, once for each time that was told."""
    words = "cần thêm thời gian, nơi giải quyết đã ghi lý do và hạn mới"
    _write(event.petition_id, StepKind.MORE_TIME, words)


@subscribe(PetitionAnswered)
def write_of_answer(event: PetitionAnswered) -> None:
    """It was answered, once for each answer."""
    _write(event.petition_id, StepKind.ANSWERED, "đã được trả lời")


@subscribe(FollowedTogether)
def ask_for_the_address_of_who_follows(event: FollowedTogether) -> None:
    """Whoever follows together and left an address is asked whether news may go there."""
    address = address_told(event.address_id)
    if address is not None:
        ask_follower(address)


@subscribe(PetitionShown)
def write_of_public_answer(event: PetitionShown) -> None:
    """An answer stands in public, once for each day of one: who follows reads it only now."""
    shown = published_petitions().filter(petition=event.petition_id, answer_on__isnull=False)
    for one in shown.select_related("petition"):
        words = f"Việc số {one.number} bà con theo dõi cùng đã được trả lời."
        write_to_followers(one.petition, key=f"shown:{one.answer_on:%Y%m%d}", words=words)


def _write(petition_id: int, kind: StepKind, words: str) -> None:
    for one in _told([petition_id]):
        key = f"{kind}:{one.steps.filter(kind=kind).count()}"
        write_to_sender(one, key=f"{one.pk}:{key}", words=f"Ý kiến số {one.number} {words}.")
        shown = published_petitions().filter(petition=one).first()
        if shown is not None and kind != StepKind.ANSWERED:
            told = f"Việc số {shown.number} bà con theo dõi cùng {words}."
            write_to_followers(one, key=key, words=told)


def _told(petition_ids: Collection[int]) -> list["Petition"]:
    """Those of which news may go out; none are looked at where no mail goes out."""
    return petitions_told(petition_ids) if mail_goes_out() else []
