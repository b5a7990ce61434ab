"""Targets for the leader: all at a glance, one opened, and the records of one unit behind its counts."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.indicators.steps import steps_of_target
from danvan.desk.readings import DOC, reading_asked, switch_of
from danvan.desk.targets.board import choosable_years, parts_of_year, read_board
from danvan.desk.targets.figures import acts_of, read_cascade, read_figure_sheet
from danvan.desk.targets.sheet import read_sheet, read_unit
from danvan.desk.targets.workbooks import (
    board_as_workbook,
    figures_as_workbook,
    target_as_workbook,
)
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.periods import Every, Period
from danvan.indicators.selectors import allowed_targets

LINES_A_PAGE = 50


def _asked(request: SignedInRequest) -> tuple[Period, str]:
    """The period in the address, this year where there is none; and a sentence where it is no period."""
    this_year = Period.containing(clock.today(), Every.YEAR)
    try:
        return Period.parse(request.GET["ky"]), ""
    except KeyError:
        return this_year, ""
    except ValueError as wrong:
        return this_year, str(wrong)


@require_GET
@requires("targets.view")
def board(request: SignedInRequest) -> HttpResponse:
    """Every target of the reader in a period, the worst first."""
    period, refused = _asked(request)
    switch = switch_of(request.GET)
    found = read_board(request.user, period, reading=switch.reading)
    context = {
        "switch": switch,
        "board": found,
        "refused": refused,
        "years": choosable_years(request.user, period),
        "parts": parts_of_year(period),
        "may_set": "targets.manage" in actions_of(request.user),
    }
    status = 422 if refused or switch.refused else 200
    return render_page(request, "desk/targets/board.html", "board", context, status=status)


@require_GET
@requires("targets.view")
def board_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as Excel."""
    period, _ = _asked(request)
    reading, _ = reading_asked(request.GET.get(DOC))
    content = board_as_workbook(read_board(request.user, period, reading=reading))
    return made_file(content, f"chi-tieu-{period.code}.xlsx")


@require_GET
@requires("targets.view")
def target(request: SignedInRequest, pk: int) -> HttpResponse:
    """One target: what it asks, who lacks what, who fulfils it."""
    found = get_object_or_404(allowed_targets(request.user, "targets.view"), pk=pk)
    period, refused = _asked(request)
    words = request.GET.get("q", "").strip()[:100]
    switch = switch_of(request.GET)
    read = read_figure_sheet if found.of_figure else read_sheet
    sheet = read(request.user, found, period, words=words, reading=switch.reading)
    page = Paginator(sheet.lines, LINES_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "switch": switch,
        "sheet": sheet,
        "page": page,
        "words": words,
        "period": period,
        "refused": refused,
        "acts": acts_of(request.user, found),
        "cascade": read_cascade(request.user, found, whole=sheet.whole),
        "steps": steps_of_target(request.user, found, period, switch.reading),
    }
    status = 422 if refused or switch.refused else 200
    template = "figure" if found.of_figure else "target"
    return render_page(request, f"desk/targets/{template}.html", "lines", context, status=status)


@require_GET
@requires("targets.view")
def target_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every unit of the population with its counts, as Excel."""
    found = get_object_or_404(allowed_targets(request.user, "targets.view"), pk=pk)
    period, _ = _asked(request)
    words, (reading, _) = (
        request.GET.get("q", "").strip()[:100],
        reading_asked(request.GET.get(DOC)),
    )
    name = f"chi-tieu-{pk}-{period.code}.xlsx"
    if found.of_figure:
        figures = read_figure_sheet(request.user, found, period, words=words, reading=reading)
        cascade = read_cascade(request.user, found, whole=figures.whole)
        return made_file(figures_as_workbook(figures, cascade), name)
    sheet = read_sheet(request.user, found, period, words=words, reading=reading)
    return made_file(target_as_workbook(sheet), name)


@require_GET
@requires("targets.view")
def unit(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """The records of one unit behind each count, with their files; of a figure, where it opens."""
    found = get_object_or_404(allowed_targets(request.user, "targets.view"), pk=pk)
    period, refused = _asked(request)
    switch = switch_of(request.GET)
    if found.of_figure:
        figures = read_figure_sheet(request.user, found, period, reading=switch.reading)
        if not (url := figures.url_of(unit)):
            raise Http404
        return redirect(url)
    sheet = read_sheet(request.user, found, period, reading=switch.reading)
    line = next((one for one in sheet.lines if one.unit_id == unit), None)
    if line is None:
        raise Http404
    context = {
        "switch": switch,
        "sheet": sheet,
        "line": line,
        "period": period,
        "refused": refused,
        "rules": read_unit(request.user, found, period, unit, reading=switch.reading),
    }
    return render_page(request, "desk/targets/unit.html", "records", context)
