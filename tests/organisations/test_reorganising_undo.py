"""What undoing waits for: later reorganisations, rows that name what was founded; what changed hands goes back."""

from datetime import date

import pytest

from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.models import DirtyKey, Indicator
from danvan.organisations import holding
from danvan.organisations.enums import EventKind, HandOverState, Kind
from danvan.organisations.holders import Moved
from danvan.organisations.models import (
    Duty,
    DutyShare,
    HandOver,
    NewUnit,
    Post,
    Unit,
    UnitCode,
    UnitVersion,
)
from danvan.organisations.selectors import (
    canonical_register,
    check_plan,
    order_of_undoing,
    plan_of,
    what_builds_on,
)
from danvan.organisations.services import (
    accept_hand_overs,
    apply_reorganisation,
    drop_reorganisation,
    found_organisation,
    pass_on_hand_over,
    undo_reorganisation,
)
from danvan.organisations.services.reorganising.remaining import remaining_rows
from tests.factories.province import make_user
from tests.organisations.workbench import ON, Workbench


class ShareKeeper:
    """Keeps who is named in a duty: a small holder, so that the register's own side is tried."""

    key, label = "tests.shares", "vai trò được giao"
    forbids = ""

    def faults(self, passage):
        return [Fault(self.forbids)] if self.forbids else []

    def count_open(self, unit_ids, on):
        found = {}
        for unit in DutyShare.objects.filter(unit__in=unit_ids).values_list("unit_id", flat=True):
            found[unit] = found.get(unit, 0) + 1
        return found

    def hand_over(self, passage, *, actor):
        return [
            self._put(row, row.unit_id, passage.heirs[row.unit_id])
            for row in DutyShare.objects.filter(unit__in=passage.heirs).order_by("pk")
        ]

    def _put(self, row, giver, taker):
        row.unit_id = taker
        row.save()
        return Moved(
            row_id=row.pk, giver=giver, taker=taker, title=f"Vai trò {row.pk}",
            before={"unit": giver}, after={"unit": taker},
        )  # fmt: skip

    def take_back(self, moved, passage, *, actor):
        for one in moved:
            row = DutyShare.objects.get(pk=one.row_id)
            assert row.unit_id == one.after["unit"]
            row.unit_id = one.before["unit"]
            row.save()

    def pass_on(self, moved, to, *, actor):
        return self._put(DutyShare.objects.get(pk=moved.row_id), moved.giver, to)

    def count_rows(self, unit_ids):
        return self.count_open(unit_ids, None)

    def export(self):
        return list(DutyShare.objects.order_by("pk").values("pk", "unit_id"))


@pytest.fixture
def keeper(monkeypatch):
    one = ShareKeeper()
    monkeypatch.setitem(holding._holders, one.key, one)
    return one


@pytest.fixture
def at(db, settings):
    settings.DANVAN_TODAY = date(2026, 7, 1)
    return Workbench()


def shared(at, unit):
    duty = Duty.objects.create(
        scope_id=at.top,
        words="Nắm tình hình",
        source_symbol="23-QĐ/TW",
        valid_from=date(2025, 1, 1),
    )
    return DutyShare.objects.create(duty=duty, role="lead", unit=unit)


def rename(at, unit, name, on=ON):
    at.draft(EventKind.RENAME, on=on).change(unit, name=name)
    return apply_reorganisation(at.one, actor=None)


def merge(at, *, on=ON):
    new = at.draft(EventKind.MERGE, on=on).new(code="04099")
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    applied = apply_reorganisation(at.one, actor=None)
    return applied, NewUnit.objects.get(pk=new).unit_id


def every_unit():
    return Unit.objects.values("pk")


def refused(one):
    before = canonical_register()
    with pytest.raises(RuleError) as caught:
        undo_reorganisation(one, why="Thử", actor=None)
    assert canonical_register() == before
    return caught.value.message


def test_what_later_ones_build_on_is_undone_after_them_in_the_order_told(at):
    start = canonical_register()
    first, new = merge(at)
    second = rename(at, new, "Xã Mới Hơn", on=date(2026, 8, 1))
    elsewhere = rename(at, at.c, "Xã Xa", on=date(2026, 8, 1))
    third = rename(at, new, "Xã Mới Nhất", on=date(2026, 9, 1))
    assert what_builds_on(first) == [third, second]
    assert order_of_undoing(first) == [third, second, first]
    assert what_builds_on(elsewhere) == []
    assert refused(first) == (
        f"Chưa hoàn tác được {first.number} vì {third.number}, {second.number} dựa trên kết quả của bản"
        f" này. Đồng chí vui lòng hoàn tác theo thứ tự: {third.number}, {second.number}, {first.number}."
    )
    for one in [*order_of_undoing(first), elsewhere]:
        undo_reorganisation(one, why="Thử", actor=None)
    assert canonical_register() == start
    assert what_builds_on(first) == []


