"""What a refused act says. The sentence reaches the user as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a list that was handed in: where, and a whole sentence saying what to do."""

    message: str
    row: int | None = None
    column: str = ""


class RuleError(Exception):
    """A business rule refused the act; nothing was written. The message is a whole polite sentence.

    `faults` holds every fault at once where a form or a sheet was refused.
    """

    def __init__(self, message: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = tuple(faults)


class SealingError(RuleError):
    """Something sealed cannot be read or kept. Pages tell the sentence; `reason` is for the administrator."""

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or message


class KeyDestroyed(SealingError):  # noqa: N818 - a state of the key, named as it is spoken of
    """The key was destroyed on purpose: nobody can ever read what it sealed."""

    def __init__(self) -> None:
        super().__init__(
            "Nội dung này đã được xóa vĩnh viễn theo quy định, không ai mở lại được. "
            "Đồng chí vui lòng xem quyết định xóa trong nhật ký."
        )


class KeyUnavailable(SealingError):  # noqa: N818
    """The key file, or the wrapping key in it that is needed, is not there; nothing is lost."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Hệ thống chưa dùng được khóa nên chưa mở hoặc niêm phong được nội dung này; nội dung đã lưu vẫn còn. "
            "Đồng chí vui lòng báo quản trị viên chạy danvan keys check.",
            reason=reason,
        )


class SealBroken(SealingError):  # noqa: N818
    """What was sealed is not what stands there now, or it was sealed under another key or another name."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            "Nội dung niêm phong không còn nguyên vẹn hoặc đã bị đặt sai chỗ nên không mở được. "
            "Đồng chí vui lòng báo quản trị viên đối chiếu với bản sao lưu.",
            reason=reason,
        )
