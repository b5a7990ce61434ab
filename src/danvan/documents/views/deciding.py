"""Deciding about proposals, one by one or all that are sure."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.documents import selectors, services
from danvan.documents.bodies import TargetBody, body_of
from danvan.documents.enums import ProposalKind
from danvan.documents.errors import IncompleteError
from danvan.documents.forms.activities import AskActivityForm
from danvan.documents.forms.intake import show_faults
from danvan.documents.forms.proposals import AskForm, ask_form, correction_form
from danvan.documents.forms.tasks import AskTaskForm
from danvan.documents.models import Document, Proposal
from danvan.documents.templatetags.documents import TABS
from danvan.documents.views.page import KINDS, next_open, posted, reading_page
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.vietnamese.numbers import format_number


def _proposal(request: SignedInRequest, pk: int) -> Proposal:
    proposals = selectors.allowed_proposals(request.user, "documents.review")
    return get_object_or_404(proposals.select_related("document", "document__file"), pk=pk)


def _address(document: Document, kind: str, item: Proposal | None) -> str:
    """The reading page at an item: its tab, itself as the current one, and the anchor to scroll to."""
    page = f"{reverse('documents:review', args=[document.pk])}?nhom={TABS[ProposalKind(kind)]}"
    if item is None:
        return page
    before = (
        document.proposals.filter(start__lt=item.start)
        | document.proposals.filter(start=item.start, end__lt=item.end)
        | document.proposals.filter(start=item.start, end=item.end, pk__lt=item.pk)
    )
    return f"{page}&muc={item.pk}#p{before.count() + 1}"


def _page(
    request: SignedInRequest, document: Document, proposal: Proposal | None, **given: object
) -> HttpResponse:
    """The page once more, or only its proposals where htmx asked; 422 where an act was refused."""
    asked = {"muc": str(proposal.pk) if proposal else ""}
    document.refresh_from_db(fields=["stage"])
    context = reading_page(document, asked, **given)  # type: ignore[arg-type]
    status = 422 if given.get("refused") else 200
    return render_page(request, "documents/review.html", "proposals", context, status=status)


@require_POST
@requires("documents.review")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a proposal (with what was asked for), reject it, or take a decision back."""
    proposal = _proposal(request, pk)
    act = request.POST.get("viec", "")
    form = None
    try:
        if act == "nhan":
            form = _asked(request, proposal)
            completed = form.completed() if form and form.is_valid() else {}
            services.accept_proposal(proposal, actor=request.user, completed=completed)
        elif act == "bo":
            services.reject_proposal(proposal, actor=request.user)
        elif act == "xem-lai":
            services.reopen_proposal(proposal, actor=request.user)
        else:
            raise Http404
    except RuleError as refused:
        shown = form if isinstance(refused, IncompleteError) else None
        given = {"kind": proposal.kind, "form": shown, "refused": refused.message}
        return _page(request, proposal.document, proposal, **given)
    item = proposal if act == "xem-lai" else next_open(proposal)
    if getattr(request, "htmx", None):
        return _page(request, proposal.document, item, kind=proposal.kind)
    return redirect(_address(proposal.document, proposal.kind, item))


def _asked(
    request: SignedInRequest, proposal: Proposal
) -> AskForm | AskTaskForm | AskActivityForm | None:
    """The answers to what a proposal lacks; None where it lacks nothing."""
    body = body_of(proposal.kind, proposal.correction or proposal.body)
    missing = body.missing()
    if not missing:
        return None
    register_id = proposal.document.answering_id
    return ask_form(body, missing, request.POST, prefix=str(proposal.pk), register_id=register_id)


@require_http_methods(["GET", "POST"])
@requires("documents.review")
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a proposal right and accept it."""
    proposal = _proposal(request, pk)
    document = proposal.document
    body = body_of(proposal.kind, proposal.correction or proposal.body)
    who = selectors.followers(document) if isinstance(body, TargetBody) else []
    form = correction_form(body, posted(request), register_id=document.answering_id, followers=who)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_proposal(proposal, actor=request.user, correction=form.corrected())
        except RuleError as refused:
            show_faults(form, refused)
        else:
            return redirect(_address(document, proposal.kind, next_open(proposal)))
    if not form.errors:
        next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    context = {
        "proposal": proposal,
        "document": document,
        "form": form,
        "context": selectors.surroundings(document, proposal),
        "back": _address(document, proposal.kind, proposal),
    }
    status = 422 if form.errors else 200
    return render_page(request, "documents/correct.html", "form", context, status=status)


def _all_of(request: SignedInRequest, pk: int) -> tuple[Document, str]:
    documents = selectors.allowed_documents(request.user, "documents.review")
    document = get_object_or_404(documents.select_related("file"), pk=pk)
    return document, KINDS.get(request.POST.get("nhom", ""), ProposalKind.TARGET)


@require_POST
@requires("documents.review")
def accept_sure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept everything sure and whole in one tab."""
    document, kind = _all_of(request, pk)
    try:
        done = services.accept_all_sure(document, actor=request.user, kind=kind)
    except RuleError as refused:
        return _page(request, document, None, kind=kind, refused=refused.message)
    said = f"Đã nhận {format_number(done.accepted)} mục."
    if done.incomplete:
        said += f" Còn {format_number(done.incomplete)} mục chắc nhưng thiếu phần, mời đồng chí bổ sung."
    messages.success(request, said)
    for refusal in done.refused:
        messages.warning(request, refusal)
    return redirect(_address(document, kind, None))


@require_POST
@requires("documents.review")
def reject_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set aside everything in one tab that nobody has decided about."""
    document, kind = _all_of(request, pk)
    try:
        left = services.reject_open(document, actor=request.user, kind=kind)
    except RuleError as refused:
        return _page(request, document, None, kind=kind, refused=refused.message)
    messages.success(request, f"Đã bỏ {format_number(left)} mục còn lại.")
    return redirect(_address(document, kind, None))
