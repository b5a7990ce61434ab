"""The live cube: summed from the values, by level, as the tree was then; nothing lost, nothing drifts."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation import worker
from danvan.indicators.enums import Approval
from danvan.indicators.models import CubeCell, DirtyKey, Value
from danvan.indicators.selectors import check_cube, roll_up
from danvan.indicators.services import cube, raise_level, rebuild_cube, recompute_dirty
from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Reach
from tests.factories.province import Province, make_place
from tests.factories.rivals import meanwhile
from tests.indicators.figures import an_indicator, give, month

pytestmark = pytest.mark.django_db
NOVEMBER = month("2026-11")


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def indicator():
    return an_indicator()


def cells(unit, when="2026-11"):
    """(level, amount, units, asked) of a unit's cells."""
    found = CubeCell.objects.filter(unit=unit, first=month(when).first).order_by(
        "indicator", "level"
    )
    return [(cell.level, cell.amount, cell.units, cell.asked) for cell in found]


def test_what_is_given_reaches_the_province_and_the_country_when_the_worker_has_been(
    province, indicator
):
    for commune, amount in zip(province.communes, (4, 5, 6), strict=True):
        give(commune, "2026-11", {indicator: amount})
    assert cells(province.place) == []

    assert recompute_dirty() == 3

    assert cells(province.place) == cells(province.country) == [(Approval.SENT, 15, 3, 3)]
    assert not CubeCell.objects.exclude(unit__in=[province.place, province.country]).exists()
    assert not DirtyKey.objects.exists()
    assert recompute_dirty() == 0
    assert str(CubeCell.objects.first()).startswith(f"{indicator.pk}:")
    assert check_cube() == []


def test_a_level_counts_the_values_that_stand_at_it_or_above(province, indicator):
    for number, commune in enumerate(province.communes, 1):
        give(commune, "2026-11", {indicator: number}, source=("r", number))
    raise_level("r", [2], Approval.ACCEPTED, actor=None)
    raise_level("r", [3], Approval.LOCKED, actor=None)
    recompute_dirty()
    assert cells(province.place) == [
        (Approval.SENT, 6, 3, 3), (Approval.PASSED, 5, 2, 2), (Approval.ACCEPTED, 5, 2, 2), (Approval.LOCKED, 3, 1, 1)
    ]  # fmt: skip


def test_a_cell_that_no_value_counts_in_disappears(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 1}, source=("r", 1), level=Approval.ACCEPTED)
    recompute_dirty()
    assert len(cells(province.place)) == 3
    give(province.communes[0], "2026-11", {indicator: 2}, source=("r", 2))  # reopened, sent again
    recompute_dirty()
    assert cells(province.place) == cells(province.country) == [(Approval.SENT, 2, 1, 1)]


def test_not_known_is_not_nothing(province, indicator):
    give(province.communes[0], "2026-11", {indicator: None})
    recompute_dirty()
    assert cells(province.place) == [(Approval.SENT, None, 0, 1)]
    give(province.communes[1], "2026-11", {indicator: 0})
    recompute_dirty()
    assert cells(province.place) == [(Approval.SENT, Decimal(0), 1, 2)]


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (["0.1", "0.2", None], "0.3"),
        (["999999999999999"] * 3, "2999999999999997"),
        (["999999999999999", "0.1", "0.2"], "999999999999999.3"),
        (["999999999.999999", "0.000001", "-0.000002"], "999999999.999998"),
        (["999999999999999", "999999999999999", "999999999.999999"], "2000000999999997.999999"),
        (["-0.5", "-0.6", "0.1"], "-1"),
        (["1.5", "-1.5", "0"], "0"),
        (["-0.000001", None, None], "-0.000001"),
    ],
)
def test_sums_are_exact_on_either_database(province, indicator, amounts, total):
    for commune, amount in zip(province.communes, amounts, strict=True):
        give(commune, "2026-11", {indicator: amount})
    recompute_dirty()
    [(_, amount, units, asked)] = cells(province.place)
    assert amount == Decimal(total)
    assert (units, asked) == (len([one for one in amounts if one is not None]), 3)
    units = [province.place.pk, *[one.pk for one in province.communes]]
    rolled = roll_up([indicator.pk], units, NOVEMBER)
    parts = [rolled[indicator.pk, one].amount for one in units[1:]]
    assert sum((part for part in parts if part is not None), Decimal(0)) == Decimal(total)
    assert check_cube() == []


