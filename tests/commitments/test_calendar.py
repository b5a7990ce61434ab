"""One calendar of what several lines ask of a unit; what does not go together stands side by side; the private address."""

import re
from datetime import UTC, date, datetime, time

import pytest

from danvan.commitments.enums import Tried
from danvan.commitments.ics import Event, as_calendar, folded, text
from danvan.commitments.models import CalendarFeed, ProgrammeEntry, WrongTry
from danvan.commitments.selectors.calendar import calendar_units, joint_calendar, month_of
from danvan.commitments.selectors.feeds import entry_event, feed_file, feed_of
from danvan.commitments.services import assign_commitments
from danvan.commitments.services.feeds import issue_feed, open_feed, withdraw_feed
from danvan.commitments.services.programme_entries import drop_entry
from danvan.commitments.services.programmes import PlanOfYear, record_yearly_plan
from danvan.foundation.periods import Period
from danvan.law.services import load_calendar
from danvan.organisations.enums import Kind, Way
from danvan.organisations.models import Reach
from danvan.topics.services import add_topic
from tests.commitments.test_programmes import MONDAY, TODAY, issued, line
from tests.documents.papers import received
from tests.factories.province import make_organisation

DECEMBER = (date(2026, 11, 30), date(2027, 1, 3))


@pytest.fixture
def front(ledger):
    """The Front of the first commune: its line is the province's Front, its place has a committee above it."""
    return ledger.province.fronts[0]


def of(ledger, *units, user=None):
    return joint_calendar(user or ledger.officer, [one.pk for one in units], *DECEMBER)


def given(ledger, lead, assigner, due, title="Thu thập ý kiến Nhân dân về sáp nhập bản", **more):
    one = ledger.assignment(lead_id=lead.pk, title=title, due_on=due, **more)
    return assign_commitments([one], assigner=assigner, actor=None, assigned_on=TODAY)[0]


def test_one_calendar_holds_what_each_line_asks(ledger, front):
    province = ledger.province
    given(ledger, front, province.front, date(2026, 12, 10))
    given(
        ledger,
        province.governments[0],
        province.committee,
        date(2026, 12, 11),
        title="Sửa cầu",
        support_ids=(front.pk,),
    )
    issued(front, line("Họp thường trực"))
    issued(
        province.front, line("Giao ban toàn tỉnh", day=date(2026, 12, 14), party_ids=(front.pk,))
    )
    issued(province.committees[1], line("Việc của xã khác"))

    found = of(ledger, front)

    assert [(one.title, one.side) for one in found.items] == [
        ("Họp thường trực", "own"),
        ("Thu thập ý kiến Nhân dân về sáp nhập bản", "line"),
        ("Sửa cầu", "place"),
        ("Giao ban toàn tỉnh", "line"),
    ]
    assert found.items[1].side_label == "Ngành dọc"
    assert found.contradictions == []
    assert not found.cut


def test_who_lies_elsewhere_is_told_so(ledger, front):
    given(ledger, front, ledger.province.committees[1], date(2026, 12, 10))
    assert [one.side for one in of(ledger, front).items] == ["other"]


def test_two_due_days_for_one_subject_stand_side_by_side_whatever_comes_of_it(ledger, front):
    province = ledger.province
    one = given(ledger, front, province.front, date(2026, 12, 10))
    two = given(
        ledger,
        front,
        province.committee,
        date(2027, 1, 20),
        title="Thu thập ý kiến của Nhân dân về sáp nhập bản, xóm",
    )
    given(
        ledger,
        front,
        province.committee,
        date(2026, 12, 15),
        title="Báo cáo dân tộc, tôn giáo quý IV",
    )
    given(ledger, front, province.front, date(2026, 12, 11))  # the same giver

    given(ledger, province.committees[0], province.committee, date(2026, 12, 28))  # another lead
    found = of(ledger, front, province.committees[0])
    pairs = found.contradictions

    assert {(pair.left.commitment, pair.right.commitment) for pair in pairs} >= {(one, two)}
    assert len(pairs) == 2
    assert "nội dung gần giống nhau, hạn 10/12/2026 và 20/01/2027" in pairs[0].why
    assert len(found.items) == 4  # the one due in January is only told of


def test_one_topic_is_one_subject_and_what_ended_before_is_none(ledger, front):
    topic = add_topic(name="Đất đai", parent=None, on=date(2025, 1, 1), actor=None)
    given(ledger, front, ledger.province.front, date(2026, 12, 10), title="Một", topic_id=topic.pk)
    given(
        ledger, front, ledger.province.committee, date(2026, 12, 12), title="Hai", topic_id=topic.pk
    )
    later = ledger.assignment(
        lead_id=front.pk, title="Ba", due_on=date(2026, 12, 30), topic_id=topic.pk
    )
    assign_commitments([later], assigner=ledger.province.committee, actor=None, assigned_on=TODAY)

    assert ["cùng lĩnh vực" in pair.why for pair in of(ledger, front).contradictions] == [
        True,
        True,
    ]


