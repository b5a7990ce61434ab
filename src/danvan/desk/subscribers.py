"""What happens in one module and is written down in a sibling, which it must not know. Each may run twice: it writes once."""

from danvan.activities.enums import ActivityKind
from danvan.activities.selectors import recorded_on
from danvan.activities.services import Draft, record_draft
from danvan.dialogues.events import DialogueHeld
from danvan.dialogues.selectors import dialogue_held
from danvan.foundation.events import subscribe

KEY = "dialogues.dialogue:"  # the fingerprint of an activity that a dialogue wrote


@subscribe(DialogueHeld)
def count_dialogue(event: DialogueHeld) -> None:
    """A dialogue held counts as one activity of its host, so that targets and reports count every dialogue once.

    Where the host recorded its dialogue of that day by hand already, that one stands for both.
    """
    held = dialogue_held(event.dialogue_id)
    if held is None:
        return
    there = recorded_on(held.unit_id, ActivityKind.DIALOGUE, held.held_on)
    if there.exclude(import_key__startswith=KEY).exists():
        return
    draft = Draft(
        unit_id=held.unit_id,
        kind=ActivityKind.DIALOGUE,
        title=held.subject[:400],
        held_on=held.held_on,
        place=held.place,
        attendance=held.people,
        import_key=f"{KEY}{event.dialogue_id}",
    )
    record_draft(draft, actor=None)
