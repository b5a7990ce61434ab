"""What is read of petitions: the list, one petition, who sent it for some minutes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.caching import kept_nowhere
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import AFTER, BEFORE, page_of
from danvan.foundation.papers import WORD, Paper, to_docx
from danvan.foundation.refusals import carried_out
from danvan.petitions import exports, selectors, services
from danvan.petitions.forms import OpenForm, PetitionFilter
from danvan.petitions.models import PetitionRequest
from danvan.petitions.papers import make_paper, papers_of
from danvan.petitions.selectors import LATE, allowed_petitions
from danvan.petitions.views.page import render_card

NEWEST = ("-received_on", "-pk")
NEAREST = ("due_on", "pk")


@require_GET
@requires("petitions.view")
def petition_list(request: SignedInRequest) -> HttpResponse:
    """The petitions within reach, the newest first (late ones the latest first), with filters that stay in the address."""
    form, today = PetitionFilter(request.GET), clock.today()
    asked = form.asked()
    context: dict[str, object] = {"form": form, "page": None, "tabs": _tabs(request, form.tab)}
    if asked is not None:
        order: tuple[str, ...] = NEAREST if asked.tab == LATE else NEWEST
        order = ("search_tier", *order) if asked.words else order
        never_null = ("due_on",) if asked.tab == LATE else ()
        found = selectors.looked(request.user, asked, on=today)
        page = page_of(
            found.rows,
            request.GET,
            order=order,
            never_null=never_null,
            least=found.least,
            by_index=not asked.words,
        )
        context |= {"page": page, "lines": selectors.lines_of(page.rows, on=today)}
    context["may_receive"] = may(request.user, "petitions.receive")
    context["may_handle"] = may(request.user, "petitions.handle")
    context["to_publish"] = selectors.waiting_publications(request.user)
    status = 422 if form.errors else 200
    return render_page(request, "petitions/list.html", "rows", context, status=status)


@require_GET
@requires("petitions.view")
def list_sheet(request: SignedInRequest) -> HttpResponse:
    """The same list as Excel, with the same filters; never who sent a petition."""
    asked, today = PetitionFilter(request.GET).asked(), clock.today()
    if asked is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    found = selectors.listed(request.user, asked, on=today).order_by(*NEWEST)
    return made_file(exports.as_sheet(found, on=today), f"don-thu-{today:%Y%m%d}.xlsx")


@require_GET
@requires("petitions.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One petition: its way, its clocks, what may be done next, what is asked and answered."""
    return render_card(request, pk)


@require_GET
@requires("petitions.view")
def of_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """The petition that a request belongs to, at the request."""
    seen = allowed_petitions(request.user, "petitions.view")
    found = get_object_or_404(PetitionRequest, pk=pk, petition__in=seen)
    return redirect(f"{redirect('petitions:card', found.petition_id).url}#yc-{found.number}")


@require_POST
@requires("petitions.handle")
def open_names(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mở danh tính: for some minutes, for a purpose that is written down."""
    mine = allowed_petitions(request.user, "petitions.handle").select_related("paper")
    found = get_object_or_404(mine, pk=pk)
    form = OpenForm(request.POST)
    made = carried_out(
        form, lambda: services.open_identity(found.paper, actor=request.user, **form.cleaned_data)
    )
    if made is None:
        return render_card(request, pk, opening=form)
    messages.success(request, "Đã mở danh tính; lần mở này được ghi lại.")
    return redirect(f"{redirect('petitions:card', pk).url}#danh-tinh")


@require_GET
@kept_nowhere
@requires("petitions.handle")
def paper(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """One paper of the petition, to read and to print; the name stands in it while the identity is open."""
    card, made, label = _paper(request, pk, slug)
    context = {"petition": card.petition, "card": card, "paper": made, "label": label, "slug": slug}
    return render_page(request, "petitions/paper.html", "paper", context)


@require_GET
@kept_nowhere
@requires("petitions.handle")
def paper_docx(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """The same paper as a Word file."""
    card, made, _ = _paper(request, pk, slug)
    return made_file(to_docx(made), f"{slug}-{card.petition.number}.docx", WORD)


def _paper(request: SignedInRequest, pk: int, slug: str) -> tuple[selectors.Card, Paper, str]:
    rows = allowed_petitions(request.user, "petitions.handle").select_related("paper")
    card = selectors.card_of(request.user, get_object_or_404(rows, pk=pk))
    labels = dict(papers_of(card))
    if slug not in labels:
        raise Http404
    return card, make_paper(slug, card), labels[slug]


def _tabs(request: SignedInRequest, chosen: str) -> list[dict[str, object]]:
    """The tabs with their addresses; the other filters stay."""
    kept = request.GET.copy()
    for name in ("o", AFTER, BEFORE):
        kept.pop(name, None)
    found = []
    for key, (label, _) in selectors.TABS.items():
        kept["o"] = key
        found.append({"label": label, "url": f"?{kept.urlencode()}", "here": key == chosen})
    return found
