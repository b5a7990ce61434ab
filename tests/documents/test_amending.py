"""Entries of a register put right: what changes, what never does, who may, and two people at once."""

from datetime import date

import pytest

from danvan.documents.errors import DuplicateError
from danvan.documents.intake import open_file
from danvan.documents.models import Citation, Document, Relation
from danvan.documents.services import (
    accept_proposal,
    add_relation,
    amend_entry,
    attach_file,
    entry_mark,
    forward_documents,
    mark_handled,
    register_issued_document,
)
from danvan.foundation import files, search
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from tests.documents.acts import enter
from tests.documents.papers import Paper
from tests.factories import DocumentFactory
from tests.factories.province import make_grant, make_organisation

pytestmark = pytest.mark.django_db


def issue(unit, **given):
    return register_issued_document(
        **{
            "unit": unit, "document_type": "plan", "abstract": "Kế hoạch", "actor": None,
            "issued_on": date(2026, 3, 2), **given,
        }
    )  # fmt: skip


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_an_entry_is_put_right_and_its_number_stays(province, clerk):
    document = enter(province, content=Paper().as_txt(), name="a.txt")
    amended = amend_entry(
        document, actor=clerk, seen=entry_mark(document), symbol=" 08 - NQ/TU", abstract="Về  việc khác",
        issuer_name="Ủy ban MTTQ Việt Nam Tỉnh Nghệ An", received_on=date(2026, 4, 1), priority=2,
        pages=12, kept_by="Ban Tuyên giáo", forwarded_on=date(2026, 4, 2), due_on=date(2026, 4, 20),
        signer_position="Phó Bí thư", note="bản chính",
    )  # fmt: skip
    amended.refresh_from_db()
    assert (amended.register_number, amended.register_year) == (1, 2026)
    assert (amended.symbol, amended.symbol_key, amended.number) == ("08 - NQ/TU", "8-nq/tu", "08")
    assert (amended.abstract, amended.issuer) == ("Về việc khác", province.front)
    assert (amended.priority, amended.pages, amended.due_on) == (2, 12, date(2026, 4, 20))
    assert (amended.kept_by, amended.forwarded_on) == ("Ban Tuyên giáo", date(2026, 4, 2))
    entry = AuditEntry.objects.get(action="documents.amend_entry")
    assert entry.actor == clerk
    assert set(entry.details["fields"]) == {
        "symbol", "abstract", "issuer_name", "received_on", "priority", "pages", "kept_by",
        "forwarded_on", "due_on", "signer_position", "note",
    }  # fmt: skip
    found = search.find(Document.objects.all(), "ve viec khac")
    assert list(found) == [amended]


def test_the_issuer_of_an_issued_document_is_its_own_unit(province):
    document = issue(province.front)
    amended = amend_entry(document, actor=None, issuer_name="Khác", symbol="1/KH-MTTQ", copies=30)
    assert amended.issuer_name == "Ủy ban MTTQ Việt Nam Tỉnh Nghệ An"
    assert (amended.issuer, amended.copies, amended.received_on) == (province.front, 30, None)


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        ({"received_on": date(2025, 4, 1), "issued_on": date(2025, 3, 1)}, {"received_on"}),
        ({"received_on": None}, {"received_on"}),
        ({"received_on": date(2027, 1, 1)}, {"received_on"}),
        ({"abstract": "", "document_type": "x"}, {"abstract", "document_type"}),
        ({"issuer_name": ""}, {"issuer_name"}),
        ({"priority": 7}, {"priority"}),
        ({"pages": 0}, {"pages"}),
        ({"pages": 40_000}, {"pages"}),
        ({"due_on": date(2026, 3, 1)}, {"due_on"}),
        ({"forwarded_on": date(2027, 1, 1)}, {"forwarded_on"}),
        ({"forwarded_on": date(2026, 1, 1)}, {"forwarded_on"}),
        ({"note": "x" * 501, "kept_by": "x" * 201}, {"note", "kept_by"}),
    ],
)
def test_an_entry_is_not_made_wrong(province, wrong, columns):
    document = enter(province, received_on=date(2026, 3, 10))
    before, told = Document.objects.values().get(), acts()
    with pytest.raises(RuleError) as refused:
        amend_entry(document, actor=None, **wrong)
    assert {fault.column for fault in refused.value.faults} == columns
    assert (Document.objects.values().get(), acts()) == (before, told)


def test_an_issued_document_keeps_its_day_within_the_year_of_its_register(province):
    document = issue(province.front)
    for wrong in ({"issued_on": date(2025, 3, 2)}, {"issued_on": None}):
        with pytest.raises(RuleError) as refused:
            amend_entry(document, actor=None, **wrong)
        assert [fault.column for fault in refused.value.faults] == ["issued_on"]


def test_an_entry_is_not_amended_into_another_document(province):
    enter(province)
    other = enter(province, content=Paper(symbol="8-NQ/TU").as_txt(), name="b.txt")
    with pytest.raises(DuplicateError):
        amend_entry(other, actor=None, symbol="7-NQ/TU")
    other.refresh_from_db()
    assert other.symbol == "8-NQ/TU"


def test_nothing_changed_is_told(province):
    document = enter(province)
    with pytest.raises(RuleError, match="chưa sửa gì"):
        amend_entry(document, actor=None)
    assert "documents.amend_entry" not in acts()


def test_two_people_with_the_same_page_open_do_not_write_over_each_other(province, clerk):
    document = enter(province)
    seen = entry_mark(document)
    amend_entry(document, actor=clerk, seen=seen, note="một")
    with pytest.raises(RuleError, match="người khác sửa"):
        amend_entry(document, actor=clerk, seen=seen, note="hai")
    document.refresh_from_db()
    assert document.note == "một"
    amend_entry(document, actor=clerk, seen=entry_mark(document), note="hai")


