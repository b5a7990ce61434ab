"""Documents into the registers: what is written when all is right, and that nothing is when it is not."""

from datetime import date

import pytest
from django.db import IntegrityError

from danvan.documents.enums import Direction, Stage
from danvan.documents.errors import DuplicateError
from danvan.documents.intake import storable
from danvan.documents.models import Citation, Document, SecretStub
from danvan.documents.services import (
    accept_proposal,
    note_secret_document,
    register_issued_document,
)
from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries
from tests.documents.acts import enter
from tests.documents.papers import Paper

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("form", "name"), [("docx", "a.docx"), ("pdf", "a.pdf"), ("txt", "a.txt")])
def test_a_document_is_entered_from_its_file_with_what_its_head_says(province, form, name):
    content = getattr(Paper(), f"as_{form}")()
    document = enter(province, content=content, name=name)

    document.refresh_from_db()
    assert (document.direction, document.stage) == (Direction.INCOMING, Stage.TO_REVIEW)
    assert (document.register_year, document.register_number) == (2026, 1)
    assert (document.symbol, document.number, document.symbol_key) == ("07-NQ/TU", "07", "7-nq/tu")
    assert (document.document_type, document.issued_on) == ("resolution", date(2026, 3, 2))
    assert (document.issuer_name, document.issuer) == ("Tỉnh ủy Nghệ An", province.committee)
    assert document.signer == "Trần Văn Bình"
    assert document.abstract == "về nâng cao chất lượng đối thoại với Nhân dân"
    assert document.received_on == date(2026, 12, 31)
    assert files.read(document.file) == content
    assert document.file_name == name
    assert set(document.proposals.values_list("kind", flat=True)) == {
        "citation",
        "figure",
        "target",
    }
    acts = AuditEntry.objects.values_list("action", flat=True)
    assert list(acts) == ["documents.register", "documents.read"]


def test_what_a_person_writes_goes_before_what_was_read(province):
    document = enter(
        province, symbol="7/NQ-TU", document_type="conclusion", issuer_name="Thành  ủy Vinh",
        issued_on=None, signer="", abstract="Về việc khác", received_on=date(2026, 4, 1),
        exchange_id="000.00.40.2026",
    )  # fmt: skip
    document.refresh_from_db()
    assert (document.symbol, document.document_type) == ("7/NQ-TU", "conclusion")
    assert (document.issuer_name, document.issuer) == ("Thành ủy Vinh", None)
    assert (document.issued_on, document.signer) == (None, "")
    assert (document.abstract, document.exchange_id) == ("Về việc khác", "000.00.40.2026")


def test_numbers_run_by_unit_direction_and_year_without_a_gap(province):
    papers = [Paper(symbol=f"{n}-NQ/TU").as_txt() for n in range(1, 6)]
    first = enter(province, content=papers[0], name="1.txt")
    with pytest.raises(RuleError):
        enter(province, content=papers[1], name="2.txt", abstract="")
    second = enter(province, content=papers[1], name="2.txt")
    elsewhere = enter(province, content=papers[2], name="3.txt", unit=province.front)
    before = enter(
        province, content=papers[3], name="4.txt", received_on=date(2025, 5, 5),
        symbol="x", issued_on=date(2025, 5, 1),
    )  # fmt: skip
    issued = register_issued_document(
        unit=province.committee, document_type="plan", abstract="Kế hoạch", actor=None,
        issued_on=date(2026, 1, 5),
    )  # fmt: skip
    numbers = [one.register_number for one in (first, second, elsewhere, before, issued)]
    assert numbers == [1, 2, 1, 1, 1]


def test_a_long_text_is_left_to_a_worker(province, monkeypatch):
    from danvan.documents.services import read_later, reading

    monkeypatch.setattr(reading, "READ_AT_ONCE", 100)
    document = enter(province)
    assert (document.stage, document.proposals.count()) == (Stage.READING, 0)
    read_later(document.pk)
    document.refresh_from_db()
    assert document.stage == Stage.TO_REVIEW
    assert document.proposals.count() == 6


def test_jobs_at_once_read_a_long_text_at_once(province, monkeypatch, settings):
    from danvan.documents.services import reading

    settings.DANVAN_JOBS_INLINE = True
    monkeypatch.setattr(reading, "READ_AT_ONCE", 100)
    document = enter(province)
    document.refresh_from_db()
    assert document.stage == Stage.TO_REVIEW


def test_of_a_secret_document_only_the_stub_is_noted(province, clerk):
    stub = note_secret_document(
        unit=province.committee, register_number=12, received_on=date(2026, 5, 4),
        issuer_name=" Công an  tỉnh ", secrecy="top_secret", actor=clerk,
    )  # fmt: skip
    kept = SecretStub.objects.values().get()
    assert kept == {
        "id": stub.pk,
        "unit_id": province.committee.pk,
        "register_year": 2026,
        "register_number": 12,
        "received_on": date(2026, 5, 4),
        "issuer_name": "Công an tỉnh",
        "secrecy": "top_secret",
        "noted_by_id": clerk.pk,
    }
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details) == (
        "documents.note_secret",
        {"unit_id": province.committee.pk},
    )
    assert str(stub) == "12/2026"


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"register_number": 0}, "register_number"),
        ({"secrecy": ""}, "secrecy"),
        ({"secrecy": "Mật"}, "secrecy"),
        ({"received_on": date(2027, 1, 1)}, "received_on"),
        ({"received_on": date(1900, 1, 1)}, "received_on"),
        ({"issuer_name": "x" * 201}, "issuer_name"),
    ],
)
def test_a_stub_that_is_not_right_is_not_noted(province, wrong, column):
    given = {
        "unit": province.committee, "register_number": 1, "received_on": date(2026, 5, 4),
        "issuer_name": "", "secrecy": "secret", "actor": None,
    }  # fmt: skip
    with pytest.raises(RuleError) as refused:
        note_secret_document(**{**given, **wrong})
    assert column in {fault.column for fault in refused.value.faults}
    assert not SecretStub.objects.exists()


