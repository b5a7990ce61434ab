"""When units are reorganised: targets close and come back, values stay, and the cube follows the register."""

from datetime import date, timedelta

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Quality
from danvan.indicators.models import CubeCell, DirtyKey, Target, Value
from danvan.indicators.selectors import check_cube, roll_up
from danvan.indicators.services import create_target, end_target, rebuild_cube, recompute_dirty
from danvan.organisations.enums import EventKind, Level
from danvan.organisations.holders import Moved, holder_named
from danvan.organisations.models import HandOver, UnitSize
from danvan.organisations.selectors import Reading
from danvan.organisations.services import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    set_change,
    set_passing,
    undo_reorganisation,
)
from danvan.organisations.services.reorganising import hand_over_due
from tests.factories.province import Province, make_place
from tests.indicators.figures import an_indicator, give

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
YEAR = Period.parse("2026")


@pytest.fixture
def province():
    made = Province()
    for place, people in zip([*made.communes, made.place], (3_000, 1_000, 500, 9_000), strict=True):
        UnitSize.objects.create(
            unit=place, counted_on=date(2026, 1, 1), population=people, source="Thống kê"
        )
    return made


def draft(province, kind, on=ON):
    return draft_reorganisation(
        kind, title="Sắp xếp", scope_id=province.country.pk, effective_on=on, decision="Nghị quyết 1",
        measure="population", actor=None,
    )  # fmt: skip


def merged(province, on=ON):
    """The first two communes become one."""
    row = draft(province, EventKind.MERGE, on)
    new = add_new_unit(
        row, actor=None, name="Xã Mới", type_word="xã", level="commune",
        parent_id=province.place.pk, code="04099",
    )  # fmt: skip
    for place in province.communes[:2]:
        set_passing(row, place.pk, actor=None, new_unit_id=new.pk)
    return row


def provinces_merged(province, other, on=ON):
    """Both provinces become one new one."""
    row = draft(province, EventKind.MERGE, on)
    new = add_new_unit(
        row, actor=None, name="Tỉnh Mới", type_word="tỉnh", level="province",
        parent_id=province.country.pk, code="90",
    )  # fmt: skip
    for place in (province.place, other):
        set_passing(row, place.pk, actor=None, new_unit_id=new.pk)
    return row


def moved_commune(province, to, on=ON):
    row = draft(province, EventKind.MOVE, on)
    set_change(row, province.communes[0].pk, actor=None, parent_id=to.pk)
    return row


def a_target(unit, *, valid_from=date(2026, 1, 1), valid_to=None, followed_by=None):
    return create_target(
        unit=unit, title="Mỗi xã một mô hình", quality=Quality.QUALITATIVE, every="year",
        valid_from=valid_from, valid_to=valid_to, followed_by=followed_by, actor=None,
    )  # fmt: skip


def swept():
    while recompute_dirty():
        pass


def cells():
    return sorted(
        CubeCell.objects.values_list("indicator", "unit", "first", "level", "whole", "units"),
        key=str,
    )


def all_values():
    return list(Value.objects.order_by("pk").values())


def test_targets_of_a_unit_that_ends_are_closed_and_come_back(province):
    first, second, third = province.communes
    open_one = a_target(first, followed_by=province.fronts[0])
    until = a_target(second, valid_to=date(2027, 1, 1))
    over = a_target(second, valid_to=date(2026, 10, 1))
    kept = a_target(third)
    holder = holder_named("indicators.targets")
    assert holder.count_open([first.pk, second.pk, third.pk], ON) == {
        first.pk: 1, second.pk: 1, third.pk: 1,
    }  # fmt: skip
    before = holder.export()
    applied = apply_reorganisation(merged(province), actor=None)
    new = applied.new_units.get().unit
    ends = dict(Target.objects.values_list("pk", "valid_to"))
    assert ends == {open_one.pk: ON, until.pk: ON, over.pk: date(2026, 10, 1), kept.pk: None}
    assert Target.objects.get(pk=open_one.pk).followed_by.versions.get().place == new
    told = HandOver.objects.filter(holder="indicators.targets").order_by("row_id")
    assert [(row.title, row.taker, row.state) for row in told] == [
        ("Chỉ tiêu “Mỗi xã một mô hình”, kết thúc từ ngày 01/11/2026", new, "accepted")
    ] * 2
    assert HandOver.objects.get(holder="indicators.followers").title == (
        "Theo dõi chỉ tiêu “Mỗi xã một mô hình”"
    )
    undo_reorganisation(applied, why="Nhầm", actor=None)
    assert holder.export() == before
    assert Target.objects.get(pk=open_one.pk).followed_by == province.fronts[0]


