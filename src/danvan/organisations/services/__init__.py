"""Writes to the register: loading the lists, founding units, keeping the closure."""

from danvan.organisations.services.founding import (
    found_organisation,
    found_organisations,
    found_place,
)
from danvan.organisations.services.loading import LoadReport, load_register
from danvan.organisations.services.reaching import rebuild_reach

__all__ = [
    "LoadReport",
    "found_organisation",
    "found_organisations",
    "found_place",
    "load_register",
    "rebuild_reach",
]
