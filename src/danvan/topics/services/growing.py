"""Topics are added, renamed, moved under another topic, and given other names to be found by."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault
from danvan.topics.models import LONGEST_NAME, Topic, TopicAlias, TopicVersion
from danvan.topics.services.rows import (
    day_faults,
    name_faults,
    place_faults,
    refuse,
    seen_topic,
    touch,
    tree_held,
    words_of,
    write_version,
)
from danvan.vietnamese.text import fold

MOST_ALIASES = 20
CODE_LENGTH = 60


@transaction.atomic
def add_topic(
    *, name: str, parent: Topic | None, actor: Any, on: date | None = None, source: str = "",
    aliases: Iterable[str] = (),
) -> Topic:  # fmt: skip
    """Begin a topic under another, or at the top. Its code is made of its name and never changes."""
    grown, day, name = tree_held(), on or clock.today(), words_of(name)
    parent_id = parent.pk if parent else None
    kept = _aliases(aliases, name)
    refuse(
        [
            *name_faults(name),
            *day_faults(grown, None, day),
            *place_faults(grown, None, parent_id, name, day),
            *_alias_faults(kept),
        ]
    )
    topic = Topic.objects.create(
        code=_free_code(name, {one.code for one in grown.topics.values()}),
        valid_from=day, source=words_of(source)[:120], kept=True,
    )  # fmt: skip
    TopicVersion.objects.create(topic=topic, name=name, parent_id=parent_id, valid_from=day)
    write_aliases(topic, kept)
    audit.record(actor, "topics.add", topic, parent_id=parent_id)
    return topic


@transaction.atomic
def rename_topic(
    topic: Topic, *, name: str, actor: Any, on: date | None = None, seen: int | None = None
) -> Topic:
    """Call a topic by another name from a day on; it is still found by the former one."""
    grown, day, name = tree_held(), on or clock.today(), words_of(name)
    topic = seen_topic(topic, seen)
    parent_id = grown.topics[topic.pk].last.parent_id
    faults = [*name_faults(name), *day_faults(grown, topic.pk, day)]
    if not faults:
        faults += place_faults(grown, topic.pk, parent_id, name, day)
    refuse(faults)
    write_version(topic, name=name, parent_id=parent_id, on=day)
    touch(topic)
    audit.record(actor, "topics.rename", topic, on=day.isoformat())
    return topic


@transaction.atomic
def move_topic(
    topic: Topic, *, parent: Topic | None, actor: Any, on: date | None = None,
    seen: int | None = None,
) -> Topic:  # fmt: skip
    """Put a topic, with all that stands under it, under another one or at the top from a day on."""
    grown, day = tree_held(), on or clock.today()
    topic = seen_topic(topic, seen)
    name, parent_id = grown.topics[topic.pk].last.name, parent.pk if parent else None
    faults = list(day_faults(grown, topic.pk, day))
    if not faults:
        faults += place_faults(grown, topic.pk, parent_id, name, day)
    refuse(faults)
    write_version(topic, name=name, parent_id=parent_id, on=day)
    touch(topic)
    audit.record(actor, "topics.move", topic, on=day.isoformat(), parent_id=parent_id)
    return topic


@transaction.atomic
def name_aliases(
    topic: Topic, *, aliases: Iterable[str], actor: Any, seen: int | None = None
) -> Topic:
    """Say by which other words a topic is looked for; those not named any more are taken out."""
    grown = tree_held()
    topic = seen_topic(topic, seen)
    kept = _aliases(aliases, grown.topics[topic.pk].last.name)
    refuse(_alias_faults(kept))
    write_aliases(topic, kept)
    touch(topic)
    audit.record(actor, "topics.name_aliases", topic)
    return topic


def write_aliases(topic: Topic, aliases: Iterable[str]) -> None:
    """These are the other names of the topic, and no others."""
    wanted = {fold(words): words for words in aliases}
    held = {one.folded: one for one in topic.aliases.all()}
    topic.aliases.filter(folded__in=held.keys() - wanted.keys()).delete()
    TopicAlias.objects.bulk_create(
        TopicAlias(topic=topic, words=words, folded=folded)
        for folded, words in wanted.items()
        if folded not in held
    )


def _aliases(aliases: Iterable[str], name: str) -> list[str]:
    """The words given, each once, without the name itself."""
    said = [words for one in aliases if (words := words_of(one))]
    once = {fold(words): words for words in reversed(said) if fold(words) != fold(name)}
    return list(reversed(once.values()))


def _alias_faults(aliases: list[str]) -> Iterable[Fault]:
    if len(aliases) > MOST_ALIASES:
        yield Fault(
            f"Mỗi lĩnh vực có nhiều nhất {MOST_ALIASES} tên khác. Đồng chí vui lòng bỏ bớt.",
            column="aliases",
        )
    for words in aliases:
        if len(words) > LONGEST_NAME:
            yield Fault(
                f"Tên khác “{words[:40]}…” dài quá {LONGEST_NAME} ký tự. Đồng chí vui lòng ghi gọn lại.",
                column="aliases",
            )


def _free_code(name: str, taken: set[str]) -> str:
    """A code out of the letters of the name; numbered where it is taken."""
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:CODE_LENGTH].strip("-") or "linh-vuc"
    code, number = plain, 2
    while code in taken:
        code, number = f"{plain}-{number}", number + 1
    return code
