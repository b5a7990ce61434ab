"""The schedule of a month, one day of it and the acts on it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may, reaches
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.papers import WORD, Paper, to_docx
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.organisations.selectors import bare_place_of, last_names, units_on
from danvan.petitions import reception_papers as papers
from danvan.petitions.forms.reception import (
    CancelDayForm,
    HoldDayForm,
    IssueForm,
    OnlineForm,
    OwnSentenceForm,
    PlanDaysForm,
    PostForm,
    PostponeForm,
    WriteForm,
)
from danvan.petitions.forms.reception_lists import MonthForm
from danvan.petitions.models import ReceptionConclusion, ReceptionDay
from danvan.petitions.reception_enums import DayState
from danvan.petitions.selectors import reception as selectors
from danvan.petitions.services import reception as services

FORMS: dict[str, type[RefusableForm]] = {
    "post": PostForm,
    "postpone": PostponeForm,
    "cancel": CancelDayForm,
    "hold": HoldDayForm,
    "online": OnlineForm,
    "write": WriteForm,
    "issue": IssueForm,
}
ONLINE = (
    "invited_on", "tested_on", "connected_at", "camera_on", "recorded_at", "minutes_signed_on",
)  # fmt: skip
SENTENCES: dict[str, tuple[Callable[..., Any], str]] = {
    "tach": (services.take_sentence, "Đã tách câu này thành việc; đồng chí giao đơn vị chủ trì."),
    "khong-phai-viec": (services.say_no_work, "Đã ghi: câu này không phải việc."),
}


def _post(day: ReceptionDay, said: dict[str, Any], actor: Any) -> Any:
    return services.post_days([day], on=said["on"], where=said["where"], actor=actor)


ACTS: dict[str, tuple[Callable[[ReceptionDay, dict[str, Any], Any], Any], str]] = {
    "post": (_post, "Đã ghi niêm yết lịch."),
    "postpone": (
        lambda one, said, by: services.postpone_day(one, actor=by, **said),
        "Đã đổi ngày tiếp và ghi thông báo.",
    ),
    "cancel": (
        lambda one, said, by: services.cancel_day(one, actor=by, **said),
        "Đã hủy buổi tiếp.",
    ),
    "hold": (
        lambda one, said, by: services.hold_day(one, actor=by, **said),
        "Đã ghi buổi tiếp; đồng chí ghi từng lượt công dân.",
    ),
    "online": (
        lambda one, said, by: services.record_online(one, actor=by, **said),
        "Đã ghi các bước trực tuyến.",
    ),
    "write": (
        lambda one, said, by: services.write_conclusion(one, actor=by, **said),
        "Đã ghi kết luận; đồng chí tách từng câu thành việc.",
    ),
    "issue": (
        lambda one, said, by: services.issue_conclusion(one, actor=by, **said),
        "Đã ra thông báo kết luận và vào sổ văn bản đi.",
    ),
}


@require_GET
@requires("petitions.view")
def schedule(request: SignedInRequest) -> HttpResponse:
    """The days of a month, and what each head still owes by the law: told, never punished."""
    form = MonthForm(request.GET)
    month = form.month()
    days = list(selectors.days_in(request.user, month, None).order_by("held_on", "pk")[:300])
    heads = selectors.heads_in(request.user, month)
    context = {
        "form": form,
        "month": month,
        "lines": selectors.lines_of(days, on=clock.today()),
        "heads": selectors.head_groups(heads),
        "bases": selectors.bases_of(one.least for one in heads if one.least),
        "may_receive": may(request.user, "petitions.receive"),
    }
    status = 422 if form.errors else 200
    return render_page(request, "petitions/reception/schedule.html", "rows", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("petitions.receive")
def plan(request: SignedInRequest) -> HttpResponse:
    """Lập lịch tiếp."""
    form = PlanDaysForm(request.POST or None, user=request.user)
    made = carried_out(form, lambda: services.plan_days(form.plan(), actor=request.user))
    if made is not None:
        messages.success(request, f"Đã lập {len(made)} buổi tiếp. Đồng chí in lịch để niêm yết.")
        month = Period.containing(made[0].held_on, Every.MONTH)
        return redirect("reception:schedule", made[0].unit_id, month.code.lower())
    status = 422 if request.method == "POST" else 200
    return render_page(request, "petitions/reception/plan.html", "form", {"form": form}, status=status)  # fmt: skip


@require_GET
@requires("petitions.view")
def schedule_paper(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """The schedule of one unit and month as it goes on the wall: to print, or as a Word file."""
    found = _month(month)
    days = _days(request, pk, found)
    unit, kind, place = paper_head(pk, found.first)
    shown = [selectors.public_day(one) for one in days]
    made = papers.schedule_paper(
        shown, unit=unit, kind=kind, place=place, month=found.label, on=clock.today()
    )
    if request.GET.get("tai") == "word":
        return made_file(to_docx(made), f"lich-tiep-cong-dan-{found.code.lower()}.docx", WORD)
    planned = [one for one in days if one.state == DayState.PLANNED]
    context = {
        "paper": made, "label": "Lịch tiếp công dân", "unit_id": pk, "month": found.code.lower(), "planned": planned,
        "form": PostForm(initial={"on": clock.today()}),
        "may_post": bool(planned) and selectors.allowed_days(request.user, "petitions.receive").filter(pk=planned[0].pk).exists(),
    }  # fmt: skip
    return render_page(request, "petitions/reception/paper.html", "paper", context)


@require_POST
@requires("petitions.receive")
def post_month(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """Write down that all planned days of a month were posted."""
    found = _month(month)
    own = selectors.allowed_days(request.user, "petitions.receive").filter(unit_id=pk)
    if not reaches(request.user, "petitions.receive", pk):
        raise Http404
    days = list(own.filter(held_on__gte=found.first, held_on__lt=found.end, state=DayState.PLANNED))
    form = PostForm(request.POST)
    done = carried_out(
        form,
        lambda: services.post_days(
            days, on=form.cleaned_data["on"], where=form.cleaned_data["where"], actor=request.user
        ),
    )
    _told(request, form, f"Đã ghi niêm yết {len(days)} buổi tiếp." if done is not None else "")
    return redirect("reception:schedule", pk, month)


@require_GET
@requires("petitions.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One day of reception."""
    return render_card(request, pk)


