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
}


class Follows(models.TextChoices):
    """Which way a grant, or a row of the closure, runs down from its top."""

    PLACE = "place", "Theo địa bàn"
    LINE = "line", "Theo ngành dọc"


class Measure(models.TextChoices):
    """By what the shares of a divided unit were worked out."""

    WHOLE = "whole", "trọn vẹn"
    AREA = "area", "diện tích đơn vị mới"
    EQUAL = "equal", "chia đều"
    COMMUNES = "communes", "chia đều theo số xã"
