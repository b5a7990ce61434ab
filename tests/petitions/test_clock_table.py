"""Every row of the law that is a term of petitions, on the first day of its validity and the day before it."""

import csv
from datetime import date
from pathlib import Path

import pytest

import danvan.law
from danvan.law.models import LegalParameter
from danvan.law.selectors import clocks
from danvan.petitions import enums
from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition
from danvan.petitions.selectors import rules
from danvan.petitions.services import mark_complex, receive_paper, refuse_petition, rows
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
OLD, TCD, NOW = date(2012, 7, 1), date(2014, 7, 1), date(2026, 7, 1)
# The terms that a clock of a petition runs by: the clock, the first valid day, the day that the term ends on.
RUN = {
    ("complaint.accept", OLD): ("classify", date(2012, 7, 11)),
    ("complaint.accept", NOW): ("classify", date(2026, 7, 10)),
    ("complaint.disciplinary.normal", OLD): ("settle", date(2012, 7, 31)),
    ("complaint.disciplinary.complex", OLD): ("settle", date(2012, 8, 15)),
    ("complaint.r1.normal", OLD): ("settle", date(2012, 7, 31)),
    ("complaint.r1.complex", OLD): ("settle", date(2012, 8, 15)),
    ("complaint.r1.remote", OLD): ("settle", date(2012, 8, 15)),
    ("complaint.r1.remote_complex", OLD): ("settle", date(2012, 8, 30)),
    ("complaint.r2.normal", OLD): ("settle", date(2012, 8, 15)),
    ("complaint.r2.complex", OLD): ("settle", date(2012, 8, 30)),
    ("complaint.r2.remote", OLD): ("settle", date(2012, 8, 30)),
    ("complaint.r2.remote_complex", OLD): (
        "settle",
        date(2012, 9, 10),
    ),  # from a Sunday to the Monday
    ("complaint.r1.send", OLD): ("send", date(2012, 7, 4)),
    ("complaint.r2.send", OLD): ("send", date(2012, 7, 9)),
    ("complaint.suspend.send", NOW): ("notice", date(2026, 7, 6)),
    ("petition.citizen_reply", TCD): ("reply", date(2014, 7, 15)),
    ("petition.idle.sanction", NOW): ("idle", date(2026, 8, 17)),
    ("petition.relay_to_citizen", TCD): ("tell", date(2014, 7, 8)),
    ("petition.transferred.result_report", TCD): ("relay", date(2014, 7, 10)),
    ("reception.refusal.notice", NOW): ("notice", date(2026, 7, 6)),
}
# The terms that only a day is read from.
READ = {
    ("complaint.effective_after", OLD): (
        lambda on: rules.effective_on(Petition(), on), date(2012, 7, 31),
    ),
    ("complaint.effective_after.remote", OLD): (
        lambda on: rules.effective_on(Petition(remote=True), on), date(2012, 8, 15),
    ),
    ("complaint.r2.file", OLD): (lambda on: rules.appeal_until(Petition(), on), date(2012, 7, 31)),
    ("complaint.r2.file.remote", OLD): (
        lambda on: rules.appeal_until(Petition(remote=True), on), date(2012, 8, 15),
    ),
    ("complaint.filing_limit", OLD): (
        lambda on: rules.filed_late(complaint(known_on=on, received_on=date(2026, 7, 1))), date(2012, 10, 1),
    ),
}  # fmt: skip
# Numbers of people and of signs, and what is asked before a day: tested below.
ASKED = {
    "complaint.complex.criteria_min",
    "complaint.dialogue.invite_before",
    "reception.group.threshold",
    "reception.group.few_to",
    "reception.group.reps_5_10",
    "reception.group.reps_5_10.max",
    "reception.group.reps_over10.max",
}
# No row of these is held: their day is not counted, and the page says so (tried in test_two_rounds).
NOT_HELD = {
    "complaint.disciplinary.effective_after",
    "complaint.disciplinary.filing_limit",
    "complaint.disciplinary.r2.file",
}
# Held by the vault and by citizen reception; what no clock of a petition is for, and why.
ELSEWHERE = ("denunciation.", "reception.")
NO_CLOCK = {
    "petition.party_head_ack": "letters to the head of a Party committee are documents, not petitions",
}


def complaint(**more):
    return Petition(kind=Kind.COMPLAINT, round=1, **more)


def law():
    path = Path(danvan.law.__file__).parent / "parameters.tsv"
    lines = [one for one in path.read_text("utf-8").splitlines() if not one.startswith("#")]
    found = csv.DictReader(
        lines[[one.startswith("key\t") for one in lines].index(True) :], delimiter="\t"
    )
    return {
        (one["key"], date.fromisoformat(one["valid_from"]))
        for one in found
        if one["key"].startswith(("complaint.", "petition.", "denunciation.", "reception."))
    }


