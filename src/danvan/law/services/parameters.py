"""An administrator's hand on the parameters: a new period of a key, or a row corrected. No row is edited."""

from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.law.holding import tell_watchers
from danvan.law.models import LegalParameter
from danvan.law.parameter_file import ParameterRow
from danvan.law.selectors.clocks import named
from danvan.law.selectors.parameters import changes_by, place_of, row_faults
from danvan.law.selectors.reads import calendar_on
from danvan.law.services.clocks import add_event, calendar_in_force
from danvan.law.services.loading import row_of
from danvan.law.services.recounting import refuse_unless_agreed, tell_rules_changed, write_moves


@transaction.atomic
def set_parameter(
    row: ParameterRow, *, end_former: bool, actor: Any, passed_agreed: bool = False
) -> LegalParameter:
    """Say what a key is in a period. It may correct the row that begins on the same day, or (`end_former`) end
    the one in force when the new one begins; overlapping any other row is refused.

    Open clocks of the key whose event falls into the period take the new term, with the reason; passed ones
    only where somebody agreed. From now on loading the file leaves the key alone.
    """
    version = calendar_in_force()
    list(LegalParameter.objects.select_for_update().filter(key=row.key, replaced_on=None))
    place = place_of(row, end_former=end_former)
    faults = list(row_faults(row, place))
    if faults:
        raise RuleError(faults[0].message, faults=faults)
    changes = changes_by(row)
    moved = named((held, result) for held, _, result in changes)
    refuse_unless_agreed(moved, agreed=passed_agreed)
    made = _written(row, place.corrected, place.ends)
    calendar = calendar_on()
    for held, event, _ in changes:
        add_event(held, event, calendar, version)
        held.parameter = made
        held.save(update_fields=["parameter"])
    audit.record(actor, "law.set_parameter", made, clocks=len(changes))
    why = f"Thay tham số {made.title}: {made.value} ({made.citation})"
    write_moves(moved, why, version=None, parameter=made, actor=actor)
    tell_rules_changed([made.key], on=made.valid_from)
    tell_watchers([made.key])
    return made


def _written(
    row: ParameterRow, corrected: LegalParameter | None, ends: LegalParameter | None
) -> LegalParameter:
    today = clock.today()
    out = [one.pk for one in (corrected, ends) if one]
    LegalParameter.objects.filter(pk__in=out).update(replaced_on=today)
    if ends:
        kept = {name: getattr(ends, name) for name in (*row.body, "folded")}
        former = LegalParameter(
            **{**kept, "valid_to": row.valid_from}, loaded_on=today, corrected=True
        )
        former.save()
    made = row_of(row, today, corrected=True)
    made.save()
    return made
