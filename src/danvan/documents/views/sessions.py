"""Dissemination sessions of a document: their reach, planning one, one session with its acts and files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.documents import selectors, services
from danvan.documents.forms.sessions import CancelForm, OutcomeForm, SessionForm
from danvan.documents.models import DisseminationSession, Document
from danvan.documents.selectors import roll_out as reads
from danvan.documents.selectors.roll_out.reach import NEWEST
from danvan.documents.views.page import posted
from danvan.documents.views.rolling_out import about, kept
from danvan.foundation import clock
from danvan.foundation.downloads import stored_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out

STATES = ("da", "chua", "qua-han")
FILES = {"tai-lieu": "materials", "bien-ban": "minutes"}


@require_GET
@requires("documents.view")
def sessions(request: SignedInRequest, pk: int) -> HttpResponse:
    """For which units a session was held, who has none yet, and every session."""
    document = kept(request, pk, "documents.view")
    found = reads.reach_of(request.user, document)
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in STATES else ""
    page = page_of(reads.sessions_of(document), request.GET, order=NEWEST)
    readable = reads.allowed_sessions(request.user, "documents.view")
    opens = readable.filter(pk__in=[one.pk for one in page.rows]).values_list("pk", flat=True)
    context = about(request, document, "quan-triet") | {
        "found": found,
        "state": state,
        "levels": [(one, one.narrowed(state)) for one in found.levels],
        "page": page,
        "lines": reads.session_lines(page.rows),
        "opens": set(opens),
    }
    return render_page(request, "documents/roll_out/sessions.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def plan_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lập một hội nghị."""
    readable = selectors.allowed_documents(request.user, "documents.view")
    document = get_object_or_404(readable, pk=pk)
    first = {"on": clock.today()}
    form = _plan_form(request, document, first)
    made = carried_out(
        form, lambda: services.plan_session(document, form.plan(), actor=request.user)
    )
    if made is not None:
        messages.success(request, "Đã lập hội nghị. Khi tổ chức xong, đồng chí ghi kết quả ở đây.")
        return redirect("documents:session", made.pk)
    return _plan_page(request, document, form, None)


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def change_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa kế hoạch của một hội nghị."""
    session = _session(request, pk, "documents.register")
    form = _plan_form(request, session.document, _as_planned(session))
    seen = form.cleaned_data.get("seen") if form.is_bound and form.is_valid() else None
    changed = carried_out(
        form,
        lambda: services.change_session(session, form.plan(), actor=request.user, seen=seen),
    )
    if changed is not None:
        messages.success(request, "Đã sửa kế hoạch hội nghị.")
        return redirect("documents:session", pk)
    return _plan_page(request, session.document, form, session)


def _as_planned(session: DisseminationSession) -> dict[str, Any]:
    names = ("on", "way", "place", "audience", "presenter", "invited")
    units = list(session.units.values_list("unit_id", flat=True))
    first = {name: getattr(session, name) for name in names}
    return first | {"held_by": session.held_by_id, "units": units, "seen": session.changes}


def _plan_form(request: SignedInRequest, document: Document, first: dict[str, Any]) -> SessionForm:
    """The form with the units that are to know the document, and those that were named already."""
    choices = reads.units_to_invite(request.user, document, first.get("units", ()))
    return SessionForm(
        posted(request), request.FILES or None, user=request.user, document=document,
        addressed=choices, initial=first,
    )  # fmt: skip


def _plan_page(
    request: SignedInRequest,
    document: Document,
    form: SessionForm,
    session: DisseminationSession | None,
) -> HttpResponse:
    context = {"document": document, "form": form, "session": session}
    context["keeps"] = reads.opens_roll_out(request.user, document)
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/roll_out/plan_session.html", context, status=status)


@require_GET
@requires("documents.view")
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một hội nghị."""
    return _session_page(request, _session(request, pk, "documents.view"))


@require_POST
@requires("documents.register")
def record_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi kết quả hội nghị."""
    found = _session(request, pk, "documents.register")
    lines = reads.units_of_session(found)
    form = OutcomeForm(request.POST, request.FILES, session=found, lines=lines)
    recorded = carried_out(
        form,
        lambda: services.record_session(
            found, form.outcome(), actor=request.user, seen=form.cleaned_data["seen"]
        ),
    )
    if recorded is None:
        return _session_page(request, found, outcome=form)
    messages.success(request, "Đã ghi kết quả hội nghị.")
    return redirect("documents:session", pk)


@require_POST
@requires("documents.register")
def cancel_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hủy hội nghị, với lý do."""
    found = _session(request, pk, "documents.register")
    form = CancelForm(request.POST, auto_id="id_cancel_%s")
    cancelled = carried_out(
        form,
        lambda: services.cancel_session(
            found,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            seen=form.cleaned_data["seen"],
        ),
    )
    if cancelled is None:
        return _session_page(request, found, cancel=form)
    messages.success(request, "Đã hủy hội nghị.")
    return redirect("documents:session", pk)


@require_GET
@requires("documents.view")
def session_file(request: SignedInRequest, pk: int, which: str) -> HttpResponse:
    """Tài liệu hoặc biên bản của hội nghị, tải về."""
    found = _session(request, pk, "documents.view")
    name = FILES.get(which, "")
    stored = getattr(found, name, None) if name else None
    if stored is None:
        raise Http404("Hội nghị này không có tệp đó.")
    gone = "Tệp này không còn trên máy chủ. Đồng chí vui lòng báo quản trị."
    return stored_file(stored, getattr(found, f"{name}_name"), gone=gone)


def _session(request: SignedInRequest, pk: int, action: str) -> DisseminationSession:
    allowed = reads.allowed_sessions(request.user, action)
    rows = allowed.select_related("document", "materials", "minutes", "made_by")
    return get_object_or_404(rows.defer("document__text"), pk=pk)


def _session_page(
    request: SignedInRequest,
    found: DisseminationSession,
    outcome: OutcomeForm | None = None,
    cancel: CancelForm | None = None,
) -> HttpResponse:
    lines = reads.units_of_session(found)
    acts = reads.allowed_sessions(request.user, "documents.register").filter(pk=found.pk)
    [line] = reads.session_lines([found])
    context = {
        "session": found,
        "document": found.document,
        "line": line,
        "units": lines,
        "due": found.on <= clock.today(),
        "may_act": may(request.user, "documents.register") and acts.exists(),
        "outcome": outcome or OutcomeForm(session=found, lines=lines),
        "cancel": cancel or CancelForm(initial={"seen": found.changes}, auto_id="id_cancel_%s"),
        "keeps": reads.opens_roll_out(request.user, found.document),
    }
    status = 422 if outcome or cancel else 200
    return render(request, "documents/roll_out/session.html", context, status=status)
