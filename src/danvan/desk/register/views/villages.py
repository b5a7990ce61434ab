"""Villages: the list of a place, bringing in a sheet, the sheet to fill in, and the sheets that come back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import reaches, units_granted
from danvan.desk.register.forms import VillagesForm
from danvan.desk.register.views.tree import day_of
from danvan.desk.register.villages import VillagesPage, communes_at, read_villages_page
from danvan.desk.register.workbooks import blank_villages, faulty_sheet, village_sheet
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.uploads import read_sent
from danvan.organisations.selectors import identities
from danvan.organisations.selectors.villages import villages_of
from danvan.organisations.services.villages import VillagesBrought, import_villages, read_villages
from danvan.vietnamese.numbers import format_number


@require_GET
@requires("register.view")
def villages(request: SignedInRequest, pk: int) -> HttpResponse:
    """The villages of a commune on a day, or how many each place below has."""
    form, day = day_of(request)
    context: dict[str, object] = {"form": form, "day": day}
    if day is not None:
        context["shown"] = page = read_villages_page(pk, day)
        if page is None:
            raise Http404
        context["may_manage"] = reaches(request.user, "register.manage", pk)
    status = 200 if day else 422
    return render_page(request, "desk/register/villages.html", "villages", context, status=status)


@require_GET
@requires("register.view")
def villages_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """The villages at or below a place as Excel, in the columns that can be brought in again."""
    _, day = day_of(request)
    on = day or clock.today()
    communes = communes_at(pk, on)
    if not communes:
        raise Http404
    found = village_sheet(villages_of(list(communes), on=on), communes, on)
    return made_file(found, f"thon-{pk}-{on:%Y%m%d}.xlsx")


@require_GET
@requires("register.manage", reading=True)
def blank(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet to fill in, with the codes of the communes."""
    _place(request, pk)
    communes = list(communes_at(pk, clock.today()).values())
    return made_file(blank_villages(communes), "mau-nhap-thon.xlsx")


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def bring_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring in a sheet: all rows or none, with every fault at once; `viec=tra-loi` sends it back with them beside."""
    page = _place(request, pk)
    form, refused, status = VillagesForm(initial={"counted_on": clock.today()}), None, 200
    if request.method == "POST":
        form, status = VillagesForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                return _brought(request, pk, form)
            except RuleError as broken:
                refused = broken
    context = {"form": form, "refused": refused, "unit": page.unit, "path": page.path}
    return render_page(
        request, "desk/register/bring_villages.html", "outcome", context, status=status
    )


def _place(request: SignedInRequest, pk: int) -> VillagesPage:
    """The place whose villages the reader may write down."""
    page = read_villages_page(pk, clock.today())
    if page is None or not reaches(request.user, "register.manage", pk):
        raise Http404
    return page


def _brought(request: SignedInRequest, pk: int, form: VillagesForm) -> HttpResponse:
    """Write the list down, or send it back with its faults. RuleError where it is refused."""
    sent, top = form.cleaned_data["sheet"], identities([pk])[pk]
    content, name = read_sent(sent), sent.name or ""
    within = units_granted(request.user, "register.manage")
    if request.POST.get("viec") == "tra-loi":
        read = read_villages(content, name=name, top=top, within=within)
        if read.faults:
            return made_file(faulty_sheet(read), "thon-can-sua.xlsx")
    done = import_villages(
        content,
        name=name,
        top=top,
        counted_on=form.cleaned_data["counted_on"],
        actor=request.user,
        within=within,
    )
    _tell(request, done)
    return redirect("desk:villages", pk)


def _tell(request: SignedInRequest, done: VillagesBrought) -> None:
    communes = f" ở {format_number(done.communes)} xã" if done.communes > 1 else ""
    messages.success(request, f"Đã ghi {format_number(done.count)} thôn, tổ dân phố{communes}.")
    if done.unused_columns:
        columns = ", ".join(f"“{column}”" for column in done.unused_columns)
        messages.warning(request, f"Không dùng đến các cột: {columns}.")
