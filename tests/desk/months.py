"""A province at the end of 2026 with everything a board shows: a ledger, sent reports, a target, places on a map."""

import re
from datetime import date
from decimal import Decimal

from django.test import override_settings

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.commitments.models import Commitment
from danvan.commitments.services import (
    Assignment,
    assign_commitments,
    claim_done,
    verify_commitment,
)
from danvan.foundation.periods import Period
from danvan.indicators.services import recompute_dirty
from danvan.organisations.models import UnitVersion
from danvan.reporting.services import accept_report, submit_report
from tests.factories.province import make_grant, make_user
from tests.indicators.test_evaluate import make_target
from tests.reporting.months import GOOD, Month

TODAY = date(2026, 12, 20)
NOVEMBER, OCTOBER = Period.parse("2026-11"), Period.parse("2026-10")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)


class Case:
    """Three communes: one sends and is accepted, one sends, one is late; four commitments in four states."""

    def __init__(self, communes=3):
        self.month = Month(communes)
        self.province = self.month.province
        self.leader = make_grant(self.province.place, "leader", user=make_user("Hoàng Thị Yến"))
        self.officer = make_grant(
            self.province.communes[0], "commune_officer", user=make_user("Lô Thị Mai")
        )
        self.specialist = make_grant(self.province.place, "specialist")
        for number, commune in enumerate(self.province.communes[:2]):
            rows = UnitVersion.objects.filter(unit=commune)
            rows.update(latitude=Decimal("19.1") + number, longitude=Decimal("104.5") + number)
        self.target = make_target(self.province)
        for number, obligation in enumerate(self.month.owed[:2]):
            answers = {**GOOD, "y-kien": str(9 + number), "tai-cho": str(6 + number)}
            submit_report(obligation, answers=answers, actor=self.officer, on=date(2026, 12, 3),
                          evidence=[("anh.png", PNG)], origins={"doi-thoai": "counted"})  # fmt: skip
        accept_report(self.month.owed[0], actor=self.specialist)
        recompute_dirty()
        record_activity(
            unit=self.province.fronts[0], kind=ActivityKind.SUPERVISION, title="Giám sát đường bản",
            held_on=date(2026, 5, 5), quantity=2, actor=None,
        )  # fmt: skip
        record_activity(
            unit=self.province.committees[0], kind=ActivityKind.DIALOGUE, title="Đối thoại ở bản Khe Rạn",
            held_on=date(2026, 11, 5), actor=None, evidence=[("bien-ban.png", PNG)],
        )  # fmt: skip
        self.commitments = self.assign(4)

    def assign(self, count):
        """Overdue, claimed, verified, and one that is not due yet; then overdue ones."""
        lead, other = self.province.governments[:2]
        given = [
            Assignment(
                lead_id=(lead if number % 2 == 0 else other).pk,
                title=f"Việc {number}",
                product="Báo cáo kết quả",
                due_on=date(2026, 11, 20 + number) if number != 3 else date(2026, 12, 31),
            )
            for number in range(count)
        ]
        made = assign_commitments(
            given, assigner=self.province.committee, actor=None, assigned_on=date(2026, 8, 14)
        )
        with override_settings(DANVAN_TODAY=date(2026, 11, 21)):
            for one in made[1:3]:
                claim_done(one, result="Đã xong", actor=self.officer, instead=True,
                           evidence=[("anh.png", PNG)])  # fmt: skip
        verify_commitment(made[2], finding="Đúng", actor=self.leader, on=date(2026, 11, 25))
        return list(Commitment.objects.order_by("pk"))


def plain(response):
    """What a page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("\u00a0", " ").split())
