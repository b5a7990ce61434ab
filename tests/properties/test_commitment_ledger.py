"""Any sequence of acts on the ledger keeps the first day, gives numbers without gaps and leaves legal states.

Claimed, verified and agreed are what the last words of three parties make them; nothing is closed without the
evidence that was asked for, nor over a "not yet" without a public reason.
"""

from datetime import date, timedelta
from tempfile import TemporaryDirectory

from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.commitments.enums import FOUND_DONE, NEXT, UNCOUNTED, UNDONE, Ruling, State, StepKind
from danvan.commitments.models import Commitment, Extension
from danvan.commitments.selectors import commitments_that_differ
from danvan.commitments.services import (
    Assignment,
    accept_risk,
    agree_commitment,
    ask_extension,
    assign_commitments,
    claim_done,
    close_commitment,
    decline_commitment,
    dispute_commitment,
    extend_commitments,
    give_on,
    resume_commitment,
    return_commitment,
    rule_extension,
    start_commitment,
    supersede_commitment,
    uphold_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.law.models import ClockHeld
from danvan.law.selectors import clocks_that_differ
from danvan.organisations.enums import Kind, Sort
from danvan.organisations.models import Unit, UnitVersion
from tests.commitments.conftest import PICTURE
from tests.examples import at_most
from tests.factories.law import make_parameters
from tests.factories.province import FOUNDED, make_user

TODAY = date(2026, 11, 20)
ACTS = (
    "assign", "refused", "start", "claim", "verify", "return", "ask", "grant", "refuse", "extend",
    "withdraw", "decline", "uphold", "give on", "close", "agree", "not yet", "risk", "resume", "supersede",
)  # fmt: skip
# What leads to the end of a commitment comes oftener, so that many get there.
OFTEN = (*ACTS, *("claim", "verify", "close", "agree", "not yet") * 4)
acts = st.lists(
    st.tuples(
        st.sampled_from(OFTEN),
        st.integers(0, 2),  # which commitment
        st.integers(-30, 60),  # days
        st.integers(0, 1),  # who
        st.booleans(),  # an end or none; in many or one
    ),
    min_size=20,
    max_size=40,
)


class TheLedgerHolds(TestCase):
    def setUp(self):
        make_parameters("clock.pause.cap")
        self.people = [make_user(), make_user()]
        self.assigner, self.lead, self.other = (
            Unit.objects.create(sort=Sort.ORGANISATION, founded_on=FOUNDED) for _ in range(3)
        )
        for unit in (self.assigner, self.lead, self.other):
            UnitVersion.objects.create(
                unit=unit, name=f"Đơn vị {unit.pk}", folded=f"don vi {unit.pk}", level="commune",
                kind=Kind.FRONT_COMMITTEE, line="front", valid_from=FOUNDED,
            )  # fmt: skip

    @settings(max_examples=at_most(15))
    @given(acts)
    def test_after_any_sequence_of_acts(self, sequence):
        with TemporaryDirectory() as kept, override_settings(DANVAN_TODAY=TODAY, MEDIA_ROOT=kept):
            first: dict[int, date | None] = {}
            for days in (1, 2, 7):  # with proof asked for, without, and of a unit's own
                self.act("assign", 0, TODAY + timedelta(days=days), None, flag=True)
            for act, which, days, who, flag in sequence:
                self.act(act, which, TODAY + timedelta(days=days), self.people[who], flag)
                for pk, day in Commitment.objects.values_list("pk", "first_due_on"):
                    assert first.setdefault(pk, day) == day
            self.check()

    def act(self, act, which, day, actor, flag):
        rows, days = list(Commitment.objects.order_by("pk")), (day - TODAY).days
        if act in ("assign", "refused"):
            lead = (self.lead, self.assigner)[days % 7 == 0]  # at times a unit's work for itself
            proof = "Ảnh" if days % 2 else ""
            one = Assignment(lead.pk, "Việc", "Sản phẩm", day if flag else None, proof=proof)
            bad = Assignment(self.lead.pk, "Việc", "", day)
            given_ = [one, bad] if act == "refused" else [one] * (1 + which % 2)
            self.tried(lambda: assign_commitments(given_, assigner=self.assigner, actor=None))
            return
        if not rows:
            return
        row = rows[which % len(rows)]
        open_ = Extension.objects.filter(commitment=row, ruling=Ruling.OPEN).first()
        does = {
            "start": lambda: start_commitment(row, actor=actor),
            "claim": lambda: claim_done(
                row,
                result="Xong",
                on=min(day, TODAY),
                actor=actor,
                evidence=[PICTURE] if flag else [],
            ),
            "verify": lambda: verify_commitment(row, finding="Đạt", actor=actor),
            "return": lambda: return_commitment(row, words="Thiếu", actor=actor),
            "ask": lambda: ask_extension(row, until=day, reason="Mưa", actor=actor),
            "grant": lambda: (
                open_
                and rule_extension(
                    open_, granted=True, words="", document="Công văn 112/UBND-KT", actor=actor
                )
            ),
            "refuse": lambda: (
                open_ and rule_extension(open_, granted=False, words="Không", actor=actor)
            ),
            "extend": lambda: extend_commitments(
                rows if flag else [row],
                until=day,
                words="Mưa",
                document="Công văn 112/UBND-KT",
                actor=actor,
            ),
            "withdraw": lambda: withdraw_commitment(row, words="Nhầm", actor=actor),
            "decline": lambda: decline_commitment(row, words="Không có máy", actor=actor),
            "uphold": lambda: uphold_commitment(row, words="Vẫn giao", actor=actor),
            "give on": lambda: give_on(row, lead_id=self.other.pk, words="Gần hơn", actor=actor),
            "close": lambda: close_commitment(
                row, public_reason="Thuộc dự án khác" if flag else "", actor=actor
            ),
            "agree": lambda: agree_commitment(row, code_id=1 + days % 2),
            "not yet": lambda: dispute_commitment(row, code_id=1 + days % 2, words="Còn thiếu"),
            "risk": lambda: accept_risk(
                row, until=day, reason="Chờ vốn", document="CV 1", actor=actor
            ),
            "resume": lambda: resume_commitment(row, words="Có vốn", actor=actor),
            "supersede": lambda: supersede_commitment(
                row, by=rows[-1], words="Gộp", public_reason="Làm cùng" if flag else "", actor=actor
            ),
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
            assert (row.claimed_on is None) == (row.state in (*UNDONE, *UNCOUNTED))
            assert (row.verified_on is None) == (row.state not in FOUND_DONE)
            assert (row.due_on is None) == (row.first_due_on is None)
            assert row.due_on is None or row.due_on >= row.first_due_on
            assert row.verified_by is None or row.verified_by != row.claimed_by
            assert row.closed_by is None or row.closed_by != row.claimed_by
            assert row.state != State.SUPERSEDED or not row.disputed_on or row.public_reason
            # nobody here holds a right above a unit: what it gave itself is never found done
            assert row.lead_id != row.assigner_id or row.state not in FOUND_DONE
            assert (row.state, row.agreed_on, row.disputed_on) == walked(row)
            if row.state in (State.CLAIMED, *FOUND_DONE):
                assert not row.proof or row.evidence.exists()
            if row.state == State.CLOSED:
                assert row.disputed_on is None or row.public_reason
        # what the ledger says is what the clocks say, and what their events come to
        assert (commitments_that_differ(), clocks_that_differ()) == ([], [])
        named = {one.subject_id: one.original_due_on for one in ClockHeld.objects.all()}
        assert named == {row.pk: row.first_due_on for row in rows if row.due_on}


def walked(row):
    """The state and the third fact that the steps of a timeline lead to, each move one that NEXT allows."""
    to = {
        StepKind.STARTED: State.IN_PROGRESS,
        StepKind.CLAIMED: State.CLAIMED,
        StepKind.VERIFIED: State.VERIFIED,
        StepKind.RETURNED: State.IN_PROGRESS,
        StepKind.WITHDRAWN: State.WITHDRAWN,
        StepKind.DECLINED: State.DECLINED,
        StepKind.CONFIRMED: State.ASSIGNED,
        StepKind.GIVEN_ON: State.ASSIGNED,
        StepKind.CLOSED: State.CLOSED,
        StepKind.RISK_ACCEPTED: State.RISK_ACCEPTED,
        StepKind.RESUMED: State.IN_PROGRESS,
        StepKind.SUPERSEDED: State.SUPERSEDED,
        StepKind.DISPUTED: State.IN_PROGRESS,
    }
    state, said = State.ASSIGNED, {}
    for kind, code in row.steps.order_by("pk").values_list("kind", "code_id"):
        if code is not None:
            said[code] = kind
        if kind in (StepKind.CLAIMED, StepKind.RETURNED):  # who agreed, agreed to the claim before
            said = {one: word for one, word in said.items() if word != StepKind.AGREED}
        second = kind == StepKind.DISPUTED and state in UNDONE  # the work goes on already
        if kind in to and not second:
            assert to[kind] in NEXT[state]
            state = to[kind]
    disputed = StepKind.DISPUTED in said.values()
    agreed = StepKind.AGREED in said.values() and not disputed
    return state, TODAY if agreed else None, TODAY if disputed else None
