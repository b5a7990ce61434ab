"""The pages that everybody reads: what stands on them, what never does, what a proxy may keep, what each number opens."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings as configured
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.selectors import publicly
from danvan.commitments.services import (
    claim_done,
    show_publicly,
    verify_commitment,
    withdraw_commitment,
)
from danvan.dialogues.selectors.publicly import dialogues_to_come
from danvan.news import services as news
from danvan.news.models import ReadTally
from danvan.petitions.models import PublicPetition
from danvan.petitions.services import (
    decline_publication,
    give_code,
    unpublish_petition,
)
from danvan.portal.selectors import promises_of, told_promises
from danvan.portal.views import made
from tests.dialogues import talks
from tests.once import once, own
from tests.petitions import receptions
from tests.portal import public_world

pytestmark = pytest.mark.django_db
_world = once(public_world.People, DANVAN_TODAY=public_world.TODAY)
PAGES = ("front", "know", "discuss", "do", "check", "watch", "units", "benefit", "hear", "find")


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = public_world.TODAY
    news.PENDING.clear()
    return own(_world)


def get(name, *args, data=None, **more):
    return Client().get(reverse(f"people:{name}", args=args), data, **more)


def text(name, *args, data=None):
    answer = get(name, *args, data=data)
    assert answer.status_code == 200
    return answer.content.decode()


def every_page(world):
    yield from ((name, ()) for name in PAGES)
    yield from (("article", (one.pk,)) for one in world.articles)
    yield from (("matter", (one.number,)) for one in (world.waiting, world.answered))
    yield "at-place", (world.office.province.communes[0].pk,)


def test_every_page_may_be_kept_by_a_proxy_and_neither_sets_nor_reads_a_cookie(world):
    for name, args in every_page(world):
        answer = get(name, *args)
        assert answer["Cache-Control"] == (
            "public, max-age=60, stale-while-revalidate=240, stale-if-error=86400"
        ), name
        assert not answer.cookies, name
        assert "cookie" not in answer.get("Vary", "").lower(), name
    lost = get("article", 99_999)
    assert (lost.status_code, "public" in lost.get("Cache-Control", "")) == (404, False)


def test_nothing_that_tells_of_the_sender_or_the_register_stands_on_any_page(world):
    public_world.promised(world, world.answered)
    for name, args in every_page(world):
        shown = get(name, *args).content.decode()
        for words in (
            "Lô Văn Nam",
            "0912",
            world.answered.petition.number,
            "ghi trong sổ",
            "canbo",
        ):
            assert words not in shown, (name, words)


def test_the_first_page_leads_to_the_six_verbs_and_its_numbers_open_lists_of_as_many(world):
    shown = text("front")
    for label in (
        "Dân biết",
        "Dân bàn",
        "Dân làm",
        "Dân kiểm tra",
        "Dân giám sát",
        "Dân thụ hưởng",
    ):
        assert f"{label}</a></h2>" in shown
    facts = re.findall(r'<dd><a href="([^"]+)">(\d+)</a>', shown)
    assert [number for _, number in facts] == ["2", "1", "1", "0"]
    for url, number in facts[:3]:
        listed = Client().get(url).content.decode()
        assert f">{number} ý kiến</h2>" in listed
        assert listed.count('class="pt-state') == int(number)
    assert "Mới trả lời" in shown
    news.take_down_article(world.articles[2], reason="x", actor=world.head)
    assert "Dân làm" not in text("front")


def test_a_page_is_kept_in_memory_for_some_seconds_of_a_day_for_its_address_alone(
    world, settings, monkeypatch
):
    settings.DANVAN_PORTAL_SECONDS = 60
    monkeypatch.setattr(made, "_made", {})
    first, deeds = text("front"), text("do")
    news.take_down_article(world.articles[2], reason="x", actor=world.head)
    assert (text("front"), text("do")) == (first, deeds)
    assert world.articles[2].title in deeds
    assert world.articles[2].title not in text("do", data={"xem": "x"})
    assert Client().head(reverse("people:do")).content == b""
    settings.DANVAN_TODAY = public_world.TODAY + timedelta(days=1)
    assert "Dân làm" not in text("front")


def test_no_more_than_so_many_pages_are_kept_and_none_of_a_fault_or_a_long_address(
    world, settings, monkeypatch
):
    settings.DANVAN_PORTAL_SECONDS = 60
    monkeypatch.setattr(made, "_made", {})
    monkeypatch.setattr(made, "MOST", 2)
    for words in ("a", "b", "c"):
        text("watch", data={"q": words})
    text("watch", data={"q": "x" * 400})
    path = reverse("people:watch")
    assert list(made._made) == [f"testserver{path}?q={one}" for one in ("b", "c")]
    assert made.page_made("x", lambda: HttpResponse("lỗi", status=503)).status_code == 503
    assert "x" not in made._made


def test_an_older_page_is_shown_while_a_new_one_is_made(settings, monkeypatch):
    settings.DANVAN_PORTAL_SECONDS = 5
    monkeypatch.setattr(made, "_made", {})
    at = iter((0.0, 9.0, 9.5, 9.6))
    monkeypatch.setattr(made, "monotonic", lambda: next(at))
    made.page_made("x", lambda: HttpResponse("cũ"))
    seen = []

    def make():
        seen.append(made.page_made("x", pytest.fail).content.decode())
        return HttpResponse("mới")

    assert made.page_made("x", make).content.decode() == "mới"
    assert seen == ["cũ"]
    assert made.page_made("x", pytest.fail).content.decode() == "mới"


def test_a_page_that_nobody_asked_for_in_a_long_while_is_shown_to_nobody_any_more(
    settings, monkeypatch
):
    settings.DANVAN_PORTAL_SECONDS = 5
    monkeypatch.setattr(made, "_made", {})
    at = iter((0.0, 3_600.0, 3_600.1))
    monkeypatch.setattr(made, "monotonic", lambda: next(at))
    made.page_made("x", lambda: HttpResponse("đã gỡ"))
    seen = []

    def make():
        again = made.page_made("x", lambda: HttpResponse("mới"))
        seen.append(again.content.decode())
        return HttpResponse("mới")

    assert made.page_made("x", make).content.decode() == "mới"
    assert seen == ["mới"]


def test_the_first_page_weighs_less_than_sixty_kilobytes(world):
    sheet = configured.BASE_DIR / "src/danvan/foundation/static/dist/portal.css"
    if not sheet.exists():
        pytest.skip("the styles are not built here")
    style = sheet.stat().st_size
    assert style <= 15 * 1024
    assert len(get("front").content) + style < 60 * 1024


def test_people_know_documents_in_plain_words_what_hangs_where_and_when_heads_receive(world):
    day = receptions.planned(world.unit, public_world.TODAY + timedelta(days=7))
    type(day).objects.filter(pk=day.pk).update(state="posted")
    shown = text("know")
    for words in ("Hỗ trợ nhà ở", "Bà con được:", "Bảng tin xã", "Dự toán ngân sách xã", day.place):
        assert words in shown
    assert "Cầu đã xong" not in shown
    assert "Tiếp công dân" in text("front")


def test_people_discuss_what_comes_and_what_they_are_asked_now(world):
    shown = text("discuss")
    assert reverse("portal:ask", args=[world.dialogue.number]) in shown
    assert "Đang nhận câu hỏi" in shown
    assert "Kế hoạch đất của ông [họ tên]" in shown
    assert list(dialogues_to_come()) == [world.dialogue]


def test_people_check_promises_in_public_words_with_what_an_officer_shows(world):
    given = public_world.promised(world, world.answered)
    assert [one.pk for one in promises_of()] == [given.pk]
    talk, _ = talks.concluded(world.office.province.committees[0], world.unit)
    assert promises_of().count() == 1  # nobody let the conclusion out yet
    talks.published(talk)
    assert promises_of().count() == 2
    claim_done(given, result="Đã làm", actor=None)
    show_publicly(given, words="Đã thay 12 bóng đèn", actor=None)
    shown = text("check")
    assert "Đã thay 12 bóng đèn" in shown
    assert "Đơn vị báo xong, chờ kiểm tra" in shown
    assert "Đèn đường hỏng" in shown
    assert "sửa xong cầu treo" in shown
    one = text("matter", world.answered.number)
    assert "Đã thay 12 bóng đèn" in one
    unpublish_petition(world.answered, reason="x", actor=world.head)
    assert "Đã thay 12 bóng đèn" not in text("check")
    assert promises_of().count() == 1


STANDINGS = {
    "cham": ("Chậm 19 ngày", "late"),
    "dang-lam": ("Đang làm", "info"),
    "chua-xong-lam-tiep": ("Chưa xong, đang làm tiếp", "watch"),
    "da-bao": ("Đơn vị báo xong, chờ kiểm tra", "watch"),
    "da-kiem-tra": ("Đã kiểm tra", "good"),
    "xac-nhan": ("Người hỏi xác nhận đã xong", "good"),
    "chua-xong": ("Có người báo chưa xong", "late"),
    "tam-dung": ("Việc này đang tạm dừng", "watch"),
}


def test_each_standing_of_a_promise_is_told_in_words_and_listed_under_its_choice(world):
    on = public_world.TODAY
    given = public_world.promised(world, world.waiting)
    rows = Commitment.objects.filter(pk=given.pk)

    def told(**columns):
        rows.update(**columns)
        [one] = told_promises(promises_of())
        chosen = [
            which
            for which in ("cham", "dang-lam", "da-lam", "xac-nhan", "chua-xong", "gi")
            if promises_of(which)
        ]
        return (one.promise.standing, one.promise.look), chosen

    base = {"asked_on": on, "due_on": on, "first_due_on": date(2026, 11, 1)}
    assert told(**base) == (STANDINGS["dang-lam"], ["dang-lam", "gi"])
    [line] = told_promises(promises_of())
    assert (line.promise.moved, line.words, line.url) == (
        True, "Sửa cầu treo", reverse("people:matter", args=[world.waiting.number]),
    )  # fmt: skip
    meanwhile = list(promises_of())  # read, and then its source is taken down
    unpublish_petition(world.waiting, reason="Người gửi rút", actor=None)
    assert told_promises(meanwhile) == []
    PublicPetition.objects.filter(pk=world.waiting.pk).update(state="shown", title="Sửa cầu treo")
    assert told(due_on=date(2026, 11, 1)) == (STANDINGS["cham"], ["cham", "gi"])
    assert told(due_on=on, disputed_on=on) == (
        STANDINGS["chua-xong-lam-tiep"],
        ["dang-lam", "chua-xong", "gi"],
    )
    assert told(disputed_on=None, state="risk_accepted") == (
        STANDINGS["tam-dung"],
        ["dang-lam", "gi"],
    )
    rows.update(state="in_progress")
    claim_done(rows.get(), result="Đã làm", actor=None)
    assert told() == (STANDINGS["da-bao"], ["da-lam", "gi"])
    verify_commitment(rows.get(), finding="Đạt", actor=None)
    assert told() == (STANDINGS["da-kiem-tra"], ["da-lam", "gi"])
    assert told(agreed_on=on) == (STANDINGS["xac-nhan"], ["da-lam", "xac-nhan", "gi"])
    assert told(agreed_on=None, disputed_on=on) == (
        STANDINGS["chua-xong"],
        ["da-lam", "chua-xong", "gi"],
    )
    assert publicly.public_commitments({}).count() == 0


def test_what_was_withdrawn_is_no_promise(world):
    given = public_world.promised(world, world.waiting)
    withdraw_commitment(given, words="Giao nhầm", actor=None)
    assert promises_of().count() == 0


def test_people_benefit_from_results_before_and_after_with_words_for_each_picture(world):
    assert "Cầu đã xong" in text("benefit")
    shown = text("article", world.articles[0].pk)
    for words in (
        "Bà con được gì",
        "Trước và sau",
        'alt="Cầu before"',
        "Ban biên tập",
        "Nghe tiếng thái",
    ):
        assert words in shown


def test_a_page_carries_its_address_and_a_picture_to_scan(world, settings):
    settings.DANVAN_PORTAL_SITE = "https://cong.nghean.gov.vn"
    shown = text("matter", world.answered.number)
    assert f"https://cong.nghean.gov.vn/cong/y-kien/{world.answered.number}/" in shown
    assert "data:image/svg+xml" in shown


def test_the_sender_reads_by_the_code_how_far_it_is_public_and_why_not(world):
    row = public_world.opinion(world, "Chưa duyệt", publish=False)
    code = give_code(row.petition, actor=None).code

    def followed():
        return Client().post(reverse("portal:follow"), {"ma": code}).content.decode()

    assert "Chờ cán bộ che tên" in followed()
    decline_publication(row, reason="Nêu tên người khác", actor=world.head)
    assert "Không công khai. Nêu tên người khác" in followed()
    shown = give_code(world.answered.petition, actor=None).code
    told = Client().post(reverse("portal:follow"), {"ma": shown}).content.decode()
    assert reverse("people:matter", args=[world.answered.number]) in told


def test_what_is_taken_down_is_gone_like_what_never_was(world):
    number = world.answered.number
    assert "đã thay đèn" in text("matter", number.lower())
    unpublish_petition(world.answered, reason="x", actor=world.head)
    gone, never = get("matter", number), get("matter", "YK-2026-9999")
    assert (gone.status_code, gone.content) == (404, never.content)


def test_people_listen_in_their_language(world):
    assert "Cầu đã xong" in text("hear", data={"tieng": "tai"})
    assert "Chưa có bài nào để nghe" in text("hear", data={"tieng": "hmn"})
    assert "Cầu đã xong" in text("hear", data={"tieng": "?"})


def test_search_finds_what_is_public_alone_and_where_an_old_unit_went(world):
    public_world.opinion(world, "Chuyện kín", publish=False)
    shown = text("find", data={"q": "đèn đường"})
    assert world.answered.number in shown
    assert "Không tìm thấy" in text("find", data={"q": "chuyện kín"})
    assert "Không tìm thấy" in text("find", data={"q": "<script>"})
    commune = world.office.province.communes[0]
    unit = text("find", data={"q": commune.versions.get().name})
    assert reverse("people:at-place", args=[commune.pk]) in unit
    assert "Tìm" in text("find")


def test_reading_is_counted_by_day_without_looking_at_the_reader(world, monkeypatch):
    monkeypatch.setattr(news, "_WRITTEN", [-99.0])
    get("article", world.articles[1].pk)
    get("matter", world.answered.number)
    get("matter", world.answered.number, HTTP_SEC_PURPOSE="prefetch")
    Client().head(reverse("people:article", args=[world.articles[1].pk]))
    news.write_reads()
    assert sorted(ReadTally.objects.values_list("kind", "subject_id", "number")) == [
        ("article", world.articles[1].pk, 1), ("matter", world.answered.pk, 1),
    ]  # fmt: skip
    assert "Xem nhiều tuần này" in text("front")


@pytest.mark.parametrize("name", ["front", "watch", "units", "check"])
def test_lists_cost_the_same_queries_at_one_and_three_rows(world, name):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            get(name)
        return len(seen)

    public_world.promised(world, world.waiting)
    one = cost()
    for title in ("Hai", "Ba"):
        public_world.promised(world, public_world.opinion(world, title, answer="Đã làm."))
    assert cost() == one
