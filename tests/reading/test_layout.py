from danvan.reading.layout import clauses, find_sentences, index_at, mood_of, paragraphs
from danvan.reading.view import View


def told(text: str) -> list[tuple[str, int]]:
    view = View(text)
    return [(text[one.start : one.end], one.mood) for one in find_sentences(view.text, view.low)]


def test_sentences_end_where_a_capital_follows():
    assert told("Tham gia.Việc theo dõi tốt. TP. Vinh có 2.071 hộ... và 1. Giao việc!") == [
        ("Tham gia.", 0),
        ("Việc theo dõi tốt.", 0),
        ("TP. Vinh có 2.071 hộ... và 1. Giao việc!", 0),
    ]


def test_a_wrapped_line_goes_on():
    text = "Xã họp\nvà bàn việc.\nDòng mới.\na) Một mục."
    assert [text[start:end] for start, end in paragraphs(text)] == [
        "Xã họp\nvà bàn việc.",
        "Dòng mới.",
        "a) Một mục.",
    ]


def test_headings_give_their_section_a_mood():
    assert told(
        "I. Tình hình\nXã có 5 thôn.\nII. MỤC TIÊU\n1. Việc thứ nhất.\n2. Kết quả năm qua. Đã mở lớp.\n3. Việc khác.\n"
        "III. Tổ chức thực hiện\nGiao Ban Dân vận."
    ) == [
        ("I. Tình hình", -1),
        ("Xã có 5 thôn.", -1),
        ("II. MỤC TIÊU", 1),
        ("1. Việc thứ nhất.", 1),
        ("2. Kết quả năm qua.", -1),
        ("Đã mở lớp.", -1),
        ("3. Việc khác.", 1),
        ("III. Tổ chức thực hiện", 0),
        ("Giao Ban Dân vận.", 0),
    ]


def test_a_line_with_a_colon_opens_a_list_that_a_paragraph_closes():
    assert told("Chỉ tiêu đến năm 2030:\n- Việc một.\nĐoạn khác.") == [
        ("Chỉ tiêu đến năm 2030:", 1),
        ("- Việc một.", 1),
        ("Đoạn khác.", 0),
    ]


def test_a_heading_without_a_mood_keeps_the_outer_one():
    assert told("I. Mục tiêu\n1. Về dân vận\n- Việc một.") == [
        ("I. Mục tiêu", 1),
        ("1. Về dân vận", 1),
        ("- Việc một.", 1),
    ]


def test_the_word_that_comes_first_decides_a_mixed_heading():
    assert mood_of("kết quả thực hiện các chỉ tiêu") == -1
    assert mood_of("chỉ tiêu và kết quả cần đạt được") == 1
    assert mood_of("quan điểm") == 0
    assert mood_of("về việc khác") is None


def test_clauses_part_at_semicolons_and_colons():
    text = "Xã có: 5 thôn; 3 tổ"
    assert [text[start:end] for start, end in clauses(text, 0, len(text))] == [
        "Xã có:",
        "5 thôn;",
        "3 tổ",
    ]


def test_a_text_without_full_stops_is_cut():
    long = "từ " * 3000
    assert max(len(sentence) for sentence, _ in told(long)) <= 2500
    assert [len(sentence) for sentence, _ in told("a" * 6000)] == [2500, 2500, 1000]


def test_the_index_of_an_offset():
    assert [index_at([3, 7], offset) for offset in (0, 3, 6, 9)] == [-1, 0, 0, 1]
