"""What the reading page shows, worked out once for every view that ends there."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, QueryDict

from danvan.documents import selectors
from danvan.documents.enums import SURE, ProposalKind, Stage, Verdict
from danvan.documents.forms.proposals import ask_form
from danvan.documents.models import Document, Proposal
from danvan.documents.selectors import Progress, Row
from danvan.documents.templatetags.documents import CLASSES, TABS

ORDER = (
    ProposalKind.TASK,
    ProposalKind.TARGET,
    ProposalKind.ACTIVITY,
    ProposalKind.FIGURE,
    ProposalKind.CITATION,
)
KINDS = {tab: kind for kind, tab in TABS.items()}
SHORT_LABELS = {
    ProposalKind.TASK: "Nhiệm vụ, yêu cầu",
    ProposalKind.TARGET: "Chỉ tiêu",
    ProposalKind.ACTIVITY: "Hoạt động",
    ProposalKind.FIGURE: "Số liệu",
    ProposalKind.CITATION: "Văn bản",
}


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, an empty form too; None where nothing was."""
    return request.POST if request.method == "POST" else None


def ids_ticked(request: HttpRequest, name: str) -> list[int]:
    """The ids that were ticked in a list; what is none of ours is left out."""
    sent = request.POST.getlist(name)
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 19]


def reading_page(
    document: Document,
    asked: Mapping[str, Any],
    *,
    kind: str = "",
    form: Form | None = None,
    refused: str = "",
) -> dict[str, Any]:
    """The context of the reading page: all proposals once, the rows of one tab, the current item.

    `asked` names the tab (`nhom`) and the current item (`muc`). `form` are the current item's answers,
    refused as they stand, `refused` why an act was refused.
    """
    proposals = list(document.proposals.all())
    progress = selectors.progress_of(document, proposals)
    tab_kind = kind or KINDS.get(asked.get("nhom", "")) or _first_kind(progress)
    rows = selectors.proposal_rows(document, kind=tab_kind, proposals=proposals)
    current = _current(rows, asked.get("muc", ""))
    reviewing = document.stage == Stage.TO_REVIEW
    if reviewing and current and current.open and current.missing and form is None:
        form = ask_form(
            current.body, current.missing, prefix=current.key, register_id=document.answering_id
        )
    if form is not None and refused:
        next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    return {
        "document": document,
        "proposals": proposals,
        "progress": progress,
        "tabs": [
            (TABS[kind], SHORT_LABELS[kind], CLASSES[kind], *_left(progress, kind))
            for kind in ORDER
        ],
        "tab": TABS[ProposalKind(tab_kind)],
        "kind": tab_kind,
        "mark_class": CLASSES[ProposalKind(tab_kind)],
        "rows": rows,
        "current": current,
        "current_pk": current.proposal.pk if current else None,
        "sure": sum(row.sure for row in rows),
        "open_here": progress.open_by_kind[ProposalKind(tab_kind)],
        "sure_from": SURE,
        "form": form,
        "refused": refused,
        "reviewing": reviewing,
    }


def _left(progress: Progress, kind: ProposalKind) -> tuple[int, int]:
    return progress.open_by_kind[kind], progress.total_by_kind[kind]


def _first_kind(progress: Progress) -> str:
    """The first tab with something to decide, else the first with anything in it."""
    for counts in (progress.open_by_kind, progress.total_by_kind):
        for kind in ORDER:
            if counts[kind]:
                return kind
    return ProposalKind.TARGET


def _current(rows: list[Row], wanted: str) -> Row | None:
    """The item that was asked for, else the first that nobody has decided about."""
    named = next((row for row in rows if row.key == wanted), None)
    return named or next((row for row in rows if row.open), None)


def next_open(proposal: Proposal) -> Proposal | None:
    """The next item of the same kind to decide about, from the place of this one on, then from the start."""
    waiting = Proposal.objects.filter(
        document_id=proposal.document_id, kind=proposal.kind, verdict=Verdict.OPEN
    )
    return waiting.filter(start__gte=proposal.start).first() or waiting.first()
