"""A topic ends: nothing goes on, one other goes on with it (merge), or several do (split). And that is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.topics.growth import Growth, Known
from danvan.topics.models import Topic, TopicHeir, TopicVersion
from danvan.topics.selectors import Use, growth, uses
from danvan.topics.services.rows import (
    day_before,
    day_faults,
    days_from,
    place_faults,
    refuse,
    seen_topic,
    touch,
    tree_held,
    words_of,
    write_version,
)
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an end touches: the records filed there, the topics that would stand elsewhere, what forbids it."""

    uses: list[Use]
    children: list[str]
    above: str
    faults: list[Fault]

    @property
    def count(self) -> int:
        """How many records are read through the first heir from then on."""
        return sum(use.count for use in self.uses)


def foresee_end(topic: Topic, *, heirs: Sequence[Topic], on: date) -> Foreseen:
    """What ending a topic on a day would touch, without changing anything."""
    grown = growth()
    children = [node.path for node in grown.tree_on(clock.today()) if node.parent_id == topic.pk]
    above = grown.topics[heirs[0].pk].last.name if heirs else ""
    faults = _end_faults(grown, topic, heirs, on)
    return Foreseen(_own_uses(grown, topic), children, above, faults)


@transaction.atomic
def end_topic(
    topic: Topic, *, heirs: Sequence[Topic] = (), reason: str, actor: Any, on: date | None = None,
    seen: int | None = None,
) -> Topic:  # fmt: skip
    """End a topic: one heir is a merge, several a split; the first reads what was filed before, and takes the children.

    Records keep the topic that was written on them. Without an heir only what nobody uses may end.
    """
    grown, day, said = tree_held(), on or clock.today(), words_of(reason)
    topic = seen_topic(topic, seen)
    faults = _end_faults(grown, topic, heirs, day)
    if not said:
        faults.append(Fault("Đồng chí vui lòng ghi lý do, kèm văn bản nếu có.", column="reason"))
    elif len(said) > LONGEST_REASON:
        faults.append(
            Fault(
                f"Lý do dài quá {LONGEST_REASON} ký tự. Đồng chí vui lòng ghi gọn lại.",
                column="reason",
            )
        )
    refuse(faults)
    moved = _children(grown, topic.pk)
    for child in Topic.objects.filter(pk__in=moved):
        name = grown.topics[child.pk].last.name
        write_version(child, name=name, parent_id=heirs[0].pk, on=day)
        touch(child)
    TopicVersion.objects.filter(topic=topic, valid_to=None).update(valid_to=day)
    TopicHeir.objects.bulk_create(
        TopicHeir(topic=topic, heir=heir, place=place) for place, heir in enumerate(heirs)
    )
    topic.valid_to, topic.ending = day, said
    touch(topic, "valid_to", "ending")
    act = {0: "topics.end", 1: "topics.merge"}.get(len(heirs), "topics.split")
    audit.record(
        actor, act, topic, on=day.isoformat(), heirs=[one.pk for one in heirs], moved=moved
    )
    return topic


@transaction.atomic
def take_back_end(topic: Topic, *, actor: Any, seen: int | None = None) -> Topic:
    """Let an ended topic stand again as if it had not ended; children that did not change since come back under it."""
    grown = tree_held()
    topic = seen_topic(topic, seen)
    one = grown.topics[topic.pk]
    day, last = one.valid_to, one.last
    if day is None:
        raise RuleError(
            f"Lĩnh vực “{last.name}” đang dùng nên không cần mở lại. Đồng chí vui lòng tải lại trang."
        )
    refuse(place_faults(grown, None, last.parent_id, last.name, day))
    back = [other.id for other in grown.topics.values() if _came_away(grown, one, other)]
    TopicHeir.objects.filter(topic=topic).delete()
    TopicVersion.objects.filter(topic=topic, valid_to=day).update(valid_to=None)
    topic.valid_to, topic.ending = None, ""
    touch(topic, "valid_to", "ending")
    for child in Topic.objects.filter(pk__in=back):
        TopicVersion.objects.filter(topic=child, valid_to=None).delete()
        TopicVersion.objects.filter(topic=child, valid_to=day).update(valid_to=None)
        touch(child)
    audit.record(actor, "topics.take_back", topic, moved=back)
    return topic


def _came_away(grown: Growth, one: Known, other: Known) -> bool:
    """Whether a topic went to the first heir when `one` ended, stands there unchanged, and may come back under it."""
    day, above = one.valid_to, one.last.parent_id
    if day is None or not one.heirs or other.valid_to is not None or len(other.spans) < 2:
        return False
    former, now = other.spans[-2:]
    unchanged = (now.valid_from, now.parent_id, now.name) == (day, one.heirs[0], former.name)
    # What stands above the one that comes back may by now stand under the child: then the child stays.
    return (
        unchanged
        and former.parent_id == one.id
        and all(above not in grown.tree_on(turn).below(other.id) for turn in days_from(grown, day))
    )


