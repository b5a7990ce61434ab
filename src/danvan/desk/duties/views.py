"""The duty matrix: who leads, organises, advises and is the core of what a regulation says; its overlaps and gaps."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may, units_granted
from danvan.desk.board.scope import Scope, number_in, scope_of
from danvan.desk.duties import reading
from danvan.desk.duties.forms import ChosenDuties, DutyForm, EndForm, MatrixFilter
from danvan.documents.selectors import allowed_documents
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors.duties import allowed_duties, duty_matrix, symbols_of_duties
from danvan.organisations.services.duties import DutyEntry, DutySource, end_duty, record_duties
from danvan.organisations.services.duties import edit_duty as change_duty

MANAGE = "duties.manage"


def _scope(request: SignedInRequest, action: str = "register.view") -> Scope:
    found = scope_of(request.user, number_in(request.GET.get("don_vi")), action=action)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("register.view")
def matrix(request: SignedInRequest) -> HttpResponse:
    """The matrix of a place on a day."""
    scope, today = _scope(request), clock.today()
    symbols = symbols_of_duties(scope.place_id, on=today)
    form = MatrixFilter(request.GET, symbols=symbols, day=today)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = said.get("ngay") or today
    found = duty_matrix(
        scope.place_id, on=day, words=said.get("q", ""), symbol=said.get("van_ban", "")
    )
    context = {
        "scope": scope,
        "form": form,
        "day": day,
        "found": found,
        "headings": reading.headings(found),
        "lines": reading.lines_of(found, said.get("xem", "")),
        "may_manage": may(request.user, MANAGE),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "desk/duties/matrix.html", "rows", context, status=status)


@require_GET
@requires("register.view")
def matrix_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as Excel."""
    scope, today = _scope(request), clock.today()
    form = MatrixFilter(request.GET, symbols=[], day=today)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    content = reading.matrix_as_workbook(
        scope.place_id, scope.name, said.get("ngay") or today, said.get("q", ""), said.get("van_ban", "")
    )  # fmt: skip
    return made_file(content, "ma-tran-nhiem-vu.xlsx")


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def add(request: SignedInRequest) -> HttpResponse:
    """Record one duty by hand."""
    scope = _scope(request, MANAGE)
    form = DutyForm(request.POST or None, day=clock.today())
    if carried_out(form, lambda: _add(form, scope, request.user)):
        return redirect(f"{reverse('desk:duties')}?don_vi={scope.place_id}")
    context = {"form": form, "scope": scope, "duty": None}
    status = 422 if form.errors else 200
    return render_page(request, "desk/duties/duty.html", "form", context, status=status)


def _add(form: DutyForm, scope: Scope, actor: Any) -> list[int]:
    said = form.cleaned_data
    entry = DutyEntry(said["words"], form.shares, DutySource(said["symbol"], said["clause"]))
    return record_duties(scope.place_id, [entry], on=said["on"], until=said["until"], actor=actor)


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change one duty: its words and who is what in it."""
    duty = get_object_or_404(allowed_duties(units_granted(request.user, MANAGE)), pk=pk)
    form = DutyForm(request.POST or None, duty=duty, day=clock.today())
    if carried_out(
        form,
        lambda: change_duty(
            pk, words=form.cleaned_data["words"], shares=form.shares, actor=request.user
        ),
    ):
        return redirect("desk:duties")
    context = {"form": form, "duty": duty, "source": _source(duty)}
    status = 422 if form.errors else 200
    return render_page(request, "desk/duties/duty.html", "form", context, status=status)


def _source(duty: Any) -> str:
    """The document's card, where the duty was read from one."""
    here = duty.source_kind == reading.SOURCE and duty.source_id
    return reverse("documents:card", args=[duty.source_id]) if here else ""


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say from which day a duty holds no more."""
    duty = get_object_or_404(allowed_duties(units_granted(request.user, MANAGE)), pk=pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if carried_out(form, lambda: end_duty(pk, on=form.cleaned_data["on"], actor=request.user)):
        return redirect("desk:duties")
    context = {"form": form, "duty": duty}
    status = 422 if form.errors else 200
    return render_page(request, "desk/duties/end.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("documents.review")
def from_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take duties over from the clauses of a regulation, each beside its sentence."""
    document = get_object_or_404(allowed_documents(request.user, "documents.review"), pk=pk)
    scope = _scope(request, MANAGE)
    proposals = reading.read_proposals(document)
    form = ChosenDuties(request.POST or None, proposals=proposals, day=document.issued_on)
    if carried_out(form, lambda: _take_over(form, document, scope, request.user)):
        return redirect(f"{reverse('desk:duties')}?don_vi={scope.place_id}")
    context = {"form": form, "scope": scope, "document": document, "proposals": proposals}
    status = 422 if form.errors else 200
    return render_page(request, "desk/duties/from_document.html", "rows", context, status=status)


def _take_over(form: ChosenDuties, document: Any, scope: Scope, actor: Any) -> list[int]:
    entries = [reading.entry_of(document, one, shares) for one, shares in form.chosen]
    return record_duties(scope.place_id, entries, on=form.cleaned_data["on"], actor=actor)
