"""Every number opens: its meaning and parts, the units under it, then values, records and files of one unit."""

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.board.scope import choosable_periods, number_in, period_asked, scope_of
from danvan.desk.indicators.steps import steps_url
from danvan.desk.numbers.gathering import with_origins
from danvan.desk.numbers.given import read_given
from danvan.desk.numbers.index import read_index
from danvan.desk.numbers.lines import BY_AMOUNT, UnitLine, order_of
from danvan.desk.numbers.sheet import ACTION, Sheet, read_sheet
from danvan.desk.numbers.wording import ALL, LEVELS
from danvan.desk.numbers.workbook import sheet_as_workbook
from danvan.desk.readings import DOC, reading_asked, switch_of
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import Offer, persons_counted

LINES_A_PAGE = 50


def _sheet(request: SignedInRequest, period: Period) -> Sheet:
    """The figure in the address; 404 where it is out of reach or none."""
    asked, code = request.GET, request.GET.get("chi_so", "")
    unit_id = number_in(asked.get("don_vi"))
    if unit_id is None:
        scope = scope_of(request.user, action=ACTION)
        unit_id = scope.place_id if scope else 0
    level = number_in(asked.get("muc")) or ALL
    found = read_sheet(
        request.user,
        code[:30],
        unit_id,
        period,
        level=level if level in LEVELS else ALL,
        reading=reading_asked(asked.get(DOC))[0],
    )
    if found is None:
        raise Http404
    return found


def _persons(sheet: Sheet) -> Offer | None:
    """Of people who are not summed: how many the records know, where they can tell them apart."""
    if sheet.rolled.amount is not None or sheet.reading.on is not None:
        return None
    return persons_counted(sheet.version, sheet.unit.id, sheet.period)


def _page(sheet: Sheet, lines: list[UnitLine], asked: str | None) -> "Page[UnitLine]":
    """The lines of one page, each with whose values it is made of."""
    page = Paginator(lines, LINES_A_PAGE).get_page(asked)
    page.object_list = with_origins(sheet, list(page.object_list))
    return page


@require_GET
@requires("board.view")
def number(request: SignedInRequest) -> HttpResponse:
    """One figure opened; without a figure in the address, all the figures of a place."""
    period, refused = period_asked(request.GET.get("ky"))
    switch = switch_of(request.GET)
    context: dict[str, object] = {
        "switch": switch,
        "refused": refused,
        "period": period,
        "periods": choosable_periods(clock.today(), period),
        "levels": [(level, words) for level, words in LEVELS.items()],
    }
    status = 422 if refused or switch.refused else 200
    if not request.GET.get("chi_so"):
        asked = number_in(request.GET.get("don_vi"))
        context["index"] = read_index(request.user, asked, period, switch.reading)
        return render_page(request, "desk/numbers/index.html", "figures", context, status=status)
    sheet = _sheet(request, period)
    if sheet.above and sheet.version.kind == MeasureKind.QUALITATIVE:
        return redirect(
            steps_url(
                sheet.version.indicator,
                sheet.unit.id,
                period,
                level=sheet.level,
                reading=sheet.reading,
            )
        )
    given = None if sheet.above else read_given(request.user, sheet)
    lines, unordered = order_of(sheet, request.GET.get("sap_xep", ""))
    context |= {
        "sheet": sheet,
        "given": given,
        "persons": _persons(sheet),
        "unordered": unordered,
        "page": _page(sheet, lines, request.GET.get("trang")),
        "counts": [sum(line.group == group for line in sheet.lines) for group in range(3)],
        "by_amount": request.GET.get("sap_xep") == BY_AMOUNT and not unordered,
        "may_read_documents": "documents.view" in actions_of(request.user),
    }
    return render_page(request, "desk/numbers/number.html", "drawer", context, status=status)


@require_GET
@requires("board.view")
def number_workbook(request: SignedInRequest) -> HttpResponse:
    """The figure and what stands under it as Excel; without a figure in the address, all of a place."""
    period, _ = period_asked(request.GET.get("ky"))
    if not request.GET.get("chi_so"):
        asked, (reading, _) = (
            number_in(request.GET.get("don_vi")),
            reading_asked(request.GET.get(DOC)),
        )
        content = read_index(request.user, asked, period, reading).workbook()
        name = f"so-lieu-{period.code}"
    else:
        sheet = _sheet(request, period)
        given = None if sheet.above else read_given(request.user, sheet)
        content = sheet_as_workbook(sheet, given)
        name = f"{sheet.version.indicator.code}-{sheet.unit.id}-{period.code}"
    return made_file(content, f"{name}.xlsx")
