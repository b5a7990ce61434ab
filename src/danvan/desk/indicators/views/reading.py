"""The catalogue of indicators, the card of one, and the units behind the steps of a qualitative one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.board.scope import choosable_periods, number_in, period_asked, scope_of
from danvan.desk.indicators.card import last_months, read_card
from danvan.desk.indicators.forms import CatalogueFilter
from danvan.desk.indicators.reading import catalogue_as_workbook, lines_for
from danvan.desk.indicators.steps import answers_behind, read_steps
from danvan.desk.numbers.wording import LEVELS
from danvan.desk.readings import switch_of
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.selectors import (
    Wanted,
    catalogue,
    every_indicator,
    indicators_for,
    owners,
)
from danvan.organisations.selectors import last_names
from danvan.vietnamese.collation import sort_key

MANAGE = "forms.manage"
UNITS_A_PAGE = 50


def _owners() -> list[tuple[int, str]]:
    names = last_names(owners(), clock.today())
    return sorted(names.items(), key=lambda one: sort_key(one[1]))


def _wanted(form: CatalogueFilter) -> Wanted:
    """What is looked for; all where the filter is not sound."""
    if not form.is_valid():
        return Wanted()
    said = form.cleaned_data
    return Wanted(said["q"], said["loai"], said["cach"], said["chu_tri"], said["het"])


@require_GET
@requires("board.view")
def listing(request: SignedInRequest) -> HttpResponse:
    """Everything that is measured, by code."""
    today = clock.today()
    form = CatalogueFilter(request.GET, owners=_owners())
    page = page_of(catalogue(_wanted(form), on=today), request.GET, order=("code",), size=25)
    context = {
        "form": form,
        "page": page,
        "lines": lines_for(page.rows, on=today),
        "may_manage": MANAGE in actions_of(request.user),
        "asked": request.GET.urlencode(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "desk/indicators/list.html", "rows", context, status=status)


@require_GET
@requires("board.view")
def listing_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as Excel, all pages of it."""
    today, known = clock.today(), _owners()
    wanted = _wanted(CatalogueFilter(request.GET, owners=known))
    content = catalogue_as_workbook(catalogue(wanted, on=today), known, on=today)
    return made_file(content, "danh-muc-chi-so.xlsx")


@require_GET
@requires("board.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One indicator: what it means, what uses it, its latest figures here."""
    indicator = get_object_or_404(every_indicator(), pk=pk)
    switch = switch_of(request.GET)
    found = read_card(request.user, indicator, on=clock.today(), reading=switch.reading)
    context = {
        "card": found,
        "switch": switch,
        "may_manage": indicators_for(request.user, MANAGE).filter(pk=pk).exists(),
        "may_read_documents": "documents.view" in actions_of(request.user),
    }
    status = 422 if switch.refused else 200
    return render_page(request, "desk/indicators/card.html", "card", context, status=status)


@require_GET
@requires("board.view")
def steps(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many units stand at each step of a qualitative indicator, and which."""
    indicator = get_object_or_404(every_indicator(), pk=pk, versions__kind=MeasureKind.QUALITATIVE)
    switch, asked = switch_of(request.GET), request.GET
    month = last_months(clock.today())[-1]
    period, refused = period_asked(asked.get("ky")) if asked.get("ky") else (month, "")
    scope = scope_of(
        request.user, number_in(asked.get("don_vi")), reading=switch.reading, until=period.last
    )
    if scope is None or not scope.whole:
        raise Http404
    level = number_in(asked.get("muc")) or int(Approval.SENT)
    level = level if level in LEVELS else int(Approval.SENT)
    page, _ = read_steps(indicator, scope, [], period, level)
    chosen = asked.get("bac", "")
    answers = answers_behind(request.user, indicator, page, chosen)
    context = {
        "indicator": indicator,
        "steps": page,
        "switch": switch,
        "refused": refused,
        "chosen": next((one.label for one in answers), "") if chosen else "",
        "periods": choosable_periods(clock.today(), period),
        "levels": LEVELS.items(),
        "page": Paginator(answers, UNITS_A_PAGE).get_page(asked.get("trang")),
    }
    status = 422 if refused or switch.refused else 200
    return render_page(request, "desk/indicators/steps.html", "steps", context, status=status)
