"""What the pages of the ledger share: filters that stay, files sent out, the link to the source."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from danvan.commitments.models import (
    Commitment,
    CommitmentSeries,
    ProgrammeEntry,
    WorkProgramme,
)
from danvan.commitments.selectors.opening import opens_source, sentence_page
from danvan.foundation.lists import AFTER, BEFORE

if TYPE_CHECKING:
    from danvan.accounts.models import User

FILTERS = (
    "muc", "q", "ben", "don_vi", "don_vi_id", "ca_truoc", "linh_vuc", "van_ban", "nguon", "dien", "nam",
    "thang", "theo_doi",
)  # fmt: skip
# Where the page of a source stands, by its kind: the modules above are known by the names of their pages only.
SOURCE_PAGES = {
    "documents.document": ("documents:card", "documents:review"),
    "dialogues.conclusion": ("dialogues:of-conclusion",),
    "petitions.request": ("petitions:of-request",),
    "petitions.reception": ("reception:of-conclusion",),
    "commitments.commitment": ("commitments:card",),
}
KEPT = "commitments.list"
LONGEST_WAY = 2_000  # letters of an address


def kept_params(request: HttpRequest) -> QueryDict:
    """The filters in the address, else those the list was last narrowed to; `?bo-loc=1` clears them."""
    if "bo-loc" in request.GET:
        request.session.pop(KEPT, None)
        return QueryDict()
    if not request.GET:
        return QueryDict(request.session.get(KEPT, ""))
    kept = request.GET.copy()
    for gone in set(kept) - set(FILTERS):
        del kept[gone]
    if request.session.get(KEPT, "") != kept.urlencode():
        request.session[KEPT] = kept.urlencode()
    return request.GET


def came_from(request: HttpRequest) -> str:
    """Where an act on many rows was begun: the same tab, filters and page; the list where it is not said, or said amiss."""
    said = request.POST.get("ve", "")
    here = said.startswith("/") and len(said) <= LONGEST_WAY
    fits = here and url_has_allowed_host_and_scheme(said, allowed_hosts=None)
    return said if fits else reverse("commitments:list")


def known_params(params: QueryDict) -> dict[str, str]:
    """The filters and the place in the list, and nothing else that stands in the address."""
    return {name: str(params[name]) for name in (*FILTERS, AFTER, BEFORE) if name in params}


def source_url(user: "User", commitment: Commitment | CommitmentSeries) -> str:
    """The page of what a commitment, or one that comes back, was taken from, at its sentence; empty where `user` may open none here."""
    if not opens_source(user, commitment):
        return ""
    if there := sentence_page(user, commitment):
        return there
    for name in SOURCE_PAGES.get(commitment.source_kind, ()):
        try:
            url = reverse(name, args=[commitment.source_id])
        except NoReverseMatch:
            continue
        return url
    return ""


def dialogue_url(entry: ProgrammeEntry, programme: WorkProgramme) -> str:
    """Where the dialogue of a line of an issued programme opens; empty for any other line."""
    if not (entry.dialogue and programme.issued and entry.cancelled_on is None):
        return ""
    try:
        return reverse("dialogues:of-entry", args=[entry.pk])
    except NoReverseMatch:
        return ""
