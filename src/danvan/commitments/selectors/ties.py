"""What a commitment is tied to, as its card shows it: who supervises it, its parts, the figure that measures it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse

from danvan.commitments.enums import FOUND_DONE, UNCOUNTED, SourceKind
from danvan.commitments.models import (
    Commitment,
    CommitmentHead,
    CommitmentMeasure,
    CommitmentPart,
)
from danvan.commitments.selectors.lists import Line, lines_of
from danvan.foundation.periods import Period
from danvan.indicators.enums import Bound
from danvan.indicators.selectors import amount_words, roll_up, versions_for
from danvan.organisations.enums import Rank
from danvan.organisations.selectors import (
    last_names,
    organisations_at,
    place_of,
    unit_on,
    units_on,
    units_under,
)
from danvan.organisations.selectors.officers.holding import PostRow, posts_of
from danvan.organisations.selectors.officers.seated import seats_of
from danvan.vietnamese.numbers import format_number

SUPERVISING = (Rank.HEAD, Rank.DEPUTY)


@dataclass(frozen=True, slots=True)
class Head:
    """The post that supervises, in which organisation, and who holds it today: nobody where `names` is empty."""

    post_id: int | None
    title: str
    unit: str
    names: tuple[str, ...]
    closed: bool
    since: date | None


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure beside a claim. `reached` None: it is not known whether the level is reached."""

    name: str
    unit: str
    asked: str  # the level in words
    figure: str  # what is known, in words; empty where nothing is
    url: str
    reached: bool | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a commitment was divided into. `open` are those that were not found done."""

    lines: list[Line]
    done: int
    open: list[Commitment]


@dataclass(frozen=True, slots=True)
class Ties:
    """Everything a commitment is tied to."""

    head: Head | None
    parent: Commitment | None
    parts: Parts
    measured: Measured | None
    source: str  # what kind of thing it was taken from

    @property
    def doubts(self) -> list[str]:
        """What speaks against saying now that it is done, in whole sentences; it decides nothing."""
        return _doubts(self.parts.open, self.measured)


def claim_doubts(commitment: Commitment, *, on: date) -> list[str]:
    """What speaks against saying now that it is done, in whole sentences; it decides nothing."""
    return _doubts(parts_of(commitment, on=on).open, measured(commitment, on=on))


def _doubts(still: list[Commitment], of: Measured | None) -> list[str]:
    return [*_open_doubts(still), *_figure_doubts(of)]


def ties_of(commitment: Commitment, *, on: date) -> Ties:
    """What a card shows of them. The parts are shown to whoever sees the whole; a fixed number of queries."""
    part = CommitmentPart.objects.filter(child=commitment).select_related("parent").first()
    return Ties(
        head=head_of_commitment(commitment, on=on),
        parent=part.parent if part else None,
        parts=parts_of(commitment, on=on),
        measured=measured(commitment, on=on),
        source=dict(SourceKind.choices).get(commitment.source_kind, "Nguồn khác"),
    )


def head_of_commitment(commitment: Commitment, *, on: date) -> Head | None:
    """Who supervises it on a day. Five queries, one where nobody was named."""
    row = CommitmentHead.objects.filter(commitment=commitment).first()
    if row is None:
        return None
    seat = seats_of([row.post_id], on).get(row.post_id) if row.post_id else None
    if seat is None:
        return Head(None, row.title, "", (), closed=True, since=None)
    unit = last_names([seat.unit_id], on).get(seat.unit_id, "")
    names = tuple(one.name for one in seat.holders)
    since = seat.holders[0].since if seat.holders else None
    return Head(seat.post_id, seat.title, unit, names, seat.closed, since)


def posts_offered(assigner_ids: Collection[int], *, on: date) -> list[tuple[str, str]]:
    """The posts that may supervise what any of these assign: heads and deputies of theirs and of what stands in the
    same places. The queries do not grow with the assigners.
    """
    stand = units_on(assigner_ids, on).values()
    stood = (unit.id if unit.is_place else unit.place_id for unit in stand)
    places = {place for place in stood if place is not None}
    units = {*assigner_ids, *organisations_at(places, on=on)}
    names = last_names(units, on)
    found = posts_of(units, on)
    first = sorted(found, key=lambda pk: (pk not in assigner_ids, names.get(pk, "")))
    return [
        (
            str(post.id),
            _seat_words(post, names[pk]),
        )
        for pk in first
        for post in found[pk]
        if post.rank in SUPERVISING
    ]


def _seat_words(post: PostRow, unit: str) -> str:
    held = ", ".join(one.name for one in post.holders) or "đang khuyết"
    return f"{post.title}, {unit}: {held}"


def heads_told(commitment_ids: Iterable[int], on: date) -> dict[int, tuple[int, ...]]:
    """The accounts of those who supervise these commitments on a day, by commitment. Four queries."""
    rows = CommitmentHead.objects.filter(commitment_id__in=list(commitment_ids))
    posts = {
        pk: post for pk, post in rows.values_list("commitment_id", "post_id") if post is not None
    }
    seats = seats_of(set(posts.values()), on)
    return {pk: seats[post].user_ids for pk, post in posts.items() if post in seats}


def parts_of(commitment: Commitment, *, on: date) -> Parts:
    """What it was divided into, by day; what was withdrawn or replaced is left out."""
    found = list(
        Commitment.objects.filter(part_of__parent=commitment)
        .exclude(state__in=UNCOUNTED)
        .order_by("due_on", "pk")
    )
    still = [one for one in found if one.state not in FOUND_DONE]
    lines = lines_of(found, on=on) if found else []
    return Parts(lines, len(found) - len(still), still)


def units_for_parts(commitment: Commitment, *, on: date) -> set[int]:
    """The units that may lead a part: those below its lead, by line or in its place, and not the lead itself."""
    unit = unit_on(commitment.lead_id, on)
    tops = [commitment.lead_id]
    if unit is not None and unit.place_id is not None:
        tops.append(unit.place_id)
    under = set(units_under(tops, on=on).values_list("unit_id", flat=True))
    return under - {commitment.lead_id}


def measured(commitment: Commitment, *, on: date) -> Measured | None:
    """The figure that measures it, as it is known now. A fixed number of queries; one where none does."""
    rows = CommitmentMeasure.objects.filter(commitment=commitment).select_related("indicator")
    row = rows.first()
    if row is None:
        return None
    period, pk = Period.parse(row.period), row.indicator_id
    version = versions_for([pk], min(period.last, on))[pk]
    place = place_of(commitment.lead_id, on) or commitment.lead_id
    figures = roll_up([pk], sorted({commitment.lead_id, place}), period)
    # Its own figure; else that of the place it works for.
    of = commitment.lead_id if figures[pk, commitment.lead_id].asked else place
    rolled = figures[pk, of]
    unit = last_names([of], on).get(of, "")
    side = "ít nhất" if row.bound == Bound.AT_LEAST else "nhiều nhất"
    asked = {"chi_so": row.indicator.code, "don_vi": of, "ky": period.code}
    return Measured(
        name=version.name,
        unit=unit,
        asked=f"{side} {amount_words(version, Fraction(row.level))}, kỳ {row.period}",
        figure="" if rolled.amount is None else amount_words(version, Fraction(rolled.amount)),
        url=f"{reverse('desk:number')}?{urlencode(asked)}",
        reached=_reached(rolled.amount, row),
    )


def _reached(amount: Decimal | None, row: CommitmentMeasure) -> bool | None:
    if amount is None:
        return None
    if row.bound == Bound.AT_LEAST:
        return amount >= row.level
    return amount <= row.level


def _open_doubts(still: list[Commitment]) -> list[str]:
    if not still:
        return []
    numbers = ", ".join(one.number for one in still[:5])
    more = f" và {format_number(len(still) - 5)} việc khác" if len(still) > 5 else ""
    return [f"Còn {format_number(len(still))} việc con chưa kiểm tra xong: {numbers}{more}."]


def _figure_doubts(of: Measured | None) -> list[str]:
    if of is None or of.reached is not False:
        return []
    return [f"Chỉ số “{of.name}” của {of.unit} là {of.figure}, cần {of.asked}."]
