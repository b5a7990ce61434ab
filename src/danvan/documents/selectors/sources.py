"""Where something taken from a text stands in it, for the modules that keep what was taken."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.accounts.selectors import reaches
from danvan.documents.enums import Stage
from danvan.documents.models import Document, Proposal
from danvan.documents.selectors.registers import opens_document

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document; both parts are empty where the reader may not open it."""

    words: str = ""
    url: str = ""


def stretch_of(user: "User", document_id: int, start: int) -> Stretch:
    """The sentence on the reading page for whoever reviews the document, else the document's own page.

    Six queries at most.
    """
    if not opens_document(user, document_id):
        return Stretch()
    document = Document.objects.defer("text").get(pk=document_id)
    words = f"văn bản {document.symbol}" if document.symbol else str(document)
    reviewed = document.stage in (Stage.TO_REVIEW, Stage.REVIEWED)
    if not reviewed or not reaches(user, "documents.review", document.answering_id):
        return Stretch(words, reverse("documents:card", args=[document_id]))
    # The marks in the text bear the place of each proposal among all of them.
    place = Proposal.objects.filter(document_id=document_id, start__lt=start).count() + 1
    return Stretch(
        words, f"{reverse('documents:review', args=[document_id])}?nhom=hoat-dong#s{place}"
    )
