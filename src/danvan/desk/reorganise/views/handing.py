"""What reorganisations handed over to the reader's units: accept one, several or all, or pass one on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.reorganise.forms.acting import PassOnForm
from danvan.desk.reorganise.forms.fields import whole_number
from danvan.desk.reorganise.reading.applied import lines_of
from danvan.desk.reorganise.taking import left_to_others, own_hand_overs, takers_within
from danvan.desk.reorganise.views.sent import sent
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.organisations.enums import HandOverState
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.reorganising.lists import other_takers
from danvan.organisations.services.reorganising import accept_hand_overs, pass_on_hand_over
from danvan.vietnamese.numbers import format_number

ACCEPTED = "da-nhan"
A_PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("handovers.accept")
def hand_overs(request: SignedInRequest) -> HttpResponse:
    """What waits for the reader's units, and accepting it."""
    refused = None
    if request.method == "POST":
        try:
            number = _accept(request)
        except RuleError as broken:
            refused = broken
        else:
            messages.success(request, f"Đã nhận {format_number(number)} việc bàn giao.")
            return redirect("desk:hand-overs")
    return _list(request, refused)


def _accept(request: SignedInRequest) -> int:
    """Accept what was ticked, or everything where as much waits as the page said."""
    picked = {pk for one in request.POST.getlist("chon") if (pk := whole_number(one)) is not None}
    if request.POST.get("viec") == "nhan-het":
        picked = set(own_hand_overs(request.user).values_list("pk", flat=True))
        if len(picked) != whole_number(request.POST.get("dem")):
            raise RuleError(
                "Số việc chờ nhận vừa thay đổi. Đồng chí vui lòng xem lại danh sách rồi nhận."
            )
    if not picked:
        raise RuleError("Đồng chí vui lòng đánh dấu việc cần nhận.")
    return accept_hand_overs(picked, actor=request.user, within=takers_within(request.user))


def _list(request: SignedInRequest, refused: RuleError | None) -> HttpResponse:
    accepted = request.GET.get("tinh_trang") == ACCEPTED
    state = HandOverState.ACCEPTED if accepted else HandOverState.WAITING
    order = ("-decided_at", "-pk") if accepted else ("holder", "pk")
    found = own_hand_overs(request.user, state=state)
    page = page_of(found, request.GET, order=order, size=A_PAGE)
    lines = lines_of(page.rows, other_takers(page.rows))
    context: dict[str, Any] = {
        "refused": refused,
        "accepted": accepted,
        "page": page,
        "lines": lines,
        "several": any(line.others for line in lines),
        "waiting": own_hand_overs(request.user).count(),
        "others": left_to_others(request.user),
    }
    status = 422 if refused else 200
    return render_page(request, "desk/reorganise/handovers.html", "rows", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("handovers.accept")
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """One matter: pass it on to another unit that took over from the same one."""
    found = get_object_or_404(own_hand_overs(request.user), pk=pk)
    others = other_takers([found])
    names = last_names(others[pk], clock.today())
    form = PassOnForm(sorted(names.items()), sent(request))
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            pass_on_hand_over(pk, to, actor=request.user, within=takers_within(request.user))
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, f"Đã chuyển cho {names[to]}; chờ nơi ấy nhận.")
            return redirect("desk:hand-overs")
    [line] = lines_of([found], others)
    context = {"line": line, "form": form, "several": bool(names)}
    status = 422 if form.errors else 200
    return render_page(request, "desk/reorganise/handover.html", "form", context, status=status)
