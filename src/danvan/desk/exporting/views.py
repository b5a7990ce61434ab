"""Figures to take away: chosen on a page, sent as they are read."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.exporting.forms import CSV, ExportForm
from danvan.exchange.exports import plain_csv, sdmx_csv
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.periods import Every, Period

WRITERS = {"csv": plain_csv, "sdmx": sdmx_csv}


@require_GET
@requires("board.view")
def export(request: SignedInRequest) -> HttpResponse:
    """Choose what goes into the file; this year's months at first."""
    today = clock.today()
    year = Period.containing(today, Every.YEAR)
    first = {
        "tu": f"{year.first:%Y-%m}",
        "den": f"{today:%Y-%m}",
        "noi": request.GET.get("noi", ""),
        "doc": request.GET.get("doc", ""),
        "dang": CSV,
    }
    form = ExportForm(user=request.user, initial=first)
    return render_page(request, "desk/exporting/export.html", "choices", {"form": form})


@require_GET
@requires("board.view")
def export_file(request: SignedInRequest) -> HttpResponse:
    """The file; the page again where the choices say nothing."""
    form = ExportForm(request.GET, user=request.user)
    if not form.is_valid():
        context = {"form": form}
        return render_page(request, "desk/exporting/export.html", "choices", context, status=422)
    asked, kind = form.request(), form.cleaned_data["dang"]
    name = f"so-lieu-{form.cleaned_data['tu'].code}-{form.cleaned_data['den'].code}-{kind}.csv"
    return StreamingHttpResponse(  # type: ignore[return-value] # a sibling class, as in foundation/downloads.py
        WRITERS[kind](asked.observations()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
