"""The list of reorganisations, a new draft, its heading, and giving it up."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import units_granted
from danvan.desk.reorganise.forms.fields import ACTION
from danvan.desk.reorganise.forms.starting import DraftForm, ListFilter, documents_meant
from danvan.desk.reorganise.reading.drafts import head_of
from danvan.desk.reorganise.reading.listing import lines_of
from danvan.desk.reorganise.shapes import GROUPS, SHAPES, draw
from danvan.desk.reorganise.views.reach import (
    as_seen,
    draft_for,
    or_where_it_stands,
    reorganisation_for,
)
from danvan.desk.reorganise.views.sent import sent
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.organisations.enums import EventState
from danvan.organisations.selectors.reorganising.lists import BY_RANK, reorganisations
from danvan.organisations.services.reorganising import (
    draft_reorganisation,
    drop_reorganisation,
    edit_reorganisation,
    redraft,
)


@require_GET
@requires("register.reorganise", reading=True)
def reorganisation_list(request: SignedInRequest) -> HttpResponse:
    """Every reorganisation within reach, drafts first."""
    form = ListFilter(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    within = units_granted(request.user, ACTION)
    found = reorganisations(
        within,
        words=said.get("q", ""),
        kind=said.get("loai", ""),
        state=said.get("tinh_trang", ""),
    )
    page = page_of(found, request.GET, order=BY_RANK, never_null=("rank",))
    context = {
        "form": form,
        "narrow": any(said.values()),
        "page": page,
        "lines": lines_of(page.rows),
        "drafts": reorganisations(within, state=EventState.DRAFT).count(),
    }
    return render_page(request, "desk/reorganise/list.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("register.reorganise")
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a draft: what it does, when, by which decision."""
    form = DraftForm(request.user, sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = draft_reorganisation(
                said["kind"], scope_id=said["scope_id"], actor=request.user, **form.told()
            )
        except RuleError as broken:
            form.refuse(broken)
        else:
            return redirect("desk:reorganise-units", made.pk)
    context = {"form": form, "groups": kinds_offered()}
    status = 422 if form.errors else 200
    return render_page(request, "desk/reorganise/new.html", "form", context, status=status)


def kinds_offered() -> list[tuple[str, list[dict[str, object]]]]:
    """The kinds in their groups, each with its words and its drawing."""
    return [
        (
            title,
            [
                {"kind": k.value, "label": k.label, "words": SHAPES[k].words, "drawing": draw(k)}
                for k in kinds
            ],
        )
        for title, kinds in GROUPS
    ]


@require_http_methods(["GET", "POST"])
@requires("register.reorganise")
@or_where_it_stands
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the heading of a draft."""
    draft = draft_for(request.user, pk)
    form = DraftForm(request.user, sent(request), draft=draft)
    if request.method == "POST" and form.is_valid():
        told = {key: value for key, value in form.told().items() if key != "source"}
        try:
            edit_reorganisation(
                as_seen(draft, request.POST.get("seen")), actor=request.user, **told
            )
        except RuleError as broken:
            form.refuse(broken)
        else:
            return redirect("desk:reorganise-units", pk)
    head = head_of(request.user, draft)
    context = {"form": form, "draft": draft, "head": head, "step": {"label": "Sửa dự thảo"}}
    status = 422 if form.errors else 200
    return render_page(request, "desk/reorganise/amend.html", "form", context, status=status)


@require_POST
@requires("register.reorganise")
@or_where_it_stands
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    draft = as_seen(draft_for(request.user, pk), request.POST.get("seen"))
    try:
        drop_reorganisation(draft, actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
        return redirect("desk:reorganise-apply", pk)
    messages.success(request, f"Đã bỏ dự thảo {draft.number}.")
    return redirect("desk:reorganisations")


@require_POST
@requires("register.reorganise")
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fresh draft from one that was undone or dropped."""
    with transaction.atomic():
        try:
            made = redraft(reorganisation_for(request.user, pk), actor=request.user)
        except RuleError as broken:
            messages.error(request, broken.message)
            return redirect("desk:reorganisation", pk)
    return redirect("desk:reorganise-units", made.pk)


@require_GET
@requires("documents.view")
def documents(request: SignedInRequest) -> HttpResponse:
    """Registered documents by what people type, for the box of the decision."""
    found = documents_meant(request.user, request.GET.get("q", "")[:200])
    results = [
        {"id": pk, "name": name, "url": reverse("documents:card", args=[pk])} for pk, name in found
    ]
    return JsonResponse({"results": results})