def move(commune, day, to):
    """A commune stands under another province from a day on, as the closure tells it."""
    Reach.objects.filter(unit=commune, follows=Follows.PLACE).exclude(
        top__in=[commune.pk, to["country"].pk]
    ).update(valid_to=day)
    Reach.objects.create(top=to["place"], unit=commune, follows=Follows.PLACE, valid_from=day)


def test_a_unit_counts_where_it_stood_on_the_last_day_of_the_month(province, indicator):
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country)
    move(province.communes[0], date(2026, 11, 30), {"place": other, "country": province.country})
    for when in ("2026-10", "2026-11"):
        give(province.communes[0], when, {indicator: 1})
        give(province.communes[1], when, {indicator: 10})
    recompute_dirty()
    assert [cells(province.place, when)[0][1] for when in ("2026-10", "2026-11")] == [11, 10]
    assert (cells(other, "2026-10"), cells(other)) == ([], [(Approval.SENT, 1, 1, 1)])
    assert [cells(province.country, when)[0][1] for when in ("2026-10", "2026-11")] == [11, 11]
    assert check_cube() == []


def test_what_a_province_or_an_organisation_gives_itself_counts_too(province, indicator):
    give(province.place, "2026-11", {indicator: 1})
    give(province.front, "2026-11", {indicator: 2})
    give(province.fronts[0], "2026-11", {indicator: 3})
    recompute_dirty()
    assert cells(province.place) == cells(province.country) == [(Approval.SENT, 6, 3, 3)]


def test_a_value_that_arrives_while_its_key_is_summed_is_not_lost(province, indicator):
    """After the rows were read, and after the sum was: either way its own row stays for the next turn."""
    first, second, third = province.communes
    give(first, "2026-11", {indicator: 1})
    with meanwhile("indicators_cubecell", lambda: give(second, "2026-11", {indicator: 10})):
        assert recompute_dirty() == 1
    assert cells(province.place)[0][1] == 11  # seen already, and summed once more for its row
    assert DirtyKey.objects.count() == 1
    with meanwhile("indicators_value", lambda: give(third, "2026-11", {indicator: 100})):
        assert recompute_dirty() == 1
    assert DirtyKey.objects.count() == 1
    assert recompute_dirty() == 1
    assert cells(province.place) == cells(province.country) == [(Approval.SENT, 111, 3, 3)]
    assert check_cube() == []


def test_a_turn_is_bounded_and_goes_in_key_order(province, indicator):
    later = an_indicator("DV-02")
    for when in ("2026-11", "2026-10"):
        for commune in province.communes:
            give(commune, when, {later: 1, indicator: 1})
    assert recompute_dirty(limit=3) == 3
    done = set(CubeCell.objects.values_list("indicator_id", "first"))
    assert done == {(indicator.pk, month("2026-10").first)}
    assert [recompute_dirty(limit=5) for _ in range(3)] == [5, 4, 0]
    assert len(set(CubeCell.objects.values_list("indicator_id", "first"))) == 4
    assert check_cube() == []


def test_a_second_worker_that_finds_the_lock_taken_goes_on(province, indicator, monkeypatch):
    give(province.communes[0], "2026-11", {indicator: 1})
    monkeypatch.setattr(cube, "alone", lambda key: False)
    assert recompute_dirty() == 0
    assert (DirtyKey.objects.count(), CubeCell.objects.count()) == (1, 0)


def test_more_rows_than_a_statement_holds_are_forgotten_too(province, indicator, monkeypatch):
    monkeypatch.setattr(cube, "CHUNK", 2)
    for commune in province.communes:
        give(commune, "2026-11", {indicator: 1})
    assert recompute_dirty() == 3
    assert not DirtyKey.objects.exists()


