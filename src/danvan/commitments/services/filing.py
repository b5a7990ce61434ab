"""Under which topic a commitment is filed: for finding and counting, it changes nothing of what must be done."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import StepKind
from danvan.commitments.models import Commitment
from danvan.commitments.services import rows
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.topics.selectors import told_topics
from danvan.topics.services import hold_topics

if TYPE_CHECKING:
    from danvan.accounts.models import User


def topic_faults(topic_ids: Iterable[int | None]) -> list[Fault]:
    """Why something cannot be filed under these topics today; while the transaction lasts nobody ends those that stand."""
    try:
        hold_topics(topic_ids)
    except RuleError as broken:
        return list(broken.faults)
    return []


@transaction.atomic
def file_commitment(
    commitment: Commitment, *, topic_id: int | None, actor: "User | None", seen: int | None = None
) -> Commitment:
    """File a commitment under a topic, or under none; a line of its timeline says so."""
    commitment = rows.locked(commitment, seen=seen)
    hold_topics([topic_id])
    if commitment.topic_id == topic_id:
        return commitment
    commitment.topic_id = topic_id
    rows.save(commitment, "topic")
    told = told_topics([topic_id], on=clock.today())
    words = told[topic_id].path if topic_id is not None else "Bỏ phân lĩnh vực"
    rows.step(commitment, StepKind.FILED, actor=actor, words=words)
    audit.record(actor, "commitments.file", commitment, topic_id=topic_id)
    return commitment
