"""Documents sent to units and received by them, on their pages."""

import re

import pytest

from danvan.documents.models import Distribution
from danvan.documents.services import (
    distribute_document,
    recall_document,
    receive_document,
)
from tests.documents.acts import enter, issued, url
from tests.documents.papers import Paper, body, received
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(province):
    return issued(province)


def test_recipients_are_found_by_name_without_a_script_and_sent_to(desk, province, letter):
    page = body(desk.get(url("send", letter.pk)))
    assert "Tất cả Đảng ủy xã, phường" in page
    found = body(desk.post(url("send", letter.pk), {"viec": "tim", "q": "con cuong"}))
    assert "Đảng ủy Xã Con Cuông" in found
    assert not Distribution.objects.exists()
    first, second = province.committees[0].pk, province.fronts[1].pk
    picked = body(desk.post(url("send", letter.pk), {"units": [first], "them": second, "q": "x"}))
    assert re.findall(r'name="units" value="(\d+)" checked', picked) == [str(first), str(second)]
    answered = desk.post(url("send", letter.pk), {"viec": "gui", "units": [first, second]})
    assert answered["Location"] == url("recipients", letter.pk)
    assert set(Distribution.objects.values_list("unit_id", flat=True)) == {first, second}


def test_a_whole_group_is_sent_to_in_one_go(desk, province, letter):
    given = {"viec": "gui", "group": "party_committee.commune", "units": [province.front.pk]}
    desk.post(url("send", letter.pk), given)
    assert Distribution.objects.count() == 4
    again = desk.post(url("send", letter.pk), given)
    assert (again.status_code, "đã gửi tới tất cả" in body(again)) == (422, True)
    wrong = desk.post(url("send", letter.pk), {"viec": "gui", "units": [province.committee.pk]})
    assert (wrong.status_code, "không tự gửi cho mình" in body(wrong)) == (422, True)
    empty = desk.post(url("send", letter.pk), {"viec": "gui", "group": "everybody"})
    assert empty.status_code == 422


def test_an_incoming_document_is_not_sent_from_its_page(desk, province):
    document = enter(province)
    assert "Chỉ gửi được văn bản trong sổ văn bản đi" in body(desk.get(url("send", document.pk)))
    assert "không gửi tiếp" in body(desk.get(url("recipients", document.pk)))


@pytest.fixture
def officer(client, province, letter):
    """The officer of a commune to whose committee the letter was sent, at work."""
    distribute_document(letter, [one.pk for one in province.committees], actor=None)
    client.force_login(make_grant(province.communes[0], "commune_officer"))
    return client


def sent_here(province):
    return Distribution.objects.get(unit=province.committees[0])


def test_what_was_sent_is_opened_and_entered_in_one_act(officer, province, letter):
    one = sent_here(province)
    assert "Chờ vào sổ <span" in body(officer.get(url("incoming")))
    assert url("sent", one.pk) in body(officer.get(url("to-enter")))
    page = body(officer.get(url("sent", one.pk)))
    assert "Văn bản được gửi tới Đảng ủy Xã Môn Sơn" in page
    assert sent_here(province).opened_at is not None
    answered = officer.post(
        url("receive", one.pk), {"received_on": "31/12/2026", "kept_by": "Bí thư"}
    )
    entry = sent_here(province).received
    assert answered["Location"] == url("card", entry.pk)
    card = body(officer.get(url("card", entry.pk)))
    assert "Tỉnh ủy Nghệ An gửi 31/12/2026" in card
    assert "số đến 1/2026" in body(officer.get(url("sent", one.pk)))
    assert officer.post(url("receive", one.pk), {"received_on": "31/12/2026"}).status_code == 422


