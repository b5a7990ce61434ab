"""The monthly reports of 130 communes from 07/2025 to 12/2026: sent in time, late, sent back, or never."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from danvan.demo.forms import set_up_form
from danvan.demo.months import MONTHS, Drawn, Reporter
from danvan.demo.rules import SAID
from danvan.demo.travelling import Dated
from danvan.demo.work import FIRST, LAST, Seat
from danvan.foundation.periods import Period
from danvan.indicators.counters import named
from danvan.reporting.enums import Standing
from danvan.reporting.selectors import Book, book_of, obligations_of
from danvan.reporting.services import (
    accept_reports,
    lock_period,
    open_period,
    return_report,
    submit_report,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit
    from danvan.reporting.models import Form, Obligation

# The province looks at what came in twice a month, and closes a month on the 20th of the one after the next.
LOOKS = (8, 18)
LOCKS = 20
ASK_AGAIN = {"dv-02": "Số lượt người dự cao bất thường, đề nghị kiểm tra lại biên bản."}


@dataclass(slots=True)
class Office:
    """The people who send and decide, and the obligations of each month as they are opened."""

    form: "Form"
    specialist: "User"
    leader: "User"
    senders: dict[int, "User"]  # by commune
    owed: dict[tuple[int, date], "Obligation"] = field(default_factory=dict)
    sent: int = 0
    books: dict[date, Book] = field(default_factory=dict)  # what each month's form asks, read once

    def open(self, month: Period) -> None:
        """The specialist opens a month: who owes is frozen."""
        for one in open_period(self.form, month, actor=self.specialist):
            self.owed[one.unit_id, one.first] = one

    def send(self, place_id: int, drawn: Drawn, answers: dict[str, str]) -> None:
        """A commune sends its report."""
        month = drawn.month
        if month.first not in self.books:
            self.books[month.first] = book_of(self.form, month)
        submit_report(
            self.owed[place_id, month.first],
            answers=answers,
            actor=self.senders.get(place_id),
            origins={"dv-01": "counted"},
            reasons=SAID,
            book=self.books[month.first],
        )
        self.sent += 1

    def send_back(self, place_id: int, month: Period) -> None:
        """The specialist returns a report whose figure stands out."""
        return_report(
            self.owed[place_id, month.first],
            words="Đề nghị đơn vị kiểm tra và gửi lại.",
            comments=ASK_AGAIN,
            actor=self.specialist,
        )

    def accept(self, month: Period, *, but: frozenset[int] = frozenset()) -> None:
        """The specialist accepts what came in, apart from what was sent back."""
        sent = obligations_of(self.form, month).filter(standing=Standing.SENT)
        waiting = [one for one in sent if one.unit_id not in but]
        if waiting:
            accept_reports(waiting, actor=self.specialist)

    def lock(self, month: Period) -> None:
        """The leader closes a month, and what came in late of those before it."""
        for one in MONTHS[: MONTHS.index(month) + 1]:
            self.accept(one)
            if obligations_of(self.form, one).filter(standing=Standing.ACCEPTED).exists():
                lock_period(self.form, one, actor=self.leader)

    def send_back_some(self) -> None:
        """On the last day a few of the last month's reports are returned and stay so."""
        sent = obligations_of(self.form, MONTHS[-1]).filter(standing=Standing.SENT)
        for owed in sent.order_by("pk")[::20]:
            self.send_back(owed.unit_id, MONTHS[-1])


def reports(
    seats: list[Seat],
    province: "Unit",
    *,
    specialist: "User",
    leader: "User",
    senders: dict[int, "User"],
) -> tuple[Office, Iterator[Dated]]:
    """Set up the form; give the acts of all communes with their days."""
    form = set_up_form(province, actor=specialist, valid_from=FIRST)
    office = Office(form, specialist, leader, senders)
    return office, _acts(office, [seat for seat in seats if seat.place_id != province.pk])


def _acts(office: Office, seats: list[Seat]) -> Iterator[Dated]:
    drawn = {seat.place_id: Reporter(seat).drawn(held) for seat, held in _held(seats)}
    for number, month in enumerate(MONTHS):
        yield month.last, partial(office.open, month)
        corrected: set[int] = set()
        for place_id, months in drawn.items():
            one = months[number]
            if one.sent_on is None:
                continue
            yield one.sent_on, partial(office.send, place_id, one, one.wrong or one.answers)
            if one.wrong:
                back, again = one.sent_on + timedelta(days=2), one.sent_on + timedelta(days=5)
                corrected.add(place_id)
                if back <= LAST:
                    yield back, partial(office.send_back, place_id, month)
                if again <= LAST:
                    yield again, partial(office.send, place_id, one, one.answers)
        yield from _decisions(office, month, frozenset(corrected))
    yield LAST, office.send_back_some


def _decisions(office: Office, month: Period, corrected: frozenset[int]) -> Iterator[Dated]:
    """What came in is accepted twice a month; the month is closed when the next one is over."""
    for day in LOOKS:
        look = month.end.replace(day=day)
        if look <= LAST:
            but = corrected if day == LOOKS[0] else frozenset[int]()
            yield look, partial(office.accept, month, but=but)
    closing = (month.end + timedelta(days=31)).replace(day=LOCKS)
    if closing <= LAST:
        yield closing, partial(office.lock, month)


def _held(seats: list[Seat]) -> Iterator[tuple[Seat, dict[Period, int]]]:
    """How many dialogues the records of each seat's organisations count, by month."""
    counter = named("activities.dialogue")
    units = [unit for seat in seats for unit in seat.organisations.values()]
    tally = counter.tally(units, list(MONTHS))
    for seat in seats:
        yield (
            seat,
            {
                month: sum(tally.get((unit, month), 0) for unit in seat.organisations.values())
                for month in MONTHS
            },
        )
