from datetime import date

import pytest

from danvan.reading import Gazetteer, read


def cited(text: str) -> list[tuple[str, date | None, str, str]]:
    return [
        (one.symbol, one.issued_on, one.document_type, one.issuer) for one in read(text).citations
    ]


@pytest.mark.parametrize(
    ("text", "symbol", "day", "kind", "issuer"),
    [
        ("Theo Chỉ thị số 09-CT/TU, ngày 4/5/2024 của Ban Thường vụ Tỉnh ủy về dân vận.", "09-CT/TU", date(2024, 5, 4), "directive", "Ban Thường vụ Tỉnh ủy"),
        ("theo kế hoạch số số 46 - KH/ĐU Ngày 16/5/2025", "46-KH/ĐU", date(2025, 5, 16), "plan", "Đảng ủy"),
        ("Nghị định số 12/2025/NĐ-CP ngày 14 tháng 11 năm 2025", "12/2025/NĐ-CP", date(2025, 11, 14), "decree", "Chính phủ"),
        ("Luật Khiếu nại số 02/2011/QH13", "02/2011/QH13", None, "law", "Quốc hội"),
        ("Nghị quyết số 20/2025/QH15 ngày 12/6/2025", "20/2025/QH15", date(2025, 6, 12), "resolution", "Quốc hội"),
        ("Hướng dẫn số 06-HD/BDVTW của Ban Dân vận Trung ương, ban hành ngày 19/02/2020", "06-HD/BDVTW", date(2020, 2, 19), "guidance", "Ban Dân vận Trung ương"),
        ("Công văn số 19/SNV ngày 02/2/2021 của Sở Nội vụ.", "19/SNV", date(2021, 2, 2), "official_letter", "Sở Nội vụ"),
        ("Thông tri số 04/TT-MTTW-BTT", "04/TT-MTTW-BTT", None, "circular", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"),
        ("Quy chế phối hợp công tác số 05-QCPH/ĐU-UBND", "05-QCPH/ĐU-UBND", None, "coordination_regulation", "Đảng ủy"),
        ("Quyết định của Ủy ban nhân dân xã An Hòa số 15/QĐ-UBND, 2026", "15/QĐ-UBND", None, "decision", "Ủy ban nhân dân"),
        ("gửi kèm 12/BC-UBND về xã", "12/BC-UBND", None, "report", "Ủy ban nhân dân"),
        ("Thông báo kết luận số 160-TB/TW (15/1/2020)", "160-TB/TW", date(2020, 1, 15), "conclusion_notice", "Trung ương"),
    ],
)  # fmt: skip
def test_a_cited_document_gives_symbol_day_kind_and_issuer(text, symbol, day, kind, issuer):
    assert cited(text) == [(symbol, day, kind, issuer)]


def test_the_span_is_the_symbol_and_the_surface_runs_to_the_day():
    text = "Căn cứ Kế hoạch số 31-KH/ĐU, ngày 20/01/2026 của Đảng ủy."
    (one,) = read(text).citations
    assert text[one.start : one.end] == "31-KH/ĐU"
    assert text[one.surface_start : one.surface_end] == "Kế hoạch số 31-KH/ĐU, ngày 20/01/2026"
    assert one.reason == "Vì: tên loại + số ký hiệu + ngày"
    assert one.confidence == 0.99


def test_a_law_that_amends_others_is_the_one_that_bears_the_number():
    text = (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Khiếu nại, Luật Tố cáo số 136/2025/QH15;"
    )
    (one,) = read(text).citations
    assert text[one.surface_start :].startswith("Luật sửa đổi")


def test_a_number_alone_is_kept_as_incomplete():
    (one,) = read("Đồng chí nhắc lại Quyết định số 212 của Ban Bí thư về tổ chức.").citations
    assert (one.symbol, one.short, one.issuer) == ("212", True, "Ban Bí thư")


def test_a_number_alone_is_led_back_to_the_full_symbol_of_the_same_text():
    text = (
        "Kết luận số 62-KL/TW ngày 8/12/2009 của Bộ Chính trị được quán triệt. "
        "Tỉnh tiếp tục thực hiện Kết luận số 62 và Nghị quyết 18 của Trung ương."
    )
    assert [(one.symbol, one.short, one.issued_on) for one in read(text).citations] == [
        ("62-KL/TW", False, date(2009, 12, 8)),
        ("62-KL/TW", True, date(2009, 12, 8)),
        ("18", True, None),
    ]


def test_a_day_told_once_holds_for_every_mention():
    text = "Quyết định số 29-QĐ/TW ngày 25/02/2010. Mười năm thực hiện Quyết định số 29-QĐ/TW."
    first, second = read(text).citations
    assert second.issued_on == first.issued_on
    assert (first.dated_elsewhere, second.dated_elsewhere) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "Biên bản lập theo Mẫu số 03/BB-MTTQ.",
        "Phát biểu kết luận hội nghị, đồng chí nhấn mạnh năm việc.",
        "giúp lãnh đạo đưa ra quyết định về các vấn đề",
        "ban hành quyết định 5 trường hợp",
        "Kế hoạch 2026 đã được duyệt, Quyết định 2025 của năm trước",
        "thửa đất 12/AB của ông",
        "ông ấy làm theo quyết định 18 của riêng mình",
    ],
)
def test_forms_verbs_and_years_are_no_citations(text):
    assert cited(text) == []


