"""Whatever is done to a petition in whatever order, what must always hold holds; numbers leave no gap."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.law.selectors import clocks, is_working
from danvan.petitions.enums import CLOSED, SUBJECT, WORKED, Channel, Kind, State
from danvan.petitions.models import FreedNumber, Petition
from danvan.petitions.moves import moves_from
from danvan.petitions.services import (
    accept_petition,
    assign_verifier,
    record_finding,
    resume_petition,
    rows,
    suspend_petition,
)
from tests.examples import examples
from tests.factories.rivals import meanwhile
from tests.once import once, own
from tests.petitions import acts, papers

pytestmark = pytest.mark.django_db
TODAY = date(2027, 12, 1)


class Desk:
    def __init__(self):
        self.office = papers.Office()
        self.petitions = {
            kind: papers.received(
                self.office.unit,
                papers.matter(kind, requests=("Đo lại", "Trả tiền")),
                channel=Channel.DEPUTY,
                sender="Đoàn đại biểu Quốc hội",
            )
            for kind in Kind
        }


_desk = once(Desk, DANVAN_TODAY=TODAY)


@pytest.fixture
def desk(settings, _desk):
    settings.DANVAN_TODAY = TODAY
    return own(_desk)


STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 25)), min_size=1, max_size=14)


def holds(one):
    """What is always so, of a petition as it stands in the database."""
    held = list(clocks().filter(subject_kind=SUBJECT, subject_id=one.pk))
    still = [each for each in held if each.ended_on is None]
    names = [each.name.split(".")[0] for each in still]
    assert (one.closed_on is None) == (one.state not in CLOSED)
    assert names.count("settle") <= 1
    assert names.count("idle") <= 1
    assert names.count("classify") <= 1
    assert names.count("reply") <= 1
    assert names.count("relay") <= 1
    assert not (one.state in CLOSED and set(names) - {"notice"})
    running = [
        each.due_on for each in still
        if each.paused_on is None and each.name.split(".")[0] != "idle"
    ]  # fmt: skip
    assert one.due_on == min(running, default=None)
    assert (one.due_name == "") == (one.due_on is None)
    assert one.received_on == papers.RECEIVED <= one.at_unit_on
    if one.state in (*WORKED, State.SUSPENDED):
        assert one.accepted_on is not None
    assert (one.state == State.SUSPENDED) == any(
        each.paused_on is not None for each in still if each.name.startswith("settle")
    )
    if one.answered_on is not None:
        assert one.answer
    if one.decided_on is not None:
        assert one.accepted_on is not None
        assert one.accepted_on <= one.decided_on


@pytest.mark.parametrize("begun", [False, True], ids=["received", "verifying"])
@pytest.mark.parametrize("kind", Kind)
def test_no_order_of_acts_breaks_what_must_hold(desk, kind, begun):
    office, start = desk.office, desk.petitions[kind]
    if begun:
        accept_petition(start, on=papers.RECEIVED, actor=None)
        assign_verifier(start, verifier=office.officer, on=papers.RECEIVED, actor=None)
        record_finding(start, finding="agrees", words="Đã đo", on=papers.RECEIVED, actor=None)
        start = papers.replied(papers.fresh(start), on=papers.RECEIVED)

    @tried(max_examples=examples(10), deadline=None)
    @given(STEPS)
    def walk(steps):
        with transaction.atomic():
            one, day = start, papers.RECEIVED
            for choice, wait in steps:
                day += timedelta(days=wait)
                acts.dated(office, day, day + timedelta(days=7))
                offered = moves_from(one.kind, one.state, one.round)
                if not offered:
                    break
                move = offered[choice % len(offered)]
                before = acts.everything(one)
                said = ""
                try:
                    with transaction.atomic():
                        acts.ACTS[move.name](one, office, actor=None)
                except RuleError as broken:
                    said = str(broken)
                if said:
                    assert said.endswith((".", "”."))
                    assert acts.everything(one) == before
                one = papers.fresh(one)
                holds(one)
            transaction.set_rollback(True)

    walk()


@tried(max_examples=examples(10), deadline=None)
@given(first=st.integers(0, 29), pause=st.integers(0, 90))
def the_days_of_a_pause_are_not_counted(office, first, pause):
    with transaction.atomic():
        one = papers.accepted(office.unit)
        stopped = papers.ACCEPTED + timedelta(days=first)
        suspend_petition(one, ground="force", words="Lũ", symbol="1/QĐ", on=stopped, actor=None)
        resume_petition(
            papers.fresh(one), symbol="2/QĐ", on=stopped + timedelta(days=pause), actor=None
        )
        due = papers.ACCEPTED + timedelta(days=30 + pause)
        while not is_working(due):
            due += timedelta(days=1)
        assert clocks().get(subject_id=one.pk, name="settle").due_on == due
        transaction.set_rollback(True)


def test_the_days_of_a_pause_are_not_counted(desk):
    the_days_of_a_pause_are_not_counted(desk.office)


def numbers(prefix="KN"):
    found = Petition.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    return sorted(int(one.rsplit("-", 1)[1]) for one in found)


def test_numbers_leave_no_gap_when_two_are_received_at_once(desk):
    with meanwhile("petitions_freednumber", lambda: papers.received(desk.office.other)):
        papers.received(desk.office.unit)
    assert numbers() == [1, 2, 3]


def test_a_number_whose_row_was_taken_out_is_taken_first(desk):
    FreedNumber.objects.bulk_create(
        [FreedNumber(series="petitions.KN.2026", number=one) for one in (7, 5)]
    )
    made = [papers.received(desk.office.unit).number for _ in range(3)]
    assert made == ["KN-2026-0005", "KN-2026-0007", "KN-2026-0002"]
    assert not FreedNumber.objects.exists()


def test_each_series_and_year_counts_by_itself(desk):
    made = [
        papers.received(desk.office.unit, papers.matter(kind), on=on).number
        for kind, on in (
            (Kind.PROPOSAL, date(2027, 1, 5)), (Kind.FEEDBACK, date(2026, 10, 1)), (Kind.PROPOSAL, date(2027, 1, 6)),
        )
    ]  # fmt: skip
    assert made == ["KG-2027-0001", "PA-2026-0002", "KG-2027-0002"]


def test_a_number_is_not_used_up_by_what_was_refused(desk):
    with pytest.raises(RuleError):
        papers.received(desk.office.unit, papers.matter(title=""))
    assert papers.received(desk.office.unit).number == "KN-2026-0002"


def test_a_petition_that_is_not_closed_is_never_given_a_closing_day(desk):
    with pytest.raises(AssertionError):
        rows.close(desk.petitions[Kind.COMPLAINT], TODAY, actor=None)