def test_a_code_given_on_and_a_place_above_that_ended_count_too(at):
    first, _ = merge(at)
    at.draft(EventKind.RENAME, on=date(2026, 8, 1)).change(at.c, code="04020")
    second = apply_reorganisation(at.one, actor=None)
    assert what_builds_on(first) == [second]
    board = found_organisation(
        at.top, Kind.ADVISORY_BOARD, actor=None, on=date(2025, 1, 1), name="Ban"
    )
    at.draft(EventKind.DISSOLVE, on=date(2026, 9, 1)).give(at.at.front.pk, at.at.committee.pk)
    third = apply_reorganisation(at.one, actor=None)
    assert what_builds_on(first) == [third, second]
    assert board not in {one.pk for one in what_builds_on(first)}


def test_a_level_that_others_rely_on_counts_too(at):
    at.draft(EventKind.RELEVEL).change(at.a, type_word="phường")
    first = apply_reorganisation(at.one, actor=None)
    at.draft(EventKind.FOUND, on=date(2026, 8, 1)).new("Thôn Một", level="village", parent_id=at.a)
    second = apply_reorganisation(at.one, actor=None)
    assert what_builds_on(first) == [second]


def test_rows_that_name_a_founded_unit_are_told_and_hold_the_undoing_up(at, keeper):
    first, new = merge(at)
    Post.objects.create(unit_id=new, title="Chủ tịch", rank="head", valid_from=ON)
    shared(at, Unit.objects.get(pk=new))
    team = found_organisation(new, Kind.WOMENS_UNION, actor=None, on=ON)
    told = refused(first)
    assert told.startswith(f"Chưa hoàn tác được {first.number}: ")
    for words in ("Còn 1 vai trò được giao", "Còn 1 chức danh", "Còn 1 đơn vị, tổ chức bên dưới"):
        assert f"{words} gắn với Xã Mới. Đồng chí vui lòng chuyển hoặc bỏ" in told
    Post.objects.all().delete()
    DutyShare.objects.all().delete()
    Unit.objects.filter(pk=team).delete()
    undo_reorganisation(first, why="Thử", actor=None)


def test_a_draft_that_names_a_founded_unit_holds_it_up_until_it_is_dropped(at):
    start = canonical_register()
    first, new = merge(at)
    at.draft(EventKind.INCORPORATE, on=date(2026, 8, 1), scope=new).give(new, at.c).change(
        at.c, parent_id=new
    )
    assert "Còn 2 dự thảo sắp xếp khác gắn với Xã Mới" in refused(first)
    drop_reorganisation(at.one, actor=None)
    undo_reorganisation(first, why="Thử", actor=None)
    assert canonical_register() == start
    at.one.refresh_from_db()
    assert at.one.scope_id == at.top
    assert not at.one.passings.exists()


def test_a_row_changed_since_in_the_same_column_is_not_overwritten(at):
    first = rename(at, at.c, "Xã Khác")
    UnitVersion.objects.filter(unit=at.c, valid_to=ON).update(valid_to=date(2026, 6, 30))
    assert "đã được sửa sau khi áp dụng" in refused(first)
    UnitVersion.objects.filter(unit=at.c, valid_from__lt=ON).delete()
    assert "Có 1 đơn vị, tổ chức bên dưới đã được sửa sau khi áp dụng" in refused(first)


def test_rows_of_other_modules_that_no_holder_counts_are_found_by_their_table(at):
    DirtyKey.objects.create(indicator=Indicator.objects.create(code="x"), unit_id=at.a, first=ON)
    told = [fault.message for fault in remaining_rows([at.a], {at.a: "Xã Môn Sơn"})]
    assert (
        "Còn 1 dòng ở bảng indicators_dirtykey gắn với Xã Môn Sơn. Đồng chí vui lòng chuyển hoặc bỏ trước"
        " khi hoàn tác."
    ) in told


def test_what_was_changed_since_in_other_columns_stays(at):
    first = rename(at, at.c, "Xã Khác")
    UnitVersion.objects.filter(unit=at.c, valid_to=ON).update(decision="NQ cũ")
    undo_reorganisation(first, why="Thử", actor=None)
    version = UnitVersion.objects.get(unit=at.c)
    assert (version.name, version.valid_to, version.decision) == ("Xã Châu Khê", None, "NQ cũ")


def test_a_code_or_a_seat_taken_meanwhile_outside_reorganisations_holds_it_up(at):
    first, _ = merge(at)
    UnitCode.objects.create(unit_id=at.c, system="gso", code="04020", valid_from=ON)
    assert "Mã 04020 nay thuộc đơn vị khác" in refused(first)
    UnitCode.objects.filter(unit_id=at.c, valid_from=ON).delete()
    at.draft(EventKind.DISSOLVE).give(at.at.fronts[2].pk, at.at.front.pk)
    second = apply_reorganisation(at.one, actor=None)
    found_organisation(
        at.c, Kind.FRONT_COMMITTEE, actor=None, on=date(2026, 7, 2), name="Mặt trận mới"
    )
    assert "Mặt trận mới đã được lập thay" in refused(second)