class Filed:
    def __init__(self):
        self.office = papers.Office()
        self.petition = papers.received(self.office.unit, on=date(2026, 7, 1))
        rows.stop_all(self.petition, on=date(2026, 7, 1), actor=None)


_filed = once(Filed, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def filed(settings, _filed):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_filed)


def test_no_row_of_the_law_is_forgotten():
    tried = {*RUN, *READ}
    left = {
        key for key, since in law() - tried
        if key not in ASKED and key not in NO_CLOCK and not key.startswith(ELSEWHERE)
    }  # fmt: skip
    assert left == set()
    assert tried <= law()
    assert {key for key, _ in law()} >= {*ASKED, *NO_CLOCK}
    assert not NOT_HELD & {key for key, _ in law()}


def test_each_row_that_the_services_name_is_tried_here():
    named = {
        value
        for name, value in vars(enums).items()
        if name.endswith("_KEY") and not value.startswith("data.")  # of requests about one's data
    }
    settled = {
        rules.settle_key(complaint(remote=remote, complexity=signs) if round_ == 1 else
                         Petition(kind=Kind.COMPLAINT, round=2, remote=remote, complexity=signs))
        for round_ in (1, 2) for remote in (False, True) for signs in ([], ["a"])
    }  # fmt: skip
    sent = {rules.send_key(Petition(round=one)) for one in (1, 2)}
    tried = {key for key, _ in (*RUN, *READ)} | ASKED
    assert named | settled | sent <= tried | NOT_HELD
    assert len(settled) == 8


@pytest.mark.parametrize(("key", "since"), RUN, ids=lambda one: str(one))
def test_a_clock_runs_from_the_first_valid_day_and_none_the_day_before(filed, key, since):
    name, due_on = RUN[key, since]
    eve = date.fromordinal(since.toordinal() - 1)
    ran = rows.run(filed.petition, name, key, on=eve, actor=None)
    before = [one.due_on for one in clocks().filter(subject_id=filed.petition.pk, ended_on=None)]
    rows.take_days(filed.petition)
    if (key, since) == ("complaint.accept", NOW):  # until that day ten days on the calendar
        assert (ran, before) == (True, [date(2026, 7, 10)])
        rows.stop_all(filed.petition, on=eve, actor=None)
    else:
        assert (ran, before, filed.petition.due_on) == (False, [], None)
    assert rows.run(filed.petition, name, key, on=since, actor=None)
    [held] = clocks().filter(subject_id=filed.petition.pk, ended_on=None)
    assert (held.due_on, held.parameter.key, held.parameter.valid_from) == (due_on, key, since)


@pytest.mark.parametrize(("key", "since"), READ, ids=lambda one: str(one))
def test_a_day_is_read_from_the_first_valid_day_and_none_the_day_before(filed, key, since):
    read, due_on = READ[key, since]
    assert read(since) == due_on
    assert read(date.fromordinal(since.toordinal() - 1)) is None


@pytest.mark.parametrize(
    ("received_on", "due_on", "words"),
    [
        (date(2026, 6, 22), date(2026, 7, 2), "10 D"),
        (date(2026, 6, 30), date(2026, 7, 10), "10 D"),
        (date(2026, 7, 1), date(2026, 7, 10), "7 WD"),
        (date(2026, 7, 2), date(2026, 7, 13), "7 WD"),
    ],
)
def test_a_complaint_is_accepted_by_the_law_of_the_day_it_came(filed, received_on, due_on, words):
    one = papers.received(filed.office.unit, on=received_on)
    held = clocks().get(subject_id=one.pk, name="classify")
    assert (held.due_on, f"{held.parameter.numerator:g} {held.parameter.unit}") == (due_on, words)
    # what is asked of long idleness began with the decree: before it no alarm stands
    assert clocks().filter(subject_id=one.pk, name="idle").exists() == (received_on >= NOW)


@pytest.mark.parametrize(
    ("known", "due_on"), [(True, date(2026, 11, 23)), (False, date(2026, 11, 9))]
)
def test_where_the_law_file_lacks_the_row_of_a_complex_matter_the_day_stands_as_it_was(
    filed, known, due_on
):
    one = papers.verifying(filed.office, papers.matter(disciplinary=True))
    [held] = clocks().filter(subject_id=one.pk, name="settle")
    assert (held.parameter.key, held.due_on) == ("complaint.disciplinary.normal", date(2026, 11, 9))
    if not known:
        LegalParameter.objects.filter(key="complaint.disciplinary.complex").delete()
    mark_complex(one, criteria=["a"], symbol="1/BC", on=date(2026, 10, 20), actor=None)
    one = papers.fresh(one)
    assert rules.settle_key(one) == "complaint.disciplinary.complex"
    assert (one.complexity, one.due_on) == (["a"], due_on)


