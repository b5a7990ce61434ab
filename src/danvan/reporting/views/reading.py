"""What is due, and a report as it was sent: the page, its files, its Excel, the paper form."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.downloads import made_file, stored_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.organisations.selectors import last_names
from danvan.reporting import exports, forms, selectors
from danvan.reporting.selectors import Report
from danvan.reporting.views.finding import obligation_or_404

MOST_DUE = 50


@require_GET
@requires("submissions.view")
def home(request: SignedInRequest) -> HttpResponse:
    """What the reader has to send, the months whose reports come to the reader, and what was sent before."""
    user, today = request.user, clock.today()
    due = list(selectors.due_for(user, today)[:MOST_DUE]) if may(user, "submissions.enter") else []
    months = selectors.months_asked(user, on=today)
    page = None
    if not months:
        owed = selectors.obligations_at_hand(user)
        page = page_of(owed, request.GET, order=("-first", "unit", "pk"), size=12)
    shown = [*due, *(page or [])]
    names = last_names({one.unit_id for one in shown}, today)
    context = {
        "due": [(one, selectors.month_of(one), names.get(one.unit_id, "")) for one in due],
        "months": months,
        "page": page,
        "sent": [(o, selectors.month_of(o), names.get(o.unit_id, "")) for o in page or []],
        "may_manage": may(user, "forms.manage"),
        "may_enter": may(user, "submissions.enter"),
        "on": today,
    }
    return render_page(request, "reporting/home.html", "rows", context)


@require_GET
@requires("submissions.view")
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report as it was sent; `ban` names an older vintage."""
    return report_page(request, pk)


@require_GET
@requires("submissions.view")
def differences(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed between two vintages of a report: `tu` and `den`, the newest and the one before unless said."""
    obligation = obligation_or_404(request, pk, "submissions.view")
    old, new = forms.whole(request.GET.get("tu")), forms.whole(request.GET.get("den"))
    alike = old is not None and old == new
    found = selectors.differences_of(obligation, None if alike else old, new)
    if found is None:
        raise Http404("Báo cáo này không có bản gửi như vậy.")
    context = {"found": found, "obligation": obligation, "alike": alike}
    status = 422 if alike else 200
    return render_page(request, "reporting/differences.html", "differences", context, status=status)


@require_GET
@requires("submissions.view")
def report_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as Excel."""
    found = _report(request, pk)
    return made_file(exports.report_sheet(found), f"bao-cao-{found.period.code}-{pk}.xlsx")


@require_GET
@requires("submissions.view")
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form on paper: what is sent or known is filled in, for the unit what is drafted; the rest is left to be written."""
    obligation = obligation_or_404(request, pk, "submissions.view")
    own = selectors.of_the_unit(request.user, obligation)
    context = {"sheet": selectors.sheet_of(obligation, drafted=own), "obligation": obligation}
    return render_page(request, "reporting/paper.html", "paper", context)


@require_GET
@requires("submissions.view")
def evidence(request: SignedInRequest, pk: int, evidence: int) -> HttpResponse:
    """The file itself, as it was sent."""
    found = get_object_or_404(selectors.evidence_of(request.user, pk), pk=evidence)
    return stored_file(found.file, found.file_name, gone="Tệp kèm báo cáo không còn trên máy chủ.")


def report_page(request: SignedInRequest, pk: int, **more: object) -> HttpResponse:
    """The page of a report; `more` is what was typed and refused."""
    found = _report(request, pk)
    status = 422 if more else 200
    context = {
        "report": found,
        "obligation": found.obligation,
        "may_raise": may(request.user, "commitments.perform"),
        "next_waiting": selectors.next_waiting(request.user, found.obligation),
        "typed": {},
        "faults": {},
        **more,
    }
    return render_page(request, "reporting/report.html", "report", context, status=status)


def _report(request: SignedInRequest, pk: int) -> Report:
    obligation = obligation_or_404(request, pk, "submissions.view")
    asked = request.GET.get("ban")
    found = selectors.report_of(request.user, obligation, forms.whole(asked) if asked else None)
    if found is None:
        raise Http404("Báo cáo này không có bản gửi như vậy.")
    return found
