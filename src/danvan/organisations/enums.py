from django.db import models


class Sort(models.TextChoices):
    """What a unit is: a place, or an organisation that stands in one."""

    PLACE = "place", "Địa bàn"
    ORGANISATION = "organisation", "Tổ chức"


class Level(models.TextChoices):
    """Levels exist for a time: the district level ended on 30/06/2025."""

    COUNTRY = "country", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    VILLAGE = "village", "Thôn, tổ dân phố"


class Line(models.TextChoices):
    """The vertical lines that organisations report along."""

    PARTY = "party", "Đảng"
    COUNCIL = "council", "Hội đồng nhân dân"
    GOVERNMENT = "government", "Ủy ban nhân dân"
    FRONT = "front", "Mặt trận"
    TRADE_UNION = "trade_union", "Công đoàn"
    FARMERS = "farmers", "Nông dân"
    WOMEN = "women", "Phụ nữ"
    YOUTH = "youth", "Thanh niên"
    VETERANS = "veterans", "Cựu chiến binh"


class Kind(models.TextChoices):
    """Kinds of organisation. `LINE` says which line each belongs to."""

    PARTY_COMMITTEE = "party_committee", "Cấp ủy"
    ADVISORY_BOARD = "advisory_board", "Ban tham mưu của cấp ủy"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân"
    FRONT_COMMITTEE = "front_committee", "Ủy ban Mặt trận Tổ quốc"
    TRADE_UNION = "trade_union", "Công đoàn"
    FARMERS_UNION = "farmers_union", "Hội Nông dân"
    WOMENS_UNION = "womens_union", "Hội Liên hiệp Phụ nữ"
    YOUTH_UNION = "youth_union", "Đoàn Thanh niên"
    VETERANS_ASSOCIATION = "veterans_association", "Hội Cựu chiến binh"
    BLOC_AGENCY = "bloc_agency", "Cơ quan khối"
    DELEGATION = "delegation", "Đoàn công tác"
    TEAM = "team", "Tổ, đội công tác"


# Bodies that are set up for a task or a time, by a decision of their own.
TEMPORARY = frozenset({Kind.BLOC_AGENCY, Kind.DELEGATION, Kind.TEAM})

# Bodies that stand for good, each once in a place.
STANDING = tuple(kind for kind in Kind if kind not in TEMPORARY)

LINE: dict[str, Line] = {
    Kind.PARTY_COMMITTEE: Line.PARTY,
    Kind.ADVISORY_BOARD: Line.PARTY,
    Kind.PEOPLES_COUNCIL: Line.COUNCIL,
    Kind.PEOPLES_COMMITTEE: Line.GOVERNMENT,
    Kind.FRONT_COMMITTEE: Line.FRONT,
    Kind.TRADE_UNION: Line.TRADE_UNION,
    Kind.FARMERS_UNION: Line.FARMERS,
    Kind.WOMENS_UNION: Line.WOMEN,
    Kind.YOUTH_UNION: Line.YOUTH,
    Kind.VETERANS_ASSOCIATION: Line.VETERANS,
    Kind.BLOC_AGENCY: Line.PARTY,
    Kind.DELEGATION: Line.PARTY,
    Kind.TEAM: Line.PARTY,
}


class Follows(models.TextChoices):
    """Which way a grant, or a row of the closure, runs down from its top."""

    PLACE = "place", "Theo địa bàn"
    LINE = "line", "Theo ngành dọc"


class Way(models.TextChoices):
    """How a row of the closure came about: by place, by line, or as a unit before one reached so."""

    PLACE = "place", "Theo địa bàn"
    LINE = "line", "Theo ngành dọc"
    HEIR_PLACE = "heirp", "Kế thừa theo địa bàn"
    HEIR_LINE = "heirl", "Kế thừa theo ngành dọc"


