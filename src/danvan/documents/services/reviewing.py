"""Say when a directive is reviewed and by whom, and make commitments of the reviews whose time has come."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.services import Assignment, assign_commitments
from danvan.commitments.services.clocks import hold_ledger
from danvan.documents.enums import ReviewKind
from danvan.documents.models import Document, ReviewDuty, ReviewDutyQuerySet
from danvan.documents.selectors.roll_out import SOURCE, review_days
from danvan.documents.selectors.roll_out.heirs import standing_for
from danvan.documents.services.reading import locked
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities, last_names, units_on
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

logger = logging.getLogger(__name__)
LONGEST_TITLE, MOST_UNITS, MOST_YEARS = 200, 1_000, 20
PRODUCT = {ReviewKind.INTERIM: "Báo cáo sơ kết", ReviewKind.FINAL: "Báo cáo tổng kết"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTerm:
    """One review as it is set: which, in words, by when, and the units that owe it."""

    kind: str
    title: str
    due_on: date
    unit_ids: Sequence[int]


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def schedule_review(
    document: Document, term: ReviewTerm, *, actor: "User | None"
) -> list[ReviewDuty]:
    """Set a review of a document for units; what one of them owes already is not written twice.

    One whose commitment was withdrawn waits again, as if it had never been given.
    """
    hold_units(term.unit_ids)
    document = locked(document)
    faults = [*_faults(document, term)]
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    owed = document.reviews.filter(kind=term.kind, due_on=term.due_on)
    freed = list(owed.freed().filter(unit_id__in=term.unit_ids).order_by("pk"))
    known = set(owed.values_list("unit_id", flat=True))
    new = [pk for pk in dict.fromkeys(term.unit_ids) if pk not in known]
    if not new and not freed:
        raise RuleError("Các đơn vị này đã có lần sơ kết, tổng kết đúng ngày đó.")
    for one in freed:
        one.commitment, one.title = None, _words(term.title)
        one.set_by, one.set_at = actor, clock.now()
    ReviewDuty.objects.bulk_update(
        freed, ["commitment", "title", "set_by", "set_at"], batch_size=500
    )
    made = ReviewDuty.objects.bulk_create(
        ReviewDuty(
            document=document, unit_id=pk, kind=term.kind, title=_words(term.title),
            due_on=term.due_on, set_by=actor, set_at=clock.now(),
        )
        for pk in new
    )  # fmt: skip
    made = [*freed, *made]
    ids = [one.pk for one in made]
    audit.record(actor, "documents.schedule_review", document, ids=ids, kind=term.kind)
    return made


@transaction.atomic
def drop_reviews(document: Document, ids: Collection[int], *, actor: "User | None") -> int:
    """Take reviews back that are not given, or whose commitment was withdrawn; the rows go, the log keeps them."""
    document = locked(document)
    chosen = document.reviews.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    found = list(chosen.order_by("pk"))
    if not found:
        raise RuleError("Đồng chí vui lòng chọn ít nhất một lần sơ kết, tổng kết.")
    if document.reviews.filter(pk__in=ids).waiting().count() < len(found):
        raise RuleError(
            "Có lần đã giao thành việc phải làm nên không bỏ được. Đồng chí vui lòng rút việc đó trước."
        )
    audit.record(actor, "documents.drop_reviews", document, ids=[one.pk for one in found])
    document.reviews.filter(pk__in=[one.pk for one in found]).delete()
    return len(found)


@transaction.atomic
def give_reviews(document: Document, ids: Collection[int], *, actor: "User | None") -> int:
    """Make commitments of these reviews now; how many. One that was given meanwhile stays as it is."""
    _hold(document, document.reviews.filter(pk__in=ids).waiting())
    document = locked(document)
    chosen = document.reviews.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    waiting = list(chosen.waiting().order_by("pk"))
    if not waiting:
        raise RuleError("Các lần này đã giao thành việc phải làm.")
    made = _given(document, waiting, actor)
    if not made:
        raise RuleError("Đơn vị phải sơ kết, tổng kết không còn hoạt động nên chưa giao được.")
    return made


def give_due_reviews() -> int:
    """Make commitments of all reviews whose time has come; how many. Documents in turn, each in its own transaction."""
    days = review_days()
    if days is None:
        return 0
    near = ReviewDuty.objects.never_given().filter(due_on__lte=clock.today() + timedelta(days=days))
    made = 0
    for pk in sorted(near.order_by().values_list("document_id", flat=True).distinct()):
        try:
            made += _give_of(pk, near)
        except (
            RuleError
        ) as refused:  # the others do not wait for it; its page says what is not given
            logger.warning("reviews of document %s not given: %s", pk, refused.message)
    return made


@transaction.atomic
def _give_of(pk: int, near: ReviewDutyQuerySet) -> int:
    here = near.filter(document_id=pk)
    _hold(Document.objects.defer("text").get(pk=pk), here)
    document = locked(Document(pk=pk))
    waiting = list(here.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return _given(document, waiting, None)


def _hold(document: Document, waiting: ReviewDutyQuerySet) -> None:
    """The units that owe these reviews, and who stands for them, before the document."""
    units = {document.answering_id, *waiting.values_list("unit_id", flat=True)}
    hold_ledger({*units, *standing_for(units, on=clock.today()).values()})


def _given(document: Document, waiting: Sequence[ReviewDuty], actor: "User | None") -> int:
    """One commitment for each unit, kind and day; units that nobody stands for are left out."""
    today = clock.today()
    heirs = standing_for({document.answering_id, *(one.unit_id for one in waiting)}, on=today)
    assigner = heirs.get(document.answering_id)
    if assigner is None:
        return 0
    asked: dict[tuple[int, str, date], list[ReviewDuty]] = {}
    for one in waiting:
        if one.unit_id in heirs:
            asked.setdefault((heirs[one.unit_id], one.kind, one.due_on), []).append(one)
    # What is overdue when it is given was due on its day all the same.
    days = sorted({min(due, today) for _, _, due in asked})
    for day in days:
        here = [(key, rows) for key, rows in asked.items() if min(key[2], today) == day]
        made = assign_commitments(
            [_assignment(document, key, rows[0]) for key, rows in here],
            assigner=identities([assigner])[assigner],
            actor=actor,
            assigned_on=day,
            source=Source(kind=SOURCE, id=document.pk, symbol=document.symbol),
        )
        for (_, rows), commitment in zip(here, made, strict=True):
            for one in rows:
                one.commitment = commitment
    done = [one for rows in asked.values() for one in rows]
    ReviewDuty.objects.bulk_update(done, ["commitment"], batch_size=500)
    if done:
        audit.record(actor, "documents.give_reviews", document, ids=[one.pk for one in done])
    return len(asked)


def _assignment(document: Document, key: tuple[int, str, date], one: ReviewDuty) -> Assignment:
    unit_id, kind, due = key
    called = f"{document.get_document_type_display()} {document.symbol}".strip()
    return Assignment(
        lead_id=unit_id,
        title=f"{one.title}: {called}",
        product=PRODUCT[ReviewKind(kind)],
        due_on=due,
    )


def _faults(document: Document, term: ReviewTerm) -> Iterator[Fault]:
    today = clock.today()
    if term.kind not in ReviewKind.values:
        yield Fault("Đồng chí vui lòng chọn sơ kết hoặc tổng kết.", column="kind")
    if not _words(term.title):
        yield Fault("Đồng chí vui lòng ghi nội dung, ví dụ: Sơ kết 1 năm thực hiện.", column="title")  # fmt: skip
    elif len(_words(term.title)) > LONGEST_TITLE:
        yield Fault("Nội dung dài quá 200 ký tự, đồng chí vui lòng viết gọn lại.", column="title")
    if term.due_on < today:
        yield Fault(f"Hạn {format_date(term.due_on)} đã qua, đồng chí vui lòng xem lại.", column="due_on")  # fmt: skip
    elif term.due_on > years_after(today, MOST_YEARS):
        yield Fault(f"Hạn {format_date(term.due_on)} quá xa, đồng chí vui lòng xem lại năm.", column="due_on")  # fmt: skip
    elif document.issued_on and term.due_on <= document.issued_on:
        yield Fault("Hạn phải sau ngày của văn bản.", column="due_on")
    if not term.unit_ids:
        yield Fault("Đồng chí vui lòng chọn ít nhất một đơn vị.", column="units")
    elif len(set(term.unit_ids)) > MOST_UNITS:
        yield Fault(f"Mỗi lần ghi nhiều nhất {format_number(MOST_UNITS)} đơn vị.", column="units")
    else:
        standing = units_on(term.unit_ids, today)
        gone = [pk for pk in term.unit_ids if pk not in standing or standing[pk].is_place]
        if gone:
            names = ", ".join(last_names(gone[:5], today).values()) or "một đơn vị đã chọn"
            yield Fault(f"Không phải cơ quan đang hoạt động: {names}.", column="units")


def _words(words: str) -> str:
    return " ".join(canonical(words).split())
