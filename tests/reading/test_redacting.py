"""What tells who somebody is: found however it is written, covered by what it was; places and laws are left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.reading.redacting import COVER, WHY, PrivateKind, private_spans, redact


def told(text, **more):
    return [(text[one.start : one.end], str(one.kind)) for one in private_spans(text, **more)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tôi là Nguyễn Văn An, ở bản Xiềng.", [("Nguyễn Văn An", "name")]),
        ("Kính gửi ông Lô Văn Nam và bà Vi Thị Hoa", [("Lô Văn Nam", "name"), ("Vi Thị Hoa", "name")]),
        ("Họ và tên: TRẦN THỊ MAI", [("TRẦN THỊ MAI", "name")]),
        ("Cháu Y Moan Êban bị ốm", [("Y Moan Êban", "name")]),
        ("ĐT 0912 345 678 hoặc +84.912.345.678", [("0912 345 678", "phone"), ("+84.912.345.678", "phone")]),
        ("Số CCCD 040090001234 cấp ngày 01/02/2021", [("040090001234", "identity")]),
        ("CMND số 186 123 456", [("186 123 456", "identity")]),
        ("hộ chiếu C1234567", [("C1234567", "identity")]),
        ("thư an.nguyen@gmail.com nhé", [("an.nguyen@gmail.com", "email")]),
        ("ở số nhà 12 đường Lê Lợi, khối 3", [("số nhà 12 đường Lê Lợi", "home")]),
        ("xe 37A-123.45 đâm", [("37A-123.45", "plate")]),
        ("zalo 84912345678, ０９１２３４５６７８", [("84912345678", "phone"), ("０９１２３４５６７８", "phone")]),
        ("gọi không chín một hai ba bốn năm sáu bảy tám", [("không chín một hai ba bốn năm sáu bảy tám", "phone")]),
        ("thư an.nguyen(at)gmail.com nhé", [("an.nguyen(at)gmail.com", "email")]),
        ("tk 19034567891012", [("19034567891012", "account")]),
        ("nhờ trả vào 1903456789 của tôi", [("1903456789", "account")]),
        ("cháu học lớp 5A trường Tiểu học Con Cuông, 10 tuổi", [("lớp 5A trường Tiểu học Con Cuông", "child"), ("10 tuổi", "child")]),
        ("bé 7 tuổi", [("7 tuổi", "child")]),
        ("chuyển vào tài khoản số 1020 304050", [("1020 304050", "account")]),
        ("sinh ngày 05/03/1980, sinh năm 1982", [("05/03/1980", "birth"), ("1982", "birth")]),
    ],
)  # fmt: skip
def test_who_somebody_is_is_found(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nghị quyết số 43-NQ/TW và Luật Đất đai 31/2024/QH15",
        "Đường Trần Phú, phường Lê Lợi, Trường Nguyễn Trãi",
        "Thành phố Hồ Chí Minh và tỉnh Bà Rịa - Vũng Tàu",
        "Thu hồi 12.345.678 đồng, diện tích 186.123 m2",
        "Ngày 05/03/2026, 11.244 đơn",
        "Trẻ em dưới 6 tuổi được cấp thẻ; con đường lớp nhựa bong; con ông 50 tuổi",
        "Thu 12000000000 đồng, không một ai bảo",
        "Kính gửi Ủy ban nhân dân xã Môn Sơn",
        "Hội trường Đảng ủy xã Anh Sơn, gần chợ",
    ],
)
def test_places_laws_and_sums_are_nobody(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "spelled",
    ["lo van nam", "LÔ VĂN NAM", "Lô-Văn-Nam", unicodedata.normalize("NFD", "Lô Văn Nam")],
)
def test_what_the_record_holds_is_found_however_it_is_spelled(spelled):
    text = f"người tên {spelled}, số 0912.345.678"
    spans = private_spans(text, known=("Lô Văn Nam", "0912345678"))
    covered = f"người tên {COVER[PrivateKind.KNOWN]}, số {COVER[PrivateKind.PHONE]}"
    assert redact(text, spans) == covered
    assert spelled not in redact(text, spans)
    assert "0912" not in redact(text, spans)


def test_a_short_word_of_the_record_and_a_part_of_a_word_cover_nothing():
    assert told("Anh ta ở Namibia", known=("Nam", "ta", "")) == []


def test_every_kind_has_its_cover_and_its_reason():
    assert set(COVER) == set(WHY) == set(PrivateKind)
    assert all(one.why for one in private_spans("ông Lô Văn Nam, 0912345678"))


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_spans_lie_in_the_text_in_order_without_overlap(text, known):
    spans = private_spans(text, known=known)
    edges = [edge for one in spans for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert redact(text, []) == text


def test_a_long_text_is_looked_through_whole():
    text = "Tôi là Nguyễn Văn An, 0912345678, số nhà 12. " * 4_000
    assert len(private_spans(text)) == 12_000
