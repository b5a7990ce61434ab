"""Where an indicator is used within the module: what is built on it, what it is broken into, which targets hold it."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from danvan.indicators.models import Indicator, IndicatorVersion, Target
from danvan.indicators.selectors.breakdowns import parts_of
from danvan.indicators.selectors.definitions import codes_in


@dataclass(frozen=True, slots=True)
class Uses:
    """What needs an indicator on a day or later: ratios and formulas `built` on it, its `parts`, `targets` that hold it."""

    built: list[IndicatorVersion]
    parts: list[Indicator]
    targets: list[Target]


def uses_of(indicator: Indicator, *, on: date) -> Uses:
    """What uses an indicator on a day or later, by code or title. Three queries."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=on)
    side = Q(numerator=indicator) | Q(denominator=indicator)
    written = IndicatorVersion.objects.annotate(written=Cast("formula", TextField()))
    near = written.filter(lasting & (side | _spelt(indicator.code)))
    built: list[IndicatorVersion] = [
        one
        for one in near.select_related("indicator").order_by("indicator__code", "number")
        if one.formula is None or indicator.code in codes_in(one.formula)
    ]
    targets = Target.objects.filter(lasting, indicator=indicator).order_by("title", "pk")
    return Uses(built, parts_of(indicator.pk), list(targets))


def _spelt(code: str) -> Q:
    """Formulas in whose text a code may stand; SQLite keeps a Đ there by its number."""
    return Q(written__contains=f'"{code}"') | Q(written__contains=json.dumps(code))
