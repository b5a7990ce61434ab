"""Who is asked a form on a day, and what each of them is: both are frozen with the obligation."""

from collections.abc import Iterable
from datetime import date

from danvan.organisations.enums import Kind
from danvan.organisations.selectors.kinds import kinds_under
from danvan.reporting.applying import applies
from danvan.reporting.models import Form, FormItem


def units_asked(form: Form, *, on: date, under_id: int | None = None) -> dict[int, str]:
    """The units that a form is asked of on a day, under its place or another one, with what each is. Two queries.

    Those of whom none of its questions is asked owe nothing.
    """
    organisations = [kind for kind in form.kinds if kind in Kind.values]
    found = kinds_under(under_id or form.unit_id, form.level, on=on, organisations=organisations)
    asked = questioned_kinds([form.pk])
    return {unit: kind for unit, kind in found.items() if is_asked(form, kind, asked[form.pk])}


def is_asked(form: Form, kind: str, questioned: Iterable[tuple[list[str], list[str]]]) -> bool:
    """Whether a form is asked of units of a kind: it is meant for them, and one of its questions is."""
    meant = kind in form.kinds if form.kinds else kind not in Kind.values
    return meant and any(
        applies(section, kind) and applies(item, kind) for section, item in questioned
    )


def questioned_kinds(form_ids: Iterable[int]) -> dict[int, list[tuple[list[str], list[str]]]]:
    """The kinds of units that each question of these forms is asked of: its section's, and its own. One query."""
    found: dict[int, list[tuple[list[str], list[str]]]] = {pk: [] for pk in form_ids}
    items = FormItem.objects.filter(section__form_id__in=found).order_by("pk")
    for form, section, item in items.values_list("section__form_id", "section__kinds", "kinds"):
        found[form].append((section, item))
    return found
