"""How what is public was answered, in figures: the same in time and late as in the statistics, each opening a list of as many."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from danvan.foundation.periods import Every, Period
from danvan.petitions.models import Petition, PublicPetition
from danvan.petitions.selectors import public_matter, public_matters, published_petitions
from danvan.petitions.selectors.populations import MEASURES, countable
from danvan.petitions.selectors.public_figures import (
    Sought,
    answering_units,
    public_register,
    whole_figures,
)
from danvan.petitions.services import (
    accept_petition,
    answer_petition,
    dispute_answer,
    hand_out_petition,
    report_result,
    transfer_petition,
    withdraw_petition,
)
from danvan.petitions.services.together import follow_together
from tests.once import once, own
from tests.petitions import papers
from tests.portal import public_world

pytestmark = pytest.mark.django_db
_world = once(public_world.People, DANVAN_TODAY=public_world.TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = public_world.TODAY
    return own(_world)


def text(name, *, data=None):
    answer = Client().get(reverse(f"people:{name}"), data)
    assert answer.status_code == 200
    return answer.content.decode()


def every_figure_opens_as_many(page):
    """How many figures a page shows that open the register; each opens a list of as many."""
    found = re.findall(r'<a href="(/cong/giam-sat/[^"]*)">(\d+)</a>', text(page))
    for url, number in found:
        shown = Client().get(url.replace("&amp;", "&")).content.decode()
        assert f">{number} ý kiến</h2>" in shown, url
    return len(found)


def test_public_figures_of_time_are_those_of_the_statistics(world):
    """Answered by a body outside, after an earlier unit was late, after a dispute, taken back, late, and in time."""
    office, day = world.office, public_world.TODAY
    eve = day - timedelta(days=1)
    outside = public_world.opinion(world, "Điện yếu")
    moved, disputed, back, late = (
        public_world.opinion(world, one, kind="feedback") for one in ("Mương", "Chợ", "Loa", "Cống")
    )
    said = {"text": "Đã xong.", "channel": "code", "outcome": "resolved", "actor": None}
    hand_out_petition(outside.petition, where="Điện lực", reason="Lưới", on=eve, actor=None)
    report_result(papers.fresh(outside.petition), on=day, **said)
    transfer_petition(
        moved.petition, to_unit_id=office.other.pk, reason="Xã bạn", on=day, actor=None
    )
    accept_petition(papers.fresh(moved.petition), on=day, actor=None)
    for one in (moved, disputed, late):
        answer_petition(papers.replied(papers.fresh(one.petition), on=day), on=day, **said)
    dispute_answer(papers.fresh(disputed.petition), why="Chưa", on=day, actor=None)
    answer_petition(papers.replied(papers.fresh(disputed.petition), on=day), on=day, **said)
    withdraw_petition(back.petition, symbol="Đơn rút", on=day, actor=None)
    public = PublicPetition.objects.values("petition")
    year = Period.starting(date(2026, 1, 1), Every.YEAR)

    def counted(key):
        measure = MEASURES[key]
        found = countable(Petition.objects.filter(pk__in=public, state="answered"))
        return set(found.filter(measure.within(year)).values_list("pk", flat=True))

    def shown(which):
        return set(public_register(Sought(which=which)).values_list("petition", flat=True))

    assert shown("dung-han") == counted("on_time") == {
        world.answered.petition_id, moved.petition_id, disputed.petition_id,
    }  # fmt: skip
    assert counted("late") == {late.petition_id}
    assert shown("cham") == {late.petition_id, world.waiting.petition_id}
    matters = {one.serial: one for one in public_matters(published_petitions())}
    labelled = {pk for pk, one in matters.items() if one.late}
    assert labelled == set(public_register(Sought(which="cham")).values_list("pk", flat=True))
    assert (matters[late.pk].told, matters[late.pk].tone) == ("Đã trả lời, chậm hạn", "late")
    assert shown("co-han") == counted("on_time") | counted("late")
    assert shown("da-tra-loi") == shown("co-han") | {outside.petition_id}
    assert shown("chua-tra-loi") == {world.waiting.petition_id}
    assert shown("ket-thuc") == {back.petition_id}
    whole = whole_figures()
    assert whole.received == whole.answered + whole.waits + whole.ended == 7
    assert every_figure_opens_as_many("units") == 3 * 8
    assert every_figure_opens_as_many("front") >= 4


def test_what_is_late_says_so_on_every_page_and_what_is_not_does_not(world, settings):
    """The day before it is late, its label says nothing of that, the day after it does."""
    row = world.waiting
    due = papers.fresh(row.petition).due_on
    code = follow_together(row.number, seed="một lần").code

    def pages():
        shown = [text("watch"), text("watch", data={"xem": "cham"})]
        shown.append(Client().get(reverse("people:matter", args=[row.number])).content.decode())
        return [*shown, Client().get(reverse("portal:follow"), {"ma": code}).content.decode()]

    settings.DANVAN_TODAY = due
    cache.clear()
    assert not any("chậm 2 ngày" in one or "quá hạn" in one for one in pages())
    settings.DANVAN_TODAY = due + timedelta(days=2)
    cache.clear()
    label = 'class="pt-state is-late">Đã nhận giải quyết, chậm 2 ngày</span>'
    assert [label in one for one in pages()] == [True] * 4
    assert ["<b>quá hạn 2 ngày</b>" in one for one in pages()] == [False, False, True, True]


def test_the_day_of_the_notice_is_not_told_as_that_of_the_answer(world):
    Petition.objects.filter(pk=world.waiting.petition_id).update(due_name="reply")
    matter = public_matter(world.waiting.number)
    assert (matter.due_label, matter.answer_due_on) == ("Hạn báo đã nhận", None)
    Petition.objects.filter(pk=world.waiting.petition_id).update(due_name="settle")
    matter = public_matter(world.waiting.number)
    assert (matter.due_label, matter.answer_due_on) == ("Hạn trả lời", matter.due_on)


def test_a_unit_that_is_also_where_others_are_asked_opens_what_it_answers_alone(world):
    place = world.office.province.communes[0]
    Petition.objects.filter(pk=world.waiting.petition_id).update(unit=place)
    Petition.objects.filter(pk=world.answered.petition_id).update(place=place)
    line = {one.unit_id: one for one in answering_units()}[place.pk]
    assert line.received == public_register(Sought(answering_id=place.pk)).count() == 1
    assert public_register(Sought(unit_ids=[place.pk])).count() == 2
    assert every_figure_opens_as_many("units") == 3 * 8
    shown = text("watch", data={"don-vi": str(place.pk), "q": "cau"})
    assert f'name="don-vi" value="{place.pk}"' in shown
    assert f"&amp;don-vi={place.pk}" in shown


def test_people_watch_the_register_by_words_place_and_how_it_was_answered(world):
    late = public_world.opinion(world, "Kênh mương", answer="Đã nạo vét.", on=public_world.TODAY)
    other = public_world.opinion(world, "Loa hỏng", unit=world.office.other)
    public_world.opinion(world, "Chưa duyệt", publish=False)

    def found(**sought):
        return sorted(one.title for one in public_register(Sought(**sought)))

    assert found() == ["Kênh mương", "Loa hỏng", "Sửa cầu treo", "Đèn đường hỏng"]
    assert found(words="den duong") == ["Đèn đường hỏng"]
    assert found(which="da-tra-loi") == ["Kênh mương", "Đèn đường hỏng"]
    assert found(which="dung-han") == ["Đèn đường hỏng"]
    assert found(which="cham") == ["Kênh mương", "Loa hỏng", "Sửa cầu treo"]
    assert found(which="chua-tra-loi") == ["Loa hỏng", "Sửa cầu treo"]
    assert found(unit_ids=[world.office.other.pk]) == ["Loa hỏng"]
    assert found(topic_ids=[1]) == []
    whole = whole_figures()
    assert (whole.received, whole.answered, whole.in_time, whole.late) == (4, 2, 1, 3)
    assert (whole.measured, whole.waits, whole.ended) == (2, 2, 0)
    lines = {one.unit_id: one for one in answering_units()}
    mine = lines[world.unit.pk]
    assert (mine.received, mine.answered, mine.in_time, mine.late) == (3, 2, 1, 2)
    assert lines[world.office.other.pk].received == 1
    assert every_figure_opens_as_many("units") == 3 * 8
    shown = text("watch", data={"q": "kenh", "noi": str(world.unit.pk), "xem": "cham"})
    assert late.number in shown
    assert other.number not in shown
    assert "Không có ý kiến nào" in text("watch", data={"noi": "999999"})
    assert "4 ý kiến" in text("watch", data={"noi": "x", "xem": "x"})
