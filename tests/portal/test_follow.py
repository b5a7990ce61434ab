"""The page behind a code: what it shows and to whom, what it refuses in which words, and what it never holds."""

import logging
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core import signing
from django.test import Client, RequestFactory
from django.urls import reverse

from danvan.commitments.enums import State
from danvan.commitments.follow_codes import read_code
from danvan.commitments.models import AskerAnswer, FollowCode, PublicNote
from danvan.commitments.services import (
    Asking,
    add_evidence,
    claim_done,
    extend_commitments,
    hide_publicly,
    issue_follow_codes,
    show_publicly,
    withdraw_follow_code,
)
from danvan.foundation import views
from danvan.portal.views.follow import REFUSED, SALT
from danvan.portal.views.quiet import address_of
from tests.commitments.conftest import PICTURE, TODAY, Ledger
from tests.commitments.test_following import wrong_code
from tests.documents.papers import received
from tests.factories.rivals import meanwhile

PAGE = "/theo-doi/"
MOST_BYTES = 60_000


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def asked(ledger):
    """Work that was put off and claimed, and the codes of two who asked."""
    one = ledger.one()
    asking = Asking("Đường vào bản bao giờ xong?", date(2026, 8, 10), "Bí thư Đảng ủy xã")
    slips = issue_follow_codes(
        [one], actor=ledger.checker, number=2, asking=asking,
        public_words={one.pk: "Đổ bê tông đường vào bản Khe Rạn"},
    )  # fmt: skip
    extend_commitments(
        [one], until=date(2027, 1, 20), words="Mưa, ông Thắng xin", document="12-CV/TU", actor=None
    )
    claim_done(one, result="Ông Lô Văn Thắng báo xong", actor=ledger.officer)
    one.refresh_from_db()
    return one, *(slip.code for slip in slips)


def text(response):
    return response.content.decode()


def answer(client, code, one, viec, loi=""):
    return client.post(PAGE, {"ma": code, "muc": one.pk, "viec": viec, "loi": loi})


def test_the_code_opens_the_page_typed_or_scanned(client, asked):
    _, code, _ = asked
    for response in (client.post(PAGE, {"ma": code.lower()}), client.get(PAGE, {"ma": code})):
        page = text(response)
        assert response.status_code == 200
        for words in (
            code,
            "Đường vào bản bao giờ xong?",
            "Đổ bê tông đường vào bản Khe Rạn",
            "Bí thư Đảng ủy xã",
            "Ủy ban nhân dân Xã Môn Sơn",
            "Tỉnh ủy Nghệ An",
            "Hạn đầu <s>31/12/2026</s>, hạn nay <b>20/01/2027</b>",
            "Chờ bà con xác nhận",
            "Đã xong, đúng như đã hứa",
        ):
            assert words in page


def test_nobody_and_nothing_that_officers_write_stands_in_the_page(client, asked, ledger):
    one, code, theirs = asked
    add_evidence(one, name="anh-ong-thang.png", content=PICTURE[1], actor=ledger.officer)
    answer(client, theirs, one, "chua", "Nhà bà Vi Thị Hoa chưa có đường")
    claim_done(one, result="Anh Thắng đã làm lại", actor=ledger.officer)
    page = text(client.post(PAGE, {"ma": code}))
    for secret in (
        "Thắng", "Hải Yến", "Hoài An", "Hoa", "anh-ong-thang", "Mưa", one.number, theirs,
        str(ledger.officer), ledger.officer.username,
    ):  # fmt: skip
        assert secret not in page
    assert "Có người báo chưa xong" in page
    client.force_login(ledger.leader)
    assert "Hoài An" not in text(client.post(PAGE, {"ma": code}))


def test_an_answer_of_one_changes_no_words_for_another(client, asked):
    one, mine, theirs = asked
    answer(client, mine, one, "xong")
    seen = text(client.post(PAGE, {"ma": theirs}))
    assert "Bà con đã trả lời" not in seen
    assert "Có người hỏi xác nhận đã xong" in seen
    assert "Bà con đã trả lời ngày 20/11/2026" in text(client.post(PAGE, {"ma": mine}))


