"""The catalogue of indicators: found by words, kind, owner and by how the figure is got; safe at 100,000 rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from danvan.foundation import search
from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.models import (
    Breakdown,
    Indicator,
    IndicatorQuerySet,
    IndicatorVersion,
    Value,
)
from danvan.indicators.selectors.measures import versions_for
from danvan.organisations.selectors import in_force

if TYPE_CHECKING:
    from danvan.accounts.models import User

GIVEN, COUNTED, COMPUTED = "given", "counted", "computed"
WAYS = {
    GIVEN: "Đơn vị nhập",
    COUNTED: "Đếm từ hồ sơ",
    COMPUTED: "Tính từ chỉ số khác",
}
CHUNK = 1_000
MANY = 5_000  # ids a statement

_WORKED_OUT = Q(kind=MeasureKind.RATIO) | Q(formula__isnull=False)
_BY_WAY = {
    GIVEN: Q(counter="") & ~_WORKED_OUT,
    COUNTED: ~Q(counter="") & ~_WORKED_OUT,
    COMPUTED: _WORKED_OUT,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the catalogue; empty is all. `ended` asks for those measured no longer too."""

    words: str = ""
    kind: str = ""
    way: str = ""
    owner_id: int | None = None
    ended: bool = False


def indicators_for(user: "User", action: str) -> IndicatorQuerySet:
    """Where every act on an indicator starts: fetching from here is the permission check."""
    return Indicator.objects.allowed(user, action)


def every_indicator() -> IndicatorQuerySet:
    """All that is measured or was: what it means is for everyone who may read figures."""
    return Indicator.objects.select_related("option__breakdown")


def every_breakdown() -> QuerySet[Breakdown]:
    """All ways of breaking down, which belong to nobody."""
    return Breakdown.objects.all()


def catalogue(wanted: Wanted, *, on: date) -> IndicatorQuerySet:
    """The indicators looked for, each by what it means on a day (with `ended`: by any of its versions)."""
    versions = IndicatorVersion.objects.filter(indicator=OuterRef("pk"))
    if not wanted.ended:
        versions = versions.filter(in_force(on))
    if wanted.kind:
        versions = versions.filter(kind=wanted.kind)
    if wanted.way:
        versions = versions.filter(_BY_WAY[wanted.way])
    found = Indicator.objects.filter(Exists(versions))
    if wanted.owner_id is not None:
        found = found.filter(owner_id=wanted.owner_id)
    return search.find(found, wanted.words) if wanted.words else found  # type: ignore[return-value]


def way_of(version: IndicatorVersion) -> str:
    """How the figure of an indicator is got."""
    if version.kind == MeasureKind.RATIO or version.formula is not None:
        return COMPUTED
    return COUNTED if version.counter else GIVEN


def lines_of(rows: IndicatorQuerySet, *, on: date) -> Iterator[tuple[Indicator, IndicatorVersion]]:
    """Every indicator of a catalogue with what it means on a day, by code; a query for 1,000 of them."""
    pks = list(rows.order_by("code").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        some = pks[start : start + CHUNK]
        versions = versions_for(some, on)
        yield from ((versions[pk].indicator, versions[pk]) for pk in some)


def owners() -> list[int]:
    """The units that own indicators. One query."""
    owned = Indicator.objects.exclude(owner=None).order_by("owner_id")
    return list(owned.values_list("owner_id", flat=True).distinct())


def versions_told(indicator_id: int) -> list[IndicatorVersion]:
    """Every version of an indicator, the newest first, with the parts of a ratio. One query."""
    found = IndicatorVersion.objects.filter(indicator_id=indicator_id)
    return list(found.select_related("numerator", "denominator").order_by("-number"))


def breakdowns() -> list[Breakdown]:
    """Every breakdown with its options. Two queries."""
    return list(Breakdown.objects.prefetch_related("options").order_by("name"))


def values_since(indicator_id: int, day: date) -> int:
    """How many values stand for months that end on a day or later. One query."""
    since = day.replace(day=1)
    return Value.objects.current().filter(indicator_id=indicator_id, first__gte=since).count()


def values_given_under(indicator_id: int, unit_ids: Collection[int], month: Period) -> int:
    """How many of these units gave a value for a month. One query for 5,000 of them."""
    units = sorted(unit_ids)
    given = Value.objects.current().filter(indicator_id=indicator_id, first=month.first)
    return sum(
        given.filter(unit_id__in=units[start : start + MANY]).count()
        for start in range(0, len(units), MANY)
    )


def codes_known(day: date, most: int) -> list[tuple[str, str]]:
    """(code, name) of up to so many indicators that are measured on a day, by code. One query."""
    found = IndicatorVersion.objects.filter(in_force(day)).order_by("indicator__code")
    return list(found.values_list("indicator__code", "name")[:most])


def names_of(codes: Collection[str], *, on: date) -> dict[str, IndicatorVersion]:
    """What the indicators with these codes mean on a day, by code. Two queries."""
    pks = Indicator.objects.filter(code__in=codes).values_list("pk", flat=True)
    return {one.indicator.code: one for one in versions_for(list(pks), on).values()}
