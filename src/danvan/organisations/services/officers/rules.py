"""What every act about posts asks of days, words and seats; faults are sentences, all told at once."""

from collections.abc import Iterable, Sequence
from datetime import date

from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.closure import FOREVER, Interval
from danvan.organisations.models import Post, Unit
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

NO_DECISION = "Đồng chí vui lòng ghi văn bản quyết định (số, ký hiệu, ngày)."
BACKWARDS = "Ngày kết thúc phải sau ngày bắt đầu. Đồng chí vui lòng xem lại hai ngày."


def written(words: str) -> str:
    """The words as they are kept: canonical, with single spaces."""
    return " ".join(canonical(words).split())


def refuse_if(faults: Sequence[Fault], what: str) -> None:
    """Raise all faults at once; a single one speaks for itself."""
    if not faults:
        return
    if len(faults) == 1:
        raise RuleError(faults[0].message, faults=faults)
    raise RuleError(
        f"{what} vì có {len(faults)} điểm chưa đúng. Đồng chí vui lòng sửa từng điểm rồi làm lại.",
        faults=faults,
    )


def decision_faults(decision: str) -> list[Fault]:
    """A deciding document must be named."""
    return [] if written(decision) else [Fault(NO_DECISION, column="decision")]


def length_faults(words: str, most: int, column: str) -> list[Fault]:
    """What does not fit is refused, never cut."""
    if len(written(words)) <= most:
        return []
    return [
        Fault(f"Nội dung này dài quá {most} ký tự. Đồng chí vui lòng viết gọn lại.", column=column)
    ]


def order_faults(on: date, until: date | None) -> list[Fault]:
    """An end stands after its beginning."""
    return [Fault(BACKWARDS, column="until")] if until and until <= on else []


def life_faults(on: date, until: date | None, unit: Unit) -> list[Fault]:
    """Days outside the unit's life. An open end is no fault: it ends with the unit."""
    if on < unit.founded_on:
        return [
            Fault(
                f"Đơn vị có từ ngày {format_date(unit.founded_on)}. Đồng chí vui lòng chọn từ ngày đó.",
                column="on",
            )
        ]
    if unit.ended_on and on >= unit.ended_on:
        return [
            Fault(
                f"Đơn vị đã kết thúc ngày {format_date(unit.ended_on)}. Đồng chí vui lòng chọn đơn vị kế tiếp.",
                column="on",
            )
        ]
    if unit.ended_on and until and until > unit.ended_on:
        return [
            Fault(
                f"Đơn vị kết thúc ngày {format_date(unit.ended_on)} nên không thể ghi đến ngày {format_date(until)}.",
                column="until",
            )
        ]
    return []


def post_faults(on: date, until: date | None, post: Post) -> list[Fault]:
    """Days outside the post's own; within them, outside its unit's life."""
    if on < post.valid_from:
        return [
            Fault(
                f"Chức danh {post.title} có từ ngày {format_date(post.valid_from)}. Đồng chí vui lòng"
                " chọn từ ngày đó.",
                column="on",
            )
        ]
    if post.valid_to and on >= post.valid_to:
        return [
            Fault(
                f"Chức danh {post.title} không còn từ ngày {format_date(post.valid_to)}. Đồng chí vui lòng"
                " chọn chức danh khác.",
                column="on",
            )
        ]
    if post.valid_to and until and until > post.valid_to:
        return [
            Fault(
                f"Chức danh {post.title} chỉ đến trước ngày {format_date(post.valid_to)}. Đồng chí vui lòng"
                " ghi ngày kết thúc không sau ngày đó.",
                column="until",
            )
        ]
    return life_faults(on, until, post.unit)


def span(on: date, until: date | None) -> Interval:
    """The days of a dated row; an open end is the last day there is."""
    return on, until or FOREVER


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two periods share a day."""
    return one[0] < other[1] and other[0] < one[1]


def most_at_once(spans: Iterable[Interval]) -> tuple[int, date | None]:
    """How many periods share a day at most, and the first such day."""
    known = list(spans)
    best, day = 0, None
    for start, _ in sorted(known):
        held = sum(one[0] <= start < one[1] for one in known)
        if held > best:
            best, day = held, start
    return best, day
