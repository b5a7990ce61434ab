"""Việc hôm nay: one list across the modules, every count opens its list; whoever only reads starts where they read."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.accounts.roles import ROLES
from danvan.activities.models import ActivityEvidence
from danvan.desk import home
from danvan.desk.home.reading import ALL, SHOWN, Asked, read_home, start_of
from danvan.desk.home.things import Group, Sort
from danvan.desk.home.waits import WAITS
from danvan.documents.enums import Stage
from danvan.foundation.models import StoredFile
from tests.factories import (
    ActivityFactory,
    DocumentFactory,
    GrantFactory,
    OrganisationFactory,
    TargetFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def province():
    return UnitFactory(name="Nghệ An")


@pytest.fixture
def fronts(province):
    return [
        OrganisationFactory(place=UnitFactory(under=province, name=name))
        for name in ("Xã Con Cuông", "Xã Keng Đu", "Xã Môn Sơn")
    ]


def prove(activity):
    file = StoredFile.objects.create(
        sha256=f"{activity.pk:064}", size=1, media_type="image/png", stored_at=AT
    )
    ActivityEvidence.objects.create(activity=activity, file=file, file_name="anh.png", added_at=AT)


def tiles(user, **asked):
    return [tile.count for tile in read_home(user, Asked(**asked)).tiles]


def rows(user, **asked):
    """(group, sort, state) of every row shown."""
    home = read_home(user, Asked(**asked))
    return [
        (group.key, row.thing.sort, row.state.words) for group in home.groups for row in group.rows
    ]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("specialist", "desk:home"),
        ("clerk", "desk:home"),
        ("commune_officer", "desk:home"),
        ("administrator", "desk:register"),
    ],
)
def test_each_role_starts_at_its_own_page(client, province, role, name):
    assert start_of(ROLES[role]) == name
    client.force_login(GrantFactory(role=role, unit=province).user)
    response = client.get("/")
    if name == "desk:home":
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (302, reverse(name))


def test_a_leader_starts_where_they_read(client, province):
    client.force_login(GrantFactory(role="leader", unit=province).user)
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, reverse(start_of(ROLES["leader"])))
    assert start_of(ROLES["leader"]) != "desk:home"


def test_a_specialist_sees_what_waits_and_only_that(province, fronts):
    organisation = OrganisationFactory(place=province)
    DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW)
    DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW)
    DocumentFactory(unit=organisation, stage=Stage.UNREADABLE)
    DocumentFactory(unit=organisation, stage=Stage.REVIEWED)
    TargetFactory(unit=province)
    ActivityFactory(unit=fronts[0])
    prove(ActivityFactory(unit=fronts[1]))
    ActivityFactory(unit=fronts[2], withdrawn_at=AT, withdrawn_why="ghi nhầm")
    user = GrantFactory(role="specialist", unit=province).user
    assert tiles(user) == ["0", "0", "3", "2"]
    assert rows(user) == [
        ("bo-sung", "chi-tieu", "1/3 đơn vị còn thiếu"),
        ("bo-sung", "hoat-dong", "1 hoạt động"),
        ("bo-sung", "van-ban", "Cần tệp khác"),
        ("xac-minh", "van-ban", "Chờ kiểm lại"),
        ("xac-minh", "van-ban", "Chờ kiểm lại"),
    ]


def test_another_province_s_work_is_not_counted(province, fronts):
    DocumentFactory(stage=Stage.TO_REVIEW)
    ActivityFactory()
    user = GrantFactory(role="specialist", unit=province).user
    assert tiles(user) == ["0", "0", "0", "0"]
    assert rows(user) == []


def test_a_commune_officer_sees_the_lacks_of_the_own_commune(client, province, fronts):
    target = TargetFactory(unit=province)
    ActivityFactory(unit=fronts[0])
    place = fronts[1].versions.get().place
    user = GrantFactory(role="commune_officer", unit=place).user
    assert rows(user) == [("bo-sung", "chi-tieu", "1/1 đơn vị còn thiếu")]
    row = read_home(user).groups[0].rows[0]
    assert row.thing.title == target.title
    assert row.thing.url == reverse("desk:target-unit", args=[target.pk, fronts[1].pk]) + "?ky=2026"
    client.force_login(user)
    assert client.get(row.thing.url).status_code == 200


def test_every_count_opens_a_list_of_as_many(client, province, fronts):
    organisation = OrganisationFactory(place=province)
    for stage in (Stage.TO_REVIEW, Stage.TO_REVIEW, Stage.UNREADABLE, Stage.REVIEWED):
        DocumentFactory(unit=organisation, stage=stage)
    ActivityFactory(unit=fronts[0])
    prove(ActivityFactory(unit=fronts[1]))
    user = GrantFactory(role="specialist", unit=province).user
    client.force_login(user)
    for tile in read_home(user).tiles:
        response = client.get(tile.url)
        assert response.status_code == 200
        groups = response.context["home"].groups
        assert sum(len(group.rows) for group in groups) == int(tile.count), tile.label


def test_every_row_opens(client, province, fronts):
    organisation = OrganisationFactory(place=province)
    DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW, text="Thực hiện Nghị quyết.")
    TargetFactory(unit=province)
    ActivityFactory(unit=fronts[0])
    user = GrantFactory(role="specialist", unit=province).user
    client.force_login(user)
    urls = [row.thing.url for group in read_home(user).groups for row in group.rows]
    assert len(urls) == 3
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_list_keeps_to_one_sort_and_one_group(client, province, fronts):
    organisation = OrganisationFactory(place=province)
    DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW)
    DocumentFactory(unit=organisation, stage=Stage.UNREADABLE)
    ActivityFactory(unit=fronts[0])
    user = GrantFactory(role="specialist", unit=province).user
    assert tiles(user, sort="hoat-dong") == ["0", "0", "1", "0"]
    assert rows(user, sort="hoat-dong") == [("bo-sung", "hoat-dong", "1 hoạt động")]
    assert rows(user, group="xac-minh") == [("xac-minh", "van-ban", "Chờ kiểm lại")]
    client.force_login(user)
    page = client.get("/?nhom=bo-sung&loai=van-ban").content.decode()
    assert "Chờ bổ sung: 1 việc" in page
    assert "Chờ xác minh: 1 việc" not in page
    assert client.get("/?nhom=xyz&loai=abc&xep=1").status_code == 200


def test_what_units_below_lack_is_one_line_that_leads_to_their_list(client, province, fronts):
    own = OrganisationFactory(place=province)
    for unit in (own, *fronts):
        ActivityFactory(unit=unit)
    user = GrantFactory(role="specialist", unit=province).user
    client.force_login(user)
    assert rows(user) == [
        ("bo-sung", "hoat-dong", "4 hoạt động"),
        ("bo-sung", "hoat-dong", "Chưa có minh chứng"),
    ]
    [every, _] = read_home(user).groups[0].rows
    assert client.get(every.thing.url).context["page"].count == 4


def test_things_may_be_ordered_by_unit(province, fronts):
    for name in ("Đoàn", "Ủy ban", "Ban"):
        ActivityFactory(unit=OrganisationFactory(place=province, name=name))
    user = GrantFactory(role="specialist", unit=province).user
    [group] = read_home(user, Asked(by_unit=True)).groups
    assert [row.thing.unit_name for row in group.rows] == ["Ban", "Đoàn", "Ủy ban"]


def test_a_long_group_shows_the_first_and_leads_to_the_rest(client, province, fronts):
    for day in range(SHOWN + 3):
        ActivityFactory(unit=fronts[0], held_on=date(2026, 3, 1) + timedelta(days=day))
    place = fronts[0].versions.get().place
    user = GrantFactory(role="commune_officer", unit=place).user
    client.force_login(user)
    [group] = read_home(user).groups
    assert (len(group.rows), group.count, group.more) == (SHOWN, str(SHOWN + 3), 3)
    assert f"Xem tất cả {SHOWN + 3} việc: chờ bổ sung" in client.get("/").content.decode()
    [alone] = read_home(user, Asked(group="bo-sung")).groups
    assert (len(alone.rows), alone.more, alone.elsewhere) == (SHOWN + 3, 0, [])
    [few] = read_home(user, Asked(group="bo-sung"), most=2).groups
    assert few.elsewhere == [("Hoạt động", str(SHOWN + 3), "/hoat-dong/?thieu=on")]


def test_a_group_longer_than_a_page_is_read_to_its_end_row_by_row(client, province, fronts):
    for day in range(ALL + 5):
        ActivityFactory(unit=fronts[0], held_on=date(2026, 3, 1) + timedelta(days=day))
    place = fronts[0].versions.get().place
    user = GrantFactory(role="commune_officer", unit=place).user
    client.force_login(user)
    tile = read_home(user).tiles[2]
    assert tile.count == str(ALL + 5)
    first = client.get(tile.url)
    second = client.get(f"{tile.url}&trang=2")
    groups = [one.context["home"].groups[0] for one in (first, second)]
    assert [len(one.rows) for one in groups] == [ALL, 5]
    seen = [row.thing.pk for one in groups for row in one.rows]
    assert len(seen) == len(set(seen)) == ALL + 5
    assert 'href="/?nhom=bo-sung&amp;trang=2"' in first.content.decode()
    assert 'href="/?nhom=bo-sung&amp;trang=1"' in second.content.decode()
    assert [one.elsewhere for one in groups] == [[], []]
    past = client.get(f"{tile.url}&trang=99").context["home"].groups[0]
    assert (past.page, len(past.rows)) == (2, 5)
    assert client.get(f"{tile.url}&trang=x").context["home"].groups[0].page == 1
    sheet = client.get("/viec-hom-nay/tai-excel/?nhom=bo-sung").content
    assert openpyxl.load_workbook(BytesIO(sheet)).active.max_row == ALL + 5 + 2


def test_each_lane_says_what_is_waited_for_and_of_whom(client, province, fronts):
    DocumentFactory(unit=OrganisationFactory(place=province), stage=Stage.TO_REVIEW)
    ActivityFactory(unit=fronts[0])
    user = GrantFactory(role="specialist", unit=province).user
    client.force_login(user)
    assert [tile.note for tile in read_home(user).tiles] == [
        "không có việc nào", "không có việc nào", "đơn vị phải làm thêm", "chờ đồng chí xem, quyết định",
    ]  # fmt: skip
    lacking, checking = read_home(user).groups
    assert [(one.count, one.label, one.waits) for one in lacking.parts] == [
        ("1", "Hoạt động", "đơn vị đã làm hoạt động gửi minh chứng")
    ]
    [part] = checking.parts
    page = client.get(part.url)
    assert [row.thing.sort for row in page.context["home"].groups[0].rows] == ["van-ban"]
    assert (
        "1 văn bản</a>: máy đã đọc hoặc nơi nhận đã hỏi, chờ đồng chí kiểm lại"
        in page.content.decode()
    )


def test_every_lane_that_a_source_fills_has_its_words():
    filled = set()
    for path in Path(home.__file__).parent.glob("*.py"):
        text = path.read_text()
        filled |= set(re.findall(r"Group\.([A-Z]+),\s*Sort\.([A-Z_]+)", text))
    assert len(filled) > 20
    assert filled <= {(Group(group).name, Sort(sort).name) for group, sort in WAITS}, "no words"


def test_where_nothing_waits_it_says_so(client, province):
    client.force_login(GrantFactory(role="specialist", unit=province).user)
    text = client.get("/").content.decode()
    assert "Thứ Sáu, 20/11/2026" in text
    assert "Không có việc nào đang chờ đồng chí" in text


def test_the_list_goes_out_as_excel_with_the_same_filters(client, province, fronts):
    organisation = OrganisationFactory(place=province, name="Ban Tuyên giáo và Dân vận")
    DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW, symbol="27-KL/ĐU", abstract="=1+1")
    ActivityFactory(unit=fronts[0])
    client.force_login(GrantFactory(role="specialist", unit=province).user)

    def sheet(query):
        response = client.get(f"/viec-hom-nay/tai-excel/{query}")
        assert 'filename="viec-hom-nay-20261120.xlsx"' in response["Content-Disposition"]
        return [
            [cell.value for cell in row]
            for row in openpyxl.load_workbook(BytesIO(response.content)).active
        ]

    said = sheet("")
    assert said[0][0] == "Việc hôm nay, ngày 20/11/2026"
    assert [row[1] for row in said[2:]] == ["Hoạt động", "Văn bản"]
    [document] = sheet("?loai=van-ban")[2:]
    assert document[:5] == [
        "Chờ xác minh", "Văn bản", "27-KL/ĐU: =1+1", "Tỉnh ủy · đến 05/03/2026",
        "Ban Tuyên giáo và Dân vận",
    ]  # fmt: skip
    assert document[-1] == "Chờ kiểm lại"


def test_the_page_costs_the_same_at_one_row_and_at_three(client, province, fronts):
    organisation = OrganisationFactory(place=province)
    client.force_login(GrantFactory(role="specialist", unit=province).user)
    TargetFactory(unit=province)

    def more(number):
        for _ in range(number):
            DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW)
            ActivityFactory(unit=fronts[0], title="Đối thoại")

    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get("/")
        return len(caught)

    more(1)
    client.get("/")
    at_one = cost()
    more(2)
    assert cost() == at_one
