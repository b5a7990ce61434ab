"""Whether a draft says what its kind asks for."""

from collections import Counter

from danvan.organisations.enums import STANDING, EventKind, Kind, Level
from danvan.organisations.naming import LEVELS
from danvan.organisations.selectors.reorganising.planner import Planner

PASSING = frozenset({
    EventKind.MERGE, EventKind.INCORPORATE, EventKind.DIVIDE, EventKind.DISSOLVE,
    EventKind.SPLIT_OFF, EventKind.TERRITORY,
})  # fmt: skip
# In these a unit that passes itself on may not go on as well.
WHOLLY = frozenset({EventKind.MERGE, EventKind.DIVIDE, EventKind.DISSOLVE})
TO_STANDING = frozenset({EventKind.INCORPORATE, EventKind.DISSOLVE, EventKind.TERRITORY})
CHANGING = {
    EventKind.RENAME: "tên, loại hình hoặc mã mới",
    EventKind.MOVE: "cấp trên mới",
    EventKind.RELEVEL: "cấp hoặc loại hình mới",
}


def find_shape_faults(planner: Planner) -> None:
    """Note what the draft lacks for its kind, and what does not belong in it."""
    kind = EventKind(planner.draft.reorganisation.kind)
    given = planner.draft.given
    if kind == EventKind.FOUND and not planner.draft.new_units:
        planner.fault("shape", "Dự thảo chưa có đơn vị mới. Đồng chí vui lòng thêm đơn vị sẽ thành lập.")  # fmt: skip
    if kind in CHANGING:
        _changes(planner, kind)
    if kind in PASSING and not given:
        planner.fault("shape", "Dự thảo chưa có đơn vị nào chuyển. Đồng chí vui lòng chọn đơn vị được sắp xếp.")  # fmt: skip
    if kind not in PASSING and given:
        planner.fault("shape", f"{kind.label} không có phần chuyển giữa các đơn vị. Đồng chí vui lòng bỏ phần chuyển, hoặc chọn loại sắp xếp khác.")  # fmt: skip
    if kind == EventKind.MERGE and len(given) == 1:
        planner.fault("shape", "Hợp nhất cần từ hai đơn vị trở lên. Đồng chí vui lòng thêm đơn vị, hoặc chọn loại sắp xếp khác.")  # fmt: skip
    for giver, takers in given.items():
        _passing(planner, kind, giver, [taker for taker in takers if taker != giver])
        if kind in WHOLLY and giver in takers:
            planner.fault("days", f"{planner.name(giver)} vừa chuyển hết sang đơn vị khác vừa tiếp tục tồn tại nên chồng ngày. Đồng chí vui lòng bỏ phần giữ lại, hoặc chọn loại Tách.")  # fmt: skip
    _new_units(planner, kind)
    for row in planner.draft.changes:
        if row.unit_id in planner.draft.ended:
            planner.fault("days", f"{planner.name(row.unit_id)} vừa kết thúc vừa có thay đổi từ cùng một ngày. Đồng chí vui lòng bỏ một trong hai.")  # fmt: skip


def _changes(planner: Planner, kind: EventKind) -> None:
    def says(row: object, *names: str) -> bool:
        return any(getattr(row, name) for name in names)

    wanted = {
        EventKind.RENAME: ("name", "type_word", "code"),
        EventKind.MOVE: ("parent_id", "parent_new_id"),
        EventKind.RELEVEL: ("level", "type_word"),
    }[kind]
    if not any(says(row, *wanted) for row in planner.draft.changes):
        planner.fault("shape", f"Dự thảo chưa có {CHANGING[kind]}. Đồng chí vui lòng nhập thay đổi của đơn vị.")  # fmt: skip


def _passing(planner: Planner, kind: EventKind, giver: int, takers: list[int]) -> None:
    name = planner.name(giver)
    if not takers:
        planner.fault("shape", f"{name} chưa chuyển cho đơn vị nào. Đồng chí vui lòng chọn đơn vị nhận.")  # fmt: skip
    if kind == EventKind.DIVIDE and len(takers) == 1:
        planner.fault("shape", f"{name} được chia mà mới có một đơn vị nhận. Đồng chí vui lòng thêm đơn vị, hoặc chọn loại sắp xếp khác.")  # fmt: skip
    for taker in takers:
        told = planner.name(taker)
        if planner.is_place(giver) != planner.is_place(taker):
            planner.fault("shape", f"{name} và {told} không cùng là địa bàn hay tổ chức. Đồng chí vui lòng chọn lại đơn vị nhận.")  # fmt: skip
        if kind == EventKind.MERGE and taker > 0:
            planner.fault("shape", f"{told} đã có từ trước, không thể là đơn vị do hợp nhất. Đồng chí vui lòng thêm đơn vị mới, hoặc chọn loại Sáp nhập.")  # fmt: skip
        if kind in TO_STANDING and taker < 0:
            planner.fault("shape", f"{kind.label} chuyển sang đơn vị đang có, {told} là đơn vị mới. Đồng chí vui lòng chọn lại đơn vị nhận.")  # fmt: skip
    if kind == EventKind.SPLIT_OFF and takers and min(takers) > 0:
        planner.fault("shape", f"Tách từ {name} cần một đơn vị mới. Đồng chí vui lòng thêm đơn vị được tách ra.")  # fmt: skip


def _new_units(planner: Planner, kind: EventKind) -> None:
    receiving = {taker for takers in planner.draft.given.values() for taker in takers}
    seats = Counter(
        (one.standing.place, one.standing.kind)
        for one in planner.founded.values()
        if one.standing.kind in STANDING
    )
    for row in planner.draft.new_units:
        one = planner.founded[-row.pk].standing
        if one.is_place:
            if kind in PASSING and -row.pk not in receiving:
                planner.fault("shape", f"{one.name} chưa nhận gì từ đơn vị nào. Đồng chí vui lòng chọn đơn vị chuyển sang, hoặc bỏ đơn vị mới này.")  # fmt: skip
            continue
        place = planner.name(one.place) if one.place else "nơi đặt"
        if one.level and one.level not in LEVELS[Kind(one.kind)]:
            planner.fault("levels", f"{Kind(one.kind).label} không lập ở {Level(one.level).label.lower()} ({place}). Đồng chí vui lòng bỏ tổ chức này.")  # fmt: skip
        standing = [u for u in planner.ground.kinds_at.get((one.place or 0, one.kind), []) if u not in planner.ended]  # fmt: skip
        if one.kind in STANDING and (standing or seats[one.place, one.kind] > 1):
            planner.fault("shape", f"{place} đã có {Kind(one.kind).label}. Đồng chí vui lòng dùng tổ chức đã có.")  # fmt: skip
