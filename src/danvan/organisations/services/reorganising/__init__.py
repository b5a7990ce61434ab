"""Reorganisations: prepared, applied at a date, undone exactly; and what changes hands by them."""

from danvan.organisations.services.reorganising.applying import apply_reorganisation, preview
from danvan.organisations.services.reorganising.drafting import (
    MEASURES,
    add_new_unit,
    draft_reorganisation,
    drop_reorganisation,
    edit_new_unit,
    edit_reorganisation,
    redraft,
    remove_change,
    remove_new_unit,
    remove_passing,
    set_change,
    set_passing,
)
from danvan.organisations.services.reorganising.handing_over import (
    accept_hand_overs,
    forget_hand_overs,
    pass_on_hand_over,
)
from danvan.organisations.services.reorganising.undoing import undo_reorganisation
from danvan.organisations.services.reorganising.waiting import hand_over_due

__all__ = [
    "MEASURES",
    "accept_hand_overs",
    "add_new_unit",
    "apply_reorganisation",
    "draft_reorganisation",
    "drop_reorganisation",
    "edit_new_unit",
    "edit_reorganisation",
    "forget_hand_overs",
    "hand_over_due",
    "pass_on_hand_over",
    "preview",
    "redraft",
    "remove_change",
    "remove_new_unit",
    "remove_passing",
    "set_change",
    "set_passing",
    "undo_reorganisation",
]
