"""Dissemination sessions: planned, held, shared by several units; whom they reached and who came."""

from datetime import date
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.selectors.calendar import joint_calendar
from danvan.commitments.selectors.feeds import feed_file
from danvan.desk.home.reading import read_home
from danvan.documents.models import DisseminationSession, Distribution
from danvan.documents.selectors.roll_out import allowed_sessions, reach_of, session_marks
from danvan.documents.services import (
    SessionOutcome,
    SessionPlan,
    cancel_session,
    change_session,
    plan_session,
    receive_document,
    record_session,
    set_roll_out,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators import counters
from tests.documents.directed import directive_of
from tests.documents.papers import received
from tests.factories.merging import Merger
from tests.factories.province import Province, make_grant
from tests.once import once, own
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
DAY, ON = date(2026, 12, 31), date(2026, 12, 10)


def build():
    province = Province()
    return province, directive_of(province), make_grant(province.place, "specialist")


_world = once(build, DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def planned(document, units, **more):
    said = {
        "held_by_id": units[0].pk, "on": ON, "way": "in_person", "audience": "Đảng ủy viên",
        "unit_ids": [one.pk for one in units],
    }  # fmt: skip
    return plan_session(document, SessionPlan(**said | more), actor=None)


def held(document, units, invited=None, attended=None, by_unit=None, absent=(), **more):
    outcome = SessionOutcome(
        on=ON, invited=invited, attended=attended, by_unit=by_unit, absent_ids=absent
    )
    return record_session(planned(document, units, **more), outcome, actor=None)


def seen(user, document):
    found = reach_of(user, document)
    return found, {one.unit.unit_id: one for level in found.levels for one in level.units}


def test_reach_is_of_the_units_addressed_and_of_the_people_invited_and_never_above_the_whole(world):
    province, document, reader = world
    first, second, third = province.committees
    set_roll_out(document, asks_plan=True, plan_due_on=None, session_due_on=date(2026, 12, 15), actor=None)  # fmt: skip
    planned(document, [third], on=date(2027, 1, 5))
    held(document, [first], 40, 36)
    held(document, [first, province.fronts[0]], None, 12)  # how many were invited nobody knows
    found, units = seen(reader, document)
    assert (found.units, found.reached, found.missing, found.late) == (3, 1, 2, 2)
    assert (found.share, found.heads.share, found.heads.unknown) == (Fraction(1, 3), Fraction(9, 10), 1)  # fmt: skip
    assert (units[first.pk].heads.sessions, units[first.pk].heads.unknown) == (2, 1)
    assert (units[second.pk].late, units[second.pk].planned_on) == (True, None)
    assert units[third.pk].planned_on == date(2027, 1, 5)
    [level] = found.levels
    assert [len(level.narrowed(state)) for state in ("", "da", "chua", "qua-han")] == [3, 1, 2, 2]
    # Of the session shared with a unit outside the list, nothing is known of the commune alone.
    assert (level.heads.invited, level.heads.attended, level.heads.unknown) == (40, 36, 1)
    assert found.due_on == date(2026, 12, 15)


def test_a_joint_session_reaches_each_of_its_units_but_those_that_were_away(world):
    province, document, reader = world
    first, second, third = province.committees
    entry = receive_document(
        Distribution.objects.get(unit=first), received_on=date(2026, 11, 21), actor=None
    )
    counts = {first.pk: (30, 28), second.pk: (None, None)}
    joint = held(entry, [first, second, third], 60, 50, counts, absent=[third.pk])
    found, units = seen(reader, document)
    assert [units[one.pk].reached for one in province.committees] == [True, True, False]
    assert (units[first.pk].heads.share, units[second.pk].heads.share) == (Fraction(14, 15), None)
    assert (found.levels[0].heads.attended, found.heads.attended) == (50, 50)
    assert reach_of(reader, entry).heads.attended == 50
    # Who was sent the document on, and each unit of it, may read; only the holder and the document's keeper may act.
    for user, action, may in (
        (make_grant(second, "commune_officer"), "documents.view", True),
        (make_grant(province.committee, "clerk"), "documents.view", True),
        (make_grant(second, "commune_officer"), "documents.register", False),
        (make_grant(first, "commune_officer"), "documents.register", True),
        (make_grant(province.fronts[1], "clerk"), "documents.view", False),
    ):
        assert allowed_sessions(user, action).filter(pk=joint.pk).exists() is may


def test_after_a_merger_the_heir_is_reached_through_those_before_it_and_holds_what_was_planned(
    world,
):
    province, document, reader = world
    first, second, _ = province.committees
    held(document, [first, second], 20, 15, {first.pk: (12, 9), second.pk: (8, 6)})
    waiting = planned(document, [first])
    merger = Merger(province, date(2026, 12, 20), "Xã Chi Khê")
    merger.found()
    merger.hand_over("documents.sessions", "documents.session_units")
    waiting.refresh_from_db()
    assert waiting.held_by_id == merger.committee.pk
    _, units = seen(reader, document)
    heir = units[merger.committee.pk]
    assert (heir.reached, heir.heads.sessions, heir.heads.attended) == (True, 1, 15)


def test_what_cannot_be_is_refused_and_nothing_is_written(world):
    province, document, reader = world
    first, second, _ = province.committees
    clerk = make_grant(first, "clerk")
    for more, words in (
        ({"on": date(2026, 1, 1)}, "trước ngày văn bản"),
        ({"on": date(2031, 1, 1)}, "quá xa"),
        ({"held_by_id": province.place.pk}, "cơ quan tổ chức"),
        ({"unit_ids": []}, "ít nhất một đơn vị"),
        ({"unit_ids": [10**9]}, "Ngày đó không có đơn vị"),
        ({"unit_ids": range(1, 1002)}, "nhiều nhất"),
        ({"way": "letter"}, "hình thức"),
        ({"audience": " "}, "đối tượng"),
        ({"place": "x" * 201}, "dài quá"),
        ({"invited": -1}, "không hợp lý"),
    ):
        with pytest.raises(RuleError, match=words):
            planned(document, [first], **more)
    said = {"held_by_id": second.pk, "on": ON, "way": "online", "audience": "a", "unit_ids": [first.pk]}  # fmt: skip
    with pytest.raises(RuleError, match="chưa có quyền"):
        plan_session(document, SessionPlan(**said), actor=clerk)
    assert not DisseminationSession.objects.exists()
    joint = planned(document, [first, second])
    for outcome, words in (
        (SessionOutcome(on=date(2027, 1, 1)), "chưa đến"),
        (SessionOutcome(on=ON, invited=10, attended=11), "không thể lớn hơn"),
        (SessionOutcome(on=ON, presenter="x" * 201), "dài quá"),
        (SessionOutcome(on=ON, absent_ids=[first.pk, second.pk]), "hủy hội nghị"),
        (SessionOutcome(on=ON, by_unit={10**9: (1, 1)}), "không thuộc hội nghị"),
        (SessionOutcome(on=ON, by_unit={first.pk: (1, 2)}), "không thể lớn hơn"),
        (SessionOutcome(on=ON, by_unit={first.pk: (5, 1)}, absent_ids=[first.pk]), "đánh dấu vắng"),
        (SessionOutcome(on=ON, invited=5, by_unit={first.pk: (6, 1)}), "vượt số của cả hội nghị"),
    ):
        with pytest.raises(RuleError, match=words):
            record_session(joint, outcome, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisseminationSession.objects.update(state="held", invited=1, attended=2)
    changed = change_session(joint, SessionPlan(**said | {"held_by_id": first.pk}), actor=None, seen=0)  # fmt: skip
    assert (changed.way, changed.units.count()) == ("online", 1)
    with pytest.raises(RuleError, match="vừa sửa"):
        change_session(joint, SessionPlan(**said), actor=None, seen=0)
    with pytest.raises(RuleError, match="lý do"):
        cancel_session(joint, reason=" ", actor=None)
    cancel_session(joint, reason="Hoãn vì bão", actor=None)
    for act in (
        lambda: cancel_session(joint, reason="x", actor=None),
        lambda: change_session(joint, SessionPlan(**said), actor=None),
        lambda: record_session(joint, SessionOutcome(on=ON), actor=None),
    ):
        with pytest.raises(RuleError):
            act()
    assert reach_of(reader, document).reached == 0


def test_a_planned_session_stands_in_the_calendar_and_in_the_feed_of_who_holds_it_and_who_comes(
    world,
):
    province, letter, _ = world
    first, second, third = province.committees[:3]
    session = planned(letter, [first, second], place="Hội trường", held_by_id=first.pk)
    cancel_session(planned(letter, [first]), reason="Hoãn", actor=None)
    officer = make_grant(province.communes[0], "commune_officer")
    days = (date(2026, 12, 1), DAY)
    for unit in (first, second):
        [item] = joint_calendar(officer, [unit.pk], *days).items
        assert (item.first, item.label, item.concerns) == (ON, "Quán triệt", {unit.pk})
        assert item.title == "Hội nghị quán triệt 07-NQ/TU, Hội trường"
    address = reverse("documents:session", args=[session.pk])
    assert item.mark.url == address
    assert joint_calendar(officer, [third.pk], *days).items == []
    stranger = make_grant(province.communes[2], "commune_officer")
    [closed] = session_marks(stranger, [second.pk], *days)
    assert closed.url == ""
    feed = feed_file(officer, root="https://dv.example/").decode().replace("\r\n ", "")
    assert "SUMMARY:Quán triệt: Hội nghị quán triệt 07-NQ/TU\\, Hội trường" in feed
    assert f"URL:https://dv.example{address}" in feed
    record_session(session, SessionOutcome(on=ON, invited=9, attended=8), actor=None)
    assert joint_calendar(officer, [first.pk], *days).items == []


def test_a_session_whose_day_has_passed_waits_for_who_must_record_it(world, settings):
    province, letter, _ = world
    first, second = province.committees[:2]
    session = planned(letter, [first, second], held_by_id=first.pk)
    keeper = make_grant(province.communes[0], "clerk")
    guest = make_grant(province.communes[1], "clerk")

    def told(user):
        rows = [row for group in read_home(user).groups for row in group.rows]
        return [(row.state.words, row.thing.url) for row in rows if "quán triệt" in row.thing.title]

    address = reverse("documents:session", args=[session.pk])
    assert told(keeper) == [("Chưa ghi kết quả", address)]
    assert told(guest) == []
    settings.DANVAN_TODAY = date(2026, 12, 8)
    [(words, _)] = told(keeper)
    assert "2 ngày" in words
    settings.DANVAN_TODAY = DAY
    record_session(session, SessionOutcome(on=ON, invited=9, attended=8), actor=None)
    assert told(keeper) == []


def test_a_form_is_offered_the_sessions_held_and_those_who_came(world):
    province, document, _ = world
    first, second, _ = province.committees
    held(document, [first], 40, 36)
    held(document, [first])
    planned(document, [second])
    year, units = Period.parse("2026"), [first.pk, second.pk]
    number = counters.named("documents.sessions")
    assert (number.count(units, year), number.count(units, Period.parse("2025"))) == ({first.pk: 2}, {})  # fmt: skip
    people = counters.named("documents.session_attendance")
    assert people.count(units, year) == {first.pk: 36}
    [row] = people.records(units, year)
    assert row.title.endswith("07-NQ/TU")


def test_the_pages_plan_record_and_refuse(world, client):
    province, document, reader = world
    first, second, _ = province.committees
    client.force_login(reader)
    page = reverse("documents:roll-out-sessions", args=[document.pk])
    assert "Chưa: 3" in client.get(page).content.decode()
    plan = reverse("documents:plan-session", args=[document.pk])
    assert client.get(plan).status_code == 200
    sent = {
        "held_by": province.committee.pk,
        "on": "10/12/2026",
        "way": "mixed",
        "audience": "Chi ủy",
    }
    for odd in ({}, {"units": ["x"]}, {"others": "Xã không có"}, {"invited": "1,5"}, {"others": "a\n" * 101}):  # fmt: skip
        assert client.post(plan, {**sent, **odd}).status_code == 422
    file = SimpleUploadedFile("tai-lieu.txt", b"Noi dung")
    made = client.post(plan, {**sent, "everyone": "on", "materials": file})
    one = DisseminationSession.objects.get()
    assert (made["Location"], one.units.count()) == (reverse("documents:session", args=[one.pk]), 3)
    change = reverse("documents:change-session", args=[one.pk])
    assert client.get(change).status_code == 200
    two = {**sent, "units": [first.pk, second.pk], "seen": 0}
    assert client.post(change, {**two, "on": ""}).status_code == 422
    assert client.post(change, two).status_code == 302
    record = reverse("documents:record-session", args=[one.pk])
    told = {"on": "10/12/2026", "invited": "1.000", "attended": "980", "seen": 1, f"vang_{second.pk}": "on", f"moi_{first.pk}": "500"}  # fmt: skip
    assert client.post(record, {**told, "attended": "1.001"}).status_code == 422
    assert client.post(record, {**told, "seen": 0}).status_code == 422
    told["minutes"] = SimpleUploadedFile("anh.png", PNG)
    assert client.post(record, told).status_code == 302
    shown = client.get(made["Location"]).content.decode()
    assert "980/1.000 = 98,0 %" in shown.replace("\xa0", " ")
    assert "Chưa quán triệt được" in shown
    files = [reverse("documents:session-file", args=[one.pk, name]) for name in ("tai-lieu", "bien-ban", "khac")]  # fmt: skip
    assert received(client.get(files[0])) == b"Noi dung"
    assert received(client.get(files[1])) == PNG
    assert client.get(files[2]).status_code == 404
    for state in ("", "da", "chua", "qua-han", "khac"):
        assert client.get(page, {"trang-thai": state}).status_code == 200
    other = planned(document, [first], held_by_id=province.committee.pk)
    cancel = reverse("documents:cancel-session", args=[other.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "Hoãn"}).status_code == 302


def test_the_page_asks_as_much_for_many_sessions_as_for_few(world, client):
    province, document, reader = world
    client.force_login(reader)
    held(document, province.committees[:1], 5, 5)
    page = reverse("documents:roll-out-sessions", args=[document.pk])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    few = asked()
    for _ in range(4):
        held(document, province.committees, 9, 5)
    assert asked() == few
