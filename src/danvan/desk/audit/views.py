"""The audit log: who did what to which object, when."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.audit.forms import AuditFilter, ElevatedFilter
from danvan.desk.audit.reading import elevated_requests, entries, line_of
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.workbook import write_table
from danvan.vietnamese.numbers import format_number


@require_safe
@requires("audit.view")
def audit_log(request: SignedInRequest) -> HttpResponse:
    """The acts of the people within reach, the latest first."""
    form = AuditFilter(request.GET)
    asked = form.asked()
    context: dict[str, object] = {"form": form}
    if asked is not None:
        page = page_of(entries(request.user, asked), request.GET, order=("-pk",), size=50)
        may = actions_of(request.user)
        context |= {"page": page, "lines": [line_of(entry, may) for entry in page.rows]}
    status = 200 if asked is not None else 422
    return render_page(request, "desk/audit/log.html", "rows", context, status=status)


@require_safe
@requires("audit.view")
def elevated_log(request: SignedInRequest) -> HttpResponse:
    """Every request that administrators within reach made in elevated sessions, the latest first."""
    form = ElevatedFilter(request.GET)
    asked = form.asked()
    context: dict[str, object] = {"form": form}
    if asked is not None:
        found = elevated_requests(request.user, asked)
        context["page"] = page_of(found, request.GET, order=("-pk",), size=50)
    status = 200 if asked is not None else 422
    return render_page(request, "desk/audit/elevated.html", "rows", context, status=status)


# More would take a reader's browser too long to wait for; the page shows them all.
SHEET_HOLDS = 100_000
TOO_MANY = (
    f"Tệp chỉ có {format_number(SHEET_HOLDS)} lần mới nhất. Đồng chí vui lòng lọc theo ngày hoặc theo"
    " người để tải phần cũ hơn."
)
HEADINGS = ("Lúc", "Người", "Lý do của phiên", "Phiên", "Cách gọi", "Trang", "Đối tượng", "Trả lời")


@require_safe
@requires("audit.view")
def elevated_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as a workbook, read row by row."""
    asked = ElevatedFilter(request.GET).asked()
    if asked is None:
        return elevated_log(request)
    found = elevated_requests(request.user, asked).order_by("-pk")
    notes = [TOO_MANY] if found[SHEET_HOLDS : SHEET_HOLDS + 1].exists() else []
    rows = (
        (
            f"{timezone.localtime(one.at):%d/%m/%Y %H:%M:%S}",
            str(one.session.user),
            one.session.reason,
            one.session_id,
            one.method,
            one.route,
            one.ids,
            one.status,
        )
        for one in found[:SHEET_HOLDS].iterator(chunk_size=2_000)
    )
    widths = (20, 26, 40, 8, 10, 28, 24, 10)
    sheet = write_table("Phiên quản trị", HEADINGS, rows, notes=notes, widths=widths)
    return made_file(sheet, "phien-quan-tri.xlsx")
