"""A case whose readers are all shut out or gone: who is named for it by rule, and that nobody else hears of it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from danvan.accounts.models import Grant
from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.notifications.models import Notification
from danvan.organisations.holders import Passage, holder_named
from danvan.petitions.models import VaultEntry, VaultExclusion, VaultReader
from danvan.petitions.selectors.vault import own_cases, parts_of, waits_for
from danvan.petitions.services.vault import (
    name_superiors,
    open_case,
    succeeding,
    take_up_cases,
    verify_log,
)
from danvan.petitions.vault_enums import Part
from tests.factories.merging import apply_merger
from tests.factories.province import make_grant
from tests.once import once, own
from tests.petitions import cases
from tests.petitions.papers import member

pytestmark = pytest.mark.django_db
MERGED = date(2026, 11, 19)
WAITS = "Vùng niêm phong có hồ sơ giao cho đồng chí"
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def shut_out_all(case, *users):
    for user in users:
        VaultExclusion.objects.create(denunciation=case, user=user)


def test_a_merger_with_the_accused_unit_names_the_head_above_when_the_unit_is_handed_over(vault):
    case = cases.handed(vault, barred_units=(vault.other.pk,))
    told = (AuditEntry.objects.count(), Notification.objects.count())
    apply_merger(vault.province, on=MERGED)
    case = cases.fresh(case)
    for user in (
        vault.officer,
        vault.head,
    ):  # they work at the heir now, which took the accused unit over
        make_grant(case.unit, "leader", user=user, valid_from=MERGED)
    head = member("truong-moi", case.unit, "leader")
    assert [parts_of(case, one) for one in (vault.officer, vault.head, head)] == [frozenset()] * 3
    assert parts_of(case, vault.chief) == {Part.RESOLVER}
    assert name_superiors() == 0
    assert case in own_cases(vault.chief)
    row = VaultReader.objects.get(denunciation=case, user=vault.chief)
    assert (row.named_by, row.part) == (None, "resolver")
    assert VaultEntry.objects.latest("sequence").act == "superior_named"
    assert verify_log().faults == []
    assert not OutboxEvent.objects.filter(name__contains="vault").exists()
    assert not AuditEntry.objects.filter(action__contains="vault").exists()
    assert Notification.objects.count() == told[1]


def test_the_holder_itself_names_the_head_above_and_tells_the_protocol_nothing(vault):
    case = cases.handed(vault)
    heir = vault.province.governments[1]
    head = member("truong-moi", heir, "leader")
    shut_out_all(case, vault.officer, vault.head, head)
    passage = Passage("QĐ 1", "Nhập xã", cases.TODAY, {vault.unit.pk: heir.pk})
    assert holder_named("petitions.vault").hand_over(passage, actor=None) == []
    assert parts_of(cases.fresh(case), vault.chief) == {Part.RESOLVER}


def test_a_case_that_came_to_a_unit_without_a_head_waits_for_that_head(vault):
    case = cases.handed(vault, barred_users=(vault.stranger.pk,))
    apply_merger(vault.province, on=MERGED)
    heir = cases.fresh(case).unit
    Grant.objects.filter(user__in=(vault.officer, vault.head)).delete()  # both left meanwhile
    assert (name_superiors(), parts_of(case, vault.chief)) == (0, frozenset())
    head = member("truong-moi", heir, "leader")
    assert (name_superiors(), parts_of(case, head)) == (1, {Part.RESOLVER})


def test_a_level_at_which_somebody_is_accused_is_passed_over_whole(vault):
    deputy = member("pho", vault.unit, "leader")
    case = cases.handed(vault)
    shut_out_all(case, vault.officer, vault.head)
    assert name_superiors() == 1
    assert parts_of(case, deputy) == frozenset()
    assert parts_of(case, vault.chief) == {Part.RESOLVER}


def test_who_once_served_where_somebody_is_accused_is_named_by_no_machine(vault):
    case = cases.handed(vault, barred_units=(vault.other.pk,))
    shut_out_all(case, vault.officer, vault.head)
    served = Grant.objects.create(
        user=vault.chief, unit=vault.other, role="leader", valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1)
    )  # fmt: skip
    assert (name_superiors(), parts_of(case, vault.chief)) == (0, frozenset())
    served.delete()
    assert (name_superiors(), parts_of(case, vault.chief)) == (1, {Part.RESOLVER})


def test_what_is_named_in_one_go_is_bounded_and_the_rest_follows_with_the_next(vault, monkeypatch):
    monkeypatch.setattr(succeeding, "MOST", 1)
    for _ in range(2):
        shut_out_all(cases.handed(vault), vault.officer, vault.head)
    cases.handed(vault)
    assert [name_superiors() for _ in range(3)] == [1, 1, 0]
    assert own_cases(vault.chief).count() == 2


def test_a_head_takes_up_so_many_at_once_and_the_rest_at_the_next_door(vault, monkeypatch):
    monkeypatch.setattr(succeeding, "MOST", 1)
    heir = vault.province.governments[1]
    for _ in range(2):
        cases.entered(vault)
    passage = Passage("QĐ 1", "Nhập xã", cases.TODAY, {vault.unit.pk: heir.pk})
    holder_named("petitions.vault").hand_over(passage, actor=None)
    head = member("truong-moi", heir, "leader")
    assert [take_up_cases(head) for _ in range(3)] == [1, 1, 0]
    assert own_cases(head).count() == 2


def test_nobody_is_named_while_somebody_is_left_or_once_it_is_closed(vault):
    case = cases.handed(vault)
    shut_out_all(case, vault.head)
    assert name_superiors() == 0  # its intake officer may still name another
    shut_out_all(case, vault.officer)
    type(case).objects.filter(pk=case.pk).update(state="done", closed_on=cases.TODAY)
    assert name_superiors() == 0


def test_where_everybody_up_to_the_top_is_accused_the_operator_hears_only_how_many(vault):
    case = cases.handed(vault)
    VaultExclusion.objects.create(denunciation=case, unit=vault.province.country)
    assert name_superiors() == 0
    out = StringIO()
    call_command("vault", "verify", stdout=out)
    assert "Còn 1 hồ sơ không còn ai ở đây được xử lý" in out.getvalue()
    assert case.number not in out.getvalue()


def test_who_was_named_hears_it_on_their_first_page_and_nobody_else_does(vault, client):
    case = cases.handed(vault)
    shut_out_all(case, vault.officer, vault.head)
    name_superiors()
    for user, told in ((vault.chief, True), (vault.head, False), (vault.administrator, False)):
        client.force_login(user)
        shown = client.get(reverse("desk:home"), follow=True).content.decode()
        assert (WAITS in shown, case.number in shown, str(case.uuid) in shown) == (
            told,
            False,
            False,
        )
    open_case(case, purpose="resolve", actor=vault.chief)
    assert not waits_for(vault.chief)
    client.force_login(vault.chief)
    assert WAITS not in client.get(reverse("desk:home"), follow=True).content.decode()
