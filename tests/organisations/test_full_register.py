"""The whole register, loaded once for this file and taken back at its end."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Sum

from danvan.organisations.enums import STANDING, Kind, Level
from danvan.organisations.models import Lineage, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors import (
    Reading,
    by_code,
    census,
    check_register,
    children,
    destinations,
    disagreements,
    find_units,
    in_force,
    names_on,
    origins,
    population,
    top_unit,
    unit_on,
    units_under,
)
from danvan.organisations.services import found_organisations
from tests.organisations.conftest import BEFORE, SINCE

LATER = date(2026, 12, 31)


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            said = StringIO()
            call_command("register", "load", stdout=said)
            connection.check_constraints()  # here once, not again at the end of every test
            yield said.getvalue()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            connection.close_if_unusable_or_obsolete()


@pytest.fixture
def register(whole, db):
    return whole


def test_it_holds_the_published_counts_and_nothing_is_wrong(register):
    checked = check_register()
    assert checked.faults == []
    assert checked.lines[:3] == [
        "34 / 3.321 / 63 / 696 / 10.035",
        (
            "10.794 đơn vị trước 01/07/2025: 10.662 kết thúc, 10.662 có đơn vị kế tiếp với tỷ trọng cộng đúng"
            " 1.000.000; 132 giữ nguyên qua sắp xếp."
        ),
        "Mã xã dùng lại: 3.316 = 3.195 đơn vị mới + 121 xã giữ nguyên.",
    ]


def test_a_load_tells_what_it_did_and_what_it_could_not_know(register):
    assert "Đã nạp 34 / 3.321 / 63 / 696 / 10.035 đơn vị" in register
    assert "132 đơn vị giữ nguyên qua sắp xếp" in register
    assert "Chưa biết: 12 xã của Bắc Ninh" in register


def test_weights_counted_by_plain_sql_sum_to_a_million(register):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), sum(case when total = 1000000 then 1 else 0 end) from"
            " (select sum(weight) as total from organisations_lineage group by predecessor_id) t"
        )
        assert cursor.fetchone() == (10_662, 10_662)
    assert Lineage.objects.filter(predecessor__ended_on=None).count() == 0
    assert Lineage.objects.aggregate(total=Sum("weight"))["total"] == 10_662 * 1_000_000


def test_back_weights_counted_by_plain_sql_sum_to_a_million(register):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), sum(case when total = 1000000 then 1 else 0 end) from"
            " (select sum(back_weight) as total from organisations_lineage where back_weight is not null"
            " group by successor_id) t"
        )
        # every unit founded that day: 3,200 communes and 23 provinces
        assert cursor.fetchone() == (3_200 + 23, 3_200 + 23)
    founded = Unit.objects.filter(founded_on=SINCE, sort="place")
    assert founded.count() == 3_223


def test_every_old_value_counts_once_today_and_every_new_one_once_before(register):
    provinces = list(
        UnitVersion.objects.filter(in_force(LATER), level=Level.PROVINCE).values_list(
            "unit_id", flat=True
        )
    )
    old = list(
        UnitVersion.objects.filter(in_force(BEFORE), kind="").values_list("unit_id", flat=True)
    )
    found = origins(provinces, Reading(LATER), [BEFORE])
    sums = defaultdict(Fraction)
    for province in provinces:
        for unit, share in found[province, BEFORE].items():
            sums[unit] += share
    country = top_unit(on=LATER).id
    assert dict(sums) == dict.fromkeys(set(old) - {country}, Fraction(1))
    assert found[provinces[5], BEFORE] == origins(provinces[5:6], Reading(LATER), [BEFORE])[provinces[5], BEFORE]  # fmt: skip
    new = list(
        UnitVersion.objects.filter(in_force(LATER), kind="").values_list("unit_id", flat=True)
    )
    for shares in destinations(new, LATER, Reading(BEFORE)).values():
        assert sum(shares.values()) == 1


def test_the_lists_disagree_on_what_is_told(register):
    told = "\n".join(disagreements())
    assert "471 xã cũ được chia cho nhiều xã mới: 397 xã chia cho 2, 58 xã chia cho 3, 15 xã chia cho 4, 1 xã chia cho 5" in told  # fmt: skip
    assert "Phường Kỳ Lừa (06187), Phường Mỹ Phước Tây (28435), Xã Thượng Trạch (19147), Xã Đông Trạch (19159)" in told  # fmt: skip
    assert "11 xã mới là trọn một xã cũ" in told
    assert "Nguồn chưa khớp: 471 xã cũ" in register


@pytest.mark.parametrize(
    ("words", "name"),
    [("ha giang 1", "Phường Hà Giang 1"), ("HÀ GIANG 1", "Phường Hà Giang 1"), ("691", "Phường Hà Giang 2")],
)  # fmt: skip
def test_names_with_numbers_and_codes_without_their_zeros_are_found(register, words, name):
    found = [row.name for row in find_units(words, on=LATER)]
    assert name in found[:2]
    assert (found[0] == "Huyện Bù Gia Mập") is (words == "691")  # the very code comes first


def test_the_five_districts_without_communes_passed_to_their_zones(register):
    day = BEFORE
    zones = {
        "318": "Đặc khu Bạch Long Vĩ",
        "471": "Đặc khu Cồn Cỏ",
        "498": "Đặc khu Hoàng Sa",
        "536": "Đặc khu Lý Sơn",
        "755": "Đặc khu Côn Đảo",
    }
    for code, name in zones.items():
        link = Lineage.objects.get(predecessor=by_code(code, on=day))
        assert (link.weight, names_on([link.successor_id], SINCE)) == (
            1_000_000,
            {link.successor_id: name},
        )


@pytest.mark.parametrize(
    ("code", "day", "before", "after", "decision"),
    [
        ("46", date(2025, 1, 1), "Tỉnh Thừa Thiên Huế", "Thành phố Huế", "175/2024/QH15"),
        ("75", date(2026, 4, 30), "Tỉnh Đồng Nai", "Thành phố Đồng Nai", "30/2026/QH16"),
        ("22", date(2026, 9, 1), "Tỉnh Quảng Ninh", "Thành phố Quảng Ninh", "36/2026/QH16"),
        ("24", date(2026, 9, 20), "Tỉnh Bắc Ninh", "Thành phố Bắc Ninh", "39/2026/QH16"),
        ("26368", date(2026, 4, 30), "Xã Long Thành", "Phường Long Thành", "237/NQ-UBTVQH16"),
    ],
)
def test_a_unit_that_changed_its_type_is_the_same_unit(
    register, code, day, before, after, decision
):
    eve = day - timedelta(days=1)
    unit = by_code(code, on=day)
    assert by_code(code, on=eve) == unit
    assert unit_on(unit.pk, eve).name == before
    assert unit_on(unit.pk, day).name == after
    version = UnitVersion.objects.get(unit=unit, valid_from=day)
    assert version.decision == f"Nghị quyết {decision}"
    assert version.type_word == after.split()[0].lower() or version.type_word == "thành phố"


def test_ten_communes_of_dong_nai_became_wards(register):
    turned = UnitVersion.objects.filter(decision__contains="237/NQ-UBTVQH16")
    assert turned.count() == 10
    assert set(turned.values_list("type_word", "level")) == {("phường", Level.COMMUNE)}


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        (date(2009, 11, 3), 63, 696, 10_035),
        (BEFORE, 63, 696, 10_035),
        (SINCE, 34, 0, 3_321),
        (LATER, 34, 0, 3_321),
    ],
)
def test_the_country_on_any_day(register, day, provinces, districts, communes):
    found = census(top_unit(on=day).id, on=day)
    assert (found.provinces, found.districts, found.communes) == (provinces, districts, communes)


def test_nghe_an_has_its_130_communes_and_kept_its_identity(register):
    province = by_code("40", on=LATER)
    assert by_code("40", on=date(2012, 1, 1)) == province
    assert len(children(province.pk, on=LATER)) == 130
    assert units_under([province.pk], on=LATER).count() == 131


def test_codes_keep_their_zeros_and_belong_to_one_unit_a_day(register):
    assert unit_on(by_code("01", on=LATER).pk, LATER).name == "Thành phố Hà Nội"
    assert by_code("1", on=LATER) is None
    on_the_day = UnitCode.objects.filter(in_force(SINCE))
    assert on_the_day.count() == on_the_day.values("code").distinct().count() == 34 + 3_321


@pytest.mark.parametrize(
    ("words", "name", "ended", "successor"),
    [
        ("con cuong", "Xã Con Cuông", False, None),
        ("xa chi khe", "Xã Chi Khê", True, "Xã Con Cuông"),
        ("ha giang", "Tỉnh Hà Giang", True, "Tỉnh Tuyên Quang"),
        ("thua thien hue", "Thành phố Huế", False, None),
        ("nghe an", "Tỉnh Nghệ An", False, None),
        ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh", False, None),
    ],
)
def test_people_find_units_without_tones_and_by_old_names(register, words, name, ended, successor):
    first = find_units(words, on=LATER)[0]
    assert (first.name, first.ended_on is not None) == (name, ended)
    assert (first.successors[0][1] if first.successors else None) == successor


def test_organisations_of_a_whole_province_keep_the_register_right(register):
    province = by_code("40", on=LATER).pk
    communes = [branch.unit.id for branch in children(province, on=SINCE)]
    made = found_organisations([province, *communes], list(STANDING), actor=None, on=SINCE)
    assert len(made) == 1_310
    assert check_register().faults == []
    fronts = population(Kind.FRONT_COMMITTEE, [Level.COMMUNE], province, on=LATER)
    assert fronts.count() == 130
    assert Unit.objects.filter(pk__in=made, ended_on=None).count() == 1_310


def test_the_command_loads_checks_and_rebuilds(register, capsys):
    call_command("register", "load")
    call_command("register", "check")
    call_command("register", "rebuild")
    said = capsys.readouterr().out
    assert "không thay đổi gì" in said
    assert "34 / 3.321 / 63 / 696 / 10.035" in said
    assert "Sổ đơn vị đúng." in said
    assert "thêm 0 dòng, bỏ 0 dòng" in said
