"""People in posts in the browser: a post set up, somebody appointed, a namesake asked about, moved; what is missing."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.organisations.enums import Kind, Level, Manner, Rank
from danvan.organisations.models import Appointment
from danvan.organisations.services.officers import (
    assign_field,
    assign_place,
    found_temporary_body,
    record_training,
)
from tests.factories.province import Province, make_grant, make_organisation, make_place
from tests.journeys.conftest import assert_accessible, look
from tests.organisations.officers import SINCE, TODAY, hold, lead, make_officer, make_post

MARCH = date(2026, 3, 1)


@pytest.fixture
def province(db, settings):
    """One commune with people in posts, villages of which one has nobody, a body for a time."""
    settings.DANVAN_TODAY = TODAY
    province = Province()
    place, committee = province.communes[0], province.committees[0]
    province.board = make_organisation(
        place, Kind.ADVISORY_BOARD, name="Ban Xây dựng Đảng xã Môn Sơn"
    )
    make_organisation(
        province.communes[1], Kind.ADVISORY_BOARD, name="Ban Xây dựng Đảng xã Con Cuông"
    )
    province.officer = lead(province.board, "Vi Thị Hoa", title="Trưởng ban")
    lead(
        province.fronts[0], "", title="Chủ tịch", manner=Manner.CONCURRENT, officer=province.officer
    )
    hold(make_officer("Lô Văn Thắng"), make_post(committee, "Bí thư"), Manner.ACTING, since=MARCH)
    hold(
        make_officer("Điểu K’Ré"), make_post(committee, "Phó Bí thư Thường trực", rank=Rank.DEPUTY)
    )
    members = make_post(committee, "Ủy viên Ban Thường vụ", rank=Rank.MEMBER, seats=7)
    for name in ("Nguyễn Mạnh Khôi", "Ngọc Kim Nam", "Lê Hồng Vinh"):
        hold(make_officer(name), members)
    villages = [
        make_place(name, level=Level.VILLAGE, under=place)
        for name in ("Bản Cằng", "Bản Nam Sơn", "Thôn Thái Hòa")
    ]
    said = {"decision": "TB 15-TB/ĐU ngày 10/7/2025", "on": SINCE, "actor": None}
    assign_field(committee, province.officer, "Công tác dân vận", **said)
    assign_place(committee, province.officer, villages[0], **said)
    found_temporary_body(
        "team", "Tổ công tác giải phóng mặt bằng cao tốc", founder_id=committee.pk, place_id=place.pk,
        words="Vận động Nhân dân bàn giao mặt bằng trước ngày 30/6/2026", decision="QĐ 21-QĐ/ĐU", on=SINCE,
        until=date(2027, 1, 31), actor=None,
    )  # fmt: skip
    record_training(
        province.officer, "Bồi dưỡng nghiệp vụ dân vận", begun_on=MARCH, finished_on=date(2026, 3, 6),
        held_by="Trường Chính trị tỉnh", certificate="Chứng nhận", actor=None,
    )  # fmt: skip
    return province


@pytest.fixture
def keeper(page, live_server, client, province):
    """The page of an administrator of the province."""
    client.force_login(make_grant(province.place, "administrator"))
    cookie = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "url": live_server.url,
    }
    page.context.add_cookies([cookie])
    return page


def url(live_server, name, *args):
    return live_server.url + reverse(f"desk:{name}", args=args)


def test_every_page_about_people_can_be_read_by_everybody(keeper, live_server, province):
    committee, place = province.committees[0].pk, province.communes[0].pk
    pages = {
        "posts": committee, "assignments": committee, "vacancies": place, "uncharged": place,
        "concurrent-heads": province.place.pk, "temporary-bodies": committee, "officer": province.officer.pk,
        "temporary-found": committee, "assignment-add": committee,
    }  # fmt: skip
    for name, pk in pages.items():
        keeper.goto(url(live_server, name, pk))
        look(keeper, f"people-{name}")
        assert_accessible(keeper)
    for name in ("officers", "posts-import"):
        keeper.goto(url(live_server, name))
        look(keeper, f"people-{name}")
        assert_accessible(keeper)


def test_a_post_is_set_up_filled_and_left_for_another(keeper, live_server, province):
    board, front = province.board, province.fronts[1]
    target = make_post(front, "Chủ tịch")
    make_officer("Lô Thị Bình")
    keeper.goto(url(live_server, "posts", board.pk))
    keeper.get_by_role("link", name="Lập chức danh").click()
    keeper.get_by_label("Chức danh").fill("Phó Trưởng ban")
    keeper.get_by_label("Cấp", exact=True).select_option("deputy")
    keeper.get_by_label("Từ ngày").fill("01/07/2025")
    keeper.get_by_role("button", name="Lập chức danh").click()

    keeper.get_by_role("link", name="Ghi người giữ Phó Trưởng ban").click()
    keeper.get_by_label("Họ và tên cán bộ").fill("Lô Thị Bình")
    keeper.keyboard.press("Escape")
    keeper.get_by_label("Văn bản quyết định").fill("QĐ 30-QĐ/TU")
    keeper.get_by_label("Từ ngày").fill("01/07/2025")
    keeper.get_by_role("button", name="Ghi").click()
    look(keeper, "people-namesake")
    keeper.get_by_label("hiện không giữ chức danh").check()
    keeper.get_by_role("button", name="Ghi").click()
    assert keeper.get_by_role("link", name="Lô Thị Bình", exact=True).is_visible()

    keeper.get_by_role("link", name="Luân chuyển: Lô Thị Bình").click()
    keeper.get_by_label("Chuyển đến đơn vị").fill("con cuong")
    keeper.get_by_role("option", name="Ủy ban MTTQ Việt Nam Xã Con Cuông").click()
    keeper.get_by_role("button", name="Tiếp tục").click()
    keeper.get_by_label("Chức danh mới").select_option(str(target.pk))
    keeper.get_by_label("Từ ngày").fill("01/03/2026")
    keeper.get_by_label("Văn bản quyết định").fill("QĐ 41-QĐ/TU")
    look(keeper, "people-rotate")
    keeper.get_by_role("button", name="Ghi luân chuyển").click()
    assert keeper.get_by_text("1 lần luân chuyển").is_visible()
    look(keeper, "people-record")

    moved = Appointment.objects.get(post=target)
    assert (moved.officer.full_name, moved.valid_from, moved.entry) == (
        "Lô Thị Bình",
        MARCH,
        "rotated",
    )
