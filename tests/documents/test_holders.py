"""What waits at a unit that ends waits at its heir; registers, numbers and symbols stay as they were."""

from datetime import date

import pytest

from danvan.commitments.models import Commitment
from danvan.documents.models import Document
from danvan.documents.selectors import (
    allowed_documents,
    allowed_proposals,
    standing_of,
    to_review,
    waiting_to_enter,
)
from danvan.documents.selectors.registers import RegisterFilter
from danvan.documents.services import (
    accept_proposal,
    amend_entry,
    distribute_document,
    finish_review,
    mark_handled,
    receive_document,
    register_document,
)
from danvan.foundation.errors import RuleError
from danvan.notifications.models import Notification
from danvan.organisations.holders import holder_named
from tests.documents.acts import task
from tests.documents.papers import Paper
from tests.factories import DocumentFactory
from tests.factories.merging import Merger, exported
from tests.factories.province import make_grant, make_user
from tests.notifications.hearing import deliver_all, told

SENT, OPEN = "documents.distributions", "documents.open"
KEYS = [SENT, "documents.gaps", OPEN, "documents.registers", "documents.stubs"]
ON = date(2026, 12, 1)


@pytest.fixture
def merger(province):
    return Merger(province, ON)


@pytest.fixture
def sent(province, letter, clerk):
    """The letter, sent to the Party committees of all communes."""
    return distribute_document(letter, [one.pk for one in province.committees], actor=clerk)


def at(distribution):
    distribution.refresh_from_db()
    return distribution.unit_id


def test_what_was_sent_and_not_entered_waits_for_the_heirs_clerk(province, merger, sent, letter):
    merger.found()
    officer = make_grant(merger.place, "commune_officer", valid_from=ON)
    moved = merger.hand_over(*KEYS)
    assert at(sent[0]) == merger.committee.pk
    assert list(waiting_to_enter(officer)) == [sent[0]]
    assert moved[-1].title == "Nghị quyết 07-NQ/TU ngày 02/03/2026"
    entered = receive_document(sent[0], actor=officer)
    assert entered.unit_id == merger.committee.pk


def test_the_same_document_waits_once_and_the_other_sending_says_why_it_was_taken_back(
    province, merger, sent
):
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    assert at(sent[1]) == province.committees[1].pk
    assert sent[1].recall_reason == (
        "Đảng ủy Xã Con Cuông nay là Đảng ủy Xã Chi Khê, nơi đã có văn bản này (SX-2026-014)."
    )
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_what_was_entered_stays(province, merger, sent):
    receive_document(sent[0], actor=None)
    merger.found().hand_over(*KEYS)
    assert at(sent[0]) == province.committees[0].pk
    assert at(sent[1]) == merger.committee.pk


def test_what_the_heir_entered_is_not_taken_back(province, merger, sent):
    merger.found().hand_over(*KEYS)
    receive_document(sent[0], actor=None)
    with pytest.raises(RuleError, match="Văn bản bàn giao đã được vào sổ ở nơi nhận"):
        holder_named(SENT).take_back(merger.moved[SENT], merger.passage, actor=None)


def test_a_sending_is_passed_on_unless_the_other_has_it(province, merger, sent):
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    [passing] = [one for one in merger.moved[SENT] if one.waits]
    holder = holder_named(SENT)
    with pytest.raises(RuleError, match="Đảng ủy Xã Châu Khê đã có văn bản này"):
        holder.pass_on(passing, province.committees[2].pk, actor=None)
    passed = holder.pass_on(passing, merger.front.pk, actor=None)
    assert at(sent[0]) == merger.front.pk
    merger.moved[SENT] = [
        one if one.row_id != passed.row_id else passed for one in merger.moved[SENT]
    ]
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_the_heirs_clerk_is_told_and_nobody_of_what_was_undone(province, merger, sent):
    deliver_all()
    merger.found()
    make_grant(merger.place, "commune_officer", user=make_user("Thắng"), valid_from=ON)
    before = Notification.objects.count()
    merger.hand_over(*KEYS)
    deliver_all()
    [(name, words, _)] = told()[before:]
    assert (name, words.startswith("Chuyển đến theo SX-2026-014 để vào sổ: ")) == ("Thắng", True)


