"""The dated register: units through time, what became of them, who holds posts in them, what they must do."""

from danvan.organisations.models.duties import Duty, DutyShare
from danvan.organisations.models.officers import (
    Appointment,
    Assignment,
    Officer,
    OfficerTraining,
    Post,
)
from danvan.organisations.models.register import (
    Lineage,
    Reach,
    Unit,
    UnitCode,
    UnitSize,
    UnitVersion,
)
from danvan.organisations.models.reorganising import (
    Change,
    HandOver,
    JournalRow,
    NewUnit,
    Passing,
    Reorganisation,
)
from danvan.organisations.models.standing import (
    CommitteeTerm,
    Mandate,
    UnitFlag,
    UnitLink,
    UnitMark,
)

__all__ = [
    "Appointment",
    "Assignment",
    "Change",
    "CommitteeTerm",
    "Duty",
    "DutyShare",
    "HandOver",
    "JournalRow",
    "Lineage",
    "Mandate",
    "NewUnit",
    "Officer",
    "OfficerTraining",
    "Passing",
    "Post",
    "Reach",
    "Reorganisation",
    "Unit",
    "UnitCode",
    "UnitFlag",
    "UnitLink",
    "UnitMark",
    "UnitSize",
    "UnitVersion",
]
