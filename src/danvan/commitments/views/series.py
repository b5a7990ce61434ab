"""Việc định kỳ: the list, the page of one with its turns, and the acts on it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.commitments import services
from danvan.commitments.forms.series import ChangeSeriesForm, EndSeriesForm
from danvan.commitments.models import CommitmentSeries
from danvan.commitments.selectors import lines_of
from danvan.commitments.selectors.series import (
    allowed_series,
    series_card,
    series_lines,
    series_listed,
    turns_of,
)
from danvan.commitments.views.page import source_url
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out

TABS = (("", "Đang lặp lại"), ("can-xem", "Chưa mở được lượt"), ("da-thoi", "Đã thôi"))


@require_GET
@requires("commitments.view")
def series_list(request: SignedInRequest) -> HttpResponse:
    """Every duty that comes back, with its turns done, missed and next."""
    here, today = request.GET.get("muc", ""), clock.today()
    page = page_of(series_listed(request.user, here), request.GET, order=("-pk",))
    context = {
        "page": page,
        "lines": series_lines(list(page.rows), on=today),
        "tabs": TABS,
        "here": here,
        "may_assign": "commitments.assign" in actions_of(request.user),
    }
    return render_page(request, "commitments/series_list.html", "rows", context)


@require_GET
@requires("commitments.view")
def series_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rule, the turns, what comes, what was decided."""
    found = get_object_or_404(allowed_series(request.user, "commitments.view"), pk=pk)
    today = clock.today()
    page = page_of(turns_of(request.user, found), request.GET, order=("-turn", "-pk"))
    turns = list(page.rows)
    lines = lines_of([one.commitment for one in turns], on=today)
    context = {
        "card": series_card(request.user, found, on=today),
        "series": found,
        "source_url": source_url(request.user, found),
        "page": page,
        "turns": list(zip(turns, lines, strict=True)),
    }
    return render_page(request, "commitments/series.html", "card", context)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đổi từ lượt sau."""
    found = get_object_or_404(allowed_series(request.user, "commitments.assign"), pk=pk)
    form = ChangeSeriesForm(request.POST if request.method == "POST" else None, series=found)

    def act() -> CommitmentSeries:
        said = form.cleaned_data
        return services.change_series(
            found,
            form.rule(),
            lead_id=said["lead"],
            support_ids=said["supports"],
            post_id=said["post"],
            title=said["title"],
            product=said["product"],
            words=said["words"],
            seen=said["seen"],
            actor=request.user,
        )

    return _acted(request, found, form, act, "Đổi việc định kỳ", "Đã đổi từ lượt sau.")


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thôi lặp lại."""
    found = get_object_or_404(allowed_series(request.user, "commitments.assign"), pk=pk)
    form = EndSeriesForm(request.POST if request.method == "POST" else None, series=found)

    def act() -> CommitmentSeries:
        said = form.cleaned_data
        return services.end_series(
            found, words=said["words"], seen=said["seen"], actor=request.user
        )

    return _acted(
        request, found, form, act, "Thôi lặp lại", "Đã thôi lặp lại; các lượt đã mở vẫn phải làm."
    )


def _acted(
    request: SignedInRequest,
    found: CommitmentSeries,
    form: ChangeSeriesForm | EndSeriesForm,
    act: Callable[[], CommitmentSeries],
    title: str,
    done: str,
) -> HttpResponse:
    if carried_out(form, act) is not None:
        messages.success(request, done)
        return redirect("commitments:series", found.pk)
    context = {"series": found, "form": form, "title": title, "over": found.next_on is None}
    status = 422 if form.is_bound else 200
    return render_page(request, "commitments/series_act.html", "form", context, status=status)
