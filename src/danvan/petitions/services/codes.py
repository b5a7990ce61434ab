"""The code by which whoever petitioned follows: given once, shown this once, and what its holder says."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.selectors import behind_code, codes_from, followed_commitment
from danvan.commitments.services import (
    Asking,
    Slip,
    open_follow_codes,
    say_not_yet,
    withdraw_follow_code,
)
from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import SUBJECT, Satisfaction, StepKind
from danvan.petitions.models import Petition
from danvan.petitions.selectors.following import petition_of_code, why_not_dispute, why_not_rate
from danvan.petitions.services import rows
from danvan.petitions.services.answering import dispute_answer, rate_answer
from danvan.petitions.services.publishing import take_wish_back
from danvan.vietnamese.text import written

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

WHY = 500  # letters of why an answer is not agreed with
NO_CODE = "Mã này không có hoặc không còn dùng được. Bà con vui lòng xem lại mã."


@transaction.atomic
def give_code(petition: Petition, *, actor: "User | None") -> Slip:
    """A code for whoever petitioned; it can be read this once. One that was given before opens nothing any more."""
    petition = rows.locked(petition)
    for one in codes_from(SUBJECT, petition.pk).filter(withdrawn_on=None):
        withdraw_follow_code(one, actor=actor)
    asking = Asking(
        asked=petition.title,
        asked_on=petition.received_on,
        source_kind=SUBJECT,
        source_id=petition.pk,
    )
    [slip] = open_follow_codes(asking, number=1, actor=actor)
    rows.save(petition)
    audit.record(actor, "petitions.give_code", petition)
    return slip


@transaction.atomic
def dispute_by_code(code: str, *, why: str) -> Petition:
    """Whoever holds the code does not agree with the answer, once, and says why: the work that was given for it and was said
    to be done is opened again too. The same words sent again change nothing.
    """
    petition, why = _held(code), written(why).strip()
    if petition.steps.filter(kind=StepKind.DISPUTED, words=why).exists():
        return petition
    if sentence := why_not_dispute(petition):
        raise RuleError(sentence)
    if not why:
        raise RuleError("Bà con vui lòng ghi vì sao chưa đồng ý, để đơn vị xem xét lại.")
    if len(why) > WHY:
        raise RuleError(f"Lý do dài quá {WHY} ký tự, bà con vui lòng viết gọn lại.")
    work = _work_behind(code)
    hold_units({petition.unit_id, *(pk for one in work for pk in (one.lead_id, one.assigner_id))})
    petition = dispute_answer(petition, why=why, on=clock.today(), actor=None)
    for one in work:
        say_not_yet(code, one, why)
    return petition


def _work_behind(code: str) -> "list[Commitment]":
    """The commitments behind the code of which it may still be said that they are not done, in the order of their keys."""
    behind = behind_code(code)
    open_ones = [one.pk for one in behind.followed if not one.why_not] if behind else []
    found = [followed_commitment(code, str(pk)) for pk in sorted(open_ones)]
    return [one for one in found if one is not None]


def rate_by_code(code: str, *, satisfaction: str) -> Petition:
    """What whoever holds the code says of the answer; said again, it is changed."""
    petition = _held(code)
    if sentence := why_not_rate(petition):
        raise RuleError(sentence)
    if satisfaction not in Satisfaction.values or not satisfaction:
        raise RuleError("Bà con vui lòng chọn một mức.")
    rated_on = petition.rated_on
    if (
        satisfaction == petition.satisfaction
        and rated_on
        and rated_on >= (petition.answered_on or rated_on)
    ):
        return petition  # said again of the same answer: nothing new to write down
    return rate_answer(petition, satisfaction=satisfaction, on=clock.today(), actor=None)


def keep_private_by_code(code: str) -> Petition:
    """Whoever holds the code wishes no longer that everybody reads it; said again, nothing changes."""
    return take_wish_back(_held(code), actor=None)


def _held(code: str) -> Petition:
    petition = petition_of_code(code)
    if petition is None:
        raise RuleError(NO_CODE)
    return petition
