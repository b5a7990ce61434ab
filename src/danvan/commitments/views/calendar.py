"""The joint calendar as a month and as a list of days; one line of a programme; the private address."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.commitments.forms.calendar import PARTS, CalendarForm, month_beside
from danvan.commitments.ics import as_calendar
from danvan.commitments.selectors.calendar import calendar_units, joint_calendar, month_of
from danvan.commitments.selectors.feeds import entry_event, feed_of
from danvan.commitments.selectors.programmes import allowed_entries, allowed_programmes, entry_lines
from danvan.commitments.services import feeds
from danvan.commitments.views.page import dialogue_url
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors import last_names

CALENDAR = "text/calendar; charset=utf-8"


@require_GET
@requires("commitments.view")
def calendar(request: SignedInRequest) -> HttpResponse:
    """What several lines ask of a unit in one month, and where two of them do not agree."""
    form, user = CalendarForm(request.GET, user=request.user), request.user
    month, valid = form.month(), form.is_valid()
    units = calendar_units(user, form.unit_id, on=clock.today()) if valid else []
    first = month.first - timedelta(days=month.first.weekday())
    last = month.last + timedelta(days=6 - month.last.weekday())
    joint = joint_calendar(user, units, first, last)
    weeks = month_of([one for one in joint.items if form.keeps(one)], month)
    kept = {"don_vi": form.data.get("don_vi", ""), "don_vi_id": form.data.get("don_vi_id", "")}
    kept = {name: value for name, value in kept.items() if value} if valid else {}
    here = kept | {"phan": form.part()}
    around = {name: month_beside(month, step) for name, step in (("before", -1), ("after", 1))}
    context = {
        "form": form,
        "month": month,
        "weeks": weeks,
        "agenda": [one for week in weeks for one in week if one.inside and one.items],
        "contradictions": joint.contradictions,
        "cut": joint.cut,
        "unit_name": form.unit_name,
        "parts": [(_query(kept, thang=month.code, phan=part), words, part == form.part()) for part, words in PARTS.items()],
        "today": _query(here),
        **{name: _query(here, thang=code) if code else "" for name, code in around.items()},
    }  # fmt: skip
    status = 200 if valid else 422
    return render_page(request, "commitments/calendar.html", "month", context, status=status)


@require_GET
@requires("commitments.view")
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """One line of an issued programme."""
    found = allowed_entries(request.user, "commitments.view").select_related("programme")
    row = get_object_or_404(found, pk=pk)
    [line] = entry_lines([row], on=clock.today())
    unit_id = row.programme.unit_id
    within = allowed_programmes(request.user, "commitments.view")
    context = {
        "line": line,
        "unit_name": last_names([unit_id], clock.today()).get(unit_id, ""),
        "dialogue": dialogue_url(row, row.programme) if may(request.user, "dialogues.view") else "",
        "within": within.filter(pk=row.programme_id).exists(),
    }
    return render_page(request, "commitments/entry.html", "entry", context)


@require_GET
@requires("commitments.view")
def entry_ics(request: SignedInRequest, pk: int) -> HttpResponse:
    """One line of an issued programme, for a calendar program."""
    found = allowed_entries(request.user, "commitments.view").select_related("programme")
    row = get_object_or_404(found, pk=pk)
    made = as_calendar([entry_event(row, root=request.build_absolute_uri("/"))], name="")
    return made_file(made, f"lich-{row.pk}.ics", CALENDAR)


@require_http_methods(["GET", "POST"])
@requires("commitments.view")
def address(request: SignedInRequest) -> HttpResponse:
    """The private address of the reader's calendar: made anew, shown once, taken back."""
    shown = ""
    if request.method == "POST":
        if request.POST.get("viec") == "tao":
            token = feeds.issue_feed(request.user)
            shown = request.build_absolute_uri(reverse("portal:calendar", args=[token]))
        elif request.POST.get("viec") == "thu-hoi":
            feeds.withdraw_feed(request.user)
            messages.success(request, "Đã thu hồi địa chỉ; ứng dụng lịch không đọc được nữa.")
            return redirect("commitments:calendar-address")
    context: dict[str, Any] = {"feed": feed_of(request.user), "shown": shown}
    return render_page(request, "commitments/calendar_address.html", "address", context)


def _query(kept: dict[str, str], **more: str) -> str:
    return "?" + urlencode({name: value for name, value in {**kept, **more}.items() if value})