@require_POST
@requires("petitions.receive")
def act(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One act of who receives, from the page of a day."""
    return _act(request, pk, name, "petitions.receive")


@require_POST
@requires("petitions.handle")
def act_handling(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One act on the conclusion, from the page of a day."""
    return _act(request, pk, name, "petitions.handle")


@require_POST
@requires("petitions.handle")
def sentence(request: SignedInRequest, pk: int, what: str) -> HttpResponse:
    """Take one sentence of the conclusion out as work, or say that it is none."""
    day = get_object_or_404(selectors.allowed_days(request.user, "petitions.handle"), pk=pk)
    if what not in SENTENCES:
        raise Http404
    carry_out, done = SENTENCES[what]
    written = request.POST.get("start", "")
    start = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else -1
    return _button(request, pk, lambda: carry_out(day, start=start, actor=request.user), done)


@require_http_methods(["GET", "POST"])
@requires("petitions.handle")
def own(request: SignedInRequest, pk: int, conclusion: int) -> HttpResponse:
    """Give one sentence to who carries it out."""
    day = get_object_or_404(selectors.allowed_days(request.user, "petitions.handle"), pk=pk)
    row = get_object_or_404(day.conclusions.select_related("day"), pk=conclusion)
    form = OwnSentenceForm(request.POST or None, initial={"title": row.sentence[:400]})
    given = carried_out(
        form,
        lambda: services.own_sentence(
            row, form.assignment(), reason=form.late_reason(), actor=request.user
        ),
    )
    if given is not None:
        messages.success(request, f"Đã giao việc {given.number} theo kết luận.")
        return redirect("reception:card", pk)
    context = {"day": day, "row": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "petitions/reception/own.html", "form", context, status=status)


@require_POST
@requires("petitions.handle")
def put_back(request: SignedInRequest, pk: int, conclusion: int) -> HttpResponse:
    """Put a sentence back that was taken out by mistake."""
    day = get_object_or_404(selectors.allowed_days(request.user, "petitions.handle"), pk=pk)
    row = get_object_or_404(day.conclusions.select_related("day"), pk=conclusion)
    return _button(
        request, pk, lambda: services.put_sentence_back(row, actor=request.user) or row, "Đã bỏ."
    )


@require_GET
@requires("petitions.view")
def of_conclusion(request: SignedInRequest, conclusion: int) -> HttpResponse:
    """The day that a sentence of a conclusion belongs to."""
    seen = selectors.allowed_days(request.user, "petitions.view")
    found = get_object_or_404(ReceptionConclusion, pk=conclusion, day__in=seen)
    return redirect("reception:card", found.day_id)


@require_GET
@requires("petitions.view")
def notice_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thông báo kết luận: to read, to print, or as a Word file."""
    seen = selectors.allowed_days(request.user, "petitions.view").select_related("notice")
    day: ReceptionDay = get_object_or_404(seen, pk=pk)
    if not day.took_place:
        raise Http404
    unit, kind, place = paper_head(day.unit_id, day.held_on)
    found = selectors.card_of(request.user, day)
    made = papers.notice_paper(
        day, found.sentences, unit=unit, kind=kind, place=place, on=clock.today()
    )
    return render_paper(request, made, "Thông báo kết luận", f"ket-luan-{day.number}.docx")


def render_card(
    request: SignedInRequest, pk: int, *, refused: Mapping[str, RefusableForm] | None = None
) -> HttpResponse:
    """The page of a day; `refused` are the forms whose acts were refused, with their faults."""
    seen = selectors.allowed_days(request.user, "petitions.view").select_related("notice")
    day: ReceptionDay = get_object_or_404(seen, pk=pk)
    first = {name: getattr(day, name) for name in ONLINE}
    first |= {
        "seen": day.changes, "on": clock.today(), "text": day.conclusion, "signer": day.head_name
    }  # fmt: skip
    forms = {name: form(initial=first, auto_id=f"id_{name}_%s") for name, form in FORMS.items()}
    forms |= dict(refused or {})
    faults = [fault for one in (refused or {}).values() for fault in one.non_field_errors()]
    context = {
        "day": day, "card": selectors.card_of(request.user, day), "forms": forms, "faults": faults,
        "opens_work": may(request.user, "commitments.view"),
    }  # fmt: skip
    status = 422 if refused else 200
    return render_page(request, "petitions/reception/card.html", "card", context, status=status)


def render_paper(request: SignedInRequest, made: Paper, label: str, name: str, **more: Any) -> HttpResponse:  # fmt: skip
    """A paper as a page, or as a Word file where `?tai=word` asks for it."""
    if request.GET.get("tai") == "word":
        return made_file(to_docx(made), name, WORD)
    context = {"paper": made, "label": label, **more}
    return render_page(request, "petitions/reception/paper.html", "paper", context)


def paper_head(unit_id: int, on: Any) -> tuple[str, str, str]:
    """What stands at the head of a paper of a unit: its name, its kind, and its place."""
    unit = units_on([unit_id], on).get(unit_id)
    name = last_names([unit_id], on).get(unit_id, "")
    return name, unit.kind if unit else "", bare_place_of(unit_id, on)


def _act(request: SignedInRequest, pk: int, name: str, action: str) -> HttpResponse:
    day = get_object_or_404(selectors.allowed_days(request.user, action), pk=pk)
    form = FORMS[name](request.POST, auto_id=f"id_{name}_%s")
    carry_out, done = ACTS[name]
    if carried_out(form, lambda: carry_out(day, form.cleaned_data, request.user)) is None:
        return render_card(request, pk, refused={name: form})
    messages.success(request, done)
    return redirect("reception:card", pk)


def _button(request: SignedInRequest, pk: int, carry_out: Callable[[], Any], done: str) -> HttpResponse:  # fmt: skip
    """An act of one button: back to the page, with what was refused above it."""
    try:
        carry_out()
    except RuleError as broken:
        form = RefusableForm({})
        form.full_clean()
        form.refuse(broken)
        return render_card(request, pk, refused={"button": form})
    messages.success(request, done)
    return redirect("reception:card", pk)


def _told(request: SignedInRequest, form: RefusableForm, done: str) -> None:
    if done:
        messages.success(request, done)
        return
    said = [str(fault) for faults in form.errors.values() for fault in faults]
    messages.error(request, " ".join(said))


def _month(code: str) -> Period:
    try:
        found = Period.parse(code.upper())
    except ValueError as wrong:
        raise Http404 from wrong
    if found.every != Every.MONTH:
        raise Http404
    return found


def _days(request: SignedInRequest, unit_id: int, month: Period) -> list[ReceptionDay]:
    """The days of the schedule; 404 where there is none that the reader may see."""
    days = selectors.days_in(request.user, month, unit_id).filter(ground="periodic")
    found = list(days.exclude(state=DayState.CANCELLED).order_by("held_on", "pk"))
    if not found:
        raise Http404("Tháng này đơn vị chưa có lịch tiếp công dân.")
    return found
