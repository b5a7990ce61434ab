"""Who reads a case and who never does: the accused, their unit, superiors, administrators, readers whose time is over."""

from datetime import date

import pytest

from danvan.petitions.forms.vault import NameForm
from danvan.petitions.models import Denunciation, VaultReader
from danvan.petitions.selectors.vault import own_cases, parts_of
from danvan.petitions.selectors.vault.readers import is_shut_out
from danvan.petitions.services.vault import (
    bar_accused,
    end_reading,
    enter_denunciation,
    name_reader,
    open_case,
)
from danvan.petitions.vault_enums import Part
from tests.factories.province import make_grant
from tests.once import once, own
from tests.petitions import cases
from tests.petitions.papers import member

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def test_the_accused_sees_and_handles_nothing_as_reader_as_head_or_as_whoever(vault):
    case = cases.verifying(vault)
    assert case in own_cases(vault.head)
    bar_accused(case, actor=vault.officer, users=(vault.head.pk,))
    assert case not in own_cases(vault.head)
    assert parts_of(case, vault.head) == frozenset()
    broken = cases.refused(open_case, case, purpose="resolve", actor=vault.head)
    assert "Việc này do" in str(broken)
    broken = cases.refused(
        name_reader, case, user=vault.head, part=Part.RESOLVER, actor=vault.officer
    )
    assert "bị tố cáo" in str(broken)


def test_everybody_at_or_below_an_accused_unit_is_shut_out_named_or_not(vault):
    below = member("duoi", vault.province.fronts[0], "petition_officer")
    case = cases.entered(vault)
    name_reader(case, user=below, part=Part.RESOLVER, actor=vault.officer)
    assert case in own_cases(below)
    bar_accused(case, actor=vault.officer, units=(vault.province.front.pk,))
    assert case not in own_cases(below)
    assert case in own_cases(vault.officer)
    refused = cases.refused(
        bar_accused, case, actor=vault.officer, units=(vault.province.place.pk,)
    )
    assert "đơn vị mình" in str(refused)
    assert "bị tố cáo" in str(cases.refused(bar_accused, case, actor=vault.officer))


def test_who_moved_on_from_an_accused_unit_since_the_case_came_in_is_shut_out_still(vault):
    """Whether the post is higher, or what was held there ended; who had left it before is, until a person says otherwise."""
    place = vault.province.place
    promoted, earlier = (member(one, vault.province.fronts[0], "petition_officer") for one in ("len", "truoc"))  # fmt: skip
    never = make_grant(vault.province.fronts[0], "petition_officer")
    for user, until in ((promoted, date(2026, 10, 2)), (earlier, cases.RECEIVED), (never, date(2025, 1, 1))):  # fmt: skip
        user.grants.update(valid_from=date(2025, 1, 1), valid_to=until)
        make_grant(place, "petition_officer", user=user)
    case = cases.entered(vault)
    bar_accused(case, actor=vault.officer, units=(vault.province.front.pk,))
    read = []
    for user in (promoted, earlier, never):
        VaultReader.objects.create(
            denunciation=case, user=user, part=Part.RESOLVER, since=cases.TODAY
        )
        read.append((case in own_cases(user), is_shut_out(case, user), is_shut_out(case, user, ever=True)))  # fmt: skip
    assert read == [(False, True, True), (True, False, True), (True, False, False)]


def test_whoever_is_accused_does_not_take_the_denunciation_in(vault):
    for barred in ({"barred_users": (vault.officer.pk,)}, {"barred_units": (vault.unit.pk,)}):
        broken = cases.refused(
            enter_denunciation, cases.draft(vault.unit, **barred), actor=vault.officer
        )
        assert {one.column for one in broken.faults} == {"barred_users"}
    assert not Denunciation.objects.exists()


