"""Which forms ask an indicator, and of which units it was asked in which month."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from danvan.reporting.applying import applies
from danvan.reporting.models import FormItem, Obligation


def forms_asking(indicator_id: int, *, on: date) -> list[FormItem]:
    """The questions of forms of a day or later that ask an indicator, with their forms, by form and place. One query."""
    lasting = Q(section__form__valid_to=None) | Q(section__form__valid_to__gt=on)
    found = FormItem.objects.filter(lasting, indicator_id=indicator_id)
    return list(
        found.select_related("section__form").order_by(
            "section__form__code", "section__form__number", "section__position", "position"
        )
    )


def units_owing(indicator_id: int, firsts: Collection[date]) -> dict[date, set[int]]:
    """The units that owe a report in which an indicator is asked of them, by the first day of the month. Two queries."""
    asking = defaultdict(list)
    items = FormItem.objects.filter(indicator_id=indicator_id)
    for form, section, item in items.values_list("section__form_id", "section__kinds", "kinds"):
        asking[form].append((section, item))
    owed = Obligation.objects.filter(form_id__in=list(asking), first__in=firsts).owed().order_by()
    found: dict[date, set[int]] = defaultdict(set)
    for form, first, unit_id, kind in owed.values_list("form_id", "first", "unit_id", "kind"):
        if any(applies(section, kind) and applies(item, kind) for section, item in asking[form]):
            found[first].add(unit_id)
    return dict(found)
