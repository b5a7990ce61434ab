"""Setting the checks of a form on its pages, without a script: chosen, changed, tried, refused politely."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.reporting.designing import Content
from danvan.reporting.models import FormRuleSet
from danvan.reporting.rules import Rule, between, same_in_form
from danvan.reporting.selectors import rules_of
from danvan.reporting.selectors.ruling import newest_setting
from danvan.reporting.services import (
    NewItem,
    NewSection,
    begin_next_version,
    define_form,
    set_form_rules,
)
from tests.desk.months import plain
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import SINCE, TODAY
from tests.reporting.ruled import RULES, RuledMonth

pytestmark = pytest.mark.django_db
BOXES = {
    "khoang": {"item": "doi-thoai", "least": "1", "most": "1.234,5"},
    "phan": {"item": "nguoi", "other": "doi-thoai"},
    "tong": {"item": "y-kien", "parts": ["tai-cho", "chuyen"]},
    "bieu-khac": {"item": "luot", "elsewhere": "BM-03|kia"},
    "ky-truoc": {"item": "luot", "percent": "12,5", "slack": "3", "months": "12", "least_months": "4"},
    "bat-thuong": {"item": "luot", "times": "5", "months": "24", "least_months": "6"},
}  # fmt: skip
SAID = {
    "khoang": "“Số hội nghị đối thoại” từ 1 đến 1.234,5.",
    "phan": "“Số người dự” không lớn hơn “Số hội nghị đối thoại”.",
    "tong": "“Trả lời tại chỗ”, “Chuyển cấp trên” cộng lại bằng “Ý kiến nhận được”.",
    "bieu-khac": "“Lượt người dự” bằng “Lượt tiếp dân” ở biểu BM-03 cùng kỳ.",
    "ky-truoc": "“Lượt người dự” tăng, giảm không quá 12,5 % so với mức giữa của 12 tháng trước, hoặc lệch",
    "bat-thuong": "“Lượt người dự” không cách mức giữa của 24 tháng trước quá 5 lần mức dao động thường thấy",
}


class Written(RuledMonth):
    """A month with a past, another form beside it, and the next version being written."""

    def __init__(self):
        super().__init__()
        from danvan.indicators.services import define_indicator

        define_indicator(
            code="DV-31", name="Lượt ở biểu kia", unit_label="lượt", kind="flow", actor=None,
            valid_from=SINCE, definition="Đếm.",
        )  # fmt: skip
        define_form(
            code="BM-03", name="Biểu kia", unit=self.province.place, level="commune", due_day=5, valid_from=SINCE,
            sections=[NewSection("Một", [NewItem("kia", "Lượt tiếp dân", "DV-31")])], actor=None,
        )  # fmt: skip
        self.draft = begin_next_version(self.form, actor=None)
        self.specialist = make_grant(self.province.place, "specialist")


_written = once(Written, DANVAN_TODAY=TODAY)


@pytest.fixture
def written(db, _written, settings, client):
    settings.DANVAN_TODAY = TODAY
    found = own(_written)
    client.force_login(found.specialist)
    return found


@pytest.fixture(params=["draft", "form"])
def desk(request, written, client):
    return (DraftAt if request.param == "draft" else FormAt)(written, client)


class DraftAt:
    """The page of the draft."""

    def __init__(self, written, client):
        self.written, self.client = written, client
        self.url = reverse("reporting:draft-rules", args=[written.draft.pk])
        self.trial = reverse("reporting:draft-trial", args=[written.draft.pk])

    @property
    def seen(self):
        self.written.draft.refresh_from_db()
        return self.written.draft.changes

    @property
    def rules(self):
        self.written.draft.refresh_from_db()
        return Content.read(self.written.draft.content).rules

    def post(self, act, **said):
        return self.client.post(self.url, {"viec": act, "ban": self.seen, **said})

    def get(self, **asked):
        return self.client.get(self.url, asked)


class FormAt(DraftAt):
    """The page of the published form."""

    def __init__(self, written, client):
        super().__init__(written, client)
        self.url = reverse("reporting:form-rules", args=[written.form.pk])
        self.trial = reverse("reporting:form-trial", args=[written.form.pk])

    @property
    def seen(self):
        return newest_setting(self.written.form)

    @property
    def rules(self):
        return rules_of(self.written.form.pk)


def boxes_of(answer):
    """What stands in the boxes of the form of a check, as a browser would send it back."""
    page = answer.content.decode()
    page = page[page.index('id="sua"') :]
    page = page[: page.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        parts = dict(re.findall(r'([a-z_]+)="([^"]*)"', tag))
        if parts.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if parts["name"] == "csrfmiddlewaretoken":
            continue
        found.setdefault(parts["name"], []).append(parts.get("value", ""))
    for name, inner in re.findall(r'<select name="([a-z_]+)".*?>(.*?)</select>', page, re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]*)" selected>', inner)
    for name, inner in re.findall(
        r'<textarea name="([a-z_]+)".*?>(.*?)</textarea>', page, re.DOTALL
    ):
        found[name] = [inner.strip()]
    return found


@pytest.mark.parametrize("kind", BOXES)
def test_a_check_of_each_kind_is_set_in_words_and_opens_again_as_it_was_typed(desk, kind):
    before = desk.rules
    asked = desk.get(them=kind)
    assert "Thêm kiểm tra" in plain(asked)
    assert "Để trống thì phần mềm viết: “" in plain(asked)

    answer = desk.post("dat", them=kind, severity="warns", **BOXES[kind])

    assert answer.status_code == 302, plain(answer)
    *kept, made = desk.rules
    assert (tuple(kept), made.blocks) == (before, False)
    assert SAID[kind] in plain(desk.get())
    again = boxes_of(desk.get(sua=made.code))
    assert again["viec"] == ["dat"]
    assert desk.client.post(desk.url, again).status_code == 302
    assert desk.rules[-1] == made
    assert "{" not in plain(desk.get())


def test_no_page_shows_how_a_check_is_kept(desk):
    pages = [desk.get(), *(desk.get(them=kind) for kind in BOXES)]

    assert not any(word in plain(page) for page in pages for word in ('{"', '"item', "median"))


def test_checks_are_changed_moved_and_left_out(desk):
    first, second, *others = desk.rules
    said = {
        "item": "doi-thoai",
        "most": "45",
        "severity": "warns",
        "message": "Quá {den} buổi?",
        "name": "Số buổi",
    }

    assert desk.post("dat", ma=first.code, **said).status_code == 302
    changed = desk.rules[0]
    assert (changed.code, changed.name, changed.message, changed.blocks) == (
        "nhieu-nhat", "Số buổi", "Quá {den} buổi?", False,
    )  # fmt: skip
    desk.post("xuong", ma=first.code)
    desk.post("len", ma=second.code)
    assert [one.code for one in desk.rules[:2]] == [second.code, first.code]
    desk.post("len", ma=first.code)
    assert [one.code for one in desk.rules[:2]] == [first.code, second.code]
    desk.post("bo", ma=second.code)
    assert [one.code for one in desk.rules] == [first.code, *(one.code for one in others)]


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("khoang", {"item": "doi-thoai"}, "ghi ít nhất một trong hai số"),
        ("khoang", {"item": "doi-thoai", "least": "9", "most": "3"}, "Số lớn nhất (3) nhỏ hơn số nhỏ nhất (9)"),
        ("khoang", {"item": "doi-thoai", "least": "0"}, "không bao giờ âm"),
        ("khoang", {"item": "doi-thoai", "most": "1.5"}, "có thể hiểu hai cách"),
        ("khoang", {"item": "doi-thoai", "most": "1,234.56"}, "lối Anh - Mỹ"),
        ("khoang", {"item": "doi-thoai", "most": "ba"}, "không phải là một số"),
        ("khoang", {"item": "doi-thoai", "most": "-3"}, "Số này không âm"),
        ("khoang", {"item": "doi-thoai", "most": "1" + "0" * 16}, "Số này quá lớn"),
        ("khoang", {"item": "doi-thoai", "most": "0,1234567"}, "nhiều nhất 6 chữ số"),
        ("khoang", {"item": "cach-lam", "most": "3"}, "chọn trong danh sách"),
        ("khoang", {"item": "", "most": "3"}, "Đồng chí vui lòng chọn."),
        ("khoang", {"item": "doi-thoai", "least": "40"}, "Kiểm tra này trái với “Trong khoảng”"),
        ("khoang", {"item": "doi-thoai", "most": "3", "message": "Quá {tu}!"}, "không có số nào tên như vậy"),
        ("khoang", {"item": "doi-thoai", "most": "3", "severity": ""}, "Đồng chí vui lòng chọn."),
        ("phan", {"item": "nguoi", "other": "nguoi"}, "chọn một câu khác"),
        ("tong", {"item": "y-kien", "parts": ["tai-cho"]}, "chọn ít nhất hai câu"),
        ("tong", {"item": "y-kien", "parts": ["tai-cho", "y-kien"]}, "không cộng vào chính nó"),
        ("tong", {"item": "y-kien"}, "Đồng chí vui lòng chọn."),
        ("bieu-khac", {"item": "luot", "elsewhere": "BM-77|kia"}, "chọn trong danh sách"),
        ("ky-truoc", {"item": "cong", "percent": "5", "months": "12", "least_months": "4"}, "chọn trong danh sách"),
        ("ky-truoc", {"item": "luot", "percent": "0", "months": "12", "least_months": "4"}, "Ghi 0 thì"),
        ("ky-truoc", {"item": "luot", "percent": "5", "months": "3", "least_months": "4"}, "Không đòi nhiều hơn 3"),
        ("bat-thuong", {"item": "luot", "times": "5", "months": "99", "least_months": "4"}, "24"),
        ("bat-thuong", {"item": "luot", "times": "x", "months": "", "least_months": ""}, "không phải là một số"),
        ("la", {"item": "luot"}, "không còn ở đây"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused_beside_its_box_and_nothing_changes(
    written, client, kind, said, sentence
):
    desk = DraftAt(written, client)
    before = desk.rules

    answer = desk.post("dat", **{"them": kind, "severity": "blocks", **said})

    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert desk.rules == before


@pytest.mark.parametrize("act", ["bo", "len", "xuong", "dat"])
def test_a_check_that_is_gone_is_told(desk, act):
    answer = desk.post(act, ma="khong-co")

    assert answer.status_code == 422
    assert "Kiểm tra này không còn ở đây" in plain(answer)
    assert "Kiểm tra này không còn ở đây" in plain(desk.get(sua="khong-co"))
    assert "Không có việc nào như vậy" in plain(desk.post("la", ma="nhieu-nhat"))


def test_of_two_who_set_checks_at_once_the_second_is_told(desk):
    seen, before = desk.seen, desk.rules
    desk.post("bo", ma="nhieu-nhat")

    answer = desk.client.post(desk.url, {"viec": "bo", "ban": seen, "ma": "bat-thuong"})

    assert answer.status_code == 422
    assert "vừa được người khác sửa" in plain(answer)
    assert len(desk.rules) == len(before) - 1


def test_a_check_written_by_itself_is_said_in_words_and_can_be_kept_or_left_out(written, client):
    own_tree = Rule(
        "rieng", "Riêng", "Số này lạ.", {"!=": [{"item": "luot"}, {"previous": "luot"}]}, ("luot",)
    )
    set_form_rules(written.form, [own_tree], actor=None)
    desk = FormAt(written, client)

    page = desk.get()
    assert "“Lượt người dự” khác “Lượt người dự” của tháng trước." in plain(page)
    assert "sua=rieng" not in page.content.decode()
    assert "viết riêng nên không sửa ở trang này được" in plain(desk.get(sua="rieng"))
    desk.post("dat", them="khoang", item="doi-thoai", most="9", severity="blocks")
    assert [one.code for one in desk.rules] == ["rieng", "khoang-doi-thoai"]
    desk.post("dat", them="khoang", item="doi-thoai", most="8", severity="warns")
    desk.post("bo", ma="rieng")
    assert [one.code for one in desk.rules] == ["khoang-doi-thoai", "khoang-doi-thoai-2"]


def test_a_published_form_is_changed_from_a_month_on_and_tells_who_did(written, client):
    desk = FormAt(written, client)
    december = f"{desk.url}?tu=2027-01"

    said = {
        "viec": "dat",
        "ban": desk.seen,
        "them": "khoang",
        "item": "y-kien",
        "most": "50",
        "severity": "warns",
    }
    assert client.post(december, said).url == december
    page = plain(client.get(december))

    assert FormRuleSet.objects.last().since == date(2027, 1, 1)
    assert "Mọi thay đổi ở trang này áp dụng từ báo cáo tháng 1/2027" in page
    assert "Thêm: “Ý kiến nhận được” nhiều nhất 50." in page
    assert str(written.specialist) in page
    assert "áp dụng từ báo cáo tháng 12/2026" in plain(desk.get(tu="2031-01"))


def test_checks_of_a_draft_stand_in_the_designer(written, client):
    page = plain(client.get(reverse("reporting:design", args=[written.draft.pk])))

    assert "Kiểm tra 4" in page
    assert "“Số hội nghị đối thoại” nhiều nhất 31." in page
    assert "Kiểm tra của BM-02" in plain(client.get(reverse("reporting:manage")))


def test_checks_are_tried_on_what_was_sent(desk):
    desk.post(
        "dat",
        them="khoang",
        item="luot",
        most="98",
        severity="warns",
        message="Ghi {so}, quá {den}.",
    )
    page = plain(desk.client.get(desk.trial))

    assert "7 báo cáo của 1 đơn vị, từ tháng 1/2026 đến tháng 12/2026." in page
    assert "3 báo cáo sẽ bị nhắc, trong 7 báo cáo đủ số liệu để xét." in page
    assert "Xã Môn Sơn tháng 10/2026 Ghi 101, quá 98." in page
    assert "Không báo cáo nào bị chặn, trong 7 báo cáo" in page
    assert "Chưa báo cáo nào" not in plain(desk.client.get(desk.trial, {"thang": "24"}))
    assert "1 báo cáo của 1 đơn vị" in plain(desk.client.get(desk.trial, {"thang": "3"}))
    assert "7 báo cáo của 1 đơn vị" in plain(desk.client.get(desk.trial, {"thang": "xx"}))


def test_where_nothing_was_sent_or_set_the_trial_says_so(written, client):
    other = define_form(
        code="BM-04", name="Biểu mới", unit=written.province.place, level="commune", due_day=5, valid_from=SINCE,
        sections=[NewSection("Một", [NewItem("kia", "Lượt", "DV-31")])], actor=None,
    )  # fmt: skip
    assert "Chưa có báo cáo nào để thử" in plain(
        client.get(reverse("reporting:form-trial", args=[other.pk]))
    )
    set_form_rules(written.form, [], actor=None)
    assert "Chưa có kiểm tra nào" in plain(
        client.get(reverse("reporting:form-trial", args=[written.form.pk]))
    )


def test_the_pages_cost_the_same_at_one_and_at_four_checks(desk):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert desk.client.get(url).status_code == 200
        return len(queries)

    cost(desk.url)
    many = cost(desk.url), cost(desk.trial)
    for rule in RULES[:2]:
        desk.post("bo", ma=rule.code)
    cost(desk.url)  # tells that it was saved
    assert (cost(desk.url), cost(desk.trial)) == many


def test_a_form_elsewhere_is_compared_in_the_trial(written, client):
    set_form_rules(
        written.form,
        [same_in_form("khop", "luot", "BM-03", "kia"), between("cong", "cong", most=1)],
        actor=None,
    )

    page = plain(client.get(reverse("reporting:form-trial", args=[written.form.pk])))

    assert "Chưa báo cáo nào đủ số liệu để xét." in page
    assert "7 báo cáo sẽ bị chặn" in page