def test_the_card_of_the_sender_is_not_for_the_recipient(officer, province, letter):
    assert officer.get(url("card", letter.pk))["Location"] == url("sent", sent_here(province).pk)
    assert received(officer.get(url("file", letter.pk))) == Paper().as_txt()
    for name in ("recipients", "amend", "send"):
        assert officer.get(url(name, letter.pk)).status_code == 404
    recall_document(letter, reason="gửi nhầm", actor=None)
    assert officer.get(url("card", letter.pk)).status_code == 404
    assert officer.get(url("file", letter.pk)).status_code == 404
    page = body(officer.get(url("sent", sent_here(province).pk)))
    assert "gửi nhầm" in page
    assert url("file", letter.pk) not in page


def test_what_stands_in_the_register_already_is_offered_as_a_link(officer, province):
    known = enter(province, unit=province.committees[0])
    one = sent_here(province)
    refused = officer.post(url("receive", one.pk), {"received_on": "31/12/2026"})
    assert refused.status_code == 422
    assert f'name="muc" value="{known.pk}"' in body(refused)
    for wrong in ("", "x", "9" * 30, "999999"):
        assert (
            officer.post(url("receive", one.pk), {"viec": "gan", "muc": wrong}).status_code == 404
        )
    answered = officer.post(url("receive", one.pk), {"viec": "gan", "muc": known.pk})
    assert answered["Location"] == url("card", known.pk)
    assert sent_here(province).received == known


def test_a_reader_without_a_register_sees_it_and_does_not_enter_it(client, province, letter):
    distribute_document(letter, [province.committees[0].pk], actor=None)
    one = sent_here(province)
    client.force_login(make_grant(province.communes[0], "leader"))
    page = body(client.get(url("sent", one.pk)))
    assert "Văn thư của Đảng ủy Xã Môn Sơn sẽ vào sổ" in page
    assert client.post(url("receive", one.pk), {"received_on": "31/12/2026"}).status_code == 403
    wrong = make_grant(province.communes[0], "clerk")
    client.force_login(wrong)
    assert client.post(url("receive", one.pk), {"received_on": "32/12/2026"}).status_code == 422


def test_the_sender_sees_who_entered_it_reminds_and_takes_back(desk, province, letter):
    first, second, third = distribute_document(
        letter, [one.pk for one in province.committees], actor=None
    )
    receive_document(first, actor=None)
    page = body(desk.get(url("issued")))
    assert "1/3</a>" in page
    card = body(desk.get(url("card", letter.pk)))
    assert "?trang-thai=da-vao-so" in card
    state = {"trang-thai": "da-vao-so"}
    entered = body(desk.get(url("recipients", letter.pk), state))
    assert ("Đảng ủy Xã Môn Sơn" in entered, "Đảng ủy Xã Châu Khê" in entered) == (True, False)
    assert "số đến 1/2026" in entered
    assert desk.post(url("remind", letter.pk), {"units": [second.unit_id]}).status_code == 302
    second.refresh_from_db()
    assert second.reminded_at is not None
    refused = desk.post(url("recall", letter.pk), {"units": [third.unit_id]})
    assert (refused.status_code, "lý do thu hồi" in body(refused)) == (422, True)
    given = {"units": [third.unit_id], "reason": "gửi nhầm"}
    assert desk.post(url("recall", letter.pk), given).status_code == 302
    third.refresh_from_db()
    assert third.recall_reason == "gửi nhầm"
    taken = body(desk.get(url("recipients", letter.pk), {"trang-thai": "thu-hoi"}))
    assert "gửi nhầm" in taken
    assert desk.post(url("remind", letter.pk)).status_code == 422  # the one left was reminded today


@pytest.mark.parametrize("units", [[], ["x"], ["²"], ["9" * 5000]])
def test_a_slip_that_ticks_none_takes_the_document_back_from_nobody(desk, province, letter, units):
    distribute_document(letter, [one.pk for one in province.committees], actor=None)

    refused = desk.post(url("recall", letter.pk), {"units": units, "reason": "gửi nhầm"})

    assert refused.status_code == 422
    assert "đánh dấu ít nhất một nơi nhận" in body(refused)
    assert not Distribution.objects.exclude(recalled_at=None).exists()