def test_a_number_of_the_secret_register_is_noted_once(province):
    given = {
        "unit": province.committee, "register_number": 1, "received_on": date(2026, 5, 4),
        "issuer_name": "", "secrecy": "secret", "actor": None,
    }  # fmt: skip
    note_secret_document(**given)
    with pytest.raises(RuleError, match="đã ghi rồi"):
        note_secret_document(**given)
    assert SecretStub.objects.count() == 1


@pytest.mark.parametrize(
    ("again", "found"),
    [
        ({}, True),  # the same file
        ({"content": Paper(about="khác").as_txt(), "name": "b.txt"}, True),
        ({"content": Paper(day=date(2026, 3, 3)).as_txt(), "name": "b.txt"}, False),
        (
            {
                "content": Paper().as_txt(),
                "name": "b.txt",
                "symbol": " 7 – NQ/TU",
                "issued_on": None,
            },
            True,
        ),
        ({"content": Paper(symbol="08-NQ/TU").as_txt(), "name": "b.txt"}, False),
        ({"content": Paper(issuer="TỈNH ỦY HÀ TĨNH").as_txt(), "name": "b.txt"}, False),
        (
            {"content": Paper(symbol="9-NQ/TU").as_txt(), "name": "b.txt", "exchange_id": "MA.1"},
            True,
        ),
    ],
    ids=[
        "file",
        "symbol, issuer, day",
        "another day",
        "day unknown",
        "symbol",
        "issuer",
        "exchange",
    ],
)
def test_a_document_that_is_there_already_is_named_and_not_entered_again(province, again, found):
    known = enter(province, exchange_id="MA.1")
    series = dict(NumberSeries.objects.values_list("key", "last"))
    if found:
        with pytest.raises(DuplicateError, match="đã có") as refused:
            enter(province, **again)
        assert refused.value.document_id == known.pk
        assert "số 1/2026" in refused.value.message
        assert dict(NumberSeries.objects.values_list("key", "last")) == series
    else:
        enter(province, **again)
    assert Document.objects.count() == (1 if found else 2)


def test_the_register_of_another_unit_may_hold_the_same_document(province):
    enter(province)
    enter(province, unit=province.front)
    assert Document.objects.count() == 2


def test_a_head_longer_than_the_fields_is_cut(province):
    document = enter(
        province, content=Paper(about="về " + "việc làng " * 90).as_txt(), name="a.txt"
    )
    assert len(document.abstract) <= 600
    assert document.abstract.startswith("về việc làng")


def test_an_issued_document_stands_in_the_outgoing_register(province, clerk):
    document = register_issued_document(
        unit=province.fronts[0], document_type="orientation_document", symbol="05/HD-MTTQ-BTT",
        abstract="Định hướng hoạt động", issued_on=date(2026, 2, 3), actor=clerk,
        content=Paper().as_txt(), name="huong-dan.txt", signer="Lô Văn Minh",
    )  # fmt: skip
    document.refresh_from_db()
    assert (document.direction, document.stage) == (Direction.OUTGOING, Stage.FILED)
    assert (document.issuer, document.unit) == (province.fronts[0], province.fronts[0])
    assert document.issuer_name == "Ủy ban MTTQ Việt Nam Xã Môn Sơn"
    assert (document.received_on, document.text) == (None, Paper().text())
    with pytest.raises(DuplicateError):
        register_issued_document(
            unit=province.fronts[0], document_type="plan", symbol="5/HD-MTTQ-BTT",
            abstract="Khác", issued_on=date(2026, 2, 3), actor=None,
        )  # fmt: skip


def test_documents_that_cite_it_lead_to_a_document_entered_later(province):
    citing = enter(province)
    accept_proposal(citing.proposals.get(kind="citation"), actor=None)
    assert Citation.objects.get().cited is None
    cited = enter(
        province, content=Paper(about="khác").as_txt(), name="b.txt", symbol="23-QĐ/TW",
        document_type="decision", issuer_name="Bộ Chính trị", issued_on=date(2021, 7, 30),
    )  # fmt: skip
    assert Citation.objects.get().cited == cited


def test_what_stands_in_a_document_is_found(province):
    from danvan.foundation import search

    document = enter(province)
    assert [one.pk for one in search.find(Document.objects.all(), "giai quyet 712/805")] == [
        document.pk
    ]


def test_a_series_that_was_lost_gives_no_number_twice(province):
    enter(province)
    NumberSeries.objects.all().delete()
    with pytest.raises(IntegrityError):
        enter(province, content=Paper(symbol="8-NQ/TU").as_txt(), name="b.txt")
    assert Document.objects.count() == 1


def test_what_no_database_keeps_is_left_out_without_moving_the_rest():
    assert storable("Số\x00 5\ud800-NQ/TU") == "Số  5 -NQ/TU"
