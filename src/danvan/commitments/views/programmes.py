"""Work programmes: the list, one programme and its lines, issuing, its paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.commitments.forms.programmes import (
    DropForm,
    EntryForm,
    IssueForm,
    MakeForm,
    ProgrammeFilter,
)
from danvan.commitments.models import ProgrammeEntry
from danvan.commitments.papers import programme_paper
from danvan.commitments.selectors.programmes import (
    allowed_programmes,
    deadlines_to_take_in,
    programme_card,
    programme_lines,
)
from danvan.commitments.services import programme_entries, programmes
from danvan.commitments.views.page import dialogue_url
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD, to_docx
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors import last_names


@require_GET
@requires("commitments.view")
def programme_list(request: SignedInRequest) -> HttpResponse:
    """The programmes within reach, the latest month first."""
    form = ProgrammeFilter(request.GET)
    found = allowed_programmes(request.user, "commitments.view")
    if form.is_valid() and form.cleaned_data["thang"]:
        found = found.filter(month=form.cleaned_data["thang"])
    page = page_of(found, request.GET, order=("-month", "-pk"))
    context = {
        "form": form,
        "page": page,
        "lines": programme_lines(page.rows),
        "may_keep": may(request.user, "programmes.keep"),
    }
    return render_page(request, "commitments/programmes.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("programmes.keep")
def make(request: SignedInRequest) -> HttpResponse:
    """Begin the programme of a month."""
    form = MakeForm(request.POST or None, user=request.user)

    def begin() -> Any:
        unit, month = int(form.cleaned_data["unit"]), form.cleaned_data["month"]
        return programmes.make_programme(unit, month, actor=request.user)

    made = carried_out(form, begin)
    if made is not None:
        messages.success(request, "Đã lập chương trình; đồng chí ghi từng mục rồi ban hành.")
        return redirect("commitments:programme", made.pk)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "commitments/make_programme.html", "form", {"form": form}, status=status)  # fmt: skip


@require_GET
@requires("commitments.view")
def programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """One programme: its lines, what is to be minded, its amendments."""
    return _card(request, pk)


def _card(
    request: SignedInRequest, pk: int, *, issue: IssueForm | None = None, fault: str = ""
) -> HttpResponse:
    found = get_object_or_404(allowed_programmes(request.user, "commitments.view"), pk=pk)
    card = programme_card(request.user, found)
    drafting = card.may_keep and not found.issued
    form = issue or IssueForm(initial={"seen": found.changes, "on": clock.today()})
    form.fields["reason"].required = bool(card.warnings)
    if issue is not None and not (drafting and card.lines):
        fault = " ".join(map(str, issue.non_field_errors()))  # there is no form to stand above
    context = {
        "card": card,
        "lines": [
            (one, dialogue_url(one.entry, found), card.chairs.get(one.entry.chair))
            for one in card.lines
        ],
        "issue": form,
        "deadlines": deadlines_to_take_in(found) if drafting else [],
        "drafting": drafting,
        "fault": fault,
    }
    status = 422 if issue is not None or fault else 200
    return render_page(request, "commitments/programme.html", "card", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("programmes.keep")
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more line."""
    found = get_object_or_404(allowed_programmes(request.user, "programmes.keep"), pk=pk)
    form = EntryForm(
        request.POST or None,
        user=request.user,
        programme=found,
        initial={"seen": found.changes},
    )
    done = carried_out(
        form,
        lambda: programme_entries.add_entry(
            found, form.plan(), actor=request.user, **_beside(form)
        ),
        also=lambda: form.faults_beside(found),
    )
    if done is not None:
        messages.success(request, "Đã ghi mục vào chương trình.")
        return redirect("commitments:programme", pk)
    return _entry_page(request, form, {"programme": found, "card": programme_card(request.user, found)})  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("programmes.keep")
