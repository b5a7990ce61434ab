"""A province whose committee gives work to its communes, and the people who do it and check it."""

from datetime import date

import pytest

from danvan.commitments.services import Assignment, assign_commitments
from tests.factories.law import make_parameters
from tests.factories.province import Province, make_grant, make_user

TODAY = date(2026, 11, 20)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)
PICTURE = ("anh-mat-duong.png", PNG)


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


class Ledger:
    """Tỉnh ủy Nghệ An assigns; the government of the first commune leads; its Front supports."""

    def __init__(self):
        make_parameters("clock.pause.cap")
        self.province = Province()
        self.assigner = self.province.committee
        self.lead, self.other = self.province.governments[:2]
        self.support = self.province.fronts[0]
        self.officer = make_grant(
            self.province.communes[0], "commune_officer", user=make_user("Lô Văn Thắng")
        )
        self.checker = make_grant(
            self.province.committee, "specialist", user=make_user("Nguyễn Hải Yến")
        )
        self.leader = make_grant(self.province.place, "leader", user=make_user("Lê Thị Hoài An"))

    def assignment(self, **changes):
        given = {
            "lead_id": self.lead.pk,
            "title": "Đổ bê tông 1,2 km đường vào bản Khe Rạn",
            "product": "1,2 km mặt đường bê tông, biên bản nghiệm thu",
            "due_on": date(2026, 12, 31),
        }
        return Assignment(**{**given, **changes})

    def assign(self, *assignments, assigned_on=date(2026, 8, 14), actor=None, source=None, **more):
        return assign_commitments(
            assignments or (self.assignment(),),
            assigner=self.assigner,
            actor=actor,
            assigned_on=assigned_on,
            source=source,
            **more,
        )

    def one(self, **changes):
        return self.assign(self.assignment(**changes))[0]


@pytest.fixture
def ledger(db):
    return Ledger()
