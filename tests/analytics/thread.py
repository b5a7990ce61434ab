"""A province with all that a report tells: targets, activities, commitments, monthly reports, drawn at random."""

import random
from datetime import date, timedelta

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.commitments.services import (
    Assignment,
    assign_commitments,
    claim_done,
    verify_commitment,
)
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Quality
from danvan.indicators.services import create_target, recompute_dirty
from danvan.organisations.enums import Kind, Level
from danvan.reporting.services import accept_report, open_period, submit_report
from tests.factories.province import Province, make_grant, make_organisation, make_user
from tests.reporting.months import indicators, make_form

QUARTER = Period.parse("2026-Q4")
TODAY = date(2026, 12, 31)


def summed():
    """What the worker does each second."""
    while recompute_dirty():
        pass


class Thread:
    """The last quarter of 2026 in a province of `communes`; `seed` draws what was done, promised and reported."""

    def __init__(self, seed=1, communes=4):
        self.seed, self.chance = seed, random.Random(seed)
        self.province = Province(communes)
        self.place = self.province.place
        self.board = make_organisation(
            self.place,
            Kind.ADVISORY_BOARD,
            name="Ban Tuyên giáo và Dân vận Tỉnh ủy Nghệ An",
            above=self.province.committee,
        )
        self.leader = make_grant(self.place, "leader", user=make_user("Nguyễn Hải Yến"))
        self.indicators = indicators()
        self.form = make_form(self.province)
        self.set_target()
        self.act()
        self.promise()
        self.report()
        summed()

    def set_target(self):
        self.target = create_target(
            title="Mỗi Mặt trận xã ít nhất 02 nội dung giám sát", unit=self.place, every="year",
            quality=Quality.COUNTED, population_kind=Kind.FRONT_COMMITTEE, population_levels=[Level.COMMUNE],
            rules=[("activities.supervision", 2)], valid_from=date(2026, 1, 1), actor=None,
        )  # fmt: skip

    def some_day(self):
        return QUARTER.first + timedelta(days=self.chance.randrange(92))

    def act(self):
        self.activities = [
            record_activity(
                unit=unit, kind=kind, title=f"{kind.label} lần {number}", held_on=self.some_day(),
                quantity=self.chance.choice((1, 1, 2)), attendance=self.chance.choice((None, 12, 40)), actor=None,
            )
            for unit in [*self.province.fronts, *self.province.governments]
            for kind in (ActivityKind.SUPERVISION, ActivityKind.DIALOGUE)
            for number in range(self.chance.choice((0, 1, 3)))
        ]  # fmt: skip

    def promise(self):
        officer, checker = make_user(), make_user()
        given = [
            Assignment(
                lead_id=unit.pk,
                title=f"Việc {number}",
                product="Báo cáo kết quả",
                due_on=self.some_day() + timedelta(days=self.chance.choice((0, 0, 40))),
            )
            for unit in self.province.governments
            for number in range(self.chance.randint(1, 5))
        ]
        self.commitments = assign_commitments(
            given, assigner=self.province.committee, assigned_on=date(2026, 9, 1), actor=None
        )
        for one in self.commitments:
            if self.chance.random() < 0.6:
                done = one.due_on + timedelta(days=self.chance.randint(-9, 9))
                claim_done(one, result="Đã xong", on=min(done, TODAY), actor=officer, instead=True)
                if self.chance.random() < 0.5:
                    verify_commitment(one, finding="Đúng", on=TODAY, actor=checker)

    def answers(self):
        visits = self.chance.randint(0, 400)
        at_once, sent_up = self.chance.randint(0, 30), self.chance.randint(0, 9)
        return {
            "doi-thoai": str(self.chance.randint(0, 3)),
            "luot": str(visits),
            "nguoi": str(self.chance.randint(0, visits)),
            "y-kien": str(at_once + sent_up),
            "tai-cho": str(at_once),
            "chuyen": str(sent_up),
            "ty-dong": self.chance.choice(("", "1,25", "0,5")),
            "cach-lam": "",
        }

    def report(self):
        self.owed = []
        for month in QUARTER.parts(Every.MONTH)[:2]:
            for owed in open_period(self.form, month, actor=None):
                self.owed.append(owed)
                if self.chance.random() < 0.75:
                    day = month.end + timedelta(days=self.chance.randint(0, 9))
                    self.submit(owed, self.answers(), on=day)

    def submit(self, owed, answers, *, on=None):
        """Send one report and half the time have it accepted."""
        submit_report(owed, answers=answers, actor=None, on=on)
        if self.chance.random() < 0.5:
            owed.refresh_from_db()
            accept_report(owed, actor=None)
