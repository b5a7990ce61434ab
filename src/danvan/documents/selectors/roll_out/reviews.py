"""The reviews of a document: who owes which by when, and what became of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from danvan.commitments.enums import UNCOUNTED, UNDONE
from danvan.commitments.enums import State as Work
from danvan.commitments.selectors import lines_of
from danvan.commitments.selectors.marks import Mark
from danvan.documents.enums import RelationKind, ReviewKind, Verdict
from danvan.documents.models import Document, Relation, ReviewDuty, ReviewDutyQuerySet
from danvan.documents.selectors.registers import allowed_documents, kept_documents
from danvan.documents.selectors.roll_out.cascade import days_of
from danvan.foundation import clock
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.selectors.lists import Line

VIEW, MOST_MARKS = "documents.view", 1_000
SOONEST = ("due_on", "pk")
REVIEW_DAYS = "rollout.review"  # so many days before its day a review becomes a commitment
# What each number of the page counts, by the word in the address.
STATES: dict[str, str] = {
    "cho-giao": "Chưa giao",
    "dang-lam": "Đang làm",
    "qua-han": "Quá hạn",
    "bao-xong": "Đã báo xong",
    "kiem-tra": "Đã kiểm tra",
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review of one unit; `work` is its commitment with what stands beside it."""

    duty: ReviewDuty
    unit: str
    work: "Line | None"

    @property
    def waits(self) -> bool:
        """Whether it may be given or taken back: nothing was given, or that was withdrawn."""
        return self.work is None or self.work.commitment.state == Work.WITHDRAWN


def _narrowed(state: str, on: date) -> Q:
    undone = Q(commitment__state__in=UNDONE)
    given = Q(commitment__isnull=False) & ~Q(commitment__state__in=UNCOUNTED)
    return {
        "cho-giao": Q(commitment=None) | Q(commitment__state=Work.WITHDRAWN),
        "dang-lam": undone & Q(commitment__ordered_by__gte=on),
        "qua-han": undone & Q(commitment__ordered_by__lt=on),
        "bao-xong": given & Q(commitment__claimed_on__isnull=False),
        "kiem-tra": given & Q(commitment__verified_on__isnull=False),
    }.get(state, Q())


def reviews_of(document: Document, state: str = "") -> ReviewDutyQuerySet:
    """The reviews of a document, narrowed to what one of the numbers counts."""
    found = ReviewDuty.objects.filter(document=document)
    return found.filter(_narrowed(state, clock.today())).order_by(*SOONEST)


def review_counts(document: Document) -> dict[str, int]:
    """How many reviews stand how; all under the empty word. One query."""
    today = clock.today()
    counts = {f"n{at}": Count("pk", filter=_narrowed(state, today)) for at, state in enumerate(STATES)}  # fmt: skip
    row = ReviewDuty.objects.filter(document=document).aggregate(whole=Count("pk"), **counts)
    return {"": row["whole"]} | {state: row[f"n{at}"] for at, state in enumerate(STATES)}


def review_lines(duties: Iterable[ReviewDuty]) -> list[ReviewLine]:
    """These reviews with the names of the units and their commitments. A constant number of queries."""
    found, today = list(duties), clock.today()
    names = last_names({one.unit_id for one in found}, today)
    work = [one.commitment for one in found if one.commitment is not None]
    lines = {line.commitment.pk: line for line in lines_of(work, on=today)} if work else {}
    return [
        ReviewLine(one, names.get(one.unit_id, ""), lines.get(one.commitment_id or 0))
        for one in found
    ]


def reports_of_reviews(user: "User", document: Document) -> list[Document]:
    """The documents of which a person confirmed that they review this one, where the reader may open them. Two queries."""
    said = Relation.objects.filter(
        other=document, kind=RelationKind.REVIEWS, verdict__in=(Verdict.ACCEPTED, Verdict.CORRECTED)
    )
    readable = allowed_documents(user, VIEW).filter(pk__in=said.values("document_id"))
    return list(readable.defer("text").order_by("-issued_on", "-pk")[:50])


def review_marks(user: "User", unit_ids: Collection[int], first: date, last: date) -> list[Mark]:
    """What these units owe in these days and is not given yet, one mark for each document, kind and day. Four queries."""
    rows = ReviewDuty.objects.waiting().filter(
        unit_id__in=unit_ids, due_on__gte=first, due_on__lte=last
    )
    rows = rows.select_related("document").defer("document__text").order_by(*SOONEST)
    together: dict[tuple[int, str, date], list[ReviewDuty]] = {}
    for one in rows[:MOST_MARKS]:
        together.setdefault((one.document_id, one.kind, one.due_on), []).append(one)
    if not together:
        return []
    ids = {pk for pk, _, _ in together}
    kept = set(kept_documents(user, VIEW).filter(pk__in=ids).values_list("pk", flat=True))
    read = set(allowed_documents(user, VIEW).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        Mark(
            on=due,
            label=str(ReviewKind(kind).label),
            title=f"{some[0].title}: {some[0].document}",
            url=_address(pk, kept, read),
            giver_id=some[0].document.answering_id,
            concerns=frozenset(one.unit_id for one in some),
            key=f"documents.review.{pk}.{kind}.{due}",
        )
        for (pk, kind, due), some in together.items()
    ]


def _address(pk: int, kept: Collection[int], read: Collection[int]) -> str:
    if pk in kept:
        return reverse("documents:roll-out-reviews", args=[pk])
    return reverse("documents:card", args=[pk]) if pk in read else ""


def review_days() -> int | None:
    """So many days before its day a review becomes a commitment; None where the parameter is not loaded. One query."""
    return days_of(REVIEW_DAYS, on=clock.today())
