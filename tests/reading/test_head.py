from datetime import date

import pytest

from danvan.reading import Gazetteer, read

STATE = """ỦY BAN NHÂN DÂN
XÃ AN HÒA
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Hòa, ngày 02 tháng 02 năm 2026
KẾ HOẠCH
Thực hiện công tác dân vận chính quyền
giai đoạn 2026-2028
Căn cứ tình hình thực tế, Ủy ban nhân dân xã xây dựng kế hoạch như sau:
Nơi nhận:
- Như trên.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(Đã ký)
Nguyễn Văn An
"""
PARTY = """ĐẢNG BỘ TỈNH SÔNG LAM
ĐẢNG ỦY XÃ AN HÒA
*
Số 27-KL/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
An Hòa, ngày 12 tháng 11 năm 2026
KẾT LUẬN
của đồng chí Bí thư Đảng ủy
tại Hội nghị đối thoại với Nhân dân
Sáng nay, Đảng ủy xã họp.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Trần Thị Bình
"""


def test_the_head_of_a_state_document_is_read():
    head = read(STATE).head
    assert head.issuer_lines == ("ỦY BAN NHÂN DÂN", "XÃ AN HÒA")
    assert head.issuer == "ỦY BAN NHÂN DÂN XÃ AN HÒA"
    assert (head.number, head.symbol) == ("15", "15/KH-UBND")
    assert STATE[head.symbol_start : head.symbol_end] == "15/KH-UBND"
    assert (head.place, head.issued_on) == ("An Hòa", date(2026, 2, 2))
    assert (head.document_type, head.type_words) == ("plan", "Kế hoạch")
    assert head.abstract == "Thực hiện công tác dân vận chính quyền giai đoạn 2026-2028"
    assert (head.signer, head.signer_position) == ("Nguyễn Văn An", "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH")


def test_the_head_of_a_party_document_is_read():
    reading = read(PARTY)
    head = reading.head
    assert head.issuer == "ĐẢNG ỦY XÃ AN HÒA"
    assert (head.symbol, head.document_type) == ("27-KL/ĐU", "conclusion")
    assert head.abstract == "của đồng chí Bí thư Đảng ủy tại Hội nghị đối thoại với Nhân dân"
    assert (head.signer, head.signer_position) == ("Trần Thị Bình", "T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ")
    assert reading.citations == ()


def test_the_title_gives_the_validity():
    validity = read(STATE).validity
    assert (validity.words, validity.first, validity.last) == (
        "giai đoạn 2026-2028",
        date(2026, 1, 1),
        date(2028, 12, 31),
    )
    assert read(PARTY).validity is None


def test_the_register_names_the_issuer():
    head = read(STATE, gazetteer=Gazetteer(["Ủy ban nhân dân xã An Hòa"])).head
    assert head.issuer_unit == "Ủy ban nhân dân xã An Hòa"


def test_a_standing_board_issues_for_its_committee():
    text = "ỦY BAN MTTQ VIỆT NAM\nXÃ AN HÒA\nBAN THƯỜNG TRỰC\nSố:     /KH-MTTQ-BTT\nAn Hòa, ngày    tháng 3 năm 2026\n"
    head = read(text).head
    assert head.issuer == "BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM XÃ AN HÒA"
    assert (head.symbol, head.number, head.issued_on, head.place) == ("", "", None, "An Hòa")
    assert head.document_type == "plan"


def test_issuer_lines_that_name_no_organ_are_joined():
    assert (
        read("TỈNH SÔNG LAM\nXÃ AN HÒA\nSố: 01/BC-UBND\n").head.issuer == "TỈNH SÔNG LAM XÃ AN HÒA"
    )


def test_a_letter_without_a_type_is_an_official_letter():
    text = "SỞ NỘI VỤ\nSố: 125/SNV-TCBC\nV/v rà soát quy chế phối hợp\nSông Lam, ngày 5 tháng 3 năm 2026\nKính gửi: Ủy ban nhân dân các xã\n"
    head = read(text).head
    assert (head.document_type, head.abstract) == ("official_letter", "rà soát quy chế phối hợp")
    assert head.symbol == "125/SNV-TCBC"


def test_both_columns_of_a_letterhead_may_share_a_line():
    text = (
        "ỦY BAN NHÂN DÂN XÃ AN HÒA      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 15/QĐ-UBND      An Hòa, ngày 02 tháng 02 năm 2026\nQUYẾT ĐỊNH\nVề việc ban hành quy chế\nĐiều 1. Ban hành\n"
    )
    head = read(text).head
    assert head.issuer_lines == ("ỦY BAN NHÂN DÂN XÃ AN HÒA",)
    assert (head.symbol, head.place, head.issued_on) == ("15/QĐ-UBND", "An Hòa", date(2026, 2, 2))
    assert head.abstract == "Về việc ban hành quy chế"


