"""What lies before a unit's own head: the page to read it, letting it go or giving it back, taking it back."""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation.downloads import stored_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.reporting import forms, selectors, services
from danvan.reporting.views.finding import obligation_or_404


@require_GET
@requires("submissions.view")
def laid(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the unit's officer laid before the head, for the two of them."""
    return _laid_page(request, pk)


@require_POST
@requires("submissions.release")
def decide_laid(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a report go, or give it back with words for each cell."""
    obligation = obligation_or_404(request, pk, "submissions.release")
    seen, user = forms.whole(request.POST.get("seen")), request.user
    words, comments = request.POST.get("words", ""), forms.comments(request.POST)
    releasing = request.POST.get("viec") == "duyet"
    try:
        if releasing:
            services.release_report(obligation, actor=user, seen=seen)
        else:
            services.give_back_report(
                obligation, words=words, comments=comments, actor=user, seen=seen
            )
    except RuleError as broken:
        faults = forms.faults_by_item(broken)
        return _laid_page(request, pk, faults=faults, typed={"words": words, **comments})
    done = (
        "Đã duyệt và gửi báo cáo lên cấp trên." if releasing else "Đã trả lại để sửa trước khi gửi."
    )
    messages.success(request, done)
    return redirect("reporting:report", pk)


@require_GET
@requires("submissions.release", reading=True)
def laid_file(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """A file that will be sent with the report, for the head to read before letting it go."""
    obligation = obligation_or_404(request, pk, "submissions.release")
    kept = get_object_or_404(obligation.draft_evidence.select_related("file"), pk=file)
    return stored_file(kept.file, kept.file_name, gone="Tệp kèm báo cáo không còn trên máy chủ.")


@require_POST
@requires("submissions.enter")
def withdraw_laid(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what was laid before the head."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    seen = forms.whole(request.POST.get("seen"))
    try:
        services.withdraw_proposal(obligation, actor=request.user, seen=seen)
    except RuleError as broken:
        messages.error(request, broken.message)
        return redirect("reporting:report", pk)
    messages.success(request, "Đã rút lại bản trình; nội dung còn trong bản nháp.")
    return redirect("reporting:entry", pk)


def _laid_page(
    request: SignedInRequest,
    pk: int,
    faults: Mapping[str, list[str]] = MappingProxyType({}),
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    obligation = obligation_or_404(request, pk, "submissions.view")
    found = selectors.laid_of(request.user, obligation)
    if (
        found is None
    ):  # decided meanwhile, or read from above: all there is stands on the page of the report
        for told in faults.values():
            messages.error(request, " ".join(told))
        return redirect("reporting:report", pk)
    asked = found.sheet.questions.by_code
    context = {
        "laid": found,
        "sheet": found.sheet,
        "obligation": obligation,
        "typed": typed or {},
        "faults": faults,
        "told": [
            (asked[code].label if code in asked else "", words)
            for code, said in faults.items()
            for words in said
        ],
    }
    status = 422 if faults else 200
    return render_page(request, "reporting/laid.html", "laid", context, status=status)
