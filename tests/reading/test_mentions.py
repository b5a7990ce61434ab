"""The documents a text names: mentions merged, relations with their words, drafts, joint documents, what contradicts itself."""

from datetime import date

import pytest

from danvan.reading import Gazetteer, as_lines, read
from danvan.reading.relations import tie_of

HEAD = "UBND XÃ AN HÒA\nSố: 15/KH-UBND\nAn Hòa, ngày 02 tháng 02 năm 2026\nKẾ HOẠCH\nDân vận năm 2026\n"


def named(text: str) -> list[str]:
    return [one.name for one in read(text).named_laws]


@pytest.mark.parametrize(
    ("text", "symbol", "kind"),
    [
        ("theo NQ số 18-NQ/TW", "18-NQ/TW", "resolution"),
        ("Nghị định 30/2020 về văn thư", "30/2020", "decree"),
        ("Nghị định 30 năm 2020 của Chính phủ", "30", "decree"),
        ("kế hoạch 12/kh-ubnd của xã", "12/KH-UBND", "plan"),
        ("Nghị quyết số 12-NQ-TW", "12-NQ/TW", "resolution"),
        ("Nghị quyết 15 NQ/TW", "15-NQ/TW", "resolution"),
        ("Quyết định số 7/2026/qđ-ttg", "7/2026/QĐ-TTg", "decision"),
        ("NQ15-NQ/TW", "15-NQ/TW", "resolution"),
        ("Quyết định số1234/QĐ-UBND", "1234/QĐ-UBND", "decision"),
        ("số 04 /NQ-HĐND", "04/NQ-HĐND", "resolution"),
        ("Nghị quyết số 25 — NQ/TW", "25-NQ/TW", "resolution"),
        ("Quyết định số 22-QĐ/ĐUK", "22-QĐ/ĐUK", "decision"),
    ],
)
def test_every_spelling_of_a_symbol_is_read(text, symbol, kind):
    assert [(one.symbol, one.document_type) for one in read(text).citations] == [(symbol, kind)]


def test_two_numbers_of_one_kind_are_two_documents():
    read_ones = read("Quyết định số 217 và 218 của Bộ Chính trị").citations
    assert [(one.symbol, one.type_words) for one in read_ones] == [
        ("217", "quyết định"),
        ("218", "quyết định"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Nghị quyết Đại hội XIV của Đảng",
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng",
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII",
        "Nghị quyết Đại hội đại biểu Đảng bộ xã An Hòa lần thứ I, nhiệm kỳ 2025-2030",
        "Nghị quyết Trung ương 8 khóa XIII",
        "Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương khóa XIII",
    ],
)
def test_resolutions_that_go_by_their_congress_are_named(name):
    (found,) = read(f"Căn cứ {name}; xã ban hành kế hoạch.").named_laws
    assert (found.name, found.document_type, found.rule) == (
        name,
        "resolution",
        "citation.congress",
    )


@pytest.mark.parametrize(
    "text",
    [
        "nghị quyết của xã đã ban hành",
        "Nghị quyết Đại hội số 01-NQ/ĐH ngày 01/8/2025",
        "Nghị quyết số 02-NQ/ĐH của Nghị quyết",
    ],
)
def test_a_resolution_with_a_number_is_not_named_again(text):
    assert named(text) == []


def test_a_law_without_a_number_bears_the_one_of_the_list_where_only_one_fits():
    told = {
        one.name: one.symbol
        for one in read(
            "Luật Tiếp công dân, Luật Tố cáo, Luật Công đoàn năm 2012, Luật Chẳng Thật."
        ).named_laws
    }
    assert told == {
        "Luật Tiếp công dân": "42/2013/QH13",
        "Luật Tố cáo": "",
        "Luật Công đoàn": "12/2012/QH13",
        "Luật Chẳng Thật": "",
    }
    known = Gazetteer(laws={"Luật Tố cáo": "1/1/X"})
    assert known.law_called("luật tố cáo") == "1/1/X"
    assert Gazetteer().law_called("Luật Tố cáo", on=date(2026, 1, 1)) == "25/2018/QH14"
    assert Gazetteer().law_called("Luật Tố cáo", on=date(2015, 1, 1)) == "03/2011/QH13"
    assert Gazetteer().law_called("Luật Tố cáo", on=date(1999, 1, 1)) == ""


def test_mentions_of_one_document_are_merged():
    text = (
        "Chỉ thị số 46-CT/TW ngày 01/12/2025 của Ban Bí thư. Chỉ thị số 46 nêu rõ; chỉ thị số 46-CT/TW. "
        "Luật Tiếp công dân, Luật Tiếp công dân. Nghị định số 5, Thông tư số 5."
    )
    told = [(one.symbol or one.name, len(one.mentions)) for one in read(text).documents]
    assert told == [("46-CT/TW", 3), ("42/2013/QH13", 2), ("5", 1), ("5", 1)]
    first = read(text).documents[0]
    assert (first.issued_on, first.issuers, first.document_type) == (
        date(2025, 12, 1),
        ("Ban Bí thư",),
        "directive",
    )
    assert [text[one.start : one.end] for one in first.mentions] == ["46-CT/TW", "46", "46-CT/TW"]


def test_two_days_for_one_document_are_no_day():
    text = "Kế hoạch số 9/KH-UBND ngày 01/02/2026; Kế hoạch số 9/KH-UBND ngày 01/03/2026"
    assert [one.issued_on for one in read(text).documents] == [None]