def test_two_who_call_at_one_time_stand_side_by_side(ledger, front):
    province = ledger.province
    at = {"starts_at": time(8), "ends_at": time(10), "party_ids": (front.pk,)}
    issued(province.front, line("Giao ban ngành", **at))
    issued(
        province.committee,
        line("Hội nghị tỉnh", **at),
        line("Buổi chiều", starts_at=time(14), party_ids=(front.pk,)),
    )
    issued(front, line("Hạn nộp", kind="deadline"))

    issued(province.committees[0], line("Họp Đảng ủy"))  # the same hour, another body

    [pair] = of(ledger, front, province.committees[0]).contradictions

    assert {one.title for one in pair.sides} == {"Giao ban ngành", "Hội nghị tỉnh"}
    assert "07/12/2026, trùng thời gian" in pair.why


def test_what_the_reader_follows_chairs_or_gave_is_the_readers_own(ledger, front):
    user = ledger.officer
    issued(
        front,
        line("Tôi chủ trì", chair=f"Đ/c {user.full_name}"),
        line("Người khác", chair="Chủ tịch"),
    )
    assert {one.title: one.mine for one in of(ledger, front).items} == {
        "Tôi chủ trì": True,
        "Người khác": False,
    }


def test_an_heir_reads_what_was_asked_of_the_unit_before_it(ledger, front):
    commune, end = ledger.province.communes[0], date(2026, 12, 8)
    before = make_organisation(commune, Kind.FRONT_COMMITTEE, name="Mặt trận cũ", ended=end)
    Reach.objects.create(top=front, unit=before, follows=Way.HEIR_PLACE, valid_from=TODAY)
    issued(ledger.province.front, line("Giao ban", party_ids=(before.pk,)))

    assert [one.title for one in of(ledger, front).items] == ["Giao ban"]


def test_the_month_is_whole_weeks_with_its_days_off(ledger, front):
    load_calendar([2026])
    issued(
        front, line("Tập huấn", ends_on=date(2026, 12, 9)), *[line(f"Họp {n}") for n in range(4)]
    )

    weeks = month_of(of(ledger, front).items, Period.parse("2026-12"))

    assert [len(week) for week in weeks] == [7] * 5
    assert weeks[0][0].day == date(2026, 11, 30)
    assert not weeks[0][0].inside
    monday, wednesday, saturday = weeks[1][0], weeks[1][2], weeks[1][5]
    assert (len(monday.shown), len(monday.folded)) == (3, 2)
    assert [one.title for one in wednesday.items] == ["Tập huấn"]
    assert saturday.off
    assert not monday.off


def test_queries_do_not_grow_with_what_is_asked(ledger, front, django_assert_max_num_queries):
    for number in range(8):
        given(
            ledger, front, ledger.province.front, date(2026, 12, 1 + number), title=f"Việc {number}"
        )
    issued(front, *[line(f"Họp {number}") for number in range(8)])
    with django_assert_max_num_queries(14):
        of(ledger, front)


def test_a_unit_out_of_reach_has_no_calendar(ledger):
    assert calendar_units(ledger.officer, ledger.province.fronts[1].pk, on=TODAY) == []
    assert ledger.province.fronts[0].pk in calendar_units(ledger.officer, None, on=TODAY)


# The private address


def unfolded(made):
    return made.decode().replace("\r\n ", "").split("\r\n")


def test_an_address_opens_what_its_owner_may_see_at_that_moment(ledger, front):
    issued(
        front,
        line("Họp thường trực; bàn, kết luận", starts_at=time(8), ends_at=time(10), place="Trụ sở"),
    )
    given(ledger, front, ledger.province.front, date(2026, 12, 10))
    secret = issue_feed(ledger.officer)

    tried, user = open_feed(secret, address="192.0.2.1")
    assert (tried, user) == (Tried.RIGHT, ledger.officer)
    assert secret not in str(CalendarFeed.objects.values())
    made = feed_file(user, root="https://dv.example/")
    lines = unfolded(made)
    assert "SUMMARY:Họp thường trực\\; bàn\\, kết luận" in lines
    assert "DTSTART:20261207T010000Z" in lines
    assert "DTSTART;VALUE=DATE:20261210" in lines
    assert "DTEND;VALUE=DATE:20261211" in lines
    assert all(len(one) <= 75 for one in made.split(b"\r\n"))
    uids = [one for one in lines if one.startswith("UID:")]
    again = unfolded(feed_file(user, root="https://x/"))
    assert uids == [one for one in again if one.startswith("UID:")]

    user.grants.update(valid_to=TODAY)
    assert open_feed(secret, address="192.0.2.1") == (Tried.WRONG, None)


