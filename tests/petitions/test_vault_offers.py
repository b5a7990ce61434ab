"""What the page of a case offers: what is still to be done, and apart from it what is written already."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.petitions.selectors.vault import card_of_case
from danvan.petitions.services.vault import name_reader
from danvan.petitions.vault_enums import Part
from danvan.petitions.vault_moves import ONCE, VAULT_MOVES, is_written
from tests.once import once, own
from tests.petitions import cases

pytestmark = pytest.mark.django_db
UNTIL = {"until": date(2026, 11, 2)}
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def offered(user, case):
    card = card_of_case(user, cases.fresh(case))
    return {one.name for one in card.moves}, [(one.name, on) for one, on in card.again]


def test_what_is_written_is_no_longer_offered_as_to_be_done(vault):
    case = cases.act(cases.handed(vault), "accept", vault.head, said=cases.READY)
    before, again = offered(vault.head, case)
    assert {"notify", "assign", "waive"} <= before
    assert again == []
    cases.act(case, "notify", vault.head, on=date(2026, 10, 9))
    name_reader(case, user=vault.verifier, part=Part.VERIFIER, actor=vault.head)
    cases.act(case, "assign", vault.head, on=date(2026, 10, 12), said=UNTIL)
    cases.act(case, "waive", vault.head)
    left, again = offered(vault.head, case)
    assert not {"notify", "assign", "waive"} & left
    assert again == [("notify", date(2026, 10, 9)), ("assign", date(2026, 10, 12))]
    broken = cases.refused(cases.act, case, "waive", vault.head)
    assert "từ chối giữ bí mật rồi" in broken.message


def test_what_is_written_again_and_again_stays_offered(vault):
    case = cases.act(cases.handed(vault), "accept", vault.head, said=cases.READY)
    name_reader(case, user=vault.verifier, part=Part.VERIFIER, actor=vault.head)
    cases.act(case, "assign", vault.head, said=UNTIL)
    cases.act(case, "minute", vault.head)
    left, again = offered(vault.head, case)
    assert "minute" in left
    assert [name for name, _ in again] == ["assign"]


@pytest.mark.parametrize(
    ("name", "kinds", "written"),
    [
        ("notice", ["suspended"], False),
        ("notice", ["suspended", "noticed"], True),
        ("notice", ["suspended", "noticed", "resumed", "terminated"], False),
        ("resume", ["suspended", "resumed", "suspended"], False),
        ("suspend", ["suspended", "resumed"], False),  # it leads elsewhere
        ("find", ["assigned", "found"], True),
        ("find", ["assigned", "found", "assigned"], False),
        ("send", ["concluded", "sent"], True),
        ("report", ["concluded", "acted"], False),
        ("minute", ["minuted"], False),
    ],
)
def test_a_duty_that_comes_up_again_is_to_be_done_again(name, kinds, written):
    assert is_written(VAULT_MOVES[name], kinds) is written


def test_the_page_shows_apart_what_is_written(vault, client):
    case = cases.act(cases.handed(vault), "accept", vault.head, said=cases.READY)
    cases.act(case, "notify", vault.head, on=date(2026, 10, 9))
    client.force_login(vault.head)
    shown = client.get(reverse("vault:card", args=[case.uuid])).content.decode()
    first, _, rest = shown.partition("Đã ghi, ghi thêm khi cần")
    address = reverse("vault:act", args=[case.uuid, "notify"])
    assert address not in first
    assert address in rest
    assert "Thông báo việc thụ lý, đã ghi 09/10/2026" in rest


def test_the_case_ends_only_after_what_is_owed_was_offered_first(vault):
    case = cases.concluded(vault)
    led = []
    for name in ("send", "act", "report", "publish"):
        led.append(card_of_case(vault.head, cases.fresh(case)).leader)
        cases.act(case, name, vault.head, on=date(2026, 11, 4), said={"way": "meeting"})
    led.append(card_of_case(vault.head, cases.fresh(case)).leader)
    assert led == ["send", "act", "report", "publish", "finish"]


def test_what_is_true_once_for_all_is_a_move_of_the_table():
    assert set(VAULT_MOVES) >= ONCE
