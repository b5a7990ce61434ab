"""A share of a divided target is told to whoever sets the targets of the unit, and waits in their day until answered."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.desk.home.reading import Asked, read_home
from danvan.indicators.events import TargetDivided
from danvan.indicators.selectors import shares_unanswered
from danvan.indicators.services import cover_share, decline_share, divide_target
from danvan.notifications.subscribers import targets as subscribers
from tests.factories.province import Province, make_grant, make_user
from tests.indicators.figures import an_indicator
from tests.indicators.goals import a_goal
from tests.notifications.hearing import heard, told

pytestmark = pytest.mark.django_db
NOW = date(2026, 3, 10)


class Divided:
    """A target of 100 that a specialist may divide among three communes; the third has no officer of its own."""

    def __init__(self):
        self.province = Province()
        self.communes = self.province.communes
        self.target = a_goal(self.province.place, an_indicator("DV-01"), goal=100)
        self.officers = [
            make_grant(place, "commune_officer", user=make_user(name))
            for place, name in zip(self.communes, ("Sơn", "Cuông"), strict=False)
        ]
        self.actor = make_grant(self.province.place, "specialist", user=make_user("An"))
        self.page = f"{reverse('desk:target', args=[self.target.pk])}#phan-bo"

    def divide(self, *amounts, on=NOW, reserve=0, actor=None):
        pairs = zip(self.communes, amounts, strict=False)
        shares = [(one.pk, Decimal(amount)) for one, amount in pairs if amount is not None]
        return divide_target(
            self.target, shares, reserve=Decimal(reserve), valid_from=on, actor=actor or self.actor
        )


@pytest.fixture
def divided(settings):
    settings.DANVAN_TODAY = NOW
    return Divided()


def waiting(user):
    """(state, title, address) of the shares in the person's day."""
    groups = read_home(user, Asked(sort="chi-tieu")).groups
    return [
        (row.state.words, row.thing.note, row.thing.url)
        for group in groups
        for row in group.rows
        if row.thing.product == "Phần chỉ tiêu được giao"
    ]


def test_each_unit_is_told_of_its_share_and_who_divided_it_is_not(divided):
    divided.divide(40, 35, 20, reserve=5)
    title = divided.target.title
    assert heard() == [
        ("Sơn", f"Xã Môn Sơn được giao 40 cuộc, từ ngày 10/03/2026: {title}", divided.page),
        ("Cuông", f"Xã Con Cuông được giao 35 cuộc, từ ngày 10/03/2026: {title}", divided.page),
    ]


def test_who_sets_the_targets_of_several_units_is_told_once(divided):
    other = make_grant(divided.province.place, "specialist", user=make_user("Bình"))
    make_grant(divided.communes[1], "commune_officer", user=divided.officers[0])
    divided.divide(40, 40, 20)
    words = {name: said for name, said, _ in heard()}
    several = "Phân bổ chỉ tiêu cho 2 đơn vị, từ ngày 10/03/2026"
    assert words["Sơn"] == f"{several}: {divided.target.title}"
    assert words["Bình"].startswith("Xã Châu Khê được giao 20 cuộc")  # nobody is nearer
    assert other.full_name == "Bình"


def test_of_another_division_only_what_changed_is_told(divided, settings):
    divided.divide(40, 35, None, reserve=25)
    heard()
    settings.DANVAN_TODAY = date(2026, 4, 1)
    divided.divide(40, None, 60, on=date(2026, 4, 1))
    title = divided.target.title
    assert heard() == [
        ("Cuông", f"Xã Con Cuông không còn được giao phần chỉ tiêu, từ ngày 01/04/2026: {title}", divided.page),
    ]  # fmt: skip
    divided.divide(45, None, 55, on=date(2026, 5, 1))
    assert [words for _, words, _ in heard()] == [
        f"Xã Môn Sơn được giao 45 cuộc, trước đây 40 cuộc, từ ngày 01/05/2026: {title}"
    ]


def test_a_share_waits_in_the_unit_s_day_until_it_is_answered(divided):
    divided.divide(40, 35, 25)
    first, second = divided.communes[:2]
    pages = [
        reverse("desk:target-share", args=[divided.target.pk, one.pk]) for one in (first, second)
    ]
    son, cuong = divided.officers
    assert waiting(son) == [("Chưa trả lời", "được giao 40 từ 10/03/2026", pages[0])]
    assert waiting(cuong) == [("Chưa trả lời", "được giao 35 từ 10/03/2026", pages[1])]
    assert waiting(divided.actor) == []

    cover_share(divided.target, first.pk, actor=son)
    decline_share(divided.target, second.pk, reason="Dân số giảm", actor=cuong)

    assert waiting(son) == waiting(cuong) == []


def test_a_share_of_a_later_day_does_not_wait_yet_and_of_the_last_division_only(divided):
    unit = divided.communes[0].pk
    assert shares_unanswered([unit], on=NOW) == []
    divided.divide(40, 35, 25, on=date(2026, 4, 1))
    assert shares_unanswered([unit], on=NOW) == []
    divided.divide(50, 25, 25, on=date(2026, 5, 1))
    (one,) = shares_unanswered([unit], on=date(2026, 6, 1))
    assert (one.amount, one.since) == (50, date(2026, 5, 1))


def test_what_is_gone_is_told_to_nobody(db):
    subscribers.tell_divided(TargetDivided(division_id=1, by_id=None))
    assert told() == []
