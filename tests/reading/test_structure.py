"""How a document is built: its parts as a tree, each with its span in the text as given."""

import unicodedata

from danvan.reading import as_lines, read, where
from danvan.reading.proposals import Part
from danvan.reading.structure import find_parts
from danvan.reading.view import View

DECREE = """CHÍNH PHỦ
Số: 901/2026/NĐ-CP
NGHỊ ĐỊNH
Quy định về việc thử
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Nghị định này quy định việc thử.
Điều 2. Đối tượng
1. Cơ quan thử, gồm:
a) Xã;
b) Phường.
2. Người thử. Việc thử làm theo khoản
15. của điều lệ cũ và
Điều 9. Luật Thử nghiệm thì người thử phải ký.
Chương II. VIỆC THỬ
Mục 1
THỬ LẦN ĐẦU
Điều 3. Trình tự
Bổ sung Điều 19a như sau:
“Điều 19a. Thử lại
1. Người thử làm lại.”
Mục 3 Chương II của nghị định cũ vẫn giữ.
Điều 3a. Việc thêm
Điều 4. Hiệu lực
Nghị định này có hiệu lực từ ngày ký.
PHỤ LỤC I
MẪU VĂN BẢN
Điều 1. ......
Điều 2. ......
"""
PLAN = """KẾ HOẠCH
A. ĐẶT VẤN ĐỀ
I. MỤC ĐÍCH
1. Mục đích chung
1.1. Việc thứ nhất;
- Ý một
+ Ý nhỏ
- Ý hai
a) Điểm một
b) Điểm hai
2) Yêu cầu
II. TỔ CHỨC
"""


def parts_of(text: str) -> list[Part]:
    return find_parts(View(text))


def told(parts: list[Part]) -> list[tuple[int, str, str]]:
    return [(one.depth, one.kind, one.number) for one in parts]


def test_a_decree_is_a_tree_of_chapters_articles_clauses_and_points():
    parts = parts_of(DECREE)
    assert told(parts) == [
        (0, "chapter", "I"),
        (1, "article", "1"),
        (1, "article", "2"),
        (2, "clause", "1"),
        (3, "point", "a"),
        (3, "point", "b"),
        (2, "clause", "2"),
        (0, "chapter", "II"),
        (1, "section", "1"),
        (2, "article", "3"),
        (3, "clause", "1"),
        (2, "article", "3a"),
        (2, "article", "4"),
        (0, "annex", "I"),
        (1, "article", "1"),
        (1, "article", "2"),
    ]
    assert [one.title for one in parts[:3]] == ["QUY ĐỊNH CHUNG", "Phạm vi", "Đối tượng"]
    assert parts[7].title == "VIỆC THỬ"
    assert parts[13].title == "MẪU VĂN BẢN"


def test_every_part_lies_within_the_part_it_stands_in():
    for text in (DECREE, unicodedata.normalize("NFD", DECREE), PLAN):
        parts = parts_of(text)
        for one in parts:
            assert 0 <= one.start < one.end <= len(text)
            if one.parent >= 0:
                holder = parts[one.parent]
                assert holder.start <= one.start
                assert one.end <= holder.end
                assert holder.depth == one.depth - 1
    clause = parts_of(DECREE)[3]
    assert DECREE[clause.start : clause.end] == "1. Cơ quan thử, gồm:\na) Xã;\nb) Phường."


def test_a_plan_is_a_tree_of_headings_and_lists():
    assert told(parts_of(PLAN)) == [
        (0, "heading", "A"),
        (0, "heading", "I"),
        (1, "clause", "1"),
        (2, "deep", "1.1"),
        (3, "item", ""),
        (4, "subitem", ""),
        (3, "item", ""),
        (3, "point", "a"),
        (3, "point", "b"),
        (1, "clause", "2"),
        (0, "heading", "II"),
    ]


def test_a_decision_and_the_regulation_it_promulgates_both_keep_their_articles():
    text = "Điều 1. Ban hành quy chế.\nĐiều 2. Hiệu lực.\nQUY CHẾ\nĐiều 1. Phạm vi\nĐiều 2. Nguyên tắc\nĐiều 4. Việc làm\n"
    assert [one.number for one in parts_of(text)] == ["1", "2", "1", "2", "4"]


def test_a_run_of_quoted_articles_does_not_take_the_place_of_the_next_own_one():
    text = "Điều 1. Sửa đổi điều sau:\nĐiều 4. Nội dung chi\nĐiều 2. Hiệu lực\n"
    assert [one.number for one in parts_of(text)] == ["1", "2"]


def test_articles_run_together_are_still_found():
    text = "Điều 7.1. Bầu cử theo nguyên tắc chung.2. Đại biểu chịu giám sát.Điều 8.1. Nhà nước phục vụ.Điều 9. Hội họp theo Điều 12 của luật."
    assert [one.number for one in parts_of(text) if one.kind == "article"] == ["7", "8", "9"]


def test_articles_of_the_codified_law_are_told_by_their_code_once():
    text = "Chương I\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 98.7.LQ.1. Phạm vi\n1. Một.\nĐiều 98.7.TT.3.12. Áp dụng\nDanh sách\nĐiều 98.7.LQ.1. Phạm vi\n"
    assert [one.number for one in parts_of(text) if one.kind == "article"] == [
        "98.7.LQ.1",
        "98.7.TT.3.12",
    ]


def test_long_gaps_are_bridged_where_more_follows():
    numbers = [1, 2, 3, 50, 51, 52, 53, 900, 1001, 0]
    text = "\n".join(f"Điều {number}. Việc" for number in numbers)
    assert [one.number for one in parts_of(text)] == ["1", "2", "3", "50", "51", "52", "53", "900"]


def test_a_text_without_parts_has_none():
    assert parts_of("Hôm nay xã họp.") == []
    assert parts_of("") == []
    assert parts_of("Phụ lục. Này " + "có rất nhiều chữ " * 15) == []


def test_an_annex_without_a_number_has_none():
    assert told(parts_of("PHỤ LỤC\nDANH SÁCH\n1. Xã A")) == [(0, "annex", ""), (1, "clause", "1")]


def test_a_line_tells_what_a_text_is_made_of():
    assert any("Cấu trúc: 2 chương, 1 mục, 7 điều" in line for line in as_lines(read(DECREE)))


def test_a_place_is_told_as_one_cites_it():
    parts = parts_of(DECREE)
    assert where(parts, DECREE.index("Phường.")) == "điểm b khoản 1 Điều 2"
    assert where(parts, DECREE.index("Người thử.")) == "khoản 2 Điều 2"
    assert where(parts, DECREE.index("Nghị định này quy")) == "Điều 1"
    assert where(parts, DECREE.index("NGHỊ ĐỊNH")) == ""
    assert where(parts, len(DECREE)) == ""
    assert where((), 3) == ""
    plan = parts_of(PLAN)
    assert where(plan, PLAN.index("Ý nhỏ")) == ""
    told = as_lines(read("NGHỊ QUYẾT\nĐiều 1. Chỉ tiêu\n1. Phấn đấu 95% hộ dân có nước sạch.\n"))
    assert any(line.endswith("(khoản 1 Điều 1)") for line in told)
