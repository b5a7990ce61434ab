"""The registers as lists. Their filters stay set until they are cleared."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.documents import exports, selectors
from danvan.documents.enums import Direction
from danvan.documents.forms.registers import ForwardForm, RegisterFilterForm
from danvan.documents.models import Document
from danvan.documents.selectors import RegisterFilter
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import AFTER, BEFORE, Page, page_of

FILTERS = ("q", "so", "nam", "loai", "ky", "tu", "den", "co_quan", "xu_ly", "giai_doan")
LATEST_FIRST = ("-registered_at", "-pk")
LAST_NUMBER_FIRST = ("-register_number", "-register_suffix", "-pk")
WITHOUT = {Direction.INCOMING: (), Direction.OUTGOING: ("giai_doan", "co_quan")}


def _kept_params(request: HttpRequest, name: str) -> QueryDict:
    """The filters in the address, else those this list was last narrowed to; `?bo-loc=1` clears them."""
    key = f"documents.{name}"
    if "bo-loc" in request.GET:
        request.session.pop(key, None)
        return QueryDict()
    if request.GET:
        kept = request.GET.copy()
        for gone in set(kept) - set(FILTERS):
            del kept[gone]
        if request.session.get(key, "") != kept.urlencode():
            request.session[key] = kept.urlencode()
        return request.GET
    return QueryDict(request.session.get(key, ""))


def _page(params: QueryDict, documents: QuerySet[Document], asked: RegisterFilter) -> Page:
    order = LAST_NUMBER_FIRST if asked.one_register else LATEST_FIRST
    if "search_tier" in documents.query.annotations:
        order = ("search_tier", *order)
    known = {name: params[name] for name in (*FILTERS, AFTER, BEFORE) if name in params}
    return page_of(documents, known, order=order)


def _context(form: RegisterFilterForm, page: Page) -> dict[str, Any]:
    names = selectors.unit_names(page.rows)
    rows = [(document, names.get(document.unit_id, "")) for document in page.rows]
    narrowed = any(form.cleaned_data.values())
    return {"form": form, "page": page, "rows": rows, "narrowed": narrowed}


def _register(request: SignedInRequest, direction: Direction, name: str) -> dict[str, Any]:
    """The page of one direction: the list, the register that is chosen, and what may be done with its rows."""
    params = _kept_params(request, name)
    form = RegisterFilterForm(request.user, params, without=WITHOUT[direction])
    asked = form.asked()
    documents = _listed(request, direction, asked)
    context = _context(form, _page(params, documents, asked))
    if asked.one_register:
        context["register"] = _chosen(request, direction, asked)
    return context | {
        "query": params.urlencode(),
        "direction": direction,
        "may_register": may(request.user, "documents.register"),
        "forward": ForwardForm(initial={"forwarded_on": clock.today()}),
        "today": clock.today(),
    }


def _listed(
    request: SignedInRequest, direction: Direction, asked: RegisterFilter
) -> QuerySet[Document]:
    listed = selectors.incoming if direction == Direction.INCOMING else selectors.issued
    return listed(request.user, asked)


def _chosen(
    request: SignedInRequest, direction: Direction, asked: RegisterFilter
) -> dict[str, Any] | None:
    """The register that a unit and a year name, with the numbers nobody bears; None where it is out of reach."""
    unit_id, year = asked.unit_id or 0, asked.year or 0
    unit = selectors.register_named(request.user, unit_id, "documents.view")
    if unit is None:
        return None
    return {
        "unit": unit,
        "name": selectors.unit_name(unit_id),
        "year": year,
        "free": selectors.free_numbers(unit_id, direction, year),
    }


@require_GET
@requires("documents.view")
def incoming(request: SignedInRequest) -> HttpResponse:
    """The registers of incoming documents, and how many that were sent here wait to be entered."""
    context = _register(request, Direction.INCOMING, "incoming")
    context["waiting"] = selectors.waiting_to_enter(request.user).count()
    return render_page(request, "documents/incoming.html", "rows", context)


@require_GET
@requires("documents.view")
def issued(request: SignedInRequest) -> HttpResponse:
    """The registers of issued documents, with what became of those that were sent on."""
    context = _register(request, Direction.OUTGOING, "issued")
    counts = selectors.counts_of(document.pk for document, _ in context["rows"])
    context["rows"] = [(one, name, counts.get(one.pk)) for one, name in context["rows"]]
    return render_page(request, "documents/issued.html", "rows", context)


@require_GET
@requires("documents.view")
def sheet(request: SignedInRequest, direction: str) -> HttpResponse:
    """The same list as Excel, in the columns of the paper register; the filters are those of the address."""
    known = Direction(direction)
    form = RegisterFilterForm(request.user, request.GET, without=WITHOUT[known])
    asked = form.asked()
    found = _listed(request, known, asked)
    found = selectors.in_order(found) if asked.one_register else found.order_by(*LATEST_FIRST)
    title = f"Sổ đăng ký {known.label.lower()}"
    if asked.one_register:
        title += f" năm {asked.year} của {selectors.unit_name(asked.unit_id or 0)}"
    content = exports.as_sheet(found, known, on=clock.today(), title=title)
    name = f"so-{'den' if known == Direction.INCOMING else 'di'}-{clock.today():%Y%m%d}.xlsx"
    return made_file(content, name)


@require_GET
@requires("documents.review")
def to_review(request: SignedInRequest) -> HttpResponse:
    """Documents whose proposals wait for a person."""
    params = _kept_params(request, "to-review")
    form = RegisterFilterForm(request.user, params, without=("so", "nam", "xu_ly"))
    asked = form.asked()
    page = _page(params, selectors.to_review(request.user, asked), asked)
    context = _context(form, page)
    seen = selectors.progress_in(page.rows)
    context["rows"] = [(one, name, *seen.get(one.pk, (0, 0))) for one, name in context["rows"]]
    return render_page(request, "documents/to_review.html", "rows", context)