def test_the_two_answers_are_kept_and_thanked_for(client, asked):
    one, mine, theirs = asked
    assert "Cảm ơn bà con" in text(answer(client, mine, one, "xong"))
    said = answer(client, theirs, one, "chua", "Còn 200 m")
    assert "Việc được mở lại để đơn vị làm tiếp" in text(said)
    assert "“Còn 200 m”" in text(said)
    one.refresh_from_db()
    assert one.state == State.IN_PROGRESS
    assert list(AskerAnswer.objects.values_list("word", "words")) == [
        ("confirmed", ""),
        ("not_yet", "Còn 200 m"),
    ]


def test_a_refused_answer_keeps_the_words_and_says_what_to_do(client, asked):
    one, mine, _ = asked
    long = "dài " * 200
    for words, told in (
        ("", "còn thiếu gì"),
        (long, "dài quá 600 ký tự"),
        ("0912345678", "không ghi"),
    ):
        response = answer(client, mine, one, "chua", words)
        assert (response.status_code, told in text(response)) == (422, True)
        assert words in text(response)
    for odd in ({"viec": "gi"}, {"viec": "xong", "muc": "²"}, {"viec": "xong", "muc": "999999"}):
        response = client.post(PAGE, {"ma": mine, "muc": one.pk, **odd})
        assert (response.status_code, "chọn lại câu trả lời" in text(response)) == (422, True)
    assert AskerAnswer.objects.count() == 0


def test_wrong_and_withdrawn_codes_get_the_same_page(client, asked):
    _, code, _ = asked
    withdraw_follow_code(FollowCode.objects.first(), actor=None)
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    pages = [client.post(PAGE, {"ma": typed}) for typed in (code, wrong_code())]
    assert [one.status_code for one in pages] == [422, 422]
    assert len({token.sub("", text(one)) for one in pages}) == 1
    assert REFUSED["wrong"] in text(pages[0])


def test_each_refusal_is_a_whole_sentence(client, asked, settings):
    _, code, _ = asked
    assert "vui lòng gõ mã" in text(client.post(PAGE, {"ma": " "}))
    slip = client.post(PAGE, {"ma": "7k4 m92"})
    assert (slip.status_code, 'value="7k4 m92"' in text(slip)) == (422, True)
    assert REFUSED["mistyped"] in text(slip)
    settings.DANVAN_CODE_TRIES = 1
    client.post(PAGE, {"ma": wrong_code()})
    many = client.post(PAGE, {"ma": wrong_code()})
    assert (many.status_code, REFUSED["too_many"] in text(many)) == (429, True)
    assert client.post(PAGE, {"ma": code}).status_code == 200  # others' wrong ones shut nobody out
    settings.DANVAN_TODAY = TODAY + timedelta(days=366)
    ended = client.post(PAGE, {"ma": code}, REMOTE_ADDR="198.51.100.9")
    assert (ended.status_code, REFUSED["expired"] in text(ended)) == (422, True)


def test_no_answer_may_be_kept_listed_or_known_again(client, asked):
    _, code, _ = asked
    for response in (
        client.get(PAGE),
        client.post(PAGE, {"ma": code}),
        client.post(PAGE, {"ma": "x"}),
    ):
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "same-origin"
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text(response)
        assert set(response.cookies) <= {"csrftoken"}
        assert "<script" not in text(response)
        assert "dv-side" not in text(response)


def test_a_forged_answer_is_refused(asked):
    one, code, _ = asked
    strict = Client(enforce_csrf_checks=True)
    assert answer(strict, code, one, "xong").status_code == 403
    assert AskerAnswer.objects.count() == 0


def plain(response, status, title):
    """The public page for a refusal, in words for citizens and with nothing of the officers."""
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert "Bà con vui lòng" in page
    for word in ("Đồng chí", "đồng chí", "người quản trị", "Dân Vận Số<", "tài khoản"):
        assert word not in page
    assert response["Cache-Control"] == "no-store, private"


