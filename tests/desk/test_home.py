"""Việc hôm nay: every count is a link to the list it counts; whoever only reads starts where they read."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.accounts.roles import ROLES
from danvan.activities.models import ActivityEvidence
from danvan.desk.home.reading import read_home, start_of
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


@pytest.fixture(autouse=True)
def _day(settings):
    settings.DANVAN_TODAY = date(2026, 11, 20)


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


def tiles(user):
    return {tile.label: tile.count for tile in read_home(user).tiles}


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("specialist", "desk:home"),
        ("clerk", "desk:home"),
        ("commune_officer", "desk:home"),
        ("leader", "desk:targets"),
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
    assert tiles(user) == {
        "Chờ kiểm lại": "2",
        "Không đọc được": "1",
        "Chỉ tiêu còn thiếu": "1",
        "Chờ minh chứng": "1",
    }


def test_another_province_s_work_is_not_counted(province, fronts):
    DocumentFactory(stage=Stage.TO_REVIEW)
    ActivityFactory()
    user = GrantFactory(role="specialist", unit=province).user
    assert tiles(user) == {"Chờ kiểm lại": "0", "Chỉ tiêu còn thiếu": "0", "Chờ minh chứng": "0"}


def test_a_commune_officer_sees_the_lacks_of_the_own_commune(client, province, fronts):
    target = TargetFactory(unit=province)
    ActivityFactory(unit=fronts[0])
    place = fronts[1].versions.get().place
    user = GrantFactory(role="commune_officer", unit=place).user
    home = read_home(user)
    assert [tile.label for tile in home.tiles] == ["Chỉ tiêu còn thiếu", "Chờ minh chứng"]
    assert tiles(user) == {"Chỉ tiêu còn thiếu": "1", "Chờ minh chứng": "0"}
    row = home.lists[0].rows[0]
    assert row.title == target.title
    assert row.url == reverse("desk:target-unit", args=[target.pk, fronts[1].pk]) + "?ky=2026"
    client.force_login(user)
    assert client.get(row.url).status_code == 200


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
        if "page" in response.context:
            assert response.context["page"].count_label == tile.count, tile.label


def test_every_row_opens(client, province, fronts):
    organisation = OrganisationFactory(place=province)
    DocumentFactory(unit=organisation, stage=Stage.TO_REVIEW, text="Thực hiện Nghị quyết.")
    TargetFactory(unit=province)
    ActivityFactory(unit=fronts[0])
    user = GrantFactory(role="specialist", unit=province).user
    client.force_login(user)
    rows = [row for one in read_home(user).lists for row in one.rows]
    assert len(rows) == 3
    assert {client.get(row.url).status_code for row in rows} == {200}


def test_where_nothing_waits_it_says_so(client, province):
    client.force_login(GrantFactory(role="specialist", unit=province).user)
    text = client.get("/").content.decode()
    assert "Thứ Sáu, 20/11/2026" in text
    assert "Không có việc nào đang chờ đồng chí" in text


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
