"""What stands in a report beside its figures: words whose figures open, and who of another unit had a hand in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.urls import reverse

from danvan.reporting.enums import How, Timing
from danvan.reporting.models import Submission
from danvan.reporting.narrating import UNKNOWN, Cited


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of words that were sent: plain, or a figure with the page that it opens.

    `said` says of what the figure is; `shown` is the figure that the box had, where somebody wrote another one.
    """

    text: str
    url: str = ""
    said: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Behalf:
    """That somebody of another unit typed, handed in or sent a report, and on which day."""

    name: str
    on: date
    words: str


def pieces_of(words: str, cited: Iterable[Cited], unit_id: int) -> list[Piece]:
    """The words of a unit piece by piece, its figures each with its page. No query."""
    found, at = [], 0
    for one in cited:
        if words[at : one.start]:
            found.append(Piece(words[at : one.start]))
        text = words[one.start : one.end]
        asked = urlencode({"chi_so": one.indicator, "don_vi": unit_id, "ky": one.period})
        found.append(
            Piece(
                text,
                "" if text == UNKNOWN else f"{reverse('desk:number')}?{asked}",
                f"{Timing(one.timing).words} của {one.label}",
                one.shown,
            )
        )
        at = one.end
    return [*found, Piece(words[at:])] if words[at:] else found


def behalf_of(submission: Submission) -> list[Behalf]:
    """Who of another unit had a hand in what was sent, the first first. One query, none where nobody had."""
    kept = submission.behalf
    if not kept:
        return []
    people = get_user_model().objects.in_bulk({one["by"] for one in kept})
    found = [
        Behalf(
            name=str(people[one["by"]]) if one["by"] in people else "",
            on=date.fromisoformat(one["on"]),
            words=str(How(one["how"]).label),
        )
        for one in kept
    ]
    return sorted(found, key=lambda one: one.on)
