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
