"""Every move by every part from every state; what each asks for besides; who never acts, whatever they were named."""

from datetime import date

import pytest

from danvan.petitions.models import Denunciation, VaultEntry
from danvan.petitions.services.vault import (
    act_on_case,
    name_reader,
)
from danvan.petitions.vault_enums import SHUT, Part, VaultState
from danvan.petitions.vault_moves import VAULT_MOVES
from tests.once import once, own
from tests.petitions import cases

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)
LIVE = [one for one in VaultState if one not in SHUT]
# What each move needs to go through, beside words, a paper and a day.
SAID = {
    "accept": cases.READY,
    "refuse": {"not_taken": "TC01"},
    "file": {"not_taken": "KX02"},
    "assign": {"until": date(2026, 11, 30)},
    "extend": {"signs": ["a"]},
    "suspend": {"ground": "result"},
    "terminate": {"ground": "death"},
    "conclude": {"outcome": "right"},
    "publish": {"way": "posted"},
    "withdraw": {"form": "02"},
    "withdraw_part": {"form": "03"},
    "review": {"result": "again"},
}


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def standing(vault, state):
    """A case put into a state as far as a test of the table needs it, with all four parts given."""
    case = cases.found(vault)
    name_reader(case, user=vault.police, part=Part.PROTECTION, actor=vault.head)
    before = VaultState.VERIFYING if state == VaultState.SUSPENDED else ""
    closed = cases.ACCEPTED if state in SHUT else None
    Denunciation.objects.filter(pk=case.pk).update(state=state, before=before, closed_on=closed)
    return cases.fresh(case)


@pytest.mark.parametrize("name", VAULT_MOVES)
def test_a_move_is_made_by_its_parts_from_its_states_and_by_nobody_else(vault, name):
    move = VAULT_MOVES[name]
    people = {
        Part.INTAKE: vault.officer, Part.RESOLVER: vault.head, Part.VERIFIER: vault.verifier,
        Part.PROTECTION: vault.police,
    }  # fmt: skip
    case = standing(vault, sorted(move.sources)[0])
    more = {"on": cases.TODAY, "words": "Theo hồ sơ.", "symbol": "1/QĐ", "said": SAID.get(name)}
    for part, person in people.items():
        if part not in move.parts:
            assert "Việc này do" in str(
                cases.refused(act_on_case, case, name, actor=person, **more)
            )
    refused = cases.refused(act_on_case, case, name, actor=vault.chief, **more)
    assert "Việc này do" in str(refused)
    for state in VaultState:
        if state not in move.sources:
            Denunciation.objects.filter(pk=case.pk).update(
                state=state, closed_on=cases.ACCEPTED if state in SHUT else None
            )
            broken = cases.refused(
                act_on_case, case, name, actor=people[sorted(move.parts)[0]], **more
            )
            assert f"“{VaultState(state).label}”" in str(broken)
    case = standing(vault, sorted(move.sources)[0])
    after = cases.act(case, name, people[sorted(move.parts)[0]], **more)
    wanted = {
        "resume": VaultState.VERIFYING, "review": VaultState.ACCEPTED,
    }.get(name, move.target or case.state)  # fmt: skip
    assert after.state == wanted
    assert VaultEntry.objects.latest("sequence").act == name


def test_every_fault_is_told_at_once_and_nothing_is_half_written(vault):
    case = cases.handed(vault)
    broken = cases.refused(
        act_on_case,
        case,
        "accept",
        on=date(2026, 12, 1),
        actor=vault.head,
        words=" ",
        symbol="x" * 90,
    )
    assert {one.column for one in broken.faults} == {
        "words", "symbol", "on", "form_ok", "capacity_ok", "competent", "basis_ok",
    }  # fmt: skip
    assert cases.fresh(case).changes == case.changes


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("refuse", "not_taken"), ("file", "not_taken"), ("assign", "until"), ("extend", "signs"), ("suspend", "ground"),
        ("terminate", "ground"), ("conclude", "outcome"), ("publish", "way"), ("withdraw", "form"),
        ("withdraw_part", "form"), ("review", "result"),
    ],
)  # fmt: skip
def test_what_must_be_chosen_is_asked_for(vault, name, column):
    move = VAULT_MOVES[name]
    case = standing(vault, sorted(move.sources)[0])
    person = vault.head if Part.RESOLVER in move.parts else vault.officer
    for said in ({}, {column: "không có"} if column not in ("until", "signs") else {}):
        broken = cases.refused(
            act_on_case,
            case,
            name,
            on=cases.TODAY,
            actor=person,
            words="Rõ.",
            symbol="1",
            said=said,
        )
        assert column in {one.column for one in broken.faults}
