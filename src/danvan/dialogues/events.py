"""What happens to dialogues, for the modules above. Ids, days and plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class DialogueHeld(Event):
    """A dialogue took place and its attendance was written down."""

    name: ClassVar[str] = "dialogues.held"
    dialogue_id: int


@dataclass(frozen=True, kw_only=True)
class DialogueConcluded(Event):
    """The notice of a dialogue's conclusions was issued."""

    name: ClassVar[str] = "dialogues.concluded"
    dialogue_id: int
