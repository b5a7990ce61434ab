"""Rules tried on reports that were sent: what is said of each is what sending it would have said."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.periods import Period
from danvan.indicators.services import define_indicator
from danvan.reporting.models import Obligation, Submission
from danvan.reporting.rules import between, part_of, same_in_form, steady, usual
from danvan.reporting.selectors import answers_of, book_of, check_answers, pasts, trying
from danvan.reporting.selectors.ruling import ground_of
from danvan.reporting.selectors.trying import try_rules
from danvan.reporting.services import (
    NewItem,
    NewSection,
    define_form,
    open_period,
    set_form_rules,
    submit_report,
)
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import NOVEMBER, SINCE, TODAY
from tests.reporting.ruled import FAR, SAID, USUAL, RuledMonth

pytestmark = pytest.mark.django_db
TRIED = [
    between("khoang", "luot", most=98),
    part_of("phan", "doi-thoai", "y-kien", called="ý kiến"),
    between("cong-lai", "cong", least=9, blocks=False),
    steady("thay-doi", "luot", percent=1, least_months=2),
    usual("la", "luot", times=1, least_months=3),
    same_in_form("khop", "luot", "BM-03", "kia"),
    between("nil", "doi-thoai", least=1, blocks=False),
]


class Sent(RuledMonth):
    """Seven months of one commune and November of two more, one of them with a section said to be nil."""

    def __init__(self):
        super().__init__()
        define_indicator(
            code="DV-31", name="Lượt ở biểu kia", unit_label="lượt", kind="flow", actor=None,
            valid_from=SINCE, definition="Đếm.",
        )  # fmt: skip
        other = define_form(
            code="BM-03", name="Biểu kia", unit=self.province.place, level="commune", due_day=5, valid_from=SINCE,
            sections=[NewSection("Một", [NewItem("kia", "Lượt tiếp dân", "DV-31")])], actor=None,
        )  # fmt: skip
        submit_report(self.owed[0], answers=FAR, reasons=SAID, actor=None)
        submit_report(self.owed[1], answers=USUAL, nil_sections=[1], actor=None)
        submit_report(self.owed[0], answers=FAR | {"luot": "400"}, reasons=SAID, actor=None)
        for owed, many in zip(open_period(other, NOVEMBER, actor=None), ("390", "7"), strict=False):
            submit_report(owed, answers={"kia": many}, actor=None)
        self.reader = make_grant(self.province.place, "specialist")


_sent = once(Sent, DANVAN_TODAY=TODAY)


@pytest.fixture
def sent(db, _sent, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_sent)


def tried(sent, rules=None, months=12, user=None):
    return try_rules(
        TRIED if rules is None else rules, ground_of(sent.form), code=sent.form.code,
        unit_id=sent.province.place.pk, months=months, user=user or sent.reader,
    )  # fmt: skip


def told_when_sent(sent):
    """What each report of the form is told by the rules, checked one by one as it was sent."""
    found = []
    for submission in Submission.objects.filter(obligation__form=sent.form).order_by("-vintage"):
        owed = submission.obligation
        if any(owed.pk == before for before, *_ in found):
            continue
        period = Period.parse(f"{owed.first:%Y-%m}")
        book = replace(book_of(sent.form, period), rules=tuple(TRIED))
        given = answers_of({submission.pk: submission}, book.questions)[submission.pk]
        findings = check_answers(
            book,
            {code: one.words or one.amount for code, one in given.items() if not book.questions.by_code[code].computed},
            before=pasts(book, period, [owed.unit_id])[owed.unit_id],
            nil_sections=submission.nil_sections,
        )  # fmt: skip
        found.append((owed.pk, {one.rule: one.message for one in findings if one.rule}))
    return dict(found)


def test_a_trial_says_what_sending_would_have_said(sent):
    expected = told_when_sent(sent)

    trial = tried(sent)

    assert (trial.reports, trial.units, trial.cut) == (len(expected), 2, False)
    for line in trial.lines:
        mine = {one.obligation_id: one.sentence for one in line.listed}
        assert mine == {
            owed: said[line.rule.code] for owed, said in expected.items() if line.rule.code in said
        }
        assert line.caught == len(mine)
    caught = {line.rule.code: line.caught for line in trial.lines}
    assert caught["khoang"] == 4
    assert caught["khop"] == 1
    assert caught["nil"] == 0
    assert caught["la"] >= 1
    assert caught["thay-doi"] >= 1


def test_only_what_the_reader_may_read_is_tried(sent):
    other = make_grant(sent.province.communes[1], "specialist")

    assert tried(sent, user=other).reports == 1


def test_months_before_are_left_out_and_the_newest_come_first(sent):
    trial = tried(sent, months=3)

    assert trial.reports == 3
    [line, *_] = trial.lines
    assert [one.period.code for one in line.listed] == ["2026-11", "2026-10"]


def test_many_reports_are_cut_and_listed_only_in_part(sent, monkeypatch):
    monkeypatch.setattr(trying, "MOST_REPORTS", 4)
    monkeypatch.setattr(trying, "SHOWN", 1)

    trial = tried(sent)

    assert (trial.reports, trial.cut) == (4, True)
    assert (trial.lines[0].caught, len(trial.lines[0].listed), trial.lines[0].more) == (3, 1, 2)


def test_a_rule_that_cannot_be_judged_is_told_and_not_tried(sent):
    trial = tried(sent, [between("sai", "cach-lam", most=3), TRIED[0]])

    assert [bool(line.faults) for line in trial.lines] == [True, False]
    assert (trial.lines[0].judged, trial.lines[1].judged) == (0, 9)
    assert [line.faults for line in tried(sent, []).lines] == []


def test_a_trial_costs_the_same_for_one_and_for_many_reports(sent):
    def cost(months):
        with CaptureQueriesContext(connection) as queries:
            trial = tried(sent, months=months)
        return len(queries), trial.reports

    (few, one), (many, all_of_them) = cost(2), cost(12)

    assert one < all_of_them
    assert few == many


def test_nothing_of_a_trial_is_kept(sent):
    set_form_rules(sent.form, [], actor=None)
    before = Obligation.objects.count(), Submission.objects.count()

    tried(sent)

    assert (Obligation.objects.count(), Submission.objects.count()) == before
