"""What units said in other forms of the same months, to hold a form's figures against."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from danvan.indicators.selectors.giving import amounts_from
from danvan.reporting.enums import ItemKind
from danvan.reporting.models import FormItem, Submission
from danvan.reporting.selectors.spans import SOURCE

Said = dict[tuple[str, str], Decimal | None]  # by form and item code


def said_elsewhere(
    asked: Collection[tuple[str, str]], firsts: Collection[date], unit_ids: Collection[int]
) -> dict[tuple[int, date], Said]:
    """The figures of other forms, by unit and month; `asked` are form and item codes. Three queries, or none.

    Where two places ask a unit forms of one code, which of the two is meant is not known: neither is given.
    """
    if not asked:
        return {}
    rows = Submission.objects.filter(
        obligation__form__code__in={form for form, _ in asked},
        obligation__unit_id__in=unit_ids,
        obligation__first__in=firsts,
    ).order_by("vintage")
    standing = {
        one.obligation_id: one for one in rows.select_related("obligation__form")
    }  # the last vintage of each
    askers: dict[tuple[int, date, str], set[int]] = {}
    for one in standing.values():
        askers.setdefault(_where(one), set()).add(one.obligation.form.unit_id)
    sent = {one.pk: one.obligation for one in standing.values() if len(askers[_where(one)]) == 1}
    items = FormItem.objects.filter(
        section__form_id__in={one.form_id for one in sent.values()},
        kind=ItemKind.NUMBER,
        code__in={code for _, code in asked},
    ).values_list("section__form_id", "indicator_id", "code")
    codes = {(form, indicator): code for form, indicator, code in items if indicator}
    found: dict[tuple[int, date], Said] = {}
    given = amounts_from(SOURCE, list(sent), {indicator for _, indicator in codes})
    for source, amounts in given.items():
        owed = sent[source]
        for indicator, amount in amounts.items():
            if code := codes.get((owed.form_id, indicator)):
                found.setdefault((owed.unit_id, owed.first), {})[owed.form.code, code] = amount
    return found


def _where(one: Submission) -> tuple[int, date, str]:
    owed = one.obligation
    return owed.unit_id, owed.first, owed.form.code
