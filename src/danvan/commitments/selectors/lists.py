"""The ledger as a list: its tabs, its filters, its order, and what a line shows beside the row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from danvan.accounts.selectors import actions_of, may_at_root, units_granted
from danvan.commitments.enums import UNDONE, Ruling, SourceKind
from danvan.commitments.models import (
    Commitment,
    CommitmentHead,
    CommitmentQuerySet,
    CommitmentSupport,
    Explanation,
    Extension,
    FollowUpPart,
    SeriesStep,
    SeriesTurn,
)
from danvan.commitments.selectors.brackets import AGES, brackets_on
from danvan.commitments.selectors.brackets import SOON as SOON_DUE
from danvan.commitments.selectors.clocks import days_silent, silent_since
from danvan.commitments.selectors.ledger import (
    allowed_explanations,
    key_of,
    own_units,
    searched_commitments,
    visible_commitments,
)
from danvan.commitments.selectors.measures import counted, measures
from danvan.commitments.selectors.tallies import Tally, due_in_year
from danvan.commitments.series_enums import SeriesStepKind
from danvan.foundation import clock, search
from danvan.foundation.lists import COUNTED_TO
from danvan.organisations.selectors.following import found_under, told_names
from danvan.organisations.selectors.officers.seated import posts_held_by
from danvan.topics.selectors import Told, reading_under, told_topics

if TYPE_CHECKING:
    from danvan.accounts.models import User

SOON = 7  # days
NO_TOPIC = 0
OTHER_SOURCE = "khac"
# What stands in the address for each kind of source, the kind, and its words.
SOURCES: dict[str, tuple[str, str]] = {
    **{kind.value.split(".")[0] or "ghi-tay": (kind.value, str(kind.label)) for kind in SourceKind},
    OTHER_SOURCE: (OTHER_SOURCE, "Nguồn khác"),
}


class Tab(StrEnum):
    """The tabs of the list; the words stand in the address."""

    UNDONE = "chua-xong"
    OVERDUE = "qua-han"
    SOON = "sap-den-han"
    SILENT = "im-lang"
    CLAIMED = "cho-kiem-tra"
    VERIFIED = "da-xong"
    ALL = "tat-ca"


class Side(StrEnum):
    """Which part the reader's own units have in a commitment."""

    ANY = ""
    LEADS = "chu-tri"
    SUPPORTS = "phoi-hop"
    ASSIGNS = "toi-giao"
    FOLLOWS = "toi-theo-doi"  # supervised by the post that the reader holds
    GAVE = "toi-da-giao"  # given by the reader in person, or a turn of what they gave
    URGED = "toi-don-doc"  # followed up by the reader in person
    WITHIN = "pham-vi"  # led by any unit that the reader may view


