"""The pages of targets in a year in which units merged and divided."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from danvan.organisations.enums import Kind
from danvan.organisations.models import UnitVersion
from tests.desk.merged import BEFORE, TODAY, Merged
from tests.desk.months import plain
from tests.indicators.test_evaluate import did, make_target
from tests.once import once, own

pytestmark = pytest.mark.django_db


_merged = once(Merged, DANVAN_TODAY=TODAY)


@pytest.fixture
def merged(_merged, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_merged)


def sheet_of(response):
    return list(openpyxl.load_workbook(BytesIO(response.content)).active.values)


def test_targets_count_what_was_done_before_the_break_for_whom_it_passed_to(client, merged):
    province = merged.province
    target = make_target(province)
    did(province.fronts[0], date(2026, 2, 1))
    did(province.fronts[1], date(2026, 3, 1))
    did(province.fronts[3], date(2026, 3, 1))
    client.force_login(merged.leader)
    page = reverse("desk:target", args=[target.pk])

    told = plain(client.get(page))
    assert "1 đơn vị đạt mọi điều kiện, trên 3 đơn vị" in told
    assert (
        "gồm hồ sơ của Ủy ban MTTQ Việt Nam Xã Châu Khê, Ủy ban MTTQ Việt Nam Xã Con Cuông" in told
    )
    assert "gồm hồ sơ của Ủy ban MTTQ Việt Nam Xã Mường Xén (quy đổi)" in told
    assert "Hồ sơ của các đơn vị này được tính cho đơn vị kế tiếp; hồ sơ của đơn vị bị chia" in told
    front = UnitVersion.objects.get(place=merged.new, kind=Kind.FRONT_COMMITTEE)
    opened = plain(client.get(reverse("desk:target-unit", args=[target.pk, front.unit_id])))
    assert "do Ủy ban MTTQ Việt Nam Xã Môn Sơn thực hiện" in opened
    rows = sheet_of(client.get(reverse("desk:target-workbook", args=[target.pk])))
    heads = next(row for row in rows if row[0] == "Đơn vị")
    assert heads[4] == "Gồm hồ sơ của"
    assert "Ủy ban MTTQ Việt Nam Xã Mường Xén (quy đổi)" in [row[4] for row in rows]
    before = plain(client.get(page, {"doc": BEFORE.isoformat()}))
    assert "0 đơn vị đạt mọi điều kiện, trên 4 đơn vị" in before
    assert "gồm hồ sơ của Ủy ban MTTQ Việt Nam xã Trà Lân (quy đổi)" in before
    assert (
        "gồm hồ sơ của Ủy ban MTTQ Việt Nam xã Huồi Tụ, Ủy ban MTTQ Việt Nam xã Mường Típ" in before
    )


def test_a_day_on_which_nobody_was_asked_says_so(client, merged):
    target = make_target(merged.province)
    client.force_login(merged.leader)
    day = {"doc": "2010-12-31"}

    board = plain(client.get(reverse("desk:targets"), day))
    assert (
        "Sổ đơn vị chưa ghi đơn vị nào thuộc đối tượng của các chỉ tiêu này vào ngày 31/12/2010"
        in board
    )
    told = plain(client.get(reverse("desk:target", args=[target.pk]), day))
    assert "chưa ghi đơn vị nào thuộc đối tượng vào ngày 31/12/2010" in told
