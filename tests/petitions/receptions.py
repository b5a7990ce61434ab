"""Days and visits of citizen reception for tests, brought by their acts as far as a test needs them."""

from datetime import date

from danvan.petitions.enums import Kind
from danvan.petitions.models import ReceptionDay, ReceptionVisit
from danvan.petitions.reception_enums import MatterWay, Receiver
from danvan.petitions.services.reception import (
    DayPlan,
    VisitDraft,
    VisitMatterDraft,
    hold_day,
    plan_days,
    record_visit,
)
from tests.petitions.papers import NAM

DAY = date(2026, 11, 16)  # a Monday before papers.TODAY


def planned(unit, *days, actor=None, **more):
    plan = DayPlan(
        unit_id=unit.pk,
        days=days or (DAY,),
        place=more.pop("place", "Trụ sở tiếp công dân"),
        **more,
    )
    return plan_days(plan, actor=actor)[0]


def held(unit, on=DAY, **more):
    return fresh(hold_day(planned(unit, on, **more), received=Receiver.HEAD, actor=None))


def matter(
    title="Đo lại diện tích thu hồi đất", way=MatterWay.RECEIVED, kind=Kind.PROPOSAL, **more
):
    return VisitMatterDraft(kind=kind, title=title, way=way, **more)


def draft(unit, *matters, on=DAY, persons=(NAM,), **more):
    return VisitDraft(
        unit_id=unit.pk, held_on=on, persons=persons, matters=matters or (matter(),), **more
    )


def visited(unit, *matters, actor=None, **more):
    return record_visit(draft(unit, *matters, **more), actor=actor)


def fresh(row):
    model = ReceptionDay if isinstance(row, ReceptionDay) else ReceptionVisit
    return model.objects.get(pk=row.pk)
