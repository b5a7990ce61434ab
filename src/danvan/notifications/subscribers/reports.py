"""What happens to monthly reports."""

from collections import defaultdict
from typing import TYPE_CHECKING

from danvan.accounts.selectors import holders_at, holders_near
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import (
    entry_page,
    laid_page,
    report_page,
    reports_due_page,
    reports_page,
)
from danvan.notifications.enums import Topic
from danvan.notifications.selectors import report_title, was_told
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names
from danvan.reporting.enums import Standing
from danvan.reporting.events import (
    PeriodLocked,
    PeriodOpened,
    ProposalGivenBack,
    ReportDecided,
    ReportProposed,
    ReportSent,
    ReportsSent,
    TurnPassed,
)
from danvan.reporting.selectors import obligation_told, obligations_told, place_in_turn, who_owes
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from datetime import date

    from danvan.reporting.models import Obligation

ENTER, APPROVE, RELEASE = "submissions.enter", "submissions.approve", "submissions.release"


@subscribe(PeriodOpened)
def tell_opened(event: PeriodOpened) -> None:
    """Whoever enters for a unit is told that its report is asked for: one notice a person."""
    for user, mine in _owing(event.form_id, event.first).items():
        title, day = report_title(mine[0].form.name, mine[0].first), format_date(mine[0].due_on)
        words = f"{title}: đề nghị gửi chậm nhất ngày {day}"
        _tell_of_month(user, event.name, mine, words, entry_page(mine[0].pk))


@subscribe(PeriodLocked)
def tell_locked(event: PeriodLocked) -> None:
    """Whoever enters for a unit is told that the figures of the month stand: one notice a person."""
    for user, mine in _owing(event.form_id, event.first).items():
        title = report_title(mine[0].form.name, mine[0].first)
        words = f"{title}: số liệu đã chốt"
        _tell_of_month(user, event.name, mine, words, report_page(mine[0].pk))


@subscribe(ReportSent)
def tell_sent(event: ReportSent) -> None:
    """Whoever approves is told of the first report of a month, and of each that was sent again.

    A hundred units send every month: the others stand in the list that the first notice opens.
    """
    _tell_sent(obligation_told(event.obligation_id), event.vintage)


@subscribe(ReportsSent)
def tell_sent_together(event: ReportsSent) -> None:
    """The same of many that were sent in one act."""
    told = set()
    owed = obligations_told([pk for pk, _ in event.sent])
    for pk, vintage in event.sent:
        one = owed.get(pk)
        waits = one and (vintage, one.form_id, one.first, one.turn)
        if vintage > 1 or (one and one.turn) or waits not in told:
            _tell_sent(one, vintage)
        told.add(waits)


def _tell_sent(owed: "Obligation | None", vintage: int) -> None:
    if owed is None:
        return
    again = None
    if vintage > 1:
        title = report_title(owed.form.name, owed.first)
        again = (vintage, f"{_unit_name(owed)} gửi lại: {title}")
    _tell_whose_turn(ReportSent.name, owed, "đã có đơn vị gửi, chờ duyệt", again)


@subscribe(TurnPassed)
def tell_turn(event: TurnPassed) -> None:
    """Whose turn it is now is told: of the first report of a month that comes up, of each that comes back."""
    owed = obligation_told(event.obligation_id)
    if owed is None or owed.standing != Standing.SENT or owed.turn != event.turn:
        return
    again = None
    if event.back:
        title = report_title(owed.form.name, owed.first)
        again = (owed.changes, f"{title} của {_unit_name(owed)}: cấp trên trả lại để xem lại")
    _tell_whose_turn(event.name, owed, "cấp dưới đã duyệt, chờ duyệt", again)