def test_joint_documents_bear_all_who_issued_them():
    text = "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"
    assert read(text).documents[0].issuers == (
        "Ủy ban Thường vụ Quốc hội",
        "Chính phủ",
        "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    )


def test_drafts_and_documents_asked_for_are_told_apart():
    text = (
        "Góp ý dự thảo Nghị quyết số 77/NQ-HĐND và dự thảo Luật Thử việc. "
        "Đề nghị các thôn gửi báo cáo kết quả dân vận về UBND xã trước ngày 15/6/2026; "
        "yêu cầu cung cấp dự thảo kế hoạch phối hợp cho Ban. Xã đã gửi báo cáo. "
        "Yêu cầu gửi Báo cáo số 5/BC-UBND."
    )
    told = [(one.symbol or one.name, one.standing) for one in read(text).documents]
    assert told == [
        ("77/NQ-HĐND", "draft"),
        ("Luật Thử việc", "draft"),
        ("báo cáo kết quả dân vận", "requested"),
        ("dự thảo kế hoạch phối hợp", "requested"),
        ("5/BC-UBND", ""),
    ]


def test_relations_bear_the_words_that_say_so():
    text = (
        "Căn cứ Nghị quyết Đại hội XIV của Đảng;\nTiếp tục thực hiện Kế hoạch số 09/KH-UBND ngày 05/01/2026.\n"
        "Xem Công văn số 7/UBND-NC.\nKế hoạch này thay thế Kế hoạch số 08/KH-UBND và bãi bỏ Quyết định số 6/QĐ-UBND. Kế hoạch số 08/KH-UBND."
    )
    reading = read(text)
    told = [
        (one.kind, reading.documents[one.document].symbol, text[one.start : one.end])
        for one in reading.relations
    ]
    assert told == [
        ("based_on", "", "Căn cứ Nghị quyết Đại hội XIV của Đảng"),
        ("continues", "09/KH-UBND", "Tiếp tục thực hiện Kế hoạch số 09/KH-UBND ngày 05/01/2026"),
        ("cites", "7/UBND-NC", "Công văn số 7/UBND-NC"),
        ("replaces", "08/KH-UBND", "thay thế Kế hoạch số 08/KH-UBND"),
        ("cites", "6/QĐ-UBND", "Quyết định số 6/QĐ-UBND"),
    ]
    assert any("thay thế 08/KH-UBND (vì: “thay thế" in line for line in as_lines(reading))


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Kế hoạch này có hiệu lực từ ngày 01/7/2026.", date(2026, 7, 1), None),
        ("Kế hoạch này có hiệu lực thi hành kể từ ngày ký.", date(2026, 2, 2), None),
        ("Quy chế này có hiệu lực từ ngày ký đến hết ngày 31/12/2030.", date(2026, 2, 2), date(2030, 12, 31)),
        ("Quy chế này hết hiệu lực từ ngày 31/12/2030.", None, date(2030, 12, 31)),
    ],
)  # fmt: skip
def test_from_when_until_when_a_document_holds(sentence, first, last):
    held = read(HEAD + sentence).in_force
    assert (held.first, held.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["Hôm nay.", "Luật có hiệu lực từ lâu.", "Việc này có hiệu lực từ tháng sau."]
)
def test_where_nothing_says_so_nothing_is_invented(text):
    assert read(text).in_force is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Chỉ thị số 46-CT/TW của Tỉnh ủy An Hòa", True),
        ("Quyết định số 5/QĐ-TTg của Chính phủ", True),
        ("Nghị quyết số 5/NQ-HĐND của Ủy ban nhân dân xã", True),
        ("Chỉ thị số 46-CT/TW của Ban Bí thư", False),
        ("Quyết định số 5/QĐ-UBND của Chủ tịch UBND xã", False),
        ("Quyết định số 5/QĐ-UBND của cơ quan ấy", False),
        ("Hướng dẫn số 5/HD-MTTQ-BTT của Ban Thường trực Ủy ban Mặt trận Tổ quốc xã", False),
        ("Kế hoạch số 5/KH-XYZ của Chính phủ", False),
    ],
)
def test_an_issuer_that_its_symbol_excludes_is_told(text, wrong):
    assert [note.kind for note in read(text).notes] == ["issuer"] * wrong


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Kế hoạch số 9/KH-UBND đã được thay thế bởi Kế hoạch số 8/KH-UBND.", ["cites", "cites"]),
        ("(Ban hành kèm theo Quyết định số 5/QĐ-UBND)", ["promulgates"]),
        ("Thực hiện chế độ báo cáo theo Quyết định số 5/QĐ-UBND.", ["cites"]),
        ("Thực hiện " + "việc này " * 20 + "Quyết định số 5/QĐ-UBND.", ["cites"]),
        ("Đề nghị Tỉnh ủy sớm ban hành chỉ thị thay thế Chỉ thị số 5-CT/TU.", ["cites"]),
        ("Trả lời Công văn số 5/UBND-NC, xã có ý kiến.", ["answers"]),
        ("Sơ kết 05 năm thực hiện Nghị quyết số 4-NQ/TU.", ["reviews"]),
    ],
)
def test_only_what_this_text_does_itself_is_a_relation(text, kinds):
    assert [one.kind for one in read(text).relations] == kinds


def test_a_tie_tells_the_words_it_rests_on():
    text = "Thay thế Kế hoạch số 9/KH-UBND"
    tie = tie_of(text, (9, len(text)), [(9, len(text))])
    assert tie is not None
    assert tie.reason == f"văn bản ghi “{text}”"
