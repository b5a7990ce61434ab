"""The pages of a directive's roll-out and of a text brought to be read, with the objects they are tried on."""

from datetime import date

from danvan.commitments.services import Assignment, assign_commitments
from danvan.documents.enums import Direction, DocumentType, Stage
from danvan.documents.models import DirectiveQuestion, Document
from danvan.documents.services import SessionPlan, plan_session
from danvan.foundation import clock
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities


def directive_pages(document, distribution):
    """A clause of a document, a question about it of the same unit, and where its recipient asks."""
    question = DirectiveQuestion.objects.create(
        document=document, unit_id=document.unit_id, words="Có áp dụng không?", asked_at=clock.now()
    )
    session = plan_session(
        document,
        SessionPlan(
            held_by_id=document.unit_id, on=date(2026, 12, 30), way="online", audience="Chi ủy",
            unit_ids=[document.unit_id], materials=("tai-lieu.txt", b"Quan triet"),
        ),
        actor=None,
    )  # fmt: skip
    source = Source(kind="documents.document", id=document.pk, sentence="Rà soát", symbol="07")
    [lead] = identities([document.unit_id]).values()
    work = [Assignment(lead.pk, "Rà soát", "Báo cáo", date(2026, 12, 31))]
    assign_commitments(work, assigner=lead, actor=None, source=source)
    brought = Document.objects.create(
        unit_id=document.unit_id, direction=Direction.READING, register_year=2026, register_number=1,
        document_type=DocumentType.MINUTES, abstract="Biên bản họp thôn", text="Biên bản họp thôn",
        stage=Stage.TO_REVIEW, registered_at=clock.now(),
    )  # fmt: skip
    return {
        "documents:enter": {"pk": brought.pk},
        "documents:ask-about-work": {"pk": document.pk},
        **{
            f"documents:{name}": {"pk": session.pk}
            for name in ("session", "change-session", "record-session", "cancel-session")
        },
        "documents:session-file": {"pk": session.pk, "which": "tai-lieu"},
        **{
            f"documents:{name}": {"pk": document.pk, "start": 0}
            for name in ("roll-out-clause", "waive-clause", "give-clause")
        },
        "documents:ask": {"pk": distribution.pk},
        "documents:question": {"pk": question.pk},
    }
