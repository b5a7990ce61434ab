"""Loading the file of topics: what people changed here stays as they left it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.topics.growth import Growth
from danvan.topics.models import Topic, TopicVersion
from danvan.topics.seed_file import SEED, TopicRow, read_topics
from danvan.topics.selectors import growth
from danvan.topics.services.growing import write_aliases
from danvan.topics.services.rows import place_faults, tree_held, words_of, write_version
from danvan.vietnamese.text import fold

__all__ = ["SEED", "Loaded", "load_topics"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: topics begun, topics that changed, rows left out, rows that were so already.

    `left`: somebody keeps that topic here, or it would clash with what stands.
    """

    added: int
    changed: int
    left: int
    unchanged: int


@transaction.atomic
def load_topics(*, actor: Any = None, path: Path = SEED) -> Loaded:
    """Begin the topics of the file that are not known, and change those that nobody keeps here. None ever ends.

    Loading the same file again does nothing. A new name or place holds from today on.
    """
    rows, grown = read_topics(path), tree_held()
    topics = {topic.code: topic for topic in Topic.objects.all()}
    added, changed, left = [], [], 0
    for row in rows:
        above = topics.get(row.parent)
        parent_id = grown.read_on(above.pk, clock.today()) if above else None
        held = topics.get(row.code)
        if held is None:
            made = _begun(row, parent_id, grown)
            if made is None:
                left += 1
                continue
            topics[row.code] = made
            added.append(made)
            grown = growth()
        elif held.kept or (turned := _turned(held, row, parent_id, grown)) is None:
            left += 1
        elif turned:
            changed.append(held)
            grown = growth()
    if done := added + changed:
        ids = [one.pk for one in added], [one.pk for one in changed]
        audit.record(actor, "topics.load", done[0], added=ids[0], changed=ids[1])
    return Loaded(len(added), len(changed), left, len(rows) - len(added) - len(changed) - left)


def _begun(row: TopicRow, parent_id: int | None, grown: Growth) -> Topic | None:
    """The topic of a row, begun; None where its place is taken or above it nothing stands."""
    day = _first_day(row, parent_id, grown)
    name = words_of(row.name)
    if list(place_faults(grown, None, parent_id, name, day)):
        return None
    topic = Topic.objects.create(code=row.code, valid_from=day, source=row.source)
    TopicVersion.objects.create(topic=topic, name=name, parent_id=parent_id, valid_from=day)
    write_aliases(topic, row.aliases)
    return topic


def _first_day(row: TopicRow, parent_id: int | None, grown: Growth) -> date:
    """As the file says; under a parent that began later, with it."""
    if parent_id is None:
        return row.valid_from
    return max(row.valid_from, grown.topics[parent_id].valid_from)


def _turned(held: Topic, row: TopicRow, parent_id: int | None, grown: Growth) -> bool | None:
    """Whether a topic that nobody keeps was changed to what its row says; None where that would clash."""
    one, name, today = grown.topics[held.pk], words_of(row.name), clock.today()
    stands = (one.last.name, one.last.parent_id) == (name, parent_id)
    found = {fold(words) for words in one.aliases} == {fold(words) for words in row.aliases}
    if stands and found and held.source == row.source:
        return False
    if not stands:
        if list(place_faults(grown, held.pk, parent_id, name, today)):
            return None
        write_version(held, name=name, parent_id=parent_id, on=today)
    write_aliases(held, row.aliases)
    held.source = row.source
    held.changes += 1
    held.save(update_fields=["source", "changes"])
    return True