def test_every_refusal_of_a_public_page_speaks_to_citizens(client, asked, settings, monkeypatch):
    plain(Client(enforce_csrf_checks=True).post(PAGE, {"ma": "x"}), 403, "Trang này đã mở quá lâu")
    plain(client.get(PAGE + "khong-co/"), 404, "Không có trang này")
    plain(client.get(PAGE, {"ma": "7K4\0"}), 400, "Chưa mở được trang")
    other = "application/x-www-form-urlencoded; charset=utf-16"
    plain(client.post(PAGE, b"ma=7K4", content_type=other), 400, "Chưa mở được trang")
    with monkeypatch.context() as less:
        less.setattr("danvan.foundation.uploads.most_bytes", lambda: 1)
        plain(client.post(PAGE, {"ma": "7K4-M92"}), 413, "Điều vừa gửi lớn quá")
    request = RequestFactory().get(PAGE)
    plain(views.permission_denied(request), 403, "Chưa mở được trang")
    plain(views.too_many_requests(request), 429, "Đã thử quá nhiều lần")
    plain(views.server_error(request), 500, "Trang đang gặp lỗi")
    elsewhere = views.too_many_requests(RequestFactory().get("/tai-khoan/")).content.decode()
    assert "quên mật khẩu" in elsewhere


def test_no_code_stands_in_the_log(client, asked, caplog):
    one, code, _ = asked
    caplog.set_level(logging.DEBUG)
    client.get(PAGE, {"ma": code})
    answer(client, code, one, "chua", "")
    client.post(PAGE, {"ma": wrong_code()})
    lines = [
        (r.getMessage(), str(r.__dict__.get("path")))
        for r in caplog.records
        if not r.name.startswith("django.db")
    ]
    assert any(path == PAGE for _, path in lines)
    assert all(secret not in str(lines) for secret in (code, read_code(code), wrong_code()))


def test_the_whole_page_weighs_little(client, asked):
    one, code, _ = asked
    for number in range(10):
        show_publicly(one, words=f"Đoạn {number} đã đổ bê tông", actor=None)
    page = client.post(PAGE, {"ma": code}).content
    sheet = finders.find("dist/portal.css")
    assert sheet, "the styles are built by scripts/build_assets.py"
    assert len(page) + Path(sheet).stat().st_size < MOST_BYTES
    assert set(re.findall(rb'(?:src|href)="(/static/[^"#?]+)', page)) == {
        b"/static/foundation/logo.svg", b"/static/dist/portal.css",
    }  # fmt: skip


def test_only_a_file_that_was_shown_can_be_taken(client, asked):
    one, code, _ = asked
    secret, shown = (
        add_evidence(one, name=name, content=PICTURE[1] + tail, actor=None)
        for name, tail in (("to-khai-cua-ong-Nam.png", b""), ("ông Thắng.PNG", b"\0"))
    )
    note = show_publicly(one, words="Mặt đường", evidence=shown, actor=None)
    page = text(client.post(PAGE, {"ma": code}))
    [link] = re.findall(r'href="(/theo-doi/tep/[^"]+)"', page)
    taken = client.get(link)
    assert received(taken) == PICTURE[1] + b"\0"
    assert taken["Content-Disposition"] == f'attachment; filename="minh-chung-{note.pk}.png"'
    assert taken["Cache-Control"] == "no-store, private"
    assert secret.file_name not in page
    for token in ("x", signing.dumps(secret.pk, salt="other"), signing.dumps(10**9, salt=SALT)):
        assert client.get(reverse("portal:file", args=[token])).status_code == 404
    hide_publicly(PublicNote.objects.get(), actor=None)
    assert client.get(link).status_code == 404


def test_addresses_are_counted_by_their_house():
    def counted(address):
        return address_of(RequestFactory().get(PAGE, REMOTE_ADDR=address))

    assert counted("203.0.113.7") == "203.0.113.7"
    assert counted("2001:db8:1:2::3") == counted("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert counted("2001:db8:1:3::3") != counted("2001:db8:1:2::3")
    assert counted("") == ""


def test_a_code_withdrawn_at_this_very_moment_opens_nothing(client, asked):
    _, code, _ = asked
    held = FollowCode.objects.first()
    with meanwhile("commitments_followcode", lambda: withdraw_follow_code(held, actor=None)):
        response = client.post(PAGE, {"ma": code})
    assert (response.status_code, REFUSED["wrong"] in text(response)) == (422, True)
