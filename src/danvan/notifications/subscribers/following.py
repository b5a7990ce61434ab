"""Acts of following up, told to the units they concern; answers, to whoever acted."""

from danvan.accounts.selectors import holders_near, reaches
from danvan.commitments.enums import FollowUpKind
from danvan.commitments.events import FollowedUp, FollowUpAnswered
from danvan.commitments.selectors import follow_up_told, part_told
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import follow_up_page
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
