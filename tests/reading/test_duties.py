"""Duties read from regulations: written out ones, and ones made up with their answers."""

import random

import pytest

from danvan.reading.duties import ADVISE, CORE, LEAD, ORGANISE, find_duties

TEXT = """QUY CHẾ
công tác dân vận của hệ thống chính trị

Chương II
TRÁCH NHIỆM CỦA CÁC TỔ CHỨC

Điều 5. Trách nhiệm của cấp ủy các cấp
1. Lãnh đạo, chỉ đạo thực hiện nghị quyết về công tác dân vận trên địa bàn.
2. Định kỳ hằng năm làm việc với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội.
a) Cho ý kiến vào chương trình công tác năm của các tổ chức.

Điều 6. Trách nhiệm của Ủy ban nhân dân các cấp
1. Thể chế hóa chủ trương của Đảng thành chính sách sát với đời sống nhân dân.
2. Tiếp công dân, đối thoại với nhân dân theo quy định của pháp luật.

Điều 7. Tổ chức thực hiện
1. Ban Dân vận Tỉnh ủy có trách nhiệm tham mưu, hướng dẫn, kiểm tra việc thực hiện Quy chế này.
2. Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh:
a) Làm nòng cốt tập hợp, vận động các tầng lớp nhân dân;
b) Giám sát và phản biện xã hội theo Quyết định đã ban hành.
3. Quy chế này có hiệu lực kể từ ngày ký.
"""


def _read(text=TEXT):
    return [(one.clause, one.role, {d.kind for d in one.doers}) for one in find_duties(text)]


def test_each_clause_gives_its_duty_with_who_and_what_they_are_in_it():
    assert _read() == [
        ("Điều 5, khoản 1", LEAD, {"party_committee"}),
        ("Điều 5, khoản 2", LEAD, {"party_committee"}),
        ("Điều 5, khoản 2, điểm a", LEAD, {"party_committee"}),
        ("Điều 6, khoản 1", ORGANISE, {"peoples_committee"}),
        ("Điều 6, khoản 2", ORGANISE, {"peoples_committee"}),
        ("Điều 7, khoản 1", ADVISE, {"advisory_board"}),
        ("Điều 7, khoản 2, điểm a", CORE, {"front_committee"}),
        ("Điều 7, khoản 2, điểm b", CORE, {"front_committee"}),
    ]


def test_the_span_holds_the_words_as_they_stand_in_the_text():
    first, *_ = find_duties(TEXT)
    assert TEXT[first.start : first.end].startswith("Lãnh đạo, chỉ đạo thực hiện nghị quyết")
    assert first.words == "Lãnh đạo, chỉ đạo thực hiện nghị quyết về công tác dân vận trên địa bàn"
    assert first.reason.startswith("Vì: ")
    assert 0 < first.confidence <= 1


def test_a_role_that_no_verb_tells_is_less_sure():
    told, untold = find_duties(TEXT)[:2]
    assert "lãnh đạo" in told.reason
    assert "vai trò thường có" in untold.reason
    assert untold.confidence < told.confidence


@pytest.mark.parametrize("text", ["", "Điều 1. Phạm vi điều chỉnh", "1. Hiệu lực\n2. Nơi nhận:", "a) \nĐiều 9.\n-\n"])  # fmt: skip
def test_where_nobody_is_told_anything_there_is_no_duty(text):
    assert find_duties(text) == []


def test_a_new_chapter_forgets_whom_the_last_heading_named():
    text = TEXT.replace(
        "Điều 7. Tổ chức thực hiện", "Chương III\n1. Lãnh đạo việc thực hiện nghị quyết này."
    )
    assert "" not in {one.clause for one in find_duties(text)}
    assert [one.clause for one in find_duties(text)][5] == "khoản 1"


HOLDERS = (
    ("cấp ủy các cấp", "party_committee"),
    ("Ủy ban nhân dân cấp xã", "peoples_committee"),
    ("Hội đồng nhân dân tỉnh", "peoples_council"),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã", "front_committee"),
    ("Hội Nông dân tỉnh", "farmers_union"),
    ("Ban Dân vận Tỉnh ủy", "advisory_board"),
)
ACTS = (
    ("lãnh đạo việc xây dựng nghị quyết chuyên đề", LEAD),
    ("tham mưu cấp ủy về công tác dân vận", ADVISE),
    ("tổ chức thực hiện chương trình phối hợp hằng năm", ORGANISE),
    ("vận động nhân dân tham gia phong trào thi đua", CORE),
)


@pytest.mark.parametrize("seed", range(40))
def test_made_up_regulations_are_read_as_they_were_made(seed):
    chance = random.Random(seed)
    text, wanted = ["QUY CHẾ", "phối hợp công tác dân vận", ""], []
    for article in range(1, chance.randint(3, 7)):
        words, kind = chance.choice(HOLDERS)
        headed = chance.random() < 0.6
        title = f"Trách nhiệm của {words}" if headed else "Nội dung phối hợp"
        text.append(f"Điều {article}. {title}")
        for clause in range(1, chance.randint(2, 5)):
            act, role = chance.choice(ACTS)
            if headed:
                text.append(f"{clause}. {act[0].upper()}{act[1:]}.")
            else:
                words, kind = chance.choice(HOLDERS)
                text.append(f"{clause}. {words[0].upper()}{words[1:]} có trách nhiệm {act};")
            wanted.append((f"Điều {article}, khoản {clause}", role, {kind}))
    assert _read("\n".join(text)) == wanted


def test_too_few_words_after_the_verb_are_no_duty():
    assert find_duties("Điều 5. Trách nhiệm của cấp ủy các cấp\n1. Lãnh đạo chung.") == []
