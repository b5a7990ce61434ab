"""What a change of the law would move, shown before it is saved: nothing moves that nobody saw."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from danvan.law.selectors import Foreseen

SHOWN = 200
UNSEEN = "Danh sách hạn bị chuyển đã thay đổi. Đồng chí vui lòng xem lại rồi xác nhận."
PASSED = "Có hạn đã qua bị chuyển. Đồng chí vui lòng đánh dấu đồng ý, hoặc bỏ việc sửa này."


@dataclass(frozen=True, slots=True)
class Preview:
    """The clocks that move, those of passed days first, and a mark of the list that the form sends back."""

    moves: Sequence[Foreseen]
    mark: str

    @property
    def shown(self) -> Sequence[Foreseen]:
        """As many as a page holds."""
        return self.moves[:SHOWN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(len(self.moves) - SHOWN, 0)

    @property
    def passed(self) -> int:
        """How many of them concern a day that is over."""
        return sum(one.passed for one in self.moves)


def preview_of(moves: Sequence[Foreseen]) -> Preview:
    """The preview of these moves."""
    lines = (f"{one.held.pk}:{one.old_due_on}:{one.new_due_on}" for one in moves)
    return Preview(moves, hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16])


def refusal(preview: Preview, said: Mapping[str, str]) -> str:
    """Why the change cannot be saved as it was sent: its moves were not seen, or not agreed to; empty where it can."""
    if preview.moves and said.get("da_xem") != preview.mark:
        return UNSEEN if said.get("da_xem") else ""
    return PASSED if preview.passed and not said.get("dong_y") else ""


def may_save(preview: Preview, said: Mapping[str, str]) -> bool:
    """Whether saving was asked for, by somebody who saw what moves and agreed to it."""
    seen = not preview.moves or said.get("da_xem") == preview.mark
    return "xem" not in said and seen and (not preview.passed or bool(said.get("dong_y")))
