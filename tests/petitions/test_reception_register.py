"""The register of citizen reception and its five exits: the same rows, the same permission, sealed until opened."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.accounts.access import whom_to_ask
from danvan.foundation.models import AuditEntry, SearchText
from danvan.foundation.sealing import destroy
from danvan.petitions.models import (
    Barred,
    IdentityOpening,
    VisitMatter,
)
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.register_columns import COLUMNS, SEALED
from danvan.petitions.services.vault import AccusedDraft, seal_petition
from tests.once import once, own
from tests.petitions import papers, receptions
from tests.petitions.exits import EXITS, page, person, words

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def test_the_register_has_the_twelve_columns_and_no_gap(office):
    for n in range(3):
        receptions.visited(office.unit, receptions.matter(f"Việc {n}"), persons=(person(n),))
    whole = words(page(office.officer, "register-sheet")).split("\n")
    heads = whole.index("STT")
    assert whole[heads : heads + 12] == [one.label for one in COLUMNS]
    taken = VisitMatter.objects.get(title="Việc 1")
    taken.petition.delete()  # taken out whole, as a denunciation is
    rows = openpyxl.load_workbook(BytesIO(page(office.officer, "register-sheet").content)).active
    numbers = [row[0] for row in rows.iter_rows(min_row=3, values_only=True)]
    assert numbers == [1, 2]


def test_the_five_exits_keep_the_same_permission_and_seal(office):
    receptions.visited(office.unit, persons=(person(1),))
    receptions.visited(office.other, receptions.matter("Việc xã khác"), persons=(person(2),))
    for name in EXITS:
        text = words(page(office.officer, name))
        assert "Đo lại diện tích" in text, name
        assert SEALED in text, name
        for secret in ("Việc xã khác", "Vừ A Số", "04009000"):
            assert secret not in text, (name, secret)
    found = page(office.officer, "register", query="?q=Việc").content.decode()
    assert "Việc xã khác" not in found
    stranger = words(page(office.stranger, "register"))
    assert "Việc xã khác" in stranger
    assert "Đo lại diện tích" not in stranger
    from danvan.petitions.selectors.reception import RegisterAsked, register_of, tally_of

    asked = RegisterAsked(date(2026, 11, 1), date(2026, 11, 30))
    assert tally_of(register_of(office.officer, asked)).matters == 1


def test_whom_a_petition_is_against_sees_its_row_nowhere(office):
    visit = receptions.visited(office.unit, persons=(person(1),))
    Barred.objects.create(petition=visit.matters.get().petition, user=office.officer)
    for name in EXITS:
        assert "Đo lại diện tích" not in words(page(office.officer, name)), name
    assert page(office.officer, "visit", visit.pk).status_code == 404
    told = page(office.officer, "register-open", data={"purpose": "contact"})
    assert "Không có lượt tiếp nào" in told.content.decode()


def test_identities_of_the_whole_print_are_opened_for_a_purpose_and_each_paper_keeps_it(office):
    for n in (1, 2):
        receptions.visited(office.unit, persons=(person(n),))
    told = page(office.officer, "register-open", data={"purpose": ""})
    assert "mở danh tính để làm gì" in told.content.decode()
    assert not IdentityOpening.objects.exists()
    page(office.officer, "register-open", data={"purpose": "contact"})
    assert IdentityOpening.objects.filter(by=office.officer, purpose="contact").count() == 2
    assert AuditEntry.objects.filter(action="petitions.open_register").count() == 2
    for name in EXITS:
        text = words(page(office.officer, name))
        assert "Vừ A Số 1" in text, name
        assert "040090000002" in text, name
        assert "Vừ A Số" not in words(page(office.head, name)), name


def test_identities_of_one_visit_are_opened_from_its_page(office):
    visit = receptions.visited(office.unit, persons=(person(1),))
    receptions.visited(office.unit, persons=(person(2),))
    query = f"?tu=16/11/2026&den=16/11/2026&luot={visit.pk}"
    shown = page(office.officer, "register-open", data={"purpose": "contact"}, query=query)
    assert "Vừ A Số 1" in shown.content.decode()
    assert IdentityOpening.objects.count() == 1


def test_filters_that_cannot_be_understood_are_told(office):
    receptions.visited(office.unit)
    wrong = page(office.officer, "register", query="?tu=20/11/2026&den=01/11/2026")
    assert wrong.status_code == 422
    assert "trở đi" in wrong.content.decode()
    assert (
        page(office.officer, "register", query="?tu=20/11/2024&den=01/11/2026").status_code == 422
    )
    for name in EXITS[1:]:
        assert page(office.officer, name, query="?tu=xx", follow=False).status_code == 302
    assert (
        page(
            office.officer,
            "register-open",
            query="?tu=xx",
            data={"purpose": "contact"},
            follow=False,
        ).status_code
        == 302
    )
    for query in (
        "?tu=16/11/2026",
        "?den=16/11/2026",
        "?tu=16/11/2026&den=16/11/2026",
        f"?don_vi={office.unit.pk}",
    ):
        assert "Đo lại diện tích" in page(office.officer, "register", query=query).content.decode()
    assert "Xã" in words(page(office.officer, "register-print", query=f"?don_vi={office.unit.pk}"))


@pytest.mark.parametrize("name", EXITS)
def test_queries_do_not_grow_with_the_rows(office, name):
    def count():
        client = Client()
        client.force_login(office.officer)
        page_at = reverse(f"reception:{name}")
        client.get(page_at)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(page_at)
        return len(found)

    receptions.visited(office.unit, persons=(person(1),))
    one = count()
    for n in (2, 3):
        receptions.visited(office.unit, persons=(person(n),))
    assert count() == one


def test_the_register_follows_what_became_of_each_matter(office):
    later = receptions.matter("Hẹn", MatterWay.LATER, answer_on=papers.TODAY)
    receptions.visited(office.unit, receptions.matter("Đơn", kind="complaint"), later)
    petition = VisitMatter.objects.get(title="Đơn").petition
    from danvan.petitions.services import accept_petition

    accept_petition(papers.fresh(petition), on=papers.TODAY, actor=None)
    petition = papers.fresh(petition)
    text = words(page(office.officer, "register-sheet"))
    assert f"{petition.number}: Đã thụ lý" in text
    assert "Hẹn trả lời ngày 20/11/2026" in text
    assert whom_to_ask("petitions.view") is not None


def test_a_closed_petition_stands_with_its_result_and_day(office):
    receptions.visited(office.unit)
    petition = VisitMatter.objects.get().petition
    papers.Petition.objects.filter(pk=petition.pk).update(
        state="done", outcome="resolved", closed_on=papers.TODAY
    )
    text = words(page(office.officer, "register-print"))
    assert "Đã xong, đã giải quyết theo đề nghị, ngày 20/11/2026" in text


def test_who_was_erased_or_cannot_be_unsealed_is_not_named(office):
    visit = receptions.visited(office.unit, persons=(person(1),))
    page(office.officer, "register-open", data={"purpose": "contact"})
    who = visit.paper.signatures.get().petitioner
    destroy(who.key)
    assert SEALED in words(page(office.officer, "register"))
    who.erased_on = papers.TODAY
    who.save()
    assert "Đã xóa dữ liệu" in words(page(office.officer, "register"))


def test_more_than_one_print_takes_is_not_opened(office, monkeypatch):
    monkeypatch.setattr("danvan.petitions.services.reception.opening.MOST_OPENED", 1)
    for n in (1, 2):
        receptions.visited(office.unit, persons=(person(n),))
    told = page(office.officer, "register-open", data={"purpose": "contact"})
    assert "chọn ít ngày hơn" in told.content.decode()
    assert not IdentityOpening.objects.exists()


def test_the_register_is_searched_without_tones_and_by_number_as_the_list_is(office):
    for title in ("Đường vào bản lầy lội", "Cấp lại sổ đỏ"):
        receptions.visited(office.unit, receptions.matter(title), persons=(person(1),))
    first = VisitMatter.objects.get(title="Đường vào bản lầy lội")
    for typed in ("duong vao ban", "lay loi", "LẦY LỘI", first.petition.number, "bản lầy"):
        text = words(page(office.officer, "register", query=f"?q={typed}"))
        assert ("lầy lội" in text, "sổ đỏ" in text) == (True, False), typed
    SearchText.objects.all().delete()  # one of before it could be searched
    assert "lầy lội" in words(page(office.officer, "register", query="?q=bản lầy"))


def test_what_is_taken_out_is_searched_no_more(office):
    visit = receptions.visited(office.unit, receptions.matter("Khai khống"), persons=(person(1),))
    matter = visit.matters.get()
    seal_petition(
        matter.petition, accused=[AccusedDraft(name="Hoàng Quốc Tí")], actor=office.officer
    )
    assert not SearchText.objects.filter(model="petitions.visitmatter").exists()
