"""The ledger as a list, as Excel, on paper; and the acts on many rows."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.commitments import exports, selectors, services
from danvan.commitments.forms import (
    AskExplanationForm,
    CommitmentFilter,
    ExtendForm,
    FileForm,
)
from danvan.commitments.forms.fields import ActForm
from danvan.commitments.forms.following_up import FollowManyForm
from danvan.commitments.forms.ties import HeadManyForm
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Tab, allowed_commitments
from danvan.commitments.selectors.parties import others_among
from danvan.commitments.views.following_up import done_words
from danvan.commitments.views.page import came_from, kept_params, known_params
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import AFTER, BEFORE, page_of
from danvan.vietnamese.numbers import format_number

MOST_PRINTED = 1_000
MOST_AT_ONCE = 500
# What acts on many rows at once ask for first.
EXTEND = "gia-han"
FORMS: dict[str, type[ActForm]] = {
    "nhac": ActForm,
    "giai-trinh": AskExplanationForm,
    EXTEND: ExtendForm,
    "linh-vuc": FileForm,
    "theo-doi": FollowManyForm,
    "lanh-dao": HeadManyForm,
}
NEVER_NULL = ("ordered_by", "silent_from", "claimed_on", "verified_on")
TABS = (
    (Tab.UNDONE, "Chưa xong"),
    (Tab.OVERDUE, "Quá hạn"),
    (Tab.SOON, "Đến hạn trong 7 ngày"),
    (Tab.SILENT, "Im lặng"),
    (Tab.CLAIMED, "Chờ kiểm tra"),
    (Tab.VERIFIED, "Đã xong"),
    (Tab.ALL, "Tất cả"),
)


@require_GET
@requires("commitments.view")
def commitment_list(request: SignedInRequest) -> HttpResponse:
    """What is to be done, the late first, with tabs and filters that stay."""
    params, today = kept_params(request), clock.today()
    form = CommitmentFilter(params, user=request.user)
    asked, actions = form.asked(), actions_of(request.user)
    context: dict[str, Any] = {
        "form": form,
        "page": None,
        "tabs": _tabs(known_params(params)),
        "query": _query(known_params(params)),
        "way": urlencode(known_params(params)),
        "may_assign": "commitments.assign" in actions,
        "may_verify": "commitments.verify" in actions,
    }
    if asked is not None:
        reach = selectors.narrowed(request.user, asked, on=today)
        found = selectors.looked_for(request.user, reach, asked, on=today)
        page = page_of(
            found.rows, known_params(params), order=selectors.order_of(asked), never_null=NEVER_NULL,
            surely=partial(selectors.surely_listed, request.user, found.rows, asked), least=found.least,
        )  # fmt: skip
        context |= {"page": page, "lines": selectors.lines_of(list(page.rows), on=today)}
        long = page.count is None
        context["facts"] = selectors.facts_of(
            request.user, reach, asked, found, on=today, many=long
        )
        context["head"] = selectors.head_title(asked)
        context["narrowed"] = asked != selectors.Asked()
    status = 422 if form.errors else 200
    return render_page(request, "commitments/list.html", "rows", context, status=status)


@require_GET
@requires("commitments.view")
def list_sheet(request: SignedInRequest) -> HttpResponse:
    """The same list as Excel, with the same filters."""
    asked, today = CommitmentFilter(request.GET, user=request.user).asked(), clock.today()
    if asked is None:
        return redirect("commitments:list")
    found = selectors.listed(request.user, asked, on=today).order_by(*selectors.order_of(asked))
    return made_file(exports.as_sheet(found, on=today), f"viec-phai-lam-{today:%Y%m%d}.xlsx")


@require_GET
@requires("commitments.view")
def list_print(request: SignedInRequest) -> HttpResponse:
    """The same list on ruled pages."""
    form, today = CommitmentFilter(request.GET, user=request.user), clock.today()
    asked = form.asked()
    if asked is None:
        return redirect("commitments:list")
    found = selectors.listed(request.user, asked, on=today).order_by(*selectors.order_of(asked))
    rows = list(found[: MOST_PRINTED + 1])
    context = {
        "lines": selectors.lines_of(rows[:MOST_PRINTED], on=today),
        "more": len(rows) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "tab": dict(TABS)[Tab(asked.tab)],
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "commitments/print.html", context)


@require_POST
@requires("commitments.verify")
def act_on_many(request: SignedInRequest) -> HttpResponse:
    """Remind, ask for explanations, extend or file, for all ticked rows in one act."""
    act, ids = request.POST.get("viec", ""), _ids(request)
    found = list(allowed_commitments(request.user, "commitments.verify").filter(pk__in=ids))
    if not found or len(found) < len(ids):
        messages.error(request, _not_all(len(ids), len(found)))
        return redirect(came_from(request))
    form_class = FORMS.get(act)
    if form_class is None:
        return redirect(came_from(request))
    return _asked_first(request, act, found, form_class)


def _asked_first(
    request: SignedInRequest, act: str, found: list[Commitment], form_class: type[ActForm]
) -> HttpResponse:
    """The form of an act that needs more than a tick; the act itself once the form comes back."""
    sent = "gui" in request.POST
    about: dict[str, Any] = {"commitments": found} if form_class is HeadManyForm else {}
    form = form_class(request.POST if sent else None, **about)
    if act == EXTEND:
        form.stand_in("gia hạn", others_among(request.user, {one.assigner_id for one in found}))
    if sent and form.is_valid():
        try:
            done = _many(act, found, form, request)
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, done)
            return redirect(came_from(request))
    lines = selectors.lines_of(found, on=clock.today())
    context = {
        "form": form,
        "act": act,
        "lines": lines,
        "units": len({one.lead_id for one in found}),
        "back": came_from(request),
    }
    return render(request, "commitments/many.html", context, status=422 if form.errors else 200)


def _many(act: str, found: list[Commitment], form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    if act == "nhac":
        return f"Đã nhắc {_of_units(services.remind_leads(found, actor=request.user), 'về')}."
    if act == "giai-trinh":
        asked = services.ask_about(
            found, question=said["question"], due_on=said["due_on"], actor=request.user
        )
        return f"Đã yêu cầu {format_number(len(asked))} đơn vị giải trình."
    if act == "theo-doi":
        assert isinstance(form, FollowManyForm)
        return done_words(
            services.follow_up(found, kind=said["kind"], found=form.said(), actor=request.user)
        )
    if act == "lanh-dao":
        headed = services.set_heads(found, post_id=said["post"], actor=request.user)
        return f"Đã ghi lãnh đạo theo dõi của {format_number(len(headed))} việc."
    if act == "linh-vuc":
        filed = services.file_commitments(found, topic_id=said["topic"], actor=request.user)
        return f"Đã ghi lĩnh vực cho {_works_of(filed)}."
    given = services.extend_commitments(
        found,
        until=said["until"],
        words=said["words"],
        document=said["document"],
        actor=request.user,
        instead=form.instead,
    )
    return (
        f"Đã gia hạn {_works_of([one.commitment for one in given])}; hạn gốc giữ nguyên trong sổ."
    )


def _of_units(found: Sequence[Commitment], about: str) -> str:
    """2 đơn vị về 3 việc."""
    units = len({one.lead_id for one in found})
    return f"{format_number(units)} đơn vị {about} {format_number(len(found))} việc"


def _works_of(found: Sequence[Commitment]) -> str:
    """3 việc của 2 đơn vị."""
    units = len({one.lead_id for one in found})
    return f"{format_number(len(found))} việc của {format_number(units)} đơn vị"


def _ids(request: SignedInRequest) -> set[int]:
    sent = request.POST.getlist("chon")[:MOST_AT_ONCE]
    return {int(pk) for pk in sent if pk.isascii() and pk.isdigit() and len(pk) < 18}


def _not_all(asked: int, found: int) -> str:
    if not asked:
        return "Đồng chí chưa chọn việc nào. Đồng chí vui lòng đánh dấu các việc rồi làm lại."
    return (
        f"Có {format_number(asked - found)} việc đã chọn không do đơn vị của đồng chí giao nên chưa "
        "làm việc nào. Đồng chí vui lòng bỏ chọn những việc đó."
    )


def _query(params: dict[str, str], **changes: str) -> str:
    kept = {name: value for name, value in {**params, **changes}.items() if value}
    return urlencode({n: v for n, v in kept.items() if n not in (AFTER, BEFORE)})


def _tabs(params: dict[str, str]) -> list[tuple[str, str, bool]]:
    """(address, words, whether it is the one that is read) of each tab; the other filters stay."""
    here = params.get("muc", "")
    here = here if here in list(Tab) else Tab.UNDONE
    return [(f"?{_query(params, muc=tab)}", words, tab == here) for tab, words in TABS]
