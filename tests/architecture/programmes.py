"""A programme of a month, a plan of a year and a calendar, for the tests that open every page."""

from datetime import date

from danvan.commitments.services.feeds import issue_feed
from danvan.commitments.services.programme_entries import EntryPlan, add_entry
from danvan.commitments.services.programmes import (
    PlanOfYear,
    issue_programme,
    make_programme,
    record_yearly_plan,
)
from tests.factories.province import make_grant

DAY = date(2026, 12, 7)
PROGRAMMES = ("programme", "add-entry", "take-in", "issue-programme", "programme-paper", "programme-docx")  # fmt: skip


def planned_at(committee):
    """Which object each page about programmes and plans is tried on."""
    programme = make_programme(committee.pk, "2026-12", actor=None)
    line = EntryPlan(starts_on=DAY, kind="dialogue", content="Đối thoại với Nhân dân")
    entry = add_entry(programme, line, actor=None)
    issue_programme(programme, symbol="12-CTr/ĐU", on=date(2026, 11, 27), actor=None)
    plan = PlanOfYear(
        unit_id=committee.pk, year=2026, symbol="1-KH/ĐU", issued_on=date(2026, 1, 5), title="Kế hoạch",
        file=("ke-hoach.txt", "Kế hoạch năm".encode()),
    )  # fmt: skip
    recorded = record_yearly_plan(plan, actor=None)
    one = {"pk": programme.pk}
    return {
        **{f"commitments:{name}": one for name in PROGRAMMES},
        "commitments:change-entry": one | {"entry": entry.pk},
        "commitments:drop-entry": one | {"entry": entry.pk},
        "commitments:plan-file": {"pk": recorded.pk},
        "commitments:entry": {"pk": entry.pk},
        "commitments:entry-ics": {"pk": entry.pk},
        "portal:calendar": {"secret": issue_feed(make_grant(committee, "leader"))},
        "dialogues:of-entry": {"pk": entry.pk},
    }
