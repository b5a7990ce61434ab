"""Somebody comes: write the visit down, read it, its receipt and its refusal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.caching import kept_nowhere
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.papers import WORD, to_docx
from danvan.foundation.refusals import carried_out
from danvan.petitions import reception_papers as papers
from danvan.petitions.enums import Language
from danvan.petitions.forms.reception import (
    MATTERS,
    AnswerForm,
    NoticeForm,
    OnlineVisitForm,
    VisitForm,
)
from danvan.petitions.forms.reception_lists import OpenRegisterForm
from danvan.petitions.models import ReceptionVisit, VisitMatter
from danvan.petitions.reception_enums import WRITTEN
from danvan.petitions.selectors import reception as selectors
from danvan.petitions.selectors.cards import persons_open_to
from danvan.petitions.selectors.rules import group_lacking, group_rule
from danvan.petitions.services import reception as services
from danvan.petitions.views.reception.days import paper_head, render_paper

ONLINE = (
    "registered_on", "told_on", "told_how", "identity_checked", "recording_asked", "recorded_at", "read_back", "confirmed",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("petitions.receive")
def record(request: SignedInRequest) -> HttpResponse:
    """Ghi lượt tiếp: who came (sealed at once), each matter and what became of it."""
    first = {"held_on": clock.today(), "language": Language.VIETNAMESE, "people": 1}
    asked = request.GET.get("buoi", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 18:
        own = selectors.allowed_days(request.user, "petitions.receive")
        day = own.filter(pk=int(asked)).first()
        if day is not None:
            first |= {
                "day": day.pk, "unit": day.unit_id, "held_on": day.held_on, "receiver": day.head_name, "online": day.online,
            }  # fmt: skip
    said = request.POST.get("matters", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else MATTERS
    if "them" in request.POST:  # one more matter, and what was typed so far stays
        form = VisitForm(user=request.user, initial=request.POST.dict(), number=number + 1)
        return render_page(request, "petitions/reception/record.html", "form", {"form": form})
    form = VisitForm(request.POST or None, user=request.user, initial=first, number=number)
    made = carried_out(form, lambda: services.record_visit(form.draft(), actor=request.user))
    if made is not None:
        messages.success(request, "Đã ghi lượt tiếp vào sổ; danh tính được niêm phong.")
        return redirect("reception:visit", made.pk)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "petitions/reception/record.html", "form", {"form": form}, status=status)  # fmt: skip


@require_GET
@kept_nowhere
@requires("petitions.view")
def visit(request: SignedInRequest, visit: int) -> HttpResponse:
    """One visit: its matters, its receipt, its refusal. Who came is opened for a purpose."""
    return _page(request, visit)


def _page(
    request: SignedInRequest, visit: int, *, refused: OnlineVisitForm | None = None
) -> HttpResponse:
    row = _visit(request, visit, "petitions.view")
    matters = _matters(request, row)
    found = VisitMatter.objects.filter(pk__in=[one.pk for one in matters])
    shown = selectors.register_rows(request.user, found, matters)
    rule = group_rule(row.people, row.held_on)
    context = {
        "visit": row,
        "lines": list(zip(matters, shown, strict=True)),
        "person": shown[0] if shown else None,
        "unit_name": paper_head(row.unit_id, row.held_on)[0],
        "crowd": rule.crowd,
        "crowd_words": rule.words,
        "lacking": group_lacking(row.paper),
        "written": row.refusal in WRITTEN,
        "may_receive": selectors.allowed_visits(request.user, "petitions.receive")
        .filter(pk=row.pk)
        .exists(),
        "checks": selectors.online_checks_of(row),
        "online_form": refused or OnlineVisitForm(initial=_steps(row)),
        "open_form": OpenRegisterForm(),
        "notice_form": NoticeForm(initial={"seen": row.changes, "on": clock.today()}),
        "answer_form": AnswerForm(initial={"on": clock.today()}),
    }
    status = 422 if refused else 200
    return render_page(request, "petitions/reception/visit.html", "visit", context, status=status)


@require_GET
@kept_nowhere
@requires("petitions.view")
def notice(request: SignedInRequest, visit: int) -> HttpResponse:
    """Mẫu 01/TCD: to print, or as a Word file; only where the law asks for paper."""
    row = _visit(request, visit, "petitions.view")
    if row.refusal not in WRITTEN:
        raise Http404("Trường hợp này từ chối bằng lời, không có thông báo bằng văn bản.")
    unit, kind, place = paper_head(row.unit_id, row.held_on)
    made = papers.refusal_paper(
        row, unit=unit, kind=kind, place=place, on=clock.today(), persons=persons_open_to(request.user, row.paper)
    )  # fmt: skip
    return render_paper(request, made, "Thông báo từ chối tiếp công dân", "mau-01-tcd.docx")


@require_GET
@kept_nowhere
@requires("petitions.view")
def minutes(request: SignedInRequest, visit: int) -> HttpResponse:
    """Biên bản of one visit, to print or as a Word file; the name stands in it while the identity is open."""
    row = _visit(request, visit, "petitions.view")
    unit, kind, place = paper_head(row.unit_id, row.held_on)
    made = papers.minutes_paper(
        row, _matters(request, row), selectors.online_checks_of(row), unit=unit, kind=kind, place=place,
        persons=persons_open_to(request.user, row.paper),
    )  # fmt: skip
    return render_paper(request, made, "Biên bản tiếp công dân", "bien-ban-tiep-cong-dan.docx")


@require_POST
@kept_nowhere
@requires("petitions.receive")
def joined(request: SignedInRequest, visit: int) -> HttpResponse:
    """The steps of an online visit."""
    row = _visit(request, visit, "petitions.receive")
    form = OnlineVisitForm(request.POST)

    def act() -> ReceptionVisit:
        said = dict(form.cleaned_data)
        seen = said.pop("seen")
        steps = services.OnlineSteps(**said)
        return services.record_online_visit(row, steps=steps, actor=request.user, seen=seen)

    if carried_out(form, act) is None:
        return _page(request, visit, refused=form)
    messages.success(request, "Đã ghi các bước tiếp trực tuyến.")
    return redirect("reception:visit", visit)


@require_POST
@requires("petitions.receive")
def told(request: SignedInRequest, visit: int) -> HttpResponse:
    """The written refusal went out."""
    row = _visit(request, visit, "petitions.receive")
    form = NoticeForm(request.POST)
    done = carried_out(
        form, lambda: services.notify_refusal(row, actor=request.user, **form.cleaned_data)
    )
    return _back(request, visit, form, "Đã ghi gửi thông báo từ chối." if done else "")


@require_POST
@requires("petitions.receive")
def answer(request: SignedInRequest, visit: int, matter: int) -> HttpResponse:
    """The answer that was promised for a day was given."""
    row = _visit(request, visit, "petitions.receive")
    own = VisitMatter.objects.allowed(request.user, "petitions.receive").select_related("visit")
    one = get_object_or_404(own, pk=matter, visit=row)
    form = AnswerForm(request.POST)
    done = carried_out(
        form,
        lambda: services.answer_matter(
            one, answer=form.cleaned_data["answer"], on=form.cleaned_data["on"], actor=request.user
        ),
    )
    return _back(request, visit, form, "Đã ghi trả lời." if done else "")


@require_POST
@kept_nowhere
@requires("petitions.receive")
def receipt(request: SignedInRequest, visit: int) -> HttpResponse:
    """Mẫu 02/TCD with its code, which can be read this once: as a page to print, or as a Word file."""
    row = _visit(request, visit, "petitions.receive")
    try:
        row, slip = services.write_receipt(row, actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
        return redirect("reception:visit", visit)
    unit, kind, place = paper_head(row.unit_id, row.held_on)
    where = request.build_absolute_uri(reverse("portal:follow"))
    made = papers.receipt_paper(
        row,
        _matters(request, row),
        unit=unit,
        kind=kind,
        place=place,
        code=slip.code,
        where=where,
        persons=persons_open_to(request.user, row.paper),
    )
    if request.POST.get("tai") == "word":
        return made_file(to_docx(made), "mau-02-tcd.docx", WORD)
    context = {"paper": made, "label": "Giấy biên nhận", "once": True}
    return render_page(request, "petitions/reception/paper.html", "paper", context)


def _visit(request: SignedInRequest, pk: int, action: str) -> ReceptionVisit:
    seen = selectors.allowed_visits(request.user, action).select_related("paper", "day", "officer")
    found: ReceptionVisit = get_object_or_404(seen, pk=pk)
    return found


def _steps(visit: ReceptionVisit) -> dict[str, Any]:
    return {"seen": visit.changes, **{one: getattr(visit, one) for one in ONLINE}}


def _matters(request: SignedInRequest, visit: ReceptionVisit) -> list[VisitMatter]:
    seen = VisitMatter.objects.allowed(request.user, "petitions.view").filter(visit=visit)
    return list(seen.select_related("petition").order_by("pk"))


def _back(request: SignedInRequest, visit: int, form: AnswerForm | NoticeForm, done: str) -> HttpResponse:  # fmt: skip
    if done:
        messages.success(request, done)
    else:
        said = [str(fault) for faults in form.errors.values() for fault in faults]
        messages.error(request, " ".join(said))
    return redirect("reception:visit", visit)