@subscribe(ReportProposed)
def tell_proposed(event: ReportProposed) -> None:
    """The head of the unit is told that a report waits to be let go."""
    owed = obligation_told(event.obligation_id)
    if owed is None or owed.standing != Standing.PROPOSED:
        return
    people = holders_at([owed.answering_id], RELEASE).get(owed.answering_id, [])
    tell(
        people,
        key=f"{event.name}:{owed.pk}:{owed.changes}",
        topic=Topic.REPORT,
        words=f"{report_title(owed.form.name, owed.first)}: chờ đồng chí duyệt trước khi gửi",
        url=laid_page(owed.pk),
    )


@subscribe(ProposalGivenBack)
def tell_given_back(event: ProposalGivenBack) -> None:
    """Whoever enters for the unit is told that its head gave a report back."""
    owed = obligation_told(event.obligation_id)
    if owed is None or owed.standing == Standing.PROPOSED:
        return
    tell(
        holders_near([owed.answering_id], ENTER).get(owed.answering_id, []),
        key=f"{event.name}:{owed.pk}:{owed.changes}",
        topic=Topic.REPORT,
        words=f"{report_title(owed.form.name, owed.first)}: lãnh đạo đơn vị trả lại để sửa",
        url=entry_page(owed.pk),
    )


def _who_approves(owed: "Obligation", place: int | None) -> list[int]:
    """Who approves at a place on the way; at who asked, where there is none."""
    if place is None:
        asking = owed.form.asking_id
        return holders_near([asking], APPROVE).get(asking, [])
    return holders_at([place], APPROVE).get(place, [])


def _tell_whose_turn(
    event: str, owed: "Obligation", waits: str, again: tuple[int, str] | None
) -> None:
    """Tell whose turn it is: once for a month that reports wait, and of each that comes `again` (its number, words)."""
    place = place_in_turn(owed)
    if again:
        number, words = again
        key, url = f"{event}:{owed.pk}:{number}", report_page(owed.pk)
    else:
        key = f"{event}:{owed.form_id}:{owed.first.isoformat()}{f':{place}' if place else ''}"
        if was_told(key):
            return
        words = f"{report_title(owed.form.name, owed.first)}: {waits}"
        url = reports_page(owed.form_id, owed.first)
    tell(_who_approves(owed, place), key=key, topic=Topic.REPORT, words=words, url=url)


def _unit_name(owed: "Obligation") -> str:
    return last_names([owed.unit_id], clock.today()).get(owed.unit_id, "Đơn vị")


@subscribe(ReportDecided)
def tell_decided(event: ReportDecided) -> None:
    """Whoever enters for the unit is told that its report is to be mended, or was accepted."""
    owed = obligation_told(event.obligation_id)
    if owed is None or event.standing not in (Standing.RETURNED, Standing.ACCEPTED):
        return
    people = holders_near([owed.answering_id], ENTER).get(owed.answering_id)
    if not people:  # most of a hundred units may have nobody here yet
        return
    title = report_title(owed.form.name, owed.first)
    how = "được trả lại để sửa" if event.standing == Standing.RETURNED else "đã được duyệt"
    # the second return of a report is told too, an event that comes twice is not
    time = owed.submissions.filter(decisions__standing=event.standing).count()
    tell(
        people,
        key=f"{event.name}:{owed.pk}:{event.standing}:{time}",
        topic=Topic.REPORT,
        words=f"{title} {how}",
        url=report_page(owed.pk),
    )


def _owing(form_id: int, first: "date") -> dict[int, list["Obligation"]]:
    """Who is to send for whom: the obligations of a month by person."""
    owed = list(who_owes(form_id, first))
    people = holders_near({one.answering_id for one in owed}, ENTER)
    found: dict[int, list[Obligation]] = defaultdict(list)
    for one in owed:
        for user in people.get(one.answering_id, []):
            found[user].append(one)
    return found


def _tell_of_month(user: int, name: str, mine: list["Obligation"], words: str, url: str) -> None:
    one = mine[0]
    tell(
        [user],
        key=f"{name}:{one.form_id}:{one.first.isoformat()}",
        topic=Topic.REPORT,
        words=words,
        url=url if len(mine) == 1 else reports_due_page(),
    )
