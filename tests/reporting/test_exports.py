"""The same figures as Excel: a month of all units by all items, and one report."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from danvan.reporting.services import submit_report
from tests.factories.province import make_grant
from tests.reporting.months import GOOD

pytestmark = pytest.mark.django_db


def rows(response):
    book = load_workbook(BytesIO(response.content), read_only=True)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_a_month_has_a_row_a_unit_and_a_column_an_item(month, client):
    submit_report(month.owed[0], answers=GOOD | {"cach-lam": "=1+1"}, actor=None)
    client.force_login(make_grant(month.province.place, "specialist"))

    found = rows(client.get(reverse("reporting:period-sheet", args=[month.form.pk, "2026-11"])))

    assert found[2][:6] == ["Mã", "Đơn vị", "Tình trạng", "Ngày gửi", "Bản", "Số hội nghị đối thoại (cuộc)"]  # fmt: skip
    by_unit = {row[1]: row for row in found[3:]}
    assert list(by_unit) == ["Xã Châu Khê", "Xã Con Cuông", "Xã Môn Sơn"]
    assert by_unit["Xã Môn Sơn"][2] == "Chờ duyệt"
    assert by_unit["Xã Môn Sơn"][4:] == [1, 1, 1412, 168, 9, 6, 3, 1.25, "=1+1", None]
    assert by_unit["Xã Con Cuông"][2:] == ["Chưa gửi", *[None] * 11]
    assert re.fullmatch(r".*; số liệu đọc lúc \d\d:\d\d 03/12/2026", found[0][0])


def test_one_report_is_a_row_an_item_with_where_it_came_from(month, client):
    submit_report(month.owed[0], answers=GOOD, actor=None)
    client.force_login(make_grant(month.province.communes[0], "commune_officer"))

    found = rows(client.get(reverse("reporting:report-sheet", args=[month.first.pk])))

    assert found[1][0] == "Xã Môn Sơn, chờ duyệt, ngày gửi: 03/12/2026"
    assert re.fullmatch(
        r"Bản 1, gửi \d\d:\d\d 03/12/2026; số liệu đọc lúc \d\d:\d\d 03/12/2026", found[2][0]
    )
    by_item = {row[1]: row for row in found[4:]}
    assert by_item["Số hội nghị đối thoại"][3:7] == [1, "Nhập", None, 0]
    assert by_item["Cộng hai loại"][3:5] == ["6 + 3 = 9", "Tính từ số khác"]
    assert by_item["Cách làm hay"][3] == GOOD["cach-lam"]


def test_a_report_that_was_replaced_says_so(month, client):
    for luot in ("1.412", "412"):
        month.first.refresh_from_db()
        submit_report(month.first, answers=GOOD | {"luot": luot}, actor=None)
    client.force_login(make_grant(month.province.communes[0], "commune_officer"))
    page = reverse("reporting:report-sheet", args=[month.first.pk])
    assert ", thay bản 1; " in rows(client.get(page))[2][0]
    old = rows(client.get(page, {"ban": "1"}))
    assert old[3][0] == "Bản này đã thay bằng bản 2, không còn dùng."


def test_what_was_never_sent_is_an_empty_sheet(month, client):
    client.force_login(make_grant(month.province.communes[0], "commune_officer"))

    found = rows(client.get(reverse("reporting:report-sheet", args=[month.first.pk])))

    assert len(found) == 4
