"""A task of a document that comes back: each turn keeps the clause it came from, and the clause counts it."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment, CommitmentSeries
from danvan.commitments.services import open_turns, start_commitment
from danvan.documents.bodies import TaskBody
from danvan.documents.enums import Verdict
from danvan.documents.models import Proposal
from danvan.documents.selectors import card_of, proposal_rows
from danvan.documents.selectors.roll_out import ClauseState, clauses_of
from danvan.documents.services import propose_task, reopen_proposal, waive_clause
from danvan.documents.wording import due_text
from danvan.foundation.errors import RuleError
from tests.documents.acts import enter, task
from tests.documents.papers import Paper, body
from tests.factories.law import make_parameters

pytestmark = pytest.mark.django_db
PAPER = Paper(
    body=(
        "II. Nhiệm vụ",
        "1. Nêu cao vai trò nêu gương của người đứng đầu trong công tác dân vận.",
    )
)
TYPED = {
    "title": "Báo cáo tình hình nhân dân", "lead_0": "Ủy ban nhân dân Xã Con Cuông", "kinds": [],
    "levels": [], "product": "Báo cáo", "proof": "", "due_on": "31/01/2027", "every": "month",
    "until": "31/12/2027", "ahead": "10",
}  # fmt: skip


@pytest.fixture(autouse=True)
def parameters(db):
    make_parameters("clock.series.ahead")


@pytest.fixture
def read(province):
    return enter(province, content=PAPER.as_docx(), symbol="07-NQ/TU", issued_on=PAPER.day)


def correct(office, proposal, **changes):
    return office.post(reverse("documents:correct", args=[proposal.pk]), {**TYPED, **changes})


def given(office, read):
    """The clause given as a duty of every month; the proposal it became."""
    line = clauses_of(read).in_state(ClauseState.BARE)[0]
    proposal = propose_task(read, line.start, actor=None)
    assert correct(office, proposal).status_code == 302
    return line, Proposal.objects.get(pk=proposal.pk)


def test_a_clause_is_given_every_month_and_each_turn_keeps_its_span(office, read, settings):
    _, proposal = given(office, read)
    series = CommitmentSeries.objects.get()
    assert (proposal.verdict, proposal.became_kind, proposal.became_ids) == (
        Verdict.CORRECTED, "commitments.commitmentseries", [series.pk],
    )  # fmt: skip
    assert (series.every, series.until, series.ahead) == ("month", date(2027, 12, 31), 10)
    assert not Commitment.objects.exists()
    settings.DANVAN_TODAY = date(2027, 2, 18)
    assert open_turns() == 1  # January went by while nobody watched
    [one] = Commitment.objects.all()
    assert (one.source_kind, one.source_id) == ("documents.document", read.pk)
    assert (one.source_start, one.source_end) == (proposal.start, proposal.end)
    assert one.source_sentence in read.text
    assert (one.source_symbol, one.due_on) == ("07-NQ/TU", date(2027, 3, 1))  # the 28th is a Sunday


def test_the_clause_counts_the_duty_before_its_first_turn_and_the_turns_after(
    office, read, settings
):
    line, _ = given(office, read)
    [found] = clauses_of(read).in_state(ClauseState.GIVEN)
    assert (found.facts.given, found.facts.recurring) == (0, 1)
    with pytest.raises(RuleError, match="đã được giao"):
        waive_clause(read, line.start, reason="chung", actor=None)
    at = reverse("documents:roll-out-clause", args=[read.pk, line.start])
    page = body(office.get(at))
    series = CommitmentSeries.objects.get()
    for said in (series.number, "Hằng tháng, hạn lượt đầu 31/01/2027", "Chưa đến ngày mở lượt đầu", "Giao thêm việc"):  # fmt: skip
        assert said in page
    assert "định kỳ" in body(office.get(reverse("documents:roll-out", args=[read.pk])))
    settings.DANVAN_TODAY = date(2027, 1, 25)
    open_turns()
    [found] = clauses_of(read).in_state(ClauseState.GIVEN)
    assert (found.facts.given, found.facts.recurring) == (1, 1)
    assert Commitment.objects.get().number in body(office.get(at))


def test_what_it_became_stands_beside_the_proposal_and_on_the_document(office, reviewer, read):
    given(office, read)
    number = CommitmentSeries.objects.get().number
    [row] = proposal_rows(read, kind="task")
    assert [(one.number, one.again) for one in row.given] == [(number, True)]
    assert [one.number for one in card_of(reviewer, read).given] == [number]
    for page in ("review", "card"):
        said = body(office.get(reverse(f"documents:{page}", args=[read.pk]), {"nhom": "nhiem-vu"}))
        assert f"{number}</a> (định kỳ)" in said


def test_it_is_taken_back_with_its_turns_while_no_unit_began(office, read, settings):
    _, proposal = given(office, read)
    settings.DANVAN_TODAY = date(2027, 1, 25)
    open_turns()
    reopened = reopen_proposal(proposal, actor=None)
    assert (reopened.verdict, reopened.became_ids) == (Verdict.OPEN, [])
    assert [one.state for one in Commitment.objects.all()] == ["withdrawn"]
    assert CommitmentSeries.objects.get().next_on is None
    [line] = clauses_of(read).in_state(ClauseState.PROPOSED)
    assert not line.facts.work
    assert correct(office, reopened, due_on="28/02/2027", ahead="40").status_code == 302
    start_commitment(Commitment.objects.exclude(state="withdrawn").get(), actor=None)
    proposal.refresh_from_db()
    with pytest.raises(RuleError, match="đã bắt đầu làm"):
        reopen_proposal(proposal, actor=None)
    assert CommitmentSeries.objects.filter(next_on__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"due_on": ""}, "ngày hết hạn của lượt đầu"),
        ({"due_on": "", "regular": "on"}, "bỏ thời hạn, quy định, làm thường xuyên"),
        ({"every": ""}, "chưa chọn lặp lại thế nào"),
        ({"every": "day"}, "chọn một cách lặp"),
        ({"due_on": "31/12/2026"}, "không ghi thêm"),
        ({"until": "01/01/2027"}, "trước lượt đầu"),
        ({"ahead": "0"}, "ít nhất 1 ngày"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_on_the_page_and_gives_nothing(office, empty, bad, said):
    page = correct(office, task(empty), **bad)
    assert page.status_code == 422
    assert said in unescape(page.content.decode())
    assert not CommitmentSeries.objects.exists()


def test_the_form_shows_the_rule_again_and_what_the_text_says(office, empty):
    regular = task(empty, due_on=None, regular=True, every="quarter", due_words="hằng quý")
    page = body(office.get(reverse("documents:correct", args=[regular.pk])))
    assert "Văn bản ghi “hằng quý”" in page
    proposal = task(empty, start=100)
    correct(office, proposal)
    proposal.refresh_from_db()
    stored = TaskBody.of(proposal.correction)
    assert due_text(stored) == "Hằng tháng, hạn lượt đầu 31/01/2027, đến hết 31/12/2027"
    reopen_proposal(proposal, actor=None)
    Proposal.objects.filter(pk=proposal.pk).update(correction=stored.as_json())
    form = office.get(reverse("documents:correct", args=[proposal.pk])).context["form"]
    assert (form["every"].value(), form["ahead"].value()) == ("month", 10)
