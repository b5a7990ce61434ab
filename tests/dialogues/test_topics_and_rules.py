"""What dialogues are about, as counts that hide the few; and the year of each host against every rule."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.dialogues import services
from danvan.dialogues.models import Dialogue, DialogueOpinion
from danvan.dialogues.selectors import (
    Asked,
    card_of,
    checks_of,
    listed,
    opinions_about,
    opinions_by_topic,
    topic_of,
    yearly,
)
from danvan.foundation.periods import Every, Period
from danvan.law.models import LegalParameter
from danvan.law.selectors import last_days
from danvan.law.services import load_calendar, load_parameters
from danvan.topics.holders import all_holders
from tests.dialogues import talks
from tests.factories.province import Province, make_grant
from tests.once import once, own
from tests.topics.trees import grown

pytestmark = pytest.mark.django_db
YEAR = Period.starting(date(2026, 1, 1), Every.YEAR)


def _build():
    load_parameters()
    load_calendar([2026])
    province = Province()
    return province, make_grant(province.communes[0], "commune_officer")


_built = once(_build, DANVAN_TODAY=talks.TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = talks.TODAY


@pytest.fixture
def built(_built):
    return own(_built)


@pytest.fixture
def province(built):
    return built[0]


@pytest.fixture
def reader(built):
    return built[1]


def filed(dialogue, topic, number, way="open"):
    """So many opinions about a topic, answered where a way is asked for."""
    last = dialogue.opinions.count()
    DialogueOpinion.objects.bulk_create(
        DialogueOpinion(
            dialogue=dialogue, place=last + n, heard="floor", content=f"Ý kiến {n}", way=way, topic=topic
        )
        for n in range(1, number + 1)
    )  # fmt: skip


def test_opinions_are_counted_by_topic_and_few_are_not_shown(province, reader):
    made = grown("Đất đai", "Giao thông", "Giáo dục")
    mine, other = talks.held(province.committees[0]), talks.held(province.committees[1])
    filed(mine, made["Đất đai"], 11, "answered")
    filed(mine, made["Giao thông"], 9)
    filed(mine, made["Giáo dục"], 10, "answered")
    filed(mine, made["Giáo dục"], 1)
    filed(mine, None, 10)
    filed(other, made["Đất đai"], 12)
    lines = {one.path: one for one in opinions_by_topic(reader, YEAR, on=talks.TODAY)}
    land, roads, school = lines["Đất đai"], lines["Giao thông"], lines["Giáo dục"]
    assert (land.number, land.answered, land.given, land.dialogues) == (11, 11, 0, 1)
    assert (roads.number, roads.answered, roads.dialogues) == (None, None, None)
    assert (school.number, school.answered) == (11, None)
    assert lines["Chưa phân lĩnh vực"].number == 10
    assert opinions_about(reader, made["Đất đai"].pk, on=talks.TODAY).count() == 11
    LegalParameter.objects.filter(key="people.suppress.below").delete()
    assert {one.number for one in opinions_by_topic(reader, YEAR, on=talks.TODAY)} == {None}


def test_the_tree_tells_no_number_of_few_and_none_by_subtraction(province, reader):
    made = grown("Đất đai", "Giao thông")
    land, roads = made["Đất đai"], made["Giao thông"]
    mine, other = talks.held(province.committees[0]), talks.held(province.committees[1])
    before = talks.held(province.committees[0])
    Dialogue.objects.filter(pk=before.pk).update(held_on=date(2025, 11, 14), noticed_on=None)
    filed(mine, land, 11), filed(before, land, 3), filed(other, land, 12), filed(mine, roads, 9)
    holder = {one.key: one for one in all_holders()}["dialogues.opinions"]
    assert holder.counts(reader=reader) == {land.pk: 11}  # not 14: the year's page would tell 3
    assert holder.counts()[land.pk] == 26
    LegalParameter.objects.filter(key="people.suppress.below").delete()
    assert holder.counts(reader=reader) == {}


def test_only_who_handles_them_reads_the_opinions_of_a_topic_one_by_one(client, province):
    land = grown("Đất đai")["Đất đai"]
    filed(talks.held(province.committees[0]), land, 3)
    above = make_grant(province.place, "leader")
    assert not opinions_about(above, land.pk, on=talks.TODAY).exists()
    client.force_login(above)
    page = client.get(reverse("dialogues:opinions"), {"linh_vuc": land.pk}).content.decode()
    assert "Ý kiến ở đơn vị khác chỉ xem được số" in page
    assert "dưới 10" in page
    assert "Ý kiến 1" not in page


def test_a_dialogue_is_filed_listed_and_counted_under_its_topic(province, reader):
    made = grown("Đất đai", "Đất đai › Bồi thường")
    unit, land = province.committees[0], made["Đất đai"]
    one = talks.planned(unit, topic_id=made["Bồi thường"].pk)
    assert topic_of(one) == "Đất đai › Bồi thường"
    assert topic_of(talks.planned(unit)) == ""
    assert [each.pk for each in listed(reader, Asked(topic_id=land.pk), on=talks.TODAY)] == [one.pk]
    services.file_dialogue(one, topic_id=land.pk, actor=None)
    holder = {each.key: each for each in all_holders()}["dialogues.dialogues"]
    assert holder.counts(reader=reader) == holder.counts() == {land.pk: 1}
    assert holder.address(land.pk) == f"/doi-thoai/?linh_vuc={land.pk}"
    for act, thing in (
        (services.file_dialogue, one), (services.file_opinion, talks.said(talks.held(unit))),
    ):  # fmt: skip
        assert talks.refused(act, thing, topic_id=10**6).faults[0].column == "topic_id"
    assert "topic_id" in [
        fault.column for fault in talks.refused(lambda actor: talks.planned(unit, topic_id=-1)).faults
    ]  # fmt: skip


def test_the_pages_file_filter_and_count(client, province, reader):
    land = grown("Đất đai")["Đất đai"]
    one = talks.held(province.committees[0])
    opinion = talks.said(one, "Sổ đỏ chậm")
    client.force_login(reader)
    at = reverse("dialogues:file-opinion", args=[one.pk, opinion.pk])
    assert (
        "Lĩnh vực này không có" in client.post(at, {"topic_id": "x"}, follow=True).content.decode()
    )
    client.post(at, {"topic_id": land.pk})
    assert DialogueOpinion.objects.get().topic_id == land.pk
    client.post(reverse("dialogues:do-file", args=[one.pk]), {"topic_id": land.pk})
    assert "Đất đai" in client.get(reverse("dialogues:card", args=[one.pk])).content.decode()
    page = client.get(reverse("dialogues:opinions"), {"linh_vuc": land.pk}).content.decode()
    assert "Sổ đỏ chậm" in page
    assert "dưới 10" in page
    assert client.get(reverse("dialogues:opinions"), {"linh_vuc": "x"}).status_code == 422
    found = client.get(reverse("dialogues:list"), {"linh_vuc": land.pk}).content.decode()
    assert one.number in found


def kept(share):
    return share.kept, share.known


def test_the_year_of_a_host_counts_what_is_known_only_and_never_more_than_it_owes(province, reader):
    unit, lead = province.committees[0], province.governments[0]

    def lines():
        return {one.unit_id: one for one in yearly(reader, YEAR, on=talks.TODAY)}

    before = lines()[unit.pk]
    assert (before.counted, kept(before.keeping.noticed)) == (0, (0, 0))
    talks.concluded(unit, lead)
    late = talks.planned(unit, held_on=date(2026, 10, 1))
    services.record_held(
        late,
        attendance={"front": 3},
        households=None,
        led="delegate",
        led_why="Họp tỉnh",
        actor=None,
    )
    led = talks.announced(unit)
    services.record_held(led, attendance={"front": 3}, households=None, led="head", actor=None)
    line = lines()[unit.pk]
    assert (line.held, line.required, line.counted, line.short) == (3, 1, 1, 0)
    assert kept(line.keeping.noticed) == (2, 3)
    assert kept(line.keeping.issued) == (1, 2)  # the third may still come
    assert kept(line.keeping.led) == (1, 2)  # of one nobody wrote it down
    LegalParameter.objects.filter(
        key__in=("democracy.meeting.notice", "dialogue.conclusion.issue")
    ).delete()
    line = lines()[unit.pk]
    assert (kept(line.keeping.noticed), kept(line.keeping.issued)) == ((0, 0), (0, 0))


def words(dialogue):
    found = checks_of(dialogue, list(dialogue.opinions.all()), unowned=0)
    return {check.rule: (check.word, check.note) for check in found}


def test_each_rule_says_how_a_dialogue_stands_and_why(province, reader, settings):
    unit, lead = province.committees[0], province.governments[0]
    rule, led, year = "Thông báo kết luận", "Người đứng đầu chủ trì", "Số cuộc trong năm 2026"
    one, _ = talks.concluded(unit, lead)
    assert words(one)[rule] == ("Đã ra", "Ngày 20/11/2026, trong hạn")
    assert words(one)[led] == ("Chưa ghi", "")
    talks.held(unit)
    assert words(one)[year][0] == "1/1 cuộc"
    assert words(one)[year][1].startswith("Đã tổ chức 2 cuộc.")
    waiting = services.record_held(
        talks.announced(unit), attendance={"front": 3}, households=None, led="delegate",
        led_why="Họp tỉnh", actor=None,
    )  # fmt: skip
    assert words(waiting)[led] == ("Ủy quyền", "Họp tỉnh")
    assert words(waiting)[rule][0] == "Chưa ra"
    settings.DANVAN_TODAY = date(2026, 12, 10)
    assert words(waiting)[rule][0] == "Quá hạn"
    slow, _ = talks.concluded(unit, lead, on=date(2026, 12, 10))
    assert words(slow)[rule][0] == "Chậm"
    straight = services.record_held(
        talks.announced(unit), attendance={"front": 3}, households=None, led="head", actor=None
    )
    assert words(straight)[led] == ("Trực tiếp", "")
    LegalParameter.objects.filter(key="dialogue.conclusion.issue").delete()
    assert "chưa nạp tham số" in words(one)[rule][1]
    assert card_of(reader, one).checks


def test_who_led_is_one_of_two_and_a_delegate_has_a_reason(province):
    one = talks.announced(province.committees[0])
    for said, column in (
        ({"led": "ai đó"}, "led"),
        ({"led": "delegate"}, "led_why"),
        ({"led": "delegate", "led_why": "x" * 301}, "led_why"),
    ):
        broken = talks.refused(
            services.record_held, one, attendance={"front": 1}, households=None, **said
        )
        assert [fault.column for fault in broken.faults] == [column]


def test_deadlines_of_many_days_are_those_of_each(province):
    from danvan.law.selectors import deadline_by

    days = [date(2026, 4, 24), date(2026, 11, 14)]
    for key in ("dialogue.conclusion.issue", "democracy.meeting.notice"):
        assert last_days(key, days) == {day: deadline_by(key, day).due_on for day in days}
    assert last_days("dialogue.conclusion.issue", [date(2019, 1, 1)]) == {}
    assert last_days("people.suppress.below", days) == {}
