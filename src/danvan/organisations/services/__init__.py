"""Writes to the register: loading the lists, founding units, keeping the closure."""

from danvan.organisations.services.founding import (
    found_organisation,
    found_organisations,
    found_place,
)
from danvan.organisations.services.loading import LoadReport, load_register
from danvan.organisations.services.reaching import rebuild_reach, refresh_reach
from danvan.organisations.services.reorganising import (
    MEASURES,
    accept_hand_overs,
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    drop_reorganisation,
    edit_new_unit,
    edit_reorganisation,
    pass_on_hand_over,
    preview,
    redraft,
    remove_change,
    remove_new_unit,
    remove_passing,
    set_change,
    set_passing,
    undo_reorganisation,
)
from danvan.organisations.services.size_lists import import_sizes

__all__ = [
    "MEASURES",
    "LoadReport",
    "accept_hand_overs",
    "add_new_unit",
    "apply_reorganisation",
    "draft_reorganisation",
    "drop_reorganisation",
    "edit_new_unit",
    "edit_reorganisation",
    "found_organisation",
    "found_organisations",
    "found_place",
    "import_sizes",
    "load_register",
    "pass_on_hand_over",
    "preview",
    "rebuild_reach",
    "redraft",
    "refresh_reach",
    "remove_change",
    "remove_new_unit",
    "remove_passing",
    "set_change",
    "set_passing",
    "undo_reorganisation",
]
