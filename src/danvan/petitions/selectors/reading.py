"""Which petitions a reader may see, which fit a list, whose turn it is, how far each clock is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.commitments.selectors.ledger import own_units
from danvan.commitments.selectors.units import usual_unit
from danvan.foundation import search
from danvan.foundation.periods import Period
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.following import found_under, told_names
from danvan.organisations.selectors.spans import ids_among
from danvan.petitions.enums import CLOCKS, OPEN, WORKED, State
from danvan.petitions.models import Paper, Petition, PetitionQuerySet
from danvan.topics.selectors import reading_under, told_topics
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

# The tabs of the list, in the order of the work: which states each holds; late ones stand across all of them.
TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "cho-phan-loai": ("Chờ phân loại", (State.RECEIVED,)),
    "dang-giai-quyet": ("Đang giải quyết", (*WORKED, State.SUSPENDED, State.AWAITED)),
    "da-co-ket-qua": (
        "Đã có kết quả",
        (State.DECIDED, State.SENT, State.ENFORCING, State.ANSWERED),
    ),
    "qua-han": ("Quá hạn", OPEN),
    "tat-ca": ("Tất cả", ()),
}
LATE, ALL = "qua-han", "tat-ca"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of petitions is asked for; empty parts ask for all."""

    words: str = ""
    tab: str = ALL
    kind: str = ""
    period: Period | None = None
    unit_id: int | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One petition of a list: whose, about what, which clock comes next and how many days are left."""

    petition: Petition
    unit_name: str
    topic: str
    due_label: str
    days: int | None

    @property
    def late(self) -> bool:
        """Whether its next day is over."""
        return self.days is not None and self.days < 0


def allowed_petitions(user: "User", action: str) -> PetitionQuerySet:
    """Where every view of a petition starts: fetching from here is the permission check."""
    return Petition.objects.allowed(user, action)


def petition_as_kept(pk: int) -> Petition:
    """One petition with its paper as it stands now, for whoever acts in the name of the software; asks no permission."""
    return Petition.objects.select_related("paper").get(pk=pk)


def readable_petitions(user: "User", pks: list[int]) -> set[int]:
    """Those of the petitions that `user` may open. One query."""
    seen = allowed_petitions(user, "petitions.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def listed(user: "User", asked: Asked, *, on: date) -> QuerySet[Petition]:
    """The petitions that `user` may see and that fit what is asked."""
    return looked(user, asked, on=on).rows


def overdue(on: date) -> Q:
    """Open, and the nearest of its days is over."""
    return Q(closed_on=None, due_on__lt=on)


def looked(user: "User", asked: Asked, *, on: date) -> search.Looked[Petition]:
    """As `listed`, and whether that is much."""
    by_words = bool(asked.words)
    found: QuerySet[Petition] = Petition.objects.allowed(user, "petitions.view", at_once=by_words)
    states = TABS[asked.tab][1]
    if asked.tab == LATE:
        found = found.filter(overdue(on))
    elif states:
        found = found.filter(state__in=states)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.period is not None:
        found = found.filter(received_on__gte=asked.period.first, received_on__lt=asked.period.end)
    if asked.unit_id is not None:
        under = found_under(asked.unit_id, on=on)
        units = list(under.values_list("unit_id", flat=True)) if by_words else under
        found = found.filter(unit_id__in=units)
    if asked.topic_id is not None:
        found = found.filter(topic_id__in=reading_under(asked.topic_id, on))
    return search.look(found, asked.words) if by_words else search.Looked(found)


def lines_of(petitions: Collection[Petition], *, on: date) -> list[Line]:
    """What a list shows beside each. A fixed number of queries, however many there are."""
    names = told_names({one.unit_id for one in petitions}, on=on)
    topics = told_topics({one.topic_id for one in petitions if one.topic_id}, on=on)
    return [
        Line(
            petition=one,
            unit_name=names.get(one.unit_id, ""),
            topic=topics[one.topic_id].path if one.topic_id in topics else "",
            due_label=CLOCKS.get(one.due_name, ""),
            days=(one.due_on - on).days if one.due_on else None,
        )
        for one in petitions
    ]


def due_petitions(user: "User") -> QuerySet[Petition]:
    """What the reader works on and is due by a day, the nearest first."""
    mine = allowed_petitions(user, "petitions.handle").unfinished()
    return mine.exclude(due_on=None).order_by("due_on", "pk")


def unsorted_petitions(user: "User") -> QuerySet[Petition]:
    """What came in and was not looked at yet, the oldest first."""
    mine = allowed_petitions(user, "petitions.handle").filter(state=State.RECEIVED)
    return mine.order_by("received_on", "pk")


def waiting_for_decision(user: "User") -> QuerySet[Petition]:
    """Complaints that were verified and wait for who decides, the nearest day first."""
    mine = allowed_petitions(user, "petitions.decide").filter(
        state__in=(State.VERIFYING, State.DIALOGUE)
    )
    return mine.exclude(finding="").order_by("due_on", "pk")


def receiving_units(user: "User", *, on: date) -> list[tuple[int, str]]:
    """The user's own units for which they may receive a paper: organisations first, then by name.

    A place receives nothing itself where an organisation of it may: who reads by the line would not find it there.
    """
    own = ids_among(own_units(user), units_granted(user, "petitions.receive"))
    kinds, names = units_on(own, on), names_on(own, on)
    taken = {one.place_id for one in kinds.values() if not one.is_place}
    offered = [pair for pair in names.items() if pair[0] not in taken]
    return sorted(offered, key=lambda pair: (kinds[pair[0]].is_place, sort_key(pair[1])))


def receiving_unit(user: "User", offered: Collection[int], *, on: date) -> int | None:
    """For which of several units `user` receives: their only own one, that of their last paper, that of their post, or the
    only one of them at which papers come in.
    """
    own = [pk for pk, _ in receiving_units(user, on=on) if pk in offered]
    if len(own) <= 1:
        return own[0] if own else None
    last = Paper.objects.filter(entered_by=user, unit_id__in=own).order_by("-pk")
    usual = last.values_list("unit_id", flat=True).first() or usual_unit(user, own, on=on)
    if usual is not None:
        return usual
    busy = Paper.objects.filter(unit_id__in=own).order_by().values_list("unit_id", flat=True)
    known = list(busy.distinct()[:2])
    return known[0] if len(known) == 1 else None
