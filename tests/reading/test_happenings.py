"""What was done on one day: read with who led it, where, with how many; never a plan, a sum or a cited day."""

import unicodedata
from datetime import date

import pytest

from danvan.reading import as_json, as_lines, read

HEAD = (
    "ĐẢNG ỦY XÃ MÔN SƠN\n*\nSố {symbol}\nĐẢNG CỘNG SẢN VIỆT NAM\nMôn Sơn, ngày 20 tháng 11 năm 2026\n{kind}\n"
    "về công tác dân vận\n"
)
DIALOGUE = (
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại với Nhân dân, có 168 người dự, "
    "23 lượt ý kiến của 19 người."
)


def only(text):
    [one] = read(text).happenings
    return one


def test_one_thing_done_is_read_whole():
    one = only(DIALOGUE)
    assert (one.measure, one.held_on, one.title) == (
        "dialogue",
        date(2026, 11, 12),
        "Hội nghị đối thoại với Nhân dân",
    )
    assert (one.lead.words, one.lead.kind) == ("Đảng ủy xã Môn Sơn", "party_committee")
    assert (one.lead.levels, one.lead.place) == (("commune",), "xã Môn Sơn")
    assert (one.quantity, one.persons, one.opinions, one.attendance) == (1, 168, 23, None)
    assert (DIALOGUE[one.start : one.end], one.rule) == (DIALOGUE[:-1], "happening.told")
    assert one.confidence == 0.85  # never measured, so never taken in one go
    assert one.reason == (
        "Vì: “đã” + ngày 12/11/2026 + cơ quan làm + “tiếp xúc, đối thoại với Nhân dân”"
    )


def test_those_it_was_done_together_with_are_named():
    one = only(
        "Ngày 12/11/2026, Đảng ủy xã Môn Sơn phối hợp với Ủy ban MTTQ Việt Nam xã Môn Sơn, Hội Nông dân xã đã tổ chức "
        "hội nghị đối thoại với Nhân dân."
    )
    assert one.lead.words == "Đảng ủy xã Môn Sơn"
    assert [(by.words, by.kind) for by in one.supports] == [
        ("Ủy ban MTTQ Việt Nam xã Môn Sơn", "front_committee"),
        ("Hội Nông dân xã", "farmers_union"),
    ]
    assert only(DIALOGUE).supports == ()


