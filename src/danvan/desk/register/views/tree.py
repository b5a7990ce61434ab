"""The register's pages: the country on a day, one unit's card, and finding a unit by what people type."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import grants_today, units_granted
from danvan.desk.register.cards import read_card
from danvan.desk.register.flagged import flagged_places
from danvan.desk.register.forms import DayForm, FlagFilter
from danvan.desk.register.reading import find_rows, find_rows_since, known_days, read_tree
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.vietnamese.dates import format_date


def day_of(request: SignedInRequest) -> tuple[DayForm, date | None]:
    """The form of the day, and the day it asks for: None where it is not one."""
    form = DayForm(request.GET)
    return form, form.cleaned_data["ngay"] if form.is_valid() else None


def number_of(text: str) -> int | None:
    """An id out of an address; None where nothing is asked. What is no id is not there: 404."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


@require_GET
@requires("register.view")
def tree(request: SignedInRequest) -> HttpResponse:
    """The country on any day, level by level."""
    form, day = day_of(request)
    flags = FlagFilter(request.GET)
    kind = flags.cleaned_data["vung"] if flags.is_valid() else ""
    context: dict[str, Any] = {"form": form, "day": day, "days": known_days(clock.today())}
    context["flags"] = flags
    if day is not None:
        try:
            context["tree"] = read_tree(number_of(request.GET.get("duoi", "")), day)
        except RuleError as refused:  # the register is empty
            form.add_error(None, refused.message)
        else:
            if context["tree"] is None:
                raise Http404
            if kind and context["tree"].top:
                context["flagged"] = flagged_places(context["tree"].top.id, kind, day, request.GET)
    status = 200 if day else 422
    return render_page(request, "desk/register/tree.html", "branches", context, status=status)


@require_GET
@requires("register.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One unit through time: names, codes, superiors, lineage, organisations."""
    form, day = day_of(request)
    context: dict[str, Any] = {"form": form, "day": day}
    if day is not None:
        found = read_card(pk, day, reader=request.user)
        if found is None:
            raise Http404
        context |= {"card": found, "drawing": found.drawing}
    status = 200 if day else 422
    return render_page(request, "desk/register/card.html", "card", context, status=status)


@require_GET
@requires("register.view")
def find(request: SignedInRequest) -> HttpResponse:
    """Units by what people type: JSON for the combobox, a page for everyone else.

    `viec` keeps to the units where the reader may do that act, `cap` and `loai` to levels and kinds; with `gan` those near
    to the reader come first.
    """
    form, day = day_of(request)
    rows = []
    if day is not None:
        act, near = request.GET.get("viec"), "gan" in request.GET
        rows = find_rows(
            request.GET.get("q", ""),
            day,
            levels=request.GET.getlist("cap"),
            kinds=request.GET.getlist("loai"),
            within=units_granted(request.user, act) if act else None,
            near={one.unit_id for one in grants_today(request.user)} if near else (),
        )
    status = 200 if day else 422
    if "application/json" in request.headers.get("Accept", ""):
        at = f"?{urlencode({'ngay': format_date(day)})}" if day and request.GET.get("ngay") else ""
        results = [
            {"id": r.id, "name": r.name, "context": r.context, "note": r.note,
             "url": reverse("desk:unit", args=[r.id]) + at}
            for r in rows
        ]  # fmt: skip
        response: HttpResponse = JsonResponse({"results": results}, status=status)
    else:
        words = request.GET.get("q", "")
        since = [] if rows or day is None else find_rows_since(words, day)
        context = {"form": form, "day": day, "rows": rows, "since": since, "words": words}
        response = render_page(request, "desk/register/find.html", "rows", context, status=status)
    patch_vary_headers(response, ["Accept"])
    return response
