"""Under which topics dialogues and opinions are filed: for finding and counting, it changes nothing of what is done."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.dialogues.models import Dialogue, DialogueOpinion
from danvan.dialogues.services import rows
from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.topics.services import hold_topics

if TYPE_CHECKING:
    from danvan.accounts.models import User


def topic_faults(topic_id: int | None) -> list[Fault]:
    """Why nothing can be filed under a topic today; nobody ends one that stands while the transaction lasts."""
    try:
        hold_topics([topic_id])
    except RuleError as broken:
        return [Fault(broken.message, column="topic_id")]
    return []


@transaction.atomic
def file_dialogue(
    dialogue: Dialogue, *, topic_id: int | None, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """File a dialogue under a topic, or under none, in whatever state it is."""
    dialogue = rows.locked(dialogue, seen=seen)
    rows.refuse(topic_faults(topic_id))
    dialogue.topic_id = topic_id
    rows.save(dialogue, "topic")
    audit.record(actor, "dialogues.file", dialogue, topic_id=topic_id)
    return dialogue


@transaction.atomic
def file_opinion(
    opinion: DialogueOpinion, *, topic_id: int | None, actor: "User | None"
) -> DialogueOpinion:
    """File an opinion under a topic, or under none: also after the minutes are closed."""
    dialogue = rows.locked(opinion.dialogue)
    rows.refuse(topic_faults(topic_id))
    opinion = DialogueOpinion.objects.get(pk=opinion.pk)
    opinion.topic_id = topic_id
    opinion.save(update_fields=["topic"])
    audit.record(
        actor, "dialogues.file_opinion", dialogue, opinion_id=opinion.pk, topic_id=topic_id
    )
    return opinion
