"""The forms of a draft, filled from what the draft and the register hold."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from danvan.desk.reorganise.forms.acting import ChildrenForm
from danvan.desk.reorganise.forms.shares import SharesForm, SizesForm
from danvan.desk.reorganise.forms.starting import eve_of
from danvan.desk.reorganise.keeping import below
from danvan.desk.reorganise.reading.shares import heirs_asked, passing_rows
from danvan.desk.reorganise.shapes import SHAPES
from danvan.organisations.enums import EventKind
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.reorganising.ground import Drafted, read_draft
from danvan.organisations.selectors.reorganising.plan import Plan
from danvan.organisations.selectors.reorganising.reweighing import sizes_asked
from danvan.organisations.selectors.sizing import sizes_on

if TYPE_CHECKING:
    from danvan.organisations.models import Reorganisation

# In these, those below a unit that gives may go different ways.
PARTING = frozenset(
    {EventKind.DIVIDE, EventKind.SPLIT_OFF, EventKind.TERRITORY, EventKind.DISSOLVE}
)


def shares_form(
    draft: "Reorganisation", drafted: Drafted, plan: Plan, data: Mapping[str, Any] | None = None
) -> SharesForm:
    """The boxes of every passing."""
    rows = passing_rows(drafted, plan)
    return SharesForm(rows, draft.measure, data, heirs=heirs_asked(draft, rows))


def sizes_form(
    draft: "Reorganisation", plan: Plan, data: Mapping[str, Any] | None = None
) -> SizesForm | None:
    """The boxes of people and households of the places that pass something; None where none does. Three queries.

    Where shares are replaced, of the places whose sizes that takes, whether or not their own shares change.
    """
    eve = eve_of(draft)
    if draft.kind == EventKind.REWEIGH:
        places = sizes_asked(read_draft(draft))
    else:
        givers = {row.predecessor for row in plan.passed} | set(plan.ended)
        known = units_on([one for one in givers if one > 0], eve)
        places = [pk for pk, one in known.items() if one.is_place]
    if not places:
        return None
    names = {pk: plan.names.get(pk, "") for pk in sorted(places)}
    return SizesForm(names, sizes_on(places, eve), eve, data)


def children_form(
    draft: "Reorganisation", drafted: Drafted, data: Mapping[str, Any] | None = None
) -> ChildrenForm | None:
    """The boxes of where those below go; None where there are none, or only one way."""
    if draft.kind not in PARTING or not drafted.passings:
        return None
    below_them = below(draft, drafted)
    if not below_them:
        return None
    eve = eve_of(draft)
    givers = {row.predecessor_id for row in drafted.passings}
    existing = [row.successor_id for row in drafted.passings if row.successor_id]
    ground = units_on(givers, eve)
    above = [one.parent_id for one in ground.values() if one.parent_id]
    choices = list(dict.fromkeys([one for one in [*existing, *above] if one and one not in givers]))
    names = names_on([*choices, *givers], eve)
    takers = [
        *((f"n{row.pk}", row.name) for row in drafted.new_units if not row.kind),
        *((f"u{one}", names[one]) for one in choices if one in names),
    ]
    known = {
        row.unit_id: f"n{row.parent_new_id}" if row.parent_new_id else f"u{row.parent_id}"
        for row in drafted.changes
        if row.parent_id or row.parent_new_id
    }
    stays = ", ".join(names.get(one, "") for one in sorted(givers))
    same = f"Vẫn thuộc {stays}" if SHAPES[draft.kind].goes_on else "Chưa chọn"
    return ChildrenForm(below_them, takers, same, known, data)
