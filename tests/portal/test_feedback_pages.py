"""The form under every public page: without script, cookie or name; looked through once, then with the office."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.petitions.models import Paper, Petition
from danvan.portal.views import feedback, gate
from tests.once import once, own
from tests.petitions.papers import Office
from tests.portal.filled import carried, words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
SAID = {
    "tieu_de": "Lịch tiếp dân",
    "noi_dung": "Lịch tháng này chưa có, mong được niêm yết.",
    "ten": "",
}
_office = once(Office, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    settings.DANVAN_TODAY = TODAY
    settings.DANVAN_TOP_UNIT = "40"
    monkeypatch.setattr(gate, "LEAST_SECONDS", 0)
    return own(_office)


def looked_through(client, **more):
    return client.post(
        "/gui/gop-y/", {**SAID, **more}, headers={"Referer": "http://testserver/theo-doi/?ma=BÍMẬT"}
    )


def test_the_form_stands_under_a_public_page_and_goes_to_the_office(client, office):
    assert 'action="/gui/gop-y/"' in words(client.get("/theo-doi/"))
    page = looked_through(client, ten="Vi Thị Mai")
    assert page.status_code == 200
    assert not Paper.objects.exists()
    sent = client.post("/gui/gop-y/", {**carried(page), **SAID, "ten": "Vi Thị Mai", "buoc": "gui"})
    assert sent.context["sent"].slip.code in words(sent)
    petition = Petition.objects.get()
    assert (petition.title, petition.kind, petition.paper.channel) == (
        "Lịch tiếp dân", "feedback", "page",
    )  # fmt: skip
    assert petition.text.endswith("Góp ý ở trang /theo-doi/")
    assert "BÍMẬT" not in petition.text
    assert "Mai" not in petition.text
    assert not page.cookies


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"noi_dung": ""}, "ghi điều muốn nói"),
        ({"tieu_de": "a" * 301}, "dài quá 300"),
        ({"ten": "a" * 121}, "dài quá 120"),
        ({"noi_dung": "Tôi tố cáo ông A tham ô"}, "hòm thư kín"),
        ({"noi_dung": "http://a.vn http://b.vn http://c.vn http://d.vn"}, "nhiều đường dẫn"),
    ],
)
def test_what_is_wrong_is_said_and_stands_there_again(client, office, more, said):
    response = looked_through(client, **more, buoc="gui")
    assert response.status_code == 422
    assert said in words(response)
    assert not Paper.objects.exists()


def test_what_only_sounds_like_a_denunciation_is_sent_once_its_sender_says_so(client, office):
    said = {**SAID, "noi_dung": "Xin đăng lịch tiếp dân nghe tố cáo, tham nhũng."}
    asked = client.post("/gui/gop-y/", {**said, "buoc": "gui"})
    assert asked.status_code == 422
    assert 'name="thuong"' in words(asked)
    assert f"{said['noi_dung']}</textarea>" in words(asked)
    assert 'formaction="/gui/kin/"' in words(asked)
    sent = client.post("/gui/gop-y/", {**carried(asked), **said, "thuong": "1", "buoc": "gui"})
    assert sent.status_code == 200
    assert Petition.objects.get().text.startswith(said["noi_dung"])


def test_without_a_ticket_or_with_a_refusal_it_is_shown_again(client, office, monkeypatch):
    response = client.post("/gui/gop-y/", {**SAID, "buoc": "gui"})
    assert response.status_code == 422
    assert "mở đã lâu" in words(response)

    def refuse(*_, **__):
        raise RuleError("Chưa nhận được.")

    monkeypatch.setattr(feedback, "send_matter", refuse)
    again = client.post("/gui/gop-y/", {**carried(response), **SAID, "buoc": "gui"})
    assert "Chưa nhận được." in words(again)
    assert "Góp ý" in words(client.get("/gui/gop-y/"))
