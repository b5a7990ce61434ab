"""Pages of recorded activities: the list, the quick form, one activity, the import of a sheet."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.activities import exports, selectors, services
from danvan.activities.forms import (
    ActivityFilter,
    ActivityForm,
    EvidenceForm,
    SheetForm,
    WithdrawForm,
)
from danvan.activities.models import Activity
from danvan.activities.selectors import allowed_activities
from danvan.foundation import clock
from danvan.foundation.downloads import made_file, stored_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.uploads import read_sent
from danvan.vietnamese.numbers import format_number

NEWEST = ("-held_on", "-pk")


@require_GET
@requires("activities.view")
def activity_list(request: SignedInRequest) -> HttpResponse:
    """What was recorded, the newest first, with filters that stay in the address."""
    form = ActivityFilter(request.GET, user=request.user)
    asked, today = form.asked(), clock.today()
    context: dict[str, object] = {"form": form, "page": None}
    if asked is not None:
        order = ("search_tier", *NEWEST) if asked.words else NEWEST
        page = page_of(selectors.listed(request.user, asked, on=today), request.GET, order=order)
        rows = list(page.rows)
        names, files_of = selectors.names_of(rows, on=today), selectors.files_of(rows)
        lines = [(one, names.get(one.unit_id, ""), files_of.get(one.pk, 0)) for one in rows]
        context |= {"page": page, "lines": lines}
    context["may_record"] = may(request.user, "activities.record")
    status = 422 if form.errors else 200
    return render_page(request, "activities/list.html", "rows", context, status=status)


@require_GET
@requires("activities.view")
def list_sheet(request: SignedInRequest) -> HttpResponse:
    """The same list as Excel, with the same filters."""
    form = ActivityFilter(request.GET, user=request.user)
    asked, today = form.asked(), clock.today()
    if asked is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    found = selectors.listed(request.user, asked, on=today).order_by(*NEWEST)
    return made_file(exports.as_sheet(found, on=today), f"hoat-dong-{today:%Y%m%d}.xlsx")


@require_http_methods(["GET", "POST"])
@requires("activities.record")
def record(request: SignedInRequest) -> HttpResponse:
    """The quick form. The same form sent twice records one activity."""
    if request.method == "GET":
        first = {"held_on": clock.today(), "token": uuid4().hex, "unit": request.GET.get("unit")}
        form = ActivityForm(initial={k: v for k, v in first.items() if v}, user=request.user)
        return render_page(request, "activities/record.html", "form", {"form": form})
    form = ActivityForm(request.POST, request.FILES, user=request.user)
    if form.is_valid():
        try:
            activity = services.record_draft(
                form.draft(), evidence=form.uploads(), actor=request.user
            )
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, "Đã ghi hoạt động.")
            if "again" in request.POST:
                return redirect(f"{request.path}?unit={activity.unit_id}")
            return redirect("activities:card", activity.pk)
    return render_page(request, "activities/record.html", "form", {"form": form}, status=422)


@require_GET
@requires("activities.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One activity: what, who, when, its counts, its files, who recorded it."""
    return _card(request, pk)


@require_POST
@requires("activities.record")
def add_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add files to an activity."""
    activity = get_object_or_404(allowed_activities(request.user, "activities.record"), pk=pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sent = [(file.name, read_sent(file)) for file in form.cleaned_data["evidence"]]
            services.add_files(activity, evidence=sent, actor=request.user)
        except RuleError as broken:
            form.add_error("evidence", broken.message)
        else:
            messages.success(request, "Đã thêm minh chứng.")
            return redirect("activities:card", pk)
    return _card(request, pk, evidence_form=form)


@require_POST
@requires("activities.record")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw an activity, with the reason."""
    activity = get_object_or_404(allowed_activities(request.user, "activities.record"), pk=pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw_activity(activity, why=form.cleaned_data["why"], actor=request.user)
        except RuleError as broken:
            form.add_error("why", broken.message)
        else:
            messages.success(request, "Đã rút hoạt động; hoạt động không còn được đếm.")
            return redirect("activities:card", pk)
    return _card(request, pk, withdraw_form=form)


@require_GET
@requires("activities.view")
def download(request: SignedInRequest, pk: int, evidence: int) -> HttpResponse:
    """The file itself, as it was sent."""
    found = get_object_or_404(selectors.evidence_of(request.user, pk), pk=evidence)
    return stored_file(found.file, found.file_name, gone="Tệp minh chứng không còn trên máy chủ.")


@require_http_methods(["GET", "POST"])
@requires("activities.record")
def import_sheet(request: SignedInRequest) -> HttpResponse:
    """Import a sheet: all rows or none, with every fault at once."""
    form, refused, status = SheetForm(), None, 200
    if request.method == "POST":
        form, status = SheetForm(request.POST, request.FILES), 422
        if form.is_valid():
            sent = form.cleaned_data["sheet"]
            try:
                done = services.import_activities(
                    read_sent(sent), name=sent.name, actor=request.user
                )
            except RuleError as broken:
                refused = broken
            else:
                return _imported(request, done)
    context = {"form": form, "refused": refused}
    return render_page(request, "activities/import.html", "outcome", context, status=status)


@require_GET
@requires("activities.record")
def blank(request: SignedInRequest) -> HttpResponse:
    """The sheet to fill in."""
    return made_file(exports.blank_sheet(), "mau-nhap-hoat-dong.xlsx")


def _imported(request: SignedInRequest, done: services.Imported) -> HttpResponse:
    messages.success(request, f"Đã ghi {format_number(done.count)} hoạt động từ tệp.")
    if done.unused_columns:
        columns = ", ".join(f"“{column}”" for column in done.unused_columns)
        messages.warning(request, f"Không dùng đến các cột: {columns}.")
    return redirect("activities:list")


def _card(
    request: SignedInRequest,
    pk: int,
    *,
    evidence_form: EvidenceForm | None = None,
    withdraw_form: WithdrawForm | None = None,
) -> HttpResponse:
    activity: Activity = get_object_or_404(
        allowed_activities(request.user, "activities.view").select_related("recorded_by"), pk=pk
    )
    context = {
        "card": selectors.card_of(request.user, activity),
        "activity": activity,
        "evidence_form": evidence_form or EvidenceForm(),
        "withdraw_form": withdraw_form or WithdrawForm(),
    }
    status = 422 if evidence_form or withdraw_form else 200
    return render_page(request, "activities/card.html", "card", context, status=status)
