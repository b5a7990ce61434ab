"""Whatever is done to the tree of topics, it stays a tree on every day, and nothing that was filed is lost."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.topics.models import Topic
from danvan.topics.selectors import growth, kinds_of_use
from danvan.topics.services import (
    add_topic,
    end_topic,
    move_topic,
    rename_topic,
    take_back_end,
)
from tests.examples import examples
from tests.topics.trees import forgotten, registered

pytestmark = pytest.mark.django_db
FIRST, TODAY = date(2026, 1, 1), date(2026, 1, 9)
NAMES = ("Đất", "Nước", "Rừng", "Biển")
places = st.integers(0, 7)
acts = st.tuples(
    st.sampled_from(["add", "add", "move", "rename", "end", "end", "file", "back"]),
    places, places, places, st.sampled_from(NAMES), st.integers(0, 8),
)  # fmt: skip


def act(kind, topics, records, one, two, three, name, day):
    """One act on the tree, as far as it is allowed; a refused one changes nothing."""
    on = FIRST + timedelta(days=day)
    topic, other, third = (topics[n % len(topics)] if topics else None for n in (one, two, three))
    above = other if two % 3 else None
    if kind == "add":
        add_topic(name=name, parent=above, on=on, actor=None)
    elif topic is None:
        return
    elif kind == "move":
        move_topic(topic, parent=above, on=on, actor=None)
    elif kind == "rename":
        rename_topic(topic, name=name, on=on, actor=None)
    elif kind == "end":
        heirs = list(dict.fromkeys([other, third]))[: two % 3]
        before = growth().topics
        end_topic(topic, heirs=heirs, reason="x", on=on, actor=None)
        if three % 2:
            take_back_end(topic, actor=None)
            moved_that_day = {pk for pk, known in before.items() if known.last.valid_from == on}
            after = growth().topics
            assert all(after[pk] == before[pk] for pk in before if pk not in moved_that_day)
    elif kind == "back":
        take_back_end(topic, actor=None)
    elif topic.valid_to is None:
        records.filed[topic.pk] = records.filed.get(topic.pk, 0) + day + 1


def holds(records):
    """What must be true of the tree on every day, and of what was filed."""
    grown = growth()
    for day in (FIRST + timedelta(days=n) for n in range(-1, 12)):
        tree = grown.tree_on(day)
        standing = [one for one in grown.topics.values() if one.span_on(day)]
        # A ring, or a topic below what does not stand, would not be reached from the top.
        assert sorted(node.id for node in tree) == sorted(one.id for one in standing)
        assert len({(node.parent_id, node.name) for node in tree}) == len(standing)
        for one in grown.topics.values():
            within = one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
            assert sum(span.holds(day) for span in one.spans) == within
            read = grown.read_on(one.id, day)
            assert read is None or (read in tree and grown.read_on(read, day) == read)
            assert not within or read == one.id
        counts = tree.rolled_up(grown.read_counts(records.filed, day))
        own = grown.read_counts(records.filed, day)
        for node in tree:
            below = [counts[child.id] for child in tree if child.parent_id == node.id]
            assert counts[node.id] == own.get(node.id, 0) + sum(below)
            taken = grown.reading_under(node.id, day)
            assert counts[node.id] == sum(n for pk, n in records.filed.items() if pk in taken)
    # Every topic in use stands, or has an heir that does.
    assert all(grown.read_on(pk, TODAY) is not None for pk in records.filed)
    tops = {node.id for node in grown.tree_on(TODAY) if node.parent_id is None}
    kinds = kinds_of_use(grown, on=TODAY)
    shown = sum(kind.counts[top] for kind in kinds for top in tops)
    assert shown == sum(records.filed.values())


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(acts, min_size=4, max_size=14))
def test_the_tree_stays_a_tree_on_every_day(done):
    records = registered()
    try:
        with override_settings(DANVAN_TODAY=TODAY), transaction.atomic():
            for one in done:
                kind, *rest = one
                try:
                    with transaction.atomic():
                        act(kind, list(Topic.objects.order_by("pk")), records, *rest)
                except RuleError:
                    pass
            holds(records)
            transaction.set_rollback(True)
    finally:
        forgotten()
