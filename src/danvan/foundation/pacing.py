"""How fast one network may send: nobody is shut out, who comes too fast waits a minute or lets the machine work for it.

A network is an IPv4 address with its neighbours (/24) or the IPv6 block of a household or office (/48): a village may
share one. Of it only a mark is kept, keyed by this installation and salted by the day, and that for an hour.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from danvan.foundation import clock
from danvan.foundation.models import PaceCount

KEPT = timedelta(hours=1)
PREFIXES = {4: 24, 6: 48}
WORKED_FOR = 10  # so many times more may come where work was done for each
BITS = 16  # of work for each: a second or two of a cheap telephone


@dataclass(frozen=True, slots=True)
class Pace:
    """What came within this minute from one network, and from everybody."""

    sent: int
    sent_by_all: int

    @property
    def free(self) -> bool:
        """Whether one more is taken at once."""
        return self.sent < settings.DANVAN_SENDS and self.sent_by_all < settings.DANVAN_SENDS_ALL

    @property
    def closed(self) -> bool:
        """Whether even work helps no more until the minute is over."""
        most = (self.sent, settings.DANVAN_SENDS), (self.sent_by_all, settings.DANVAN_SENDS_ALL)
        return any(sent >= WORKED_FOR * limit for sent, limit in most)


def network_of(address: str) -> str:
    """The network that an address belongs to; empty for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network(f"{found}/{PREFIXES[found.version]}", strict=False))


def pace_of(address: str, *, what: str = "") -> Pace:
    """How fast the network of this address sends at this minute, before one more is counted. One query.

    `what` is counted by itself: a short word for something other than whole forms.
    """
    minute = _minute()
    mark = _mark(address, minute, what)
    counted = PaceCount.objects.filter(minute=minute, mark__in=(what, mark))
    found = dict(counted.values_list("mark", "number"))
    return Pace(found.get(mark, 0), found.get(what, 0))


@transaction.atomic
def count_one(address: str, *, what: str = "") -> None:
    """Count one that came from this address, for all processes; what is older than an hour is forgotten."""
    minute = _minute()
    forget_old_marks()
    for mark in (what, _mark(address, minute, what)):
        count_more(mark, 1, minute=minute)


@transaction.atomic
def count_more(mark: str, number: int, *, minute: datetime) -> int:
    """Count `number` more under a mark in the minute of an instant; how many all processes counted there till now."""
    row = {"mark": mark, "minute": _whole(minute)}
    PaceCount.objects.bulk_create([PaceCount(**row)], ignore_conflicts=True)
    counted = PaceCount.objects.filter(**row)
    counted.update(number=F("number") + number)
    return counted.values_list("number", flat=True).get()


def mark_of_day(said: str, on: datetime) -> str:
    """What stands for these words on the day of an instant: tomorrow it is another, and nobody without our key can tell."""
    return _keyed(f"mark {on:%Y%m%d} {said}")


def forget_old_marks() -> int:
    """Forget what was counted more than an hour ago; returns how many marks."""
    return PaceCount.objects.filter(minute__lt=_minute() - KEPT).delete()[0]


def task_of(*said: str) -> str:
    """What a machine has to work on for exactly these words; nobody else can make it up."""
    return _keyed("\0".join(("task", *said)))


def is_worked(task: str, answer: str) -> bool:
    """Whether the digest of the task with this answer begins with `BITS` zero bits."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > 12:
        return False
    digest = hashlib.sha256(f"{task}:{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


def _minute() -> datetime:
    return _whole(clock.machine())


def _whole(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _mark(address: str, minute: datetime, what: str) -> str:
    return _keyed(f"network {minute:%Y%m%d} {network_of(address)} {what}".rstrip())


def _keyed(said: str) -> str:
    key = f"pacing {settings.SECRET_KEY}".encode()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
