"""Where something taken from a text stands in it, for the modules that keep what was taken."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.accounts.selectors import reaches
from danvan.documents.enums import ProposalKind, Stage
from danvan.documents.models import Document, Proposal
from danvan.documents.selectors.registers import opens_document

if TYPE_CHECKING:
    from danvan.accounts.models import User


# Under which tab of the reading page stand those that others keep.
_TABS = {
    ProposalKind.ACTIVITY: "hoat-dong",
    ProposalKind.TASK: "nhiem-vu",
    ProposalKind.TARGET: "chi-tieu",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document; both parts are empty where the reader may not open it."""

    words: str = ""
    url: str = ""


def task_page(user: "User", document_id: int, start: int) -> str:
    """Where the sentence that gave a piece of work stands; empty where `user` may not open the document."""
    return stretch_of(user, document_id, start, ProposalKind.TASK).url


def stretch_of(
    user: "User", document_id: int, start: int, kind: ProposalKind = ProposalKind.ACTIVITY
) -> Stretch:
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
        words, f"{reverse('documents:review', args=[document_id])}?nhom={_TABS[kind]}#s{place}"
    )
