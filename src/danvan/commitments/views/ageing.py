"""Danh sách theo dõi: what I supervise, gave and followed up; what my units must do; by how late it is."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments.forms.statistics import UnitFilter
from danvan.commitments.selectors.ageing import FollowingLists, following_lists
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import COUNTED_TO


@require_GET
@requires("commitments.view")
def following_page(request: SignedInRequest) -> HttpResponse:
    """Numbers that each open to their list."""
    today, form = clock.today(), UnitFilter(request.GET)
    context = {"form": form, "today": today, "most": COUNTED_TO}
    if form.is_valid():
        unit = form.unit
        found = following_lists(request.user, on=today, unit_id=unit.unit_id, unit=unit.name)
        context |= {"found": found, "parts": _parts(found)}
    status = 422 if form.errors else 200
    return render_page(request, "commitments/following.html", "figures", context, status=status)


def _parts(found: FollowingLists) -> list[tuple[str, str, list[object]]]:
    parts = [
        ("don-vi-chon", "Đơn vị, địa bàn đã chọn", found.chosen),
        ("cua-toi", "Của tôi", found.mine),
        ("don-vi-toi", "Của đơn vị tôi", found.ours),
    ]
    return [(anchor, title, list(rows)) for anchor, title, rows in parts if rows]
