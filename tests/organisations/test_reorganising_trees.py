"""A draft that would bend a tree is refused: two superiors, none, a circle, a lower one above, an heir that ends."""

from datetime import date

import pytest

from danvan.organisations.enums import EventKind, Kind
from danvan.organisations.models import Change, NewUnit, UnitVersion
from tests.factories.province import make_organisation, make_place
from tests.organisations.workbench import Workbench


@pytest.fixture
def at(db, settings):
    settings.DANVAN_TODAY = date(2026, 6, 1)
    return Workbench()


def _two_versions(at):
    UnitVersion.objects.create(
        unit_id=at.a, name="Xã Môn Sơn", level="commune", parent_id=at.at.country.pk,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    at.draft(EventKind.RENAME).change(at.a, name="Xã Khác", parent_id=at.top)
    return ["Xã Môn Sơn có hai bản ghi vào ngày 01/07/2026 nên có hai cấp trên cùng lúc. Đồng chí vui lòng sửa sổ đơn vị trước."]  # fmt: skip


def _two_parents(at):
    new = at.draft(EventKind.FOUND).new("Tỉnh Mới", level="province", parent_id=at.at.country.pk)
    at.change(at.a, parent_id=at.at.country.pk)
    Change.objects.update(parent_new_id=new)
    at.one.scope = at.at.country
    at.one.save()
    return ["Xã Môn Sơn có hai cấp trên cùng lúc. Một đơn vị chỉ có một cấp trên trong một cây. Đồng chí vui lòng chọn một."]  # fmt: skip


def _no_parent(at):
    at.draft(EventKind.FOUND).new()
    NewUnit.objects.update(parent=None)
    return ["Xã Mới chưa có cấp trên. Đồng chí vui lòng chọn một địa bàn cấp trên."]


def _cycle(at):
    village = make_place("Thôn Một", level="village", under=at.at.communes[0])
    at.draft(EventKind.MOVE).change(at.a, parent_id=village.pk)
    return [
        "Xã Môn Sơn đứng dưới chính mình: Xã Môn Sơn dưới Thôn Một dưới Xã Môn Sơn. Đồng chí vui lòng chọn lại cấp trên.",
        "Thôn Một không ở cấp trên của Xã Môn Sơn. Đồng chí vui lòng chọn đơn vị cấp trên.",
    ]


def _handed_round(at):
    at.draft(EventKind.INCORPORATE).give(at.a, at.b).give(at.b, at.a)
    sentence = "{} chuyển vòng lại chính mình ({} rồi {}). Đồng chí vui lòng bỏ một phần chuyển."
    return [
        sentence.format("Xã Môn Sơn", "Xã Con Cuông", "Xã Môn Sơn"),
        sentence.format("Xã Con Cuông", "Xã Môn Sơn", "Xã Con Cuông"),
    ]


def _dead_heir(at):
    at.draft(EventKind.INCORPORATE).give(at.a, at.b).give(at.b, at.c)
    return ["Xã Con Cuông kết thúc trong cùng ngày nên không nhận việc của Xã Môn Sơn được. Đồng chí vui lòng chọn đơn vị nhận khác."]  # fmt: skip


def _under_an_organisation(at):
    at.draft(EventKind.MOVE).change(at.a, parent_id=at.at.front.pk)
    return ["Ủy ban MTTQ Việt Nam Tỉnh Nghệ An là tổ chức, không thể là cấp trên của địa bàn Xã Môn Sơn. Đồng chí vui lòng chọn lại."]  # fmt: skip


def _under_an_ending_one(at):
    village = make_place("Thôn Một", level="village", under=at.at.communes[2])
    at.draft(EventKind.INCORPORATE).give(at.a, at.b).change(village.pk, parent_id=at.a)
    return ["Xã Môn Sơn kết thúc từ ngày 01/07/2026 nên không thể là cấp trên của Thôn Một. Đồng chí vui lòng chọn lại."]  # fmt: skip


def _wrong_line(at):
    at.draft(EventKind.MOVE).change(at.at.fronts[0].pk, parent_id=at.at.committee.pk)
    return ["Tỉnh ủy Nghệ An không cùng ngành dọc với Ủy ban MTTQ Việt Nam Xã Môn Sơn. Đồng chí vui lòng chọn cấp trên trong ngành."]  # fmt: skip


def _below_itself(at):
    at.draft(EventKind.MOVE).change(at.at.front.pk, parent_id=at.at.fronts[0].pk)
    top, low = "Ủy ban MTTQ Việt Nam Tỉnh Nghệ An", "Ủy ban MTTQ Việt Nam Xã Môn Sơn"
    return [
        f"{top} đứng dưới chính mình: {top} dưới {low} dưới {top}. Đồng chí vui lòng chọn lại cấp trên.",
        f"{low} ở cấp dưới của {top}. Đồng chí vui lòng chọn đơn vị cấp trên.",
    ]


def _line_that_ends(at):
    at.draft(EventKind.DISSOLVE).give(at.at.front.pk, at.at.committee.pk)
    at.change(at.at.fronts[0].pk, parent_id=at.at.front.pk)
    return ["Ủy ban MTTQ Việt Nam Tỉnh Nghệ An kết thúc từ ngày 01/07/2026 nên không thể là cấp trên của Ủy ban MTTQ Việt Nam Xã Môn Sơn. Đồng chí vui lòng chọn lại."]  # fmt: skip


def _organisation_nowhere(at):
    at.draft(EventKind.FOUND).new("Tổ công tác", kind=Kind.TEAM, place_id=at.at.front.pk)
    return ["Ủy ban MTTQ Việt Nam Tỉnh Nghệ An không phải địa bàn để đặt Tổ công tác. Đồng chí vui lòng chọn lại."]  # fmt: skip


def _organisation_of_an_ended_place(at):
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    at.new("Tổ công tác", kind=Kind.TEAM, place_id=at.a)
    return ["Tổ công tác không còn nơi đặt từ ngày 01/07/2026. Đồng chí vui lòng chọn địa bàn đặt tổ chức."]  # fmt: skip


def _levels_below(at):
    make_place("Thôn Một", level="village", under=at.at.communes[0])
    at.draft(EventKind.RELEVEL).change(at.a, level="village")
    return ["Xã Môn Sơn không ở cấp trên của Thôn Một. Đồng chí vui lòng chọn đơn vị cấp trên."]


def _lost_child(at):
    make_place("Thôn Một", level="village", under=at.at.communes[0])
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one).give(at.a, new_unit_id=two)
    return ["Thôn Một thuộc Xã Môn Sơn mà chưa biết về đâu. Đồng chí vui lòng chọn cấp trên mới."]


def _nobody_takes_over(at):
    country = at.at.country
    below = make_place("Đặc khu", level="province", under=country)
    make_organisation(below, Kind.PEOPLES_COMMITTEE, name="UBND đặc khu")
    at.draft(EventKind.DISSOLVE, scope=country.pk).give(below.pk, country.pk)
    return ["UBND đặc khu kết thúc mà chưa có tổ chức tiếp nhận. Đồng chí vui lòng chọn tổ chức nhận việc."]  # fmt: skip


BAD = [
    _two_versions, _two_parents, _no_parent, _cycle, _handed_round, _dead_heir, _under_an_organisation, _under_an_ending_one, _wrong_line, _below_itself, _line_that_ends, _organisation_nowhere, _organisation_of_an_ended_place, _levels_below, _lost_child, _nobody_takes_over,
]  # fmt: skip


@pytest.mark.parametrize("build", BAD)
def test_a_bad_draft_is_refused_with_its_sentence(at, build):
    told = build(at)
    assert at.faults() == told
