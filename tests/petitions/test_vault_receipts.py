"""Whoever holds the receipt of a paper finds all its matters by it: those that went into the vault too, and those split off."""

import pytest
from django.test import Client
from django.urls import reverse

from danvan.commitments.models import FollowCode
from danvan.petitions.models import Denunciation, Petition
from danvan.petitions.selectors.reception import visit_behind
from danvan.petitions.selectors.vault import letters_told, words_left
from danvan.petitions.services import give_code, split_petition
from danvan.petitions.services.reception import write_receipt
from danvan.petitions.services.vault import Left, seal_petition
from tests.once import once, own
from tests.petitions import cases, papers, receptions

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def sealed(vault, petition):
    left = Left(words={one.key: one.words for one in words_left(petition)}, cleared=True)
    accused = [cases.AccusedDraft(name="Hoàng Quốc Tí")]
    return seal_petition(papers.fresh(petition), accused=accused, actor=vault.officer, left=left)


def followed(code):
    return Client().post(reverse("portal:follow"), {"ma": code})


def brought(vault, *titles):
    visit = receptions.visited(vault.unit, *(receptions.matter(one) for one in titles))
    return visit, list(Petition.objects.order_by("pk"))


def test_of_a_paper_that_goes_whole_its_own_code_and_the_receipt_both_open_the_letter(vault):
    visit, [petition] = brought(vault, "Khai khống hộ nghèo")
    receipt = write_receipt(visit, actor=None)[1].code
    code = give_code(petition, actor=None).code
    sealed(vault, petition)
    assert not FollowCode.objects.exists()
    pages = [followed(one) for one in (code, receipt)]
    assert [one.status_code for one in pages] == [200, 200]
    assert pages[0].content == pages[1].content
    assert "Đã nhận, đang xem xét" in pages[0].content.decode()


def test_of_a_mixed_paper_the_receipt_tells_the_matters_that_stay_and_the_letter(vault):
    visit, [first, second] = brought(vault, "Loa rè", "Khai khống hộ nghèo")
    receipt = write_receipt(visit, actor=None)[1].code
    code = give_code(second, actor=None).code
    case = sealed(vault, second)
    assert [one.label for one in visit_behind(receipt).matters] == [f"Đơn {first.number}"]
    page = followed(receipt).content.decode()
    assert (f"Đơn {first.number}" in page, page.count("Thư đã gửi")) == (True, 1)
    assert "Khai khống" not in page
    own_page = followed(code).content.decode()
    assert (f"Đơn {first.number}" in own_page, own_page.count("Thư đã gửi</h1>")) == (False, 1)
    # nothing that stands elsewhere is of the same marks
    digests = set(FollowCode.objects.values_list("digest", flat=True))
    assert not digests & {case.code, case.receipt}
    sealed(vault, first)
    page = followed(receipt).content.decode()
    assert (page.count("Thư đã gửi</h1>"), f"Đơn {first.number}" in page) == (2, False)


def test_a_receipt_that_is_written_again_finds_what_the_one_before_found(vault):
    visit, [_, second] = brought(vault, "Loa rè", "Khai khống hộ nghèo")
    before = write_receipt(visit, actor=None)[1].code
    sealed(vault, second)
    visit.refresh_from_db()
    now = write_receipt(visit, actor=None)[1].code
    assert (letters_told(before), followed(before).status_code) == ([], 422)
    assert [one.shared for one in letters_told(now)] == [True]
    assert "Thư đã gửi" in followed(now).content.decode()


def test_a_receipt_that_was_never_written_marks_no_case(vault):
    _, [_, second] = brought(vault, "Loa rè", "Khai khống hộ nghèo")
    case = sealed(vault, second)
    assert (case.code, case.receipt) == (None, "")
    visit, [petition] = brought(vault, "Việc khác")[0], [Petition.objects.latest("pk")]
    write_receipt(visit, actor=None)
    assert Denunciation.objects.exclude(receipt="").count() == 0
    assert petition.visit_matter.visit == visit


def test_what_is_split_off_later_is_told_behind_the_receipt_too(vault):
    visit, [petition] = brought(vault, "Loa rè; đường hỏng")
    receipt = write_receipt(visit, actor=None)[1].code
    [made] = split_petition(petition, [papers.matter("feedback", "Đường hỏng")], actor=None)
    give_code(made, actor=None)
    told = visit_behind(receipt)
    assert [one.label for one in told.matters] == [f"Đơn {petition.number}", f"Đơn {made.number}"]
    assert f"Đơn {made.number}" in followed(receipt).content.decode()