def test_a_documents_own_number_is_no_citation_even_where_it_is_repeated():
    text = (
        "UBND XÃ AN HÒA\nSố: 15/KH-UBND\nAn Hòa, ngày 02 tháng 02 năm 2026\nKẾ HOẠCH\nDân vận năm 2026\n"
        "Căn cứ Kế hoạch số 09/KH-UBND ngày 05/01/2026 của UBND tỉnh;\n"
        "(Kèm theo Kế hoạch số 15/KH-UBND; Kế hoạch số 15 thay kế hoạch cũ)\n"
    )
    assert [one.symbol for one in read(text).citations] == ["09/KH-UBND"]


def test_the_gazetteer_names_issuers_and_laws():
    known = Gazetteer(["Ban Thường vụ Tỉnh ủy Nghệ An"], {"Luật Tiếp công dân": "42/2013/QH13"})
    text = "Nghị quyết số 04-NQ/TU của ban thường vụ tỉnh uỷ Nghệ An; Luật Tiếp công dân năm 2013, Hiến pháp."
    reading = read(text, gazetteer=known)
    assert [one.issuer for one in reading.citations] == ["Ban Thường vụ Tỉnh ủy Nghệ An"]
    assert [(one.name, one.symbol, one.dated) for one in reading.named_laws] == [
        ("Luật Tiếp công dân", "42/2013/QH13", "năm 2013"),
        ("Hiến pháp", "", ""),
    ]


def test_a_law_named_inside_a_numbered_citation_is_not_named_again():
    text = "Căn cứ Luật Tố cáo số 25/2018/QH14; Luật Mặt trận Tổ quốc Việt Nam."
    assert [one.name for one in read(text).named_laws] == ["Luật Mặt trận Tổ quốc Việt Nam"]


def test_days_that_contradict_each_other_are_noted():
    text = (
        "UBND XÃ AN HÒA\nSố: 15/KH-UBND\nAn Hòa, ngày 02 tháng 02 năm 2026\nKẾ HOẠCH\nDân vận năm 2026\n"
        "Căn cứ Kế hoạch số 09/KH-UBND ngày 05/03/2026 của UBND tỉnh;\n"
        "thực hiện Kế hoạch số 09/KH-UBND ngày 05/01/2026;\n"
    )
    told = [note.sentence for note in read(text).notes]
    assert told == [
        "09/KH-UBND ghi ngày 05/03/2026, sau ngày ban hành văn bản này (02/02/2026).",
        "09/KH-UBND được ghi hai ngày khác nhau: 05/01/2026, 05/03/2026.",
    ]
