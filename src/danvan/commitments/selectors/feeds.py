"""What stands behind a private address: the events its owner may see at this moment, and nothing about any citizen."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone

from danvan.commitments.follow_codes import digest_of
from danvan.commitments.ics import Event, as_calendar
from danvan.commitments.models import CalendarFeed, Commitment, ProgrammeEntry
from danvan.commitments.programme_enums import EntryKind
from danvan.commitments.selectors.calendar import Item, joint_calendar
from danvan.commitments.selectors.ledger import own_units
from danvan.commitments.selectors.marks import Mark
from danvan.foundation import clock

if TYPE_CHECKING:
    from danvan.accounts.models import User

NAME = "Lịch công tác, Dân Vận Số"
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def feed_of(user: "User") -> CalendarFeed | None:
    """The private address of a person that works; None where none does."""
    return CalendarFeed.objects.filter(user=user, withdrawn_at=None).first()


def feed_file(user: "User", *, root: str) -> bytes:
    """The calendar of the person's own units from a month ago for a year ahead. `root` is where pages begin."""
    today = clock.today()
    joint = joint_calendar(user, own_units(user), today - BACK, today + AHEAD)
    return as_calendar((_event(one, root) for one in joint.items), name=NAME)


def entry_event(entry: ProgrammeEntry, *, root: str, who: str = "") -> Event:
    """One line of a programme as an event."""
    starts, ends = _span(entry)
    told = [str(EntryKind(entry.kind).label), _said("Chủ trì", entry.chair), _said("Đơn vị", who)]
    told.append(_said("Theo", entry.source))
    return Event(
        uid=_uid(f"entry.{entry.pk}"),
        stamp=entry.changed_at,
        revision=entry.revision,
        starts=starts,
        ends=ends,
        summary=entry.content,
        place=entry.place,
        about="\n".join(one for one in told if one),
        category=str(EntryKind(entry.kind).label),
        url=urljoin(root, reverse("commitments:entry", args=[entry.pk])),
        cancelled=entry.cancelled_on is not None,
        free=entry.kind == EntryKind.DEADLINE,
    )


def _event(item: Item, root: str) -> Event:
    if item.entry is not None:
        return entry_event(item.entry, root=root, who=item.who)
    if item.mark is not None:
        return _marked(item, item.mark, root)
    assert item.commitment is not None
    return _due(item, item.commitment, root)


def _marked(item: Item, mark: Mark, root: str) -> Event:
    return Event(
        uid=_uid(f"mark.{mark.key}"),
        stamp=clock.now(),
        starts=item.first,
        summary=f"{mark.label}: {mark.title}",
        about=_said("Đơn vị", item.who),
        category=mark.label,
        url=urljoin(root, mark.url) if mark.url else "",
        free=True,
    )


def _due(item: Item, work: Commitment, root: str) -> Event:
    return Event(
        uid=_uid(f"commitment.{work.pk}"),
        stamp=clock.now(),
        revision=work.changes,
        starts=item.first,
        summary=f"Hạn: {work.title}",
        about="\n".join((f"Việc {work.number}", _said("Nơi giao", item.who))),
        category="Hạn",
        url=urljoin(root, reverse("commitments:card", args=[work.pk])),
        free=True,
    )


def _span(entry: ProgrammeEntry) -> tuple[datetime | date, datetime | date | None]:
    """From when until when; days where no hours are said, or hours of which the end is not known on a later day."""
    if entry.starts_at is None or (entry.ends_at is None and entry.ends_on > entry.starts_on):
        return entry.starts_on, entry.ends_on
    zone = timezone.get_default_timezone()
    starts = datetime.combine(entry.starts_on, entry.starts_at, zone)
    if entry.ends_at is None:
        return starts, None
    return starts, datetime.combine(entry.ends_on, entry.ends_at, zone)


def _said(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _uid(key: str) -> str:
    """The same for one thing for ever, another in another installation, and nothing to be guessed by."""
    return f"{digest_of(f'ics {key}')[:32]}@danvan"
