"""Summary reports: composed on demand from the records, held against them, taken away as Word or PDF, signed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import reaches, units_granted
from danvan.analytics.checks import Check, Gap, check_summary, gaps_of
from danvan.analytics.docx_review import to_docx
from danvan.analytics.pdf import PdfUnavailableError, to_pdf
from danvan.analytics.records import records_of
from danvan.analytics.selectors import reviews_of
from danvan.analytics.services import sign_review
from danvan.analytics.summary import DRAFT_UNCHECKED, Summary, compose_summary
from danvan.desk.board.scope import number_in
from danvan.desk.readings import DOC, code_of, switch_of
from danvan.desk.reports.forms import SummaryForm
from danvan.desk.reports.sending import DOCX, PDF
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors import places_among

TEMPLATE = "desk/reports/summary.html"
LINES_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed summary with what the checks found."""

    summary: Summary
    checks: list[Check]

    @property
    def gaps(self) -> list[Gap]:
        """What does not add up."""
        return gaps_of(self.checks)

    @property
    def draft(self) -> str:
        """What a copy of it must say at its head."""
        return DRAFT_UNCHECKED if self.gaps else ""

    @property
    def wrong(self) -> set[str]:
        """The keys of the figures that do not add up."""
        return {gap.key.removesuffix(":parts") for gap in self.gaps}


def _asked(
    request: SignedInRequest, given: QueryDict, action: str
) -> tuple[SummaryForm, Composed | None]:
    """The form as filled in, and the summary it asks for; what is refused stands in the form's errors."""
    form = _form(request, given, action)
    if not form.is_valid():
        return form, None
    said = form.cleaned_data
    try:
        composed = compose_summary(said["don_vi"], said["ky"], reading=said["doc"])
    except RuleError as refused:
        form.add_error(None, refused.message)
        return form, None
    return form, Composed(composed, check_summary(composed))


def _form(request: SignedInRequest, given: QueryDict, action: str) -> SummaryForm:
    """The form as filled in; not yet filled in where only the reading came along."""
    switch = switch_of(given)
    filled = given.copy()
    filled[DOC] = switch.reading.code  # a day as people write it is one of the choices too
    places = places_among(units_granted(request.user, action))
    asked = bool({"don_vi", "ky"} & given.keys()) or bool(switch.refused)
    return SummaryForm(filled if asked else None, places=places, switch=switch)


def _shown(
    request: SignedInRequest,
    form: SummaryForm,
    composed: Composed | None,
    *,
    refused: RuleError | None = None,
    status: int = 200,
) -> HttpResponse:
    summary = composed.summary if composed else None
    context: dict[str, object] = {
        "form": form,
        "switch": form.switch,
        "summary": summary,
        "refused": refused,
    }
    if composed is not None and summary is not None:
        editions = reviews_of(summary.unit_id, summary.period)
        context |= {
            "composed": composed,
            "checks": composed.checks,
            "gaps": composed.gaps,
            "wrong": composed.wrong,
            "asked": _asked_again(summary),
            "editions": editions,
            "seen": editions[0].number if editions else 0,
            "may_sign": reaches(request.user, "reports.sign", summary.unit_id),
        }
    return render_page(request, TEMPLATE, "review", context, status=422 if form.errors else status)


@require_GET
@requires("reports.compose")
def summary(request: SignedInRequest) -> HttpResponse:
    """The review on a page: every figure opens, every figure has its note and is counted again beside it."""
    return _shown(request, *_asked(request, request.GET, "reports.compose"))


@require_GET
@requires("reports.compose")
def summary_docx(request: SignedInRequest) -> HttpResponse:
    """The same review as a Word file; one that does not add up says so on every page."""
    form, composed = _asked(request, request.GET, "reports.compose")
    if composed is None:
        return _shown(request, form, None)
    content = to_docx(composed.summary, draft=composed.draft)
    return made_file(content, _name(composed.summary, "docx"), DOCX)


@require_GET
@requires("reports.compose")
def summary_pdf(request: SignedInRequest) -> HttpResponse:
    """The same review as PDF; where this machine cannot make one, the page says what to install."""
    form, composed = _asked(request, request.GET, "reports.compose")
    if composed is None:
        return _shown(request, form, None)
    try:
        content = to_pdf(composed.summary, draft=composed.draft)
    except PdfUnavailableError as missing:
        return _shown(request, form, composed, refused=missing, status=503)
    return made_file(content, _name(composed.summary, "pdf"), PDF)


@require_GET
@requires("reports.compose")
def records(request: SignedInRequest) -> HttpResponse:
    """The records behind one figure, one by one."""
    form = _form(request, request.GET, "reports.compose")
    if not form.is_valid():
        return redirect("desk:summary")
    unit, period, reading = (form.cleaned_data[name] for name in ("don_vi", "ky", DOC))
    try:
        found = records_of(unit, period, request.GET.get("so", ""), reading)
    except RuleError:
        found = None
    if found is None:
        raise Http404
    page = Paginator(found.rows, LINES_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "found": found,
        "page": page,
        "asked": f"don_vi={unit}&ky={period.code}{form.switch.tail}",
    }
    return render_page(request, "desk/reports/records.html", "rows", context)


@require_POST
@requires("reports.sign")
def sign(request: SignedInRequest) -> HttpResponse:
    """Sign the review: kept with its figures and entered into the register, or refused with the list."""
    form, composed = _asked(request, request.POST, "reports.sign")
    if composed is None:
        return _shown(request, form, None, status=422)
    one = composed.summary
    try:
        review = sign_review(
            one.unit_id,
            one.period,
            actor=request.user,
            seen=number_in(request.POST.get("ban")),
            reading=one.reading,
        )
    except RuleError as refused:
        return _shown(request, form, composed, refused=refused, status=422)
    messages.success(request, "Đã ký báo cáo, giữ nguyên các số liệu và ghi vào sổ văn bản đi.")
    return redirect("desk:review", review.pk)


def _asked_again(summary: Summary) -> str:
    """What an address says to compose the same again."""
    said = code_of(summary.reading)
    again = f"don_vi={summary.unit_id}&ky={summary.period.code}"
    return f"{again}&{DOC}={said}" if said else again


def _name(summary: Summary, ending: str) -> str:
    return f"bao-cao-{summary.unit_id}-{summary.period.code}.{ending}"
