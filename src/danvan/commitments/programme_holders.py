"""Programmes and plans stay with the unit that made them: heirs make their own, and read those before them as theirs."""

from danvan.commitments.models import ProgrammeParty, WorkProgramme, YearlyPlan
from danvan.organisations.holders import Holder, StayingRows


class ProgrammeHolder(StayingRows):
    """Whose programme of a month it is."""

    key = "commitments.programmes"
    label = "chương trình công tác tháng"
    model = WorkProgramme
    fields = ("unit",)
    kept = ("month", "state", "symbol", "issued_on")


class PartyHolder(StayingRows):
    """Who takes part in a line of a programme: the calendar of the heir shows it too."""

    key = "commitments.programme_parties"
    label = "mục chương trình đơn vị tham gia"
    model = ProgrammeParty
    fields = ("unit",)
    kept = ("entry_id",)


class PlanHolder(StayingRows):
    """Whose plan of a year it is."""

    key = "commitments.plans"
    label = "kế hoạch năm"
    model = YearlyPlan
    fields = ("unit",)
    kept = ("year", "symbol", "issued_on")


PROGRAMME_HOLDERS: tuple[Holder, ...] = (ProgrammeHolder(), PartyHolder(), PlanHolder())
