"""Which forms ask an indicator, and of which units it was asked in which month."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from danvan.reporting.models import Form, FormItem, Obligation


def forms_asking(indicator_id: int, *, on: date) -> list[FormItem]:
    """The questions of forms of a day or later that ask an indicator, with their forms, by form and place. One query."""
    lasting = Q(section__form__valid_to=None) | Q(section__form__valid_to__gt=on)
    found = FormItem.objects.filter(lasting, indicator_id=indicator_id)
    return list(
        found.select_related("section__form").order_by(
            "section__form__code", "section__form__number", "section__position", "position"
        )
    )


def units_asked(indicator_id: int, firsts: Collection[date]) -> dict[date, set[int]]:
    """The units that owe a report in which an indicator is asked, by the first day of the month. One query."""
    asking = Form.objects.filter(sections__items__indicator_id=indicator_id)
    owed = Obligation.objects.filter(form__in=asking, first__in=firsts).owed()
    found: dict[date, set[int]] = defaultdict(set)
    for first, unit_id in owed.order_by().values_list("first", "unit_id"):
        found[first].add(unit_id)
    return dict(found)
