"""Whatever is open where units merge, join, are divided or dissolved: nothing waits at a unit that ended, and undoing
puts every holder's rows back as they were.
"""

from datetime import date

from django.test import override_settings
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.accounts.models import Grant
from danvan.accounts.services import delegate_grant
from danvan.commitments.services import (
    Assignment,
    ask_about,
    assign_commitments,
    claim_done,
    close_commitment,
    decline_commitment,
    dispute_commitment,
    start_commitment,
    verify_commitment,
)
from danvan.documents.models import Distribution
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import EventKind
from danvan.organisations.holders import all_holders, holder_named
from danvan.organisations.models import HandOver
from danvan.organisations.services import reorganising as act
from danvan.reporting.services import accept_report, open_period, save_draft, submit_report
from tests.examples import at_most
from tests.factories import ActivityFactory, DocumentFactory
from tests.factories.province import Province, make_grant
from tests.reporting.months import GOOD, indicators, make_form

ON = date(2026, 7, 1)
TODAY = date(2026, 8, 10)
KINDS = (EventKind.MERGE, EventKind.INCORPORATE, EventKind.DIVIDE, EventKind.DISSOLVE)
WHAT = (
    "grant",
    "lend",
    "assign",
    "ask",
    "claim",
    "verify",
    "decline",
    "close",
    "not_yet",
    "send",
    "draft",
    "distribute",
    "review",
    "hold",
)
MONTHS = tuple(Period.starting(date(2026, month, 1), Every.MONTH) for month in (5, 6, 7))
things = st.lists(
    st.tuples(st.sampled_from(WHAT), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)),
    max_size=16,
)


class Open:
    """A province in which something is open everywhere."""

    def __init__(self, months):
        self.province = Province()
        indicators()
        form = make_form(self.province)
        self.owed = [one for month in months for one in open_period(form, month, actor=None)]
        self.given = []
        self.letter = DocumentFactory(
            unit=self.province.committee, direction="outgoing", stage="filed"
        )

    def do(self, what, one, other, role):
        """One more thing that is open; what may not be is left out."""
        try:
            getattr(self, f"_{what}")(one, other, role)
        except RuleError:
            return

    def _grant(self, one, other, role):
        unit = (self.province.communes, self.province.fronts, self.province.committees)[other][one]
        make_grant(unit, ("clerk", "specialist", "leader")[role])

    def _lend(self, one, other, role):
        lender = Grant.objects.filter(role="specialist").order_by("pk").first()
        if lender is not None:
            borrower = make_grant(self.province.place, "clerk")
            delegate_grant(lender, to=borrower, valid_to=date(2027, 1, 1), actor=lender.user)

    def _assign(self, one, other, role):
        fronts, committees = self.province.fronts, self.province.committees
        supports = (fronts[other].pk,) if role else ()
        task = Assignment(committees[one].pk, "Việc", "Báo cáo", date(2026, 12, 1), supports)
        assigner = committees[other] if role == 2 else self.province.committee
        self.given += assign_commitments(
            [task], assigner=assigner, actor=None, assigned_on=date(2026, 5, 1)
        )

    def _ask(self, one, other, role):
        if self.given:
            mine = [self.given[one % len(self.given)]]
            ask_about(mine, question="Vì sao?", due_on=date(2026, 9, 1), actor=None)

    def _claim(self, one, other, role):
        if self.given:
            mine = self.given[one % len(self.given)]
            claim_done(mine, result="Xong", actor=None, on=date(2026, 5 + other, 20))

    def _verify(self, one, other, role):
        if self.given:
            mine = self.given[one % len(self.given)]
            verify_commitment(mine, finding="Xem", actor=None, on=date(2026, 6 + other % 2, 25))

    def _decline(self, one, other, role):
        if self.given:
            mine = self.given[one % len(self.given)]
            decline_commitment(mine, words="Không có máy", actor=None)

    def _close(self, one, other, role):
        if self.given:
            mine = self.given[one % len(self.given)]
            close_commitment(mine, public_reason="Thuộc dự án khác" if role else "", actor=None)

    def _not_yet(self, one, other, role):
        if self.given:
            mine = self.given[one % len(self.given)]
            dispute_commitment(mine, code_id=1 + other, words="Còn thiếu")

    def _send(self, one, other, role):
        if self.owed:
            mine = self.owed[(one * 3 + other) % len(self.owed)]
            submit_report(mine, answers=GOOD, actor=None)
            if role:
                accept_report(mine, actor=None)

    def _draft(self, one, other, role):
        if self.owed:
            mine = self.owed[(one * 3 + other) % len(self.owed)]
            save_draft(mine, {"luot": "5" if role else ""}, actor=None)

    def _distribute(self, one, other, role):
        unit = self.province.committees[one]
        held = {"document": self.letter, "unit": unit, "recalled_at": None}
        if not Distribution.objects.filter(**held).exists():
            Distribution.objects.create(**held, sent_at="2026-05-01T00:00Z")

    def _review(self, one, other, role):
        DocumentFactory(unit=self.province.committees[one], stage=("to_review", "filed")[role % 2])

    def _hold(self, one, other, role):
        ActivityFactory(unit=self.province.fronts[one], held_on=date(2026, 6 + other % 2, 3))