@pytest.fixture
def kept(province):
    """A resolution to be reviewed in the register of the first commune's committee."""
    return register_document(
        unit=province.committees[0], content=Paper().as_docx(), name="nq.docx", actor=None
    )


def test_what_is_to_be_reviewed_is_reviewed_by_the_heir_and_stays_in_its_register(
    province, merger, kept
):
    merger.found()
    reviewer = make_grant(merger.place, "specialist", valid_from=ON)
    assert not allowed_documents(reviewer, "documents.review").exists()
    before = Document.objects.filter(pk=kept.pk).values("unit", "register_number", "symbol").get()
    merger.hand_over(*KEYS)
    assert list(to_review(reviewer, RegisterFilter())) == [kept]
    assert allowed_proposals(reviewer, "documents.review").count() == kept.proposals.count() > 0
    now = Document.objects.filter(pk=kept.pk).values("unit", "register_number", "symbol").get()
    assert now == before


def test_a_task_accepted_by_the_heir_is_given_in_the_heirs_name(province, merger, kept):
    merger.found()
    reviewer = make_grant(merger.place, "specialist", valid_from=ON)
    merger.hand_over(*KEYS)
    kept.refresh_from_db()
    assert kept.answering_id == merger.committee.pk
    leads = [{"words": "Mặt trận xã", "unit_id": merger.front.pk}]
    accept_proposal(task(kept, leads=leads), actor=reviewer)
    one = Commitment.objects.get()
    assert (one.assigner_id, one.lead_id) == (merger.committee.pk, merger.front.pk)


def test_the_heir_looks_at_an_entry_and_handles_it_but_does_not_amend_it(province, merger):
    due = DocumentFactory(unit=province.committees[0], stage="filed", due_on=date(2026, 12, 20))
    done = DocumentFactory(
        unit=province.committees[0], stage="filed", due_on=ON, handled_on=date(2026, 11, 3)
    )
    merger.found()
    officer = make_grant(merger.place, "commune_officer", valid_from=ON)
    merger.hand_over(*KEYS)
    due.refresh_from_db()
    assert (due.bearer_id, done.bearer_id) == (merger.committee.pk, None)
    assert list(allowed_documents(officer, "documents.register")) == [due]
    assert not standing_of(officer, due).may_amend
    with pytest.raises(RuleError):
        amend_entry(due, actor=officer, abstract="Khác")
    assert mark_handled([due], actor=officer) == 1


def test_undone_at_once_or_after_the_review_the_register_is_as_it_was(province, merger, kept):
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before
    merger.found().hand_over(*KEYS)
    kept.proposals.update(verdict="rejected")
    finish_review(kept, actor=None)
    merger.take_back(*KEYS)
    kept.refresh_from_db()
    assert (kept.bearer_id, kept.stage) == (None, "reviewed")


def test_what_is_open_is_counted_by_who_answers_for_it(province, merger, kept):
    first, second = province.committees[:2]
    Document.objects.filter(pk=kept.pk).update(bearer=second)
    DocumentFactory(unit=first)
    found = holder_named(OPEN).count_open({first.pk, second.pk}, ON)
    assert found == {first.pk: 1, second.pk: 1}


def test_many_pass_with_as_many_queries_as_few(
    province, merger, sent, django_assert_max_num_queries
):
    for number in range(20):
        DocumentFactory(unit=province.committees[number % 2])
    merger.found()
    with django_assert_max_num_queries(20):
        assert len(merger.hand_over(*KEYS)) == 22
    with django_assert_max_num_queries(20):
        for key in reversed(KEYS):
            holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)
