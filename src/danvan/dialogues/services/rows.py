"""What every act on a dialogue does first and last: the row under lock, unchanged since it was seen; its step."""

from typing import TYPE_CHECKING

from danvan.dialogues.enums import NEXT, State, StepKind
from danvan.dialogues.models import Dialogue, DialogueStep
from danvan.foundation import clock, search
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONG = 20_000  # letters of an opinion, an answer or a conclusion


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
    kept = canonical(words).strip()
    sentence = missing if not kept else ""
    if len(kept) > most:
        sentence = f"Phần này dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
    if sentence:
        raise RuleError(sentence, faults=[Fault(sentence, column=column)])
    return kept


def refuse(faults: list[Fault]) -> None:
    """RuleError with every fault at once, where there is one."""
    if faults:
        raise RuleError(" ".join(one.message for one in faults), faults=faults)


def index(dialogue: Dialogue) -> None:
    """The words it is found by: never an opinion, never a name of who gave one."""
    search.index(dialogue, "\n".join((dialogue.number, dialogue.subject, dialogue.place)))
