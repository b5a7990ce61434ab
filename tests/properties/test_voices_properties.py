"""What is asked, concluded and named: no text breaks it, no span leaves the text, made-up requests are read back."""

import unicodedata
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.reading import as_json, as_lines, read
from danvan.reading.proposals import Span
from tests.properties.test_reading_properties import seconds_to_read

PIECES = st.sampled_from(
    [
        "Đề nghị ", "kiến nghị ", "yêu cầu: ", "UBND xã ", "các xã An Phú, Bình Lâm", " và ", "; ", ". ", ", ", "\n", ": ", "đồng chí Lê Văn Tám", ", Bí thư Đảng ủy",
        "Kết luận của ", "kết luận: ", "Phát biểu tại hội nghị, ", " tiếp tục rà soát", "giao ", "Công an tỉnh", "TVTU, ", "Tỉnh ủy", "IV. KIẾN NGHỊ, ĐỀ XUẤT\n",
        "1. Đối với UBND tỉnh\n", "- ", "Hạn chế: ", "Nguyên nhân ", "chưa kịp thời", " nào chưa rõ thì giải trình ngay", "Kính gửi:\n- Sở Nội vụ;\n", "quý cơ quan ",
        "Chủ tịch ", "Bộ ", "phòng ", "TP.", "TP. ", "thôn 3", "hai ", "các ", "đồng chí ", "kiêm ", "Nguyễn ", "Văn ", "của ", "\u0301", "\u00a0", '"', "(", "KẾT LUẬN\n",
        "trước ngày 15/7/2026", "hoàn thành ", "Việc phối hợp còn lúng túng", "đã ", "UBND các huyện ", "Trưởng ", "Ủy viên ", "Thành ủy ", "Đảng ủy ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))
KINDS = ("requests", "conclusions", "assessments", "people", "organisations", "places")


def spans(value):
    """Every span in a proposal, however deep."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for one in value:
            yield from spans(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_breaks_what_is_said_and_named(text):
    reading = read(text)
    as_json(reading)
    as_lines(reading)
    for kind in KINDS:
        found = getattr(reading, kind)
        starts = [one.start for one in found]
        assert kind in {"conclusions", "assessments"} or starts == sorted(starts)
        for one in found:
            assert 0 < one.confidence <= 1
            assert one.reason.startswith("Vì: ")
            for span in spans(one):
                assert 0 <= span.start < span.end <= len(text)
                assert text[span.start : span.end].strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES.filter(lambda piece: piece != "\u0301"), max_size=20).map("".join))
def test_both_spellings_say_and_name_the_same(text):
    composed, loose = read(text), read(unicodedata.normalize("NFD", text))
    for kind in KINDS:
        for one, other in zip(getattr(composed, kind), getattr(loose, kind), strict=True):
            assert one.rule == other.rule
            assert len(unicodedata.normalize("NFD", text[: one.start])) == other.start
    assert [one.addressee for one in composed.requests] == [one.addressee for one in loose.requests]


BODIES = st.sampled_from(
    [
        "UBND",
        "Đảng ủy",
        "HĐND",
        "Công an",
        "Hội Nông dân",
        "Ủy ban MTTQ",
        "Ban Thường trực UBMTTQ",
        "Đoàn Thanh niên",
    ]
)
PLACES = st.sampled_from(["xã An Phú", "xã Bình Lâm", "phường Tân Lập", "tỉnh Bắc Sơn", "xã"])
ACTS = st.sampled_from(
    [
        "rà soát 14 hộ nghèo",
        "công khai kết quả giải quyết",
        "sớm sửa cầu thôn Đông",
        "tăng cường đối thoại với dân",
        "báo cáo trước ngày 15/7/2026",
    ]
)
ASKING = st.sampled_from(
    ["đề nghị", "kiến nghị", "yêu cầu", "trân trọng đề nghị", "kiến nghị với", "đề nghị:"]
)
ASKERS = st.sampled_from(
    ["", "Cử tri thôn 3 ", "Ban Pháp chế HĐND tỉnh ", "Đoàn giám sát ", "Qua kiểm tra, "]
)


@settings(max_examples=150, deadline=None)
@given(
    ASKERS,
    ASKING,
    st.lists(st.tuples(BODIES, PLACES), min_size=1, max_size=3, unique_by=str),
    st.lists(ACTS, min_size=1, max_size=3, unique=True),
)
def test_a_request_that_was_made_up_is_read_back(asker, asking, whom, acts):
    named = [" ".join(pair) for pair in whom]
    listed = ", ".join(named[:-1]) + (" và " if named[:-1] else "") + named[-1]
    text = f"{asker}{asking} {listed} {'; '.join(acts)}."
    text = text[:1].upper() + text[1:]
    requests = read(text).requests
    assert [one.addressees for one in requests] == [tuple(named)] * len(acts)
    assert [one.what.lower() for one in requests] == [act.lower() for act in acts]


@pytest.mark.parametrize(
    "piece",
    [
        "đề nghị ", "đề nghị UBND xã ", "kiến nghị UBND xã rà soát; ", "Chủ tịch, ", "Bí thư, Phó Bí thư, ", "đồng chí Lê Văn Tám, ", "các xã An Phú, ", "UBND tỉnh ", "Kết luận: ",
        "UBND xã kết luận: ", "Nguyễn ", "Văn phòng Bộ Lê ", "I. KIẾN NGHỊ\n", "nào thì ", "ý kiến nào có thì xem xét ", "chưa kịp thời ", "Hạn chế: việc ", "Sở Văn hóa, ", "của Đảng ủy ",
        "Kính gửi: UBND xã;\n", "TP. ", "hai ", "- Đối với UBND xã:\n", '"', "phát biểu, UBND nêu ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_and_not_with_its_square(piece):
    seconds_to_read(piece * 100)
    short, long = (seconds_to_read(piece * (size // len(piece))) for size in (8_000, 32_000))
    assert long < 0.2 + 10 * short
