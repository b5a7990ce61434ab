"""A denunciation from intake to its end: each clock by the law of its day, each act by its reader, each line sealed."""

from datetime import date

import pytest

from danvan.petitions.models import (
    VaultEntry,
)
from danvan.petitions.services.vault import (
    name_reader,
    verify_log,
)
from danvan.petitions.vault_clocks import tell_clocks
from danvan.petitions.vault_enums import Part, VaultState
from tests.once import once, own
from tests.petitions import cases

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def days(case):
    return {
        one.row.name: (one.told.due_on, one.told.ended_on) for one in tell_clocks(case) if one.told
    }


def test_a_denunciation_goes_from_intake_to_its_end(vault):
    case = cases.entered(vault)
    assert (case.number[:8], len(case.number), case.state) == ("TC-2026-", 16, "received")
    assert days(case) == {"initial": (date(2026, 10, 12), None)}
    name_reader(case, user=vault.head, part=Part.RESOLVER, actor=vault.officer)
    case = cases.act(case, "accept", vault.head, said=cases.READY)
    assert case.accepted_on == cases.ACCEPTED
    assert days(case)["resolve"] == (date(2026, 11, 9), None)  # 30 days end on a Saturday
    case = cases.act(case, "notify", vault.officer, on=date(2026, 10, 9))
    name_reader(case, user=vault.verifier, part=Part.VERIFIER, actor=vault.head)
    case = cases.act(case, "assign", vault.head, said={"until": date(2026, 10, 30)})
    case = cases.act(case, "minute", vault.verifier, on=date(2026, 10, 12))
    case = cases.act(
        case,
        "suspend",
        vault.head,
        on=date(2026, 10, 14),
        said={"ground": "expert"},
    )
    assert case.state == VaultState.SUSPENDED
    case = cases.act(case, "notice", vault.officer, on=date(2026, 10, 15))
    case = cases.act(case, "resume", vault.head, on=date(2026, 10, 19), words="")
    assert (case.state, days(case)["resolve"][0]) == ("verifying", date(2026, 11, 12))
    case = cases.act(case, "extend", vault.head, on=date(2026, 10, 20), said={"signs": ["a", "b"]})
    assert days(case)["resolve"][0] == date(2026, 12, 14)
    case = cases.act(case, "find", vault.verifier, on=date(2026, 10, 30))
    case = cases.act(case, "conclude", vault.head, on=date(2026, 11, 2), said={"outcome": "partly"})
    assert (case.state, case.outcome) == ("concluded", "partly")
    case = cases.act(case, "send", vault.officer, on=date(2026, 11, 3))
    case = cases.act(case, "act", vault.head, on=date(2026, 11, 9))
    case = cases.act(case, "publish", vault.officer, on=date(2026, 11, 10), said={"way": "posted"})
    case = cases.act(case, "report", vault.officer, on=date(2026, 11, 12))
    case = cases.act(case, "finish", vault.head, on=date(2026, 11, 13))
    assert (case.state, case.closed_on) == ("done", date(2026, 11, 13))
    assert all(ended for _, ended in days(case).values())
    report = verify_log()
    assert (report.faults, report.lines) == ([], VaultEntry.objects.count())
