"""Filling in a report: the page with its boxes, drafts, files, the look before sending, sending."""

from dataclasses import replace
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.uploads import read_sent
from danvan.indicators.enums import Origin
from danvan.indicators.selectors.measures import records_offered
from danvan.reporting import forms, selectors, services
from danvan.reporting.models import Obligation, Proposal, Submission
from danvan.reporting.selectors import Sheet
from danvan.reporting.selectors.carrying import with_last_words
from danvan.reporting.views.finding import obligation_or_404
from danvan.vietnamese.numbers import format_number

CARRY = "chep"  # the button that takes over what was written the month before


@require_http_methods(["GET", "POST"])
@requires("submissions.enter")
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """The boxes of a report. A post keeps the draft and its files, then goes on to look it over."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    if request.method == "GET":
        return _entry(request, selectors.sheet_of(obligation))
    said = forms.typed(request.POST)
    try:
        said = _with_last_words(request, obligation, said)
        _save(request, obligation, said)
        refused = _keep_files(request, obligation)
    except RuleError as broken:
        return _refused(request, obligation, said, forms.faults_by_item(broken))
    if refused:
        return _refused(request, obligation, said, {"evidence": refused})
    if {"doi", CARRY} & request.POST.keys() or request.POST.get("viec") == "luu":
        messages.success(request, "Đã lưu nháp.")
        return _back(pk, request.POST.get(CARRY, ""))
    obligation.refresh_from_db()
    if selectors.stops(selectors.sheet_of(obligation).findings):
        return _refused(request, obligation, said, {})
    return redirect("reporting:review", pk)


@require_POST
@requires("submissions.enter")
def autosave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the draft a few seconds after typing; answers with when it was kept and what the machine adds up."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    said = forms.typed(request.POST)
    try:
        obligation = _save(request, obligation, said)
    except RuleError as broken:
        context = {"refused": broken.message, "obligation": obligation}
        return render_page(request, "reporting/saved.html", "saved", context, status=422)
    sheet = selectors.sheet_of(obligation)
    context = {
        "sheet": sheet,
        "obligation": obligation,
        "at": timezone.localtime(sheet.saved_at),
        "open": set(
            said.reasons
        ),  # what warned on the page already: the box that is typed in stays
    }
    return render_page(request, "reporting/saved.html", "saved", context)


@require_POST
@requires("submissions.enter")
def remove_file(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """Leave a file out of what will be sent."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    evidence = get_object_or_404(obligation.draft_evidence, pk=file)
    try:
        services.remove_draft_evidence(evidence, actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, f"Đã bỏ tệp {evidence.file_name}.")
    return redirect("reporting:entry", pk)


@require_http_methods(["GET", "POST"])
@requires("submissions.enter")
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything as it will be sent, with what the machine works out; a post sends it."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    if request.method == "GET":
        sheet = selectors.sheet_of(obligation)
        return _review(request, sheet, status=200)
    said = forms.typed(request.POST)
    try:
        sent = (services.propose_report if obligation.head_approves else services.submit_report)(
            obligation,
            answers=said.answers,
            nil_sections=said.nil,
            origins=_origins(obligation, said),
            reasons=said.reasons,
            page=said.page,
            seen=forms.whole(request.POST.get("seen")),
            actor=request.user,
        )
    except RuleError as broken:
        faults = forms.faults_by_item(broken)
        sheet = selectors.sheet_of(
            obligation,
            answers=said.answers,
            nil_sections=said.nil,
            reasons=said.reasons,
            estimated=said.estimated,
            faults=faults,
        )
        return _review(request, sheet, status=422)
    messages.success(request, _sent_words(sent))
    return redirect("reporting:report", pk)


def _sent_words(sent: Submission | Proposal) -> str:
    if isinstance(sent, Proposal):
        return "Đã trình lãnh đạo đơn vị. Báo cáo được tính là đã gửi từ ngày lãnh đạo duyệt."
    if sent.vintage > 1:
        return f"Đã gửi bản {sent.vintage}, thay bản gửi trước; bản trước vẫn đọc được."
    return "Đã gửi báo cáo. Cấp trên sẽ duyệt hoặc trả lại kèm lý do."


