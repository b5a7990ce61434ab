"""What happens to commitments and explanations."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import holders_near, reaches
from danvan.commitments.enums import UNDONE, Ruling, State, StepKind
from danvan.commitments.events import (
    CommitmentMoved,
    CommitmentsAssigned,
    CommitmentsReminded,
    ExplanationAnswered,
    ExplanationRuled,
    ExplanationsAsked,
    ExtensionAsked,
    ExtensionRuled,
)
from danvan.commitments.selectors import commitments_told, explanations_told, extension_told
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import (
    commitment_page,
    commitments_page,
    explanation_page,
    explanations_page,
)
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

PERFORM, VERIFY = "commitments.perform", "commitments.verify"


@subscribe(CommitmentsAssigned)
def tell_assigned(event: CommitmentsAssigned) -> None:
    """Who leads or supports is told of what was given in one act: one notice a person."""
    given = [one for one in commitments_told(event.commitment_ids) if one.state != State.WITHDRAWN]
    leads = _by_person(given, lambda one: [one.lead_id])
    supports = _by_person(given, lambda one: [row.unit_id for row in one.supports.all()])
    key = f"{event.name}:{min(event.commitment_ids)}"
    for user, mine in leads.items():
        tell([user], key=key, topic=Topic.COMMITMENT, words=_given(mine), **_page(mine))
    for user, mine in supports.items():
        # told once for each act: of what they lead, else of what they support
        words = _given(mine, "phối hợp")
        tell([user], key=key, topic=Topic.COMMITMENT, words=words, **_page(mine))


@subscribe(CommitmentsReminded)
def tell_reminded(event: CommitmentsReminded) -> None:
    """Who leads is reminded by whoever assigned: one notice a person for each act."""
    undone = [one for one in commitments_told(event.commitment_ids) if one.state in UNDONE]
    for user, mine in _by_person(undone, lambda one: [one.lead_id], event.by_id).items():
        if len(mine) == 1:
            words = f"Nhắc việc: {mine[0].title}{_until(mine[0])}"
        else:
            words = (
                f"Nhắc {format_number(len(mine))} việc chưa xong{_until(mine[0], 'hạn gần nhất')}"
            )
        key = f"{event.name}:{mine[0].pk}:{_latest(mine[0], StepKind.REMINDED)}"
        tell([user], key=key, topic=Topic.COMMITMENT, words=words, **_page(mine))


# The steps that somebody is told of: whom (at which unit, with which right), and in which words.
AT_LEAD, AT_ASSIGNER = ("lead_id", PERFORM), ("assigner_id", VERIFY)
MOVES: dict[str, tuple[tuple[tuple[str, str], ...], str]] = {
    StepKind.CLAIMED: ((AT_ASSIGNER,), "{lead} báo đã xong, chờ kiểm tra: {title}"),
    StepKind.VERIFIED: ((AT_LEAD,), "Đã kiểm tra và xác nhận xong: {title}"),
    StepKind.RETURNED: ((AT_LEAD,), "Việc báo xong được trả lại để làm tiếp: {title}"),
    StepKind.WITHDRAWN: ((AT_LEAD,), "Việc giao nhầm đã được rút: {title}"),
    StepKind.DECLINED: ((AT_ASSIGNER,), "Đơn vị được giao trả lời không nhận việc: {title}"),
    StepKind.CONFIRMED: ((AT_LEAD,), "Việc vẫn giao đơn vị chủ trì: {title}"),
    StepKind.GIVEN_ON: ((AT_LEAD,), "Việc mới giao, chuyển từ đơn vị khác: {title}"),
    StepKind.CLOSED: ((AT_LEAD,), "Việc đã đóng: {title}"),
    StepKind.RISK_ACCEPTED: ((AT_LEAD,), "Nơi giao chấp nhận rủi ro của việc chưa xong: {title}"),
    StepKind.RESUMED: ((AT_LEAD,), "Việc được yêu cầu làm tiếp: {title}"),
    StepKind.SUPERSEDED: ((AT_LEAD,), "Việc đã được thay bằng việc khác: {title}"),
    StepKind.AGREED: ((AT_ASSIGNER,), "Người hỏi xác nhận đã xong: {title}"),
    StepKind.DISPUTED: (
        (AT_LEAD, AT_ASSIGNER),
        "Người hỏi trả lời “chưa xong”, việc được làm tiếp: {title}",
    ),
}


@subscribe(CommitmentMoved)
def tell_moved(event: CommitmentMoved) -> None:
    """A claim is told to whoever checks it; what was found, or taken back, to whoever leads; a "not yet" to both."""
    if event.step not in MOVES:
        return
    told, words = MOVES[event.step]
    for one in commitments_told([event.commitment_id]):
        lead = last_names([one.lead_id], clock.today()).get(one.lead_id, "Đơn vị chủ trì")
        people = {
            user
            for at, action in told
            for user in holders_near([getattr(one, at)], action).get(getattr(one, at), [])
        }
        tell(
            people - {event.by_id},
            key=f"{event.name}:{one.pk}:{_latest(one, event.step)}",
            topic=Topic.COMMITMENT,
            words=words.format(lead=lead, title=one.title),
            url=commitment_page(one.pk),
        )


@subscribe(ExtensionAsked)
def tell_extension_asked(event: ExtensionAsked) -> None:
    """A request for more time is told to whoever may grant it."""
    asked = extension_told(event.extension_id)
    if asked is None:
        return
    one = asked.commitment
    lead = last_names([one.lead_id], clock.today()).get(one.lead_id, "Đơn vị chủ trì")
    _tell_unit(
        one.assigner_id,
        VERIFY,
        without=asked.asked_by_id,
        key=f"{event.name}:{asked.pk}",
        topic=Topic.COMMITMENT,
        words=f"{lead} xin gia hạn đến {format_date(asked.new_due_on)}: {one.title}",
        url=commitment_page(one.pk),
    )


@subscribe(ExtensionRuled)
def tell_extension_ruled(event: ExtensionRuled) -> None:
    """Whether there is more time is told to whoever leads, and to whoever asked."""
    asked = extension_told(event.extension_id)
    if asked is None:
        return
    one = asked.commitment
    if asked.ruling == Ruling.GRANTED:
        words = f"Đã cho gia hạn đến {format_date(asked.new_due_on)}: {one.title}"
    else:
        words = f"Chưa cho gia hạn, hạn vẫn là {format_date(asked.old_due_on)}: {one.title}"
    _tell_unit(
        one.lead_id,
        PERFORM,
        also=asked.asked_by,
        without=asked.ruled_by_id,
        key=f"{event.name}:{asked.pk}",
        topic=Topic.COMMITMENT,
        words=words,
        url=commitment_page(one.pk),
    )


@subscribe(ExplanationsAsked)
def tell_explanations_asked(event: ExplanationsAsked) -> None:
    """Units asked to explain are told: one notice a person for each act."""
    rows = explanations_told(event.explanation_ids)
    people = holders_near({one.unit_id for one in rows}, PERFORM)
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        for user in people.get(one.unit_id, []):
            if user != one.asked_by_id:
                found[user].append(one)
    for user, mine in found.items():
        day = format_date(mine[0].due_on)
        if len(mine) == 1:
            words = f"Đề nghị giải trình trước ngày {day}: {mine[0].subject}"
            url = explanation_page(mine[0].pk)
        else:
            words = f"{format_number(len(mine))} việc cần giải trình, sớm nhất trước ngày {day}"
            url = explanations_page()
        key = f"{event.name}:{min(event.explanation_ids)}"
        tell([user], key=key, topic=Topic.EXPLANATION, words=words, url=url)


@subscribe(ExplanationAnswered)
def tell_explanation_answered(event: ExplanationAnswered) -> None:
    """An explanation is told to whoever asked for it and to whoever may take it."""
    for one in explanations_told([event.explanation_id]):
        unit = last_names([one.unit_id], clock.today()).get(one.unit_id, "Đơn vị")
        _tell_unit(
            one.asker_id,
            VERIFY,
            also=one.asked_by,
            without=one.answered_by_id,
            key=f"{event.name}:{one.pk}:{_latest(one, 'answered')}",
            topic=Topic.EXPLANATION,
            words=f"{unit} đã giải trình: {one.subject}",
            url=explanation_page(one.pk),
        )


@subscribe(ExplanationRuled)
def tell_explanation_ruled(event: ExplanationRuled) -> None:
    """Whether an explanation was taken is told to the unit, and to whoever wrote it."""
    for one in explanations_told([event.explanation_id]):
        taken = one.ruling == Ruling.GRANTED
        how = "Đã tiếp nhận giải trình" if taken else "Đề nghị giải trình lại"
        _tell_unit(
            one.unit_id,
            PERFORM,
            also=one.answered_by,
            without=one.ruled_by_id,
            key=f"{event.name}:{one.pk}:{_latest(one, 'taken' if taken else 'sent_back')}",
            topic=Topic.EXPLANATION,
            words=f"{how}: {one.subject}",
            url=explanation_page(one.pk),
        )


def _tell_unit(
    unit_id: int, action: str, *, without: int | None, also: "User | None" = None, **said: Any
) -> None:
    """Tell the people nearest to a unit, and one more where named who may still read it; never whoever did it."""
    people = set(holders_near([unit_id], action).get(unit_id, []))
    if also is not None and reaches(also, "commitments.view", unit_id):
        people.add(also.pk)
    tell(people - {without}, **said)


def _by_person(
    commitments: Sequence["Commitment"],
    units: Callable[["Commitment"], Iterable[int]],
    by_id: int | None = None,
) -> dict[int, list["Commitment"]]:
    """The commitments by the people nearest to their units, without whoever acted. Two queries."""
    people = holders_near({unit for one in commitments for unit in units(one)}, PERFORM)
    found: dict[int, list[Commitment]] = defaultdict(list)
    for one in commitments:
        acted = by_id or one.assigned_by_id
        told = {user for unit in units(one) for user in people.get(unit, [])} - {acted}
        for user in sorted(told):
            found[user].append(one)
    return found


def _given(mine: Sequence["Commitment"], part: str = "") -> str:
    """`Việc mới giao: ..., hạn 30/11/2026`, or how many."""
    if len(mine) == 1:
        return f"Việc mới giao{f' để {part}' if part else ''}: {mine[0].title}{_until(mine[0])}"
    number = format_number(len(mine))
    first = _until(mine[0], "hạn gần nhất")
    return f"{number} việc mới giao{f' để {part}' if part else ''}{first}"


def _until(one: "Commitment", word: str = "hạn") -> str:
    return f", {word} {format_date(one.due_on)}" if one.due_on else ""


def _page(mine: Sequence["Commitment"]) -> dict[str, Any]:
    if len(mine) == 1:
        return {"url": commitment_page(mine[0].pk)}
    return {"url": commitments_page(), "about": [one.pk for one in mine]}


def _latest(thing: Any, kind: str) -> int:
    """The step that this event is about, so that the next one of its kind is told too."""
    step = thing.steps.filter(kind=kind).order_by("-pk").first()
    return step.pk if step else 0
