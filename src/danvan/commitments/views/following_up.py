"""Theo dõi, đôn đốc, kiểm tra, giám sát: the acts, the page of each, and the answers of the units."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import selectors, services
from danvan.commitments.forms.fields import ActForm
from danvan.commitments.forms.following_up import FollowForm, FollowUpAnswerForm
from danvan.commitments.models import Commitment, FollowUp
from danvan.commitments.selectors import Card, allowed_follow_up_parts, allowed_follow_ups
from danvan.commitments.views.acts import Act, Button, act_page
from danvan.foundation import clock
from danvan.foundation.downloads import stored_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors import last_names
from danvan.vietnamese.numbers import format_number

TABS = (
    ("", "Tất cả"),
    ("cho-tra-loi", "Chờ trả lời"),
    ("theo-doi", "Theo dõi"),
    ("don-doc", "Đôn đốc"),
    ("kiem-tra", "Kiểm tra"),
    ("giam-sat", "Giám sát"),
)


@require_GET
@requires("commitments.view")
def follow_up_list(request: SignedInRequest) -> HttpResponse:
    """Every act that the reader's units did or that concerns them, the latest first."""
    here, today = request.GET.get("muc", ""), clock.today()
    found = selectors.follow_ups_listed(request.user, here)
    page = page_of(found, request.GET, order=("-on", "-pk"))
    lines = selectors.follow_up_lines(request.user, list(page.rows), on=today)
    context = {"page": page, "lines": lines, "tabs": TABS, "here": here, "today": today}
    return render_page(request, "commitments/follow_ups.html", "rows", context)


@require_GET
@requires("commitments.view")
def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was found, about which work of which units, and what these answer."""
    return _page(request, pk)


@require_GET
@requires("commitments.view")
def follow_up_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file that was kept with an act."""
    found = get_object_or_404(allowed_follow_ups(request.user, "commitments.view"), pk=pk)
    if found.file is None:
        raise Http404
    return stored_file(found.file, found.file_name, gone="Tệp này không còn trên máy chủ.")


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """One act about one commitment."""
    return act_page(request, pk, "commitments.verify", FOLLOW)


@require_POST
@requires("commitments.perform")
def answer_follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """The unit answers."""
    mine = allowed_follow_up_parts(request.user, "commitments.perform")
    part = get_object_or_404(mine.select_related("follow_up"), pk=pk)
    form = FollowUpAnswerForm(request.POST)

    def answered() -> object:
        answer = form.cleaned_data["answer"]
        return services.answer_follow_up(part, answer=answer, actor=request.user)

    if carried_out(form, answered):
        messages.success(request, "Đã gửi trả lời.")
        return redirect("commitments:follow-up", part.follow_up_id)
    return _page(request, part.follow_up_id, form=form, answering=pk)


def done_words(act: FollowUp) -> str:
    """`Đã đôn đốc 12 đơn vị về 30 việc.`"""
    kind = str(act.get_kind_display()).lower()
    units = format_number(act.parts.count())
    number = Commitment.objects.filter(followed_in__follow_up=act).count()
    asked = "; đơn vị trả lời ngay tại trang này" if act.answer_by else ""
    return f"Đã ghi lượt {kind} {units} đơn vị về {format_number(number)} việc{asked}."


def _page(
    request: SignedInRequest,
    pk: int,
    *,
    form: FollowUpAnswerForm | None = None,
    answering: int = 0,
) -> HttpResponse:
    rows = allowed_follow_ups(request.user, "commitments.view").select_related("by", "file")
    found: FollowUp = get_object_or_404(rows, pk=pk)
    today = clock.today()
    context = {
        "act": found,
        "unit": last_names([found.unit_id], today).get(found.unit_id, ""),
        "parts": selectors.parts_shown(request.user, found, on=today),
        "form": form or FollowUpAnswerForm(),
        "answering": answering,
    }
    status = 422 if form else 200
    return render_page(request, "commitments/follow_up.html", "card", context, status=status)


def _followed(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    assert isinstance(form, FollowForm)
    act = services.follow_up(
        [found], kind=form.cleaned_data["kind"], found=form.said(), actor=request.user
    )
    return done_words(act)


def _nothing(card: Card) -> str:
    return ""


FOLLOW = Act(
    "Theo dõi, đôn đốc, kiểm tra, giám sát", FollowForm, (Button("Ghi lại và báo đơn vị", "", "eye-check"),),
    _nothing, _followed,
)  # fmt: skip
