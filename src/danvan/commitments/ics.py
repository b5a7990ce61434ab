"""iCalendar (RFC 5545) as far as we write it: events of one instant, one day or a run of days, in UTC or as plain days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Dan Van So//Lich cong tac//VI"
OCTETS = 75  # of one line, its break not counted
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `starts` and `ends` are instants, or days of which the last one counts; without an end it is a point or a day."""

    uid: str
    stamp: datetime
    starts: datetime | date
    summary: str
    ends: datetime | date | None = None
    revision: int = 0
    place: str = ""
    about: str = ""
    category: str = ""
    url: str = ""
    cancelled: bool = False
    free: bool = False  # takes nobody's time


def as_calendar(events: Iterable[Event], *, name: str) -> bytes:
    """The events as a calendar object, in UTF-8 with the line breaks that the standard asks for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:PUBLISH")
    if name:
        lines += [f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
        lines.append("X-PUBLISHED-TTL:PT1H")
    for one in events:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(one: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(one.uid)}"
    yield f"DTSTAMP:{_instant(one.stamp)}"
    yield f"LAST-MODIFIED:{_instant(one.stamp)}"
    yield f"SEQUENCE:{one.revision}"
    yield f"DTSTART{_when(one.starts)}"
    if isinstance(one.starts, datetime):
        if one.ends is not None:
            yield f"DTEND{_when(one.ends)}"
    else:
        # the end of a run of days is the first day that is no part of it
        yield f"DTEND{_when((one.ends or one.starts) + timedelta(days=1))}"
    yield f"SUMMARY:{text(one.summary)}"
    for key, words in (("LOCATION", one.place), ("DESCRIPTION", one.about), ("CATEGORIES", one.category)):  # fmt: skip
        if words:
            yield f"{key}:{text(words)}"
    if one.url:
        yield f"URL:{one.url}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if one.free else 'OPAQUE'}"
    yield "END:VEVENT"


def _when(at: datetime | date) -> str:
    if isinstance(at, datetime):
        return f":{_instant(at)}"
    return f";VALUE=DATE:{at:%Y%m%d}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(words: str) -> str:
    """Words as a value: marks that mean something to the format escaped, marks that cannot stand in it left out."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(x for x in lines if x in "\n\t" or (ord(x) >= 32 and ord(x) != 127)).translate(
        ESCAPED
    )


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no letter cut in two, each further one behind a blank."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > OCTETS:
            pieces.append(piece)
            piece, size = "", 1  # the blank before it
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece])