def test_a_target_that_would_begin_after_its_unit_ended_forbids_the_passage(province):
    a_target(province.communes[0], valid_from=date(2027, 1, 1))
    with pytest.raises(RuleError, match="chỉ có hiệu lực từ ngày 01/01/2027"):
        apply_reorganisation(merged(province), actor=None)
    assert HandOver.objects.count() == 0


def test_nobody_is_set_a_target_for_when_they_are_no_more(province):
    apply_reorganisation(merged(province), actor=None)
    ended = province.communes[0]
    ended.refresh_from_db()
    before = Target.objects.count()
    for start in (ON, ON + timedelta(days=30)):
        with pytest.raises(RuleError, match="kết thúc từ ngày 01/11/2026"):
            a_target(ended, valid_from=start)
    assert Target.objects.count() == before
    assert a_target(ended, valid_from=ON - timedelta(days=1)).unit == ended


def test_a_target_set_meanwhile_lets_the_day_wait_and_nothing_else(province, settings):
    settings.DANVAN_TODAY = ON - timedelta(days=20)
    row = apply_reorganisation(merged(province), actor=None)
    late = a_target(province.communes[0], valid_from=ON)
    settings.DANVAN_TODAY = ON
    assert hand_over_due() == 0
    row.refresh_from_db()
    assert row.handed_over_at is None
    late.delete()
    assert hand_over_due() == 1


def test_a_target_whose_end_was_mended_since_is_not_taken_back(province):
    target = a_target(province.communes[0])
    applied = apply_reorganisation(merged(province), actor=None)
    end_target(target, on=ON - timedelta(days=30), actor=None)
    with pytest.raises(RuleError, match="đưa về 01/11/2026 trước"):
        undo_reorganisation(applied, why="Nhầm", actor=None)
    Target.objects.all().delete()
    with pytest.raises(RuleError, match="không còn trong sổ"):
        undo_reorganisation(applied, why="Nhầm", actor=None)


def test_a_closed_target_passes_to_nobody(province):
    holder = holder_named("indicators.targets")
    a_target(province.communes[0])
    apply_reorganisation(merged(province), actor=None)
    row = HandOver.objects.get(holder="indicators.targets")
    moved = Moved(row.row_id, row.giver_id, row.taker_id, row.title)
    with pytest.raises(RuleError, match="không chuyển cho đơn vị khác"):
        holder.pass_on(moved, province.communes[2].pk, actor=None)


def test_a_unit_does_not_end_before_its_last_values(province):
    one = an_indicator()
    for when in ("2026-10", "2026-11", "2026-12"):
        give(province.communes[0], when, {one: 1})
    give(province.fronts[1], "2026-11", {one: 1})
    give(province.communes[2], "2026-11", {one: 1})
    with pytest.raises(RuleError) as refused:
        apply_reorganisation(merged(province), actor=None)
    first, second = (fault.message for fault in refused.value.faults)
    assert first == (
        "Xã Môn Sơn đã có số liệu tháng 11/2026, tháng 12/2026, là kỳ kết thúc từ ngày 01/11/2026 trở đi."
        " Đồng chí vui lòng chọn ngày có hiệu lực từ 01/01/2027, hoặc kiểm tra lại số liệu các kỳ ấy."
    )
    assert second.startswith("Ủy ban MTTQ Việt Nam Xã Con Cuông đã có số liệu tháng 11/2026, là")
    assert "từ 01/12/2026, hoặc" in second