def test_a_report_costs_the_same_at_one_commune_and_at_three(province, indicator):
    counts = []
    for commune in province.communes:
        give(commune, "2026-11", {indicator: 1})
        with CaptureQueriesContext(connection) as queries:
            recompute_dirty()
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_an_unchanged_cell_is_not_written(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 1})
    recompute_dirty()
    give(province.communes[0], "2026-11", {indicator: 1})
    with CaptureQueriesContext(connection) as queries:
        recompute_dirty()
    assert [q for q in queries if "INSERT" in q["sql"]] == []


def test_the_worker_has_it_among_its_duties(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 7})
    worker.drain()
    assert cells(province.place) == [(Approval.SENT, 7, 1, 1)]


def damage(province, indicator):
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country)
    key = {"indicator": indicator, "first": NOVEMBER.first, "level": Approval.SENT}
    CubeCell.objects.filter(unit=province.place).update(whole=99)
    CubeCell.objects.filter(unit=province.country).delete()
    CubeCell.objects.create(**key, unit=other, whole=None, units=0, asked=4)


def test_a_cell_that_drifted_is_named_and_mended(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 7})
    recompute_dirty()
    damage(province, indicator)

    told = check_cube()

    said = [
        ("Việt Nam", "không có số", "7 (1/1 đơn vị)"),
        ("Tỉnh Nghệ An", "99 (1/1 đơn vị)", "7 (1/1 đơn vị)"),
        ("Tỉnh Hà Tĩnh", "chưa biết (0/4 đơn vị)", "không có số"),
    ]
    assert told == [
        f"DV-01, {unit}, tháng 11/2026, đơn vị đã gửi: "
        f"ô tổng hợp ghi {held}, cộng từ các đơn vị là {wanted}."
        for unit, held, wanted in said
    ]
    assert rebuild_cube() == 3
    assert check_cube() == []
    assert cells(province.place) == [(Approval.SENT, 7, 1, 1)]
    assert rebuild_cube() == 0


def test_figures_that_wait_for_the_worker_are_no_drift(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 7})
    assert check_cube() == []


def test_a_cell_that_comes_right_while_it_is_checked_is_not_named(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 7})
    with meanwhile("indicators_cubecell", recompute_dirty):
        assert check_cube() == []


def test_rebuilding_does_what_waits_and_only_the_months_asked_for(province, indicator):
    for when in ("2026-10", "2026-11"):
        give(province.communes[0], when, {indicator: 7})
    assert rebuild_cube([NOVEMBER.first]) == 2
    assert [key.first for key in DirtyKey.objects.all()] == [month("2026-10").first]
    assert (cells(province.place, "2026-10"), len(cells(province.place))) == ([], 1)


def test_the_closure_was_corrected_for_days_gone_by(province, indicator):
    """The register does not know of figures: a rebuild follows it, a check says where."""
    give(province.communes[0], "2026-11", {indicator: 7})
    recompute_dirty()
    Reach.objects.filter(top=province.place, unit=province.communes[0]).delete()
    assert len(check_cube()) == 1
    assert rebuild_cube() == 1
    assert (cells(province.place), check_cube()) == ([], [])


def test_the_command_checks_and_mends(province, indicator):
    give(province.communes[0], "2026-11", {indicator: 7})
    recompute_dirty()
    out, err = StringIO(), StringIO()
    call_command("cube", "check", stdout=out)
    assert "đều khớp" in out.getvalue()
    damage(province, indicator)
    with pytest.raises(CommandError, match="Có 3 ô tổng hợp không khớp"):
        call_command("cube", "check", stdout=out, stderr=err)
    assert "Tỉnh Nghệ An" in err.getvalue()
    call_command("cube", "rebuild", stdout=out)
    assert "3 ô thay đổi" in out.getvalue()
    call_command("cube", "check", stdout=out)
    assert Value.objects.count() == 1
