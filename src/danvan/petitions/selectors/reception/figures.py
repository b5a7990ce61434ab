"""What the periodic tables count of citizen reception, by unit, and the rows of the register behind each number."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, When

from danvan.foundation.periods import Period
from danvan.organisations.selectors.following import found_under
from danvan.petitions.enums import Kind
from danvan.petitions.models import ReceptionDay, ReceptionVisit, VisitMatter, VisitMatterQuerySet
from danvan.petitions.reception_enums import SEEN_ACTION, MatterWay, Receiver
from danvan.petitions.selectors.reception.counting import Rule, crowd_rules, crowds_fit

if TYPE_CHECKING:
    from danvan.accounts.models import User

VISITS, PEOPLE, MATTERS, DAYS = "visits", "people", "matters", "days"
# Who received: of a visit, and of a day.
SIDES: dict[str, tuple[str, dict[str, Any]]] = {
    "regular": ("Tiếp thường xuyên", {"day": None}),
    "head": ("Người đứng đầu tiếp", {"day__received": Receiver.HEAD}),
    "deputed": ("Người khác tiếp thay", {"day__received": Receiver.OTHER}),
}
WORDS = {VISITS: "lượt", PEOPLE: "người", MATTERS: "vụ", DAYS: "kỳ"}


@dataclass(frozen=True, slots=True)
class ReceptionMeasure:
    """One number: of visits, people, matters or days, of those that fit. `crowd`: of groups that the law calls crowds."""

    key: str
    label: str
    of: str
    visit: tuple[tuple[str, Any], ...] = ()
    matter: tuple[tuple[str, Any], ...] = ()
    crowd: bool = False

    def visits(self, rules: list[Rule]) -> Q:
        """Which visits it counts."""
        fits = Q(**dict(self.visit))
        return fits & crowds_fit(rules) if self.crowd else fits

    def matters(self, rules: list[Rule]) -> Q:
        """Which rows of the register it is of."""
        said = {f"visit__{name}": value for name, value in self.visit}
        fits = Q(**said, **dict(self.matter))
        return fits & crowds_fit(rules, before="visit__") if self.crowd else fits


def _made() -> list[ReceptionMeasure]:
    found = []
    for side, (label, fits) in SIDES.items():
        said = tuple(fits.items())
        if side != "regular":
            found.append(ReceptionMeasure(f"{side}_days", f"{label}: kỳ", DAYS, said))
        found += [
            ReceptionMeasure(f"{side}_{of}", f"{label}: {WORDS[of]}", of, said)
            for of in (VISITS, PEOPLE, MATTERS)
        ]
        for name, words, repeated in (("first", "lần đầu", False), ("repeated", "nhiều lần", True)):
            of_visit = (*said, ("repeated", repeated))
            found.append(
                ReceptionMeasure(f"{side}_{name}", f"{label}: vụ tiếp {words}", MATTERS, of_visit)
            )
    found += [
        ReceptionMeasure(f"crowd_{of}", f"Đoàn đông người: {word}", of, crowd=True)
        for of, word in ((VISITS, "đoàn"), (PEOPLE, "người"), (MATTERS, "vụ"))
    ]
    found += [
        ReceptionMeasure(f"way_{one.value}", str(one.label), MATTERS, matter=(("way", one.value),))
        for one in MatterWay
    ]
    return found + [
        ReceptionMeasure(
            f"kind_{one.value}", str(one.label), MATTERS, matter=(("kind", one.value),)
        )
        for one in Kind
    ]


RECEPTION_MEASURES: dict[str, ReceptionMeasure] = {one.key: one for one in _made()}


def reception_by_unit(
    user: "User", period: Period, *, unit_id: int | None, on: date
) -> dict[int, Counter[str]]:
    """Every measure by unit, of the rows that `user` may see at or under a unit. Three queries and those of the law.

    A crowd is one by the law on the day of each visit; where no row was in force in the period its measures are unknown.
    """
    rules = crowd_rules()
    matters: VisitMatterQuerySet = VisitMatter.objects.allowed(user, SEEN_ACTION)
    matters = matters.filter(on__gte=period.first, on__lt=period.end)
    days = ReceptionDay.objects.allowed(user, SEEN_ACTION).took_place()
    days = days.filter(held_on__gte=period.first, held_on__lt=period.end)
    if unit_id is not None:
        under = found_under(unit_id, on=on)
        matters, days = matters.filter(unit_id__in=under), days.filter(unit_id__in=under)
    visits = ReceptionVisit.objects.filter(pk__in=matters.order_by().values("visit_id"))
    known = RECEPTION_MEASURES.values()
    found: dict[int, Counter[str]] = {}
    _add(found, matters, "unit_id", {
        one.key: Count("pk", filter=one.matters(rules)) for one in known if one.of == MATTERS
    })  # fmt: skip
    _add(found, visits, "unit_id", {
        one.key: Count("pk", filter=one.visits(rules)) if one.of == VISITS else Sum("people", filter=one.visits(rules))
        for one in known if one.of in (VISITS, PEOPLE)
    })  # fmt: skip
    _add(found, days.annotate(whose=_whose()), "whose", {
        one.key: Count("pk", filter=Q(received=dict(one.visit)["day__received"])) for one in known if one.of == DAYS
    })  # fmt: skip
    return found


def crowds_known(period: Period) -> bool:
    """Whether the law says from how many people a group is a crowd."""
    return any(first < period.end and period.first < end for first, end, _ in crowd_rules())


def _whose() -> Case:
    """Whose day it was: the unit before a reorganisation, or the one after it."""
    before = When(Q(former__isnull=False) & Q(passed_on__gt=F("held_on")), then=F("former_id"))
    return Case(before, default=F("unit_id"), output_field=BigIntegerField())


def _add(
    found: dict[int, Counter[str]], rows: QuerySet[Any], by: str, counts: dict[str, Any]
) -> None:
    for row in rows.order_by().values(by).annotate(**counts):
        numbers = found.setdefault(row[by], Counter())
        numbers.update({key: row[key] or 0 for key in counts})
