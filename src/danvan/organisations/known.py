"""What the register knows beyond the lists of units: its days, its counts, and single acts with their citations."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# The day from which the register answers. The 63 provinces stood from this day (Hà Tây had joined Hà Nội)
# to the merger. Districts and communes are those of 30/06/2025 carried back to it: versions of that time
# have `start_known` false, and earlier mergers of communes are not recorded.
KNOWN_FROM = date(2008, 8, 1)
# The day of the 34 provinces, of two levels, and of the 3,321 communes.
MERGED_ON = date(2025, 7, 1)

PROVINCES_MERGED = "Nghị quyết 202/2025/QH15"
DISTRICTS_ENDED = "Nghị quyết 203/2025/QH15"


class Counts(NamedTuple):
    """How many places of each level stood on the merger's day, and on the day before."""

    provinces: int
    communes: int
    old_provinces: int
    old_districts: int
    old_communes: int


EXPECTED = Counts(34, 3_321, 63, 696, 10_035)


@dataclass(frozen=True, slots=True)
class Renamed:
    """One identity that changed its type or name on a day: what it was before and after, and by what act."""

    code: str
    on: date
    before: str
    after: str
    type_before: str
    type_after: str
    decision: str


def _became_city(code: str, on: date, name: str, decision: str) -> Renamed:
    return Renamed(code, on, f"Tỉnh {name}", f"Thành phố {name}", "tỉnh", "thành phố", decision)


def _became_ward(code: str, on: date, name: str, decision: str) -> Renamed:
    return Renamed(code, on, f"Xã {name}", f"Phường {name}", "xã", "phường", decision)


# The acts of 2026 come from secondary sources; a legal officer is to confirm them.
_DONG_NAI = date(2026, 4, 30)
RENAMED = (
    Renamed("46", date(2025, 1, 1), "Tỉnh Thừa Thiên Huế", "Thành phố Huế", "tỉnh", "thành phố",
            "Nghị quyết 175/2024/QH15"),
    _became_city("75", _DONG_NAI, "Đồng Nai", "Nghị quyết 30/2026/QH16"),
    _became_city("22", date(2026, 9, 1), "Quảng Ninh", "Nghị quyết 36/2026/QH16"),
    _became_city("24", date(2026, 9, 20), "Bắc Ninh", "Nghị quyết 39/2026/QH16"),
    # Which ten: the difference between the list of 07/2025 and that of 07/2026 (thanglequoc, MIT).
    *(
        _became_ward(code, _DONG_NAI, name, "Nghị quyết 237/NQ-UBTVQH16")
        for code, name in (
            ("25270", "Lộc Ninh"), ("25357", "Tân Khai"), ("25363", "Đồng Phú"),
            ("26116", "Tân Phú"), ("26170", "Trị An"), ("26248", "Trảng Bom"),
            ("26326", "Dầu Giây"), ("26368", "Long Thành"), ("26425", "Xuân Lộc"),
            ("26485", "Nhơn Trạch"),
        )
    ),
)  # fmt: skip

# What a load says it could not know.
UNKNOWN = (
    (
        "12 xã của Bắc Ninh đã thành phường theo Nghị quyết 388/NQ-UBTVQH16, nhưng dữ liệu không cho biết là"
        " những xã nào; sổ vẫn ghi các đơn vị này là xã."
    ),
    (
        "Xã, huyện trước 01/07/2025 là danh mục ngày 30/06/2025 tính lùi đến 01/08/2008; các lần sáp nhập"
        " trước đó chưa ghi."
    ),
)
