"""Thống kê việc phải làm: numbers that each open to the list behind them."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import selectors
from danvan.commitments.forms.statistics import StatisticsFilter
from danvan.commitments.selectors.brackets import LATE, brackets_on
from danvan.foundation import clock
from danvan.foundation.htmx import render_page


@require_GET
@requires("commitments.view")
def statistics_page(request: SignedInRequest) -> HttpResponse:
    """How the ledger stands, by unit, topic, source and month."""
    today = clock.today()
    params = request.GET.copy()
    params.setdefault("nam", str(today.year))
    form = StatisticsFilter(params)
    context: dict[str, Any] = {"form": form, "today": today}
    if form.is_valid():
        found = selectors.statistics(
            request.user,
            on=today,
            year=form.cleaned_data["nam"],
            unit_id=form.unit.unit_id,
            unit=form.unit.name,
        )
        bounds = brackets_on(today)
        labels = bounds.labels() if bounds else {}
        late = [(name, labels[name]) for name in LATE if name in labels]
        context |= {"found": found, "parts": _parts(found), "late": late}
    status = 422 if form.errors else 200
    return render_page(request, "commitments/statistics.html", "figures", context, status=status)


def _parts(found: selectors.Statistics) -> list[tuple[str, str, str, list[Any]]]:
    """(id, title, head of the first column, rows) of each table that has rows."""
    by_unit = (
        ("don-vi", "Theo địa bàn", "Địa bàn, đơn vị", found.units)
        if found.by_place
        else ("don-vi", "Theo đơn vị chủ trì", "Đơn vị", found.units)
    )
    parts = [
        by_unit,
        ("nganh", "Theo ngành dọc", "Ngành, đơn vị", found.lines),
        ("linh-vuc", "Theo lĩnh vực", "Lĩnh vực", found.topics),
        ("nguon", "Theo nguồn", "Nguồn", found.sources),
        ("thoi-gian", "Theo thời gian đến hạn", "Thời gian", found.times),
    ]
    return [one for one in parts if one[3]]
