"""The registers as lists. Their filters stay set until they are cleared."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.documents import selectors
from danvan.documents.forms.intake import RegisterFilterForm
from danvan.documents.models import Document
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import AFTER, BEFORE, Page, page_of

FILTERS = ("q", "loai", "giai_doan", "ky")
LATEST_FIRST = ("-registered_at", "-pk")


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


def _page(params: QueryDict, documents: QuerySet[Document]) -> Page:
    order: tuple[str, ...] = LATEST_FIRST
    if "search_tier" in documents.query.annotations:
        order = ("search_tier", *LATEST_FIRST)
    known = {name: params[name] for name in (*FILTERS, AFTER, BEFORE) if name in params}
    return page_of(documents, known, order=order)


def _context(form: RegisterFilterForm, page: Page) -> dict[str, Any]:
    names = selectors.unit_names(page.rows)
    rows = [(document, names.get(document.unit_id, "")) for document in page.rows]
    narrowed = any(form.cleaned_data.values())
    return {"form": form, "page": page, "rows": rows, "narrowed": narrowed}


@require_GET
@requires("documents.view")
def incoming(request: SignedInRequest) -> HttpResponse:
    """The registers of incoming documents."""
    params = _kept_params(request, "incoming")
    form = RegisterFilterForm(params)
    page = _page(params, selectors.incoming(request.user, form.asked()))
    context = _context(form, page) | {"may_register": may(request.user, "documents.register")}
    return render_page(request, "documents/incoming.html", "rows", context)


@require_GET
@requires("documents.view")
def issued(request: SignedInRequest) -> HttpResponse:
    """The registers of issued documents."""
    params = _kept_params(request, "issued")
    form = RegisterFilterForm(params)
    del form.fields["giai_doan"]
    page = _page(params, selectors.issued(request.user, form.asked()))
    context = _context(form, page) | {"may_register": may(request.user, "documents.register")}
    return render_page(request, "documents/issued.html", "rows", context)


@require_GET
@requires("documents.review")
def to_review(request: SignedInRequest) -> HttpResponse:
    """Documents whose proposals wait for a person."""
    params = _kept_params(request, "to-review")
    form = RegisterFilterForm(params)
    page = _page(params, selectors.to_review(request.user, form.asked()))
    context = _context(form, page)
    seen = selectors.progress_in(page.rows)
    context["rows"] = [(one, name, *seen.get(one.pk, (0, 0))) for one, name in context["rows"]]
    return render_page(request, "documents/to_review.html", "rows", context)
