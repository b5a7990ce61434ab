"""What whoever holds a code says of what was done. Nothing is kept of the person."""

from django.db import transaction
from django.db.models import QuerySet

from danvan.commitments.enums import AskerWord, StepKind
from danvan.commitments.follow_codes import digest_of, read_code
from danvan.commitments.models import AskerAnswer, Commitment, FollowCode
from danvan.commitments.selectors.following import goes_on_after_not_yet, why_not_answer
from danvan.commitments.services import rows
from danvan.commitments.services.answering import agree_commitment, answers_of, dispute_commitment
from danvan.commitments.services.clocks import hold_ledger
from danvan.commitments.services.public_words import leads_to_a_person
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import written

NO_CODE = "Mã này không có hoặc không còn dùng được. Bà con vui lòng xem lại mã ghi trên phiếu."


@transaction.atomic
def confirm_done(code: str, commitment: Commitment) -> AskerAnswer:
    """Who asked says that it was done as promised. A "not yet" of another code stands beside it."""
    held, found = _held(code, commitment)
    if again := _same_again(held, found, AskerWord.CONFIRMED, ""):
        return again
    _refuse_now(found)
    answer = _answer(held, found, AskerWord.CONFIRMED, "")
    agree_commitment(found, code_id=held.pk)
    return answer


@transaction.atomic
def say_not_yet(code: str, commitment: Commitment, words: str) -> AskerAnswer:
    """Who asked says that it is not done, and what is missing: the commitment opens again.

    Where it was opened again by another's "not yet", this one is kept beside it.
    """
    held, found = _held(code, commitment)
    words = _asker_words(words)
    if again := _same_again(held, found, AskerWord.NOT_YET, words):
        return again
    if not goes_on_after_not_yet(found):
        _refuse_now(found)
    answer = _answer(held, found, AskerWord.NOT_YET, words)
    dispute_commitment(found, code_id=held.pk, words=words)
    return answer


def _held(code: str, commitment: Commitment) -> tuple[FollowCode, Commitment]:
    """The code and the commitment behind it under lock; a code that opens nothing is refused in one sentence, and holds nothing.

    The units first, the calendar, the commitment, the code last: the order of `organisations.services.holding`.
    """
    marks = read_code(code)
    open_ones = FollowCode.objects.filter(
        digest=digest_of(marks), withdrawn_on=None, ends_on__gte=clock.today()
    ).filter(followed__commitment=commitment)
    _one(open_ones if marks else open_ones.none())
    now = Commitment.objects.get(pk=commitment.pk)
    hold_ledger({now.lead_id, now.assigner_id})
    found = rows.locked(now)
    return _one(open_ones.select_for_update(of=("self",))), found


def _one(codes: QuerySet[FollowCode]) -> FollowCode:
    held = codes.first()
    if held is None:
        raise RuleError(NO_CODE)
    return held


def _same_again(held: FollowCode, found: Commitment, word: str, words: str) -> AskerAnswer | None:
    """The last answer, where the same one is sent twice: a page loaded again changes nothing.

    Either is a new answer once the lead has claimed again.
    """
    last = held.answers.filter(commitment=found).last()
    if last is None or (last.word, last.words) != (word, words):
        return None
    if found.claimed_on is None:
        return last
    agrees = answers_of(found).get(held.pk, ("", None))[0] == StepKind.AGREED
    return last if word == AskerWord.CONFIRMED and agrees else None


def _refuse_now(found: Commitment) -> None:
    if why := why_not_answer(found):
        raise RuleError(why)


def _answer(held: FollowCode, found: Commitment, word: str, words: str) -> AskerAnswer:
    return AskerAnswer.objects.create(
        code=held, commitment=found, word=word, words=words, on=clock.today(), at=clock.now()
    )


def _asker_words(words: str) -> str:
    kept = written(words).strip()
    wrong = ""
    if not kept:
        wrong = "Bà con vui lòng ghi còn thiếu gì để đơn vị làm tiếp."
    elif len(kept) > rows.SHORT:
        most = format_number(rows.SHORT)
        wrong = f"Phần này dài quá {most} ký tự, bà con vui lòng viết gọn lại."
    elif leads_to_a_person(kept):
        wrong = "Bà con vui lòng không ghi số điện thoại, số giấy tờ hay hộp thư: không cần biết ai trả lời."
    if wrong:
        raise RuleError(wrong, faults=[Fault(wrong, column="words")])
    return kept
