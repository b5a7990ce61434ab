"""Who passed a petition on prints its slip afterwards: the slip alone, never the petition, and not whom it is against."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.petitions.models import PetitionTransfer
from danvan.petitions.papers import slip_paper
from danvan.petitions.selectors.slips import allowed_slips, slip_of
from danvan.petitions.services import bar_user, open_identity, transfer_petition
from danvan.petitions.services.vault import seal_petition
from danvan.petitions.templatetags.petitions import move_url
from tests.once import once, own
from tests.petitions import cases, papers

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)
ON = date(2026, 10, 12)


@pytest.fixture
def office(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def passed(office, to=None, *, petition=None, on=ON, symbol="7/PC", reason="Thuộc xã bạn"):
    petition = petition or papers.received(
        office.unit, papers.matter("proposal", "Sửa đường liên xã")
    )
    to = to or office.other
    transfer_petition(
        papers.fresh(petition), to_unit_id=to.pk, on=on, reason=reason, symbol=symbol, actor=None
    )
    return papers.fresh(petition)


def page(user, name, *args):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"petitions:{name}", args=args))


def test_who_passed_it_on_prints_the_slip_and_reads_nothing_else(office):
    petition = passed(office)
    [slip] = allowed_slips(office.officer)
    listed = page(office.officer, "slips").content.decode()
    for part in (petition.number, "Thuộc xã bạn", "Ủy ban nhân dân Xã Con Cuông"):
        assert part in listed
    shown = page(office.officer, "slip", slip.pk)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store, private")
    for part in ("Ủy ban nhân dân Xã Con Cuông", "7/PC", "Sửa đường liên xã", "Thuộc xã bạn"):
        assert part in shown.content.decode()
    word = page(office.officer, "slip-docx", slip.pk)
    assert (word.status_code, word["Cache-Control"]) == (200, "no-store, private")
    assert f"phieu-chuyen-{petition.number}.docx" in word["Content-Disposition"]
    for name, args in (("card", []), ("paper", ["phieu-chuyen"])):
        assert page(office.officer, name, petition.pk, *args).status_code == 404
    assert list(allowed_slips(office.stranger)) == []
    assert page(office.stranger, "slip", slip.pk).status_code == 404


def test_the_act_itself_leads_to_the_slip(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn"))
    client = Client()
    client.force_login(office.officer)
    sent = {"to_unit": "UBND Xã Con Cuông", "reason": "Xã bạn", "on": "12/10/2026"}
    made = client.post(move_url("transfer", petition.pk), sent)
    slip = PetitionTransfer.objects.get(petition=petition)
    assert made.url == reverse("petitions:slip", args=[slip.pk])


def test_each_prints_its_own_slip_of_a_petition_that_went_on_and_on(office):
    petition = passed(office)
    third = office.province.governments[2]
    papers.member("canboxa3", third, "petition_officer")
    passed(office, third, petition=petition, on=date(2026, 10, 14), symbol="8/PC", reason="Ở thôn")
    [mine], [theirs] = allowed_slips(office.officer), allowed_slips(office.stranger)
    first, second = (
        slip_paper(slip_of(user, one))
        for user, one in ((office.officer, mine), (office.stranger, theirs))
    )
    assert (first.issuer, first.symbol, first.place_and_day) == (
        "Ủy ban nhân dân Xã Môn Sơn", "7/PC", "Môn Sơn, ngày 12 tháng 10 năm 2026",
    )  # fmt: skip
    assert (second.issuer, second.symbol, second.place_and_day) == (
        "Ủy ban nhân dân Xã Con Cuông", "8/PC", "Con Cuông, ngày 14 tháng 10 năm 2026",
    )  # fmt: skip
    assert "Lý do chuyển: Thuộc xã bạn." in first.paragraphs
    assert "Kính gửi: Ủy ban nhân dân Xã Châu Khê." in second.paragraphs


def test_the_name_stands_in_it_only_for_who_opened_it_before(office):
    petition = papers.received(office.unit, papers.matter("proposal", "Cầu"))
    open_identity(petition.paper, purpose="send", actor=office.officer)
    passed(office, petition=petition)
    [slip] = allowed_slips(office.officer)
    said = {
        user.full_name: "\n".join(slip_paper(slip_of(user, slip)).paragraphs)
        for user in (office.officer, office.head)
    }
    assert ["Lô Văn Nam" in said["canbo"], "Lô Văn Nam" in said["chutich"]] == [True, False]
    assert "danh tính đang niêm phong" in page(office.head, "slip", slip.pk).content.decode()


def test_whom_it_is_against_prints_no_slip_and_one_in_the_vault_has_none(office):
    petition = passed(office)
    bar_user(petition, user=office.officer, actor=None)
    assert list(allowed_slips(office.officer)) == []
    assert len(allowed_slips(office.head)) == 1
    other = passed(office)
    seal_petition(other, accused=[cases.ACCUSED], actor=office.stranger)
    assert [one.petition for one in allowed_slips(office.head)] == [petition]


def test_a_list_of_slips_costs_the_same_queries_at_one_row_and_at_three(office):
    client = Client()
    client.force_login(office.officer)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            passed(office)
        client.get(reverse("petitions:slips"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("petitions:slips"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    empty = page(office.stranger, "slips").content.decode()
    assert "Chưa chuyển đơn nào" in empty
