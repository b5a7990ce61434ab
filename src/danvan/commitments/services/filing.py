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
    _file([commitment], topic_id, actor)
    return commitment


@transaction.atomic
def file_commitments(
    commitments: Iterable[Commitment], *, topic_id: int | None, actor: "User | None"
) -> list[Commitment]:
    """File many under one topic in one act; those that changed. Queries do not grow with their number."""
    return _file(rows.locked_many(commitments), topic_id, actor)


def _file(
    commitments: list[Commitment], topic_id: int | None, actor: "User | None"
) -> list[Commitment]:
    if faults := topic_faults([topic_id]):
        raise RuleError(faults[0].message, faults=faults)
    found = [one for one in commitments if one.topic_id != topic_id]
    if not found:
        return []
    told = told_topics([topic_id], on=clock.today())
    words = told[topic_id].path if topic_id is not None else "Bỏ phân lĩnh vực"
    Commitment.objects.filter(pk__in=[one.pk for one in found]).update(topic=topic_id)
    rows.steps(found, StepKind.FILED, actor=actor, words=words)
    for one in found:
        one.topic_id = topic_id
        one.changes += 1
    ids = [one.pk for one in found]
    audit.record(actor, "commitments.file", found[0], ids=ids, topic_id=topic_id)
    return found
