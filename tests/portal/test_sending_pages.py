"""The three steps of sending, as anybody fills them in: without script, cookie, account or name; what is wrong is said kindly."""

from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from danvan.foundation import pacing, sealed_files
from danvan.foundation.pacing import is_worked
from danvan.petitions.models import Denunciation, Paper, PaperFile, Petition
from danvan.petitions.selectors.vault.totals import least_told
from danvan.petitions.services import SendDraft, send_matter
from danvan.portal.places import communes_on_map, nearest_on_map, place_typed, places_meant
from danvan.portal.views import gate
from tests.once import once, own
from tests.petitions.cases import Vault
from tests.petitions.papers import member
from tests.portal.filled import HIDDEN, TEXT, TODAY, carried, names, photo, step, words

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    settings.DANVAN_TODAY = TODAY
    settings.DANVAN_TOP_UNIT = "40"
    monkeypatch.setattr(gate, "LEAST_SECONDS", 0)
    return own(_office)


def at_the_last(client, office, **boxes):
    said = {"noi_dung": TEXT, "xa": office.province.communes[0].name, **boxes}
    return step(client, step(client, None, "2", **said), "3")


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


@pytest.fixture(autouse=True)
def _named_communes(office):
    for one in office.province.communes:
        one.name = names(office)[one.pk]


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


def test_places_are_found_by_old_names_and_one_is_chosen_where_several_fit(client, office):
    found = [one.name for one in office.province.communes]
    answer = client.get("/gui/dia-ban/", {"q": found[0].removeprefix("Xã ")}).json()["results"]
    assert answer[0]["name"].startswith(found[0])
    assert place_typed("") == (None, [])
    pk, choices = place_typed("xa")
    assert pk is None
    assert len(choices) > 1
    response = step(client, None, "2", noi_dung=TEXT, xa="xa")
    assert "chọn một nơi" in words(response)
    chosen = step(client, None, "2", noi_dung=TEXT, xa="xa", chon=str(choices[0].id))
    assert ("dia_ban", str(choices[0].id)) in chosen.context["written"].hidden


def test_the_country_needs_a_place(client, office, settings):
    settings.DANVAN_TOP_UNIT = ""
    assert "vui lòng ghi xã" in words(step(client, None, "2", noi_dung=TEXT))
    assert communes_on_map() == []
    assert nearest_on_map(1, 1) is None


