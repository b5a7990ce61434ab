"""What a letter asks becomes requests, one each: lists behind a word of asking, official words, plain sentences."""

from datetime import date

import pytest

from danvan.petitions.services.doors import propose_matter

ON = date(2026, 12, 1)
pytestmark = pytest.mark.django_db


def asked(text):
    return list(propose_matter(text, on=ON)[0].requests)


@pytest.mark.parametrize("opens", [
    "Tôi đề nghị:", "Chúng tôi đề nghị UBND phường giải quyết các nội dung sau:", "Nay tôi làm đơn này kiến nghị",
    "Kính đề nghị UBND phường xem xét,\ngiải quyết các việc sau đây:\n",
])  # fmt: skip
@pytest.mark.parametrize(
    "marks", ["1. 2. 3.", "1/ 2/ 3/", "1) 2) 3)", "a) b) c)", "- - -", "+ + +"]
)
def test_each_item_of_a_list_is_a_request(opens, marks):
    one, two, three = marks.split()
    words = f"""Kính gửi: UBND phường

Cống thoát nước trước nhà bị tắc từ tháng 9.
{opens}
{one} Nạo vét cống số 2. Cống này tắc đã lâu.
{two} Thay hai nắp cống bị vỡ;
{three} Trả lời bằng văn bản cho dân.
Tôi xin cam đoan nội dung trên là đúng. Trân trọng cảm ơn."""
    assert asked(words) == [
        "Nạo vét cống số 2. Cống này tắc đã lâu",
        "Thay hai nắp cống bị vỡ",
        "Trả lời bằng văn bản cho dân",
    ]


def test_a_list_in_one_line_is_one_too():
    words = (
        "Chúng tôi đề nghị UBND phường: 1. Nạo vét cống; 2. Thay nắp. 3. Trả lời dân. Xin cảm ơn."
    )
    assert asked(words) == ["Nạo vét cống", "Thay nắp", "Trả lời dân"]


def test_sentences_that_ask_in_plain_words_are_requests_beside_official_ones():
    words = (
        "Đèn đường khối 5 hỏng. Mong phường thay bóng đèn ở ngã ba. Chúng tôi đề nghị UBND phường sửa\nđường dây điện. Mong các "
        "cấp xem xét hỗ trợ hộ nghèo. Rất mong được quan tâm, trả lời sớm. Tôi xin chân thành cảm ơn."
    )
    assert asked(words)[:3] == [
        "Mong phường thay bóng đèn ở ngã ba", "Sửa đường dây điện", "Mong các cấp xem xét hỗ trợ hộ nghèo",
    ]  # fmt: skip


@pytest.mark.parametrize("words", [
    "Tôi đã kiến nghị nhiều lần mà chưa ai trả lời.", "Theo yêu cầu của tổ dân phố tôi gửi đơn này.",
    "Gia đình tôi xin trình bày. 1. Năm 2020 tôi được cấp sổ đỏ. 2. Năm 2022 bị thu hồi.",
    "ĐƠN KIẾN NGHỊ\n1. Tên tôi là Nguyễn Văn An\n2. Trú tại khối 5",
    "Tôi kiến nghị các nội dung sau:", "Tôi đề nghị: 5. Không có gì",
])  # fmt: skip
def test_what_only_names_papers_and_former_requests_asks_nothing(words):
    assert asked(words) == []


def test_what_hopes_for_an_answer_alone_is_kept_where_nothing_else_is_asked():
    hope = "Mong được sự quan tâm của các cấp"
    assert asked(f"Cầu hỏng. {hope}.") == [hope]
    assert asked(f"Kiến nghị sửa cầu treo bản Xiềng. {hope}.") == [
        "Kiến nghị sửa cầu treo bản Xiềng"
    ]


def test_a_list_at_the_very_end_and_one_that_breaks_off_are_read_as_far_as_they_go():
    assert asked("Tôi đề nghị:\n- Sửa cầu") == ["Sửa cầu"]
    assert asked("Tôi đề nghị:\n1. Sửa cầu\n3. Làm đường") == ["Sửa cầu"]
    assert asked("Tôi đề nghị:\n1. Sửa cầu\n\nHôm qua trời mưa.") == ["Sửa cầu"]
