"""Every bad draft has its sentence; all faults come at once, and nothing changes."""

from datetime import date

import pytest

from danvan.organisations.enums import EventKind, Kind, Rank
from danvan.organisations.models import (
    Appointment,
    Assignment,
    Officer,
    Post,
    UnitVersion,
)
from danvan.organisations.selectors import check_plan, plan_of
from danvan.organisations.services import apply_reorganisation
from tests.factories.province import make_place
from tests.organisations.workbench import ON, Workbench, merged


@pytest.fixture
def at(db, settings):
    settings.DANVAN_TODAY = date(2026, 6, 1)
    return Workbench()


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
    _alone, _short_weights, _too_much, _nought, _unknown_people, _no_measure, _part_by_area, _part_by_people, _too_small, _overlap, _ends_and_changes, _gap, _gap_in_a_merger, _gone_that_day, _version_before_unit, _ends_when_it_begins, _hole, _changed_later, _renamed_later, _code_taken, _code_without_noughts, _code_twice, _outside, _sorts_mixed, _merge_into_a_standing_one, _incorporate_into_a_new_one, _divide_into_one, _split_to_a_standing_one, _passes_nothing, _receives_nothing, _passing_out_of_place, _second_of_its_kind, _kind_of_no_level, _people_later,
]  # fmt: skip


@pytest.mark.parametrize("build", BAD)
def test_a_bad_draft_is_refused_with_its_sentence(at, build):
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
