"""What the other files of tests pass by: a key file that is gone, acts that are offered, what keeps a petition out of the vault."""

from datetime import date

import pytest

from danvan.commitments.services import Assignment
from danvan.foundation.errors import RuleError
from danvan.petitions.models import VisitMatter
from danvan.petitions.selectors import card_of, data_request_acts, waiting_for_decision
from danvan.petitions.services import (
    add_petition_file,
    give_work,
    mark_complex,
    open_identity,
    respond_to_data_request,
    split_petition,
    transfer_petition,
)
from danvan.petitions.services.reception import open_register
from danvan.petitions.services.vault import seal_petition
from tests.once import once, own
from tests.petitions import cases, papers

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def test_without_the_key_file_a_card_shows_neither_names_nor_files_and_says_why(
    vault, settings, tmp_path
):
    petition = papers.received(vault.unit)
    add_petition_file(petition, b"Bien ban", name="bien-ban.txt", actor=None)
    open_identity(petition.paper, purpose="verify", actor=vault.officer)
    settings.DANVAN_KEYS = tmp_path / "none" / "keys.json"
    card = card_of(vault.officer, papers.fresh(petition))
    assert (card.files, card.persons, card.number_of_files) == ([], [], 1)
    assert card.seal_fault


def test_what_is_split_where_it_went_has_the_time_of_that_unit_and_the_first_receipt(vault):
    petition = papers.received(vault.unit, papers.matter("feedback", "Cầu"))
    gone_on = date(2026, 11, 16)
    transfer_petition(
        petition, to_unit_id=vault.other.pk, on=gone_on, reason="Xã bạn", actor=vault.officer
    )
    petition = papers.fresh(petition)
    [made] = split_petition(petition, [papers.matter("feedback", "Đèn")], actor=None)
    made = papers.fresh(made)
    assert (made.received_on, made.at_unit_on, made.unit) == (papers.RECEIVED, gone_on, vault.other)
    assert (made.due_name, made.due_on) == (petition.due_name, petition.due_on)
    assert made.due_on > cases.TODAY


def test_what_was_verified_waits_for_who_decides(vault):
    petition = papers.verifying(vault)
    assert list(waiting_for_decision(vault.head)) == [petition]
    assert list(waiting_for_decision(vault.officer)) == []


def test_acts_on_a_request_about_data_are_offered_to_who_may(vault):
    petition = papers.received(vault.unit)
    person = petition.paper.signatures.get().petitioner
    request = papers.asked(petition, person, "limit")
    assert data_request_acts(vault.officer, request) == ["respond", "carry-out", "refuse"]
    assert data_request_acts(vault.stranger, request) == []
    request = respond_to_data_request(request, response="Đã nhận", on=papers.RECEIVED, actor=None)
    assert data_request_acts(vault.officer, request) == ["carry-out", "refuse", "extend"]


def test_a_register_opens_for_a_purpose_only(vault):
    with pytest.raises(RuleError) as broken:
        open_register(VisitMatter.objects.all(), purpose="", actor=vault.officer)
    assert "để làm gì" in broken.value.message


def test_what_was_spread_keeps_a_petition_out_of_the_vault(vault):
    petition = papers.accepted(vault.unit)
    work = Assignment(vault.unit.pk, "Đo lại đất", "Biên bản", date(2027, 3, 1))
    give_work(petition.requests.get(), work, actor=None)
    mark_complex(
        papers.fresh(petition), criteria=["a"], symbol="1/BC", on=date(2026, 10, 9), actor=None
    )
    person = petition.paper.signatures.get().petitioner
    papers.asked(papers.fresh(petition), person)
    with pytest.raises(RuleError) as broken:
        seal_petition(papers.fresh(petition), accused=[cases.ACCUSED], actor=vault.officer)
    for part in ("đã giao việc", "phức tạp", "dữ liệu cá nhân"):
        assert part in broken.value.message


def test_nothing_is_kept_in_memory_of_what_moved_in(vault, django_capture_on_commit_callbacks):
    petition = papers.received(vault.unit)
    with django_capture_on_commit_callbacks(execute=True):
        seal_petition(petition, accused=[cases.ACCUSED], actor=vault.officer)
    assert not type(petition).objects.filter(pk=petition.pk).exists()


def test_a_case_goes_no_further_without_its_verifier_its_report_and_its_tasks(vault):
    case = cases.accepted(vault)
    alone = cases.refused(cases.act, case, "assign", vault.head, said={"until": date(2026, 10, 30)})
    assert "Chưa có người xác minh" in alone.message
    checked = cases.verifying(vault)
    early = cases.refused(
        cases.act, checked, "conclude", vault.head, on=date(2026, 11, 2), said={"outcome": "right"}
    )
    assert "báo cáo kết quả xác minh" in early.message
