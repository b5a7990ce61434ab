"""What whoever supervises commitments is told: that they do, and how those stand."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import StepKind
from danvan.commitments.events import CommitmentMoved, ExtensionAsked, HeadPassed, HeadsSet
from danvan.commitments.selectors import commitments_told, extension_told
from danvan.commitments.selectors.ties import heads_told
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import commitment_page, headed_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment

VIEW = "commitments.view"
MOVES: dict[str, str] = {
    StepKind.HEAD_SET: "Đồng chí theo dõi việc: {title}",
    StepKind.CLAIMED: "Việc đồng chí theo dõi đã báo xong: {title}",
    StepKind.VERIFIED: "Việc đồng chí theo dõi đã kiểm tra xong: {title}",
    StepKind.DECLINED: "Việc đồng chí theo dõi bị trả lời không nhận: {title}",
    StepKind.RISK_ACCEPTED: "Việc đồng chí theo dõi được chấp nhận rủi ro: {title}",
    StepKind.DISPUTED: "Việc đồng chí theo dõi, người hỏi trả lời “chưa xong”: {title}",
}


@subscribe(CommitmentMoved)
def tell_head_moved(event: CommitmentMoved) -> None:
    """What happened to a commitment, to whoever supervises it."""
    if event.step in MOVES:
        _tell([event.commitment_id], event.name, MOVES[event.step], event.by_id, event.step)


@subscribe(ExtensionAsked)
def tell_head_extension(event: ExtensionAsked) -> None:
    """That more time is asked for."""
    asked = extension_told(event.extension_id)
    if asked is not None:
        words = "Đơn vị xin gia hạn việc đồng chí theo dõi: {title}"
        _tell([asked.commitment_id], event.name, words, asked.asked_by_id, StepKind.EXTENSION_ASKED)


@subscribe(HeadPassed)
def tell_head_passed(event: HeadPassed) -> None:
    """Whoever came to hold the post is told of what they supervise now: one notice for all; a vacancy tells nobody."""
    if event.officer_id is not None:
        key = f"{event.name}:{event.post_id}:{event.officer_id}:{clock.today():%Y%m%d}"
        words = "Đồng chí nhận theo dõi {number} việc của chức danh đang giữ"
        for first in commitments_told(event.commitment_ids[:1]):
            _tell_of_all(first, len(event.commitment_ids), key, words)


@subscribe(HeadsSet)
def tell_heads_set(event: HeadsSet) -> None:
    """Whoever holds the post is told of all that was named in one act: one notice."""
    for first in commitments_told(event.commitment_ids[:1]):
        last = first.steps.filter(kind=StepKind.HEAD_SET).order_by("-pk").first()
        key = f"{event.name}:{first.pk}:{last.pk if last else 0}"
        words = "Đồng chí được giao theo dõi {number} việc"
        _tell_of_all(first, len(event.commitment_ids), key, words, but={event.by_id})


def _tell_of_all(
    first: "Commitment",
    number: int,
    key: str,
    words: str,
    but: AbstractSet[int | None] = frozenset(),
) -> None:
    """One notice for all of them, with their number in its words, to whoever supervises the first."""
    supervising = heads_told([first.pk], clock.today()).get(first.pk, ())
    people = who_may_view(supervising, [first.lead_id, first.assigner_id])
    tell(
        people - but,
        key=key,
        topic=Topic.COMMITMENT,
        words=words.format(number=format_number(number)),
        url=headed_page(),
    )


def _tell(pks: list[int], name: str, words: str, by_id: int | None, step: str) -> None:
    supervising = heads_told(pks, clock.today())
    for one in commitments_told(supervising):
        last = one.steps.filter(kind=step).order_by("-pk").first()
        people = who_may_view(supervising[one.pk], [one.lead_id, one.assigner_id])
        tell(
            people - {by_id},
            key=f"{name}:{one.pk}:{last.pk if last else 0}",
            topic=Topic.COMMITMENT,
            words=words.format(title=one.title),
            url=commitment_page(one.pk),
        )


def who_may_view(user_ids: Iterable[int], unit_ids: list[int]) -> set[int]:
    """Those of them who may read a commitment of these units: a post alone opens no page."""
    people = get_user_model().objects.filter(pk__in=list(user_ids), is_active=True)
    return {one.pk for one in people if any(reaches(one, VIEW, unit_id) for unit_id in unit_ids)}
