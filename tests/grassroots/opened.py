"""Which matter each page is tried on, for the tests that open every page."""

from datetime import date

from danvan.foundation import clock
from danvan.grassroots.services import (
    InitiativeDraft,
    PlanDraft,
    Support,
    add_comments,
    close_comments,
    enter_initiative,
    make_plan,
)
from danvan.law.models import LegalParameter
from danvan.organisations.enums import Level
from danvan.organisations.models import Unit
from danvan.organisations.selectors import place_of
from tests.factories.province import make_place
from tests.grassroots import matters
from tests.reporting.months import PNG


def gathered_at(government):
    """A draft of which the commune asks its people, with a posting, a comment and a photograph."""
    matters.load_kinds()
    matter = matters.entered(government, "YK02", title="Kế hoạch sử dụng đất")
    matter = matters.published(matter, on=date(2026, 10, 5), evidence=[("anh.png", PNG)])
    comment = add_comments(matter, gist="Giữ đất chợ", number=12, actor=None)
    one = {"pk": matter.pk}
    return one, {
        "grassroots:posting-end": one | {"posting": matter.postings.first().pk},
        "grassroots:comment": one | {"comment": comment.pk},
        "grassroots:file": one | {"file": matter.files.get().pk},
        "grassroots:minutes": decided_at(government),
        **planned_at(government),
        **proposed_at(government),
    }


def planned_at(government):
    """A plan of publication of the commune, with a line."""
    draft = PlanDraft(unit_id=government.pk, year=clock.today().year)
    plan = make_plan(draft, actor=None)
    item = {"pk": plan.pk, "item": plan.items.first().pk}
    return {
        **{f"grassroots:{name}": {"pk": plan.pk} for name in ("plan", "issue-plan", "plan-docx", "add-item")},
        **{f"grassroots:{name}": item for name in ("plan-item", "take-matter")},
        "grassroots:drop-item": {"pk": plan.pk, "item": plan.items.last().pk},  # gone afterwards
    }  # fmt: skip


def proposed_at(government):
    """An initiative of households of one village of the commune."""
    today = clock.today()
    LegalParameter.objects.get_or_create(
        key="democracy.initiative.households", numerator=10, denominator=100,
        unit="share of households (at least)", valid_from=date(2023, 7, 1), citation="Luật 10/2022/QH15 Điều 16",
        confidence="S", defaults={"loaded_on": today},
    )  # fmt: skip
    place = Unit.objects.get(pk=place_of(government.pk, today))
    village = make_place("Bản Hòa Sơn", level=Level.VILLAGE, under=place)
    said = Support(counted_on=date(2026, 10, 1), supporters=9, households=90)
    draft = InitiativeDraft(
        unit_id=government.pk, village_id=village.pk, kind_id=matters.kind("QD06").pk, title="Quy ước vệ sinh",
        support=said,
    )  # fmt: skip
    one = {"pk": enter_initiative(draft, actor=None).pk}
    names = ("initiative", "count-initiative", "raise-initiative", "decline-initiative")
    return {f"grassroots:{name}": one for name in names}


def decided_at(government):
    """A draft whose comments were counted: its minutes can be read."""
    matter = matters.published(matters.entered(government, "YK01", title="Kế hoạch"))
    close_comments(matter, on=matters.TODAY, actor=None)
    return {"pk": matter.pk}