def draft(province, kind):
    """A draft of a kind over the first two communes of the province."""
    first, second = province.communes[:2]
    row = act.draft_reorganisation(
        kind, title="Sắp xếp xã", scope_id=province.place.pk, effective_on=ON,
        decision="Nghị quyết 1", measure="equal", actor=None,
    )  # fmt: skip

    def new(name, code):
        return act.add_new_unit(
            row, actor=None, name=name, type_word="xã", level="commune",
            parent_id=province.place.pk, code=code,
        )  # fmt: skip

    if kind == EventKind.MERGE:
        one = new("Xã Chi Khê", "04090")
        for place in (first, second):
            act.set_passing(row, place.pk, actor=None, new_unit_id=one.pk)
    elif kind == EventKind.INCORPORATE:
        act.set_passing(row, first.pk, second.pk, actor=None)
    elif kind == EventKind.DIVIDE:
        for name, code in (("Xã Chi Khê", "04090"), ("Xã Yên Khê", "04091")):
            made = new(name, code)
            act.set_passing(row, first.pk, actor=None, new_unit_id=made.pk, heir=code == "04090")
    else:
        act.set_passing(row, province.fronts[0].pk, province.front.pk, actor=None)
    return row


def exported():
    return {holder.key: holder.export() for holder in all_holders()}


class NothingIsLost(TestCase):
    @settings(max_examples=at_most(30))
    @given(things, st.sampled_from(KINDS), st.integers(2, 3))
    def test_nothing_waits_at_an_ended_unit_and_undoing_puts_everything_back(
        self, sequence, kind, months
    ):
        with override_settings(DANVAN_TODAY=TODAY):
            world = Open(MONTHS[:months])
            for step in sequence:
                world.do(*step)
            row = draft(world.province, kind)
            before = exported()
            try:
                act.apply_reorganisation(row, actor=None)
            except RuleError:
                event("refused")
                assert exported() == before
                return
            event(f"applied: {kind}")
            self.nothing_waits_where_nobody_is(row)
            act.undo_reorganisation(row, why="Nhầm", actor=None)
            assert exported() == before

    def nothing_waits_where_nobody_is(self, row):
        ended = set(
            HandOver.objects.filter(reorganisation=row, state="waiting").values_list(
                "giver_id", flat=True
            )
        )
        left = {holder.key: holder.count_open(ended, ON) for holder in all_holders()}
        assert {key: found for key, found in left.items() if found} == {}
        waiting = HandOver.objects.filter(reorganisation=row, taker__ended_on__isnull=False)
        assert not waiting.exists()

    def test_the_world_is_open_everywhere(self):
        with override_settings(DANVAN_TODAY=TODAY):
            world = Open(MONTHS[:2])
            for step in (
                ("grant", 0, 0, 1), ("lend", 0, 0, 0), ("assign", 0, 1, 2), ("assign", 1, 1, 1),
                ("ask", 0, 0, 0), ("distribute", 0, 0, 0), ("review", 0, 0, 0), ("hold", 0, 1, 0),
            ):  # fmt: skip
                world.do(*step)
            start_commitment(world.given[0], actor=None)
            before = exported()
            row = draft(world.province, EventKind.MERGE)
            act.apply_reorganisation(row, actor=None)
            passed = set(HandOver.objects.values_list("holder", flat=True))
            assert passed >= {
                "accounts.grants", "activities.lead", "commitments.asker", "commitments.assigner",
                "commitments.explainer", "commitments.lead", "commitments.support",
                "documents.distributions", "documents.open", "reporting.obligations",
            }  # fmt: skip
            act.undo_reorganisation(row, why="Nhầm", actor=None)
            assert exported() == before
            assert holder_named("reporting.obligations").label