# The three facts and their wholes, as a list tells them.
RATED = ("counted", "claimed", "verified", "asked", "agreed", "disputed")
# In the order of each tab the late ones stand first; those without an end last.
ORDERS: dict[str, tuple[str, ...]] = {
    Tab.UNDONE: ("ordered_by", "pk"),
    Tab.OVERDUE: ("ordered_by", "pk"),
    Tab.SOON: ("ordered_by", "pk"),
    Tab.SILENT: ("silent_from", "pk"),
    Tab.CLAIMED: ("claimed_on", "pk"),
    Tab.VERIFIED: ("-verified_on", "-pk"),
    Tab.ALL: ("-pk",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of commitments is asked for; empty parts ask for all."""

    tab: str = Tab.UNDONE
    side: str = Side.ANY
    words: str = ""
    symbol: str = ""
    unit_id: int | None = None
    before: bool = True  # with the units before those at or under it
    alone: bool = False  # only what the unit itself leads
    topic_id: int | None = None  # with what is read at or under it; NO_TOPIC: filed under none
    source: str = ""  # one of SOURCES
    post_id: int | None = None  # supervised by the holder of this post
    measure: str = ""  # one of those that the statistics count
    year: int | None = None  # of the present day; NO_YEAR: without an end
    month: int | None = None  # of that year


class Clocked:
    """What is told of a due day. `days` is how late it is, negative while there is time; None without a day or once done."""

    __slots__ = ()
    days: int | None

    @property
    def late(self) -> bool:
        """Whether it is not done and its day is over."""
        return self.days is not None and self.days > 0

    @property
    def left(self) -> int:
        """The days that are left."""
        return -(self.days or 0)

    @property
    def soon(self) -> bool:
        """Whether it is due within a week."""
        return self.days is not None and -SOON <= self.days <= 0


@dataclass(frozen=True, slots=True)
class Line(Clocked):
    """One commitment as a list shows it. `days` is how late it is, negative while there is time."""

    commitment: Commitment
    lead: str
    assigner: str
    days: int | None
    extensions: int
    extension_asked: bool
    topic: Told | None = None
    silent: int | None = None


def days_late(commitment: Commitment, on: date) -> int | None:
    """The days since an undone commitment was due (negative: until); None where it is done or has no end."""
    if commitment.state not in UNDONE or commitment.due_on is None:
        return None
    return (on - commitment.due_on).days


def listed(user: "User", asked: Asked, *, on: date) -> QuerySet[Commitment]:
    """The commitments `user` may see that fit what is asked. A place stands for every unit under it, and before those."""
    return looked_for(user, narrowed(user, asked, on=on), asked, on=on).rows


def looked_for(
    user: "User", found: CommitmentQuerySet, asked: Asked, *, on: date
) -> search.Looked[Commitment]:
    """Those of a narrowed list that stand in the tab asked for and hold its words; what fits these keeps how well."""
    rows = in_tab(found, asked, on=on)
    if not asked.words:
        return search.Looked(rows)
    at_once = in_tab(narrowed(user, asked, on=on, at_once=True), asked, on=on)
    return search.look(rows, asked.words, at_once=at_once)


def in_tab(found: CommitmentQuerySet, asked: Asked, *, on: date) -> QuerySet[Commitment]:
    """Those of a narrowed list that stand in the tab asked for, whatever its words."""
    if asked.tab == Tab.UNDONE:
        found = found.undone()
    elif asked.tab == Tab.OVERDUE:
        found = found.overdue(on)
    elif asked.tab == Tab.SOON:
        found = found.undone().filter(ordered_by__gte=on, ordered_by__lte=on + timedelta(days=SOON))
    elif asked.tab == Tab.SILENT:
        found = found.silent(silent_since(on))
    elif asked.tab == Tab.CLAIMED:
        found = found.claimed()
    elif asked.tab == Tab.VERIFIED:
        found = found.verified()
    return found


def surely_listed(
    user: "User", found: QuerySet[Commitment], asked: Asked
) -> QuerySet[Commitment] | None:
    """Of a list those that are led where `user` looks: much sooner counted. None where nothing is gained by it."""
    few = getattr(found, "few", False)
    if few or asked.words or asked.side or may_at_root(user, "commitments.view"):
        return None
    return found.filter(lead_id__in=units_granted(user, "commitments.view"))


def narrowed(user: "User", asked: Asked, *, on: date, at_once: bool = False) -> CommitmentQuerySet:
    """What `user` may see, narrowed by everything asked for but the tab and the words.

    `at_once`: in the shape that suits being met with much that was found, not with a list in its order.
    """
    found = searched_commitments(user) if at_once else visible_commitments(user)
    if asked.side:
        found = found.filter(_side(user, asked.side))
    if asked.unit_id is not None and asked.alone:
        found = found.filter(lead_id=asked.unit_id)
    elif asked.unit_id is not None:
        found = found.filter(lead_id__in=found_under(asked.unit_id, on=on, before=asked.before))
    if asked.topic_id == NO_TOPIC:
        found = found.filter(topic=None)
    elif asked.topic_id is not None:
        found = found.filter(topic_id__in=reading_under(asked.topic_id, on))
    found = found.filter(*_counted(asked, on))
    if asked.symbol:
        found = found.filter(source_key__startswith=key_of(asked.symbol))
    return found


def _counted(asked: Asked, on: date) -> Iterator[Q]:
    """What the numbers of the statistics narrow a list to."""
    if asked.post_id is not None:
        yield Q(pk__in=headed_by([asked.post_id]))
    if asked.source == OTHER_SOURCE:
        yield ~Q(source_kind__in=SourceKind.values)
    elif asked.source:
        yield Q(source_kind=SOURCES[asked.source][0])
    bounds = brackets_on(on) if asked.measure in AGES else None
    if asked.measure == SOON_DUE:
        yield bounds.conditions(on)[SOON_DUE] if bounds else Q(pk=None)
    elif asked.measure:
        yield counted() & measures(on, bounds)[asked.measure]
    if asked.year is not None:
        yield due_in_year(asked.year)
    if asked.month is not None:
        yield Q(due_on__month=asked.month)


def facts_of(
    user: "User",
    reach: CommitmentQuerySet,
    asked: Asked,
    found: search.Looked[Commitment],
    *,
    on: date,
    many: bool = False,
) -> Tally | None:
    """How all of a narrowed list stands, whichever its tab; None where it is too much to count for a list.

    `found` is what was found of it in its tab. `many`: that is known to be more than is counted; what stands in any
    tab but all is counted here too. One query, some more for words in another tab.
    """
    if many and asked.tab != Tab.ALL:
        return None
    every = replace(asked, tab=Tab.ALL)
    looked = found if asked.tab == Tab.ALL else looked_for(user, reach, every, on=on)
    if looked.least is not None:
        return None
    of = measures(on)
    some = looked.rows.filter(counted()).order_by()[: COUNTED_TO + 1]
    row = some.aggregate(**{f"n_{name}": Count("pk", filter=of[name]) for name in RATED})
    if row["n_counted"] > COUNTED_TO:
        return None
    return Tally(**{name: row[f"n_{name}"] for name in RATED})


def order_of(asked: Asked) -> tuple[str, ...]:
    """The order of a list: what fits the words best, then the order of the tab."""
    order = ORDERS[asked.tab]
    return ("search_tier", *order) if asked.words else order


def sides_of(user: "User") -> list[Side]:
    """The sides that mean something to `user`: nobody assigns without the right to."""
    gives = "commitments.assign" in actions_of(user)
    assigns = [Side.ASSIGNS, Side.GAVE, Side.URGED] if gives else []
    return [Side.ANY, Side.LEADS, Side.SUPPORTS, *assigns, Side.FOLLOWS, Side.WITHIN]


def lines_of(commitments: list[Commitment], *, on: date) -> list[Line]:
    """The rows of one page with what stands beside them. Four queries for any number, and four for their topics where one has any."""
    since = silent_since(on)
    units = {one.lead_id for one in commitments} | {one.assigner_id for one in commitments}
    names = told_names(units, on=on)
    topics = told_topics({one.topic_id for one in commitments}, on=on)
    asked = Extension.objects.filter(commitment__in=commitments).order_by()
    counts: dict[int, tuple[int, int]] = {
        row["commitment_id"]: (row["granted"], row["waiting"])
        for row in asked.values("commitment_id").annotate(
            granted=Count("pk", filter=Q(ruling=Ruling.GRANTED)),
            waiting=Count("pk", filter=Q(ruling=Ruling.OPEN)),
        )
    }
    return [
        Line(
            commitment=one,
            lead=names.get(one.lead_id, ""),
            assigner=names.get(one.assigner_id, ""),
            days=days_late(one, on),
            extensions=counts.get(one.pk, (0, 0))[0],
            extension_asked=counts.get(one.pk, (0, 0))[1] > 0,
            topic=topics.get(one.topic_id) if one.topic_id is not None else None,
            silent=days_silent(one, since, on),
        )
        for one in commitments
    ]


def explanations_listed(user: "User", tab: str) -> QuerySet[Explanation]:
    """The explanations `user` may see: waiting for the unit, waiting for a decision, or done; else all."""
    found = allowed_explanations(user, "commitments.view")
    unanswered = Q(answered_at=None) | Q(ruling=Ruling.REFUSED)
    if tab == "cho-tra-loi":
        found = found.exclude(ruling=Ruling.GRANTED).filter(unanswered)
    elif tab == "cho-y-kien":
        found = found.filter(ruling=Ruling.OPEN).exclude(answered_at=None)
    elif tab == "da-tiep-nhan":
        found = found.filter(ruling=Ruling.GRANTED)
    return found.select_related("asked_by", "answered_by")


def head_title(asked: Asked) -> str:
    """The post by whose holder a list is narrowed, as it was last told; empty where it is not."""
    if asked.post_id is None:
        return ""
    row = CommitmentHead.objects.filter(post_id=asked.post_id).order_by("-pk").first()
    return row.title if row else ""


def headed_by(post_ids: Iterable[int]) -> QuerySet[Any, Any]:
    """Ids of the commitments that the holders of these posts supervise. Lazy."""
    heads = CommitmentHead.objects.filter(post_id__in=list(post_ids))
    return heads.order_by().values("commitment_id")


def _side(user: "User", side: str) -> Q:
    if side == Side.WITHIN:
        return Q(lead_id__in=units_granted(user, "commitments.view"))
    if side == Side.GAVE:
        begun = SeriesStep.objects.filter(kind=SeriesStepKind.BEGUN, by=user).values("series_id")
        turns = SeriesTurn.objects.filter(series_id__in=begun).values("commitment_id")
        return Q(assigned_by=user) | Q(pk__in=turns)
    if side == Side.URGED:
        return Q(
            pk__in=FollowUpPart.commitments.through.objects.filter(
                followuppart__follow_up__by=user
            ).values("commitment_id")
        )
    if side == Side.FOLLOWS:
        return Q(pk__in=headed_by(posts_held_by(user.pk, clock.today())))
    own = own_units(user)
    if side == Side.LEADS:
        return Q(lead_id__in=own)
    if side == Side.ASSIGNS:
        return Q(assigner_id__in=own)
    return Q(pk__in=CommitmentSupport.objects.filter(unit_id__in=own).values("commitment_id"))
