"""Số liệu đơn thư: numbers that each open to the petitions behind them, and the periodic tables."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD
from danvan.organisations.selectors import bare_place_of, top_unit
from danvan.petitions import exports, periodic_files, selectors
from danvan.petitions.forms.figures import FiguresFilter, RecordsFilter
from danvan.petitions.selectors.figures import Wanted, counted_petitions, figures
from danvan.petitions.selectors.periodic import periodic_tables
from danvan.petitions.selectors.populations import MEASURES

NEWEST = ("-received_on", "-pk")
PARTS = (
    ("tiep-nhan", "Tiếp nhận, phân loại", (
        "received_complaint", "received_proposal", "received_feedback", "received_second", "received_eligible",
        "received_unfit", "received_duplicate", "received_unsorted", "received_ours", "received_elsewhere",
        "received_handed", "received_anonymous", "transferred")),
    ("ket-qua", "Kết quả giải quyết", (
        "decided", "answered", "withdrawn", "terminated", "right", "partly", "wrong", "upheld", "changed", "met",
        "explained", "noted", "on_time", "late")),
    ("khac", "Kết thúc cách khác, thi hành, đánh giá", (
        "guided", "filed", "refused", "overtaken", "in_force", "enforcing", "enforced", "rated", "satisfied",
        "satisfied_partly", "dissatisfied")),
    ("kenh", "Theo kênh nhận", tuple(key for key in MEASURES if key.startswith("received_by_"))),
)  # fmt: skip
# Each part of what was asked, over each of the three wholes.
RATES = (
    ("Đã thụ lý", ("received_accepted", "", "")),
    ("Đã giải quyết", ("received_resolved", "accepted_resolved", "owed_resolved")),
    ("Giải quyết đúng hạn", ("received_on_time", "accepted_on_time", "owed_on_time")),
)
WHOLES = ("received", "accepted", "owed")


@require_GET
@requires("petitions.view")
def figures_page(request: SignedInRequest) -> HttpResponse:
    """How many came in, were accepted and settled, by which population; by unit and topic."""
    form, today = _form(request), clock.today()
    wanted = form.wanted()
    context: dict[str, Any] = {"form": form, "today": today}
    if wanted is not None:
        found = figures(request.user, wanted, on=today)
        context |= {
            "found": found,
            "wanted": wanted,
            "parts": _parts(found.numbers),
            "wholes": [MEASURES[key] for key in WHOLES],
            "rates": _rates(found.numbers),
        }
    status = 422 if form.errors else 200
    return render_page(request, "petitions/figures.html", "figures", context, status=status)


@require_GET
@requires("petitions.view")
def records(request: SignedInRequest) -> HttpResponse:
    """The petitions behind one number."""
    form, today = RecordsFilter(request.GET), clock.today()
    wanted = form.wanted()
    context: dict[str, Any] = {"form": form, "page": None}
    if wanted is not None:
        rows = counted_petitions(request.user, wanted, form.measure, on=today)
        page = page_of(rows, request.GET, order=NEWEST)
        context |= {
            "page": page, "lines": selectors.lines_of(page.rows, on=today), "measure": form.measure, "wanted": wanted,
            "number": rows.count(),
        }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "petitions/figure_records.html", "rows", context, status=status)


@require_GET
@requires("petitions.view")
def records_sheet(request: SignedInRequest) -> HttpResponse:
    """The same rows as Excel."""
    form, today = RecordsFilter(request.GET), clock.today()
    wanted = form.wanted()
    if wanted is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    rows = counted_petitions(request.user, wanted, form.measure, on=today).order_by(*NEWEST)
    return made_file(
        exports.as_sheet(rows, on=today), f"so-lieu-{form.measure.key}-{today:%Y%m%d}.xlsx"
    )


@require_GET
@requires("petitions.view")
def periodic_page(request: SignedInRequest) -> HttpResponse:
    """The periodic tables with their numbers; each opens its list."""
    form, today = _form(request), clock.today()
    wanted = form.wanted()
    context: dict[str, Any] = {"form": form, "wanted": wanted}
    if wanted is not None:
        context["tables"] = periodic_tables(request.user, wanted, on=today)
    status = 422 if form.errors else 200
    return render_page(request, "petitions/periodic.html", "tables", context, status=status)


@require_GET
@requires("petitions.view")
def periodic_sheet(request: SignedInRequest) -> HttpResponse:
    """The periodic tables as Excel."""
    wanted = _form(request).wanted()
    if wanted is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    tables = periodic_tables(request.user, wanted, on=clock.today())
    made = periodic_files.as_workbook(tables, span=wanted.span, whose=_whose(wanted))
    return made_file(made, f"bieu-don-thu-{wanted.span.code}.xlsx")


@require_GET
@requires("petitions.view")
def periodic_word(request: SignedInRequest) -> HttpResponse:
    """The periodic tables as Word."""
    wanted = _form(request).wanted()
    if wanted is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    tables = periodic_tables(request.user, wanted, on=clock.today())
    place = bare_place_of(top_unit().id, clock.today())
    made = periodic_files.as_word(tables, span=wanted.span, whose=_whose(wanted), place=place)
    return made_file(made, f"bieu-don-thu-{wanted.span.code}.docx", WORD)


def _form(request: SignedInRequest) -> FiguresFilter:
    params = request.GET.copy()
    for name, value in FiguresFilter().initial.items():
        params.setdefault(name, value)
    return FiguresFilter(params)


def _whose(wanted: Wanted) -> str:
    return wanted.unit or "Các đơn vị trong phạm vi xem"


def _parts(numbers: Any) -> list[tuple[str, str, list[Any]]]:
    return [
        (id_, title, [(MEASURES[key], numbers[key]) for key in keys]) for id_, title, keys in PARTS
    ]


def _rates(numbers: Any) -> list[tuple[str, list[tuple[str, int, int] | None]]]:
    """Each line of the three wholes side by side: (measure, number, whole); None where it is the whole itself."""
    return [
        (
            label,
            [
                (key, numbers[key], numbers[whole]) if key else None
                for key, whole in zip(keys, WHOLES, strict=True)
            ],
        )
        for label, keys in RATES
    ]
