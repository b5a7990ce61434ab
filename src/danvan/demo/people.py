"""The demonstration's people: invented names, one for each role, some in communes that lag behind."""

from dataclasses import dataclass

from danvan.organisations.enums import Kind


@dataclass(frozen=True, slots=True)
class Person:
    """Who may sign in: where the grant holds is a place's code (none: everywhere), and a kind of organisation there or none."""

    username: str
    full_name: str
    position: str
    role: str
    place_code: str
    kind: str = ""


PROVINCE = "40"
PEOPLE = (
    Person("lanhdao", "Hoàng Thị Yến", "Phó Bí thư Thường trực Tỉnh ủy", "leader", PROVINCE),
    Person(
        "chuyenvien",
        "Lê Thị Hoài An",
        "Chuyên viên, Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "specialist",
        PROVINCE,
    ),
    Person(
        "vanthu",
        "Nguyễn Đình Nam",
        "Văn thư, Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "clerk",
        PROVINCE,
        Kind.ADVISORY_BOARD,
    ),
    Person(
        "donthu",
        "Cao Thị Minh Nguyệt",
        "Chuyên viên Ban Tiếp công dân tỉnh",
        "petition_officer",
        PROVINCE,
        Kind.PEOPLES_COMMITTEE,
    ),
    # The calendar and the parameters belong to no unit: who keeps them does so for the whole installation.
    Person("quantri", "Phan Văn Quyết", "Quản trị hệ thống", "administrator", ""),
)
# Commune officers, by the name of their commune: the codes are looked up in the register.
OFFICERS = (
    ("canbo1", "Lô Thị Mai", "Cán bộ Ban Xây dựng Đảng", "Con Cuông"),
    ("canbo2", "Moong Văn Thắng", "Cán bộ Ban Xây dựng Đảng", "Keng Đu"),
    ("canbo3", "Trần Thị Hồng Vinh", "Cán bộ Ban Xây dựng Đảng", "Vinh Lộc"),
)
# Heads of a ward, who let its reports go.
HEADS = (("bithu3", "Nguyễn Văn Thành Vinh", "Phó Bí thư Thường trực Đảng ủy", "Vinh Lộc"),)
# Who receives and handles petitions of a commune.
PETITIONS = (("donthu3", "Đậu Văn Lợi", "Công chức Văn phòng HĐND và UBND", "Vinh Lộc"),)
