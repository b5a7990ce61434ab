"""One commitment: its page, its files, and giving work by hand."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import selectors, services
from danvan.commitments.forms import AssignForm, EvidenceForm
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import allowed_commitments
from danvan.commitments.selectors.series import turn_told
from danvan.commitments.selectors.ties import ties_of
from danvan.commitments.services.assignments import Late
from danvan.commitments.views.acts import kept_once
from danvan.commitments.views.page import source_url
from danvan.foundation import clock
from danvan.foundation.downloads import stored_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors import identities
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User


@require_GET
@requires("commitments.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is to be done, by whom, until when, what happened, what shows it."""
    return _card(request, pk)


@require_POST
@requires("commitments.perform")
def add_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add files, all or none."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.perform"), pk=pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            caption = form.cleaned_data["caption"]
            before, uploads = found.evidence.count(), form.uploads()
            services.add_files(found, evidence=uploads, caption=caption, actor=request.user)
        except RuleError as broken:
            form.refuse(broken)
        else:
            kept = kept_once(found.evidence.count() - before, len(uploads))
            messages.success(request, f"Đã thêm minh chứng.{kept}")
            return redirect("commitments:card", pk)
    return _card(request, pk, evidence_form=form)


@require_GET
@requires("commitments.view")
def download(request: SignedInRequest, pk: int, evidence: int) -> HttpResponse:
    """The file itself, as it was sent."""
    found = get_object_or_404(selectors.evidence_of(request.user, pk), pk=evidence)
    return stored_file(found.file, found.file_name, gone="Tệp minh chứng không còn trên máy chủ.")


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def assign(request: SignedInRequest) -> HttpResponse:
    """Give work by hand."""
    if request.method == "GET":
        form = AssignForm(initial={"assigned_on": clock.today()}, user=request.user)
        return render_page(request, "commitments/assign.html", "form", {"form": form})
    form = AssignForm(request.POST, user=request.user)
    done = carried_out(
        form, lambda: _given(form, request.user), also=lambda: form.faults_beside(request.user)
    )
    if done is not None:
        words, name, *args = done
        messages.success(request, words)
        return redirect(name, *args)
    return render_page(request, "commitments/assign.html", "form", {"form": form}, status=422)


def _given(form: AssignForm, actor: "User") -> tuple[str, str, *tuple[int, ...]]:
    """Give what was typed, once or again and again: what to tell, and the page that shows it."""
    said = form.cleaned_data
    assigner = identities([said["assigner"]])[said["assigner"]]
    source, assignments = form.source(), form.assignments()
    if said["every"]:
        made = services.begin_series(
            assignments, form.rule(), assigner=assigner, given_on=said["assigned_on"],
            source=source, post_id=said["post"], actor=actor,
        )  # fmt: skip
        words = f"Đã đặt {format_number(len(made))} việc định kỳ."
        one = ("commitments:series", made[0].pk)
        return (words, *one) if len(made) == 1 else (words, "commitments:series-list")
    found = services.assign_commitments(
        assignments, assigner=assigner, assigned_on=said["assigned_on"], source=source,
        old=said["old"], late=Late(form.late_reason(), said["source_on"]), post_id=said["post"], actor=actor,
    )  # fmt: skip
    words = f"Đã giao {format_number(len(found))} việc."
    return (
        (words, "commitments:card", found[0].pk) if len(found) == 1 else (words, "commitments:list")
    )


def _card(
    request: SignedInRequest, pk: int, *, evidence_form: EvidenceForm | None = None
) -> HttpResponse:
    rows = allowed_commitments(request.user, "commitments.view")
    people = ("assigned_by", "claimed_by", "verified_by", "closed_by", "superseded_by")
    found: Commitment = get_object_or_404(rows.select_related(*people), pk=pk)
    context = {
        "card": selectors.card_of(request.user, found, on=clock.today()),
        "commitment": found,
        "ties": ties_of(found, on=clock.today()),
        "turn": turn_told(request.user, found, on=clock.today()),
        "askers": selectors.askers_of(found),
        "follow_ups": selectors.follow_ups_of(request.user, found)[:5],
        "urged": selectors.times_urged([pk]).get(pk, 0),
        "source_url": source_url(request.user, found),
        "evidence_form": evidence_form or EvidenceForm(),
    }
    status = 422 if evidence_form else 200
    return render_page(request, "commitments/card.html", "card", context, status=status)
