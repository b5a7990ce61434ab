"""Records of units before a merger: found under the unit that took over, under their old names, and counted whole."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.commitments.services import Assignment, assign_commitments, claim_done
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors.following import (
    found_under,
    stood_before,
    told_names,
    whose_records,
)
from danvan.organisations.selectors.readings import THEN, Reading
from tests.desk.merged import BEFORE, MERGED, TODAY, Merged
from tests.desk.months import plain
from tests.once import once, own

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


_merged = once(Merged, DANVAN_TODAY=TODAY)


@pytest.fixture
def merged(_merged):
    return own(_merged)


def front_at(place):
    return UnitVersion.objects.get(place=place, kind="front_committee").unit


def did(unit, title, day):
    return record_activity(
        unit=unit, kind=ActivityKind.SUPERVISION, title=title, held_on=day, actor=None
    )


@pytest.fixture
def records(merged):
    """One supervision of each commune before and after."""
    for place in merged.old:
        did(front_at(place), f"Giám sát ở {place.versions.get().name}", date(2026, 3, 1))
    did(front_at(merged.divided), "Giám sát ở Xã Mường Xén", date(2026, 3, 1))
    did(front_at(merged.new), "Giám sát ở Xã Trà Lân", date(2026, 9, 1))
    did(front_at(merged.first), "Giám sát ở Xã Mường Típ", date(2026, 11, 1))
    return merged


def listed(client, merged, **asked):
    client.force_login(merged.leader)
    return client.get(reverse("activities:list"), asked)


def titles(response):
    return {one.title.removeprefix("Giám sát ở ") for one, _, _ in response.context["lines"]}


def test_records_of_before_are_found_under_the_unit_that_took_over(client, records):
    response = listed(client, records, don_vi="Xã Trà Lân")
    assert titles(response) == {"Xã Môn Sơn", "Xã Con Cuông", "Xã Châu Khê", "Xã Trà Lân"}
    page = plain(response)
    assert "Xã Môn Sơn (nay là Ủy ban MTTQ Việt Nam xã Trà Lân)" in page
    assert "Đơn vị trước sắp xếp" in page
    alone = listed(client, records, don_vi="Xã Trà Lân", ca_truoc="khong")
    assert titles(alone) == {"Xã Trà Lân"}
    assert titles(listed(client, records, don_vi="Xã Trà Lân", ca_truoc="lạ")) == titles(response)


def test_an_old_name_finds_who_took_over(client, records):
    assert titles(listed(client, records, don_vi="xã con cuông")) == {
        "Xã Môn Sơn", "Xã Con Cuông", "Xã Châu Khê", "Xã Trà Lân",
    }  # fmt: skip
    assert titles(listed(client, records, don_vi="xã con cuông", ca_truoc="khong")) == {
        "Xã Con Cuông"
    }
    assert titles(listed(client, records, don_vi="xã mường xén")) == {
        "Xã Mường Xén",
        "Xã Mường Típ",
    }


def test_a_unit_with_none_before_it_is_not_asked_about_them(client, records):
    response = listed(client, records, don_vi="Tỉnh Nghệ An")
    assert len(titles(response)) == 6
    plain_province = listed(client, records)
    assert "Đơn vị trước sắp xếp" not in plain(plain_province)


def test_commitments_of_before_are_found_under_the_unit_that_took_over(client, merged):
    lead = UnitVersion.objects.get(place=merged.old[0], kind="peoples_committee").unit
    (made,) = assign_commitments(
        [Assignment(lead_id=lead.pk, title="Sửa đường", product="Báo cáo", due_on=date(2026, 12, 31))],
        assigner=merged.province.committee, actor=None, assigned_on=date(2026, 5, 1),
    )  # fmt: skip
    client.force_login(merged.leader)
    url = reverse("commitments:list")
    for asked, found in (
        ({"don_vi": "Xã Trà Lân"}, 1), ({"don_vi": "Xã Trà Lân", "ca_truoc": "khong"}, 0),
        ({"don_vi": "Xã Môn Sơn"}, 1), ({"don_vi": "Xã Môn Sơn", "ca_truoc": "khong"}, 1),
    ):  # fmt: skip
        response = client.get(url, {"muc": "tat-ca", **asked})
        assert [one.commitment.pk for one in response.context["lines"]] == [made.pk] * found, asked


def test_claims_that_wait_long_open_to_exactly_those(client, merged):
    lead = UnitVersion.objects.get(place=merged.new, kind="peoples_committee").unit
    made = assign_commitments(
        [Assignment(lead_id=lead.pk, title=f"Việc {day}", product="Báo cáo", due_on=date(2026, 12, 31)) for day in (10, 19)],
        assigner=merged.province.committee, actor=None, assigned_on=date(2026, 9, 1),
    )  # fmt: skip
    for one, day in zip(made, (10, 19), strict=True):
        claim_done(one, result="Xong", actor=None, on=date(2026, 12, day))
    client.force_login(merged.leader)
    board = client.get(reverse("desk:board")).context["board"]
    (line,) = [one for one in board.decisions.lines if "chưa kiểm tra" in one.title]
    response = client.get(line.url)
    assert [row.title for row, _ in response.context["due"].rows] == ["Việc 10"]
    assert "Việc báo xong quá 5 ngày chưa kiểm tra, Tỉnh Nghệ An" in plain(response)
    assert client.get(f"{line.url}&tep=xlsx").status_code == 200


def places(found, merged):
    known = {
        "new": merged.new, "first": merged.first, "second": merged.second, "divided": merged.divided,
        "a": merged.old[0], "b": merged.old[1], "c": merged.old[2], "province": merged.province.place,
    }  # fmt: skip
    ids = {row["unit_id"] for row in found}
    return {name for name, unit in known.items() if unit.pk in ids}


def test_whose_whole_records_count_in_each_reading(merged):
    year = {"since": date(2026, 1, 1), "until": TODAY}
    new, old, divided = merged.new.pk, merged.old[0].pk, merged.divided.pk
    now, then = Reading(TODAY), Reading(BEFORE)
    assert places(whose_records(new, THEN, **year), merged) == {"new"}
    assert places(whose_records(divided, THEN, **year), merged) == {"divided"}
    assert places(whose_records(new, now, **year), merged) == {"new", "a", "b", "c"}
    assert places(whose_records(merged.first.pk, now, **year), merged) == {"first", "divided"}
    assert places(whose_records(old, then, **year), merged) == {"a", "new"}  # the largest part
    assert places(whose_records(merged.old[1].pk, then, **year), merged) == {"b"}
    assert places(whose_records(divided, then, **year), merged) == {"divided", "first", "second"}
    everything = {"new", "first", "second", "divided", "a", "b", "c", "province"}
    for reading in (THEN, now, then):
        assert (
            places(whose_records(merged.province.place.pk, reading, **year), merged) == everything
        )
        assert (
            places(whose_records(merged.province.country.pk, reading, **year), merged) == everything
        )


def test_lists_look_at_before_only_where_there_was_something(merged):
    assert stood_before(merged.new.pk, on=TODAY)
    assert stood_before(merged.old[0].pk, on=TODAY)
    assert not stood_before(merged.old[0].pk, on=BEFORE)
    assert not stood_before(merged.new.pk, on=date(2026, 6, 1))
    assert places(found_under(merged.old[0].pk, on=BEFORE), merged) == {"a"}
    assert places(found_under(merged.new.pk, on=MERGED), merged) == {"new", "a", "b", "c"}
    assert told_names([merged.divided.pk, merged.first.pk, 0], on=TODAY) == {
        merged.divided.pk: "Xã Mường Xén (nay là Xã Mường Típ, Xã Huồi Tụ)",
        merged.first.pk: "Xã Mường Típ",
    }
