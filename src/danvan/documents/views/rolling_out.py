"""The roll-out of a directive: its clauses with their tasks, one clause, the cascade of documents."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may, reaches
from danvan.commitments.selectors import counted_from, lines_of, of_spans
from danvan.commitments.selectors.series import going_on_from, of_span, series_lines
from danvan.documents import selectors, services
from danvan.documents.forms.intake import show_faults
from danvan.documents.forms.rolling_out import RollOutForm, WaiverForm
from danvan.documents.models import Document
from danvan.documents.selectors import roll_out as reads
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of

# What each number of a clause counts, by the word in the address.
FACTS = {
    "da-giao": ("", "Đã giao"),
    "bao-xong": ("claimed", "Báo xong"),
    "kiem-tra": ("verified", "Đã kiểm tra"),
    "co-nguoi-hoi": ("asked", "Có người hỏi"),
    "dong-y": ("agreed", "Người hỏi đồng ý"),
    "chua-dong-y": ("disputed", "Người hỏi chưa đồng ý"),
    "qua-han": ("late", "Quá hạn"),
}


def kept(request: SignedInRequest, pk: int, action: str) -> Document:
    """A document of the reader's own registers, with its text."""
    return get_object_or_404(selectors.kept_documents(request.user, action), pk=pk)


def about(request: SignedInRequest, document: Document, tab: str) -> dict[str, Any]:
    """What every page of a roll-out shows: which tab it is, what the reader may do."""
    return {
        "document": document,
        "tab": tab,
        "may_register": reaches(request.user, "documents.register", document.unit_id),
        "may_give": reaches(request.user, "documents.review", document.unit_id),
    }


@require_GET
@requires("documents.view")
def clauses(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every clause with its tasks, narrowed to those of one state."""
    document = kept(request, pk, "documents.view")
    found = reads.clauses_of(document)
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in [key for key, _, _ in found.counts] else ""
    context = about(request, document, "khoan") | {
        "found": found,
        "state": state,
        "lines": found.in_state(state),
    }
    return render_page(request, "documents/roll_out/clauses.html", "rows", context)


@require_GET
@requires("documents.view")
def clause(request: SignedInRequest, pk: int, start: int) -> HttpResponse:
    """One clause: its tasks unit by unit, narrowed to what one of its numbers counts."""
    return _clause_page(request, kept(request, pk, "documents.view"), start, WaiverForm())


@require_POST
@requires("documents.register")
def waive(request: SignedInRequest, pk: int, start: int) -> HttpResponse:
    """Say that a clause needs no task, with the reason; or take that back."""
    document = kept(request, pk, "documents.register")
    form = WaiverForm(request.POST)
    back = request.POST.get("viec") == "bo"
    if back or form.is_valid():
        try:
            if back:
                services.take_back_waiver(document, start, actor=request.user)
            else:
                reason = form.cleaned_data["reason"]
                services.waive_clause(document, start, reason=reason, actor=request.user)
        except RuleError as refused:
            form.add_error(None, refused.message)
        else:
            said = "Khoản này chờ giao việc." if back else "Đã ghi: khoản này không cần giao việc."
            messages.success(request, said)
            return redirect("documents:roll-out-clause", pk, start)
    return _clause_page(request, document, start, form, status=422)


@require_POST
@requires("documents.review")
def give(request: SignedInRequest, pk: int, start: int) -> HttpResponse:
    """Begin a task of a clause: the page that completes and accepts a proposal follows."""
    document = kept(request, pk, "documents.review")
    try:
        proposal = services.propose_task(document, start, actor=request.user)
    except RuleError as refused:
        messages.error(request, refused.message)
        return redirect("documents:roll-out", pk)
    return redirect("documents:correct", proposal.pk)


def _clause_page(
    request: SignedInRequest, document: Document, start: int, form: WaiverForm, status: int = 200
) -> HttpResponse:
    found = reads.clauses_of(document)
    line = next((one for one in found.lines if one.start == start), None)
    if line is None:
        raise Http404("Không thấy khoản này trong văn bản.")
    asked = request.GET.get("muc", "")
    fact = FACTS.get(asked, ("", ""))[0]
    given = counted_from(reads.SOURCE, document.pk)
    here = of_spans(given, fact, line.start, line.end, on=clock.today())
    again = of_span(going_on_from(reads.SOURCE, [document.pk]), line.start, line.end)
    page = page_of(here, request.GET, order=("ordered_by", "pk"), size=50)
    context = about(request, document, "khoan") | {
        "line": line,
        "form": form,
        "asked": asked if asked in FACTS else "",
        "facts": [(key, label) for key, (_, label) in FACTS.items()],
        "page": page,
        "again": series_lines(list(again), on=clock.today()),
        "given": lines_of(list(page.rows), on=clock.today()),
        "opens_work": may(request.user, "commitments.view"),
    }
    return render_page(request, "documents/roll_out/clause.html", "rows", context, status=status)


@require_GET
@requires("documents.view")
def cascade(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which document of which unit carries this one out, by level, and who has none yet."""
    return _cascade_page(request, kept(request, pk, "documents.view"), None)


@require_POST
@requires("documents.register")
def set_roll_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set whether those addressed must have a document of their own, and by when."""
    document = kept(request, pk, "documents.register")
    form = RollOutForm(request.POST)
    if form.is_valid():
        try:
            services.set_roll_out(document, actor=request.user, **form.cleaned_data)
        except RuleError as refused:
            show_faults(form, refused)
        else:
            messages.success(request, "Đã ghi yêu cầu đối với nơi nhận.")
            return redirect("documents:roll-out-cascade", pk)
    return _cascade_page(request, document, form)


def _cascade_page(
    request: SignedInRequest, document: Document, form: RollOutForm | None
) -> HttpResponse:
    found = reads.cascade_of_documents(request.user, document)
    first = {
        "asks_plan": found.asks_plan,
        "plan_due_on": found.due_on,
        "session_due_on": reads.session_day(document),
    }
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in ("co", "chua", "qua-han") else ""
    context = about(request, document, "chuoi") | {
        "found": found,
        "form": form or RollOutForm(initial=first),
        "state": state,
        "levels": [(one, one.narrowed(state)) for one in found.levels],
    }
    status = 422 if form else 200
    return render_page(request, "documents/roll_out/cascade.html", "rows", context, status=status)
