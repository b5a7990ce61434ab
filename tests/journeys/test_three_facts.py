"""Three facts by three parties, in the browser: a "not yet" stands in the way of closing until its reason is public."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.services import (
    Assignment,
    agree_commitment,
    assign_commitments,
    claim_done,
    dispute_commitment,
    verify_commitment,
)
from tests.factories.province import Province, make_grant, make_user
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture
def road(db, settings, tmp_path):
    """Found done twice over; of three who asked two agree and one says "not yet"."""
    settings.DANVAN_TODAY = date(2026, 11, 20)
    settings.MEDIA_ROOT = tmp_path / "media"
    province = Province()
    officer = make_grant(province.communes[0], "commune_officer", user=make_user("Lô Văn Thắng"))
    checker = make_grant(province.place, "specialist", user=make_user("Nguyễn Hải Yến"))
    one = Assignment(
        province.governments[0].pk,
        "Đổ bê tông 1,2 km đường vào bản Khe Rạn",
        "1,2 km mặt đường bê tông, biên bản nghiệm thu",
        date(2026, 10, 31),
    )
    [row] = assign_commitments(
        [one], assigner=province.committee, actor=None, assigned_on=date(2026, 8, 14)
    )
    row = claim_done(
        row, result="Biên bản nghiệm thu, 2 ảnh.", actor=officer, on=date(2026, 10, 28)
    )
    row = verify_commitment(row, finding="Kiểm tra tại chỗ, 3 người ký.", actor=checker)
    for code in (1, 2):
        agree_commitment(row, code_id=code)
    dispute_commitment(row, code_id=3, words="Còn khoảng 180 m qua khe chưa đổ.")
    return row, officer, checker


def signed(page, live_server, client, person):
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


def test_what_somebody_says_is_not_done_is_closed_only_with_a_public_reason(
    page, live_server, client, road
):
    row, officer, checker = road
    address = live_server.url + reverse("commitments:card", args=[row.pk])
    signed(page, live_server, client, checker)
    page.goto(address)
    page.get_by_text("Mở lại vì người hỏi chưa đồng ý").wait_for()
    page.get_by_text("2 đồng ý, 1 chưa xong").wait_for()
    look(page, "ba-ben-mo-lai")
    assert_accessible(page)
    row = claim_done(row, result="Đã đổ nốt 180 m.", actor=officer)
    verify_commitment(row, finding="Đã đo lại.", actor=checker)
    page.goto(address)
    page.get_by_role("link", name="Đóng việc").click()
    page.get_by_role("button", name="Đóng việc").click()
    page.get_by_text("lý do này công khai").first.wait_for()
    look(page, "ba-ben-dong")
    page.get_by_label("Lý do công khai").fill("Đoạn qua khe thuộc dự án khác.")
    page.get_by_role("button", name="Đóng việc").click()
    page.get_by_text("Lý do công khai: “Đoạn qua khe thuộc dự án khác.”").wait_for()
    look(page, "ba-ben-da-dong")
    page.goto(live_server.url + reverse("commitments:list") + "?muc=tat-ca")
    page.get_by_text("Người hỏi: chưa đồng ý").wait_for()
    look(page, "ba-ben-danh-sach")