def test_who_taps_the_map_gets_the_nearest_commune(client, office, settings):
    from danvan.organisations.models import UnitVersion

    first, second = (one.pk for one in office.province.communes[:2])
    UnitVersion.objects.filter(unit_id=first).update(latitude="18.1", longitude="104.1")
    UnitVersion.objects.filter(unit_id=second).update(latitude="19.9", longitude="105.9")
    drawn = client.get("/gui/ban-do.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert words(drawn).count("<circle") == 2
    page = client.post("/gui/", {"noi_dung": TEXT, "buoc": "ban-do"})
    assert TEXT in words(page)
    tapped = client.post("/gui/", {**carried(page), "diem.x": "270", "diem.y": "10"})
    assert tapped.context["written"].dia_ban == second
    assert tapped.context["written"].noi_dung == TEXT
    odd = client.post("/gui/", {"diem.x": "²", "diem.y": "9" * 9})
    assert odd.context["written"].dia_ban is None


def test_old_names_stand_as_who_took_over(office):
    assert [one.label for one in places_meant("không có")] == []


def test_a_machine_that_fills_every_box_is_told_and_a_person_may_send_again(client, office):
    third = at_the_last(client, office)
    held = step(client, third, "gui", trang_web="http://spam.example")
    assert held.status_code == 422
    assert "để trống ô đó" in words(held)
    assert step(client, held, "gui").context["sent"]


def test_who_is_too_quick_or_too_slow_sends_again_and_loses_nothing(client, office, monkeypatch):
    third = at_the_last(client, office)
    with monkeypatch.context() as quick:
        quick.setattr(gate, "LEAST_SECONDS", 60)
        held = step(client, third, "gui")
        assert "gửi nhanh quá" in words(held)
    stale = client.post("/gui/", {**carried(held), "phieu": "x:y:z", "buoc": "gui"})
    assert "mở đã lâu" in words(stale)
    assert TEXT in words(stale)
    assert not Paper.objects.exists()
    assert step(client, stale, "gui").context["sent"]


def test_a_flood_from_one_network_is_slowed_told_and_nothing_acknowledged_is_lost(
    client, office, settings, monkeypatch
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.DANVAN_SENDS = 8
    monkeypatch.setattr(pacing, "BITS", 4)
    third = carried(at_the_last(client, office))
    codes, slowed = [], 0
    for number in range(20):
        response = client.post(
            "/gui/",
            {**third, "noi_dung": f"{TEXT} Lần {number}.", "buoc": "gui"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        if response.status_code == 200:
            codes.append(response.context["sent"].number)
        else:
            slowed += 1
            assert response.status_code == 429
            assert "chờ một phút" in words(response).replace("\n", " ")
            assert f"Lần {number}." in words(response)
    assert (len(codes), slowed) == (8, 12)
    assert set(codes) == set(Petition.objects.values_list("number", flat=True))
    worked = response.context["ticket"].work
    answer = next(str(one) for one in count() if is_worked(worked, str(one)))
    on = client.post(
        "/gui/",
        {**carried(response), "cong": answer, "buoc": "gui"},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert on.status_code == 200
    elsewhere = client.post(
        "/gui/", {**third, "buoc": "gui"}, headers={"X-Forwarded-For": "198.51.100.1"}
    )
    assert elsewhere.status_code == 200
    assert client.get("/gui/", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def test_similar_public_matters_are_shown_first(client, office, monkeypatch):
    from danvan.petitions.models import PublicPetition

    sent = send_matter(
        SendDraft(text=TEXT, place_id=office.province.communes[0].pk, wants_public=True), seed="1"
    )
    page = step(client, None, "2", noi_dung=TEXT, xa=office.province.communes[0].name)
    assert "Giống việc này?" not in words(page)
    PublicPetition.objects.update(
        state="shown", title="Ngầm tràn bản Xiềng bị lở", text=TEXT, shown_on=TODAY, number="CK-1"
    )
    page = step(client, None, "2", noi_dung=TEXT, xa=office.province.communes[0].name)
    assert "Giống việc này?" in words(page)
    assert 'href="/cong/y-kien/CK-1/" target="_blank"' in words(page)
    assert sent.number not in words(page)
    assert "Giống việc này?" not in words(
        step(client, None, "2", noi_dung="Trạm y tế thiếu thuốc men")
    )


def test_a_commune_without_likeness_and_few_words_compare_nothing(office):
    from danvan.petitions.selectors.similar_public import similar_public

    assert similar_public("một hai", place_id=None) == []
    assert similar_public(TEXT, place_id=None) == []


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


def test_a_slip_is_given_even_where_the_pace_cannot_be_counted(client, office, monkeypatch):
    third = at_the_last(client, office)

    def broken(*_, **__):
        raise OperationalError

    monkeypatch.setattr(gate, "count_one", broken)
    last = step(client, third, "gui")
    assert last.status_code == 200
    assert last.context["sent"].number == Petition.objects.get().number


def test_an_act_that_the_service_refuses_is_told_on_the_last_page(client, office, monkeypatch):
    from danvan.foundation.errors import RuleError
    from danvan.portal.views import sending

    def refuse(*_, **__):
        raise RuleError("Chưa nhận được.")

    monkeypatch.setattr(sending, "send_matter", refuse)
    response = step(client, at_the_last(client, office), "gui")
    assert response.status_code == 422
    assert "Chưa nhận được." in words(response)


def sealed(client, office, **more):
    page = client.get("/gui/kin/")
    said = {"noi_dung": "Ông Tí khai khống hộ nghèo", "ai": "Hoàng Quốc Tí"}
    said["xa"] = office.province.communes[0].name
    return client.post("/gui/kin/", {**carried(page), **said, **more})


def test_the_closed_box_says_who_reads_and_seals_what_is_sent(client, office):
    page = client.get("/gui/kin/")
    assert "Ai đọc được thư này?" in words(page)
    assert "Không ai tìm thấy" not in words(page)
    assert "Chỉ người được giao vụ việc thấy trong danh sách riêng của mình" in words(page)
    assert f"số nhỏ ghi “dưới {least_told()}” hoặc không hiện" in words(page)
    assert not page.cookies
    response = sealed(client, office, ten="Vừ Bá Sáng")
    code = response.context["code"]
    assert code in words(response)
    assert Denunciation.objects.count() == 1
    told = words(client.post("/theo-doi/", {"ma": code}))
    assert "Đã nhận, đang xem xét" in told
    for secret in ("Sáng", "Tí", "hộ nghèo", "tố cáo", "TC-"):
        assert secret not in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"noi_dung": ""}, "ghi việc muốn tố cáo"),
        ({"ai": ""}, "ghi họ tên người"),
        ({"xa": "Xã Không Có"}, "Không rõ xã"),
        ({"xa": "xa"}, "Không rõ xã"),
        ({"trang_web": "x"}, "để trống ô đó"),
    ],
)
def test_what_is_wrong_in_the_closed_box_is_said_and_nothing_is_kept(client, office, more, said):
    response = sealed(client, office, **more)
    assert response.status_code == 422
    assert said in words(response)
    assert not Denunciation.objects.exists()


def test_a_box_without_keys_or_readers_says_that_it_is_closed(client, office, settings):
    settings.DANVAN_SECOND_FACTOR = "offered"
    settings.VAULT_OPENS_ON_TRIAL = False
    assert "Hòm thư kín đang đóng" in words(client.get("/gui/kin/"))
    shut = sealed(client, office)
    assert shut.status_code == 503
    assert "Ông Tí khai khống hộ nghèo</textarea>" in words(
        shut
    )  # nothing that was written is lost
    settings.DANVAN_SECOND_FACTOR = "required"
    page = client.get("/gui/kin/")
    office.police.grants.all().delete()
    said = {"noi_dung": "Ông Tí khai khống hộ nghèo", "ai": "Hoàng Quốc Tí"}
    response = client.post("/gui/kin/", {**carried(page), **said})
    assert response.status_code == 422
    assert "chưa có người được giao" in words(response)
    for closed in (client.get("/gui/kin/"), client.post("/gui/kin/", {**said, "mang-sang": "1"})):
        assert "chưa có người được giao" in words(closed)
        assert "đến UBND Tỉnh Nghệ An hoặc Thanh tra tỉnh" in words(closed)
        assert "Niêm phong và gửi" not in words(closed)
    assert "khai khống hộ nghèo</textarea>" in words(closed)
    assert not Denunciation.objects.exists()


def test_the_closed_box_names_the_office_that_the_letter_goes_to(client, office):
    near = office.province.governments[1]
    member("gan", near, "petition_officer")
    top = "của <b>UBND Tỉnh Nghệ An</b> (ghi xã, phường thì"
    assert top in words(client.get("/gui/kin/"))
    again = sealed(client, office, ai="")
    assert "của <b>UBND Tỉnh Nghệ An</b>, rồi" in words(again)
    named = sealed(client, office, noi_dung="Ông Nguyễn Văn Khuynh ở tỉnh bao che, cùng ông Tí")
    assert "hòm kín của UBND Tỉnh Nghệ An" in words(named)
    assert Denunciation.objects.get().unit == office.above
