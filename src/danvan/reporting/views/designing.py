"""Writing a form: begin from nothing or from the version in force, change, look at it on a phone, publish."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.reporting import services
from danvan.reporting.design_forms import NewFormDraft
from danvan.reporting.design_page import DesignPage
from danvan.reporting.designing import Content
from danvan.reporting.selectors import allowed_forms
from danvan.reporting.selectors.designing import (
    allowed_drafts,
    kind_among,
    kinds_offered,
    kinds_within,
    lines_of,
    seen_lines,
)


@require_http_methods(["GET", "POST"])
@requires("forms.manage")
def design_new(request: SignedInRequest) -> HttpResponse:
    """Begin to write a form."""
    form = NewFormDraft(request.POST if request.method == "POST" else None, user=request.user)
    draft = carried_out(form, lambda: services.begin_form_draft(**form.said, actor=request.user))
    if draft is not None:
        return redirect("reporting:design", draft.pk)
    status = 422 if form.errors else 200
    return render_page(request, "reporting/design_new.html", "form", {"form": form}, status=status)


@require_POST
@requires("forms.manage")
def design_next(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin to write the next version of a form, or go on with the one being written."""
    form = get_object_or_404(allowed_forms(request.user, "forms.manage"), pk=pk)
    try:
        draft = services.begin_next_version(form, actor=request.user)
    except RuleError as broken:
        writing = allowed_drafts(request.user).filter(unit_id=form.unit_id, code=form.code).first()
        if writing is None:
            messages.error(request, broken.message)
            return redirect("reporting:manage")
        draft = writing
    return redirect("reporting:design", draft.pk)


@require_http_methods(["GET", "POST"])
@requires("forms.manage")
def design(request: SignedInRequest, pk: int) -> HttpResponse:
    """A form being written: its head, its sections and questions, how it looks on a phone, and publishing it."""
    draft = get_object_or_404(allowed_drafts(request.user), pk=pk)
    posted = request.POST if request.method == "POST" else None
    page = DesignPage(draft, request.user, request.GET, posted)
    if posted is not None and (onward := page.carry_out()):
        if page.done:
            messages.success(request, page.done)
        return redirect(onward)
    status = 422 if page.faulty else 200
    return render_page(request, "reporting/design.html", "page", page.context(), status=status)


@require_GET
@requires("forms.manage")
def design_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form as a unit will see it, by itself: to be opened on a phone."""
    draft = get_object_or_404(allowed_drafts(request.user), pk=pk)
    within = kinds_within(draft, kinds_offered(draft, on=clock.today()))
    seen_as = kind_among(within, request.GET.get("nhu", ""))
    lines = lines_of(Content.read(draft.content), on=clock.today())
    context = {
        "draft": draft,
        "seen": seen_lines(lines, seen_as),
        "seen_as": seen_as,
        "within": within,
    }
    return render_page(request, "reporting/design_preview.html", "seen", context)
