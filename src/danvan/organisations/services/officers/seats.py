"""How many may hold a post on one day: those who fill it, and those who stand in while it is vacant."""

from collections.abc import Sequence

from danvan.foundation.errors import Fault
from danvan.organisations.enums import FILLING
from danvan.organisations.models import Appointment, Post
from danvan.organisations.services.officers.rules import most_at_once, overlap, span
from danvan.vietnamese.dates import format_date


def seat_faults(post: Post, held: Sequence[Appointment]) -> list[Fault]:
    """The seats exceeded on some day, by holders or by those who stand in beside them."""
    found = []
    for filling in (True, False):
        spans = [
            span(one.valid_from, one.valid_to) for one in held if (one.manner in FILLING) == filling
        ]
        most, day = most_at_once(spans)
        if most > post.seats and day:
            how = "giữ" if filling else "quyền hoặc phụ trách"
            found.append(
                Fault(
                    f"Chức danh {post.title} chỉ có {post.seats} người; ngày {format_date(day)} sẽ có"
                    f" {most} người {how}. Đồng chí vui lòng cho người trước thôi giữ hoặc sửa số người.",
                    column="post",
                )
            )
    return found


def twice_faults(post: Post, held: Sequence[Appointment], new: Appointment) -> list[Fault]:
    """One person stands once in one post on one day."""
    mine = [
        one
        for one in held
        if one is not new
        and one.officer_id == new.officer_id
        and overlap(span(one.valid_from, one.valid_to), span(new.valid_from, new.valid_to))
    ]
    if not mine:
        return []
    return [
        Fault(
            f"Cán bộ này đã giữ chức danh {post.title} từ ngày {format_date(mine[0].valid_from)}. Đồng chí"
            " vui lòng cho thôi giữ lần trước rồi ghi lần mới.",
            column="officer",
        )
    ]
