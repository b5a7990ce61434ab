"""What becomes public: the list of what is to be looked through, the page of one matter, its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out
from danvan.petitions import selectors, services
from danvan.petitions.enums import ANSWERED_KINDS
from danvan.petitions.forms.publishing import AgainForm, CoverForm, HideForm
from danvan.petitions.models import PublicPetition
from danvan.petitions.moves import HANDLE
from danvan.petitions.publishing_enums import BY_UNIT, HIDDEN, LATE, Showing
from danvan.petitions.selectors import allowed_petitions

# Of each act: its label, its form, what it does, what is said when it is done.
ACTS: dict[str, tuple[str, type[AgainForm], Callable[..., Any], str]] = {
    "khong": (
        "Không công khai",
        HideForm,
        services.decline_publication,
        "Đã ghi không công khai, kèm lý do.",
    ),
    "go": ("Gỡ khỏi cổng", HideForm, services.unpublish_petition, "Đã gỡ khỏi Cổng Nhân dân."),
    "duyet-lai": (
        "Đưa về chờ duyệt",
        AgainForm,
        services.moderate_again,
        "Đã đưa về chờ duyệt.",
    ),
}
CHOICES = [
    *Showing.choices[:1],
    (LATE, "Quá hạn duyệt"),
    *Showing.choices[1:],
    (BY_UNIT, "Theo đơn vị"),
]
FITS = {
    "khong": (Showing.WAITING,),
    "go": (Showing.SHOWN,),
    "duyet-lai": HIDDEN,
}


@require_GET
@requires(HANDLE)
def publications(request: SignedInRequest) -> HttpResponse:
    """What waits, the longest waiting first; by a choice in the address what is public, declined or taken down; or how each
    unit keeps up.
    """
    asked, unit = request.GET.get("xem", ""), request.GET.get("don_vi", "")
    if asked == BY_UNIT:
        return _by_unit(request)
    which = asked if asked in dict(CHOICES) else str(Showing.WAITING)
    waits = which in (Showing.WAITING, LATE)
    unit_id = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None
    found = selectors.publications_listed(request.user, which, unit_id=unit_id)
    page = page_of(found, request.GET, order=("due_on", "pk") if waits else ("-decided_on", "-pk"))
    lines = selectors.moderation_lines(page.rows)
    context = {
        "page": page,
        "lines": lines,
        "which": which,
        "waits": waits,
        "choices": CHOICES,
        "unit_name": lines[0].unit_name if unit_id and lines else "",
        "waiting": selectors.waiting_publications(request.user),
    }
    return render_page(request, "petitions/publications.html", "rows", context)


def _by_unit(request: SignedInRequest) -> HttpResponse:
    """How each unit keeps up: what waits, is late, was not made public."""
    units = selectors.publications_by_unit(request.user)
    context = {"units": units, "by_unit": True, "which": BY_UNIT, "choices": CHOICES}
    return render_page(request, "petitions/publications.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def publication(request: SignedInRequest, pk: int) -> HttpResponse:
    """One matter: its words with what is proposed to be covered, tried out as often as wished, then confirmed."""
    row = _found(request, pk)
    first = {"seen": row.changes, "of": row.petition.changes}
    form = CoverForm(request.POST or None, initial=first)
    if "xem-thu" not in request.POST:
        made = carried_out(
            form, lambda: services.publish_petition(row, actor=request.user, **form.said())
        )
        if made is not None:
            messages.success(request, f"Đã công khai, số {made.number}.")
            return redirect("petitions:publications")
    tried = request.method == "POST"
    chosen, more = (form.chosen(), form.more()) if tried else (None, ())
    refused = tried and "xem-thu" not in request.POST
    context = {
        "row": row,
        "petition": row.petition,
        "form": form,
        "parts": selectors.proposed_covers(row, chosen, more),
        "tried": tried,
        "denounces": selectors.denounces(selectors.words_to_show(row.petition)),
        "acts": [(slug, ACTS[slug][0]) for slug, fits in FITS.items() if row.state in fits],
        "line": selectors.moderation_lines([row])[0],
        "hidden": row.state in HIDDEN,
    }
    status = 422 if refused else 200
    return render_page(request, "petitions/publication.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def publication_act(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Not to be public, public no longer, or to be looked through again."""
    row = _found(request, pk)
    if slug not in ACTS:
        raise Http404
    label, made_of, act, done = ACTS[slug]
    form = made_of(request.POST or None, initial={"seen": row.changes})
    if carried_out(form, lambda: act(row, actor=request.user, **form.said())) is not None:
        messages.success(request, done)
        return redirect("petitions:publication", pk)
    status = 422 if request.method == "POST" else 200
    context = {"row": row, "petition": row.petition, "form": form, "label": label}
    return render_page(request, "petitions/publication_act.html", "form", context, status=status)


@require_POST
@requires(HANDLE)
def ask_to_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whoever sent it told the officer that everybody may read it."""
    mine = allowed_petitions(request.user, HANDLE).filter(kind__in=ANSWERED_KINDS)
    petition = get_object_or_404(mine, pk=pk)
    row = services.ask_to_publish(petition, on=clock.today(), actor=request.user)
    messages.success(request, "Đã ghi: người gửi muốn công khai. Đồng chí vui lòng duyệt nội dung.")
    return redirect("petitions:publication", row.pk)


def _found(request: SignedInRequest, pk: int) -> PublicPetition:
    mine = selectors.allowed_publications(request.user, HANDLE).select_related("petition__paper")
    return get_object_or_404(mine, pk=pk)
