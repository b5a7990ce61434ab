"""Posts and who holds them, out of an Excel list as people keep it: every fault at once, or everything written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sheet import Wanted, heading_key, read_table
from danvan.foundation.workbook import write_table
from danvan.organisations.enums import Rank
from danvan.organisations.models import Appointment, Officer, Post, Unit
from danvan.organisations.services.officers import rules
from danvan.organisations.services.officers.appointing import Draft, appoint_many
from danvan.organisations.services.officers.people import named
from danvan.organisations.services.officers.rows import Reading, Seat
from danvan.organisations.services.officers.whereabouts import Whereabouts
from danvan.vietnamese.text import fold

# field: (heading of our own sheet, other headings in use)
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "unit": ("Đơn vị hoặc mã", ("đơn vị", "tên đơn vị", "mã đơn vị", "mã", "cơ quan", "tổ chức")),
    "title": ("Chức danh", ("chức vụ", "chức vụ, chức danh", "chức danh, chức vụ")),
    "name": ("Họ tên", ("họ và tên", "tên", "cán bộ", "đồng chí", "họ tên cán bộ")),
    "manner": ("Cách giữ", ("hình thức giữ", "chính thức, kiêm nhiệm")),
    "on": ("Từ ngày", ("ngày bổ nhiệm", "ngày bắt đầu", "bắt đầu", "từ")),
    "until": ("Đến ngày", ("đến hết ngày", "ngày kết thúc", "ngày thôi giữ", "kết thúc", "đến")),
    "decision": ("Quyết định", ("văn bản quyết định", "số quyết định", "quyết định số", "căn cứ")),
    "officer": ("Mã cán bộ", ("số cán bộ",)),
}
NEEDED = ("unit", "title", "name", "on")
HEADINGS = {field: heading for field, (heading, _) in COLUMNS.items()}
WANTED = Wanted(
    subject="chức danh",
    example="Đơn vị hoặc mã, Chức danh, Họ tên, Cách giữ, Từ ngày",
    synonyms={
        heading_key(word): field
        for field, (heading, others) in COLUMNS.items()
        for word in (heading, *others)
    },
    needed=NEEDED,
)
WIDTHS = (36, 44, 28, 14, 12, 12, 30, 12)
NOTES = (
    "Mỗi dòng là một người. Đơn vị ghi tên như trong Sổ đơn vị, hoặc mã xã, tỉnh đủ 5 (2) chữ số.",
    "Chức danh ghi như thường dùng, kể cả viết tắt: UVBTV, Trưởng ban; dấu phẩy tách các chức danh kiêm nhiệm.",
    "Cách giữ: chính thức, kiêm nhiệm, quyền, phụ trách; để trống thì hiểu theo chức danh.",
    "Đến ngày là ngày cuối còn giữ; đang giữ thì để trống. Mã cán bộ chỉ ghi khi có hai người trùng tên.",
)


@dataclass(frozen=True, slots=True)
class ImportedPosts:
    """What an import wrote, what a person should look at again, and the columns it had no use for."""

    appointments: int
    posts: int
    officers: int
    warnings: tuple[str, ...]
    unused_columns: Sequence[str]


def blank_posts_sheet() -> bytes:
    """The sheet to fill in, with how to fill it above and no rows."""
    return write_table("Chức danh", list(HEADINGS.values()), [], notes=NOTES, widths=WIDTHS)


@transaction.atomic
def import_posts(
    content: bytes, *, name: str, actor: Any, within: QuerySet[Any, Any] | None = None
) -> ImportedPosts:
    """Write every post and appointment of an .xlsx list, or none; posts and officers that are new are made.

    One row may hold several posts of one person and several people of one post. `within` bounds the units that
    may be written. RuleError carries all faults of all rows. Queries do not grow with the number of rows.
    """
    table = read_table(content, name=name, wanted=WANTED)
    if not table.rows:
        raise RuleError("Bảng chưa có dòng nào. Đồng chí vui lòng điền rồi gửi lại.")
    readings = [Reading(row) for row in table.rows]
    Whereabouts(readings, within).place_all()
    seats = [seat for reading in readings for seat in reading.seats]
    _resolve_officers(seats)
    wrong = [(one.number, fault) for one in readings for fault in one.faults]
    if not wrong:
        made = _write(seats, actor)
        wrong = [(one.row or 0, one) for one in made.faults]
        if not wrong:
            return ImportedPosts(
                made.appointments, made.posts, made.officers, made.warnings, table.unused
            )
    faults = [
        Fault(fault.message, row, table.headings.get(fault.column, HEADINGS.get(fault.column, "")))
        for row, fault in wrong
    ]
    raise RuleError(
        f"Tệp có {len(faults)} lỗi nên chưa ghi dòng nào. Đồng chí vui lòng sửa các lỗi dưới đây rồi gửi lại.",
        faults=faults,
    )


@dataclass(slots=True)
class _Made:
    appointments: int = 0
    posts: int = 0
    officers: int = 0
    warnings: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def _resolve_officers(seats: Sequence[Seat]) -> None:
    """Who each name is: the one of that number, the one person of that name who holds a post in that place, or new.

    Two of one name in one place are asked about, never guessed. Two queries.
    """
    numbers = {seat.officer_number for seat in seats if seat.officer_number}
    by_number = Officer.objects.in_bulk(numbers)
    names = {fold(seat.name) for seat in seats if not seat.officer_number}
    known: dict[tuple[str, int], set[int]] = defaultdict(set)
    held = Appointment.objects.filter(
        officer__folded__in=names,
        post__unit__versions__place_id__in={seat.place_id for seat in seats},
    )
    rows = held.values_list("officer_id", "officer__full_name", "post__unit__versions__place_id")
    for officer_id, full_name, place_id in rows.distinct():
        known[full_name.lower(), place_id].add(officer_id)
    for seat in seats:
        if seat.officer_number:
            found = by_number.get(seat.officer_number)
            if found is None or fold(found.full_name) != fold(seat.name):
                seat.fault(
                    f"Mã cán bộ {seat.officer_number} không phải của {seat.name}. Đồng chí vui lòng kiểm tra"
                    " mã.", "officer",
                )  # fmt: skip
            else:
                seat.officer_id = found.pk
            continue
        same = known.get((seat.name.lower(), seat.place_id), set())
        if len(same) > 1:
            seat.fault(
                f"Có {len(same)} cán bộ cùng tên {seat.name} ở địa bàn này (mã"
                f" {', '.join(str(one) for one in sorted(same))}). Đồng chí vui lòng ghi Mã cán bộ.",
                "name",
            )
        seat.officer_id = next(iter(same), None)


def _write(seats: Sequence[Seat], actor: Any) -> _Made:
    """Make what is new and the appointments; takes everything back where a rule refuses."""
    made = _Made()
    try:
        with transaction.atomic():
            made.officers = _make_officers(seats)
            made.posts = _make_posts(seats, actor)
            drafts = [
                Draft(
                    seat.officer_id or 0, seat.post_id or 0, seat.manner, seat.entry, seat.decision,
                    seat.on, seat.until, seat.row,
                )
                for seat in seats
            ]  # fmt: skip
            done = appoint_many(drafts, actor=actor)
            made.appointments, made.warnings = len(done.appointments), done.warnings
    except RuleError as refused:
        return _Made(faults=tuple(_as_columns(one) for one in refused.faults))
    return made


def _as_columns(fault: Fault) -> Fault:
    """A fault of an appointment under the heading that says it in the sheet."""
    column = {"post": "title", "officer": "name"}.get(fault.column, fault.column)
    return Fault(fault.message, fault.row, column)


def _make_officers(seats: Sequence[Seat]) -> int:
    """One officer for each new name in a place."""
    new: dict[tuple[str, int], Officer] = {}
    for seat in seats:
        if seat.officer_id is None:
            key = (seat.name.lower(), seat.home_id)
            new.setdefault(key, Officer(**named(seat.name)))
    Officer.objects.bulk_create(new.values())
    for seat in seats:
        if seat.officer_id is None:
            seat.officer_id = new[seat.name.lower(), seat.home_id].pk
    return len(new)


def _make_posts(seats: Sequence[Seat], actor: Any) -> int:
    """The posts that stand on the days asked for; a new one where none does, from the first day it is held."""
    units = Unit.objects.select_for_update().order_by("pk").in_bulk({s.unit_id for s in seats})
    standing: dict[tuple[int, str], list[Post]] = defaultdict(list)
    for post in Post.objects.filter(unit_id__in=units).order_by("valid_from"):
        standing[post.unit_id, fold(post.title)].append(post)
    wanted: dict[tuple[int, str], list[Seat]] = defaultdict(list)
    for seat in seats:
        key = (seat.unit_id, fold(seat.title.words))
        there = [p for p in standing[key] if rules.overlap(rules.span(p.valid_from, p.valid_to), rules.span(seat.on, seat.until))]  # fmt: skip
        if there:
            seat.post_id = there[-1].pk
        else:
            wanted[key].append(seat)
    made = {key: _new_post(asked, standing[key]) for key, asked in wanted.items()}
    Post.objects.bulk_create(made.values())
    for key, asked in wanted.items():
        for seat in asked:
            seat.post_id = made[key].pk
    for unit_id in sorted({post.unit_id for post in made.values()}):
        ids = [post.pk for post in made.values() if post.unit_id == unit_id]
        audit.record(actor, "organisations.import_posts", units[unit_id], posts=ids)
    return len(made)


def _new_post(asked: Sequence[Seat], standing: Sequence[Post]) -> Post:
    """A post from the first day somebody holds it; a head's has one seat, others as many as the list fills."""
    title = asked[0].title
    spans = [rules.span(one.on, one.until) for one in asked]
    most, _ = rules.most_at_once(spans)
    begins = min(one.on for one in asked)
    later = [post.valid_from for post in standing if post.valid_from > begins]
    return Post(
        unit_id=asked[0].unit_id, title=title.words, rank=title.rank,
        seats=1 if title.rank == Rank.HEAD else max(most, 1),
        decision="", valid_from=begins, valid_to=min(later, default=None),
    )  # fmt: skip