def test_signs_of_a_complex_matter_are_asked_for_by_the_law_in_force_on_the_day(filed):
    assert rules.criteria_needed(NOW) == 1
    assert rules.criteria_needed(date(2026, 6, 30)) is None
    one = papers.accepted(filed.office.unit, on=date(2026, 6, 1), by=date(2026, 6, 5))
    act = {"criteria": ["a"], "symbol": "1/BC"}
    assert (
        "chưa có quy định" in papers.refused(mark_complex, one, **act, on=date(2026, 6, 30)).message
    )
    for criteria in ([], ["a", "z"]):
        broken = papers.refused(mark_complex, one, criteria=criteria, symbol="1/BC", on=NOW)
        assert "ít nhất 1 dấu hiệu" in broken.message
    mark_complex(one, **act, on=NOW, actor=None)
    assert papers.fresh(one).due_on == date(2026, 7, 20)  # 45 days from 05/06, a Sunday runs on
    again = papers.refused(mark_complex, papers.fresh(one), **act, on=NOW)
    assert "đã được ghi là phức tạp" in again.message
    late = papers.refused(mark_complex, papers.fresh(one), **act, on=date(2026, 8, 1))
    assert "đã qua" in late.message


def test_a_dialogue_is_invited_to_as_long_before_as_the_law_of_its_day_asks(filed):
    assert rules.earliest_dialogue(date(2026, 6, 20)) == date(2026, 6, 20)  # nothing in force yet
    assert rules.earliest_dialogue(NOW) == date(2026, 7, 6)


def test_who_speaks_for_how_many(filed):
    on = TCD
    said = {
        people: (rule.crowd, rule.words)
        for people in (1, 4, 5, 10, 11, 300)
        for rule in [rules.group_rule(people, on)]
    }
    assert said == {
        1: (False, ""), 4: (False, ""),
        5: (True, "1 đến 2 người đại diện"), 10: (True, "1 đến 2 người đại diện"),
        11: (True, "1 đến 5 người đại diện"), 300: (True, "1 đến 5 người đại diện"),
    }  # fmt: skip
    assert not rules.group_rule(300, date(2014, 6, 30)).crowd


def test_a_refusal_of_what_was_answered_before_is_told_in_writing_within_the_term(filed):
    one = papers.received(filed.office.unit, papers.matter(Kind.FEEDBACK), on=date(2026, 9, 1))
    refuse_petition(one, closing="TL01", on=date(2026, 9, 8), actor=None)
    one = papers.fresh(one)
    assert (one.state, one.due_name, one.due_on) == ("refused", "notice", date(2026, 9, 11))


def test_what_is_filed_after_the_limit_says_its_last_day(filed):
    in_time = complaint(known_on=date(2026, 7, 3), received_on=date(2026, 10, 1))
    assert (rules.filed_late(in_time), rules.filed_late_words(in_time)) == (None, "")
    late = complaint(known_on=date(2026, 7, 2), received_on=date(2026, 10, 1))
    assert rules.filed_late(late) == date(2026, 9, 30)
    assert "30/09/2026" in rules.filed_late_words(late)
    others = (
        complaint(received_on=NOW),
        Petition(kind=Kind.FEEDBACK, round=1, known_on=OLD, received_on=NOW),
        Petition(kind=Kind.COMPLAINT, round=2, known_on=OLD, received_on=NOW),
    )
    assert [rules.filed_late(other) for other in others] == [None, None, None]


def test_a_dialogue_is_asked_for_of_complaints_alone():
    asked = {
        (kind, round_, finding): rules.dialogue_needed(Petition(kind=kind, round=round_, finding=finding))
        for kind in Kind for round_ in (1, 2) for finding in ("agrees", "differs")
    }  # fmt: skip
    assert {key for key, needed in asked.items() if needed} == {
        (Kind.COMPLAINT, 1, "differs"), (Kind.COMPLAINT, 2, "agrees"), (Kind.COMPLAINT, 2, "differs"),
    }  # fmt: skip
    assert rules.dialogue_needed(complaint(disciplinary=True, finding="agrees"))


def test_a_second_round_has_no_day_for_a_third():
    assert rules.appeal_until(Petition(kind=Kind.COMPLAINT, round=2), NOW) is None


def test_a_paper_that_came_before_the_law_of_today_is_received_with_what_was_in_force(filed):
    draft = papers.PaperDraft(
        unit_id=filed.office.unit.pk, received_on=date(2026, 6, 30), channel="post",
        matters=(papers.matter(Kind.PROPOSAL),), persons=(papers.NAM,),
    )  # fmt: skip
    one = receive_paper(draft, actor=None).petitions.get()
    assert [held.name for held in clocks().filter(subject_id=one.pk)] == ["reply"]