def test_a_number_and_a_day_on_one_line():
    text = "UBND xã An Hòa, Số: 108/KH-UBND, ngày 15 tháng 06 năm 2026: làm theo Quyết định số 70/QĐ-TTg."
    head = read(text).head
    assert (head.symbol, head.issued_on, head.document_type) == (
        "108/KH-UBND",
        date(2026, 6, 15),
        "plan",
    )


def test_a_news_text_has_no_head():
    text = (
        "Xã An Hòa vừa họp. Theo Quyết định Số: 12/QĐ-UBND, ngày 5 tháng 3 năm 2026 xã có 5 thôn."
    )
    head = read(text).head
    assert (head.symbol, head.issuer, head.document_type) == ("", "", "")


def test_a_number_behind_the_name_of_another_document_is_not_its_own():
    reading = read("SỞ NỘI VỤ\nTheo Quyết định:  Số 12/QĐ-UBND\nSố: 15/SNV-TC\n")
    assert reading.head.symbol == "15/SNV-TC"
    assert [one.symbol for one in reading.citations] == ["12/QĐ-UBND"]


def test_a_day_the_calendar_does_not_have_stays_empty():
    assert (
        read("UBND XÃ\nSố: 1/QĐ-UBND\nAn Hòa, ngày 31 tháng 02 năm 2026\n").head.issued_on is None
    )


def test_a_long_paragraph_under_the_type_is_not_the_abstract():
    body = "Xã tổ chức thực hiện nhiều việc trong năm và giao các ban, ngành cùng làm " * 5
    head = read(
        f"UBND XÃ\nSố: 1/BC-UBND\nBÁO CÁO\nkết quả công tác dân vận năm 2025\n{body}\n"
    ).head
    assert head.abstract == "kết quả công tác dân vận năm 2025"


def test_an_abstract_ends_at_its_full_stop():
    head = read("UBND XÃ\nSố: 1/BC-UBND\nBÁO CÁO\nkết quả năm 2025.\nviệc tiếp theo\n").head
    assert head.abstract == "kết quả năm 2025"


def test_a_position_without_a_name_leaves_the_signer_empty():
    head = read(STATE.replace("Nguyễn Văn An\n", "")).head
    assert (head.signer, head.signer_position) == ("", "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH")


def test_a_position_alone_also_signs():
    head = read(STATE.replace("TM. ỦY BAN NHÂN DÂN\n", "")).head
    assert (head.signer, head.signer_position) == ("Nguyễn Văn An", "CHỦ TỊCH")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT\nĐẢNG ỦY XÃ\n", "secret"),
        ("Tối mật\nĐẢNG ỦY XÃ\n", "top_secret"),
        ("[TUYỆT MẬT]\nĐẢNG ỦY XÃ\n", "absolute_secret"),
        ("M Ậ T\nĐẢNG ỦY XÃ\n", "secret"),
        ("T Ố I  M Ậ T\nĐẢNG ỦY XÃ\n", "top_secret"),
        ("Độ mật: Tối mật\nĐẢNG ỦY XÃ\n", "top_secret"),
        ("TỈNH ỦY X     MẬT\nSố 12-KH/TU\n", "secret"),
        ("Số 12-KH/TU MẬT\n", "secret"),
        ("MẬT\nTUYỆT MẬT\nMẬT\n", "absolute_secret"),
        ("dòng đầu\n" + "một dòng văn bản dài để qua trang\n" * 200 + "MẬT\n", "secret"),
        ("BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC\n", ""),
        ("Nuôi ong lấy mật ở xã\n", ""),
        ("dòng đầu\n" + "một dòng văn bản dài để qua trang\n" * 200 + "Mật\n", ""),
    ],
)
def test_secrecy_stamps_are_seen(text, level):
    assert read(text).head.secrecy == level


@pytest.mark.parametrize(
    ("stamp", "urgency"),
    [
        ("KHẨN", "urgent"),
        ("Thượng khẩn", "very_urgent"),
        ("HỎA TỐC", "express"),
        ("H Ỏ A T Ố C", ""),
        ("Bình thường", ""),
    ],
)
def test_urgency_stamps_are_seen(stamp, urgency):
    assert read(f"{stamp}\nĐẢNG ỦY XÃ\nSố 1-CV/ĐU\n").head.urgency == urgency


def test_who_resolves_is_no_part_of_what_it_is_about():
    head = read(
        "HỘI ĐỒNG NHÂN DÂN XÃ AN HÒA\nSố: 07/NQ-HĐND\nAn Hòa, ngày 12 tháng 7 năm 2026\nNGHỊ QUYẾT\n"
        "Về nhiệm vụ năm 2026\nHỘI ĐỒNG NHÂN DÂN XÃ AN HÒA\nKHÓA II, KỲ HỌP THỨ 2\nCăn cứ Hiến pháp;\n"
    ).head
    assert head.abstract == "Về nhiệm vụ năm 2026"
