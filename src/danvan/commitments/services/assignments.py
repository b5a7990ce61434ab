"""What is to be given before it is given, and everything that is wrong with it, without giving it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import reaches
from danvan.commitments.services.filing import topic_faults
from danvan.commitments.services.heading import post_faults
from danvan.commitments.services.standing import Standing, standing_of
from danvan.commitments.services.terms import Promise, promised
from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.law.enums import OLD
from danvan.law.services import Term
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

LENGTHS = {"title": 400, "product": 300, "proof": 300}
EARLIEST = date(
    1930, 2, 3
)  # nothing of this work is older; a day before it is a slip of the keyboard
LATEST_YEARS = 30  # a due day further off is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Assignment:
    """One thing to be done, before it is given: by a day, in a term from the day of assigning, or in the term of a
    legal parameter (`term_key`). With none of them it is "thường xuyên": it has no end.
    """

    lead_id: int
    title: str
    product: str
    due_on: date | None
    support_ids: tuple[int, ...] = ()
    proof: str = ""
    topic_id: int | None = None
    term: Term | None = None
    term_key: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """Why work the day of which has gone by is written down only now, and since when it can have been promised."""

    reason: str = ""
    source_on: date | None = None  # the day of the paper it was taken from

    @property
    def why(self) -> str:
        """The reason as it is stored."""
        return canonical(self.reason).strip()


NOT_LATE = Late()


def units_of(one: Assignment) -> tuple[int, ...]:
    """The units that an assignment names: who leads, who supports."""
    return (one.lead_id, *one.support_ids)


def units_in(assignments: Sequence[Assignment], assigner: "Unit") -> set[int]:
    """Every unit that is named by these assignments, and who gives them."""
    return {assigner.pk, *(unit for one in assignments for unit in units_of(one))}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is to be given, each with its day, and everything that is wrong with it."""

    assignments: list[Assignment]
    promises: list[Promise]
    faults: list[Fault]


def weigh(
    assignments: Sequence[Assignment],
    assigner: "Unit",
    actor: "User | None",
    day: date,
    action: str,
    *,
    old: bool = True,
    late: Late = NOT_LATE,
    post_id: int | None = None,
) -> Weighed:
    """Count the days of what is to be given on a day, and look for every fault, `row` counted from 1; nothing is written."""
    promises, wrong = promised([(one.due_on, one.term, one.term_key) for one in assignments], day)
    dated = [
        replace(one, due_on=made.due_on) for one, made in zip(assignments, promises, strict=True)
    ]
    faults = [
        *faults_in(dated, assigner, actor, day, action, old=old, late=late),
        *wrong,
        *post_faults(post_id, [assigner.pk], on=clock.today()),
    ]
    return Weighed(dated, promises, faults)


def assigning_faults(
    assignments: Sequence[Assignment],
    *,
    assigner: "Unit",
    actor: "User | None",
    action: str = "commitments.assign",
    assigned_on: date | None = None,
    old: bool = True,
    late: Late = NOT_LATE,
    post_id: int | None = None,
) -> list[Fault]:
    """What would keep these from being given: what a form tells together with its own faults."""
    day = assigned_on or clock.today()
    return weigh(
        assignments, assigner, actor, day, action, old=old, late=late, post_id=post_id
    ).faults


def faults_in(
    assignments: Sequence[Assignment],
    assigner: "Unit",
    actor: "User | None",
    day: date,
    action: str,
    *,
    old: bool,
    late: Late = NOT_LATE,
) -> list[Fault]:
    """What is wrong with work that is to be given, `row` counted from 1."""
    if not assignments:
        return [Fault("Đồng chí vui lòng ghi ít nhất một việc để giao.")]
    standing = standing_of(units_in(assignments, assigner), day)
    return [
        *_own_faults(assigner, actor, day, standing, action),
        *topic_faults(one.topic_id for one in assignments),
        *(
            Fault(fault.message, row, fault.column)
            for row, one in enumerate(assignments, start=1)
            for fault in (
                *_text_faults(one),
                *_lead_faults(one, standing),
                *_due_faults(one, day, late),
                *_old_faults(one, day, old=old),
            )
        ),
    ]


