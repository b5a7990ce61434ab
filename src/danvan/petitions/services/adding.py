"""What whoever sent a petition says about it afterwards, while it is dealt with."""

from datetime import date

from django.db import transaction

from danvan.commitments.services.public_words import leads_to_a_person
from danvan.foundation import audit, clock, events
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault, RuleError
from danvan.petitions.enums import StepKind
from danvan.petitions.events import PetitionAddedTo
from danvan.petitions.models import Petition, PetitionStep
from danvan.petitions.selectors.following import PLAIN
from danvan.petitions.selectors.sending import sounds_like_denunciation
from danvan.petitions.services import rows
from danvan.petitions.services.filing_papers import hide_senders
from danvan.petitions.services.sending import DENOUNCES
from danvan.vietnamese.text import written

WORDS = 600


@transaction.atomic
def add_words(
    petition: Petition, *, words: str, on: date | None = None, plain: bool = False
) -> PetitionStep:
    """Write down what whoever sent it says, as a line of its history that officers alone read; who works on it is told.

    `plain`: the sender says that it is no denunciation though it sounds like one.
    """
    petition = rows.locked(petition)
    if not petition.open:
        standing = PLAIN[petition.state].lower()
        raise RuleError(
            f"Việc này đã kết thúc ({standing}) nên không bổ sung được nữa. Bà con vui lòng gửi việc mới."
        )
    said = written(words).strip()
    faults = []
    if not said:
        faults.append(Fault("Bà con vui lòng ghi điều muốn bổ sung.", column="words"))
    elif len(said) > WORDS:
        faults.append(
            Fault(f"Phần bổ sung dài quá {WORDS} ký tự, bà con vui lòng viết gọn lại.", column="words")
        )  # fmt: skip
    if not plain and sounds_like_denunciation(said):
        faults.append(Fault(DENOUNCES, column="denounces"))
    if leads_to_a_person(said):
        faults.append(
            Fault(
                "Phần bổ sung có số điện thoại, số giấy tờ hoặc hộp thư. Bà con vui lòng bỏ đi: chỗ này không cần.",
                column="words",
            )
        )
    refuse(faults)
    said = hide_senders(petition.paper, said, most=WORDS, actor=None)
    step = rows.step(petition, StepKind.ADDED, on=on or clock.today(), actor=None, words=said)
    rows.save(petition)
    audit.record(None, "petitions.add_words", petition)
    events.publish(PetitionAddedTo(petition_id=petition.pk, step_id=step.pk))
    return step
