"""Whoever chairs a line is named in words: told where these mean one person of the unit, else the page says why not."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.selectors.chairs import chairs_of, chairs_offered
from danvan.commitments.services.programme_entries import add_entry, change_entry
from danvan.commitments.services.programmes import issue_programme, make_programme
from danvan.organisations.enums import Entry, Manner, Rank
from danvan.organisations.services.officers.appointing import appoint
from danvan.organisations.services.officers.people import add_officer
from danvan.organisations.services.officers.posts import found_post
from tests.commitments.conftest import TODAY, Ledger
from tests.commitments.test_programmes import line
from tests.factories.province import make_grant, make_user
from tests.notifications.hearing import deliver_all, heard, told
from tests.once import once, own

SINCE = date(2026, 1, 1)


class Chaired(Ledger):
    """The committee of a commune with its posts: a secretary with an account, two deputies, one seat empty."""

    def __init__(self):
        super().__init__()
        self.committee = self.province.committees[0]
        self.secretary = make_grant(
            self.province.place, "leader", user=make_user("Kha Thị Hồng Nhung")
        )
        self.seat("Bí thư Đảng ủy", Rank.HEAD, ("Kha Thị Hồng Nhung", self.secretary))
        self.deputy = make_user("Vi Văn Bảy")  # an account that may read nothing here
        self.seat(
            "Phó Bí thư", Rank.DEPUTY, ("Vi Văn Bảy", self.deputy), ("Lô Văn Nam", None), seats=2
        )
        self.seat("Trưởng ban Kiểm tra", Rank.MEMBER)

    def seat(self, title, rank, *people, seats=1):
        post = found_post(
            self.committee, title, rank, on=SINCE, actor=None, decision="QĐ 1", seats=seats
        )
        for name, user in people:
            officer = add_officer(name, actor=None, user_id=user.pk if user else None)
            appoint(
                officer, post, manner=Manner.FULL, entry=Entry.APPOINTED, decision="QĐ 2", on=SINCE,
                actor=None,
            )  # fmt: skip

    def words(self, written):
        found = chairs_of(self.committee.pk, [written], on=TODAY).get(written)
        return (found.words, found.user_id) if found else None


_world = once(Chaired, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


@pytest.mark.parametrize(
    "written",
    ["Bí thư Đảng ủy", "Đ/c bí thư đảng ủy", "Kha Thị Hồng Nhung", "kha thi hong nhung",
     "Bí thư Đảng ủy Kha Thị Hồng Nhung", "Đồng chí Kha Thị Hồng Nhung, Bí thư Đảng ủy"],
)  # fmt: skip
def test_a_title_a_name_or_both_mean_the_one_who_is_told(world, written):
    assert world.words(written) == ("Báo đồng chí Kha Thị Hồng Nhung.", world.secretary.pk)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Phó Bí thư", "ứng với 2 người của đơn vị"),
        ("Trưởng ban Kiểm tra", "chức danh “Trưởng ban Kiểm tra” đang khuyết"),
        ("Chủ tịch UBND xã", "không trùng với chức danh hay họ tên nào của đơn vị"),
        ("Kha Thị Hồng Nhũng", "không trùng với chức danh hay họ tên nào"),
        ("Lô Văn Nam", "đồng chí Lô Văn Nam chưa có tài khoản"),
        ("Vi Văn Bảy", "tài khoản của đồng chí Vi Văn Bảy chưa được xem việc của đơn vị"),
    ],
)
def test_where_nobody_is_told_the_words_say_why(world, written, why):
    words, user_id = world.words(written)
    assert words.startswith("Không báo ai: ")
    assert why in words
    assert user_id is None


def test_who_has_an_account_at_the_unit_and_no_post_is_meant_by_their_name(world):
    assert world.words("Lô Văn Thắng")[1] == world.officer.pk
    world.officer.position = "Cán bộ dân vận"
    world.officer.save()
    assert world.words("cán bộ dân vận")[1] == world.officer.pk
    assert world.words("  ") is None


def test_the_words_offered_each_mean_one_person(world):
    offered = dict(chairs_offered(world.committee.pk, on=TODAY))
    assert offered["Bí thư Đảng ủy"] == "Kha Thị Hồng Nhung"
    assert offered["Vi Văn Bảy"] == "Phó Bí thư"
    assert offered["Lô Văn Thắng"] == ""
    assert "Phó Bí thư" not in offered
    for words in offered:
        assert "người của đơn vị" not in world.words(words)[0]


def test_the_chair_is_told_at_the_issue_and_of_changes_and_the_former_one_too(world):
    programme = make_programme(world.committee.pk, "2026-12", actor=None)
    entry = add_entry(programme, line(chair="Bí thư Đảng ủy"), actor=None)
    add_entry(programme, line("Họp khác", chair="Chủ tịch nước"), actor=None)
    assert heard() == []
    issue_programme(programme, symbol="12-CTr/ĐU", on=TODAY, reason="Đã cân nhắc", actor=None)
    [(who, words, _)] = heard()
    assert who == "Kha Thị Hồng Nhung"
    assert words.endswith("1 mục có đồng chí hoặc đơn vị của đồng chí")
    change_entry(entry, line(chair="Lô Văn Thắng"), reason="Đổi người", actor=None)
    deliver_all()
    assert {who for who, *_ in told()[1:]} == {"Kha Thị Hồng Nhung", "Lô Văn Thắng"}


def test_the_pages_offer_who_may_be_meant_and_say_who_is_told(world, client):
    programme = make_programme(world.committee.pk, "2026-12", actor=None)
    one = add_entry(programme, line(chair="Phó Bí thư"), actor=None)
    add_entry(programme, line("Họp khác", chair="Bí thư Đảng ủy"), actor=None)
    client.force_login(world.officer)
    page = client.get(reverse("commitments:programme", args=[programme.pk])).content.decode()
    assert "Không báo ai: “Phó Bí thư” ứng với 2 người" in page
    assert "Báo đồng chí Kha Thị Hồng Nhung." in page
    at = reverse("commitments:change-entry", args=[programme.pk, one.pk])
    form = client.get(at).content.decode()
    assert '<option value="Bí thư Đảng ủy">Kha Thị Hồng Nhung</option>' in form
    assert "Không báo ai: “Phó Bí thư”" in form