@require_GET
@requires("submissions.view")
def records(request: SignedInRequest, pk: int, item: str) -> HttpResponse:
    """The records behind a figure that was offered."""
    obligation = obligation_or_404(request, pk, "submissions.view")
    period = selectors.month_of(obligation)
    questions = selectors.questions_for(obligation)
    question = questions.by_code.get(item)
    found = (
        records_offered(question.indicator_id, obligation.unit_id, period)
        if question and question.typed
        else []
    )
    context = {
        "obligation": obligation,
        "period": period,
        "question": question,
        "records": found,
        "total": sum(one.quantity for one in found),
    }
    return render_page(request, "reporting/records.html", "rows", context)


def _save(request: SignedInRequest, obligation: Obligation, said: forms.Typed) -> Obligation:
    return services.save_draft(
        obligation,
        said.answers,
        nil_sections=said.nil,
        reasons=said.reasons,
        estimated=said.estimated,
        page=said.page,
        actor=request.user,
    )


def _entry(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    if sheet.obligation.standing not in ("due", "proposed", "sent", "returned"):
        return redirect("reporting:report", sheet.obligation.pk)
    context = {"sheet": sheet, "obligation": sheet.obligation, "mark": token_hex(8)}
    return render_page(request, "reporting/entry.html", "form", context)


def _review(request: SignedInRequest, sheet: Sheet, *, status: int) -> HttpResponse:
    if status == 200 and sheet.obligation.draft_saved_at is None:
        return redirect("reporting:entry", sheet.obligation.pk)
    context = {
        "sheet": sheet,
        "obligation": sheet.obligation,
        "faulty": len(selectors.stops(sheet.findings)),
    }
    return render_page(request, "reporting/review.html", "review", context, status=status)


def _refused(
    request: SignedInRequest,
    obligation: Obligation,
    said: forms.Typed,
    faults: dict[str, list[str]],
) -> HttpResponse:
    """The boxes again with all that was typed; without `faults`, with everything that stops the report."""
    obligation.refresh_from_db()
    sheet = selectors.sheet_of(
        obligation,
        answers=said.answers,
        nil_sections=said.nil,
        reasons=said.reasons,
        estimated=said.estimated,
        faults=faults,
        whole=not faults,
    )
    stops = [] if faults else selectors.stops(sheet.findings)
    context = {
        "sheet": sheet,
        "obligation": obligation,
        "mark": said.page.mark if said.page else token_hex(8),
        "file_faults": faults.get("evidence", ()),
        "many": len(stops) or sum(map(len, faults.values())),
        "ask": bool(stops),
    }
    return render_page(request, "reporting/entry.html", "form", context, status=422)


def _keep_files(request: SignedInRequest, obligation: Obligation) -> list[str]:
    """Keep the files that came with the draft; why each of the others was not."""
    refused = []
    sent: list[Any] = request.FILES.getlist("evidence")
    for file in sent:
        try:
            services.add_draft_evidence(
                obligation, name=file.name or "", content=read_sent(file), actor=request.user
            )
        except RuleError as broken:
            refused.append(broken.message)
    return refused


def _with_last_words(
    request: SignedInRequest, obligation: Obligation, said: forms.Typed
) -> forms.Typed:
    """What was typed, with the words of the month before where their button was pressed."""
    if CARRY not in request.POST:
        return said
    questions = selectors.questions_for(obligation)
    answers = with_last_words(obligation, questions, said.answers, request.POST[CARRY])
    return replace(said, answers=answers)


def _back(pk: int, carried: str) -> HttpResponse:
    """To the boxes again; where words were carried on, to them."""
    at = f"#a-{carried.partition(':')[0]}" if carried else ""
    return redirect(reverse("reporting:entry", args=[pk]) + at)


def _origins(obligation: Obligation, said: forms.Typed) -> dict[str, str]:
    """Which answers are the counted figure, kept unchanged, and which are estimates."""
    questions = selectors.questions_for(obligation)
    counted = {
        code: Origin.COUNTED
        for code, offer in selectors.offers_for(obligation, questions).items()
        if said.answers.get(code, "").strip() == format_number(offer.amount)
    }
    return {**counted, **dict.fromkeys(said.estimated, Origin.ESTIMATED)}
