"""What copying and scanning did to a text is mended for reading, told, and offsets stay those of the text as given."""

import re
import unicodedata
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.reading import extract, read, why_unreadable
from danvan.reading.offsets import Way
from danvan.reading.old_fonts import TCVN3, VNI, kind_of, to_unicode
from danvan.reading.view import View

SOUND = (
    "Căn cứ Quyết định số 12/2025/QĐ-UBND ngày 05 tháng 6 năm 2025 của Ủy ban nhân dân tỉnh về công tác dân vận; "
    "phấn đấu 95% số hộ được tuyên truyền."
)


def typed_in(font: str, text: str) -> str:
    """The text as a font of before Unicode holds it."""
    if font == "vni":
        back = {letter: sign for sign, letter in reversed(VNI.items())}
        return "".join(back.get(letter, letter) for letter in text)
    back = {letter: chr(code) for code, letter in TCVN3.items()}
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in text)


@pytest.mark.parametrize(
    ("given_text", "seen"),
    [
        ("Nghị quyết số số 46-CT/TW", "Nghị quyết số 46-CT/TW"),
        ("Kết luận của của Ban Bí thư", "Kết luận của Ban Bí thư"),
        ("ngày ngày 5 tháng tháng 6 năm năm 2025", "ngày 5 tháng 6 năm 2025"),
        ("Chỉ thị số 46-\nCT/TW", "Chỉ thị số 46-CT/TW"),
        ("Kế hoạch 12/KH-\n UBND của xã", "Kế hoạch 12/KH-UBND của xã"),
        ("công tác tuyên-\ntruyền ở thôn", "công tác tuyên truyền ở thôn"),
        ("sửa đổi, bổ $ung Điều 3", "sửa đổi, bổ sung Điều 3"),
        ("§ố 12", "Số 12"),
        ("năm 2O25", "năm 2025"),
        ("Quyết định số l5/QĐ-UBND và 2l/KH-UBND", "Quyết định số 15/QĐ-UBND và 21/KH-UBND"),
    ],
)
def test_small_damage_is_mended_and_told(given_text, seen):
    view = View(given_text)
    assert view.text == seen
    assert view.notes()
    for note in view.notes():
        assert note.kind == "repair"
        assert note.sentence.endswith(".")
        assert 0 <= note.start < note.end <= len(given_text)


@pytest.mark.parametrize(
    "text",
    [
        "Luôn luôn gần dân, dần dần đổi mới, năm năm qua, ngày ngày có mặt",
        "Phát triển kinh tế -\nxã hội",
        "giá 5$ một suất",
        "các ban, các ngành; số 5 - UBND xã",
    ],
)
def test_what_is_no_damage_stays(text):
    assert View(text).text == text
    assert View(text).notes() == []


def test_a_torn_and_doubled_symbol_is_read_and_led_back_to_what_stands_there():
    text = "Thực hiện Kết luận số số 91-\nKL/TW ngày 02/3/2026"
    (citation,) = read(text).citations
    assert citation.symbol == "91-KL/TW"
    assert text[citation.start : citation.end] == "91-\nKL/TW"
    assert [note.kind for note in read(text).notes] == ["repair", "repair"]


@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_text_in_an_old_font_is_read_where_the_table_makes_it_certain(font):
    typed = typed_in(font, SOUND)
    assert kind_of(typed) == font
    assert to_unicode(typed, font).lower() == SOUND.lower()
    reading = read(typed)
    (citation,) = reading.citations
    assert citation.symbol == "12/2025/QĐ-UBND"
    assert typed[citation.start : citation.end].startswith("12/2025/Q")
    assert [target.value for target in reading.targets] == [95]
    assert [note.kind for note in reading.notes] == ["old_font"]
    assert why_unreadable(typed) is None


def test_a_file_in_an_old_font_is_led_to_unicode():
    told = extract(typed_in("tcvn3", SOUND).encode("latin-1"), "txt")
    assert told.text.lower() == SOUND.lower()
    assert told.old_font == "tcvn3"
    assert extract(SOUND.encode(), "txt").old_font == ""


@pytest.mark.parametrize(
    "text",
    ["Cà phê và trà là quà", "x µ ¸ y", "Ångström þing §12 ®", SOUND, "", "Tài liệu ©2026, 5± 3°"],
)
def test_what_is_no_old_font_is_left_alone(text):
    assert kind_of(text) == ""
    assert View(text).text.translate({0xA0: " "}) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "không có chữ nào"),
        (" \n\t ... ", "không có chữ nào"),
        ("\x00\x01\x02PK\x03\x04" * 40, "không phải là chữ"),
        ("The committee shall meet with the people of every village and report on its work by the end of " * 3, "không phải tiếng Việt"),
        ("Комитет проводит встречи с гражданами каждый месяц " * 5, "không phải tiếng Việt"),
        (re.sub("[àáâê]", "", SOUND + " Hà Nội, ngày 26 tháng 9. Các xã báo cáo."), "mất một phần chữ"),
        ("a " * 7_000_000, "12 triệu"),
        ("Nghi quyet ve cong tac dan van cua Dang bo tinh nay", "không có dấu"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_whole_sentence(text, told):
    sentence = why_unreadable(text)
    assert sentence is not None
    assert told in sentence
    assert "Đồng chí vui lòng" in sentence


@pytest.mark.parametrize(
    "text", [SOUND, "5 hộ", "12 34 56 " * 100_000, SOUND + " The people of the village. " * 3]
)
def test_what_can_be_read_is_not_refused(text):
    assert why_unreadable(text) is None


LETTERS = st.text("aàệđ số\n-/CT12$oO\u0301\u0323\u00ad\u200b\u00a0–", max_size=60)


@given(LETTERS)
def test_every_place_of_the_view_leads_back_into_the_text(raw):
    view = View(raw)
    ends = [view.span(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= start < end <= len(raw) for start, end in ends)
    assert [start for start, _ in ends] == sorted(start for start, _ in ends)
    for at, letter in enumerate(view.text):
        if letter in "CT12":
            # A digit or a capital comes from itself, or from the letter a scanner took for it.
            assert any(sign in view.surface(at, at + 1) for sign in (letter, "I", "l"))


@given(
    st.text("abc", max_size=12),
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("xy", max_size=3)), max_size=4
    ),
)
def test_a_way_leads_every_span_back_to_what_it_was_made_of(source, wanted):
    edits, at = [], 0
    for gap, size, words in wanted:
        start = at + gap
        if start + size > len(source):
            break
        edits.append((start, start + size, words))
        at = start + size
    way = Way(source, edits)
    for at, letter in enumerate(way.text):
        start, end = way.span(at, at + 1)
        assert 0 <= start <= end <= len(source)
        if letter in "abc":
            assert source[start:end] == letter


@pytest.mark.parametrize(
    ("font", "kind", "seen"),
    [
        (".VnTime", "tcvn3", "dân vận"),
        (".VnTimeH", "tcvn3", "DÂN VẬN"),
        ("VNI-Times", "vni", "dân vận"),
        ("Times New Roman", "", "dân vận"),
    ],
)
def test_a_run_of_a_word_file_in_an_old_font_is_led_to_unicode(font, kind, seen):
    document = docx.Document()
    run = document.add_paragraph("Công tác ").add_run(
        typed_in(kind, "dân vận") if kind else "dân vận"
    )
    run.font.name = font
    buffer = BytesIO()
    document.save(buffer)
    assert extract(buffer.getvalue(), "docx").text == f"Công tác {seen}"
