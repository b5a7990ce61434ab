"""What the law wants the people to know, decide and be asked about, as everybody reads it: what it is and where it hangs, in words
that a person confirmed.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.foundation.public_words import shown_ids, shown_words
from danvan.grassroots.enums import Pillar, State
from danvan.grassroots.models import Matter, MatterPosting
from danvan.grassroots.selectors.publishing import MATTER, PLACE, POSTING, TITLE
from danvan.organisations.selectors import last_names
from danvan.vietnamese.text import lower_first


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
    shown_on: date
    outcome_on: date | None
    hangs: list[Hanging]


def public_matters(*pillars: str) -> QuerySet[Matter]:
    """What was made public, not withdrawn, and confirmed for everybody, the latest first."""
    found = Matter.objects.standing().filter(shown_on__isnull=False).exclude(state=State.DUE)
    found = found.filter(pk__in=shown_ids(MATTER, TITLE))
    found = found.filter(kind__pillar__in=pillars) if pillars else found
    return found.select_related("kind").order_by("-shown_on", "-pk")


def asked_now() -> QuerySet[Matter]:
    """What the people are to decide or to comment on at present."""
    asked = public_matters(Pillar.DECIDE, Pillar.COMMENT)
    return asked.filter(state__in=(State.SHOWN, State.AGAIN))


def told_matters(rows: Collection[Matter]) -> list[PublicMatter]:
    """What a public list shows of each. Four queries, however many there are."""
    found = list(rows)
    ids = {pk for one in found for pk in (one.unit_id, one.village_id) if pk}
    names = last_names(ids, clock.today())
    hangs: dict[int, list[Hanging]] = defaultdict(list)
    titles = shown_words(MATTER, [row.pk for row in found])
    postings = list(MatterPosting.objects.filter(matter__in=[row.pk for row in found]))
    places = shown_words(POSTING, [one.pk for one in postings])
    for one in postings:
        if (one.pk, PLACE) not in places:
            continue
        label, where = (
            str(one.get_channel_display()),
            (places[one.pk, PLACE], one.from_on, one.until_on),
        )
        mine = hangs[one.matter_id]
        if mine and (mine[-1].place, mine[-1].from_on, mine[-1].until_on) == where:
            mine[-1] = Hanging(f"{mine[-1].channel}; {lower_first(label)}", *where)
        else:
            mine.append(Hanging(label, *where))
    return [_told(one, titles[one.pk, TITLE], names, hangs[one.pk]) for one in found]


def _told(row: Matter, title: str, names: dict[int, str], hangs: list[Hanging]) -> PublicMatter:
    good = row.state in (State.PASSED, State.ANSWERED, State.ENDED)
    return PublicMatter(
        number=row.number,
        title=title,
        kind=row.kind.title,
        pillar=str(row.kind.get_pillar_display()),
        state=str(row.get_state_display()),
        look="good" if good else "info",
        unit=names.get(row.unit_id, ""),
        village=names.get(row.village_id or 0, ""),
        shown_on=row.shown_on or row.began_on,
        outcome_on=row.outcome_on,
        hangs=hangs,
    )
