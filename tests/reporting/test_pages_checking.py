"""The page of a report tells beside each box what blocks, what warns and asks why, and what was before."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.reporting.models import Submission
from danvan.reporting.services import return_report, set_form_rules, submit_report
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import TODAY
from tests.reporting.paths import at, boxes, text_of
from tests.reporting.ruled import FAR, RULES, SAID, USUAL, RuledMonth

pytestmark = pytest.mark.django_db
_month = once(RuledMonth, DANVAN_TODAY=TODAY)
WARNING = "Thường từ 88 đến 108, kỳ này 412."
WHY = {"r-bat-thuong": SAID["bat-thuong"]}


@pytest.fixture
def month(db, _month):
    return own(_month)


def number_in(page):
    return re.search(r'name="ban-nhap" value="(\d+)"', page)[1]


def save(client, month, answers, **more):
    return client.post(at("entry", month), boxes(answers, viec="luu", **more))


def test_a_saved_draft_tells_what_is_wrong_beside_its_boxes(month, officer, client):
    save(client, month, FAR | {"doi-thoai": "40", "y-kien": ""})

    page = text_of(client.get(at("entry", month)))

    assert WARNING in page
    assert 'name="r-bat-thuong"' in page
    assert "Số này phải nhiều nhất 31, đang ghi 40." in page
    assert "vui lòng trả lời “Ý kiến nhận được”" not in page


def test_looking_over_asks_for_the_reason_in_a_box_beside_the_figure(month, officer, client):
    response = client.post(at("entry", month), boxes(FAR, viec="xem"))

    page = text_of(response)
    assert response.status_code == 422
    assert "Còn 1 chỗ cần sửa" in page
    assert "Đồng chí vui lòng ghi lý do, hoặc sửa số." in page
    assert 'value="412"' in page


def test_a_reason_without_words_is_asked_for_again(month, officer, client):
    response = client.post(at("entry", month), boxes(FAR, viec="xem", **{"r-bat-thuong": "12"}))

    assert "Đồng chí vui lòng ghi lý do, hoặc sửa số." in text_of(response)
    assert "Chưa có lý do." in text_of(client.get(at("review", month)))


def test_an_answer_to_nothing_that_is_asked_is_told_above(month, officer, client):
    response = client.post(at("entry", month), boxes(USUAL | {"la": "1"}, viec="xem"))

    assert "Biểu này không có câu hỏi mã “la”." in text_of(response)


def test_everything_that_stops_is_told_at_once_and_what_was_typed_stays(month, officer, client):
    wrong = FAR | {"doi-thoai": "40", "y-kien": "", "cach-lam": "Cùng làm."}

    response = client.post(at("entry", month), boxes(wrong, viec="xem"))

    page = text_of(response)
    assert "Còn 3 chỗ cần sửa" in page
    assert "vui lòng trả lời “Ý kiến nhận được”" in page
    assert "Cùng làm." in page
    month.first.refresh_from_db()
    assert month.first.draft["answers"] == wrong


def test_with_its_reason_a_warning_is_looked_over_sent_and_shown_to_the_approver(
    month, officer, client
):
    response = client.post(at("entry", month), boxes(FAR, viec="xem", **WHY))
    assert response["Location"] == at("review", month)
    page = text_of(client.get(at("review", month)))
    assert WARNING in page
    assert SAID["bat-thuong"] in page

    response = client.post(
        at("review", month), boxes(FAR, seen="0", **WHY, **{"ban-nhap": number_in(page)})
    )

    assert response["Location"] == at("report", month)
    client.force_login(make_grant(month.province.place, "specialist"))
    page = text_of(client.get(at("report", month)))
    assert f"{WARNING} <b>Đơn vị giải thích:</b> Đối thoại chung" in page
    assert "1 cảnh báo có lý do" in page


def test_a_warning_without_a_reason_is_not_sent_from_the_last_page_either(month, officer, client):
    response = client.post(at("review", month), boxes(FAR, seen="0"))

    assert response.status_code == 422
    assert "Nếu số đúng, đồng chí vui lòng ghi lý do." in text_of(response)
    assert not Submission.objects.filter(obligation=month.first).exists()


def test_a_reason_comes_back_when_the_report_is_returned(month, officer, client):
    submit_report(month.first, answers=FAR, reasons=SAID, actor=None)
    return_report(month.first, words="Xem lại.", comments={}, actor=None)

    page = text_of(client.get(at("entry", month)))

    assert f'name="r-bat-thuong" value="{SAID["bat-thuong"]}"' in page


def autosaved(client, month, answers, **more):
    response = client.post(
        at("autosave", month), boxes(answers, **more), headers={"HX-Request": "true"}
    )
    return text_of(response)


def test_a_draft_kept_by_itself_tells_beside_the_boxes_what_is_wrong(month, officer, client):
    page = autosaved(client, month, FAR | {"doi-thoai": "40", "nguoi": "x"})

    assert '<div id="b-doi-thoai" hx-swap-oob="true"><div class="dv-fault">' in page
    assert "“x” không phải là một số" in page
    assert '<div id="l-bat-thuong" hx-swap-oob="true"><div class="dv-alert is-warn"' in page
    assert "vui lòng trả lời" not in page


def test_the_box_of_a_reason_that_is_being_typed_is_not_taken_away(month, officer, client):
    page = autosaved(client, month, FAR | {"luot": "500"}, **{"r-bat-thuong": "Hai bu"})

    assert '<div id="m-bat-thuong" hx-swap-oob="true">' in page
    assert "kỳ này 500" in page
    assert 'name="r-bat-thuong"' not in page


def test_a_warning_goes_when_the_figure_is_mended_and_its_reason_is_kept(month, officer, client):
    page = autosaved(client, month, USUAL, **WHY)

    assert '<div id="l-bat-thuong" hx-swap-oob="true"></div>' in page
    assert WHY["r-bat-thuong"] in autosaved(client, month, FAR)


def test_a_draft_kept_by_itself_says_which_saving_it_was(month, officer, client):
    page = text_of(client.get(at("entry", month)))
    assert number_in(page) == "0"

    assert number_in(autosaved(client, month, USUAL, **{"ban-nhap": "0", "trang": "a"})) == "1"


def test_two_people_are_shown_both_figures_and_the_second_decides(month, officer, client):
    save(client, month, USUAL, **{"ban-nhap": "0", "trang": "a"})

    later = USUAL | {"luot": "104"}
    kept_by_itself = autosaved(client, month, later, **{"ban-nhap": "0", "trang": "b"})
    response = save(client, month, later, **{"ban-nhap": "0", "trang": "b"})

    assert "đã lưu nháp lúc" in kept_by_itself
    page = text_of(response)
    assert response.status_code == 422
    assert "Bản vừa lưu ghi “100”; đồng chí đang ghi “104”." in page
    assert 'value="104"' in page
    assert f"Đồng chí {officer} đã lưu nháp lúc" in page
    again = save(client, month, later, **{"ban-nhap": number_in(page), "trang": "b"})
    assert again.status_code == 302
    month.first.refresh_from_db()
    assert month.first.draft["answers"]["luot"] == "104"


def test_last_month_and_the_sum_of_the_year_stand_beside_each_box(month, officer, client):
    save(client, month, USUAL | {"luot": "104"})

    page = text_of(client.get(at("entry", month)))

    assert "Tháng trước: 101 lượt" in page
    assert "Lũy kế năm: 686 + 104 = <b>790</b> (máy cộng)" in page
    assert "Lũy kế năm đến tháng trước: 686" in text_of(
        client.post(at("entry", month), boxes(USUAL | {"luot": "x"}, viec="xem"))
    )


def test_the_same_month_of_last_year_stands_beside_too(month, officer, client):
    from datetime import date

    from danvan.indicators.models import Value

    Value.objects.filter(first=date(2026, 10, 1)).update(first=date(2025, 11, 1))

    assert "Cùng kỳ năm trước: 101 lượt" in text_of(client.get(at("entry", month)))


@pytest.mark.parametrize(
    ("code", "text", "meant", "said"),
    [
        ("luot", "1,234", "1.234", "Đồng chí viết “1,234”: có phải là 1.234 không?"),
        ("ty-dong", "1,234.5", "1.234,5", "Có phải đồng chí muốn nhập 1.234,5?"),
        ("ty-dong", "1.5", "1,5", "“1.5” có thể hiểu hai cách."),
        ("ty-dong", "1.5", "1.500", "“1.5” có thể hiểu hai cách."),
    ],
)
def test_a_figure_that_can_be_read_in_two_ways_is_asked_about_with_a_button_for_each(
    month, officer, client, code, text, meant, said
):
    page = text_of(client.post(at("entry", month), boxes(USUAL | {code: text}, viec="xem")))
    assert said in page
    assert f'value="{text}"' in page
    assert f'name="doi" value="{code}:{meant}"' in page

    response = client.post(
        at("entry", month), boxes(USUAL | {code: text}, doi=f"{code}:{meant}"), follow=True
    )

    assert f'id="a-{code}" name="a-{code}" value="{meant}"' in text_of(response)


def test_what_blocks_in_a_section_said_to_be_nil_is_told_above(month, officer, client):
    from danvan.reporting.rules import between

    set_form_rules(month.form, [between("it-nhat", "doi-thoai", least=1)], actor=None)

    response = client.post(at("entry", month), boxes(USUAL, nil=[1], viec="xem"))

    assert text_of(response).count("Số này phải từ 1 trở lên, đang ghi 0.") >= 2


@pytest.mark.parametrize("name", ["entry", "review", "report"])
def test_pages_cost_the_same_at_one_and_three_rules(month, officer, client, name):
    def cost():
        save(client, month, FAR, **WHY)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(name, month)).status_code == 200
        return len(queries)

    submit_report(month.first, answers=FAR, reasons=SAID, actor=None)
    cost()
    three = cost()
    set_form_rules(month.form, RULES[1:2], actor=None)
    assert cost() == three
