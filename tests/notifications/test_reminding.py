"""Each day is warned of once before it and once after it; a moved day anew."""

from datetime import date, timedelta

import pytest

from danvan.commitments import services as ledger
from danvan.commitments.services import Assignment
from danvan.notifications.enums import Topic
from danvan.notifications.models import Letter
from danvan.notifications.selectors import things_due, things_due_by_person
from danvan.notifications.services import remind_due, send_digests, send_mail_due, tell
from danvan.organisations.enums import Kind
from tests.factories import OrganisationFactory
from tests.factories.law import make_parameters
from tests.notifications.conftest import TODAY
from tests.notifications.hearing import told
from tests.reporting.months import Month

pytestmark = pytest.mark.django_db


@pytest.fixture
def give(land):
    def given(due_on, unit=None, title="Sửa ngầm tràn"):
        [one] = ledger.assign_commitments(
            [Assignment((unit or land.committees[0]).pk, title, "Ngầm", due_on)],
            assigner=land.committee,
            actor=None,
            assigned_on=date(2026, 1, 5),
        )
        return one

    return given


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (4, None),
        (3, "Sắp đến hạn (còn 3 ngày, hạn 23/11/2026): Sửa ngầm tràn. Đảng ủy Môn Sơn"),
        (0, "Sắp đến hạn (hôm nay, hạn 20/11/2026): Sửa ngầm tràn. Đảng ủy Môn Sơn"),
        (-1, "Quá hạn (quá 1 ngày, hạn 19/11/2026): Sửa ngầm tràn. Đảng ủy Môn Sơn"),
        (-7, "Quá hạn (quá 7 ngày, hạn 13/11/2026): Sửa ngầm tràn. Đảng ủy Môn Sơn"),
        (-8, None),
    ],
)
def test_what_is_near_or_newly_late_is_told_once(give, days, words):
    one = give(TODAY + timedelta(days=days))
    assert remind_due() == (words is not None)
    assert remind_due() == 0
    assert told() == ([("Sơn", words, f"/viec-phai-lam/{one.pk}/")] if words else [])


def test_what_is_near_is_left_to_the_clock_where_its_rules_are_loaded(give, settings):
    make_parameters()
    give(TODAY + timedelta(days=1))
    assert remind_due() == 0
    settings.DANVAN_TODAY = TODAY + timedelta(days=2)
    assert remind_due() == 1


def test_it_is_told_as_soon_due_and_later_as_overdue(give, settings):
    give(TODAY + timedelta(days=1))
    assert remind_due() == 1
    settings.DANVAN_TODAY = TODAY + timedelta(days=2)
    assert remind_due() == 1
    assert remind_due() == 0
    assert [words.split(" (")[0] for _, words, _ in told()] == ["Sắp đến hạn", "Quá hạn"]


def test_a_day_that_was_moved_is_warned_of_anew(land, give, settings):
    one = give(TODAY + timedelta(days=1))
    assert remind_due() == 1
    ledger.extend_commitments(
        [one],
        until=TODAY + timedelta(days=9),
        words="Mưa lũ",
        document="Công văn 112/UBND-KT",
        actor=land.leader,
    )
    assert remind_due() == 0
    settings.DANVAN_TODAY = TODAY + timedelta(days=7)
    assert remind_due() == 1


def test_what_is_done_is_not_warned_of(land, give):
    one = give(TODAY + timedelta(days=1))
    ledger.claim_done(one, result="Xong", actor=land.officers[0])
    assert remind_due() == 0


def test_a_person_gets_one_notice_for_all_that_is_new(land, give):
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    for unit in (land.committees[0], government):
        give(TODAY + timedelta(days=2), unit)
        give(TODAY - timedelta(days=2), unit)
    give(TODAY + timedelta(days=1), land.committees[1])
    assert remind_due() == 5
    assert sorted((name, words, url) for name, words, url in told() if name == "Sơn") == [
        ("Sơn", "2 việc sắp đến hạn, hạn gần nhất 22/11/2026", "/?nhom=den-han"),
        ("Sơn", "2 việc đã quá hạn, hạn sớm nhất 18/11/2026", "/?nhom=qua-han"),
    ]
    give(TODAY + timedelta(days=2), land.committees[0])
    assert remind_due() == 1
    assert len(told()) == 4


def test_the_days_are_those_of_the_settings(give, settings):
    give(TODAY + timedelta(days=5))
    assert remind_due() == 0
    settings.DANVAN_REMIND_DAYS = 5
    assert remind_due() == 1


def test_reports_are_warned_of_too(settings):
    settings.DANVAN_TODAY = date(2026, 12, 3)
    month = Month(communes=1)
    from tests.factories.province import make_grant, make_user

    make_grant(month.province.communes[0], "commune_officer", user=make_user("Sơn"))
    assert remind_due() == 1
    words = "Sắp đến hạn (còn 2 ngày, hạn 05/12/2026): Báo cáo công tác dân vận tháng 11/2026. Xã Môn Sơn"
    assert told() == [("Sơn", words, f"/bieu-mau/{month.first.pk}/nhap/")]


def test_what_is_due_is_read_in_a_fixed_number_of_queries(land, give, django_assert_num_queries):
    for _ in range(3):
        for unit in land.committees:
            give(TODAY, unit)
    with django_assert_num_queries(7):
        things = things_due(TODAY, TODAY)
    with django_assert_num_queries(2):
        found = things_due_by_person(things)
    assert {user: len(mine) for user, mine in found.items()} == {
        land.officers[0].pk: 3,
        land.officers[1].pk: 3,
    }


def test_a_digest_names_what_is_late_and_near(land, give, mail):
    late = give(TODAY - timedelta(days=6), title="Trả lời kiến nghị")
    soon = give(TODAY + timedelta(days=3))
    give(TODAY + timedelta(days=4))
    tell([land.officers[0].pk], key="a", topic=Topic.REPORT, words="Có báo cáo", url="/")
    assert send_digests() == 1
    assert send_mail_due() == 1
    assert mail[0].subject == ("Dân Vận Số: 1 thông báo mới, 1 việc quá hạn, 1 việc sắp đến hạn")
    assert mail[0].body.startswith(
        "Kính gửi đồng chí Sơn,\n\n"
        "QUÁ HẠN (1)\n"
        "- Trả lời kiến nghị (Đảng ủy Môn Sơn; hạn 14/11/2026, quá 6 ngày)\n"
        f"  https://danvan.test/viec-phai-lam/{late.pk}/\n\n"
        "SẮP ĐẾN HẠN (1)\n"
        "- Sửa ngầm tràn (Đảng ủy Môn Sơn; hạn 23/11/2026, còn 3 ngày)\n"
        f"  https://danvan.test/viec-phai-lam/{soon.pk}/\n\n"
        "BÁO CÁO, BIỂU MẪU (1)\n"
    )
    assert Letter.objects.count() == 1