def test_a_superior_and_an_administrator_see_nothing_until_they_are_named(vault):
    case = cases.entered(vault)
    assert case not in own_cases(vault.chief)
    assert case not in own_cases(vault.administrator)
    name_reader(case, user=vault.chief, part=Part.RESOLVER, actor=vault.officer)
    assert case in own_cases(vault.chief)
    broken = cases.refused(
        name_reader, case, user=vault.administrator, part=Part.RESOLVER, actor=vault.officer
    )
    assert "chưa có quyền" in str(broken)
    # an administrator who was given another role besides is still no reader
    make_grant(vault.unit, "leader", user=vault.administrator)
    assert case not in own_cases(vault.administrator)


def test_a_reader_reads_until_the_last_day_only(vault, settings):
    case = cases.entered(vault)
    name_reader(
        case, user=vault.head, part=Part.RESOLVER, actor=vault.officer, until=date(2026, 11, 21)
    )
    settings.DANVAN_TODAY = date(2026, 11, 21)
    assert case in own_cases(vault.head)
    settings.DANVAN_TODAY = date(2026, 11, 22)
    assert case not in own_cases(vault.head)
    broken = cases.refused(name_reader, case, user=vault.chief, part="x", actor=vault.officer)
    assert {one.column for one in broken.faults} == {"part"}
    broken = cases.refused(
        name_reader,
        case,
        user=vault.chief,
        part=Part.RESOLVER,
        actor=vault.officer,
        until=date(2026, 11, 1),
    )
    assert {one.column for one in broken.faults} == {"until"}


def test_two_parts_in_one_person_and_one_taken_back(vault):
    case = cases.handed(vault)
    name_reader(case, user=vault.officer, part=Part.RESOLVER, actor=vault.head)
    assert parts_of(case, vault.officer) == {Part.INTAKE, Part.RESOLVER}
    end_reading(case, user=vault.head, part=Part.RESOLVER, actor=vault.officer)
    assert parts_of(case, vault.head) == frozenset()
    broken = cases.refused(
        end_reading, case, user=vault.officer, part=Part.RESOLVER, actor=vault.officer
    )
    assert "phải còn người giữ vai" in str(broken)
    broken = cases.refused(end_reading, case, user=vault.chief, part="intake", actor=vault.officer)
    assert "không được đọc" in str(broken)


def named(case, **typed):
    form = NameForm({"part": "verifier", "user": "", "elsewhere": "", **typed}, case=case)
    return form, form.is_valid()


def test_a_verifier_of_another_body_is_named_by_the_exact_sign_in_name(vault):
    case = cases.handed(vault)
    away = member("thanh-tra", vault.province.front, "petition_officer")  # beside, not above
    offered = dict(NameForm(case=case).fields["user"].choices)
    assert str(away.pk) not in offered
    form, valid = named(case, elsewhere=f" {away.username.upper()} ")
    assert valid
    assert form.said() == {"seen": None, "user": away, "part": "verifier", "until": None}
    said = form.said()
    name_reader(case, actor=vault.head, **said)
    assert parts_of(case, away) == {Part.VERIFIER}


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ({"elsewhere": "thanh"}, "elsewhere"),
        ({}, "user"),
        ({"elsewhere": "x", "user": "1"}, "user"),
    ],
)
def test_who_is_not_named_exactly_is_not_found(vault, typed, column):
    case = cases.handed(vault)
    if typed.get("user"):
        typed = {**typed, "user": str(vault.head.pk)}
    form, valid = named(case, **typed)
    assert (valid, list(form.errors)) == (False, [column])


def test_whoever_is_accused_or_gone_is_refused_wherever_they_sit(vault):
    away = member("thanh-tra", vault.province.front, "petition_officer")
    case = cases.handed(vault, barred_users=(away.pk,))
    form, valid = named(case, elsewhere=away.username)
    assert valid
    broken = cases.refused(name_reader, case, actor=vault.head, **form.said())
    assert "bị tố cáo" in str(broken)
    below = member("duoi", vault.province.front, "petition_officer")
    bar_accused(case, actor=vault.officer, units=(vault.province.front.pk,))
    broken = cases.refused(name_reader, case, user=below, part=Part.VERIFIER, actor=vault.head)
    assert "bị tố cáo" in str(broken)
    below.is_active = False
    below.save()
    assert not named(case, elsewhere=below.username)[1]
