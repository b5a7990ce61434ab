"""Every move x kind x round x state, and every role: who may, what state follows; refused means that nothing changed."""

import re
from pathlib import Path

import pytest
from django.db import transaction

import danvan.petitions
from danvan.accounts.roles import ROLES
from danvan.foundation.errors import RuleError
from danvan.petitions.enums import CLOSED, Kind, State
from danvan.petitions.models import Barred, Paper, Petition
from danvan.petitions.moves import DECIDE, HANDLE, MOVES, RECEIVE, moves_from
from tests.examples import once_is_enough
from tests.once import once, own
from tests.petitions import acts, papers

pytestmark = pytest.mark.django_db
SERVICES = Path(danvan.petitions.__file__).parent / "services"


class World:
    """The office, a petition of each kind and round, somebody of each role at its unit."""

    def __init__(self):
        self.office = acts.dated(papers.Office())
        self.petitions = acts.first_ones(self.office)
        self.people = {
            (role, place): papers.member(f"{role}-{place}", unit, role)
            for role in ROLES
            for place, unit in (
                ("own", self.office.unit),
                ("other", self.office.other),
                ("above", self.office.province.place),
            )
        }


_world = once(World, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_world)


def test_each_move_has_a_service_that_asks_for_it_and_each_service_a_move():
    text = "".join(one.read_text("utf-8") for one in sorted(SERVICES.glob("*.py")))
    assert set(re.findall(r'allowed_move\(\w+, "(\w+)"\)', text)) == set(MOVES)
    assert set(re.findall(r'rows\.move\(\w+, "(\w+)"\)', text)) == {
        name for name, one in MOVES.items() if one.target is not None
    }
    assert set(acts.ACTS) == set(MOVES)


# What a move leads to that has no one target: it stays, or is where it was before, or the talk goes on.
def follows(move, state):
    if move.name == "resume":
        return State.VERIFYING
    if move.name == "assign" and state == State.DIALOGUE:
        return State.DIALOGUE
    return move.target or state


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_from_its_states_only_and_refused_changes_nothing(world, name):
    move = MOVES[name]
    for (kind, round_), petition in world.petitions.items():
        right = [state for state in State if move.fits(kind, state, round_)]
        for state in (*right, *once_is_enough([one for one in State if one not in right])):
            case = (name, kind, round_, state)
            with transaction.atomic():
                put = acts.put(petition, state)
                before = acts.everything(put)
                if move.fits(kind, state, round_):
                    acts.ACTS[name](put, world.office, actor=None)
                    now = papers.fresh(put)
                    assert (now.state, now.changes > put.changes) == (follows(move, state), True), (
                        case
                    )
                    assert (now.closed_on is None) == (now.state not in CLOSED), case
                    assert acts.everything(put)[-1] > before[-1], case
                else:
                    with pytest.raises(RuleError, match="Đồng chí vui lòng"):
                        acts.ACTS[name](put, world.office, actor=None)
                    assert acts.everything(put) == before, case
                transaction.set_rollback(True)


@pytest.mark.parametrize("name", MOVES)
def test_of_two_acts_on_the_same_page_one_is_refused_and_changes_nothing(world, name):
    if name in ("reply", "give"):  # acts on one request: what they add never undoes another act
        return
    move = MOVES[name]
    kind = min(move.kinds)
    petition = world.petitions[kind, move.round or 1]
    fit = [one for one in move.sources if move.fits(kind, one, move.round or 1)]
    put = acts.put(petition, min(fit))
    before = acts.everything(put)
    with pytest.raises(RuleError, match="Có người vừa sửa đơn"):
        acts.ACTS[name](put, world.office, actor=None, seen=put.changes + 1)
    assert acts.everything(put) == before
    acts.ACTS[name](put, world.office, actor=None, seen=put.changes)


@pytest.mark.parametrize("action", ["petitions.view", RECEIVE, HANDLE, DECIDE])
@pytest.mark.parametrize("role", ROLES)
def test_who_has_the_right_of_a_move_at_the_unit_or_above_finds_the_petition_for_it(
    world, role, action
):
    one = world.petitions[Kind.COMPLAINT, 1]
    may = action in ROLES[role]
    found = {
        place: Petition.objects.allowed(world.people[role, place], action)
        .filter(pk=one.pk)
        .exists()
        for place in ("own", "other", "above")
    }
    assert found == {"own": may, "other": False, "above": may}
    seen = {
        place: Paper.objects.allowed(world.people[role, place], action)
        .filter(pk=one.paper_id)
        .exists()
        for place in ("own", "other", "above")
    }
    assert seen == found


@pytest.mark.parametrize("action", ["petitions.view", RECEIVE, HANDLE, DECIDE])
def test_whom_a_petition_is_against_finds_neither_it_nor_its_paper_whatever_they_may_do(
    world, action
):
    one = world.petitions[Kind.COMPLAINT, 1]
    barred = world.office.head
    Barred.objects.create(petition=one, user=barred)
    assert not Petition.objects.allowed(barred, action).filter(pk=one.pk).exists()
    assert not Paper.objects.allowed(barred, action).filter(pk=one.paper_id).exists()
    others = Petition.objects.allowed(barred, action)
    assert others.filter(pk=world.petitions[Kind.FEEDBACK, 1].pk).exists()


def test_every_right_that_a_move_asks_for_is_held_by_some_role():
    held = frozenset().union(*ROLES.values())
    assert {one.action for one in MOVES.values()} == {RECEIVE, HANDLE, DECIDE} <= held


@pytest.mark.parametrize("kind", Kind)
def test_what_is_offered_is_what_the_table_says(kind):
    for state in State:
        for round_ in (1, 2):
            offered = {one.name for one in moves_from(kind, state, round_)}
            assert offered == {
                name for name, one in MOVES.items()
                if kind in one.kinds and state in one.sources and one.round in (None, round_)
                and (kind, state) not in one.but
            }  # fmt: skip