def test_many_months_are_counted(province):
    one = an_indicator()
    for number in range(8, 13):
        give(province.communes[0], f"2026-{number:02}", {one: 1})
    with pytest.raises(
        RuleError, match=r"tháng 8/2026, tháng 9/2026, tháng 10/2026 và 2 tháng nữa"
    ):
        apply_reorganisation(merged(province, date(2026, 8, 15)), actor=None)


def test_values_count_as_rows_that_name_a_unit(province):
    give(province.communes[0], "2026-10", {an_indicator(): 1})
    holder = holder_named("indicators.values")
    assert holder.count_rows([one.pk for one in province.communes]) == {province.communes[0].pk: 1}
    assert holder.count_open([province.communes[0].pk], ON) == {}


@pytest.mark.parametrize("happens", ["merge", "provinces", "move"])
def test_the_cube_follows_a_change_for_days_gone_by_and_its_undoing(province, happens):
    """Applied in December for October: what the tops held of October, November and December is summed again."""
    one, two = an_indicator(), an_indicator("DV-02")
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country, code="42")
    UnitSize.objects.create(unit=other, counted_on=date(2026, 1, 1), population=1, source="x")
    far = make_place("Xã Kỳ Anh", under=other, code="04210")
    for when in ("2026-08", "2026-09", "2026-10", "2026-12"):
        for place in (*province.communes, far):
            if when == "2026-08" or happens != "merge" or place not in province.communes[:2]:
                give(place, when, {one: place.pk, two: None})
    swept()
    before, values = cells(), all_values()
    on = date(2026, 10, 2)
    row = {
        "merge": lambda: merged(province, on),
        "provinces": lambda: provinces_merged(province, other, on),
        "move": lambda: moved_commune(province, other, on),
    }[happens]()
    applied = apply_reorganisation(row, actor=None)
    swept()
    assert check_cube() == []
    after = cells()
    assert (after == before) == (happens == "merge")
    assert rebuild_cube() == 0
    assert all_values() == values
    if happens == "provinces":
        new = applied.new_units.get().unit
        held = dict(
            CubeCell.objects.filter(unit=new, level=1, indicator=one).values_list("first", "whole")
        )
        total = sum(place.pk for place in (*province.communes, far))
        assert held == {date(2026, 10, 1): total, date(2026, 12, 1): total}
        assert not CubeCell.objects.filter(unit=other, first__gte=date(2026, 10, 1)).exists()
        found = roll_up([one.pk], [new.pk], YEAR, reading=Reading.present())
        assert found[one.pk, new.pk].amount == 4 * total
    undo_reorganisation(applied, why="Nhầm", actor=None)
    swept()
    assert not DirtyKey.objects.exists()
    assert check_cube() == []
    assert (cells(), all_values()) == (before, values)


def test_undone_before_the_worker_came_by_nothing_is_left(province):
    one = an_indicator()
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country, code="42")
    UnitSize.objects.create(unit=other, counted_on=date(2026, 1, 1), population=1, source="x")
    give(province.communes[0], "2026-10", {one: 5})
    swept()
    before = cells()
    applied = apply_reorganisation(provinces_merged(province, other, date(2026, 10, 2)), actor=None)
    give(province.communes[1], "2026-10", {one: 7})
    undo_reorganisation(applied, why="Nhầm", actor=None)
    swept()
    assert check_cube() == []
    assert len(cells()) == len(before)


def test_the_cube_follows_one_applied_ahead_in_the_month_that_runs(province, settings):
    settings.DANVAN_TODAY = date(2026, 11, 3)
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country)
    indicator = an_indicator()
    give(province.communes[0], "2026-11", {indicator: 5})
    swept()
    before = cells()
    row = apply_reorganisation(moved_commune(province, other, date(2026, 11, 20)), actor=None)
    swept()
    assert check_cube() == []
    month = roll_up([indicator.pk], [province.place.pk, other.pk], Period.parse("2026-11"))
    assert [month[indicator.pk, top.pk].amount for top in (province.place, other)] == [None, 5]
    undo_reorganisation(row, why="Nhầm", actor=None)
    swept()
    assert (check_cube(), cells()) == ([], before)
