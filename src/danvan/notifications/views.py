"""A person's own notices: the list, opening one, marking them read, how e-mail comes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.notifications import selectors, services
from danvan.notifications.addresses import is_ours
from danvan.notifications.forms import MailForm, NoticeFilter
from danvan.notifications.wording import to_share
from danvan.vietnamese.numbers import format_number

UNREAD_FIRST = ("read", "-told_at", "-pk")


@require_safe
@requires("accounts.own")
def notice_list(request: SignedInRequest) -> HttpResponse:
    """What was told to me, the unread first, each with a short text to pass on."""
    form = NoticeFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = selectors.own_notices(request.user)
    if asked.get("loai"):
        found = found.filter(topic=asked["loai"])
    if asked.get("moi"):
        found = found.filter(read_at=None)
    page = page_of(found, request.GET, order=UNREAD_FIRST)
    context = {
        "form": form,
        "page": page,
        "lines": [
            (one, to_share(one.words, request.build_absolute_uri(one.url))) for one in page.rows
        ],
        "newest": max((one.pk for one in page.rows), default=0),
        "goes_out": selectors.mail_goes_out(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "notifications/list.html", "rows", context, status=status)


@require_safe
@requires("accounts.own")
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go to the page a notice leads to, or show the commitments that it counts; it is read from then on. Only to pages of ours."""
    notice = get_object_or_404(selectors.own_notices(request.user), pk=pk)
    if request.method == "GET":
        services.mark_read(notice, actor=request.user)
    if notice.about:
        context = {"notice": notice, "told": selectors.counted_in(request.user, notice)}
        return render_page(request, "notifications/counted.html", "rows", context)
    return redirect(notice.url if is_ours(notice.url) else "notifications:list")


@require_POST
@requires("accounts.own")
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one notice read and stay."""
    notice = get_object_or_404(selectors.own_notices(request.user), pk=pk)
    services.mark_read(notice, actor=request.user)
    return redirect("notifications:list")


@require_POST
@requires("accounts.own")
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark all read that had been told when the list was shown."""
    seen = request.POST.get("den", "")
    until = int(seen) if seen.isdecimal() and len(seen) < 19 else None
    number = services.mark_all_read(actor=request.user, until=until)
    messages.success(request, f"Đã đánh dấu {format_number(number)} thông báo là đã đọc.")
    return redirect("notifications:list")


@require_http_methods(["GET", "POST"])
@requires("accounts.own")
def preferences(request: SignedInRequest) -> HttpResponse:
    """Where and how I want messages by e-mail."""
    state = selectors.mail_state(request.user)
    form = MailForm(request.POST or None, initial={"way": state.way, "email": state.email})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_mail_preference(request.user, **form.cleaned_data, actor=request.user)
        except RuleError as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã ghi cách nhận thông báo.")
            return redirect("notifications:preferences")
    status = 422 if form.errors else 200
    context = {"form": form, "state": state}
    return render_page(request, "notifications/preferences.html", "form", context, status=status)
