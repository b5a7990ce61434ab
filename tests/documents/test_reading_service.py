"""Reading: what is kept of it, what happens to a text that cannot be read, when it may be read again."""

import pytest

from danvan import reading
from danvan.documents import engine
from danvan.documents.enums import Stage
from danvan.documents.models import Document
from danvan.documents.services import propose_again, read_document, register_issued_document
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from tests.documents.papers import Paper
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db


def waiting(**given):
    return DocumentFactory(**{"stage": Stage.READING, "text": Paper().text(), **given})


def test_reading_keeps_each_proposal_with_its_span_confidence_rule_and_reason(reviewer):
    document = waiting()
    read_document(document, actor=reviewer)
    document.refresh_from_db()
    assert document.stage == Stage.TO_REVIEW
    for proposal in document.proposals.all():
        words = document.text[proposal.start : proposal.end]
        assert words.strip() == words
        assert words
        assert 0 < proposal.confidence <= 100
        assert proposal.rule
        assert proposal.reason
        assert proposal.verdict == "open"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details) == ("documents.read", {"proposals": 6})


def test_a_document_that_was_read_meanwhile_is_left_alone():
    document = waiting()
    read_document(document, actor=None)
    before = list(document.proposals.values())
    stale = Document.objects.get(pk=document.pk)
    stale.stage = Stage.READING
    read_document(stale, actor=None)  # the row says otherwise
    read_document(Document.objects.get(pk=document.pk), actor=None)
    assert list(document.proposals.values()) == before
    assert AuditEntry.objects.count() == 1


def test_a_text_that_cannot_be_read_says_why(monkeypatch):
    def refuse(text, **given):
        raise reading.ReadingError("Văn bản rối quá nên không đọc được.")

    monkeypatch.setattr(engine, "propose", refuse)
    document = waiting()
    read_document(document, actor=None)
    document.refresh_from_db()
    assert (document.stage, document.trouble) == (
        Stage.UNREADABLE,
        "Văn bản rối quá nên không đọc được.",
    )
    document.stage = Stage.READING
    Document.objects.update(stage=Stage.TO_REVIEW)
    read_document(document, actor=None)
    document.refresh_from_db()
    assert document.stage == Stage.TO_REVIEW


@pytest.mark.parametrize("stage", Stage.values)
def test_when_a_document_may_be_read_again(stage):
    document = waiting(stage=stage, trouble="Cũ.")
    if stage != Stage.REVIEWED:
        assert propose_again(document, actor=None).stage == Stage.TO_REVIEW
        document.refresh_from_db()
        assert (document.trouble, document.proposals.count()) == ("", 6)
        return
    with pytest.raises(RuleError):
        propose_again(document, actor=None)
    document.refresh_from_db()
    assert (document.stage, document.trouble) == (stage, "Cũ.")


def test_a_document_without_a_file_has_nothing_to_read(province):
    from datetime import date

    document = register_issued_document(
        unit=province.front, document_type="plan", abstract="Kế hoạch", actor=None,
        issued_on=date(2026, 1, 5),
    )  # fmt: skip
    with pytest.raises(RuleError, match="chưa có tệp"):
        propose_again(document, actor=None)
    document.refresh_from_db()
    assert document.stage == Stage.FILED


def test_an_issued_document_is_read_when_asked(province):
    from datetime import date

    document = register_issued_document(
        unit=province.front, document_type="plan", abstract="Kế hoạch", actor=None,
        issued_on=date(2026, 1, 5), content=Paper().as_txt(), name="a.txt",
    )  # fmt: skip
    assert propose_again(document, actor=None).stage == Stage.TO_REVIEW
