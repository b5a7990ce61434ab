"""What the law wants the people to know, decide and be asked about, as everybody reads it: what it is and where it hangs."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.grassroots.enums import Pillar, State
from danvan.grassroots.models import Matter, MatterPosting
from danvan.organisations.selectors import last_names
from danvan.reading.redacting import private_spans, redact


@dataclass(frozen=True, slots=True)
class Hanging:
    """Where and from when to when it can be read or heard."""

    channel: str
    place: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """One matter that was made public: whose, what kind, where it hangs, what came of it. Nobody is named."""

    number: str
    title: str
    kind: str
    pillar: str
    state: str
    look: str
    unit: str
    village: str
    basis: str
    shown_on: date
    outcome_on: date | None
    hangs: list[Hanging]


def public_matters(*pillars: str) -> QuerySet[Matter]:
    """What was made public and not withdrawn, the latest first."""
    found = Matter.objects.standing().filter(shown_on__isnull=False).exclude(state=State.DUE)
    found = found.filter(kind__pillar__in=pillars) if pillars else found
    return found.select_related("kind").order_by("-shown_on", "-pk")


def asked_now() -> QuerySet[Matter]:
    """What the people are to decide or to comment on at present."""
    asked = public_matters(Pillar.DECIDE, Pillar.COMMENT)
    return asked.filter(state__in=(State.SHOWN, State.AGAIN))


def told_matters(rows: Collection[Matter]) -> list[PublicMatter]:
    """What a public list shows of each. Two queries, however many there are."""
    found = list(rows)
    ids = {pk for one in found for pk in (one.unit_id, one.village_id) if pk}
    names = last_names(ids, clock.today())
    hangs: dict[int, list[Hanging]] = defaultdict(list)
    for one in MatterPosting.objects.filter(matter__in=[row.pk for row in found]):
        label = str(one.get_channel_display())
        hangs[one.matter_id].append(Hanging(label, one.place, one.from_on, one.until_on))
    return [_told(one, names, hangs[one.pk]) for one in found]


def _told(row: Matter, names: dict[int, str], hangs: list[Hanging]) -> PublicMatter:
    good = row.state in (State.PASSED, State.ANSWERED, State.ENDED)
    return PublicMatter(
        number=row.number,
        title=redact(row.title, private_spans(row.title)),
        kind=row.kind.title,
        pillar=str(row.kind.get_pillar_display()),
        state=str(row.get_state_display()),
        look="good" if good else "info",
        unit=names.get(row.unit_id, ""),
        village=names.get(row.village_id or 0, ""),
        basis=row.basis,
        shown_on=row.shown_on or row.began_on,
        outcome_on=row.outcome_on,
        hangs=hangs,
    )