class Measure(models.TextChoices):
    """By what the shares of a divided unit were worked out: the first are the better ones."""

    WHOLE = "whole", "trọn vẹn"
    GIVEN = "given", "tỷ trọng trong quyết định"
    POPULATION = "population", "dân số"
    HOUSEHOLDS = "households", "số hộ"
    AREA = "area", "diện tích đơn vị mới"
    COMMUNES = "communes", "chia đều theo số xã"
    EQUAL = "equal", "chia đều"


# Shares by these are rough: whoever reads a figure that rests on them is told.
ROUGH = frozenset({Measure.AREA, Measure.COMMUNES, Measure.EQUAL})


class EventKind(models.TextChoices):
    """What a reorganisation does."""

    FOUND = "found", "Thành lập"
    MERGE = "merge", "Hợp nhất"
    INCORPORATE = "incorporate", "Sáp nhập"
    DIVIDE = "divide", "Chia"
    SPLIT_OFF = "split_off", "Tách"
    DISSOLVE = "dissolve", "Giải thể"
    RENAME = "rename", "Đổi tên"
    MOVE = "move", "Chuyển cấp trên trực tiếp"
    RELEVEL = "relevel", "Đổi cấp, đổi loại hình"
    TERRITORY = "territory", "Điều chỉnh địa giới"
    REWEIGH = "reweigh", "Thay tỷ trọng"


class EventState(models.TextChoices):
    """Where a reorganisation stands."""

    DRAFT = "draft", "Dự thảo"
    APPLIED = "applied", "Đã áp dụng"
    UNDONE = "undone", "Đã hoàn tác"
    DROPPED = "dropped", "Đã bỏ"


class HandOverState(models.TextChoices):
    """Whether the unit that takes over has accepted what was handed to it."""

    WAITING = "waiting", "Chờ nhận"
    ACCEPTED = "accepted", "Đã nhận"
    TAKEN_BACK = "taken_back", "Đã trả lại khi hoàn tác"


class Manner(models.TextChoices):
    """How somebody holds a post."""

    FULL = "full", "Chính thức"
    CONCURRENT = "concurrent", "Kiêm nhiệm"
    ACTING = "acting", "Quyền"
    IN_CHARGE = "in_charge", "Phụ trách"


# Those who fill a seat; whoever acts or is in charge stands in beside a vacancy.
FILLING = frozenset({Manner.FULL, Manner.CONCURRENT})


class Entry(models.TextChoices):
    """By what act somebody came to a post."""

    APPOINTED = "appointed", "Bổ nhiệm"
    ELECTED = "elected", "Bầu"
    DESIGNATED = "designated", "Chỉ định"
    ROTATED = "rotated", "Luân chuyển"
    TRANSFERRED = "transferred", "Điều động"
    SECONDED = "seconded", "Biệt phái"


class Rank(models.TextChoices):
    """What a post is in its organisation."""

    HEAD = "head", "Cấp trưởng"
    DEPUTY = "deputy", "Cấp phó"
    MEMBER = "member", "Ủy viên, thành viên"
    SPECIALIST = "specialist", "Chuyên viên, cán bộ"


class MarkKind(models.TextChoices):
    """What identifies the papers of a unit."""

    SYMBOL = "symbol", "Ký hiệu văn bản"
    SEAL = "seal", "Con dấu"


class FlagKind(models.TextChoices):
    """Conditions of a place that rules depend on."""

    REMOTE = "remote", "Vùng sâu, vùng xa, khó khăn"
    BORDER = "border", "Biên giới"
    ISLAND = "island", "Hải đảo"


class LinkKind(models.TextChoices):
    """How two organisations stand to each other beside their line."""

    ADVISES = "advises", "Tham mưu cho"
    COORDINATES = "coordinates", "Phối hợp với"
    SERVES = "serves", "Phục vụ chung"


class DutyRole(models.TextChoices):
    """What an organisation is in a duty: the order is that of the matrix."""

    LEAD = "lead", "Lãnh đạo"
    ORGANISE = "organise", "Tổ chức thực hiện"
    ADVISE = "advise", "Tham mưu"
    CORE = "core", "Nòng cốt"
