"""What of a case reaches others by ways beside its pages: a merger, somebody who stands in, notices, duplicates, a cluster."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.accounts.models import Grant
from danvan.foundation.models import OutboxEvent
from danvan.foundation.viruses import SIGNATURE
from danvan.organisations.holders import Passage, holder_named
from danvan.organisations.models import HandOver
from danvan.organisations.selectors import ended_before
from danvan.organisations.services.reorganising import undo_reorganisation
from danvan.petitions import vault_urls
from danvan.petitions.enums import Kind
from danvan.petitions.forms.vault import UnnameForm
from danvan.petitions.models import Cluster, FreedNumber, Petition, VaultReader
from danvan.petitions.models.vault import units_over
from danvan.petitions.selectors.vault import openings_for, own_cases, parts_of
from danvan.petitions.services import file_repeated, open_cluster
from danvan.petitions.services.vault import (
    add_vault_file,
    enter_denunciation,
    name_reader,
    open_case,
    seal_petition,
    take_up_cases,
)
from danvan.petitions.services.vault.succeeding import TOLD
from danvan.petitions.vault_enums import Part
from tests.factories.merging import apply_merger
from tests.factories.province import make_user
from tests.once import once, own
from tests.petitions import cases, papers
from tests.petitions.papers import member

pytestmark = pytest.mark.django_db
MERGED = date(2026, 11, 19)
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def test_who_takes_over_from_an_accused_unit_is_shut_out_as_that_unit_was(vault):
    case = cases.entered(vault, barred_units=(vault.other.pk,))
    apply_merger(vault.province, on=MERGED)
    heir = cases.fresh(case).unit
    assert ended_before([heir.pk], cases.TODAY) == {vault.unit.pk, vault.other.pk}
    assert ended_before([heir.pk], date(2026, 11, 18)) == set()
    head, beside = (
        member("truong-moi", heir, "leader"),
        member("truong-ben", vault.province.governments[2], "leader"),
    )
    assert take_up_cases(head) == 0
    for user in (head, beside, vault.chief):
        VaultReader.objects.get_or_create(
            denunciation=case, user=user, part=Part.RESOLVER, defaults={"since": cases.TODAY}
        )
    read = [user for user in (head, beside, vault.chief) if case in own_cases(user)]
    assert read == [beside, vault.chief]
    assert parts_of(case, head) == frozenset()
    assert vault.other.pk in units_over(head)
    assert vault.other.pk not in units_over(vault.chief)


def test_who_stands_in_for_a_head_takes_no_case_up(vault):
    case = cases.entered(vault)
    heir = vault.province.governments[1]
    passage = Passage("QĐ 1", "Nhập xã", cases.TODAY, {vault.unit.pk: heir.pk})
    holder_named("petitions.vault").hand_over(passage, actor=None)
    head, deputy = member("truong-moi", heir, "leader"), make_user("pho")
    Grant.objects.create(
        user=deputy, unit=heir, role="leader", valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 1),
        delegated_from=head.grants.get(),
    )  # fmt: skip
    assert (take_up_cases(deputy), take_up_cases(head)) == (0, 1)
    assert not own_cases(deputy).exists()
    assert case in own_cases(head)


def test_a_reorganisation_needs_no_key_so_its_failing_tells_of_no_case(vault, settings, tmp_path):
    case = cases.entered(vault)
    heir = vault.province.governments[1]
    passage = Passage("QĐ 1", "Nhập xã", cases.TODAY, {vault.unit.pk: heir.pk})
    settings.DANVAN_KEYS = tmp_path / "none" / "keys.json"
    assert holder_named("petitions.vault").hand_over(passage, actor=None) == []
    assert (cases.fresh(case).unit, case.steps.last().kind) == (heir, "passed_on")


def test_readers_of_a_unit_that_is_not_theirs_any_more_can_be_ended(vault):
    case = cases.entered(vault)
    name_reader(case, user=vault.chief, part=Part.PROTECTION, actor=vault.officer)
    offered = dict(UnnameForm(case=case, initial={}).fields["user"].choices)
    assert set(offered) == {"", str(vault.officer.pk), str(vault.chief.pk)}


def test_the_protection_body_reads_of_its_own_cases_alone(vault):
    case = cases.entered(vault)
    for other in (cases.entered(vault), case):
        open_case(other, purpose="classify", actor=vault.officer)
    name_reader(case, user=vault.police, part=Part.PROTECTION, actor=vault.officer)
    assert [one.denunciation for one in openings_for(vault.police)] == [case]
    assert openings_for(vault.officer) == []


def test_no_protocol_of_a_merger_names_what_moved_in_afterwards(vault):
    """Nor does its undoing, which gives back what is left."""
    feedback = papers.matter(Kind.FEEDBACK, "Khai khống hộ nghèo")
    moved, stays = (papers.received(vault.unit, feedback) for _ in range(2))
    cluster = open_cluster([moved.pk, stays.pk], title="Khai khống", actor=None)
    alone = papers.received(vault.unit, feedback)
    other = open_cluster([alone.pk, papers.received(vault.unit, feedback).pk], title="Nhà", actor=None)  # fmt: skip
    gone = [moved, *other.petitions.order_by("pk")]
    applied = apply_merger(vault.province, on=MERGED)
    heir = papers.fresh(stays).unit
    officer = member("moi", heir, "petition_officer")
    for one in gone:
        now = papers.fresh(one)
        seal_petition(now, accused=[cases.ACCUSED], actor=officer, left=cases.left(now))
    told = HandOver.objects.filter(holder__startswith="petitions.").order_by("pk")
    named = {(one.holder, one.row_id, one.title) for one in told}
    assert named == {("petitions.unit", stays.pk, stays.number), ("petitions.clusters", cluster.pk, cluster.number)}  # fmt: skip
    broken = cases.refused(undo_reorganisation, applied, why="Sai ngày", actor=None)
    assert (
        broken.message == TOLD
    )  # of the founded unit more is known than what it was given; which, it does not say


def test_who_told_of_it_hears_that_it_is_gone(vault):
    petition = papers.received(vault.unit)
    number, pk = petition.number, petition.pk
    seal_petition(petition, accused=[cases.ACCUSED], actor=vault.officer)
    event = OutboxEvent.objects.get(name="petitions.taken_out")
    assert (event.body["number"], event.body["petition_id"]) == (number, pk)


def test_what_was_filed_as_the_same_goes_first(vault):
    first, again = papers.received(vault.unit), papers.received(vault.unit)
    file_repeated(again, original=first, on=cases.TODAY, actor=vault.officer)
    broken = cases.refused(seal_petition, first, accused=[cases.ACCUSED], actor=vault.officer)
    assert again.number in str(broken)
    seal_petition(papers.fresh(again), accused=[cases.ACCUSED], actor=vault.officer)
    seal_petition(papers.fresh(first), accused=[cases.ACCUSED], actor=vault.officer)
    assert not Petition.objects.exists()


def test_a_cluster_with_nobody_left_goes_too_and_its_number_is_free(vault):
    two = [
        papers.received(vault.unit, papers.matter(Kind.FEEDBACK, "Khai khống hộ nghèo"))
        for _ in range(2)
    ]
    cluster = open_cluster([one.pk for one in two], title="Khai khống", actor=vault.officer)
    first = papers.fresh(two[0])
    seal_petition(first, accused=[cases.ACCUSED], actor=vault.officer, left=cases.left(first))
    assert Cluster.objects.get() == cluster
    seal_petition(papers.fresh(two[1]), accused=[cases.ACCUSED], actor=vault.officer)
    assert not Cluster.objects.exists()
    assert FreedNumber.objects.filter(series="petitions.NH.2026", number=1).exists()
    made = [papers.received(vault.unit, papers.matter(Kind.FEEDBACK, "Đường")) for _ in range(2)]
    again = open_cluster([one.pk for one in made], title="Đường", actor=vault.officer)
    assert again.number == cluster.number


def test_a_virus_is_refused_at_the_door_and_inside(vault):
    virus = b"%PDF-1.4\n" + SIGNATURE
    draft = cases.draft(vault.unit, files=(("a.pdf", virus),))
    broken = cases.refused(enter_denunciation, draft, actor=vault.officer)
    assert [one.column for one in broken.faults] == ["files"]
    case = cases.entered(vault)
    broken = cases.refused(add_vault_file, case, name="a.pdf", content=virus, actor=vault.officer)
    assert "EICAR" in str(broken)
    assert not case.files.exists()


def test_no_log_of_elevated_requests_is_told_which_page_it_was():
    assert {one.callback.untold for one in vault_urls.urlpatterns} == {True}


def test_a_browser_sends_the_forms_of_these_pages_with_their_origin(vault, client):
    client.force_login(vault.officer)
    assert client.get(reverse("vault:enter"))["Referrer-Policy"] == "same-origin"
