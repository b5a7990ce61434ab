"""What is counted of matters and for whom; the year of each commune; what a merger, a new calendar and a topic do."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.grassroots.holders import FiledComments
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors import overview, readable_matters
from danvan.grassroots.services import (
    add_comments,
    answer_matter,
    close_comments,
    withdraw_matter,
)
from danvan.indicators.counters import named
from danvan.law.models import CalendarDay
from danvan.law.services import correct_calendar_day
from danvan.organisations.holders import holder_named
from danvan.topics.services import add_topic
from tests.factories.merging import Merger, exported
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")
OCTOBER = Period.parse("2026-10")
KEYS = ["grassroots.counts", "grassroots.former_unit", "grassroots.unit", "grassroots.village"]
_commune = once(matters.Commune, DANVAN_TODAY=matters.TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = matters.TODAY


@pytest.fixture
def commune(_commune):
    return own(_commune)


def counts(key, *units, period=YEAR):
    return named(f"grassroots.{key}").count({unit.pk for unit in units}, period)


def one_of_each(commune):
    unit, village = commune.unit, commune.villages[0]
    matters.published(matters.entered(unit, "CK01"))  # in time
    matters.published(matters.entered(unit, "CK02"), on=date(2026, 11, 2))  # late
    matters.entered(unit, "CK02")  # never
    matters.entered(unit, "CK03", began=date(2026, 11, 19))  # its day is to come
    withdraw_matter(matters.entered(unit, "CK04"), why="Nhầm", actor=None)
    passed = matters.published(matters.entered(unit, "QD06", village, title="Vệ sinh"))
    matters.voted(passed, matters.said(village, agreed=60))
    failed = matters.published(matters.entered(unit, "QD06", village, title="Giờ giấc"))
    matters.voted(failed, matters.said(village, agreed=40))
    again = matters.published(matters.entered(unit, "QD04", village, title="Bầu"))
    matters.voted(again, matters.said(village, present=1, agreed=1, against=0))
    asking = matters.published(matters.entered(unit, "YK01", title="Kế hoạch"))
    add_comments(asking, gist="Đường", number=40, actor=None)
    add_comments(asking, gist="Chợ", number=2, actor=None)
    close_comments(asking, on=date(2026, 10, 28), actor=None)
    watched = matters.entered(unit, "GS01", title="Kiến nghị")
    answer_matter(watched, on=date(2026, 10, 16), answer="Rồi", actor=None)
    matters.entered(unit, "GS02", title="Kiến nghị chưa trả lời")
    return asking


def test_counters_add_up_by_unit_and_month(commune):
    one_of_each(commune)
    unit, elsewhere = commune.unit, commune.province.governments[1]
    pk = unit.pk
    assert counts("published", unit, elsewhere) == {pk: 2}
    assert counts("published", unit, period=OCTOBER) == {pk: 1}
    assert counts("published_on_time", unit) == {pk: 1}
    assert counts("decided", unit) == {pk: 1}
    assert counts("comments", unit) == {pk: 42}
    counter = named("grassroots.comments")
    assert counter.count_by({pk}, [OCTOBER, YEAR]) == {(pk, OCTOBER): 42, (pk, YEAR): 42}
    assert counter.count_by({pk}, []) == {}
    assert counter.number_of_records({pk}, YEAR) == 1
    [record] = counter.records({pk}, YEAR)
    assert (record.quantity, record.day, record.has_evidence) == (42, date(2026, 10, 28), False)


def test_the_year_of_each_commune_says_what_is_due_and_what_is_lacking(commune):
    one_of_each(commune)
    reader = make_grant(commune.province.place, "leader")
    found = overview(reader, YEAR, on=matters.TODAY)
    line = found.lines[0]
    assert line.unit_id == commune.unit.pk
    assert (line.due, line.on_time, line.late, line.lacking, line.coming) == (3, 1, 1, 1, 1)
    assert (line.decided, line.passed, line.again) == (2, 1, 1)
    assert (line.asking, line.comments, line.answers, line.answers_on_time) == (1, 42, 2, 1)
    assert (line.kinds, found.kinds) == ({"CK01", "CK02", "CK03"}, 14)
    assert (found.due, found.on_time, found.lacking) == (3, 1, 1)
    assert found.silent == len(found.lines) - 1
    own_only = make_grant(commune.place, "commune_officer")
    assert [one.unit_id for one in overview(own_only, YEAR, on=matters.TODAY).lines] == [
        commune.unit.pk
    ]
    assert overview(reader, Period.parse("2025"), on=matters.TODAY).due == 0


def test_the_year_costs_the_same_however_much_there_is(commune, django_assert_max_num_queries):
    reader = make_grant(commune.province.place, "leader")
    one_of_each(commune)
    with django_assert_max_num_queries(12):
        overview(reader, YEAR, on=matters.TODAY)


def test_a_merger_passes_what_is_open_and_leaves_what_was_done(commune, settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)
    unit, began = commune.unit, date(2026, 3, 2)
    shown = matters.published(matters.entered(unit, "CK01", began=began))
    late = matters.entered(unit, "CK02", began=date(2026, 7, 20))
    before = exported(*KEYS)
    merger = Merger(commune.province).found()
    moved = merger.hand_over(*KEYS)
    assert {one.title for one in moved} == {f"{one.number} {one.title}" for one in (shown, late)}
    assert set(Matter.objects.values_list("unit_id", flat=True)) == {merger.government.pk}
    matters.published(late, on=date(2026, 8, 19))
    assert counts("published", unit, merger.government) == {unit.pk: 1, merger.government.pk: 1}
    assert shown.steps.get(kind="passed_on").words == f"Theo {merger.passage.number}"
    assert holder_named("grassroots.former_unit").count_rows({unit.pk}) == {unit.pk: 2}
    Matter.objects.filter(pk=late.pk).update(state="due", shown_on=None)
    late.postings.all().delete()
    late.steps.filter(kind="posted").delete()
    merger.take_back(*KEYS)
    assert exported(*KEYS)["grassroots.former_unit"] == before["grassroots.former_unit"]
    assert set(Matter.objects.values_list("unit_id", flat=True)) == {unit.pk}


def test_what_passed_twice_keeps_its_first_unit(commune, settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)
    one = matters.entered(commune.unit, "CK02", began=date(2026, 7, 20))
    first = commune.province.governments[2]
    Matter.objects.update(former=first, passed_on=date(2026, 1, 1))
    merger = Merger(commune.province).found()
    [moved] = merger.hand_over("grassroots.unit")
    holder = holder_named("grassroots.unit")
    passed = holder.pass_on(moved, first.pk, actor=None)
    assert (matters.fresh(one).unit_id, matters.fresh(one).former_id) == (first.pk, first.pk)
    assert one.steps.filter(kind="passed_on").count() == 2
    holder.take_back([passed], merger.passage, actor=None)
    assert (matters.fresh(one).unit_id, matters.fresh(one).former_id) == (commune.unit.pk, first.pk)


def test_a_new_calendar_moves_the_day_and_the_history_says_why(commune):
    matter = matters.entered(commune.unit, began=date(2026, 11, 19))
    correct_calendar_day(
        date(2026, 11, 23), working=False, reason="Nghỉ bù", citation="QĐ 1", actor=None
    )
    words = matter.steps.get(kind="moved").words
    assert "Từ 27/11/2026 sang 30/11/2026" in words
    assert CalendarDay.objects.filter(day=date(2026, 11, 23), working=False).exists()


def test_comments_are_found_under_their_topic(commune, client):
    topic = add_topic(name="Môi trường", parent=None, on=date(2026, 1, 1), actor=None)
    matter = matters.published(matters.entered(commune.unit, "YK01", title="Kế hoạch"))
    add_comments(matter, gist="Thu gom rác", number=9, topic_id=topic.pk, actor=None)
    add_comments(matter, gist="Khác", number=1, actor=None)
    filed, reader = FiledComments(), make_grant(commune.place, "commune_officer")
    stranger = make_grant(commune.province.communes[1], "commune_officer")
    assert filed.counts() == filed.counts(reader=reader) == {topic.pk: 1}
    assert filed.counts(reader=stranger) == {}
    client.force_login(reader)
    text = client.get(filed.address(topic.pk)).content.decode()
    assert "Thu gom rác" in text
    assert '<th scope="row">Khác' not in text


def test_only_what_is_in_reach_is_readable(commune):
    mine = matters.entered(commune.unit)
    other = matters.entered(commune.province.governments[1], "CK01")
    reader = make_grant(commune.place, "commune_officer")
    assert readable_matters(reader, [mine.pk, other.pk]) == {mine.pk}


def test_what_is_due_waits_today_for_its_own_unit_alone(commune, client):
    matters.entered(commune.unit, title="Quá hạn rồi")
    matters.entered(commune.unit, began=date(2026, 11, 19), title="Sắp đến hạn")
    matters.entered(commune.province.governments[1], title="Của xã khác")
    client.force_login(make_grant(commune.place, "commune_officer"))
    text = client.get(reverse("desk:home")).content.decode()
    assert "Quá hạn rồi" in text
    assert "Sắp đến hạn" in text
    assert "Của xã khác" not in text
    client.force_login(make_grant(commune.place, "clerk"))
    assert "Quá hạn rồi" not in client.get(reverse("desk:home")).content.decode()