def test_what_cites_a_symbol_leads_to_an_entry_that_is_given_it(province):
    citing = enter(province)
    accept_proposal(citing.proposals.get(kind="citation"), actor=None)
    add_relation(citing, kind="cites", symbol="23-QĐ/TW", actor=None)
    cited = enter(
        province, content=Paper(about="khác", body=()).as_txt(), name="b.txt", symbol="32-QĐ/TW",
        document_type="decision", issuer_name="Bộ Chính trị", issued_on=date(2021, 7, 30),
    )  # fmt: skip
    assert Citation.objects.get().cited is None
    amend_entry(cited, actor=None, symbol="23-QĐ/TW")
    assert Citation.objects.get().cited == cited
    assert set(Relation.objects.values_list("other", flat=True)) == {cited.pk}


@pytest.mark.parametrize("act", ["amend", "attach"])
def test_who_may_put_an_entry_right(province, act):
    document = issue(province.fronts[0])
    opened = open_file(Paper().as_txt(), name="a.txt")

    def do(actor):
        if act == "amend":
            amend_entry(document, actor=actor, note=f"{actor.pk}")
        else:
            attach_file(document, opened=opened, actor=actor)

    for place, role in (
        (province.communes[1], "clerk"), (province.communes[0], "leader"),
        (province.communes[0], "administrator"),
    ):  # fmt: skip
        with pytest.raises(RuleError) as refused:
            do(make_grant(place, role))
        assert [fault.column for fault in refused.value.faults] == ["unit"]
    document.refresh_from_db()
    assert (document.note, document.file) == ("", None)
    do(make_grant(province.communes[0], "clerk"))


def test_the_register_of_an_ended_unit_may_still_be_put_right(province):
    gone = make_organisation(province.place, ended=date(2026, 7, 1))
    document = DocumentFactory(unit=gone)
    assert amend_entry(document, actor=None, note="đối chiếu sổ giấy").note == "đối chiếu sổ giấy"


def test_a_file_is_attached_once(province, clerk):
    document = issue(province.front, symbol="1/KH-MTTQ")
    opened = open_file(Paper().as_docx(), name="ke-hoach.docx")
    attach_file(document, opened=opened, actor=clerk)
    document.refresh_from_db()
    assert files.read(document.file) == opened.content
    assert (document.file_name, document.text) == ("ke-hoach.docx", opened.text)
    assert acts()[-1] == "documents.attach_file"
    with pytest.raises(RuleError, match="đã có tệp"):
        attach_file(document, opened=open_file(Paper(body=()).as_txt(), name="b.txt"), actor=clerk)
    document.refresh_from_db()
    assert document.file_name == "ke-hoach.docx"


def test_many_documents_are_passed_on_in_one_act(province, clerk):
    one, two = DocumentFactory.create_batch(2, unit=province.committee)
    done = forward_documents([one, two], kept_by=" Ban  Tổ chức ", forwarded_on=date(2026, 5, 1), actor=clerk)  # fmt: skip
    assert done == 2
    rows = set(Document.objects.values_list("kept_by", "forwarded_on"))
    assert rows == {("Ban Tổ chức", date(2026, 5, 1))}
    assert acts() == ["documents.forward"] * 2


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"kept_by": " "}, "kept_by"),
        ({"kept_by": "x" * 201}, "kept_by"),
        ({"forwarded_on": date(2027, 1, 1)}, "forwarded_on"),
        ({"forwarded_on": date(2026, 3, 4)}, "forwarded_on"),
    ],
)
def test_all_are_passed_on_or_none(province, wrong, column):
    rows = [
        DocumentFactory(unit=province.committee),
        DocumentFactory(unit=province.committee, received_on=date(2026, 3, 4)),
    ]
    given = {"kept_by": "Ban Tổ chức", "forwarded_on": date(2026, 5, 1), "actor": None, **wrong}
    with pytest.raises(RuleError) as refused:
        forward_documents(rows, **given)
    assert {fault.column for fault in refused.value.faults} == {column}
    assert set(Document.objects.values_list("kept_by", flat=True)) == {""}
    assert acts() == []


def test_documents_are_marked_as_done_with_and_taken_back(province, clerk):
    rows = DocumentFactory.create_batch(2, unit=province.committee)
    assert mark_handled(rows[:1], handled_on=date(2026, 5, 1), actor=clerk) == 1
    assert mark_handled(rows, actor=clerk) == 1  # the first stands as it is
    assert list(Document.objects.order_by("pk").values_list("handled_on", flat=True)) == [
        date(2026, 5, 1), date(2026, 12, 31),
    ]  # fmt: skip
    assert mark_handled(rows, undo=True, actor=clerk) == 2
    assert set(Document.objects.values_list("handled_on", flat=True)) == {None}
    assert acts() == ["documents.handle"] * 2 + ["documents.reopen_handling"] * 2


def test_what_cannot_be_marked_is_told(province, monkeypatch):
    from danvan.documents.services import amending

    rows = DocumentFactory.create_batch(3, unit=province.committee)
    with pytest.raises(RuleError, match="chưa tới"):
        mark_handled(rows, handled_on=date(2027, 1, 1), actor=None)
    with pytest.raises(RuleError, match="ít nhất một"):
        mark_handled([], actor=None)
    monkeypatch.setattr(amending, "MOST_AT_ONCE", 2)
    with pytest.raises(RuleError, match="Mỗi lần"):
        mark_handled(rows, actor=None)
    assert set(Document.objects.values_list("handled_on", flat=True)) == {None}