SENTENCES = [
    (
        ("Sáng 05/10/2026, tại Nhà văn hóa bản Cằng, Ủy ban MTTQ Việt Nam xã Môn Sơn phối hợp với Hội Nông dân xã "
        "tổ chức 02 lớp tập huấn kỹ năng giám sát cho 45 học viên."),
        {
            "measure": "training", "held_on": date(2026, 10, 5), "quantity": 2, "persons": 45,
            "place": "Nhà văn hóa bản Cằng", "title": "Lớp tập huấn kỹ năng giám sát", "rule": "happening.dated",
        },
    ),
    (
        ("Ban Thường vụ Đảng ủy xã Môn Sơn đã làm việc với Ủy ban MTTQ xã về công tác quý IV vào ngày 20/10/2026 "
        "tại trụ sở xã."),
        {
            "measure": "working_session", "place": "Trụ sở xã",
            "title": "Làm việc với Ủy ban MTTQ xã về công tác quý IV",
        },
    ),
    (
        ("Thực hiện Kế hoạch số 12-KH/ĐU, ngày 05/01/2026 của Đảng ủy xã, chiều 10/03/2026, Đảng ủy xã Môn Sơn đã "
        "tiến hành kiểm tra 03 chi bộ."),
        {"measure": "inspection", "held_on": date(2026, 3, 10), "title": "Kiểm tra 03 chi bộ"},
    ),
    (
        ("- Ngày 03 tháng 4 năm 2026, UBND xã Châu Khê đã tổ chức hội nghị tuyên truyền, phổ biến Luật Đất đai, "
        "thu hút 1.205 lượt người tham gia, trong đó 300 đảng viên."),
        {
            "measure": "dissemination", "attendance": 1205, "persons": None,
            "title": "Hội nghị tuyên truyền, phổ biến Luật Đất đai",
        },
    ),
    (
        "Ủy ban MTTQ Việt Nam xã Con Cuông đã tổ chức hội nghị phản biện xã hội dự thảo Nghị quyết (02/07/2026).",
        {"measure": "social_criticism", "lead.kind": "front_committee"},
    ),
    (
        ("Ngày 12/11/2026, Hội Nông dân xã Môn Sơn phối hợp với Đoàn Thanh niên xã đã tổ chức một buổi tuyên truyền "
        "về nếp sống văn hóa."),
        {"measure": "dissemination", "quantity": 1, "rule": "happening.told"},
    ),
    (
        "Ngày 20/12/2026, Công an xã vừa tổ chức hội nghị tuyên truyền về an toàn giao thông.",
        {"lead.words": "Công an xã", "lead.kind": "", "rule": "happening.told"},
    ),
    # About so many, and several groups of people, are no number to count with.
    (
        "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại, có khoảng 200 người dự.",
        {"persons": None, "title": "Hội nghị đối thoại"},
    ),
    (
        "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại với 45 cán bộ và 120 hội viên.",
        {"persons": None, "attendance": None},
    ),
    (
        "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã đối thoại với Nhân dân, có 100 lượt người, 168 đại biểu dự.",
        {"attendance": 100, "persons": None},
    ),
    # Named people are in none of its parts.
    (
        ("Ngày 12/11/2026, đồng chí Lô Văn An, Bí thư Đảng ủy xã Môn Sơn đã chủ trì hội nghị đối thoại giữa đồng chí "
        "Lô Văn An với Nhân dân tại nhà ông Vi Văn Bình."),
        {"lead.words": "Bí thư Đảng ủy xã Môn Sơn", "title": "Hội nghị đối thoại", "place": ""},
    ),
    # "tại hội nghị" is no place.
    (
        "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã đối thoại với hộ dân tại buổi tiếp dân ở bản Cằng.",
        {"place": "Bản Cằng"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_what_people_write_is_read(sentence, wanted):
    one = only(sentence)
    found = {}
    for name in wanted:
        part = one
        for step in name.split("."):
            part = getattr(part, step)
        found[name] = part
    assert found == wanted
    told = f"{one.title} {one.place} {one.lead.words}"
    assert "Lô Văn An" not in told
    assert "Vi Văn Bình" not in told


NOTHING = [
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn sẽ tổ chức hội nghị đối thoại với Nhân dân.",
    "Dự kiến ngày 12/11/2026, Đảng ủy xã Môn Sơn tổ chức hội nghị đối thoại với Nhân dân.",
    "Trong năm 2026, tính đến ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức 12 cuộc đối thoại.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức 12 cuộc đối thoại.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức 00 cuộc đối thoại.",
    "Từ ngày 01/11/2026 đến ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại.",
    "Trước ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại.",
    "Tháng 11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại với Nhân dân.",
    "Ngày 12/11, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại với Nhân dân.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức lễ chào cờ.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị tổng kết công tác giám sát.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã ban hành văn bản định hướng hoạt động.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn nghe báo cáo về đối thoại.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn giám sát việc thu quỹ.",
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn phối hợp với Hội Nông dân xã trồng cây.",
    "Ngày 12/11/2026, đã tổ chức hội nghị đối thoại với Nhân dân.",
    "Theo Kế hoạch số 12-KH/ĐU, ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại.",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_plan_a_sum_a_loose_day_or_another_matter_is_nothing_done(sentence):
    assert read(sentence).happenings == ()


def test_nothing_is_done_after_the_day_of_its_document():
    report = HEAD.format(symbol="45-BC/ĐU", kind="BÁO CÁO")
    assert only(report + DIALOGUE).held_on == date(2026, 11, 12)
    later = DIALOGUE.replace("12/11/2026", "12/12/2026")
    assert read(report + later).happenings == ()


def test_a_plan_tells_only_of_what_it_says_was_done_and_a_law_of_nothing():
    plan = HEAD.format(symbol="45-KH/ĐU", kind="KẾ HOẠCH")
    assert only(plan + DIALOGUE).measure == "dialogue"
    assert read(plan + DIALOGUE.replace("đã ", "")).happenings == ()
    goals = plan + "II. Mục tiêu\n1. " + DIALOGUE
    assert read(goals).happenings == ()
    decree = (
        "NGHỊ ĐỊNH\nSố: 15/2026/NĐ-CP\nHà Nội, ngày 20 tháng 11 năm 2026\nNGHỊ ĐỊNH\nquy định\n"
    )
    assert read(decree + DIALOGUE).happenings == ()


FIRST = "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại với Nhân dân."
FOLLOWING = [
    (" Hội nghị có 168 lượt người dự, 23 ý kiến.", (168, 23), True),
    (" Hội nghị thành công tốt đẹp.", (None, None), False),
    (" Hội nghị đã bế mạc.", (None, None), False),
    (" Dự kiến có 168 lượt người dự.", (None, None), False),
    (" Tham dự hằng năm có 168 lượt người.", (None, None), False),
    ("\nHội nghị có 168 lượt người dự.", (None, None), False),
    (" Hội nghị ngày 15/11/2026 có 168 lượt người dự.", (None, None), False),
    ("", (None, None), False),
]


@pytest.mark.parametrize(("more", "counts", "longer"), FOLLOWING)
def test_the_next_sentence_may_tell_how_many_came(more, counts, longer):
    text = FIRST + more
    one = only(text)
    assert (one.attendance, one.opinions) == counts
    assert text[one.start : one.end] == ((text if longer else FIRST).rstrip("."))


def test_each_sentence_of_a_report_is_its_own():
    second = "Ngày 13/11/2026, UBND xã Châu Khê đã tiến hành kiểm tra công tác tiếp công dân."
    found = read(f"{FIRST}\n{second}\n{DIALOGUE}").happenings
    assert [(one.measure, one.held_on.day) for one in found] == [
        ("dialogue", 12),
        ("inspection", 13),
        ("dialogue", 12),
    ]


def test_a_day_torn_between_two_lines_belongs_to_neither():
    torn = DIALOGUE.replace("12/11/2026", "12 tháng 11 năm\n2026")
    found = read(f"{torn}\n{FIRST}").happenings
    assert [one.start for one in found] == [len(torn) + 1]


def test_offsets_point_into_the_text_as_it_was_given():
    loose = unicodedata.normalize("NFD", f"Tin vắn.\u00a0\n{DIALOGUE}")
    one = only(loose)
    assert unicodedata.normalize("NFC", loose[one.start : one.end]) == DIALOGUE[:-1]
    assert unicodedata.normalize("NFC", loose[one.sentence.start : one.sentence.end]) == DIALOGUE


def test_it_is_told_in_lines_and_as_json():
    reading = read(DIALOGUE.replace(", có", " tại hội trường xã, có"))
    [line] = [line for line in as_lines(reading) if line.startswith("  - 12/11/2026, Đảng ủy")]
    assert "Hội nghị đối thoại với Nhân dân, tại Hội trường xã [" in line
    [plain] = as_json(reading)["happenings"]
    assert (plain["held_on"], plain["persons"], plain["lead"]["kind"]) == (
        "2026-11-12",
        168,
        "party_committee",
    )
    bare = "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã giám sát."
    assert only(bare).title == ""
    assert any("Đảng ủy xã Môn Sơn: giám sát [" in line for line in as_lines(read(bare)))
