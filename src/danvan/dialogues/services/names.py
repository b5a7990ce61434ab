"""Names that people left are wiped: when the dialogue ends, or when its term to keep them is over."""

from django.db import transaction
from django.db.models import Q

from danvan.dialogues.enums import State
from danvan.dialogues.models import (
    Dialogue,
    DialogueOpinion,
    DialogueQuestion,
    DialogueRegistration,
)
from danvan.dialogues.services import rows
from danvan.foundation import audit, clock
from danvan.law.selectors import last_days

KEEP = "dialogue.names.keep"  # the row of the law that says for how long after the dialogue
OVER = (State.CLOSED, State.CANCELLED)


def wipe_names(dialogue: Dialogue) -> int:
    """Nobody needs to know any more who asked or spoke; how many names went. The caller holds the dialogue."""
    kept = (dialogue.questions, dialogue.registrations, dialogue.opinions)
    return sum(one.exclude(name="").update(name="") for one in kept)


def wipe_old_names() -> int:
    """Wipe the names of dialogues that ended, or whose term is over though nobody closed them; how many dialogues.

    Run again, it finds nothing. Each dialogue is a transaction of its own.
    """
    asked = DialogueQuestion.objects.exclude(name="").values("dialogue")
    spoke = DialogueOpinion.objects.exclude(name="").values("dialogue")
    comes = DialogueRegistration.objects.exclude(name="").values("dialogue")
    found = Dialogue.objects.filter(Q(pk__in=asked) | Q(pk__in=spoke) | Q(pk__in=comes))
    dialogues = list(found.order_by("pk"))
    ends, today = last_days(KEEP, {one.held_on for one in dialogues}), clock.today()
    wiped = 0
    for one in dialogues:
        over = one.held_on in ends and ends[one.held_on] < today
        if one.state in OVER or over:
            with transaction.atomic():
                held = rows.locked(one)
                if wipe_names(held):
                    audit.record(None, "dialogues.wipe_names", held)
                    wiped += 1
    return wiped
