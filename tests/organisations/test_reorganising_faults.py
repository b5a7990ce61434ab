"""Every bad draft has its sentence; all faults come at once, and nothing changes."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import EventKind, Kind, Level, Rank
from danvan.organisations.models import (
    Appointment,
    Assignment,
    Change,
    NewUnit,
    Officer,
    Post,
    UnitVersion,
)
from danvan.organisations.selectors import canonical_register, check_plan, plan_of
from danvan.organisations.services import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    set_change,
    set_passing,
)
from tests.factories.province import Province, make_organisation, make_place

ON = date(2026, 7, 1)


class Workbench:
    """A small province and short words for the rows of a draft."""

    def __init__(self):
        self.at = Province()
        self.a, self.b, self.c = (place.pk for place in self.at.communes)
        self.top = self.at.place.pk

    def draft(self, kind, *, on=ON, measure="equal", scope=None):
        self.one = draft_reorganisation(
            kind, title="Sắp xếp", scope_id=scope or self.top, effective_on=on, decision="NQ 1",
            measure=measure, actor=None,
        )  # fmt: skip
        return self

    def new(self, name="Xã Mới", *, level=Level.COMMUNE, **more):
        if not more.keys() & {"parent_id", "parent_new_id", "place_id", "place_new_id"}:
            more["parent_id"] = self.top
        return add_new_unit(self.one, actor=None, name=name, level=level, type_word="xã", **more).pk

    def give(self, giver, taker=None, **more):
        set_passing(self.one, giver, taker, actor=None, **more)
        return self

    def change(self, unit, **more):
        set_change(self.one, unit, actor=None, **more)
        return self

    def faults(self):
        """What applying refuses with; and that then nothing has changed."""
        before = canonical_register()
        with pytest.raises(RuleError) as refused:
            apply_reorganisation(self.one, actor=None)
        assert canonical_register() == before
        told = [fault.message for check in check_plan(plan_of(self.one)) for fault in check.faults]
        assert told == [fault.message for fault in refused.value.faults]
        return told


@pytest.fixture
def at(db):
    return Workbench()


def merged(at, on=date(2026, 3, 1)):
    """The first two communes merged before; gives the id of the new one."""
    at.draft(EventKind.MERGE, on=on)
    new = at.new(name="Xã Trước", code="04088")
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    apply_reorganisation(at.one, actor=None)
    return NewUnit.objects.get(pk=new).unit_id


def _empty(kind, sentence):
    def build(at):
        at.draft(kind)
        return [sentence]

    return build


def _alone(at):
    new = at.draft(EventKind.MERGE).new()
    at.give(at.a, new_unit_id=new)
    return ["Hợp nhất cần từ hai đơn vị trở lên. Đồng chí vui lòng thêm đơn vị, hoặc chọn loại sắp xếp khác."]  # fmt: skip


def _short_weights(at):
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one, weight=500_000).give(at.a, new_unit_id=two, weight=450_000)
    return ["Tỷ trọng của Xã Môn Sơn cộng lại là 0,950, đáng lẽ 1,000. Đồng chí vui lòng sửa cho đủ."]  # fmt: skip


def _too_much(at):
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one, weight=1_000_000).give(at.a, new_unit_id=two)
    return ["Tỷ trọng của Xã Môn Sơn cộng lại là 1,000, đáng lẽ 1,000. Đồng chí vui lòng sửa cho đủ."]  # fmt: skip


def _nought(at):
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one, weight=0).give(at.a, new_unit_id=two)
    return ["Tỷ trọng của Xã Môn Sơn có phần bằng 0. Đồng chí vui lòng nhập số lớn hơn 0, hoặc bỏ dòng ấy."]  # fmt: skip


def _unknown_people(at):
    new = at.draft(EventKind.MERGE, measure="population").new()
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    return ["Chưa biết dân số của Xã Môn Sơn, Xã Con Cuông. Đồng chí vui lòng nhập dân số, hoặc chọn cách quy đổi khác."]  # fmt: skip


def _no_measure(at):
    new = at.draft(EventKind.MERGE, measure="given").new()
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    return ["Chưa chọn cách quy đổi giữa Xã Môn Sơn, Xã Con Cuông và các đơn vị cùng nhập. Đồng chí vui lòng chọn quy đổi theo dân số, số hộ, diện tích hoặc chia đều."]  # fmt: skip


def _part_by_area(at):
    at.draft(EventKind.DIVIDE, measure="area")
    one, two = at.new("Xã Một", area_km2=12), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one).give(at.a, new_unit_id=two)
    return ["Chưa biết diện tích của Xã Hai để chia Xã Môn Sơn. Đồng chí vui lòng nhập diện tích, hoặc nhập tỷ trọng."]  # fmt: skip


def _part_by_people(at):
    at.draft(EventKind.DIVIDE, measure="population")
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one).give(at.a, new_unit_id=two)
    return ["Chưa biết phần của Xã Môn Sơn chuyển sang Xã Một, Xã Hai. Đồng chí vui lòng nhập tỷ trọng (theo dân số)."]  # fmt: skip


def _too_small(at):
    at.draft(EventKind.DIVIDE, measure="area")
    one, two = at.new("Xã Một", area_km2="0.001"), at.new("Xã Hai", area_km2="99999")
    at.give(at.a, new_unit_id=one).give(at.a, new_unit_id=two)
    return ["Có phần của Xã Môn Sơn nhỏ hơn một phần triệu. Đồng chí vui lòng bỏ dòng ấy hoặc nhập tỷ trọng."]  # fmt: skip


def _overlap(at):
    new = at.draft(EventKind.MERGE).new()
    at.give(at.a, new_unit_id=new, weight=500_000).give(at.a, at.a, weight=500_000)
    at.give(at.b, new_unit_id=new)
    return ["Xã Môn Sơn vừa chuyển hết sang đơn vị khác vừa tiếp tục tồn tại nên chồng ngày. Đồng chí vui lòng bỏ phần giữ lại, hoặc chọn loại Tách."]  # fmt: skip


def _ends_and_changes(at):
    at.draft(EventKind.INCORPORATE).give(at.a, at.b).change(at.a, name="Xã Khác")
    return ["Xã Môn Sơn vừa kết thúc vừa có thay đổi từ cùng một ngày. Đồng chí vui lòng bỏ một trong hai."]  # fmt: skip


def _gap(at):
    merged(at)
    at.draft(EventKind.INCORPORATE).give(at.a, at.c)
    return ["Xã Môn Sơn đã kết thúc từ ngày 01/03/2026, nếu sắp xếp từ ngày 01/07/2026 thì để hở 122 ngày. Đồng chí vui lòng chọn đơn vị kế tiếp, hoặc sửa ngày."]  # fmt: skip


def _gap_in_a_merger(at):
    merged(at)
    new = at.draft(EventKind.MERGE).new()
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    gone = "{} đã kết thúc từ ngày 01/03/2026, nếu sắp xếp từ ngày 01/07/2026 thì để hở 122 ngày. Đồng chí vui lòng chọn đơn vị kế tiếp, hoặc sửa ngày."
    return [gone.format(name) for name in ("Xã Môn Sơn", "Xã Con Cuông")]


def _gone_that_day(at):
    merged(at, on=ON)
    at.draft(EventKind.INCORPORATE).give(at.a, at.c)
    return ["Xã Môn Sơn đã kết thúc từ ngày 01/07/2026, nếu sắp xếp từ ngày 01/07/2026 thì không còn vào ngày ấy. Đồng chí vui lòng chọn đơn vị kế tiếp, hoặc sửa ngày."]  # fmt: skip


def _version_before_unit(at):
    new = merged(at, on=date(2026, 9, 1))
    at.draft(EventKind.RENAME).change(new, name="Xã Khác")
    return ["Xã Trước chỉ có từ ngày 01/09/2026, không thể có giai đoạn nào từ ngày 01/07/2026. Đồng chí vui lòng chọn ngày muộn hơn."]  # fmt: skip


def _ends_when_it_begins(at):
    new = merged(at, on=ON)
    at.draft(EventKind.INCORPORATE).give(new, at.c)
    return [
        "Xã Trước chỉ có từ ngày 01/07/2026, không thể kết thúc ngay ngày ấy. Đồng chí vui lòng chọn ngày muộn hơn.",
        "Xã Trước đã có thay đổi từ ngày 01/07/2026 trở đi theo SX-2026-001. Đồng chí vui lòng hoàn tác thay đổi ấy trước, gộp vào một dự thảo, hoặc chọn ngày muộn hơn.",
    ]


def _hole(at):
    UnitVersion.objects.filter(unit=at.a).update(valid_to=date(2026, 5, 1))
    at.draft(EventKind.RENAME).change(at.a, name="Xã Khác")
    return ["Sổ không có bản ghi của Xã Môn Sơn vào ngày 01/07/2026. Đồng chí vui lòng kiểm tra sổ đơn vị."]  # fmt: skip


def _changed_later(at):
    merged(at, on=date(2026, 9, 1))
    at.draft(EventKind.RENAME).change(at.a, name="Xã Khác")
    return ["Xã Môn Sơn đã được ghi là kết thúc ngày 01/09/2026. Đồng chí vui lòng chọn đơn vị khác."]  # fmt: skip


def _renamed_later(at):
    at.draft(EventKind.RENAME, on=date(2026, 9, 1)).change(at.c, name="Xã Sau")
    apply_reorganisation(at.one, actor=None)
    at.draft(EventKind.RENAME).change(at.c, name="Xã Khác")
    at.one.refresh_from_db()
    return [f"Xã Châu Khê đã có thay đổi từ ngày 01/07/2026 trở đi theo SX-2026-001. Đồng chí vui lòng hoàn tác thay đổi ấy trước, gộp vào một dự thảo, hoặc chọn ngày muộn hơn."]  # fmt: skip # noqa: F541


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


def _code_taken(at):
    at.draft(EventKind.FOUND).new(code="04021")
    return ["Mã 04021 của Xã Mới đang thuộc Xã Con Cuông. Đồng chí vui lòng chọn mã khác."]


def _code_without_noughts(at):
    at.draft(EventKind.FOUND).new(code="4099")
    return ["Mã 4099 của Xã Mới không đủ 5 chữ số. Đồng chí vui lòng nhập cả số 0 ở đầu, ví dụ 04099."]  # fmt: skip


def _code_twice(at):
    at.draft(EventKind.FOUND).new(code="04099")
    at.new("Xã Khác", code="04099")
    return ["Mã 04099 được cấp cho hai đơn vị. Đồng chí vui lòng để mỗi mã ở một đơn vị."]


def _lost_child(at):
    make_place("Thôn Một", level="village", under=at.at.communes[0])
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một"), at.new("Xã Hai")
    at.give(at.a, new_unit_id=one).give(at.a, new_unit_id=two)
    return ["Thôn Một thuộc Xã Môn Sơn mà chưa biết về đâu. Đồng chí vui lòng chọn cấp trên mới."]


def _outside(at):
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=at.at.country)
    at.draft(EventKind.FOUND).new(parent_id=other.pk)
    return ["Tỉnh Hà Tĩnh không thuộc địa bàn của lần sắp xếp này. Đồng chí vui lòng chọn địa bàn rộng hơn, hoặc bỏ đơn vị ấy."]  # fmt: skip


def _sorts_mixed(at):
    at.draft(EventKind.DISSOLVE).give(at.at.fronts[0].pk, at.top)
    return ["Ủy ban MTTQ Việt Nam Xã Môn Sơn và Tỉnh Nghệ An không cùng là địa bàn hay tổ chức. Đồng chí vui lòng chọn lại đơn vị nhận."]  # fmt: skip


def _merge_into_a_standing_one(at):
    at.draft(EventKind.MERGE).give(at.a, at.c).give(at.b, at.c)
    return ["Xã Châu Khê đã có từ trước, không thể là đơn vị do hợp nhất. Đồng chí vui lòng thêm đơn vị mới, hoặc chọn loại Sáp nhập."]  # fmt: skip


def _incorporate_into_a_new_one(at):
    new = at.draft(EventKind.INCORPORATE).new()
    at.give(at.a, new_unit_id=new)
    return ["Sáp nhập chuyển sang đơn vị đang có, Xã Mới là đơn vị mới. Đồng chí vui lòng chọn lại đơn vị nhận."]  # fmt: skip


def _divide_into_one(at):
    new = at.draft(EventKind.DIVIDE).new()
    at.give(at.a, new_unit_id=new)
    return ["Xã Môn Sơn được chia mà mới có một đơn vị nhận. Đồng chí vui lòng thêm đơn vị, hoặc chọn loại sắp xếp khác."]  # fmt: skip


def _split_to_a_standing_one(at):
    at.draft(EventKind.SPLIT_OFF).give(at.a, at.b, weight=100)
    return ["Tách từ Xã Môn Sơn cần một đơn vị mới. Đồng chí vui lòng thêm đơn vị được tách ra."]


def _passes_nothing(at):
    at.draft(EventKind.TERRITORY).give(at.a, at.a)
    return ["Xã Môn Sơn chưa chuyển cho đơn vị nào. Đồng chí vui lòng chọn đơn vị nhận."]


def _receives_nothing(at):
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    at.new()
    return ["Xã Mới chưa nhận gì từ đơn vị nào. Đồng chí vui lòng chọn đơn vị chuyển sang, hoặc bỏ đơn vị mới này."]  # fmt: skip


def _passing_out_of_place(at):
    at.draft(EventKind.RENAME).give(at.a, at.b).change(at.c, name="Xã Khác")
    return ["Đổi tên không có phần chuyển giữa các đơn vị. Đồng chí vui lòng bỏ phần chuyển, hoặc chọn loại sắp xếp khác."]  # fmt: skip


def _second_of_its_kind(at):
    at.draft(EventKind.FOUND).new("", kind=Kind.FRONT_COMMITTEE, place_id=at.a)
    return ["Xã Môn Sơn đã có Ủy ban Mặt trận Tổ quốc. Đồng chí vui lòng dùng tổ chức đã có."]


def _kind_of_no_level(at):
    at.draft(EventKind.FOUND, scope=at.at.country.pk)
    at.new("UBND", kind=Kind.PEOPLES_COMMITTEE, place_id=at.at.country.pk)
    return ["Ủy ban nhân dân không lập ở trung ương (Việt Nam). Đồng chí vui lòng bỏ tổ chức này."]


def _nobody_takes_over(at):
    country = at.at.country
    below = make_place("Đặc khu", level="province", under=country)
    make_organisation(below, Kind.PEOPLES_COMMITTEE, name="UBND đặc khu")
    at.draft(EventKind.DISSOLVE, scope=country.pk).give(below.pk, country.pk)
    return ["UBND đặc khu kết thúc mà chưa có tổ chức tiếp nhận. Đồng chí vui lòng chọn tổ chức nhận việc."]  # fmt: skip


def _people_later(at):
    front, late = at.at.fronts[0], date(2026, 8, 1)
    officer = Officer.objects.create(full_name="Vi Thị Hà")
    old = Post.objects.create(unit=front, title="Chủ tịch", rank=Rank.HEAD, valid_from=date(2025, 7, 1))  # fmt: skip
    Post.objects.create(unit=front, title="Phó Chủ tịch", rank=Rank.DEPUTY, valid_from=ON)
    for post in (old, old):
        one = Officer.objects.create(full_name="Lô Văn Một")
        Appointment.objects.create(officer=one, post=post, manner="full", decision="QĐ", valid_from=late)  # fmt: skip
    Assignment.objects.create(unit=front, officer=officer, field="Dân tộc", decision="QĐ", valid_from=late)  # fmt: skip
    Assignment.objects.create(unit=at.at.fronts[2], officer=officer, place_id=at.a, decision="QĐ", valid_from=late)  # fmt: skip
    at.draft(EventKind.INCORPORATE).give(at.a, at.b)
    told = "{} có 1 {} ghi từ ngày {}, khi đơn vị không còn. Đồng chí vui lòng bỏ nếu ghi nhầm, hoặc chọn ngày sắp xếp muộn hơn."
    unit = "Ủy ban MTTQ Việt Nam Xã Môn Sơn"
    return [
        told.format(unit, "chức danh", "01/07/2026"),
        told.format(unit, "lượt giữ chức danh", "01/08/2026").replace("có 1", "có 2"),
        told.format(unit, "phân công phụ trách", "01/08/2026"),
        told.format("Xã Môn Sơn", "phân công phụ trách", "01/08/2026"),
    ]


BAD = [
    _empty("found", "Dự thảo chưa có đơn vị mới. Đồng chí vui lòng thêm đơn vị sẽ thành lập."),
    _empty("merge", "Dự thảo chưa có đơn vị nào chuyển. Đồng chí vui lòng chọn đơn vị được sắp xếp."),
    _empty("rename", "Dự thảo chưa có tên, loại hình hoặc mã mới. Đồng chí vui lòng nhập thay đổi của đơn vị."),
    _alone, _short_weights, _too_much, _nought, _unknown_people, _no_measure, _part_by_area,
    _part_by_people, _too_small, _overlap, _ends_and_changes, _gap, _gap_in_a_merger, _gone_that_day,
    _version_before_unit, _ends_when_it_begins, _hole, _changed_later, _renamed_later, _two_versions,
    _two_parents, _no_parent, _cycle, _handed_round, _dead_heir, _under_an_organisation,
    _under_an_ending_one, _wrong_line, _below_itself, _line_that_ends, _organisation_nowhere,
    _organisation_of_an_ended_place, _levels_below, _code_taken, _code_without_noughts, _code_twice,
    _lost_child, _outside, _sorts_mixed, _merge_into_a_standing_one, _incorporate_into_a_new_one,
    _divide_into_one, _split_to_a_standing_one, _passes_nothing, _receives_nothing,
    _passing_out_of_place, _second_of_its_kind, _kind_of_no_level, _nobody_takes_over, _people_later,
]  # fmt: skip


@pytest.mark.parametrize("build", BAD)
def test_a_bad_draft_is_refused_with_its_sentence(at, settings, build):
    settings.DANVAN_TODAY = date(2026, 6, 1)
    told = build(at)
    assert at.faults() == told


def test_all_faults_come_at_once(at):
    at.draft(EventKind.DIVIDE)
    one, two = at.new("Xã Một", code="4099"), at.new("Xã Hai", code="04021")
    at.give(at.a, new_unit_id=one, weight=1).give(at.a, new_unit_id=two, weight=1)
    at.give(at.b, at.b)
    keys = {check.key for check in check_plan(plan_of(at.one)) if check.state == "fault"}
    assert keys == {"shape", "days", "weights", "codes"}
    assert len(at.faults()) == 5
