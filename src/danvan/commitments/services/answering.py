"""The third fact: whoever asked for it says that it is done, or that it is not yet. Nobody answers in their place.

Several may have asked; each is known by the row of a follow code and by nothing else. One standing "not yet" is
enough for the commitment to be disputed, however many agree.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from danvan.commitments.enums import UNDONE, Party, State, StepKind
from danvan.commitments.models import Commitment, CommitmentStep
from danvan.commitments.selectors.following import goes_on_after_not_yet
from danvan.commitments.services import rows
from danvan.commitments.services.clocks import hold_ledger, reopen
from danvan.commitments.services.standing import heir_standing
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

ANSWERS = (StepKind.AGREED, StepKind.DISPUTED)
# With these an agreement is over: it was to the claim before.
NEW_CLAIM = (StepKind.CLAIMED, StepKind.RETURNED)


@transaction.atomic
def note_askers(commitments: Iterable[Commitment], *, on: date | None = None) -> None:
    """Somebody who asked follows these from now on: they have a third fact, and stand in its denominator."""
    pks = [one.pk for one in rows.locked_many(commitments) if one.asked_on is None]
    Commitment.objects.filter(pk__in=pks).update(asked_on=on or clock.today())


@transaction.atomic
def agree_commitment(commitment: Commitment, *, code_id: int) -> Commitment:
    """Whoever asked says that it is done. Twice from one code is once."""
    commitment = rows.locked(commitment)
    if commitment.claimed_on is None:
        raise RuleError(_nothing_to_answer(commitment))
    if answers_of(commitment).get(code_id, ("", None))[0] == StepKind.AGREED:
        return commitment
    rows.told(commitment, StepKind.AGREED, "commitments.agree", None, code_id=code_id)
    keep_answers(commitment)
    return commitment


@transaction.atomic
def dispute_commitment(commitment: Commitment, *, code_id: int, words: str) -> Commitment:
    """Whoever asked says that it is not done yet: the lead goes on; the claim and the check stay on the timeline.

    Where others said so before and the work goes on already, the answer is kept beside theirs.
    """
    hold_ledger({commitment.lead_id, commitment.assigner_id})
    commitment = rows.locked(commitment)
    words = rows.text_of(words, missing="Xin ghi phần nào chưa xong để đơn vị làm tiếp.")
    before = answers_of(commitment).get(code_id, ("", None))[0]
    goes_on = goes_on_after_not_yet(commitment)
    if commitment.state == State.CLOSED and commitment.public_reason:
        raise RuleError(
            f"Việc này đã đóng ngày {format_date(commitment.closed_on or clock.today())}. "
            f"Lý do công khai: {commitment.public_reason}"
        )
    if goes_on and before == StepKind.DISPUTED:
        raise RuleError("Ý kiến “chưa xong” đã được ghi nhận và đơn vị đang làm tiếp.")
    if not goes_on:
        rows.move(
            commitment, State.IN_PROGRESS, by=Party.ASKER, refusal=_nothing_to_answer(commitment)
        )
        _take_back(commitment)
    rows.told(commitment, StepKind.DISPUTED, "commitments.dispute", None, words, code_id=code_id)
    keep_answers(commitment)
    return commitment


def _take_back(commitment: Commitment) -> None:
    """What was claimed and found holds no more. Who leads, assigned or supports passes to its heir if it ended."""
    commitment.claimed_on = commitment.claimed_by = commitment.claimed_unit = None
    commitment.verified_on = commitment.verified_by = None
    commitment.closed_on = commitment.closed_by = None
    today, lead = clock.today(), commitment.lead_id
    commitment.lead_id = heir_standing(lead, today)
    commitment.assigner_id = heir_standing(commitment.assigner_id, today)
    reopen(commitment, actor=None)
    commitment.save()
    if commitment.lead_id != lead:
        names = last_names([lead, commitment.lead_id], today)
        words = f"Chủ trì chuyển từ {names.get(lead, '')} sang {names.get(commitment.lead_id, '')}."
        rows.step(commitment, StepKind.PASSED, actor=None, words=words, giver_id=lead)
    _pass_supports(commitment, today)


def _pass_supports(commitment: Commitment, today: date) -> None:
    """A heir that leads or supports already is not written twice."""
    there = {commitment.lead_id}
    for support in commitment.supports.order_by("pk"):
        heir = heir_standing(support.unit_id, today)
        if heir in there:
            support.delete()
        elif heir != support.unit_id:
            support.unit_id = heir
            support.save(update_fields=["unit"])
        there.add(heir)


def answers_of(commitment: Commitment) -> dict[int, tuple[str, date]]:
    """The answer of each code that stands, and its day: who agreed, agreed to one claim; a "not yet" stands longer."""
    said = CommitmentStep.objects.filter(commitment=commitment, kind__in=(*ANSWERS, *NEW_CLAIM))
    found: dict[int, tuple[str, date]] = {}
    for code_id, kind, on in said.order_by("pk").values_list("code_id", "kind", "on"):
        if code_id is not None:
            found[code_id] = (kind, on)
        elif kind in NEW_CLAIM:
            found = {pk: one for pk, one in found.items() if one[0] != StepKind.AGREED}
    return found


def keep_answers(commitment: Commitment) -> None:
    """The fact as the answers give it: disputed while one "not yet" stands, agreed where none does."""
    answers = answers_of(commitment).values()
    disputed = [on for kind, on in answers if kind == StepKind.DISPUTED]
    agreed = [on for kind, on in answers if kind == StepKind.AGREED]
    commitment.asked_on = commitment.asked_on or clock.today()
    commitment.disputed_on = max(disputed, default=None)
    commitment.agreed_on = None if disputed else max(agreed, default=None)
    rows.save(commitment, "asked_on", "agreed_on", "disputed_on")


def _nothing_to_answer(commitment: Commitment) -> str:
    if commitment.state in UNDONE:
        return (
            "Đơn vị chủ trì đang làm, chưa báo xong việc này. Khi đơn vị báo xong, "
            "xin xem lại rồi trả lời giúp."
        )
    return "Việc này không còn phải làm nên không cần trả lời."
