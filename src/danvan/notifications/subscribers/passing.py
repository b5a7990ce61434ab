"""What a reorganisation passed to other units, told to whoever answers for it now. Nothing is told of what was undone."""

from collections import defaultdict
from collections.abc import Iterable

from danvan.accounts.selectors import holders_near
from danvan.commitments.events import MattersPassed
from danvan.commitments.selectors import commitments_told, explanations_told, passed_still
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import (
    commitment_page,
    commitments_page,
    explanation_page,
    explanations_page,
)
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.vietnamese.numbers import format_number

PERFORM, VERIFY = "commitments.perform", "commitments.verify"


# What the unit has to do with each part, and the right of whoever is told.
COMMITMENTS = {
    "lead": ("để chủ trì", PERFORM),
    "assigner": ("để theo dõi, kiểm tra", VERIFY),
    "support": ("để phối hợp", PERFORM),
}
EXPLANATIONS = {
    "explainer": ("để trả lời", PERFORM),
    "asker": ("để cho ý kiến", VERIFY),
}


@subscribe(MattersPassed)
def tell_passed(event: MattersPassed) -> None:
    """Who answers now is told of what passed to their unit: one notice a person for each part."""
    about = event.part in EXPLANATIONS
    still = passed_still(event.steps, explanations=about)
    rows = zip(event.ids, event.units, event.steps, strict=True)
    taken = [(pk, unit) for pk, unit, step in rows if step in still]
    why, action = (EXPLANATIONS if about else COMMITMENTS)[event.part]
    people = holders_near({unit for _, unit in taken}, action)
    mine: dict[int, set[int]] = defaultdict(set)
    for pk, unit in taken:
        for user in people.get(unit, []):
            mine[user].add(pk)
    by = f" theo {event.number}" if event.number else ""
    key = f"{event.name}:{event.part}:{min(event.steps)}"
    titles = _titles(event.ids, explanations=about)
    for user, pks in sorted(mine.items()):
        first = min(pks)
        if len(pks) == 1:
            words = f"Chuyển đến{by} {why}: {titles[first]}"
            url = explanation_page(first) if about else commitment_page(first)
        else:
            what = "yêu cầu giải trình" if about else "việc"
            words = f"{format_number(len(pks))} {what} chuyển đến{by} {why}"
            url = explanations_page() if about else commitments_page()
        topic = Topic.EXPLANATION if about else Topic.COMMITMENT
        tell([user], key=key, topic=topic, words=words, url=url)


def _titles(pks: Iterable[int], *, explanations: bool) -> dict[int, str]:
    if explanations:
        return {one.pk: one.subject for one in explanations_told(pks)}
    return {one.pk: one.title for one in commitments_told(pks)}