def test_open_matters_pass_to_the_heir_wait_there_and_come_back(at, keeper):
    front = at.at.fronts[0]
    share = shared(at, front)
    start = canonical_register()
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    waits = next(c for c in check_plan(plan_of(at.one)) if c.key == "holder:tests.shares")
    assert (waits.state, waits.words) == ("wait", "1 vai trò được giao")
    assert waits.details == (
        "Ủy ban MTTQ Việt Nam Xã Môn Sơn chuyển 1 vai trò được giao cho Ủy ban MTTQ Việt Nam Xã Con Cuông",
    )  # fmt: skip
    applied = apply_reorganisation(at.one, actor=None)
    row = HandOver.objects.get(holder=keeper.key)
    assert (row.giver_id, row.taker_id, row.state) == (front.pk, at.at.fronts[1].pk, "waiting")
    user = make_user()
    assert accept_hand_overs([row.pk], actor=user, within=every_unit()) == 1
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (HandOverState.ACCEPTED, user)
    share.refresh_from_db()
    assert share.unit_id == at.at.fronts[1].pk
    undo_reorganisation(applied, why="Thử", actor=None)
    row.refresh_from_db()
    assert row.state == HandOverState.TAKEN_BACK
    assert canonical_register() == start


def test_what_a_holder_forbids_is_a_fault(at, keeper):
    keeper.forbids = "Xã Môn Sơn có số liệu sau ngày ấy. Đồng chí vui lòng xem lại."
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    assert at.faults() == [keeper.forbids]
    [check] = [c for c in check_plan(plan_of(at.one)) if c.key == "holder:tests.shares"]
    assert (check.state, check.words) == ("fault", "Vai trò được giao")


def test_a_matter_goes_only_to_another_who_took_over(at, keeper):
    front = at.at.fronts[0]
    shared(at, front)
    start = canonical_register()
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one, weight=600_000).give(at.a, new_unit_id=two, weight=400_000)
    applied = apply_reorganisation(at.one, actor=None)
    other = UnitVersion.objects.get(name="Ủy ban MTTQ Việt Nam xã Hai").unit_id
    row = HandOver.objects.get(holder=keeper.key)
    with pytest.raises(RuleError, match="đơn vị khác cùng tiếp nhận: Ủy ban MTTQ Việt Nam xã Hai"):
        pass_on_hand_over(row.pk, at.at.fronts[2].pk, actor=None, within=every_unit())
    passed = pass_on_hand_over(row.pk, other, actor=None, within=every_unit())
    assert (passed.taker_id, passed.state) == (other, "waiting")
    assert DutyShare.objects.get().unit_id == other
    undo_reorganisation(applied, why="Thử", actor=None)
    assert canonical_register() == start
    row.refresh_from_db()
    assert (row.state, row.taker_id) == ("taken_back", None)


def test_hand_overs_out_of_reach_or_decided_are_refused(at, keeper):
    shared(at, at.at.fronts[0])
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    apply_reorganisation(at.one, actor=None)
    row = HandOver.objects.get(holder=keeper.key)
    nobody = Unit.objects.filter(pk=at.top).values("pk")
    for ids, within in (([row.pk], nobody), ([], every_unit()), ([row.pk, 10**6], every_unit())):
        with pytest.raises(RuleError, match="không còn chờ nhận"):
            accept_hand_overs(ids, actor=None, within=within)
    with pytest.raises(RuleError, match="Không có đơn vị nào khác"):
        pass_on_hand_over(row.pk, at.c, actor=None, within=every_unit())
    accept_hand_overs([row.pk], actor=None, within=every_unit())
    with pytest.raises(RuleError, match="không còn chờ nhận"):
        accept_hand_overs([row.pk], actor=None, within=every_unit())


def test_a_hand_over_of_a_unit_that_is_unfounded_goes_with_it(at, keeper):
    start = canonical_register()
    first, new = merge(at)
    front = UnitVersion.objects.get(place=new, kind=Kind.FRONT_COMMITTEE).unit
    share = shared(at, front)
    at.draft(EventKind.INCORPORATE, on=date(2026, 8, 1)).give(new, at.c)
    second = apply_reorganisation(at.one, actor=None)
    undo_reorganisation(second, why="Thử", actor=None)
    Duty.objects.all().delete()
    assert not DutyShare.objects.filter(pk=share.pk).exists()
    undo_reorganisation(first, why="Thử", actor=None)
    assert not HandOver.objects.filter(holder=keeper.key).exists()
    assert canonical_register() == start
