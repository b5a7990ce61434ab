"""The Party numbers what it issues anew from each congress, type by type; nobody else does."""

from datetime import date

import pytest

from danvan.documents.enums import Direction
from danvan.documents.models import Document
from danvan.documents.selectors import FreeNumbers, free_numbers
from danvan.documents.services import amend_entry, leave_numbers, register_document
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Kind
from danvan.organisations.services.standing import begin_term
from tests.documents.papers import Paper
from tests.documents.test_numbers import issue, leave
from tests.factories.province import make_organisation

pytestmark = pytest.mark.django_db

OUT = Direction.OUTGOING
CONGRESS = date(2025, 9, 1)


@pytest.fixture
def committee(province):
    begin_term(
        province.committee.pk, ordinal="XIX", name="2025 - 2030", valid_from=CONGRESS, actor=None
    )
    return province.committee


def numbered(unit):
    found = Document.objects.filter(unit=unit).order_by("issued_on", "pk")
    return [(one.register_series, one.entry_number, one.register_year) for one in found]


def test_each_type_of_a_term_has_a_series_that_runs_on_over_the_years(committee):
    issue(committee, document_type="resolution", issued_on=date(2025, 10, 1))
    issue(committee, document_type="plan", issued_on=date(2025, 11, 1))
    issue(committee, document_type="plan", issued_on=date(2026, 1, 5))
    issue(committee, document_type="resolution", issued_on=date(2026, 2, 5))
    assert numbered(committee) == [
        ("XIX:resolution", "1", 2025),
        ("XIX:plan", "1", 2025),
        ("XIX:plan", "2", 2026),
        ("XIX:resolution", "2", 2026),
    ]
    assert free_numbers(committee.pk, OUT, 2026) == []


def test_a_new_congress_begins_at_one_again(committee):
    issue(committee, issued_on=date(2026, 3, 1))
    begin_term(committee.pk, ordinal="XX", name="2026 - 2031", valid_from=date(2026, 6, 1), actor=None)  # fmt: skip
    issue(committee, issued_on=date(2026, 6, 1))
    issue(committee, issued_on=date(2026, 3, 2))  # written down late: of the term before
    assert numbered(committee) == [
        ("XIX:plan", "1", 2026), ("XIX:plan", "2", 2026), ("XX:plan", "1", 2026),
    ]  # fmt: skip


def test_what_has_no_term_on_record_is_numbered_in_its_year(committee, province):
    issue(committee, issued_on=date(2025, 8, 31))  # before the congress that is on record
    issue(province.front, issued_on=date(2026, 3, 1))
    issue(province.committees[0], issued_on=date(2026, 3, 1))
    incoming = register_document(unit=committee, content=Paper().as_docx(), name="a.docx", actor=None)  # fmt: skip
    found = Document.objects.values_list("register_series", "register_number")
    assert set(found) == {("", 1)}
    assert (incoming.term, incoming.register_series) == ("", "")


def test_an_advisory_board_numbers_in_its_committees_term(committee, province):
    board = make_organisation(province.place, Kind.ADVISORY_BOARD)
    one = issue(board, issued_on=date(2026, 3, 1))
    assert (one.register_series, one.term, one.entry_number) == ("XIX:plan", "XIX", "1")


def test_a_notice_of_a_conclusion_is_numbered_among_the_notices(committee):
    issue(committee, document_type="conclusion_notice")
    assert issue(committee, document_type="notice").entry_number == "2"


def test_a_number_of_a_term_is_borne_once_in_all_its_years(committee):
    issue(committee, issued_on=date(2025, 10, 1))
    with pytest.raises(RuleError, match="Số 1 của sổ này đã dùng"):
        issue(committee, "1", issued_on=date(2026, 3, 1))
    assert issue(committee, "1a", issued_on=date(2026, 3, 1)).entry_number == "1a"
    assert issue(committee, "2", issued_on=date(2026, 3, 1)).entry_number == "2"


def test_a_term_goes_on_after_the_numbers_of_its_paper_register(committee):
    leave(committee, 1, 36, "đã ghi trong sổ giấy", document_type="plan")
    assert issue(committee).entry_number == "37"
    assert issue(committee, document_type="resolution").entry_number == "1"
    assert issue(committee, "12").entry_number == "12"
    words = "Kế hoạch, khóa XIX: đã ghi trong sổ giấy"
    assert free_numbers(committee.pk, OUT, 2026) == [
        FreeNumbers(1, 11, words), FreeNumbers(13, 36, words),
    ]  # fmt: skip
    for first, said in (
        (5, "đã ghi lý do trước đó"),
        (37, "Số 37 đã dùng"),
        (50, "Sổ mới đến số 37"),
    ):
        with pytest.raises(RuleError, match=said):
            leave(committee, first, first, document_type="plan")


def test_a_register_of_a_year_leaves_no_numbers_of_a_type(province):
    with pytest.raises(RuleError, match="đánh số theo năm") as refused:
        leave(province.front, 1, 3, document_type="plan")
    assert [fault.column for fault in refused.value.faults] == ["document_type"]
    with pytest.raises(RuleError):
        leave_numbers(
            unit=province.front, direction=OUT, year=2026, first=3, last=1, reason="x", actor=None,
            document_type="plan",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"document_type": "resolution"}, "document_type"),
        ({"issued_on": date(2026, 8, 1)}, "issued_on"),
    ],
)
def test_an_entry_stays_in_the_series_of_its_number(committee, changes, column):
    begin_term(committee.pk, ordinal="XX", name="2026 - 2031", valid_from=date(2026, 6, 1), actor=None)  # fmt: skip
    one = issue(committee, issued_on=date(2026, 3, 1))
    with pytest.raises(RuleError, match="Số 1 thuộc sổ Kế hoạch, khóa XIX") as refused:
        amend_entry(one, actor=None, **changes)
    assert [fault.column for fault in refused.value.faults] == [column]
    assert amend_entry(one, actor=None, issued_on=date(2026, 3, 9)).issued_on == date(2026, 3, 9)
