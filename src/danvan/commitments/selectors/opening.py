"""Whether a reader may open what a commitment was taken from; the modules that keep the sources say so."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from danvan.commitments.enums import SourceKind
from danvan.commitments.models import Commitment, CommitmentSeries
from danvan.commitments.selectors.ledger import allowed_commitments

if TYPE_CHECKING:
    from danvan.accounts.models import User

Opens = Callable[["User", int], bool]
Page = Callable[["User", int, int], str]
_opening: dict[str, Opens] = {}
_pages: dict[str, Page] = {}


def register_source(kind: str, opens: Opens, page: Page | None = None) -> None:
    """Have this asked before a source of the kind is linked; `page` is where its sentence stands, by where it begins."""
    _opening[kind] = opens
    if page is not None:
        _pages[kind] = page


def sentence_page(user: "User", commitment: Commitment | CommitmentSeries) -> str:
    """Where the sentence of its source stands; empty where its kind has no such page."""
    page = _pages.get(commitment.source_kind)
    if page is None or commitment.source_id is None or commitment.source_start is None:
        return ""
    return page(user, commitment.source_id, commitment.source_start)


def opens_source(user: "User", commitment: Commitment | CommitmentSeries) -> bool:
    """Whether `user` may open the page of its source; a kind that nobody speaks for has a page of its own rules."""
    if commitment.source_id is None:
        return False
    opens = _opening.get(commitment.source_kind)
    return opens is None or opens(user, commitment.source_id)


def _opens_parent(user: "User", pk: int) -> bool:
    return allowed_commitments(user, "commitments.view").filter(pk=pk).exists()


register_source(SourceKind.PARENT, _opens_parent)
