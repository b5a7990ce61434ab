"""Instants as GeoReport writes them: ISO 8601 with a zone."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from danvan.exchange.errors import Refusal
from danvan.vietnamese.text import canonical

YEARS = range(1900, 2201)
LONGEST = 40


def written(day: date | datetime | None) -> str | None:
    """As it goes out, in the zone of the installation; a day is its first moment."""
    if day is None:
        return None
    instant = day if isinstance(day, datetime) else start_of(day)
    return timezone.localtime(instant).isoformat(timespec="seconds")


def day_of(instant: datetime) -> date:
    """The day here of an instant."""
    return timezone.localtime(instant).date()


def start_of(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def read(words: str, *, name: str) -> datetime | None:
    """What was written, with its zone; None where nothing was. Refusal (400) where it is none or says no zone."""
    said = (
        canonical(words).strip().replace(" ", "+")
    )  # a plus that was not escaped arrives as a space
    if not said:
        return None
    try:
        found = parse_datetime(said) if len(said) <= LONGEST else None
        if found is None or found.tzinfo is None or found.year not in YEARS:
            raise ValueError(said)
        timezone.localtime(found)  # a moment at the edge of the calendar may have no local one
    except (ValueError, OverflowError):
        raise Refusal(
            400,
            f"{name} phải là thời điểm có múi giờ, ví dụ 2026-05-04T00:00:00+07:00 hoặc 2026-05-03T17:00:00Z.",
        ) from None
    return found


def days_between(
    start: datetime | None, end: datetime | None, *, today: date, most: int
) -> tuple[date, date]:
    """The first and the last day that are meant; at most so many days. Refusal (400) for more, or the wrong way round."""
    first = day_of(start) if start else None
    last = day_of(end) if end else None
    if last is None:
        last = min(today, first + timedelta(days=most)) if first else today
        last = max(last, first) if first else last
    if first is None:
        first = last - timedelta(days=most)
    if first > last:
        raise Refusal(400, "start_date phải trước end_date, vui lòng xem lại.")
    if (last - first).days > most:
        raise Refusal(
            400, f"Khoảng từ start_date đến end_date dài nhất {most} ngày, vui lòng chia nhỏ."
        )
    return first, last
