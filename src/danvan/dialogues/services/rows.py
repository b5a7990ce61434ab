"""What every act on a dialogue does first and last: the row under lock, unchanged since it was seen; its step."""

from typing import TYPE_CHECKING

from danvan.dialogues.enums import NEXT, State, StepKind
from danvan.dialogues.models import Dialogue, DialogueStep
from danvan.foundation import clock, search
from danvan.foundation.acting import LONG, refuse, words_of
from danvan.foundation.errors import RuleError
from danvan.organisations.services.holding import hold_units

if TYPE_CHECKING:
    from danvan.accounts.models import User

__all__ = [
    "LONG",
    "index",
    "locked",
    "move",
    "refuse",
    "save",
    "step",
    "text_of",
    "words_of",
    "wrong_state",
]


def locked(dialogue: Dialogue, *, seen: int | None = None) -> Dialogue:
    """Re-read the row under a lock, after its host; RuleError where somebody acted since the page showed it (`seen`)."""
    # A merger holds the host, then its commitments and dialogues.
    hold_units([dialogue.unit_id])
    found = Dialogue.objects.select_for_update(of=("self",), no_key=True).get(pk=dialogue.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            f"Có người vừa sửa cuộc đối thoại {found.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def move(dialogue: Dialogue, to: str, *, refusal: str) -> None:
    """Put the row into its next state; RuleError that says where it stands and what to do instead."""
    if to not in NEXT[dialogue.state]:
        raise wrong_state(dialogue, refusal)
    dialogue.state = to


def wrong_state(dialogue: Dialogue, refusal: str) -> RuleError:
    """The refusal of an act that does not fit where the dialogue stands."""
    label = str(State(dialogue.state).label).lower()
    return RuleError(f"Cuộc đối thoại {dialogue.number} đang ở tình trạng “{label}”. {refusal}")


def save(dialogue: Dialogue, *fields: str) -> None:
    """Keep these fields and count the act."""
    dialogue.changes += 1
    dialogue.save(update_fields=[*fields, "changes"])


def step(dialogue: Dialogue, kind: StepKind, *, actor: "User | None", words: str = "") -> None:
    """Write one line of the history."""
    DialogueStep.objects.create(
        dialogue=dialogue, kind=kind, at=clock.now(), by=actor, words=words[:600]
    )


def text_of(words: str, *, missing: str, column: str, most: int = LONG) -> str:
    """The words as they are stored; RuleError with `missing` where there are none, or where they are too long."""
    kept, faults = words_of(words, column=column, missing=missing, most=most)
    refuse(faults)
    return kept


def index(dialogue: Dialogue) -> None:
    """The words it is found by: never an opinion, never a name of who gave one."""
    search.index(dialogue, "\n".join((dialogue.number, dialogue.subject, dialogue.place)))
