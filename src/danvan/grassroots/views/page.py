"""The page of one matter, with the form of each act as it stands."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from danvan.accounts.access import SignedInRequest
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm
from danvan.grassroots import selectors
from danvan.grassroots.enums import State
from danvan.grassroots.forms import (
    ActForm,
    AnswerForm,
    CommentForm,
    DayForm,
    FilesForm,
    PublishForm,
    RecogniseForm,
    WithdrawForm,
)
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors import Card, allowed_matters

FORMS: dict[str, type[RefusableForm]] = {
    "publish": PublishForm,
    "files": FilesForm,
    "send": DayForm,
    "recognise": RecogniseForm,
    "comment": CommentForm,
    "close": DayForm,
    "answer": AnswerForm,
    "end": ActForm,
    "withdraw": WithdrawForm,
}


def render_card(
    request: SignedInRequest, pk: int, *, refused: Mapping[str, RefusableForm] | None = None
) -> HttpResponse:
    """The page; `refused` are the forms whose acts were refused, with their faults."""
    seen = allowed_matters(request.user, "dialogues.view").select_related("kind")
    matter: Matter = get_object_or_404(seen, pk=pk)
    card = selectors.card_of(request.user, matter)
    first = {"seen": matter.changes, "on": clock.today(), "from_on": clock.today()}
    forms = {
        name: form(initial=first, auto_id=f"id_{name}_%s") for name, form in FORMS.items()
    } | dict(refused or {})
    context = {
        "matter": matter,
        "card": card,
        "forms": forms,
        "open": openings(card),
        "to_publish": selectors.waits_to_be_published(request.user, matter),
        "faults": [fault for one in (refused or {}).values() for fault in one.non_field_errors()],
    }
    status = 422 if refused else 200
    return render_page(request, "grassroots/card.html", "card", context, status=status)


def openings(card: Card) -> dict[str, bool]:
    """Which acts the page offers: what the reader may do with the matter as it stands."""
    matter, may = card.matter, card.may_keep
    return {
        "publish": may and matter.open,
        "vote": card.may_become(State.PASSED),
        "send": may and matter.state == State.PASSED and matter.sent_on is None,
        "recognise": may
        and bool(matter.kind.recogniser)
        and matter.sent_on is not None
        and not matter.recognition
        and matter.open,
        "comment": card.may_become(State.COUNTED),
        "reply": may and matter.state in (State.SHOWN, State.COUNTED),
        "close": card.may_become(State.COUNTED),
        "answer": card.may_become(State.ANSWERED),
        "end": card.may_become(State.ENDED),
        "withdraw": card.may_become(State.WITHDRAWN),
        "files": may and matter.state != State.WITHDRAWN,
    }
