"""The leader's board: one page to decide from; what is asked of late units; the same as Excel."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.board.asking import read_ask, send
from danvan.desk.board.due import LONG, DueList, read_claims, read_due
from danvan.desk.board.forms import AskForm
from danvan.desk.board.reading import Asked, Board, read_whole
from danvan.desk.board.scope import Scope, choosable_periods, number_in, period_asked, scope_of
from danvan.desk.board.workbook import board_as_workbook
from danvan.desk.links import way
from danvan.desk.readings import DOC, code_of, reading_asked, switch_of
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.numbers import format_number

LINES_A_PAGE = 100


def _scope(
    request: SignedInRequest,
    code: str | None,
    action: str = "board.view",
    *,
    reading: Reading = THEN,
    until: date | None = None,
) -> Scope:
    """The place in the address; 404 where it is out of reach or no place."""
    asked = number_in(code)
    scope = None
    if asked is not None or not code:
        scope = scope_of(request.user, asked, action=action, reading=reading, until=until)
    if scope is None:
        raise Http404
    return scope


def _board(request: SignedInRequest) -> tuple[Board, str]:
    period, refused = period_asked(request.GET.get("ky"))
    asked = Asked(request.GET.get("chi_so", ""), request.GET.get("ban_do", ""))
    reading, _ = reading_asked(request.GET.get(DOC))
    scope = _scope(request, request.GET.get("don_vi"), reading=reading, until=period.last)
    return read_whole(request.user, scope, period, asked), refused


@require_GET
@requires("board.view")
def board(request: SignedInRequest) -> HttpResponse:
    """What waits, what is late, what was done and checked, targets, reports, trend and map of one place."""
    found, refused = _board(request)
    actions = actions_of(request.user)
    switch = switch_of(request.GET)
    context = {
        "board": found,
        "switch": switch,
        "refused": refused,
        "periods": choosable_periods(clock.today(), found.period),
        "may_ask": "commitments.verify" in actions,
        "may_compose": "reports.compose" in actions,
    }
    status = 422 if refused or switch.refused else 200
    return render_page(request, "desk/board/board.html", "board", context, status=status)


@require_GET
@requires("board.view")
def board_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as Excel."""
    found, _ = _board(request)
    name = f"bang-dieu-hanh-{found.scope.place_id}-{found.period.code}"
    return made_file(board_as_workbook(found), f"{name}.xlsx")


@require_GET
@requires("board.view")
def due(request: SignedInRequest) -> HttpResponse:
    """The commitments behind one figure of the board, on a page or as Excel."""
    period, refused = period_asked(request.GET.get("ky"))
    reading, _ = reading_asked(request.GET.get(DOC))
    scope = _scope(request, request.GET.get("don_vi"), reading=reading, until=period.last)
    figure, today = request.GET.get("so", "den-han"), clock.today()
    if figure == LONG:
        found: DueList | None = read_claims(request.user, scope, today)
    else:
        found = read_due(scope, period, figure, today)
    if found is None:
        raise Http404
    if request.GET.get("tep") == "xlsx":
        return made_file(found.workbook(), f"viec-{scope.place_id}-{period.code}.xlsx")
    context = {
        "due": found,
        "page": Paginator(found.rows, LINES_A_PAGE).get_page(request.GET.get("trang")),
        "back": way("desk:board", don_vi=scope.place_id, ky=period.code, doc=code_of(reading)),
    }
    status = 422 if refused else 200
    return render_page(request, "desk/board/due.html", "rows", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask one unit, or all the late ones, to explain: what about, by which day; then in one act."""
    said = request.POST if request.method == "POST" else request.GET
    scope = _scope(request, said.get("noi"), "commitments.verify")
    period, _ = period_asked(said.get("ky"))
    wanted = read_ask(request.user, scope, period, said)
    form = AskForm(request.POST if request.method == "POST" else None, wanted=wanted)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send(wanted, **form.cleaned_data, actor=request.user)
        except RuleError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(
                request, f"Đã gửi yêu cầu giải trình tới {format_number(sent)} đơn vị."
            )
            return redirect(wanted.back)
    context = {"form": form, "wanted": wanted, "said": said}
    status = 422 if form.errors else 200
    return render_page(request, "desk/board/ask.html", "form", context, status=status)