def change(request: SignedInRequest, pk: int, entry: int) -> HttpResponse:
    """Write a line anew."""
    found = get_object_or_404(allowed_programmes(request.user, "programmes.keep"), pk=pk)
    row = get_object_or_404(found.entries.select_related("commitment"), pk=entry, cancelled_on=None)
    form = EntryForm(
        request.POST or None,
        user=request.user,
        programme=found,
        initial=_as_typed(row)
        | {"seen": found.changes, "followed": row.officer_id == request.user.pk},
    )
    done = carried_out(
        form,
        lambda: programme_entries.change_entry(
            row, form.plan(), actor=request.user, **_beside(form)
        ),
        also=lambda: form.faults_beside(found),
    )
    if done is not None:
        messages.success(request, "Đã ghi lại mục.")
        return redirect("commitments:programme", pk)
    card = programme_card(request.user, found)
    context = {"programme": found, "card": card, "entry": row, "chair": card.chairs.get(row.chair)}
    context["drop"] = DropForm(initial={"seen": found.changes}, auto_id="id_drop_%s")
    return _entry_page(request, form, context)


@require_POST
@requires("programmes.keep")
def drop(request: SignedInRequest, pk: int, entry: int) -> HttpResponse:
    """Take a line out of a draft, or cancel it in an issued programme."""
    found = get_object_or_404(allowed_programmes(request.user, "programmes.keep"), pk=pk)
    row = get_object_or_404(found.entries, pk=entry)
    form = DropForm(request.POST)
    form.full_clean()
    reason, seen = request.POST.get("reason", ""), form.cleaned_data.get("seen")
    try:
        programme_entries.drop_entry(row, actor=request.user, reason=reason, seen=seen)
    except RuleError as broken:
        messages.error(request, broken.message)
        return redirect("commitments:change-entry", pk, entry)
    messages.success(request, "Đã hủy mục." if found.issued else "Đã bỏ mục.")
    return redirect("commitments:programme", pk)


@require_POST
@requires("programmes.keep")
def issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """Issue it by number and day."""
    found = get_object_or_404(allowed_programmes(request.user, "programmes.keep"), pk=pk)
    form = IssueForm(request.POST)
    done = carried_out(
        form,
        lambda: programmes.issue_programme(found, actor=request.user, **form.cleaned_data),
        also=lambda: form.faults_beside(found),
    )
    if done is None:
        form.show_again(found.changes)
        return _card(request, pk, issue=form)
    messages.success(request, f"Đã ban hành chương trình số {done.symbol}.")
    return redirect("commitments:programme", pk)


@require_POST
@requires("programmes.keep")
def take_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the ticked due days into the draft."""
    found = get_object_or_404(allowed_programmes(request.user, "programmes.keep"), pk=pk)
    sent = request.POST.getlist("chon")[:500]
    ids = {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 18}
    try:
        programme_entries.take_in_deadlines(found, ids, actor=request.user)
    except RuleError as broken:
        return _card(request, pk, fault=broken.message)
    messages.success(request, "Đã đưa hạn của việc vào chương trình.")
    return redirect("commitments:programme", pk)


@require_GET
@requires("commitments.view")
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The programme as a page to print."""
    found = get_object_or_404(allowed_programmes(request.user, "commitments.view"), pk=pk)
    card = programme_card(request.user, found)
    context = {"card": card, "programme": found, "paper": programme_paper(card)}
    return render_page(request, "commitments/programme_paper.html", "paper", context)


@require_GET
@requires("commitments.view")
def paper_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The programme as a Word file."""
    found = get_object_or_404(allowed_programmes(request.user, "commitments.view"), pk=pk)
    made = programme_paper(programme_card(request.user, found))
    return made_file(to_docx(made), f"chuong-trinh-{found.month}-{found.pk}.docx", WORD)


def _entry_page(request: SignedInRequest, form: EntryForm, context: dict[str, Any]) -> HttpResponse:
    context["form"] = form
    if form.is_bound:
        form.show_again(context["programme"].changes)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "commitments/entry_form.html", "form", context, status=status)


def _beside(form: EntryForm) -> dict[str, Any]:
    """The reason and the count the page was opened with."""
    said = form.cleaned_data
    return {"reason": said.get("reason", ""), "seen": said["seen"]}


def _as_typed(row: ProgrammeEntry) -> dict[str, Any]:
    names = ("kind", "starts_on", "starts_at", "ends_at", "content", "chair", "place", "source")
    first = {name: getattr(row, name) for name in names}
    units = list(row.parties.values_list("unit_id", flat=True))
    told = last_names(units, clock.today())
    first["parties"] = "\n".join(told.get(pk, "") for pk in units)
    first["ends_on"] = row.ends_on if row.ends_on != row.starts_on else None
    first["commitment"] = row.commitment.number if row.commitment else ""
    return first
