from django.db import models


class Standing(models.TextChoices):
    """Where an obligation to report is."""

    DUE = "due", "Chưa gửi"
    PROPOSED = "proposed", "Chờ lãnh đạo đơn vị duyệt"
    SENT = "sent", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đã duyệt"
    LOCKED = "locked", "Đã chốt"
    EXEMPT = "exempt", "Được miễn"


# Where an obligation may go from each standing. A report sent again replaces the one before it; one laid before
# its unit's head goes on, or back to where it was; one opened again after the lock goes back to its unit.
NEXT: dict[str, frozenset[str]] = {
    Standing.DUE: frozenset({Standing.PROPOSED, Standing.SENT, Standing.EXEMPT}),
    Standing.PROPOSED: frozenset(
        {Standing.PROPOSED, Standing.SENT, Standing.DUE, Standing.RETURNED}
    ),
    Standing.SENT: frozenset(
        {Standing.PROPOSED, Standing.SENT, Standing.RETURNED, Standing.ACCEPTED}
    ),
    Standing.RETURNED: frozenset({Standing.PROPOSED, Standing.SENT}),
    Standing.ACCEPTED: frozenset({Standing.RETURNED, Standing.LOCKED}),
    Standing.LOCKED: frozenset({Standing.RETURNED}),
    Standing.EXEMPT: frozenset({Standing.DUE}),
}


class Verdict(models.TextChoices):
    """What was decided about a submission."""

    RELEASED = "released", "Lãnh đạo đơn vị duyệt gửi"
    PASSED = "passed", "Đã duyệt, chuyển cấp trên"
    BELOW = "below", "Trả lại cấp dưới"
    RETURNED = "returned", "Trả lại đơn vị"
    ACCEPTED = "accepted", "Đã duyệt"
    LOCKED = "locked", "Đã chốt"


class ItemKind(models.TextChoices):
    """How an item of a form is answered."""

    NUMBER = "number", "Số"
    TEXT = "text", "Lời"


class Outcome(models.TextChoices):
    """What became of one workbook that was handed in."""

    WAITING = "waiting", "Chờ đọc"
    DRAFTED = "drafted", "Đã vào bản nháp"
    SENT = "sent", "Đã nhập thay và gửi"
    REFUSED = "refused", "Có lỗi"


class Severity(models.TextChoices):
    """What a broken rule does: nothing is sent until it is mended, or it is sent with a reason."""

    BLOCKS = "blocks", "Phải sửa"
    WARNS = "warns", "Cảnh báo"


class How(models.TextChoices):
    """How somebody of another unit had a hand in a report: typed it, put its workbook into the draft, sent it."""

    TYPED = "typed", "nhập thay"
    HANDED = "handed", "đưa số từ tệp Excel vào bản nháp"
    SHEET = "sheet", "nhập thay từ tệp Excel và gửi"
    SENT = "sent", "gửi thay"


class Timing(models.TextChoices):
    """Of which time a figure in words is: the month, the year up to it, the month before, the same month a year ago."""

    NOW = "trong ky", "trong kỳ"
    YEAR = "luy ke", "lũy kế"
    BEFORE = "ky truoc", "kỳ trước"
    LAST_YEAR = "cung ky", "cùng kỳ"

    @property
    def words(self) -> str:
        """As a sentence names it."""
        return {
            Timing.NOW: "số trong kỳ",
            Timing.YEAR: "số lũy kế từ đầu năm",
            Timing.BEFORE: "số kỳ trước",
            Timing.LAST_YEAR: "số cùng kỳ năm trước",
        }[self]
