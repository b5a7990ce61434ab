"""Bad input: too long, foreign, empty, binary, numbers without end, nesting without end. Never a crash, time by length."""

import gc
import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.reading import as_json, as_lines, extract, read, why_unreadable
from danvan.reading.proposals import ReadingError
from danvan.reading.view import View
from tests.reading.resolutions import make_resolution

# Pieces that one rule or another begins at; repeated without end they must not cost more than their length.
PIECES = [
    "1\t2\n", "a\t1\n", "Điều 1. ", "Điều 1.\nĐiều 2.\n", "Điều 0.\n", "1. a\n", "a) b\n- c\n", "Chương I\n", "PHỤ LỤC I\n", "số số ",
    "ngày ngày 1 ", "-\nA", "46-\n", "$a", "2O2", "Luật A, ", "dự thảo Nghị quyết số 1/NQ-HĐND ", "Nghị quyết Đại hội ",
    "đề nghị gửi báo cáo ", "thực hiện Nghị quyết số 1/NQ-HĐND, ", "Căn cứ Luật A; ", "từ 5 tổ lên 6 tổ, tăng 5%, ", "gồm 5 tổ, 6 tổ, ",
    "hai mươi ", "một trăm ", "12/kh-ubnd ", "12 kh ", "Quyết định số 1 và 2 và ", "này có hiệu lực từ ngày 1/1/2026 ", "((((((", "“Điều 1a. ",
    "I. ", "1.1.1. ", "Điều 8.9.LQ.1. ", "ñ ö ", "µ ¸ ", "\u200b", "ơ\u0323", "năm 2021: 5 buổi; ", "ba (03) ", "5 (năm) ", "1\u0301", "1 ",
]  # fmt: skip
FOREIGN = "The committee shall hold a dialogue with the people of every village in the district each year. "


def seconds_to_read(text: str) -> float:
    """Return the CPU seconds of the quicker of two readings, without tidying what other tests left in memory."""
    taken = []
    gc.disable()
    try:
        for _ in range(2):
            begun = time.process_time()
            read(text)
            taken.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(taken)


@pytest.mark.parametrize("piece", PIECES)
def test_what_is_repeated_without_end_costs_its_length_and_no_more(piece):
    short, long = (seconds_to_read(piece * (size // len(piece))) for size in (1_500, 6_000))
    assert long < 0.1 + 10 * short


def test_a_hundred_thousand_numbers_in_a_row_are_passed_over():
    reading = read(" ".join(str(number) for number in range(100_000)))
    assert reading.targets == ()
    assert reading.citations == ()
    assert len(reading.figures) < 10


def test_brackets_and_lists_nested_without_end_are_a_tree_all_the_same():
    text = "I. a\n1. b\n1.1. c\na) d\n- e\n+ f\n" * 500
    parts = read(text).parts
    assert max(part.depth for part in parts) == 5
    assert read("(" * 20_000 + "5 hộ" + ")" * 20_000).citations == ()


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\x00\x01\x02" * 50, FOREIGN * 20, "\ud800\udfff", "\U0010ffff" * 100, "İ" * 50, "\r\n" * 100, "\u0301" * 100],
)  # fmt: skip
def test_nothing_to_read_reads_as_nothing(text):
    reading = read(text)
    assert (reading.citations, reading.targets, reading.figures) == ((), (), ())
    assert as_json(reading)
    assert as_lines(reading)


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf", "exe"])
def test_any_bytes_are_read_or_refused_in_a_sentence(kind):
    dice = random.Random(7)
    for size in (0, 1, 10, 1_000):
        for head in (b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0"):
            try:
                told = extract(head + dice.randbytes(size), kind).text
            except ReadingError as refused:
                told = str(refused)
                assert "Đồng chí vui lòng" in told
            assert told


LETTERS = st.sampled_from(
    "aăâđêôơưàảãáạ0123456789 \n\t.,;:-/()%“”ĐUBNDKHQCT$§lO\u0301\u0323\u200b\u00a0"
)
ANYTHING = st.one_of(
    st.text(max_size=300),
    st.text(LETTERS, max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.binary(max_size=300).map(lambda content: content.decode("latin-1")),
)


def check(text: str) -> None:
    """Everything that is read lies within the text, stands in order and can be told."""
    reading = read(text)
    found = [
        *reading.citations, *reading.named_laws, *reading.targets, *reading.figures, *reading.norms, *reading.notes,
        *reading.parts, *reading.documents, *reading.relations, *reading.tables,
    ]  # fmt: skip
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
    for at, part in enumerate(reading.parts):
        assert -1 <= part.parent < at
        assert part.depth == (reading.parts[part.parent].depth + 1 if part.parent >= 0 else 0)
    for one in reading.relations:
        assert 0 <= one.document < len(reading.documents)
    for table in reading.tables:
        for row in table.rows:
            for cell in row:
                assert 0 <= cell.start <= cell.end <= len(text)
    as_json(reading)
    as_lines(reading)
    told = why_unreadable(text)
    assert told is None or told.endswith(".")


@given(ANYTHING)
def test_no_text_breaks_the_reading_and_nothing_read_leaves_it(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_a_text_has_one_view_however_its_letters_are_composed(text):
    # Marks that stand alone may join the letter before them; the signs of old fonts are whole letters.
    if set("\u0301ñö") & set(text):
        return
    assert (
        View(unicodedata.normalize("NFD", text)).text
        == View(unicodedata.normalize("NFC", text)).text
    )


@pytest.mark.soak
def test_documents_with_letters_torn_out_and_thrown_about_are_read():
    """Fuzz: made-up resolutions with pieces doubled, dropped, moved and replaced by anything."""
    dice = random.Random(2026)
    for seed in range(3_000):
        text = make_resolution(seed % 90).text
        for _ in range(dice.randint(1, 60)):
            at, size = dice.randrange(len(text) + 1), dice.randint(0, 40)
            new = dice.choice(
                ["", text[at : at + size] * 2, dice.choice(PIECES) * dice.randint(1, 30), chr(dice.randrange(0x3000)), "\n", "\t"]
            )  # fmt: skip
            text = text[:at] + new + text[at + size :]
        check(text)


@pytest.mark.soak
def test_ten_megabytes_take_ten_times_as_long_as_one():
    text = "\n".join(make_resolution(seed).text for seed in range(90))
    million = (text * (1_000_000 // len(text.encode()) + 1))[
        : 1_000_000 * len(text) // len(text.encode())
    ]
    one, ten = seconds_to_read(million), seconds_to_read(million * 10)
    assert ten < 1 + 13 * one
