"""What a new version of an indicator would change, tried without keeping it; and who may own a new indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.accounts.selectors import grants_allowing, may_at_root
from danvan.desk.indicators.formulas import terms_of
from danvan.desk.indicators.wording import formula_words, got, ways_up
from danvan.indicators.selectors import Uses, scales_of, uses_of, values_since
from danvan.indicators.services import redefine_indicator
from danvan.organisations.selectors import names_on, top_unit
from danvan.reporting.selectors import forms_asking
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Indicator, IndicatorVersion
    from danvan.reporting.models import FormItem


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the new version says otherwise."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the new version would say otherwise, and what would be touched by it."""

    differences: list[Difference]
    used: Uses
    asking: list["FormItem"]
    values: int
    since: date


def changes_of(
    indicator: "Indicator", before: "IndicatorVersion", said: Mapping[str, Any]
) -> Changes:
    """Try the new version as it would be kept, and take it back. RuleError where it would be refused."""
    with transaction.atomic():
        after = redefine_indicator(indicator, actor=None, **said)
        told = [_told(one) for one in (before, after)]
        transaction.set_rollback(True)
    day = said["valid_from"]
    return Changes(
        differences=[
            Difference(what, old, told[1][what])
            for what, old in told[0].items()
            if old != told[1][what]
        ],
        used=uses_of(indicator, on=day),
        asking=forms_asking(indicator.pk, on=day),
        values=values_since(indicator.pk, day),
        since=day,
    )


def _told(version: "IndicatorVersion") -> dict[str, str]:
    """What a version says, by what each thing is called."""
    sides = [one.code if one else "" for one in (version.numerator, version.denominator)]
    scale = scales_of([version.pk]).get(version.pk, [])
    return {
        "Tên": version.name,
        "Định nghĩa": version.definition,
        "Đơn vị tính": version.unit_label,
        "Loại": version.get_kind_display(),
        "Cách tổng hợp": ways_up(version),
        "Cách có số": got(version),
        "Công thức": formula_words(version.formula) if version.formula is not None else "",
        "Tử số, mẫu số": " trên ".join(sides) if any(sides) else "",
        "Khi sắp xếp đơn vị": version.get_at_break_display(),
        "Số chữ số sau dấu phẩy": str(version.places),
        "Thang bậc": "; ".join(f"{one.name}: {one.meaning}" for one in scale),
        "Căn cứ": version.source_symbol,
        "Từ ngày": format_date(version.valid_from),
    }


def as_defined(version: "IndicatorVersion", today: date) -> dict[str, Any]:
    """What the form shows of the version that is to be followed."""
    kept = ("name", "definition", "source_symbol", "kind", "unit_label", "at_break", "counter",
            "annualised", "over_time", "over_tree", "places", "formula")  # fmt: skip
    found: dict[str, Any] = {name: getattr(version, name) for name in kept}
    found["valid_from"] = max(today, date.fromordinal(version.valid_from.toordinal() + 1))
    found["factor"] = version.factor if version.numerator_id else None
    found["numerator"] = version.numerator.code if version.numerator else ""
    found["denominator"] = version.denominator.code if version.denominator else ""
    found["steps"] = [
        (one.name, one.meaning) for one in scales_of([version.pk]).get(version.pk, [])
    ]
    read = terms_of(version.formula) if version.formula is not None else None
    terms, found["divisor"] = read or ([], "")
    for place, term in enumerate(terms):
        found |= {
            f"sign_{place}": term.sign,
            f"code_{place}": term.code,
            f"times_{place}": term.times,
        }
    return found


def owners_for(user: "User", action: str, *, on: date) -> list[tuple[Any, str]]:
    """The units for which `user` may define indicators, by name; at the root also nobody's in particular."""
    if may_at_root(user, action):
        top = top_unit(on=on)
        return [("", "Không riêng đơn vị nào"), (top.id, top.name)]
    names = names_on({held.unit_id for held in grants_allowing(user, action)}, on)
    return sorted(names.items(), key=lambda one: sort_key(one[1]))
