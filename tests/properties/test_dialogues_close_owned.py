"""Whatever people do in whatever order: no dialogue is concluded or closed over a conclusion nobody owns; counts add up."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.commitments.services import claim_done, verify_commitment, withdraw_commitment
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import lines_of, unowned
from danvan.dialogues.services import close_dialogue, drop_conclusion, issue_conclusions
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.counters import named
from tests.dialogues import talks
from tests.factories.province import Province

ACTS = st.lists(
    st.sampled_from(["take 1", "take 2", "own", "drop", "withdraw", "do", "issue", "close"]),
    max_size=9,
)
YEAR = Period.parse("2026")


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = talks.TODAY
    return Province(communes=1)


@given(acts=ACTS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_is_concluded_over_a_conclusion_nobody_owns(province, acts):
    with transaction.atomic():
        _carried_out(province, acts)
        transaction.set_rollback(True)


def _carried_out(province, acts):
    unit, lead = province.committees[0], province.governments[0]
    one, given_work = talks.written(unit), []
    talks.note_none_above(one, actor=None)

    def now():
        return Dialogue.objects.get(pk=one.pk)

    def carry_out(act):
        if act.startswith("take"):
            talks.taken(now(), int(act[-1]))
        elif act == "own":
            given_work.extend(talks.owned(row, lead) for row in unowned(now()))
        elif act == "drop" and (row := one.conclusions.first()):
            drop_conclusion(row, actor=None)
        elif act == "withdraw" and given_work:
            withdraw_commitment(given_work.pop(), words="Nhầm", actor=None)
        elif act == "do" and given_work:
            work = given_work.pop()
            claim_done(work, result="Xong", on=talks.TODAY, actor=None)
            verify_commitment(work, finding="Đạt", on=talks.TODAY, actor=None)
        elif act == "issue":
            talks.decided(one)
            issue_conclusions(one, on=talks.TODAY, actor=None)
        elif act == "close":
            close_dialogue(one, actor=None)

    for act in acts:
        before, bare = now().state, len(unowned(one))
        try:
            carry_out(act)
        except RuleError:
            assert now().state == before
        if now().state != before:
            assert bare == 0
    [line] = lines_of([now()], on=talks.TODAY)
    assert line.conclusions == one.conclusions.count()
    assert line.done + line.unowned <= line.conclusions
    assert line.unowned == len(unowned(one))
    counted = named("dialogues.conclusions").count({unit.pk}, YEAR)
    assert sum(counted.values()) == (line.conclusions if now().concluded_on else 0)
    done = named("dialogues.conclusions_done").count({unit.pk}, YEAR)
    assert sum(done.values()) == (line.done if now().concluded_on else 0)
