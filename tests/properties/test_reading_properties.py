"""What must hold for every text: no exception, spans inside it, the same for both spellings, time by length."""

import gc
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.reading import as_json, as_lines, read
from tests.reading.resolutions import make_resolution

PIECES = st.sampled_from(
    [
        "Căn cứ ", "Kế hoạch số 31-KH/ĐU", ", ngày 20/01/2026", " của Ban Thường vụ Tỉnh ủy", "100%", " cấp ủy các cấp", "\n", ". ", "; ",
        "ít nhất 02 nội dung giám sát", "từ 5 đến 7%", "16/18 sở", " = 88,9%", "(66/112 thôn)", "Số: 15/KH-UBND", "Số:    /KH-UBND", "đã ",
        "phấn đấu ", "hằng năm ", "đến năm 2030", "I. Mục tiêu\n", "II. Tình hình\n", "KẾ HOẠCH\n", "MẬT\n", "2 tỷ 300 triệu đồng", "giai đoạn 2021-2025",
        "thực hiện tốt việc giám sát", "TM. ỦY BAN\nCHỦ TỊCH\nNguyễn Văn An\n", "Luật Khiếu nại số 02/2011/QH13", "Hiến pháp năm 2013", "Quyết định số 212",
        "866 lượt/964 lượt người", " đạt 97%", " trở lên", "\u0301", "\u00a0", "\u200b", "5", ",", "/", "-", "%", " là 870.", "Độ mật: Mật",
        "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại", ", có 168 người dự", " tại nhà ông Vi Văn An", "Sáng 5/10/2026, ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join))


def spans(text: str) -> list[tuple[int, int]]:
    reading = read(text)
    found = [
        *reading.citations,
        *reading.named_laws,
        *reading.targets,
        *reading.figures,
        *reading.notes,
        *reading.happenings,
    ]
    pairs = [(one.start, one.end) for one in found]
    pairs += [(one.surface_start, one.surface_end) for one in reading.citations]
    pairs += [
        (one.sentence.start, one.sentence.end)
        for one in (*reading.targets, *reading.figures, *reading.happenings)
    ]
    if reading.head.symbol_start is not None:
        pairs.append((reading.head.symbol_start, reading.head.symbol_end or 0))
    return pairs


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_breaks_the_reading_and_no_span_leaves_it(text):
    for start, end in spans(text):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    reading = read(text)
    as_json(reading)
    as_lines(reading)
    for one in (
        *reading.citations,
        *reading.named_laws,
        *reading.targets,
        *reading.figures,
        *reading.happenings,
    ):
        assert 0 < one.confidence <= 1
        assert one.rule
        assert one.reason.startswith("Vì: ")


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES.filter(lambda piece: piece != "\u0301"), max_size=20).map("".join))
def test_both_spellings_of_a_text_read_the_same(text):
    composed, loose = read(text), read(unicodedata.normalize("NFD", text))
    assert [one.symbol for one in composed.citations] == [one.symbol for one in loose.citations]
    assert [one.issued_on for one in composed.citations] == [
        one.issued_on for one in loose.citations
    ]
    assert [one.value for one in composed.targets] == [one.value for one in loose.targets]
    assert [one.value for one in composed.figures] == [one.value for one in loose.figures]
    done = [(one.held_on, one.title, one.persons) for one in composed.happenings]
    assert done == [(one.held_on, one.title, one.persons) for one in loose.happenings]
    for one, other in zip(composed.citations, loose.citations, strict=True):
        assert len(unicodedata.normalize("NFD", text[: one.start])) == other.start
        assert len(unicodedata.normalize("NFD", text[: one.end])) == other.end


PATHOLOGICAL = [
    "1/", "1-", "1.000.", "1 000 ", "12/KH-", "12/KH-UBND ", "KH ", "a", "\n", " ", ".", "(", "a: ", "5 hộ; ", "100% ", "phấn đấu 100% cấp ủy ",
    "đối thoại ", "đưa nội dung ", "5 hộ đạt 5% ", "\u0301", "Nguyễn Văn ", "ngày 1 tháng 1 năm ", "M Ậ T ", "1\n", "* ", "Số: ", "Luật ",
    "số 12-QĐ/TW của ", "từ 5 đến ", "5% (", "trở lên ", "đánh giá kết quả ", "năm 2026 (", "1,", "Căn cứ ",
    "Giao ", "giao UBND xã ", "giao UBND xã rà soát; ", "phối hợp với ", "Công an xã, ", "Sở Nội vụ và ", "trước ngày 1/1/2026 ", "Đơn vị chủ trì: ủy\n",
    "1. UBND xã:\n- rà soát các hộ, ", "hằng quý báo cáo ", "ngày 12/11/2026, UBND xã đã tổ chức ", "ngày 12/11/2026, UBND xã phối hợp với UBND xã ",
    "UBND xã tổ chức đối thoại ngày 12/11/2026. Hội nghị có 5 người. ", "tại nhà ông ", "5 lượt người, 5 người, ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_time_grows_with_the_length_and_not_with_its_square(piece):
    seconds_to_read(piece * 100)
    short, long = (seconds_to_read(piece * (size // len(piece))) for size in (8_000, 32_000))
    assert long < 0.2 + 10 * short


def test_a_long_document_is_read_in_seconds():
    text = "\n".join(make_resolution(seed).text for seed in range(90)) * 2
    assert len(text) > 200_000
    assert seconds_to_read(text) < 8


def seconds_to_read(text: str) -> float:
    """Return the CPU seconds of the quickest of three readings, without tidying what other tests left in memory."""
    taken = []
    gc.disable()
    try:
        for _ in range(3):
            begun = time.process_time()
            read(text)
            taken.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(taken)
