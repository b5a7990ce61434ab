"""What a petition held that a case has no column for goes into the case sealed: nothing stays outside, nothing is lost inside."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import ForeignKey

from danvan.commitments.models import FollowCode
from danvan.commitments.selectors import source_of_code
from danvan.petitions.models import Denunciation, Petition, Petitioner, ReceptionVisit
from danvan.petitions.selectors import petition_behind
from danvan.petitions.selectors.reception import visit_behind
from danvan.petitions.selectors.vault import card_of_case, letters_told
from danvan.petitions.services import (
    SendDraft,
    accept_petition,
    answer_petition,
    bar_user,
    give_code,
    open_identity,
    send_matter,
    transfer_petition,
)
from danvan.petitions.services.reception import write_receipt
from danvan.petitions.services.vault import open_case, seal_petition
from danvan.petitions.services.vault.carrying import LABELS, OF_THE_CASE, told_fields
from tests.once import once, own
from tests.petitions import cases, papers, receptions
from tests.petitions.canary import database, found, needles_of

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)
SPOT, SYMBOL, ANSWER = "Nhà sàn cuối dốc Huồi Khương", "77/QĐ-Khuynh", "Đã trả lời bà Ngoẵng"
REASON, BASIS = "Thẩm quyền nơi Lường Văn Khuýnh", "Luật số 9k3w"
NEEDLES = needles_of((SPOT, SYMBOL, ANSWER, REASON, BASIS))


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def lines(vault, case):
    open_case(case, purpose="classify", actor=vault.officer)
    card = card_of_case(vault.officer, cases.fresh(case))
    return {(one.words, one.on, str(one.by or "")) for one in card.steps}


def sealed(vault, petition, **more):
    petition = papers.fresh(petition)
    return seal_petition(petition, accused=[cases.ACCUSED], actor=vault.officer, **more)


def test_every_column_is_carried_under_a_name_or_held_by_the_case():
    for model, held in OF_THE_CASE.items():
        fields = {one.name: one for one in model._meta.concrete_fields}
        assert held <= set(fields)
        for name in set(fields) - held:
            plain = fields[name].verbose_name == name.replace("_", " ")
            assert (name in LABELS) == (plain or isinstance(fields[name], ForeignKey)), name


def test_all_that_an_answered_petition_held_is_read_in_the_case_and_nowhere_else(vault):
    petition = papers.received(
        vault.unit,
        papers.matter(
            "feedback", spot=SPOT, latitude=Decimal("19.12345"), longitude=Decimal("104.50000"),
            place_id=vault.province.communes[0].pk, requests=("Kiểm tra",),
        ),
        sender_symbol="45/CV", written_on=date(2026, 9, 28),
    )  # fmt: skip
    Petition.objects.filter(pk=petition.pk).update(decision_symbol=SYMBOL, remote=True)
    transfer_petition(
        petition, to_unit_id=vault.other.pk, reason=REASON, on=cases.ACCEPTED, actor=vault.officer
    )
    Petition.objects.filter(pk=petition.pk).update(unit=vault.unit)
    accept_petition(papers.fresh(petition), on=cases.ACCEPTED, actor=vault.head)
    petition.requests.update(reply=ANSWER, basis=BASIS, replied_on=cases.ACCEPTED)
    petition = papers.fresh(petition)
    answer_petition(
        petition, text=ANSWER, channel="paper", outcome="resolved", on=cases.ACCEPTED, actor=vault.head
    )  # fmt: skip
    open_identity(petition.paper, purpose="verify", actor=vault.verifier)
    assert found(database(), NEEDLES) == sorted((SPOT, SYMBOL, ANSWER, REASON, BASIS))
    case = sealed(vault, petition)
    assert found(database(), NEEDLES) == []
    told = lines(vault, case)
    [row] = [words for words, _, _ in told if words.startswith("Ở sổ đơn.")]
    for said in (
        f"chỗ cụ thể: {SPOT}", f"quyết định bị khiếu nại: {SYMBOL}", "vĩ độ: 19.12345", "kinh độ: 104.50000",
        "địa bàn: Xã Môn Sơn", f"trả lời: {ANSWER}", "vùng sâu, vùng xa, đi lại khó khăn: có",
        "ngày trả lời: 08/10/2026", "Loại: Phản ánh",
    ):  # fmt: skip
        assert said in row
    by_head = [words for words, on, by in told if on == cases.ACCEPTED and by == str(vault.head)]
    assert any(
        words.startswith(f"Đã trả lời. Trả lời: {ANSWER}; kênh trả lời:") for words in by_head
    )
    assert any(f"lý do: {REASON}" in words for words, on, _ in told if on == cases.ACCEPTED)
    assert any(f"căn cứ: {BASIS}" in words for words, _, _ in told)
    assert any("Số, ký hiệu văn bản chuyển: 45/CV" in words for words, _, _ in told)
    opened = [(words, by) for words, _, by in told if words.startswith("Đã xem danh tính")]
    assert opened == [("Đã xem danh tính người gửi: xác minh nội dung", str(vault.verifier))]


def test_the_code_of_the_sender_opens_the_page_of_the_case_and_only_the_last_one(vault):
    petition = papers.received(vault.unit)
    former, code = (give_code(petition, actor=None).code for _ in range(2))
    sealed(vault, petition)
    assert (letters_told(former), petition_behind(code), source_of_code(code)) == ([], None, None)
    assert letters_told(code)[0].received_on == papers.RECEIVED
    assert not FollowCode.objects.exists()


def test_a_code_that_is_over_opens_no_case(vault):
    petition = papers.received(vault.unit)
    code = give_code(petition, actor=None).code
    FollowCode.objects.update(ends_on=date(2026, 11, 19))
    assert sealed(vault, petition).code is None
    assert letters_told(code) == []


def test_its_page_is_that_of_any_letter_at_the_same_cost(vault, client, django_assert_num_queries):
    petition = papers.received(vault.unit)
    code = give_code(petition, actor=None).code
    case = sealed(vault, petition)
    sent = cases.entered(vault, received_on=papers.RECEIVED)
    Denunciation.objects.filter(pk=sent.pk).update(code="0" * 64)
    with django_assert_num_queries(2):  # the letter, and the name of the place
        moved = client.post("/theo-doi/", {"ma": code})
    Denunciation.objects.filter(pk=case.pk).update(code=None)
    Denunciation.objects.filter(pk=sent.pk).update(code=case.code)
    with django_assert_num_queries(2):
        other = client.post("/theo-doi/", {"ma": code})
    assert other.content == moved.content
    assert "Đã nhận, đang xem xét" in moved.content.decode()


def test_a_form_that_is_sent_again_after_the_move_writes_nothing_anew(vault):
    draft = SendDraft(
        text="Loa ở bản Xiềng rè suốt tuần, xin sửa.", place_id=vault.province.communes[0].pk
    )
    first = send_matter(draft, seed="one form")
    petition = Petition.objects.get(pk=first.petition_id)
    Petition.objects.update(unit=vault.unit)
    sealed(vault, petition)
    again = send_matter(draft, seed="one form")
    assert (again.slip.code, again.number, again.petition_id) == (first.slip.code, "", None)
    assert not Petition.objects.exists()


def test_a_visit_goes_whole_with_its_receipt_whose_code_opens_the_case(vault):
    visit = receptions.visited(
        vault.unit, receptions.matter(settled_by="Thanh tra huyện cũ"), documents="01 ảnh nhà kho"
    )
    _, slip = write_receipt(visit, actor=None)
    petition = Petition.objects.get()
    case = sealed(vault, petition)
    assert not ReceptionVisit.objects.exists()
    assert not FollowCode.objects.exists()
    assert (visit_behind(slip.code), letters_told(slip.code)[0].look) == (None, "watch")
    told = "\n".join(words for words, _, _ in lines(vault, case))
    for said in (
        "cơ quan đã giải quyết: Thanh tra huyện cũ",
        "giấy tờ, tài liệu đã nhận: 01 ảnh nhà kho",
    ):
        assert said in told


def test_a_receipt_for_other_matters_too_stays_one_for_these(vault):
    visit = receptions.visited(
        vault.unit, receptions.matter(), receptions.matter("Loa rè", way="guided", guided_to="UBND xã")
    )  # fmt: skip
    _, slip = write_receipt(visit, actor=None)
    petition = Petition.objects.get()
    case = sealed(vault, petition, left=cases.left(petition))
    assert case.code is None
    assert len(visit_behind(slip.code).matters) == 1


def test_who_stands_for_others_and_a_group_that_sends_are_told_of(vault):
    person = papers.PersonDraft(name="Hội quán Nậm Cắn", kind="organisation", representative=True)
    petition = papers.received(vault.unit, persons=(person,))
    bar_user(petition, user=vault.head, actor=vault.officer)
    case = sealed(vault, petition)
    assert case.exclusions.get().user == vault.head
    told = {words for words, _, _ in lines(vault, case)}
    assert any(words.startswith("Một người đứng đơn là") and "đại diện" in words for words in told)


def test_a_sender_who_left_a_telephone_and_no_name_goes_along_and_one_who_was_erased_does_not(
    vault,
):
    person = papers.PersonDraft(name="", phone="0912333444", nameless=True)
    petition = papers.received(vault.unit, persons=(person,), anonymous=True)
    case = sealed(vault, petition)
    open_case(case, purpose="classify", actor=vault.officer)
    [told] = card_of_case(vault.officer, cases.fresh(case)).opened.persons
    assert (told["name"], told["phone"], case.anonymous) == ("", "0912333444", True)
    other = papers.received(vault.unit)
    Petitioner.objects.filter(signatures__paper=other.paper).update(erased_on=cases.TODAY)
    assert sealed(vault, other).anonymous


def test_signs_of_a_complex_case_are_carried_one_after_the_other():
    assert ("dấu hiệu phức tạp", "a, b") in list(told_fields(Petition(complexity=["a", "b"])))
