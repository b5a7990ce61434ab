"""Mã theo dõi: codes for those who asked, the printed slips, and what is shown in public."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import selectors, services
from danvan.commitments.forms.following import IssueCodesForm, ShowPubliclyForm
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import allowed_commitments
from danvan.foundation.errors import RuleError
from danvan.foundation.refusals import carried_out
from danvan.foundation.scanning import picture_of, public_address


@require_GET
@requires("commitments.view")
def askers(request: SignedInRequest, pk: int) -> HttpResponse:
    """The codes of one commitment, what the askers said, what is shown."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.view"), pk=pk)
    mine = {"pk": pk}
    context = {
        "commitment": found,
        "askers": selectors.askers_of(found),
        "may_issue": allowed_commitments(request.user, "commitments.assign")
        .filter(**mine)
        .exists(),
        "may_show": allowed_commitments(request.user, "commitments.perform")
        .filter(**mine)
        .exists(),
    }
    return render(request, "commitments/askers.html", context)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
@never_cache
def issue_codes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cấp mã: the answer is the sheet of slips, the only page that ever holds the codes."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.assign"), pk=pk)
    form = IssueCodesForm(request.POST if request.method == "POST" else None, commitment=found)
    slips = carried_out(form, lambda: _issued(found, form, request))
    if slips is None:
        context = {"form": form, "commitment": found}
        status = 422 if form.is_bound else 200
        return render(request, "commitments/issue_codes.html", context, status=status)
    where = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context = {
        "commitment": found,
        "said": form.cleaned_data,
        "where": where.split("://", 1)[1],
        "slips": [(one, picture_of(f"{where}?ma={one.code}")) for one in slips],
    }
    return render(request, "commitments/slips.html", context)


@require_POST
@requires("commitments.assign")
def withdraw_code(request: SignedInRequest, pk: int, code: int) -> HttpResponse:
    """Thu hồi mã."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.assign"), pk=pk)
    held = get_object_or_404(selectors.codes_of(found), pk=code)
    try:
        services.withdraw_follow_code(held, actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, f"Đã thu hồi mã của phiếu {held.slip}.")
    return redirect("commitments:askers", pk)


@require_http_methods(["GET", "POST"])
@requires("commitments.perform")
def show_publicly(request: SignedInRequest, pk: int) -> HttpResponse:
    """Công khai một phần kết quả."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.perform"), pk=pk)
    form = ShowPubliclyForm(request.POST if request.method == "POST" else None, commitment=found)
    if carried_out(form, lambda: _shown(found, form, request)):
        messages.success(request, "Đã công khai; ai có mã theo dõi việc này đọc được.")
        return redirect("commitments:askers", pk)
    context = {"form": form, "commitment": found}
    status = 422 if form.is_bound else 200
    return render(request, "commitments/show_publicly.html", context, status=status)


@require_POST
@requires("commitments.perform")
def hide_publicly(request: SignedInRequest, pk: int, note: int) -> HttpResponse:
    """Thôi công khai."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.perform"), pk=pk)
    try:
        shown = get_object_or_404(selectors.notes_of(found), pk=note)
        services.hide_publicly(shown, actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, "Đã thôi công khai.")
    return redirect("commitments:askers", pk)


def _issued(
    found: Commitment, form: IssueCodesForm, request: SignedInRequest
) -> list[services.Slip]:
    said = form.cleaned_data
    return services.issue_follow_codes(
        [found],
        actor=request.user,
        number=said["number"],
        asking=services.Asking(said["asked"], said["asked_on"], said["post"]),
        public_words={found.pk: said["public_words"]},
    )


def _shown(found: Commitment, form: ShowPubliclyForm, request: SignedInRequest) -> object:
    said = form.cleaned_data
    chosen = found.evidence.filter(pk=said["evidence"]).first() if said["evidence"] else None
    return services.show_publicly(found, words=said["words"], evidence=chosen, actor=request.user)
