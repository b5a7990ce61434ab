"""Where a target comes from: the sentence, and the document it stands in, if the reader may open it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.documents.enums import ProposalKind
from danvan.documents.selectors import allowed_documents
from danvan.documents.selectors.sources import stretch_of

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Target


@dataclass(frozen=True, slots=True)
class SourceLink:
    """The source of a target. `url` is empty where the reader may not open the document."""

    symbol: str
    sentence: str
    url: str


def source_of(user: "User", target: "Target") -> SourceLink | None:
    """The source of a target; None where it was not taken from a document."""
    if not target.source_kind:
        return None
    url = source_urls(user, [target])[target.pk]
    if url and target.source_id is not None and target.source_start is not None:
        there = stretch_of(user, target.source_id, target.source_start, ProposalKind.TARGET)
        # Whoever reviews the document is led to the sentence, others to its page.
        url = there.url if "#s" in there.url else url
    return SourceLink(target.source_symbol, target.source_sentence, url)


def source_urls(user: "User", targets: "list[Target]") -> dict[int, str]:
    """The address of each target's source; empty where the reader may not open it. One query."""
    wanted = {
        one.source_id
        for one in targets
        if one.source_kind == "documents.document" and one.source_id is not None
    }
    seen = set()
    if wanted:
        documents = allowed_documents(user, "documents.view").filter(pk__in=wanted)
        seen = set(documents.values_list("pk", flat=True))
    return {one.pk: address_of(one.source_id) if one.source_id in seen else "" for one in targets}


def address_of(document_id: int | None) -> str:
    """The page of the document, at the targets taken from it."""
    return f"{reverse('documents:card', args=[document_id])}#chi-tieu"
