"""The closed box of denunciations as anybody fills it in: who reads, what is wrong, when it is closed."""

import pytest

from danvan.petitions.models import Denunciation
from danvan.petitions.selectors.vault.totals import least_told
from tests.once import once
from tests.petitions.cases import Vault
from tests.petitions.papers import member
from tests.portal.filled import TODAY, carried, ready, words

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    return ready(_office, settings, monkeypatch)


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
