"""The three steps of sending, as anybody fills them in: without script, cookie, account or name; what is wrong is said kindly."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.foundation import sealed_files
from danvan.petitions.models import Paper, PaperFile, Petition
from tests.once import once
from tests.petitions.cases import Vault
from tests.portal.filled import (
    HIDDEN,
    TEXT,
    TODAY,
    at_the_last,
    carried,
    names,
    photo,
    ready,
    step,
    words,
)

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    return ready(_office, settings, monkeypatch)


def test_three_steps_lead_to_a_code_and_leave_no_cookie(client, office):
    commune = office.province.communes[0].pk
    first = client.get(f"/gui/?xa={commune}")
    assert names(office)[commune] in words(first)
    second = step(client, first, "2", noi_dung=TEXT, xa=names(office)[commune], cho="Đầu bản")
    third = step(client, second, "3", ten="Vi Thị Mai", cong_khai="1", anh=[photo(), photo()])
    assert "Vi Thị Mai" in words(third)
    assert words(third).count("data:image/jpeg") == 2
    last = step(client, third, "gui")
    assert (first.status_code, second.status_code, third.status_code, last.status_code) == (
        200,
    ) * 4
    assert not first.cookies
    assert not third.cookies
    assert last["Cache-Control"] == "no-store, private"
    sent = last.context["sent"]
    assert sent.slip.code in words(last)
    petition = Petition.objects.get()
    assert (petition.text, petition.spot, petition.place_id) == (TEXT, "Đầu bản", commune)
    assert (petition.unit_id, petition.wants_public) == (office.unit.pk, True)
    assert PaperFile.objects.count() == 2
    assert sealed_files.read(PaperFile.objects.first().file).startswith(b"\xff\xd8")
    again = step(client, third, "gui")
    assert again.context["sent"] == sent
    assert Petition.objects.count() == 1


def test_nothing_is_kept_before_the_last_step(client, office):
    at_the_last(client, office, ten="Vi Thị Mai")
    assert not Paper.objects.exists()


def test_going_back_keeps_what_was_written(client, office):
    third = at_the_last(client, office, cho="Đầu bản")
    back = step(client, third, "1")
    for said in (TEXT, "Đầu bản", office.province.communes[0].name):
        assert said in words(back)
    assert 'name="ten"' in words(step(client, third, "2"))


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"noi_dung": ""}, "ghi điều muốn nói"),
        ({"noi_dung": "a" * 10_001}, "dài quá 10.000"),
        ({"noi_dung": "xem http://a.vn http://b.vn http://c.vn http://d.vn"}, "nhiều đường dẫn"),
        ({"xa": "Xã Không Có Ở Đâu"}, "Không tìm thấy"),
        ({"loai": "denunciation"}, "chọn lại loại"),
        ({"linh_vuc": "999999"}, "chọn lại"),
        ({"cho": "a" * 201}, "dài quá 200"),
    ],
)
def test_what_is_wrong_on_the_first_step_is_said_there(client, office, boxes, said):
    response = step(client, None, "3", **{"noi_dung": TEXT, "xa": "", **boxes})
    assert response.status_code == 422
    assert "Bà con muốn nói điều gì?" in words(response)
    assert said in words(response)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"dien_thoai": "12"}, "bắt đầu bằng 0"),
        ({"thu": "a@b"}, "ten@noi.vn"),
        ({"ten": "a" * 121}, "dài quá 120"),
        ({"anh": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")}, "không phải ảnh"),
        ({"anh": SimpleUploadedFile("a.html", b"<html>")}, "không phải ảnh"),
    ],
)
def test_what_is_wrong_on_the_second_step_is_said_there(client, office, boxes, said):
    response = step(client, None, "gui", noi_dung=TEXT, **boxes)
    assert response.status_code == 422
    assert "Ai được đọc điều này?" in words(response)
    assert said in words(response)
    assert not Paper.objects.exists()


def test_markup_is_shown_as_words(client, office):
    response = at_the_last(
        client, office, noi_dung="<script>alert(1)</script> đường hỏng", ten="<b>"
    )
    assert "<script>alert" not in words(response)
    assert "&lt;script&gt;" in words(response)


def test_words_of_a_denunciation_lead_to_the_closed_box_and_nothing_is_kept(client, office):
    said = {"noi_dung": "Tôi tố cáo ông Tí khai khống hộ nghèo"}
    response = step(client, None, "2", **said)
    assert response.status_code == 422
    assert "/gui/kin/" in words(response)
    assert not Paper.objects.exists()
    there = client.post("/gui/kin/", {**said, "mang-sang": "1"})
    assert (there.status_code, there.context["faults"]) == (200, {})
    assert "Tôi tố cáo ông Tí khai khống hộ nghèo</textarea>" in words(there)
    forms = words(response).split("<form")[2:]
    assert [HIDDEN.findall(one).count(("thuong", "1")) for one in forms] == [1, 0]
    mended = client.post("/gui/", {**dict(HIDDEN.findall(forms[1])), "buoc": "1"})
    assert "Tôi tố cáo ông Tí" in words(mended)
    assert 'name="thuong"' not in words(mended)
    on = client.post("/gui/", {**carried(response), "buoc": "2"})
    assert "Ai được đọc điều này?" in words(on)
    step(client, step(client, on, "3"), "gui")
    assert Petition.objects.count() == 1


def test_a_letter_is_promised_only_where_letters_go_out(client, office, settings):
    settings.DANVAN_MAIL_HOST = ""
    second = step(client, None, "2", noi_dung=TEXT, xa=office.province.communes[0].name)
    assert "để báo tin" not in words(second)
    assert "chưa báo tin qua thư điện tử" in words(second)
    silent = step(client, step(client, second, "3", thu="mai@nha.vn"), "gui")
    assert "gửi một thư" not in words(silent)
    settings.DANVAN_MAIL_HOST = "mail.test"
    second = step(client, None, "2", noi_dung=TEXT, xa=office.province.communes[0].name)
    assert "để báo tin" in words(second)
    other = step(client, step(client, second, "3", thu="mai@nha.vn"), "gui")
    assert "gửi một thư" in words(other)


def test_an_act_that_the_service_refuses_is_told_on_the_last_page(client, office, monkeypatch):
    from danvan.foundation.errors import RuleError
    from danvan.portal.views import sending

    def refuse(*_, **__):
        raise RuleError("Chưa nhận được.")

    monkeypatch.setattr(sending, "send_matter", refuse)
    response = step(client, at_the_last(client, office), "gui")
    assert response.status_code == 422
    assert "Chưa nhận được." in words(response)
