"""Excel out of the pages about people in posts."""

from collections.abc import Sequence
from datetime import date

from danvan.desk.posts.reading import Group, vacant_lines
from danvan.foundation.workbook import write_table
from danvan.organisations.selectors.officers.concurrent import ConcurrentRow
from danvan.organisations.selectors.officers.holding import last_day
from danvan.organisations.selectors.officers.vacant import vacancies
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 20_000
POSTS = ("Đơn vị hoặc mã", "Chức danh", "Họ tên", "Cách giữ", "Từ ngày", "Đến ngày", "Quyết định", "Mã cán bộ")  # fmt: skip


def posts_sheet(groups: Sequence[Group], name: str, day: date) -> bytes:
    """Who holds which post, with the columns that an import reads; what is vacant stands above."""
    vacant = [
        f"{post.title}, {group.name}" for group in groups for post in group.posts if post.vacant
    ]
    notes = [f"Chức danh của {name}, ngày {format_date(day)}"]
    if vacant:
        notes.append(f"Còn khuyết: {'; '.join(vacant)}.")
    rows = [
        [
            group.name, post.title, one.name, one.manner_label, one.since, last_day(one.until),
            one.decision, one.officer_id,
        ]
        for group in groups
        for post in group.posts
        for one in post.holders
    ]  # fmt: skip
    return write_table(
        "Chức danh", POSTS, rows, notes=notes, widths=(36, 36, 26, 14, 12, 12, 30, 10)
    )


def vacancies_sheet(home_id: int, name: str, day: date) -> bytes:
    """Every vacant post under a place, at most 20,000."""
    found = list(vacancies(home_id, day).order_by("unit_id", "pk")[: MOST_ROWS + 1])
    notes = [f"Chức danh còn khuyết, {name}, ngày {format_date(day)}"]
    if len(found) > MOST_ROWS:
        notes.append(f"Chỉ gồm {format_number(MOST_ROWS)} dòng đầu.")
    rows = [
        [one.unit_name, one.post.title, one.post.get_rank_display(), one.post.seats,
         one.post.filled, one.post.vacant, one.post.standing_in]
        for one in vacant_lines(found[:MOST_ROWS], day)
    ]  # fmt: skip
    headings = ("Đơn vị", "Chức danh", "Cấp", "Số người", "Đã có", "Còn khuyết", "Quyền, phụ trách")
    return write_table(
        "Chức danh khuyết", headings, rows, notes=notes, widths=(40, 36, 20, 10, 10, 12, 16)
    )


def concurrent_sheet(rows: Sequence[ConcurrentRow], name: str, day: date) -> bytes:
    """The places with one person in both posts and those without, with the reason."""
    same = sum(row.same for row in rows)
    notes = [
        f"Một người đứng đầu ban dân vận và MTTQ: {same}/{len(rows)}, {name}, ngày {format_date(day)}"
    ]
    table = [
        [
            row.place_name, row.board_name, row.head.words if row.head else "",
            row.chair.words if row.chair else "", "có" if row.same else row.why_not,
        ]
        for row in rows
    ]  # fmt: skip
    headings = ("Địa bàn", "Ban", "Người đứng đầu ban", "Chủ tịch MTTQ", "Một người hai chức danh")
    return write_table("Kiêm nhiệm", headings, table, notes=notes, widths=(24, 40, 28, 28, 28))
