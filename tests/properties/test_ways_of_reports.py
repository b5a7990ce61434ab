"""Whatever is done to reports on their way, and to the places, in whatever order: shares stay shares, a merger changes
none of them, and a figure stands exactly as high as it was decided.
"""

from copy import copy
from datetime import date

from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation.errors import RuleError
from danvan.indicators.enums import Approval
from danvan.indicators.models import CubeCell, Value
from danvan.indicators.selectors import check_cube
from danvan.indicators.services import recompute_dirty
from danvan.organisations.selectors import every_unit
from danvan.organisations.services import reorganising
from danvan.reporting import services as act
from danvan.reporting.enums import Standing
from danvan.reporting.facts import completeness
from danvan.reporting.models import Decision, Exemption, Obligation, Proposal, WayStep
from danvan.reporting.selectors import standing_of_period
from tests.factories.merging import apply_merger
from tests.reporting.months import GOOD, NOVEMBER
from tests.reporting.ways import Way

DAYS = (date(2026, 12, 3), date(2026, 12, 5), date(2026, 12, 8))
SAID = {"words": "Sai.", "comments": {}, "actor": None}
ACTS = {
    "lay": lambda way, one: act.propose_report(one, answers=GOOD, actor=None),
    "lay other figures": lambda way, one: act.propose_report(
        one, answers=GOOD | {"doi-thoai": "5"}, actor=None
    ),
    "let go": lambda way, one: act.release_report(one, actor=None),
    "give back": lambda way, one: act.give_back_report(one, **SAID),
    "take back": lambda way, one: act.withdraw_proposal(one, actor=None),
    "approve": lambda way, one: act.accept_report(one, actor=None),
    "approve all": lambda way, one: act.accept_reports(way.owed, actor=None),
    "return": lambda way, one: act.return_report(one, **SAID),
    "return below": lambda way, one: act.return_report(one, below=True, **SAID),
    "lock": lambda way, one: act.lock_period(way.form, NOVEMBER, actor=None),
    "reopen": lambda way, one: act.reopen_report(one, words="Sai.", actor=None),
    "let off": lambda way, one: act.exempt_report(one, why="Lũ.", actor=None),
    "end letting off": lambda way, one: act.end_exemption(one, actor=None),
}
# Most sequences would never leave the unit: what brings a report up is drawn more often.
DRAWN = [
    *sorted(ACTS),
    "lay",
    "let go",
    "let go",
    "approve",
    "approve",
    "merge",
    "undo",
    "a day on",
]
LEVELS = {
    Standing.RETURNED: Approval.SENT,
    Standing.ACCEPTED: Approval.ACCEPTED,
    Standing.LOCKED: Approval.LOCKED,
}


class World(Way):
    """The way with a merger of the first two communes that can be made and undone."""

    def __init__(self):
        super().__init__()
        self.merger, self.days = None, list(DAYS[1:])

    def do(self, name, which):
        """Do it, or be refused; returns whether it was done."""
        try:
            with override_settings(DANVAN_TODAY=self.today):
                if name == "merge" and self.merger is None:
                    self.merger = apply_merger(self.province, on=date(2026, 12, 1))
                elif name == "undo" and self.merger is not None:
                    reorganising.undo_reorganisation(self.merger, why="Sai.", actor=None)
                    self.merger = None
                elif name in ACTS:
                    ACTS[name](self, self.owed[which])
        except RuleError:
            return False
        if name == "a day on" and self.days:
            self.days.pop(0)
        return True

    @property
    def today(self):
        return DAYS[2 - len(self.days)]

    def shares(self):
        """What boards say of the month."""
        whole, month = completeness(every_unit(), NOVEMBER), standing_of_period(self.form, NOVEMBER)
        return (
            whole.owed,
            whole.sent,
            whole.on_time,
            month.accepted,
            month.accepted_first,
            month.late,
        )


def level_meant(one):
    """How high the figures of a report stand, by what was decided on it."""
    last = one.submissions.last()
    if one.standing in LEVELS:
        return LEVELS[one.standing]
    if one.standing == Standing.PROPOSED:  # as before it was laid
        laid = Proposal.objects.get(obligation=one, closed_at=None)
        if laid.before == Standing.RETURNED:
            return Approval.SENT
    passed = Decision.objects.filter(submission=last).order_by("pk").last()
    return Approval.PASSED if passed.standing == "passed" and not one.turn else Approval.SENT


class AnyWay(TestCase):
    @classmethod
    def setUpTestData(cls):
        with override_settings(DANVAN_TODAY=DAYS[0]):
            cls.world = World()

    @settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(DRAWN), st.integers(0, 2)), min_size=6, max_size=16))
    def test_any_sequence(self, acts):
        way = copy(self.world)
        way.days = list(DAYS[1:])
        first_days = {}
        for name, which in acts:
            before = way.shares()
            done = way.do(name, which)
            owed, sent, on_time, accepted, accepted_first, late = now = way.shares()
            assert 0 <= on_time <= sent <= owed <= 3
            assert 0 <= accepted_first <= accepted <= owed
            assert sent == on_time + late
            if not done or name in ("merge", "undo", "a day on"):
                assert now == before
            for one in Obligation.objects.exclude(first_sent_on=None):
                assert first_days.setdefault(one.pk, one.first_sent_on) == one.first_sent_on
        self.stands(way)

    def stands(self, way):
        for one in Obligation.objects.all():
            values = Value.objects.current().filter(unit_id=one.unit_id)
            if one.first_sent_on is None:
                assert not values.exists()
            else:
                assert set(values.values_list("level", flat=True)) == {level_meant(one)}
            open_ = Proposal.objects.filter(obligation=one, closed_at=None).count()
            assert open_ == (one.standing == Standing.PROPOSED)
            let_off = Exemption.objects.filter(obligation=one, ended_at=None).count()
            assert let_off == (one.standing == Standing.EXEMPT)
        assert WayStep.objects.count() == 3
        while recompute_dirty():
            pass
        assert check_cube() == []
        self.sums(way)

    def sums(self, way):
        """The country and the province hold what the communes gave, at every level."""
        flow = way.indicators["DV-01"]
        for level in Approval:
            given_ = Value.objects.current().filter(indicator=flow, level__gte=level)
            whole = sum(one.amount for one in given_)
            for unit in (way.province.place, way.province.country):
                cell = CubeCell.objects.filter(indicator=flow, unit=unit, level=level).first()
                assert (cell.whole if cell else 0) == whole
