"""A commune fills in a month on a phone, mends the two cells that come back, and the approved figure is on the board."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.services import define_indicator, recompute_dirty
from danvan.organisations.enums import Level
from danvan.reporting.enums import ItemKind
from danvan.reporting.services import NewItem, NewSection, define_form, open_period
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import SIZES, assert_accessible, look
from tests.journeys.hands import Hand, signed_in

TODAY, SINCE = date(2026, 12, 3), date(2026, 1, 1)
FIVE_MINUTES = 300  # seconds
COUNTED = (  # what the records of the month count
    ActivityKind.WORKING_SESSION, ActivityKind.DISSEMINATION, ActivityKind.TRAINING,
    ActivityKind.DIALOGUE, ActivityKind.SUPERVISION, ActivityKind.SOCIAL_CRITICISM,
    ActivityKind.INSPECTION, ActivityKind.MODEL_VISIT,
)  # fmt: skip
TYPED = {  # what nobody knows but the commune
    "luot": ("Lượt người dự đối thoại", "lượt", "1412"),
    "nguoi": ("Số người dự đối thoại", "người", "168"),
    "y-kien": ("Ý kiến nhận được", "ý kiến", "9"),
    "tai-cho": ("Trả lời tại chỗ", "ý kiến", "6"),
    "chuyen": ("Chuyển cấp trên", "ý kiến", "3"),
    "ty-dong": ("Tiền Nhân dân góp", "triệu đồng", "125"),
    "hien-dat": ("Đất Nhân dân hiến", "m²", "3500"),
}
HALF = 2


def measured(code, name, unit, **said):
    return define_indicator(
        code=code, name=name, unit_label=unit, definition="Đếm.", kind=MeasureKind.FLOW,
        valid_from=SINCE, actor=None, **said,
    )  # fmt: skip


class Asked:
    """A month of seventeen questions, eight of which the records answer; and two records of each in the commune."""

    def __init__(self):
        self.province = Province(communes=2)
        for number, kind in enumerate(COUNTED, 1):
            measured(f"DV-1{number}", str(kind.label), "việc", counter=f"activities.{kind}")
            for day in (5, 20):
                record_activity(
                    unit=self.province.committees[0], kind=kind, title=f"{kind.label} ngày {day}",
                    held_on=date(2026, 11, day), actor=None,
                )  # fmt: skip
        for number, (name, unit, _) in enumerate(TYPED.values(), 1):
            measured(f"DV-2{number}", name, unit)
        codes = [f"DV-2{number}" for number in range(1, len(TYPED) + 1)]
        typed = dict(zip(TYPED, codes, strict=True))
        parts = {"nguoi": "luot", "tai-cho": "y-kien", "chuyen": "y-kien"}
        asked = {
            code: NewItem(
                code, TYPED[code][0], one, part_of=parts.get(code, ""), divided=code == "y-kien"
            )
            for code, one in typed.items()
        }
        counted = [
            NewItem(f"dem-{number}", str(kind.label), f"DV-1{number}")
            for number, kind in enumerate(COUNTED, 1)
        ]
        words = [
            NewItem("cach-lam", "Cách làm hay", kind=ItemKind.TEXT, required=False),
            NewItem("kien-nghi", "Kiến nghị, đề xuất", kind=ItemKind.TEXT, required=False),
        ]
        sections = [
            NewSection("Lãnh đạo, tuyên truyền", counted[:4]),
            NewSection("Giám sát, phản biện, mô hình", counted[4:]),
            NewSection("Tiếp xúc, đối thoại", [asked[code] for code in ("luot", "nguoi", "y-kien", "tai-cho", "chuyen")]),
            NewSection("Sức dân", [asked["ty-dong"], asked["hien-dat"]]),
            NewSection("Kiến nghị", words, may_be_nil=False),
        ]  # fmt: skip
        self.form = define_form(
            code="BM-02", name="Báo cáo công tác dân vận", unit=self.province.place, level=Level.COMMUNE,
            due_day=5, valid_from=SINCE, sections=sections, actor=None,
        )  # fmt: skip
        self.owed = open_period(self.form, Period.parse("2026-11"), actor=None)[0]
        self.officer = make_grant(self.province.communes[0], "commune_officer")
        self.specialist = make_grant(self.province.place, "specialist")


@pytest.fixture
def asked(settings, live_server, tmp_path):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = TODAY, tmp_path
    cache.clear()
    return Asked()


def on_phone(page):
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})


def test_a_month_in_five_minutes_two_cells_back_and_the_figure_on_the_board(
    page, live_server, client, asked
):
    at = {
        name: live_server.url + reverse(f"reporting:{name}", args=[asked.owed.pk])
        for name in ("entry", "report")
    }
    signed_in(page, live_server, client, asked.officer)
    on_phone(page)
    page.goto(live_server.url + reverse("reporting:home"))

    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Lập báo cáo").first)
    boxes = page.locator(".fm-q input.form-control")
    offered = [box for box in boxes.all() if box.input_value()]
    assert len(offered) == len(COUNTED)
    assert len(offered) * HALF >= boxes.count()
    assert "Đếm từ 2 hồ sơ, tính đến ngày 30/11/2026." in page.locator("#n-dem-1").inner_text()
    hand.decide(boxes.count() + page.locator(".fm-q textarea").count())
    for code, (*_, text) in TYPED.items():
        hand.write(page.locator(f"#a-{code}"), text)
    hand.decide(2)  # whether all is there, and whether it is right
    hand.tap(page.get_by_role("button", name="Xem lại và gửi"))
    page.get_by_text("Đã trả lời 15/17").wait_for()
    hand.tap(page.get_by_role("button", name="Gửi báo cáo"))
    page.get_by_text("Đã gửi báo cáo.").wait_for()
    assert hand.taps == 3 + len(TYPED)
    assert hand.keystrokes == sum(len(text) for *_, text in TYPED.values())
    assert hand.seconds < FIVE_MINUTES / HALF  # looking things up takes the other half

    signed_in(page, live_server, client, asked.specialist)
    page.goto(at["report"])
    for code, words in (("luot", "Gấp bốn lần tháng trước?"), ("ty-dong", "Ghi theo triệu đồng.")):
        row = page.locator("tr", has=page.locator(f"[name=c-{code}]"))
        row.get_by_text("Ghi ý kiến").click()
        row.locator(f"[name=c-{code}]").fill(words)
    page.get_by_label("Lý do trả lại").fill("Đồng chí vui lòng xem lại hai số.")
    page.get_by_role("button", name="Trả lại để sửa").click()
    page.get_by_text("Đã trả lại báo cáo.").wait_for()

    signed_in(page, live_server, client, asked.officer)
    on_phone(page)
    page.goto(at["entry"])
    look(page, "entry-returned")
    assert_accessible(page)
    on_phone(page)
    hand = Hand(page)
    for label, code, text in (
        ("Lượt người dự đối thoại", "luot", "412"),
        ("Tiền Nhân dân góp", "ty-dong", "12"),
    ):
        hand.tap(page.locator(".dv-alert").get_by_role("link", name=label))
        hand.write(page.locator(f"#a-{code}"), text)
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("link", name="Xem những gì thay đổi giữa hai bản").click()
    page.get_by_text("2 câu đổi, 15 câu như cũ").wait_for()

    signed_in(page, live_server, client, asked.specialist)
    page.goto(at["report"])
    page.get_by_role("button", name="Duyệt báo cáo").click()
    page.get_by_text("Đã duyệt báo cáo.").wait_for()
    while recompute_dirty():
        pass
    page.goto(f"{live_server.url}{reverse('desk:board')}?ky=2026&chi_so=DV-21")
    trend = page.locator("#xu-huong").inner_html()
    assert "Lượt người dự đối thoại: từ 412 tháng 11/2026" in trend
    number = {"chi_so": "DV-21", "ky": "2026-11", "muc": Approval.ACCEPTED.value}
    page.goto(f"{live_server.url}{reverse('desk:number')}?{urlencode(number)}")
    assert page.locator(".dv-fig-big").inner_text() == "412"
    assert page.get_by_text("1/1 giá trị đã chấp nhận").is_visible()
