"""The register of citizen reception: page, print, Excel and Word, all from the same rows under the same permission."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.caching import kept_nowhere
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD, to_docx
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors import last_names
from danvan.petitions import reception_papers as papers
from danvan.petitions.forms.reception_lists import OpenRegisterForm, RegisterFilter
from danvan.petitions.register_columns import COLUMNS, RegisterRow, labelled
from danvan.petitions.selectors import reception as selectors
from danvan.petitions.selectors.reception import RECEPTION_MEASURES, RegisterAsked
from danvan.petitions.services import reception as services
from danvan.vietnamese.dates import format_date

MOST_ROWS = 2_000  # of one print, workbook or paper; what was left out is said


@require_GET
@kept_nowhere
@requires("petitions.view")
def register(request: SignedInRequest) -> HttpResponse:
    """The register on the screen; who came is sealed until it is opened for a purpose."""
    form = RegisterFilter(request.GET, user=request.user)
    asked = form.asked()
    context: dict[str, Any] = {"form": form, "page": None, "open_form": OpenRegisterForm()}
    if asked is not None:
        found = selectors.register_of(request.user, asked)
        page = page_of(found, request.GET, order=selectors.ORDER)
        rows = selectors.register_rows(request.user, found, page.rows)
        context |= {"page": page, "rows": [(one, labelled(one)) for one in rows]}
        context |= {"tally": selectors.tally_of(found), "said": said(asked)}
        context["opened"] = selectors.opened_among(request.user, rows)
    context |= {"columns": COLUMNS, "may_receive": may(request.user, "petitions.receive")}
    status = 422 if form.errors else 200
    return render_page(request, "petitions/reception/register.html", "rows", context, status=status)


@require_GET
@kept_nowhere
@requires("petitions.view")
def print_register(request: SignedInRequest) -> HttpResponse:
    """The register as ruled pages, A4 across."""
    asked = RegisterFilter(request.GET, user=request.user).asked()
    if asked is None:
        return _to_page(request)
    rows, whole = _rows(request, asked)
    context = {
        "columns": COLUMNS, "rows": [labelled(one) for one in rows], "said": said(asked), "left": max(whole - MOST_ROWS, 0),
        "unit": _unit(asked), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "petitions/reception/print.html", context)


@require_GET
@kept_nowhere
@requires("petitions.view")
def register_sheet(request: SignedInRequest) -> HttpResponse:
    """The register as Excel, with the same filters."""
    asked = RegisterFilter(request.GET, user=request.user).asked()
    if asked is None:
        return _to_page(request)
    rows, whole = _rows(request, asked)
    made = papers.register_sheet(rows, said=said(asked), on=clock.today(), most=MOST_ROWS, whole=whole)  # fmt: skip
    return made_file(made, f"so-tiep-cong-dan-{clock.today():%Y%m%d}.xlsx")


@require_GET
@kept_nowhere
@requires("petitions.view")
def register_docx(request: SignedInRequest) -> HttpResponse:
    """The register as a Word file, A4 across."""
    asked = RegisterFilter(request.GET, user=request.user).asked()
    if asked is None:
        return _to_page(request)
    rows, whole = _rows(request, asked)
    made = papers.register_paper(
        rows, unit=_unit(asked), said=said(asked), on=clock.today(), most=MOST_ROWS, whole=whole
    )
    return made_file(to_docx(made), f"so-tiep-cong-dan-{clock.today():%Y%m%d}.docx", WORD)


@require_POST
@requires("petitions.receive")
def open_rows(request: SignedInRequest) -> HttpResponse:
    """Open who came on the rows that the filter gives, for a purpose; each paper keeps who opened it."""
    asked = RegisterFilter(request.GET, user=request.user).asked()
    form = OpenRegisterForm(request.POST)
    visit = request.GET.get("luot", "")
    if asked is None:
        return _to_page(request)
    found = selectors.register_of(request.user, asked)
    if visit.isascii() and visit.isdigit() and len(visit) < 18:
        found = found.filter(visit_id=int(visit))
    number = carried_out(
        form,
        lambda: services.open_register(
            found, purpose=form.cleaned_data["purpose"], actor=request.user
        ),
    )
    if number is None:
        told = [str(fault) for faults in form.errors.values() for fault in faults]
        messages.error(request, " ".join(told))
    else:
        messages.success(request, f"Đã mở danh tính {number} lượt tiếp, có ghi nhật ký từng lượt.")
    return redirect("reception:visit", int(visit)) if visit.isascii() and visit.isdigit() and len(visit) < 18 else _to_page(request)  # fmt: skip


def said(asked: RegisterAsked) -> str:
    """Of which days, and behind which number of a table, in words."""
    days = f"từ ngày {format_date(asked.first)} đến ngày {format_date(asked.last)}"
    if asked.first == asked.last:
        days = f"ngày {format_date(asked.first)}"
    if not asked.measure:
        return days
    return f"{days}; theo chỉ tiêu “{RECEPTION_MEASURES[asked.measure].label}”"


def _rows(request: SignedInRequest, asked: RegisterAsked) -> tuple[list[RegisterRow], int]:
    found = selectors.register_of(request.user, asked)
    rows = list(found.order_by(*selectors.ORDER)[:MOST_ROWS])
    return selectors.register_rows(request.user, found, rows), found.order_by().count()


def _unit(asked: RegisterAsked) -> str:
    if asked.unit_id is None:
        return "Các đơn vị trong phạm vi"
    return last_names([asked.unit_id], asked.last).get(asked.unit_id, "")


def _to_page(request: SignedInRequest) -> HttpResponseRedirect:
    return redirect(f"{redirect('reception:register').url}?{request.GET.urlencode()}")
