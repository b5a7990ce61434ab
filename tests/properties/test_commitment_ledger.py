"""Any sequence of acts on the ledger keeps the first day, gives numbers without gaps and leaves legal states."""

from datetime import date, timedelta

from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.commitments.enums import NEXT, UNDONE, Ruling, State, StepKind
from danvan.commitments.models import Commitment, Extension
from danvan.commitments.services import (
    Assignment,
    ask_extension,
    assign_commitments,
    claim_done,
    extend_commitments,
    return_commitment,
    rule_extension,
    start_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Kind, Sort
from danvan.organisations.models import Unit, UnitVersion
from tests.factories.province import FOUNDED, make_user

TODAY = date(2026, 11, 20)
ACTS = (
    "assign", "refused", "start", "claim", "verify", "return", "ask", "grant", "refuse", "extend",
    "withdraw",
)  # fmt: skip
acts = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, 5),  # which commitment
        st.integers(-30, 60),  # days
        st.integers(0, 1),  # who
        st.booleans(),  # an end or none; in many or one
    ),
    max_size=40,
)


class TheLedgerHolds(TestCase):
    def setUp(self):
        self.people = [make_user(), make_user()]
        self.assigner, self.lead = (
            Unit.objects.create(sort=Sort.ORGANISATION, founded_on=FOUNDED) for _ in range(2)
        )
        for unit in (self.assigner, self.lead):
            UnitVersion.objects.create(
                unit=unit, name=f"Đơn vị {unit.pk}", folded=f"don vi {unit.pk}", level="commune",
                kind=Kind.FRONT_COMMITTEE, line="front", valid_from=FOUNDED,
            )  # fmt: skip

    @settings(max_examples=60)
    @given(acts)
    def test_after_any_sequence_of_acts(self, sequence):
        with override_settings(DANVAN_TODAY=TODAY):
            first: dict[int, date | None] = {}
            for act, which, days, who, flag in sequence:
                self.act(act, which, TODAY + timedelta(days=days), self.people[who], flag)
                for pk, day in Commitment.objects.values_list("pk", "first_due_on"):
                    assert first.setdefault(pk, day) == day
            self.check()

    def act(self, act, which, day, actor, flag):
        rows = list(Commitment.objects.order_by("pk"))
        if act in ("assign", "refused"):
            one = Assignment(self.lead.pk, "Việc", "Sản phẩm", day if flag else None)
            bad = Assignment(self.lead.pk, "Việc", "", day)
            given_ = [one, bad] if act == "refused" else [one] * (1 + which % 3)
            self.tried(lambda: assign_commitments(given_, assigner=self.assigner, actor=None))
            return
        if not rows:
            return
        row = rows[which % len(rows)]
        open_ = Extension.objects.filter(commitment=row, ruling=Ruling.OPEN).first()
        does = {
            "start": lambda: start_commitment(row, actor=actor),
            "claim": lambda: claim_done(row, result="Xong", on=min(day, TODAY), actor=actor),
            "verify": lambda: verify_commitment(row, finding="Đạt", actor=actor),
            "return": lambda: return_commitment(row, words="Thiếu", actor=actor),
            "ask": lambda: ask_extension(row, until=day, reason="Mưa", actor=actor),
            "grant": lambda: open_ and rule_extension(open_, granted=True, words="", actor=actor),
            "refuse": lambda: (
                open_ and rule_extension(open_, granted=False, words="Không", actor=actor)
            ),
            "extend": lambda: extend_commitments(
                rows if flag else [row], until=day, words="Mưa", actor=actor
            ),
            "withdraw": lambda: withdraw_commitment(row, words="Nhầm", actor=actor),
        }
        self.tried(does[act])

    def tried(self, act):
        before = list(Commitment.objects.order_by("pk").values())
        try:
            act()
        except RuleError:
            assert list(Commitment.objects.order_by("pk").values()) == before

    def check(self):
        rows = list(Commitment.objects.order_by("pk"))
        assert [row.number for row in rows] == [
            f"CK-2026-{number:04}" for number in range(1, len(rows) + 1)
        ]
        for row in rows:
            assert (row.claimed_on is None) == (row.state in (*UNDONE, State.WITHDRAWN))
            assert (row.verified_on is None) == (row.state != State.VERIFIED)
            assert (row.due_on is None) == (row.first_due_on is None)
            assert row.due_on is None or row.due_on >= row.first_due_on
            assert row.verified_by is None or row.verified_by != row.claimed_by
            assert row.state == walked(row)
            granted = row.extensions.filter(ruling=Ruling.GRANTED)
            days = [one.new_due_on for one in granted.order_by("ruled_at", "pk")]
            assert row.due_on == (days[-1] if days else row.first_due_on)


def walked(row):
    """The state that the steps of a timeline lead to, each move one that NEXT allows."""
    to = {
        StepKind.STARTED: State.IN_PROGRESS,
        StepKind.CLAIMED: State.CLAIMED,
        StepKind.VERIFIED: State.VERIFIED,
        StepKind.RETURNED: State.IN_PROGRESS,
        StepKind.WITHDRAWN: State.WITHDRAWN,
    }
    state = State.ASSIGNED
    for kind in row.steps.order_by("pk").values_list("kind", flat=True):
        if kind in to:
            assert to[kind] in NEXT[state]
            state = to[kind]
    return state
