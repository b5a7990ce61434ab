"""Who petitioned takes it back in writing; a complaint that was accepted ends then by an order of the head."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, events
from danvan.petitions.enums import NOTICE, SUSPEND_KEY, Kind, StepKind
from danvan.petitions.events import PetitionClosed
from danvan.petitions.models import Petition
from danvan.petitions.moves import AT_WORK
from danvan.petitions.services import rows

if TYPE_CHECKING:
    from danvan.accounts.models import User

NO_PAPER = "Đồng chí vui lòng ghi văn bản rút: đơn rút, hoặc biên bản ghi lời người rút."
# A complaint is taken back in writing alone, signed by who complained.
SIGNED_PAPER = (
    "Đồng chí vui lòng ghi đơn rút khiếu nại có chữ ký hoặc điểm chỉ của người khiếu nại: số, ngày."
)


@transaction.atomic
def withdraw_petition(
    petition: Petition, *, on: date, actor: "User | None", words: str = "", symbol: str = "", seen: int | None = None
) -> Petition:  # fmt: skip
    """Who petitioned takes it back; `symbol` is the paper that says so, which a complaint cannot do without, nor what is dealt
    with already.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "withdraw")
    words, faults = rows.words_of(words, column="words", most=500)
    missing = NO_PAPER if petition.state in AT_WORK else ""
    if petition.kind == Kind.COMPLAINT:
        missing = SIGNED_PAPER
    symbol, more = rows.words_of(symbol, column="symbol", missing=missing, most=80)
    rows.refuse([*faults, *more, *rows.before_faults(petition, on)])
    rows.move(petition, "withdraw")
    rows.close(petition, on, actor=actor)
    rows.step(petition, StepKind.WITHDRAWN, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "state", "closed_on")
    audit.record(actor, "petitions.withdraw", petition)
    events.publish(PetitionClosed(petition_id=petition.pk))
    return petition


@transaction.atomic
def end_withdrawn_complaint(
    petition: Petition, *, paper: str, symbol: str, on: date, actor: "User | None", words: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """A complaint that was accepted is taken back whole: by the `paper` that says so and the order (`symbol`) that ends it,
    which goes to who complained in writing.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "end_withdrawn")
    paper, faults = rows.words_of(paper, column="paper", missing=SIGNED_PAPER, most=80)
    missing = "Đồng chí vui lòng ghi số, ký hiệu quyết định."
    symbol, more = rows.words_of(symbol, column="symbol", missing=missing, most=80)
    words, third = rows.words_of(words, column="words", most=300)
    rows.refuse([*faults, *more, *third, *rows.before_faults(petition, on)])
    rows.move(petition, "end_withdrawn")
    rows.close(petition, on, actor=actor, owed=(NOTICE,))
    rows.run(petition, NOTICE, SUSPEND_KEY, on=on, actor=actor)
    rows.step(petition, StepKind.WITHDRAWN, on=on, actor=actor, words=words, symbol=paper)
    told = f"Người khiếu nại rút toàn bộ khiếu nại theo {paper}"
    rows.step(petition, StepKind.TERMINATED, on=on, actor=actor, words=told, symbol=symbol)
    rows.save(petition, "state", "closed_on")
    audit.record(actor, "petitions.end_withdrawn", petition)
    events.publish(PetitionClosed(petition_id=petition.pk))
    return petition
