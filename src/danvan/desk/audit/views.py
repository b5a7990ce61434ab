"""The audit log: who did what to which object, when."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.audit.forms import AuditFilter
from danvan.desk.audit.reading import entries, line_of
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of


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