def test_an_address_made_again_or_taken_back_opens_nothing(ledger):
    first = issue_feed(ledger.officer)
    second = issue_feed(ledger.officer)
    assert open_feed(first, address="192.0.2.1")[0] == Tried.WRONG
    assert open_feed(second, address="192.0.2.1")[0] == Tried.RIGHT
    withdraw_feed(ledger.officer)
    assert feed_of(ledger.officer) is None
    assert open_feed(second, address="192.0.2.1")[0] == Tried.WRONG
    assert open_feed("x" * 100, address="192.0.2.1")[0] == Tried.WRONG


def test_wrong_secrets_are_counted_apart_from_the_codes_of_who_asked(ledger, settings):
    settings.DANVAN_CODE_TRIES = 2
    secret = issue_feed(ledger.officer)
    for _ in range(2):
        open_feed("sai", address="192.0.2.1")
    assert open_feed("sai", address="192.0.2.1") == (Tried.TOO_MANY, None)
    assert open_feed(secret, address="192.0.2.1")[0] == Tried.RIGHT
    assert not WrongTry.objects.filter(address="").exists()


def test_the_address_answers_over_http_and_is_told_in_no_log(client, ledger, front, caplog):
    issued(front, line("Họp thường trực"))
    client.force_login(ledger.officer)
    page = client.post("/viec-phai-lam/lich/dia-chi/", {"viec": "tao"}).content.decode()
    path = re.search(r'value="http://testserver(/theo-doi/lich/[^"]+)"', page)[1]
    client.logout()

    with caplog.at_level("INFO", logger="danvan.request"):
        answer = client.get(path)
        wrong = client.get("/theo-doi/lich/sai.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "Họp thường trực" in answer.content.decode()
    assert wrong.status_code == 404
    assert path.split("/")[-1] not in "".join(
        str(vars(one)) for one in caplog.records if one.name == "danvan.request"
    )
    client.force_login(ledger.officer)
    client.post("/viec-phai-lam/lich/dia-chi/", {"viec": "thu-hoi"})
    assert client.get(path).status_code == 404


def test_a_line_alone_is_an_event_and_says_when_it_was_cancelled(ledger, front):
    programme = issued(
        front, line("Tập huấn", ends_on=date(2026, 12, 9), starts_at=time(8), source="3-KH")
    )
    entry = programme.entries.get()
    drop_entry(entry, reason="Hoãn", actor=None)
    entry.refresh_from_db()

    made = unfolded(as_calendar([entry_event(entry, root="https://dv.example/")], name=""))
    assert {
        "STATUS:CANCELLED",
        "SEQUENCE:1",
        "DTSTART;VALUE=DATE:20261207",
        "DTEND;VALUE=DATE:20261210",
    } <= set(made)
    one = entry_event(
        ProgrammeEntry(
            pk=1,
            content="x",
            kind="meeting",
            starts_on=MONDAY,
            ends_on=MONDAY,
            starts_at=time(8),
            changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        ),
        root="https://dv.example/",
    )
    assert one.ends is None


def test_words_are_escaped_and_lines_are_cut_between_letters():
    assert text("a\\b;c,d\r\ne\x00") == "a\\\\b\\;c\\,d\\ne"
    long = "SUMMARY:" + "Đối thoại ệ" * 20
    assert folded(long).replace("\r\n ", "") == long
    assert max(len(one.encode()) for one in folded(long).split("\r\n")) <= 75
    at = datetime(2026, 12, 7, 1, tzinfo=UTC)
    made = as_calendar([Event(uid="1", stamp=at, starts=at, summary="x")], name="").decode()
    assert "DTEND" not in made


def test_the_pages_open_and_say_what_cannot_be_read(client, ledger, front):
    user = ledger.officer
    given(ledger, front, ledger.province.front, date(2026, 12, 10))
    given(ledger, front, ledger.province.committee, date(2026, 12, 16))
    programme = issued(front, line("Họp thường trực"))
    plan = PlanOfYear(
        unit_id=front.pk, year=2026, symbol="5-KH", issued_on=TODAY, title="Kế hoạch", file=("k.txt", b"ke hoach")
    )  # fmt: skip
    recorded = record_yearly_plan(plan, actor=user)
    client.force_login(user)

    month = client.get("/viec-phai-lam/lich/?thang=2026-12").content.decode()
    assert "Chỉ đạo không khớp nhau" in month
    assert (
        "Chương trình công tác tháng 12/2026"
        in client.get(f"/viec-phai-lam/lich/chuong-trinh/{programme.pk}/").content.decode()
    )
    assert received(client.get(f"/viec-phai-lam/lich/ke-hoach-nam/{recorded.pk}/tep/"))
    for asked, status in (("don_vi=khong co", 422), ("don_vi=Tinh uy Nghe An", 422), ("thang=1900-01", 200), ("thang=2200-12", 200), ("thang=x&phan=y", 200)):  # fmt: skip
        assert client.get(f"/viec-phai-lam/lich/?{asked}").status_code == status
