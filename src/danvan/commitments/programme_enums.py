from django.db import models

from danvan.organisations.enums import Kind, Level


class ProgrammeState(models.TextChoices):
    """Whether a monthly programme binds anybody yet."""

    DRAFT = "draft", "Đang lập"
    ISSUED = "issued", "Đã ban hành"


class EntryKind(models.TextChoices):
    """What one line of a programme is."""

    MEETING = "meeting", "Họp, hội nghị"
    DIALOGUE = "dialogue", "Tiếp xúc, đối thoại"
    INSPECTION = "inspection", "Kiểm tra, giám sát"
    VISIT = "visit", "Đi cơ sở, làm việc"
    DEADLINE = "deadline", "Hạn của việc phải làm"
    OTHER = "other", "Việc khác"


class ChangeKind(models.TextChoices):
    """What an amendment did to a programme that was issued."""

    ADDED = "added", "Bổ sung"
    CHANGED = "changed", "Điều chỉnh"
    CANCELLED = "cancelled", "Hủy"


class Side(models.TextChoices):
    """Where an item of a unit's calendar comes from, as seen from that unit."""

    OWN = "own", "Của đơn vị"
    LINE = "line", "Ngành dọc"
    PLACE = "place", "Cấp trên theo địa bàn"
    OTHER = "other", "Nơi khác"


TONES: dict[str, str] = {ProgrammeState.DRAFT: "orange", ProgrammeState.ISSUED: "green"}

# Whose programme of a month holds a dialogue, by which row: how often in a month.
MONTHLY_DIALOGUES = "dialogue.programme.min"
# The row that says how often a year the head holds one, by the kind and the levels of the unit.
YEARLY_DIALOGUES: dict[str, tuple[str, tuple[str, ...]]] = {
    Kind.PARTY_COMMITTEE: ("dialogue.party_head.min", (Level.PROVINCE, Level.COMMUNE)),
    Kind.PEOPLES_COMMITTEE: ("democracy.dialogue.min", (Level.COMMUNE,)),
}
# The organisations that make a plan for their work with the people each year.
PLANNING: tuple[str, ...] = (Kind.PARTY_COMMITTEE, Kind.PEOPLES_COMMITTEE, Kind.FRONT_COMMITTEE)
# How its papers call what a unit issues: 12-CTr/ĐU.
PARTY_KINDS: tuple[str, ...] = (Kind.PARTY_COMMITTEE, Kind.ADVISORY_BOARD)
