"""What is read of dialogues: the list, the year of each host, one dialogue, its papers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.commitments.selectors.programmes import allowed_entries
from danvan.dialogues import exports, selectors
from danvan.dialogues.forms import DialogueFilter, YearForm
from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.papers import conclusion_notice, minutes
from danvan.dialogues.selectors import allowed_dialogues
from danvan.dialogues.views.page import render_card
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD, Paper, to_docx
from danvan.organisations.selectors import bare_place_of, units_on

NEWEST = ("-held_on", "-pk")
MOST_HOSTS = 300  # shown on the page; the sheet has them all
PAPERS = {"bien-ban": "Biên bản", "thong-bao-ket-luan": "Thông báo kết luận"}


@require_GET
@requires("dialogues.view")
def dialogue_list(request: SignedInRequest) -> HttpResponse:
    """The dialogues within reach, the newest first, with filters that stay in the address."""
    form, today = DialogueFilter(request.GET), clock.today()
    asked = form.asked()
    context: dict[str, object] = {"form": form, "page": None}
    if asked is not None:
        order = ("search_tier", *NEWEST) if asked.words else NEWEST
        page = page_of(selectors.listed(request.user, asked, on=today), request.GET, order=order)
        context |= {"page": page, "lines": selectors.lines_of(page.rows, on=today)}
    context["may_hold"] = may(request.user, "dialogues.hold")
    context["to_publish"] = selectors.dialogues_to_publish(request.user).count()
    status = 422 if form.errors else 200
    return render_page(request, "dialogues/list.html", "rows", context, status=status)


@require_GET
@requires("dialogues.view")
def list_sheet(request: SignedInRequest) -> HttpResponse:
    """The same list as Excel, with the same filters."""
    asked, today = DialogueFilter(request.GET).asked(), clock.today()
    if asked is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    found = selectors.listed(request.user, asked, on=today).order_by(*NEWEST)
    return made_file(exports.as_sheet(found, on=today), f"doi-thoai-{today:%Y%m%d}.xlsx")


@require_GET
@requires("dialogues.view")
def hosts(request: SignedInRequest) -> HttpResponse:
    """What each host held in a year against what its head owes."""
    form = YearForm(request.GET or None)
    year = form.year()
    lines = selectors.yearly(request.user, year, on=clock.today())
    owing = [one for one in lines if one.required is not None]
    context = {
        "form": form,
        "year": year,
        "lines": lines[:MOST_HOSTS],
        "number": len(lines),
        "owing": len(owing),
        "met": sum(not one.short for one in owing),
        "held": sum(one.held for one in lines),
    }
    return render_page(request, "dialogues/hosts.html", "rows", context)


@require_GET
@requires("dialogues.view")
def hosts_sheet(request: SignedInRequest) -> HttpResponse:
    """The same table as Excel, whole."""
    year, today = YearForm(request.GET or None).year(), clock.today()
    lines = selectors.yearly(request.user, year, on=today)
    return made_file(
        exports.hosts_sheet(lines, year, on=today), f"doi-thoai-theo-don-vi-{year.code}.xlsx"
    )


@require_GET
@requires("dialogues.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One dialogue: its way, the head's conclusion and who owns it, the opinions, the rules."""
    return render_card(request, pk)


@require_GET
@requires("dialogues.view")
def of_entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dialogue of a line of a monthly programme; where none is planned yet, the page to plan it."""
    entry = get_object_or_404(allowed_entries(request.user, "commitments.view"), pk=pk)
    found = selectors.dialogue_of_entry(request.user, entry.pk)
    if found is not None:
        return redirect("dialogues:card", found.pk)
    if not entry.dialogue or not may(request.user, "dialogues.hold"):
        raise Http404("Mục này chưa có cuộc đối thoại.")
    return redirect(f"{redirect('dialogues:plan').url}?muc={entry.pk}")


@require_GET
@requires("dialogues.view")
def of_conclusion(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dialogue that a conclusion belongs to, at the conclusion."""
    seen = allowed_dialogues(request.user, "dialogues.view")
    found = get_object_or_404(DialogueConclusion, pk=pk, dialogue__in=seen)
    return redirect(f"{redirect('dialogues:card', found.dialogue_id).url}#kl-{found.pk}")


@require_GET
@requires("dialogues.view")
def paper(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The minutes or the notice, to read and to print."""
    dialogue, made = _paper(request, pk, kind)
    context = {"dialogue": dialogue, "paper": made, "kind": kind, "label": PAPERS[kind]}
    return render_page(request, "dialogues/paper.html", "paper", context)


@require_GET
@requires("dialogues.view")
def paper_docx(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The same paper as a Word file."""
    dialogue, made = _paper(request, pk, kind)
    return made_file(to_docx(made), f"{kind}-{dialogue.number}.docx", WORD)


def _paper(request: SignedInRequest, pk: int, kind: str) -> tuple[Dialogue, Paper]:
    """The paper; 404 while there is nothing that it could say."""
    seen = allowed_dialogues(request.user, "dialogues.view").select_related("notice")
    dialogue: Dialogue = get_object_or_404(seen, pk=pk)
    if not dialogue.took_place or kind not in PAPERS:
        raise Http404
    found = selectors.card_of(request.user, dialogue)
    host = units_on([dialogue.unit_id], dialogue.held_on).get(dialogue.unit_id)
    host_kind = host.kind if host else ""
    place = bare_place_of(dialogue.unit_id, dialogue.held_on)
    if kind == "bien-ban":
        return dialogue, minutes(found, host_kind=host_kind, place=place)
    symbol = dialogue.notice.symbol if dialogue.notice else ""
    return dialogue, conclusion_notice(found, host_kind=host_kind, place=place, symbol=symbol)
