"""The page of one dialogue, with the form of each act as it stands."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from danvan.accounts.access import SignedInRequest
from danvan.accounts.selectors import may
from danvan.dialogues import selectors
from danvan.dialogues.enums import State
from danvan.dialogues.forms import (
    ActForm,
    AnnounceForm,
    CancelForm,
    ConclusionForm,
    FileForm,
    HeldForm,
    IssueForm,
    MoveForm,
    OpenQuestionsForm,
    OpinionForm,
    RatingForm,
)
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import allowed_dialogues
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm

FORMS: dict[str, type[RefusableForm]] = {
    "announce": AnnounceForm,
    "move": MoveForm,
    "cancel": CancelForm,
    "held": HeldForm,
    "rate": RatingForm,
    "opinion": OpinionForm,
    "none_above": ActForm,
    "write": ConclusionForm,
    "issue": IssueForm,
    "close": ActForm,
    "open_questions": OpenQuestionsForm,
    "file": FileForm,
}


def render_card(
    request: SignedInRequest, pk: int, *, refused: Mapping[str, RefusableForm] | None = None
) -> HttpResponse:
    """The page; `refused` are the forms whose acts were refused, with their faults."""
    seen = allowed_dialogues(request.user, "dialogues.view").select_related("notice")
    dialogue: Dialogue = get_object_or_404(seen, pk=pk)
    first = {
        "seen": dialogue.changes,
        "on": clock.today(),
        "topic_id": dialogue.topic_id,
        "signer": dialogue.head_name,
        "text": dialogue.conclusion,
        "heard": "before" if dialogue.coming else "floor",
        "seats": dialogue.seats,
        "until": dialogue.asks_until or selectors.ask_until(dialogue),
    }
    forms = {
        name: form(initial=first, auto_id=f"id_{name}_%s") for name, form in FORMS.items()
    } | dict(refused or {})
    context = {
        "dialogue": dialogue,
        "card": selectors.card_of(request.user, dialogue),
        "forms": forms,
        "faults": [fault for one in (refused or {}).values() for fault in one.non_field_errors()],
        "held": dialogue.state == State.HELD,
        "topic": selectors.topic_of(dialogue),
        "asked": selectors.question_numbers(dialogue),
        "registered": selectors.registered(dialogue),
        "slips": selectors.slips_of(dialogue),
        "slip_grades": selectors.grades_of(dialogue) if dialogue.took_place else None,
        "to_publish": selectors.waits_to_be_published(request.user, dialogue),
        "opens_work": may(request.user, "commitments.view"),
        "opens_papers": may(request.user, "documents.view"),
    }
    status = 422 if refused else 200
    return render_page(request, "dialogues/card.html", "card", context, status=status)