def _end_faults(grown: Growth, topic: Topic, heirs: Sequence[Topic], on: date) -> list[Fault]:
    one = grown.topics[topic.pk]
    faults = list(day_faults(grown, topic.pk, on))
    if faults:
        return faults
    if on == one.last.valid_from:  # a version lasts a day at least
        faults.append(
            Fault(
                f"“{one.last.name}” mới có, hoặc mới đổi, từ ngày {format_date(on)}. Đồng chí vui lòng chọn ngày sau "
                "đó.",
                column="on",
            )
        )
    later = [grown.topics[pk] for pk in grown.came_from(topic.pk)]
    if any(past.valid_to and past.valid_to > on for past in later):
        faults.append(
            Fault(
                f"“{one.last.name}” nhận kế thừa từ lĩnh vực khác sau ngày {format_date(on)}. Đồng chí vui lòng chọn "
                "ngày muộn hơn.",
                column="on",
            )
        )
    for heir in heirs:
        faults += _heir_faults(grown, topic.pk, heir.pk, on)
    return faults or _rest_faults(grown, topic, heirs, on)


def _heir_faults(grown: Growth, topic_id: int, heir_id: int, on: date) -> list[Fault]:
    heir, tree = grown.topics[heir_id], grown.tree_on(clock.today())
    name = heir.last.name
    if heir.valid_to is not None or heir.valid_from > on:
        why = f"“{name}” không dùng trong suốt thời gian từ {format_date(on)}"
    elif heir_id in tree.below(topic_id) or heir_id in grown.tree_on(on).below(topic_id):
        why = f"“{name}” chính là lĩnh vực kết thúc, hoặc nằm dưới nó"
    else:
        return []
    told = f"{why} nên không kế thừa được. Đồng chí vui lòng chọn lĩnh vực khác, hoặc chuyển nó ra trước."
    return [Fault(told, column="heirs")]


def _rest_faults(grown: Growth, topic: Topic, heirs: Sequence[Topic], on: date) -> list[Fault]:
    """What is filed there needs an heir; so do the children, each of which must be able to stand under it."""
    children, name = _children(grown, topic.pk), grown.topics[topic.pk].last.name
    if heirs:
        return [
            fault
            for pk in children
            for fault in (
                list(day_faults(grown, pk, on))
                or list(place_faults(grown, pk, heirs[0].pk, grown.topics[pk].last.name, on))
            )
        ] + _left_below(grown, topic.pk, children, on)
    faults = _left_below(grown, topic.pk, children, on)
    if children:
        names = ", ".join(f"“{grown.topics[pk].last.name}”" for pk in children[:5])
        faults.append(
            Fault(
                f"Dưới “{name}” còn {names}. Đồng chí vui lòng chuyển các lĩnh vực con đi, hoặc chọn lĩnh vực kế thừa.",
                column="heirs",
            )
        )
    used = [use for use in _own_uses(grown, topic) if use.count]
    if used:
        told = ", ".join(f"{format_number(use.count)} {use.label}" for use in used)
        faults.append(
            Fault(
                f"“{name}” đang dùng cho {told}. Đồng chí vui lòng chọn lĩnh vực kế thừa để vẫn tìm và đếm được.",
                column="heirs",
            )
        )
    return faults


def _left_below(grown: Growth, topic_id: int, children: list[int], on: date) -> list[Fault]:
    """Topics that stood under it on a day since, and do not now: their past would lose its place."""
    return [
        Fault(
            f"“{one.last.name}” còn thuộc lĩnh vực này đến ngày {format_date(day_before(span.valid_to))}. Đồng chí vui "
            "lòng chọn ngày muộn hơn.",
            column="on",
        )
        for one in grown.topics.values()
        for span in one.spans
        if one.id not in children and span.parent_id == topic_id and span.valid_to
        and span.valid_to > on
    ]  # fmt: skip


def _children(grown: Growth, topic_id: int) -> list[int]:
    """Those that stand under it now."""
    return [
        one.id
        for one in grown.topics.values()
        if one.valid_to is None and one.last.parent_id == topic_id
    ]


def _own_uses(grown: Growth, topic: Topic) -> list[Use]:
    """What is filed under the topic itself and what it goes on with, its children not counted."""
    today = clock.today()
    below = {pk for child in _children(grown, topic.pk) for pk in grown.reading_under(child, today)}
    return uses(topic.pk, grown.reading_under(topic.pk, today) - below)
