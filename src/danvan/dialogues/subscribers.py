"""What dialogues do about what happens in the ledger: whoever asked follows also the turns that are made later."""

from danvan.commitments.events import CommitmentsAssigned
from danvan.dialogues.selectors.reading import shown_with
from danvan.dialogues.services.slips import put_new_behind_slips
from danvan.foundation.events import subscribe


@subscribe(CommitmentsAssigned)
def follow_new_turns(event: CommitmentsAssigned) -> None:
    """What carries a public conclusion out is put behind the slips of its dialogue; what stands there stays."""
    for dialogue in shown_with(event.commitment_ids):
        put_new_behind_slips(dialogue)
