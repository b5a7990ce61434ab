"""Preparing a reorganisation: its rows, who may still change it, what becomes of a dropped or undone one."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import EventKind, EventState
from danvan.organisations.models import Reorganisation
from danvan.organisations.selectors import canonical_register
from danvan.organisations.services import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    drop_reorganisation,
    edit_new_unit,
    edit_reorganisation,
    preview,
    redraft,
    remove_change,
    remove_new_unit,
    remove_passing,
    set_change,
    set_passing,
    undo_reorganisation,
)
from tests.factories.province import make_user
from tests.organisations.workbench import ON, Workbench


@pytest.fixture
def at(db, settings):
    settings.DANVAN_TODAY = date(2026, 11, 20)
    return Workbench()


def rows_of(draft):
    """The rows of a draft without their ids."""
    units = {one.pk: one.name for one in draft.new_units.all()}
    return (
        [(one.name, one.code, one.parent_id, units.get(one.parent_new_id), units.get(one.place_new_id))
         for one in draft.new_units.all()],
        [(one.predecessor_id, one.successor_id, units.get(one.successor_new_id), one.weight, one.heir)
         for one in draft.passings.all()],
        [(one.unit_id, one.name, one.parent_id, units.get(one.parent_new_id)) for one in draft.unit_changes.all()],
    )  # fmt: skip


def test_a_draft_has_a_number_of_its_year_and_its_rows(at):
    user = make_user()
    draft = draft_reorganisation(
        EventKind.MERGE, title="  Nhập hai xã ", scope_id=at.top, effective_on=ON, decision="NQ 1",
        actor=user, source=("documents.document", 7),
    )  # fmt: skip
    assert (draft.number, draft.title, draft.measure) == (
        "SX-2026-001",
        "Nhập hai xã",
        "population",
    )
    assert (draft.made_by, draft.source_kind, draft.source_id) == (user, "documents.document", 7)
    new = add_new_unit(
        draft,
        actor=user,
        name="Xã Mới",
        type_word="Xã",
        level="commune",
        parent_id=at.top,
        code="04099",
    )
    edit_new_unit(draft, new.pk, actor=user, name="Xã Mới Nữa")
    passing = set_passing(draft, at.a, actor=user, new_unit_id=new.pk, weight=400_000, heir=True)
    again = set_passing(draft, at.a, actor=user, new_unit_id=new.pk, heir=True)
    assert again.pk == passing.pk
    change = set_change(draft, at.c, actor=user, name="Xã Khác")
    assert rows_of(draft) == (
        [("Xã Mới Nữa", "04099", at.top, None, None)],
        [(at.a, None, "Xã Mới Nữa", None, True)],
        [(at.c, "Xã Khác", None, None)],
    )
    assert draft.new_units.get().type_word == "xã"
    remove_change(draft, change.pk, actor=user)
    remove_passing(draft, passing.pk, actor=user)
    remove_new_unit(draft, new.pk, actor=user)
    assert rows_of(draft) == ([], [], [])
    assert draft.changes == Reorganisation.objects.get(pk=draft.pk).changes == 8


def test_one_heir_at_a_time(at):
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one, heir=True).give(at.a, new_unit_id=two, heir=True)
    assert [row.heir for row in at.one.passings.all()] == [False, True]


def test_the_heading_may_be_changed_while_it_is_a_draft(at):
    at.draft(EventKind.RENAME)
    edited = edit_reorganisation(
        at.one, actor=None, title="Đổi tên xã", effective_on=date(2026, 8, 1), decision="NQ 2",
        measure="area",
    )  # fmt: skip
    edited.refresh_from_db()
    assert (edited.title, edited.decision, edited.measure) == ("Đổi tên xã", "NQ 2", "area")
    assert (edited.effective_on, edited.scope_id) == (date(2026, 8, 1), at.top)


GOOD = {
    "kind": "merge", "title": "Nhập", "effective_on": ON, "decision": "NQ 1", "measure": "equal",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"kind": "burn"}, "kind"),
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"decision": ""}, "decision"),
        ({"decision": "x" * 201}, "decision"),
        ({"measure": "whole"}, "measure"),
        ({"effective_on": date(1999, 1, 1)}, "effective_on"),
        ({"effective_on": date(2099, 1, 1)}, "effective_on"),
        ({"scope_id": 10**9}, "scope"),
    ],
)
def test_a_heading_that_is_wrong_is_refused(at, wrong, column):
    values = {"scope_id": at.top} | GOOD | wrong
    with pytest.raises(RuleError) as refused:
        draft_reorganisation(values.pop("kind"), actor=None, **values)
    assert [fault.column for fault in refused.value.faults] == [column]
    assert not Reorganisation.objects.exists()


def _both_parents(at, draft):
    other = add_new_unit(draft, actor=None, name="Tỉnh", level="province", parent_id=at.top)
    add_new_unit(
        draft, actor=None, name="Xã", level="commune", parent_id=at.top, parent_new_id=other.pk
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda at, draft: add_new_unit(draft, actor=None, name="", level="commune", parent_id=at.top),
        lambda at, draft: add_new_unit(draft, actor=None, name="Xã", level="commune"),
        lambda at, draft: add_new_unit(draft, actor=None, name="", level="commune", kind="team"),
        lambda at, draft: add_new_unit(draft, actor=None, name="Xã", level="commune", parent_new_id=99),
        lambda at, draft: add_new_unit(draft, actor=None, name="x" * 201, level="commune", parent_id=at.top),
        _both_parents,
        lambda at, draft: set_passing(draft, at.a, actor=None),
        lambda at, draft: set_passing(draft, at.a, at.b, actor=None, weight=1_000_001),
        lambda at, draft: set_passing(draft, at.a, actor=None, new_unit_id=99),
        lambda at, draft: set_change(draft, at.a, actor=None, parent_id=at.b, parent_new_id=99),
        lambda at, draft: set_change(draft, at.a, actor=None, code="x" * 21),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused(at, act):
    at.draft(EventKind.MERGE)
    with pytest.raises(RuleError, match="Đồng chí vui lòng"):
        act(at, at.one)


def test_two_at_once_cannot_both_change_a_draft(at):
    at.draft(EventKind.RENAME)
    other = Reorganisation.objects.get(pk=at.one.pk)
    at.change(at.a, name="Xã Khác")
    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        set_change(other, at.a, actor=None, name="Xã Nữa")
    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        apply_reorganisation(other, actor=None)
    applied = apply_reorganisation(at.one, actor=None)
    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        undo_reorganisation(other, why="Nhầm", actor=None)
    with pytest.raises(RuleError, match="không còn là dự thảo"):
        set_change(applied, at.a, actor=None, name="Xã Nữa")


def test_a_dropped_or_undone_one_may_be_drafted_again_and_does_the_same(at):
    at.draft(EventKind.MERGE)
    new = at.new(code="04099")
    at.new("", kind="front_committee", place_new_id=new)
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new).change(at.c, name="Xã Khác")
    with pytest.raises(RuleError, match="đang ở tình trạng “Dự thảo”"):
        redraft(at.one, actor=None)
    rows = rows_of(at.one)
    drop_reorganisation(at.one, actor=None)
    again = redraft(at.one, actor=None)
    assert (again.number, again.state, rows_of(again)) == ("SX-2026-002", EventState.DRAFT, rows)
    before = canonical_register()
    applied = apply_reorganisation(again, actor=None)
    undo_reorganisation(applied, why="Nhầm", actor=None)
    third = redraft(again, actor=None)
    assert (third.number, rows_of(third)) == ("SX-2026-003", rows)
    with preview(third) as shown:
        assert shown.state == EventState.APPLIED
    assert third.changes == Reorganisation.objects.get(pk=third.pk).changes
    assert canonical_register() == before


def test_an_undone_one_is_not_undone_again_nor_without_a_reason(at):
    at.draft(EventKind.RENAME).change(at.a, name="Xã Khác")
    applied = apply_reorganisation(at.one, actor=None)
    for why in (" ", "x" * 601):
        with pytest.raises(RuleError, match="lý do hoàn tác"):
            undo_reorganisation(applied, why=why, actor=None)
    undone = undo_reorganisation(applied, why="Nhầm", actor=None)
    assert (undone.state, undone.applied_order, undone.undone_why) == ("undone", None, "Nhầm")
    with pytest.raises(RuleError, match="không có gì để hoàn"):
        undo_reorganisation(applied, why="Nhầm", actor=None)