def _own_faults(
    assigner: "Unit", actor: "User | None", day: date, standing: Standing, action: str
) -> Iterator[Fault]:
    if actor is not None and not reaches(actor, action, assigner.pk):
        yield Fault(
            "Đồng chí chưa có quyền giao việc thay mặt đơn vị này. Đồng chí vui lòng chọn đơn vị khác.",
            column="assigner",
        )
    if absent := standing.absent(assigner.pk):
        yield Fault(f"Đơn vị giao việc không hợp lệ: {absent}", column="assigner")
    if day > clock.today():
        yield Fault(
            f"Ngày giao {format_date(day)} chưa đến, đồng chí vui lòng xem lại.",
            column="assigned_on",
        )
    elif day < EARLIEST:
        yield Fault(
            f"Ngày giao {format_date(day)} quá xa, đồng chí vui lòng xem lại năm.",
            column="assigned_on",
        )


def _text_faults(one: Assignment) -> Iterator[Fault]:
    if not canonical(one.title).strip():
        yield Fault("Đồng chí vui lòng ghi nội dung việc phải làm.", column="title")
    if not canonical(one.product).strip():
        yield Fault(
            "Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay.", column="product"
        )
    labels = {"title": "Nội dung việc", "product": "Sản phẩm", "proof": "Minh chứng cần có"}
    for name, most in LENGTHS.items():
        if len(canonical(getattr(one, name)).strip()) > most:
            yield Fault(
                f"{labels[name]} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại.",
                column=name,
            )


def _lead_faults(one: Assignment, standing: Standing) -> Iterator[Fault]:
    if absent := standing.absent(one.lead_id):
        unknown = not standing.knows(one.lead_id)
        yield Fault(
            "Đồng chí vui lòng chọn đơn vị chủ trì." if unknown else f"Không giao được: {absent}",
            column="lead",
        )
    for unit_id, times in Counter(one.support_ids).items():
        name = standing.name(unit_id)
        if unit_id == one.lead_id:
            yield Fault(
                f"{name} đã chủ trì nên không ghi lại ở đơn vị phối hợp. Đồng chí vui lòng bỏ bớt.",
                column="supports",
            )
        elif absent := standing.absent(unit_id):
            yield Fault(f"Đơn vị phối hợp không hợp lệ: {absent}", column="supports")
        elif times > 1:
            yield Fault(
                f"{name} ghi hai lần ở đơn vị phối hợp. Đồng chí vui lòng bỏ bớt.",
                column="supports",
            )


def _due_faults(one: Assignment, day: date, late: Late) -> Iterator[Fault]:
    due, paper = one.due_on, late.source_on
    if due is None:
        return
    if paper is not None and due < paper:
        yield Fault(
            f"Hạn {format_date(due)} trước ngày của văn bản nguồn {format_date(paper)}. "
            "Đồng chí vui lòng xem lại hạn hoặc ngày của văn bản.",
            column="due_on",
        )
    elif due < EARLIEST or due.year > day.year + LATEST_YEARS:
        yield Fault(
            f"Hạn {format_date(due)} quá xa, đồng chí vui lòng xem lại năm.", column="due_on"
        )
    elif due < day and not late.why:
        yield Fault(
            f"Hạn {format_date(due)} trước ngày giao {format_date(day)}. Nếu là việc đã hứa trước, nay mới ghi vào sổ, "
            f"đồng chí đánh dấu “{OLD}” và ghi vì sao nay mới ghi; nếu không, đồng chí vui lòng chọn hạn từ ngày giao "
            "trở đi.",
            column="due_on",
        )


def _old_faults(one: Assignment, day: date, *, old: bool) -> Iterator[Fault]:
    today = clock.today()
    if not old and one.due_on is not None and day <= one.due_on < today:
        days = format_number((today - one.due_on).days)
        yield Fault(
            f"Hạn {format_date(one.due_on)} đã qua {days} ngày. Nếu là việc đã hứa trước, nay mới ghi vào sổ, "
            f"đồng chí đánh dấu “{OLD}” rồi ghi lại.",
            column="old",
        )
