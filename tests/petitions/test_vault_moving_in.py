"""A petition that turns out to be a denunciation: nothing of it stays in the ordinary tables, and the register has no gap."""

import pytest

from danvan.commitments.models import FollowCode
from danvan.foundation.models import AuditEntry, DataKey, SealedFile, SearchText
from danvan.law.models import ClockHeld
from danvan.petitions.models import (
    FreedNumber,
    Paper,
    Petition,
    Petitioner,
    PetitionStep,
    Signature,
    TogetherAddress,
)
from danvan.petitions.selectors import petition_behind
from danvan.petitions.selectors.together import TOGETHER
from danvan.petitions.selectors.vault import card_of_case, letters_told
from danvan.petitions.services import (
    ask_to_publish,
    give_code,
    publish_petition,
    split_petition,
)
from danvan.petitions.services.filing_papers import add_paper_file
from danvan.petitions.services.together import follow_together
from danvan.petitions.services.vault import open_case, read_vault_file, seal_petition
from danvan.reading.covering import Covering
from tests.once import once, own
from tests.petitions import cases, papers
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def test_it_leaves_whole_and_its_number_is_given_out_again(vault):
    before = papers.received(vault.unit)
    petition = papers.received(
        vault.unit,
        papers.matter(text="Ông Tí khai khống.", requests=("Kiểm tra",)),
        persons=(cases.DENOUNCER,),
    )
    code = give_code(petition, actor=None).code
    petition = papers.fresh(petition)
    number, audited = petition.number, AuditEntry.objects.count()
    case = seal_petition(petition, accused=[cases.ACCUSED], actor=vault.officer)
    assert list(Petition.objects.all()) == [before]
    assert (FollowCode.objects.count(), petition_behind(code)) == (0, None)
    assert letters_told(code)[0].standing == "Đã nhận, đang xem xét"
    assert Paper.objects.count() == Signature.objects.count() == Petitioner.objects.count() == 1
    assert DataKey.objects.filter(purpose="petitions", destroyed_at__isnull=False).count() == 1
    assert not ClockHeld.objects.filter(subject_id=petition.pk, ended_on=None).exists()
    assert not SearchText.objects.filter(model="petitions.petition", object_id=petition.pk).exists()
    since = AuditEntry.objects.order_by("pk")[audited:]
    assert {one.action for one in since} <= {
        "law.clock_ended",
        "law.end_clock",
        "law.add_to_clocks",
    }
    assert papers.received(vault.unit).number == number
    assert not FreedNumber.objects.exists()
    open_case(case, purpose="classify", actor=vault.officer)
    card = card_of_case(vault.officer, cases.fresh(case))
    assert card.opened.persons[0]["phone"] == "0987111222"
    assert card.opened.content["text"] == "Ông Tí khai khống."
    assert card.opened.requests == ["Kiểm tra"]
    assert any(step.words.startswith("Tiếp nhận") for step in card.steps)


def test_who_followed_it_together_is_taken_out_with_it(vault):
    petition = papers.accepted(vault.unit, papers.matter("feedback", "Đèn hỏng"))
    row = ask_to_publish(petition, on=papers.ACCEPTED, actor=None)
    row = publish_petition(row, Covering(), actor=vault.officer)
    for seed, email in (("1", "mai@nha.vn"), ("2", "")):
        follow_together(row.number, seed=seed, email=email)
    [address] = TogetherAddress.objects.all()
    assert FollowCode.objects.filter(source_kind=TOGETHER, source_id=row.pk).count() == 2
    seal_petition(papers.fresh(petition), accused=[cases.ACCUSED], actor=vault.officer)
    assert not FollowCode.objects.filter(source_kind=TOGETHER).exists()
    assert not TogetherAddress.objects.exists()
    assert DataKey.objects.get(pk=address.key_id).destroyed_at is not None


def test_the_part_of_a_mixed_paper_leaves_and_the_other_stays_without_a_word_of_it(vault):
    petition = papers.received(vault.unit)
    made = split_petition(
        petition,
        [papers.matter(title="Khai khống"), papers.matter("feedback", "Loa rè")],
        actor=vault.officer,
    )
    seal_petition(
        papers.fresh(made[0]),
        accused=[cases.ACCUSED],
        actor=vault.officer,
        left=cases.left(made[0]),
    )
    assert Petition.objects.count() == 2
    words = PetitionStep.objects.get(petition=petition, kind="split").words
    assert words == f"Tách thành {made[1].number}"
    assert Signature.objects.count() == 1


def test_what_was_split_off_says_nothing_of_the_one_that_left_and_the_other_way(vault):
    for leaves in (0, 1):
        petition = papers.received(vault.unit)
        [made] = split_petition(petition, [papers.matter(title="Việc khác")], actor=vault.officer)
        gone, stays = ((petition, made), (made, petition))[leaves]
        said = PetitionStep.objects.get(petition=stays, kind="split")
        assert said.words == ("Tách từ ", "Tách thành ")[leaves] + gone.number
        left = cases.left(gone)
        seal_petition(papers.fresh(gone), accused=[cases.ACCUSED], actor=vault.officer, left=left)
        kinds = list(PetitionStep.objects.filter(petition=stays).values_list("kind", "words"))
        assert kinds == [("received", "")]


def test_what_was_spread_further_cannot_be_taken_back_whole(vault):
    petition = papers.received(vault.unit)
    Petition.objects.filter(pk=petition.pk).update(round=2, first_round=papers.received(vault.unit))
    broken = cases.refused(seal_petition, petition, accused=[], actor=vault.stranger)
    assert {one.column for one in broken.faults} >= {"unit", "accused"}
    assert "hai lần" in str(broken)
    assert Petition.objects.count() == 2


def test_its_files_go_with_it_under_the_key_of_the_case_with_their_true_names(vault):
    petition = papers.received(vault.unit)
    add_paper_file(petition.paper, name="đơn của bà S.png", content=PNG, actor=vault.officer)
    case = seal_petition(papers.fresh(petition), accused=[cases.ACCUSED], actor=vault.officer)
    open_case(case, purpose="classify", actor=vault.officer)
    [file] = case.files.all()
    assert read_vault_file(file, actor=vault.officer) == ("đơn của bà S.png", PNG)
    assert SealedFile.objects.get().key == cases.fresh(case).key


def test_a_file_whose_name_no_longer_opens_is_not_worth_losing_the_case(vault):
    petition = papers.received(vault.unit)
    add_paper_file(petition.paper, name="đơn của bà S.png", content=PNG, actor=vault.officer)
    petition.paper.files.update(name=b"another key's words")
    case = seal_petition(papers.fresh(petition), accused=[cases.ACCUSED], actor=vault.officer)
    open_case(case, purpose="classify", actor=vault.officer)
    assert read_vault_file(case.files.get(), actor=vault.officer) == ("tep", PNG)
