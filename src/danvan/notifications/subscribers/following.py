"""Acts of following up and difficulties, told to the units they concern; answers, to whoever asked and all on the way."""

from danvan.accounts.selectors import holders_near, reaches
from danvan.commitments.enums import FollowUpKind
from danvan.commitments.events import (
    DifficultyAnswered,
    DifficultyReached,
    FollowedUp,
    FollowUpAnswered,
)
from danvan.commitments.selectors import difficulties_told, follow_up_told, part_told
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import difficulty_page, follow_up_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

PERFORM, VERIFY = "commitments.perform", "commitments.verify"


@subscribe(FollowedUp)
def tell_followed_up(event: FollowedUp) -> None:
    """Who leads is told of an act about their work: one notice a person for each act."""
    act = follow_up_told(event.follow_up_id)
    if act is None:
        return
    parts = list(act.parts.all())
    people = holders_near({part.unit_id for part in parts}, PERFORM)
    mine: dict[int, list[str]] = {}
    for part in parts:
        titles = [one.title for one in part.commitments.all()]
        for user in people.get(part.unit_id, []):
            mine.setdefault(user, []).extend(titles)
    mine.pop(act.by_id or 0, None)
    kind = str(FollowUpKind(act.kind).label)
    asked = f", đề nghị trả lời trước ngày {format_date(act.answer_by)}" if act.answer_by else ""
    for user, titles in sorted(mine.items()):
        about = titles[0] if len(titles) == 1 else f"{format_number(len(titles))} việc"
        tell(
            [user],
            key=f"{event.name}:{act.pk}",
            topic=Topic.COMMITMENT,
            words=f"{kind}{asked}: {about}",
            url=follow_up_page(act.pk),
        )


@subscribe(FollowUpAnswered)
def tell_answered(event: FollowUpAnswered) -> None:
    """An answer is told to whoever acted, and to the people of the unit in whose name it was."""
    part = part_told(event.part_id)
    if part is None:
        return
    act = part.follow_up
    people = set(holders_near([act.unit_id], VERIFY).get(act.unit_id, []))
    if act.by is not None and reaches(act.by, "commitments.view", act.unit_id):
        people.add(act.by.pk)
    unit = last_names([part.unit_id], clock.today()).get(part.unit_id, "Đơn vị")
    kind = str(FollowUpKind(act.kind).label).lower()
    tell(
        people - {part.answered_by_id},
        key=f"{event.name}:{part.pk}",
        topic=Topic.COMMITMENT,
        words=f"{unit} đã trả lời lượt {kind} ngày {format_date(act.on)}",
        url=follow_up_page(act.pk),
    )


@subscribe(DifficultyReached)
def tell_difficulty(event: DifficultyReached) -> None:
    """Whoever is to answer at the unit that a difficulty reached is told."""
    for one in difficulties_told([event.difficulty_id]):
        if not one.waits or one.at_unit_id != event.unit_id:
            continue
        unit = last_names([one.unit_id], clock.today()).get(one.unit_id, "Đơn vị")
        last = list(one.steps.all())[-1]
        tell(
            set(holders_near([event.unit_id], VERIFY).get(event.unit_id, [])) - {last.by_id},
            key=f"{event.name}:{one.pk}:{event.unit_id}:{last.pk}",
            topic=Topic.COMMITMENT,
            words=f"{unit} nêu khó khăn, vướng mắc, chờ trả lời: {one.title}",
            url=difficulty_page(one.pk),
        )


@subscribe(DifficultyAnswered)
def tell_difficulty_answered(event: DifficultyAnswered) -> None:
    """An answer is told to whoever raised the difficulty, and to all on whose way it was."""
    for one in difficulties_told(event.difficulty_ids):
        people = set(holders_near([one.unit_id], PERFORM).get(one.unit_id, []))
        passed = {step.unit_id for step in one.steps.all()} - {one.unit_id}
        for some in holders_near(passed, VERIFY).values():
            people |= set(some)
        if one.raised_by is not None and reaches(one.raised_by, "commitments.view", one.unit_id):
            people.add(one.raised_by.pk)
        tell(
            people - {one.answered_by_id},
            key=f"{event.name}:{one.pk}",
            topic=Topic.COMMITMENT,
            words=f"Đã có trả lời khó khăn, vướng mắc: {one.title}",
            url=difficulty_page(one.pk),
        )
