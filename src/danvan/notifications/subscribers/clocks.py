"""What the clocks of commitments say: a mark that has come, a day that moved. One notice a person for each."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import holders_near, reaches
from danvan.commitments.enums import UNDONE
from danvan.commitments.events import CommitmentsWarned, DueDaysMoved, RisksOver, SeriesNoted
from danvan.commitments.selectors import commitments_told
from danvan.commitments.selectors.telling import risks_told, series_step_told
from danvan.commitments.selectors.ties import heads_told
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.law.enums import Mark
from danvan.notifications.addresses import commitment_page, commitments_page, series_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.notifications.subscribers.heads import who_may_view
from danvan.organisations.selectors import units_on
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment

PERFORM, VERIFY, ASSIGN = "commitments.perform", "commitments.verify", "commitments.assign"
# Of each mark: what is said of one commitment, and of several.
WORDS: dict[str, tuple[str, str]] = {
    Mark.HALF: ("Đã qua nửa thời hạn", "việc đã qua nửa thời hạn"),
    Mark.MOST: ("Gần hết thời hạn", "việc gần hết thời hạn"),
    Mark.BEFORE: ("Sắp đến hạn", "việc sắp đến hạn"),
    Mark.DUE: ("Đến hạn", "việc đến hạn"),
    Mark.ESCALATED: ("Việc đã giao bị quá hạn", "việc đã giao bị quá hạn"),
    Mark.ESCALATED_HIGHER: ("Việc cấp dưới giao bị quá hạn", "việc cấp dưới giao bị quá hạn"),
}

PAST = ("Đã quá hạn", "việc đã đến hạn hoặc quá hạn")


@subscribe(CommitmentsWarned)
def tell_warned(event: CommitmentsWarned) -> None:
    """Before and on its day who leads and who supports are told; after it who assigned, then the level above.

    Whoever supervises it is told of all but the last.
    """
    undone = [one for one in commitments_told(event.commitment_ids) if one.state in UNDONE]
    if event.mark == Mark.ESCALATED:
        found = _by_person(undone, {one.pk: [one.assigner_id] for one in undone}, VERIFY)
    elif event.mark == Mark.ESCALATED_HIGHER:
        found = _by_person(undone, _above(undone), VERIFY)
    else:
        units = {one.pk: [one.lead_id, *_supports(one)] for one in undone}
        found = _by_person(undone, units, PERFORM)
    if event.mark != Mark.ESCALATED_HIGHER:
        _add_heads(found, undone)
    one_word, many = WORDS[event.mark]
    if event.mark == Mark.DUE and undone and (undone[0].due_on or date.max) < clock.today():
        one_word, many = PAST  # opened again after its day
    key = f"{event.name}:{event.mark}:{min(event.warning_ids)}"
    for user, mine in found.items():
        first = mine[0]
        day = f"hạn {format_date(first.due_on)}" if first.due_on else ""
        words = (
            f"{one_word} ({day}): {first.title}"
            if len(mine) == 1
            else f"{format_number(len(mine))} {many}, {day.replace('hạn', 'hạn sớm nhất', 1)}"
        )
        tell([user], key=key, topic=Topic.DUE, words=words, **_page(mine))


@subscribe(DueDaysMoved)
def tell_days_moved(event: DueDaysMoved) -> None:
    """Who leads is told that days moved though nobody asked for it."""
    rows = [one for one in commitments_told(event.commitment_ids) if one.due_on]
    found = _by_person(rows, {one.pk: [one.lead_id] for one in rows}, PERFORM)
    for user, mine in found.items():
        words = (
            f"Lịch hoặc quy định thay đổi, hạn nay là {format_date(mine[0].due_on)}: {mine[0].title}"
            if len(mine) == 1 and mine[0].due_on
            else f"Lịch hoặc quy định thay đổi, {format_number(len(mine))} việc có hạn mới"
        )
        key = f"{event.name}:{min(event.steps)}"
        tell([user], key=key, topic=Topic.DUE, words=words, **_page(mine))


@subscribe(RisksOver)
def tell_risks_over(event: RisksOver) -> None:
    """That the day of an accepted risk has come: whoever accepted it, who may decide about it, and who leads."""
    for risk in risks_told(event.risk_ids):
        one = risk.commitment
        deciding = set(holders_near([one.assigner_id], ASSIGN).get(one.assigner_id, []))
        if risk.accepted_by and reaches(risk.accepted_by, ASSIGN, one.assigner_id):
            deciding.add(risk.accepted_by.pk)
        leading = set(holders_near([one.lead_id], PERFORM).get(one.lead_id, [])) - deciding
        until = f"Đã đến ngày {format_date(risk.until)} xem lại việc được chấp nhận rủi ro"
        for people, words in (
            (deciding, f"{until}, đề nghị cho làm tiếp hoặc quyết định khác: {one.title}"),
            (leading, f"{until}, nơi giao sẽ quyết định: {one.title}"),
        ):
            key = f"{event.name}:{risk.pk}"
            tell(people, key=key, topic=Topic.DUE, words=words, url=commitment_page(one.pk))


@subscribe(SeriesNoted)
def tell_series_noted(event: SeriesNoted) -> None:
    """Whoever assigned a duty that comes back is told that turns were missed, or that one cannot be made."""
    step = series_step_told(event.step_id)
    if step is None:
        return
    row = step.series
    people = holders_near([row.assigner_id], ASSIGN).get(row.assigner_id, [])
    words = f"Việc định kỳ {row.number}, {row.title}: {step.words}"
    key, url = f"{event.name}:{step.pk}", series_page(row.pk)
    tell(people, key=key, topic=Topic.COMMITMENT, words=words, url=url)


def _add_heads(found: dict[int, list["Commitment"]], undone: Sequence["Commitment"]) -> None:
    """Whoever supervises some of them, where they may read those: a post alone opens no page."""
    heads = heads_told([one.pk for one in undone], clock.today())
    for one in undone:
        for user in who_may_view(heads.get(one.pk, ()), [one.lead_id, one.assigner_id]):
            if one not in found[user]:
                found[user].append(one)


def _supports(one: "Commitment") -> list[int]:
    return [row.unit_id for row in one.supports.all()]


def _above(commitments: Sequence["Commitment"]) -> dict[int, list[int]]:
    """The unit above whoever assigned: of its line, else the place above its own. Two queries."""
    today = clock.today()
    given = units_on({one.assigner_id for one in commitments}, today)
    places = units_on({one.place_id for one in given.values() if one.place_id}, today)
    above = {}
    for pk, unit in given.items():
        place = places.get(unit.place_id or 0)
        top = unit.parent_id or (place.parent_id if place else None)
        above[pk] = [top] if top else []
    return {one.pk: above.get(one.assigner_id, []) for one in commitments}


def _by_person(
    commitments: Sequence["Commitment"], units: dict[int, list[int]], action: str
) -> dict[int, list["Commitment"]]:
    """The commitments by the people nearest to the units of each, in order of their days. Two queries."""
    people = holders_near({unit for some in units.values() for unit in some}, action)
    found: dict[int, list[Commitment]] = defaultdict(list)
    for one in commitments:
        for user in sorted({user for unit in units[one.pk] for user in people.get(unit, [])}):
            found[user].append(one)
    return found


def _page(mine: Sequence["Commitment"]) -> dict[str, Any]:
    if len(mine) == 1:
        return {"url": commitment_page(mine[0].pk)}
    return {"url": commitments_page(), "about": [one.pk for one in mine]}
