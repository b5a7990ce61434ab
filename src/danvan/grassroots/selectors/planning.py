"""The yearly plans of what communes make public, held against what was published."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from danvan.accounts.selectors import reaches
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.grassroots.enums import POST_KEY, Channel, Pillar, Posted
from danvan.grassroots.models import Matter, MatterKind, PublicationItem, PublicationPlan
from danvan.grassroots.models.planning import PublicationPlanQuerySet
from danvan.grassroots.selectors.reading import committees_of, kinds_on
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.organisations.selectors import last_names
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of a plan and how it stands: published by its day, late, or not yet."""

    item: PublicationItem
    tone: str
    word: str

    @property
    def published(self) -> bool:
        """Whether it can be read or heard."""
        return self.item.matter is not None and self.tone in ("green", "orange")


@dataclass(frozen=True, slots=True)
class PlanCard:
    """What the page of one plan and its paper show.

    `beside`: what was published in the year and stands on no line; `lacking`: kinds of the law without a line.
    """

    plan: PublicationPlan
    unit_name: str
    lines: list[ItemLine]
    beside: list[Matter]
    lacking: list[MatterKind]
    may_keep: bool

    @property
    def published(self) -> int:
        """How many lines were published."""
        return sum(one.published for one in self.lines)

    @property
    def late(self) -> int:
        """How many are past their day and not published."""
        return sum(one.tone == "red" for one in self.lines)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One commune's year: its plan, how many lines, how many published by their day, late, past their day."""

    unit_id: int
    name: str
    plan: PublicationPlan | None
    items: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0


def asked_channels(kind: MatterKind) -> list[str]:
    """Where the law wants a kind to be published; the portal where it leaves the choice."""
    found = {
        Posted.ALWAYS: [Channel.OFFICE],
        Posted.DAYS: [Channel.OFFICE, Channel.VILLAGE],
    }.get(Posted(kind.posted), [Channel.PORTAL])
    return [one.value for one in [*found, *([Channel.RADIO] if kind.radio else [])]]


def asked_days(kind: MatterKind, day: date) -> int | None:
    """For how many days on end the law wants it to hang; None where it hangs always or nothing is said."""
    if kind.posted != Posted.DAYS:
        return None
    try:
        return parameter(POST_KEY, on=day).numerator
    except UnknownParameter:
        return None


def day_of_law(year: int) -> date:
    """The day whose law a plan of the year is made by: today, in another year its nearest day."""
    return min(max(clock.today(), date(year, 1, 1)), date(year, 12, 31))


def allowed_plans(user: "User", action: str) -> PublicationPlanQuerySet:
    """Where every view of a plan starts."""
    return PublicationPlan.objects.allowed(user, action)


def plan_card_of(user: "User", plan: PublicationPlan) -> PlanCard:
    """What the page of one plan shows; a fixed number of queries."""
    today = clock.today()
    items = list(plan.items.select_related("kind", "matter"))
    year = Period.starting(date(plan.year, 1, 1), Every.YEAR)
    written = {one.kind.code for one in items}
    beside = _free_matters(plan).filter(shown_on__gte=year.first, shown_on__lt=year.end)
    return PlanCard(
        plan=plan,
        unit_name=last_names([plan.unit_id], today).get(plan.unit_id, ""),
        lines=[_line(one, today) for one in items],
        beside=list(beside[:100]),
        lacking=[
            one
            for one in kinds_on(day_of_law(plan.year))
            if one.pillar == Pillar.KNOW and one.code not in written
        ],
        may_keep=reaches(user, "dialogues.hold", plan.unit_id),
    )


def matters_for(item: PublicationItem) -> QuerySet[Matter]:
    """What may have carried out a line: of its unit and kind, begun in its year or the one before, on no other line."""
    first = date(item.plan.year - 1, 1, 1)
    found = _free_matters(item.plan).filter(kind__code=item.kind.code)
    return found.filter(began_on__gte=first, began_on__lt=date(item.plan.year + 1, 1, 1))


def plans_of_year(user: "User", year: int, *, on: date) -> list[PlanLine]:
    """The plans of each commune within reach for a year, those without one first; an heir has also those that passed to it.

    A fixed number of queries a grant.
    """
    day = min(on, date(year, 12, 31))
    units = committees_of(user, "dialogues.view", on=day)
    found = allowed_plans(user, "dialogues.view").filter(year=year)
    plans: dict[int, list[PublicationPlan | None]] = {}
    for plan in found.order_by("pk"):
        plans.setdefault(plan.unit_id, []).append(plan)
    items: dict[int, list[PublicationItem]] = {}
    rows = PublicationItem.objects.filter(plan__in=found.order_by())
    for one in rows.select_related("matter"):
        items.setdefault(one.plan_id, []).append(one)
    names = last_names({*units, *plans}, on)
    lines = [
        _plan_line(pk, name, plan, items.get(plan.pk, []) if plan else [], on)
        for pk, name in names.items()
        for plan in plans.get(pk, [None])
    ]
    return sorted(
        lines, key=lambda one: (one.plan is not None, -one.overdue, -one.late, sort_key(one.name))
    )


def items_due(user: "User") -> QuerySet[PublicationItem]:
    """The lines of issued plans that `user` may carry out and for which nothing was published, the nearest first."""
    plans = allowed_plans(user, "dialogues.hold").filter(issued_on__isnull=False)
    found = PublicationItem.objects.unpublished().filter(plan__in=plans, by_on__isnull=False)
    return found.select_related("plan", "kind", "matter").order_by("by_on", "pk")


def _free_matters(plan: PublicationPlan) -> QuerySet[Matter]:
    """What the unit of the plan had to publish, not withdrawn, on no line of any plan."""
    taken = PublicationItem.objects.filter(matter=OuterRef("pk"))
    found = Matter.objects.standing().filter(unit_id=plan.unit_id, kind__pillar=Pillar.KNOW)
    return found.filter(~Exists(taken)).select_related("kind").order_by("began_on", "pk")


def _line(item: PublicationItem, today: date) -> ItemLine:
    shown = item.carried_by.shown_on if item.carried_by else None
    over = item.by_on is not None and item.by_on < today
    if shown is not None and item.by_on is not None and shown > item.by_on:
        return ItemLine(item, "orange", f"Chậm, ngày {format_date(shown)}")
    if shown is not None:
        return ItemLine(item, "green", f"Đã công khai {format_date(shown)}")
    if over:
        return ItemLine(item, "red", "Quá hạn, chưa công khai")
    return ItemLine(item, "grey", "Chưa công khai")


def _plan_line(
    unit_id: int,
    name: str,
    plan: PublicationPlan | None,
    items: list[PublicationItem],
    today: date,
) -> PlanLine:
    tones = [_line(one, today).tone for one in items]
    return PlanLine(
        unit_id, name, plan, len(items), tones.count("green"), tones.count("orange"), tones.count("red"),
    )  # fmt: skip
