"""What a document gave to the units of a reader who does not keep it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from danvan.accounts.selectors import units_granted
from danvan.commitments.selectors import counted_from
from danvan.documents.models import Document
from danvan.documents.selectors.roll_out.clauses import SOURCE

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

MOST_SHOWN = 100


def work_given(
    document: Document, units: Collection[int] | QuerySet[Any, Any]
) -> "QuerySet[Commitment]":
    """What these units lead of the work that a document gave."""
    return counted_from(SOURCE, document.pk).filter(lead_id__in=units)


def work_for(user: "User", document: Document) -> "list[Commitment]":
    """What the reader's units lead of it, the earliest day first; a page lists no more than a hundred."""
    given = work_given(document, units_granted(user, "documents.view"))
    return list(given.order_by("ordered_by", "pk")[:MOST_SHOWN])
