import zipfile
from io import BytesIO
from pathlib import Path

import docx
import fpdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from danvan.reading import Extracted, ReadingError, extract, extraction

SENTENCE = "Đảng ủy xã đối thoại với Nhân dân"
FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",)


def refusal(content: bytes, kind: str) -> str:
    with pytest.raises(ReadingError) as refused:
        extract(content, kind)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_unicode_text_is_taken_as_it_stands(encoding):
    text = f"{SENTENCE}\r\nDòng hai\u00a0\n"
    assert extract(text.encode(encoding), "txt") == Extracted(text)


@pytest.mark.parametrize(
    ("content", "kind", "begins"),
    [
        (b"\xfe\xed\xa0", "txt", "Tệp .txt không dùng bảng mã Unicode"),
        (b"a\x00b", "txt", "Tệp .txt không dùng bảng mã Unicode"),
        (b"\xff\xfea", "txt", "Tệp .txt không dùng bảng mã Unicode"),
        (b" \n", "txt", "Tệp không có chữ nào"),
        (b"", "docx", "Tệp Word bị hỏng"),
        (b"PK\x03\x04 cut off", "docx", "Tệp Word bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx", "Tệp Word có mật khẩu"),
        (b"", "pdf", "Tệp PDF bị hỏng"),
        (b"%PDF-1.7 broken", "pdf", "Tệp PDF bị hỏng"),
        (b"x", "odt", "Chỉ đọc được tệp .txt, .docx và .pdf"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, kind, begins):
    said = refusal(content, kind)
    assert said.startswith(begins)
    assert "Đồng chí vui lòng" in said


def as_bytes(document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_file_is_read_in_order_with_its_tables():
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.rows[0].cells[0].text = "ĐẢNG ỦY XÃ\nSố 05-NQ/ĐU"
    head.rows[0].cells[1].text = "ĐẢNG CỘNG SẢN VIỆT NAM"
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Xã", "12 cuộc", ""), strict=True):
        cell.text = words
    document.add_paragraph("Cuối").add_run("\tcùng")
    assert extract(as_bytes(document), "docx").text.split("\n") == [
        "ĐẢNG ỦY XÃ",
        "Số 05-NQ/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        SENTENCE,
        "Xã\t12 cuộc\t",
        "Cuối\tcùng",
    ]


def test_insertions_boxes_and_controls_are_read_and_deletions_are_not():
    document = docx.Document()
    document.add_paragraph()._p.append(
        parse_xml(
            f"<w:ins {nsdecls('w')}><w:r><w:t>thêm 1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r></w:ins>"
        )
    )
    document.paragraphs[0]._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>bớt</w:delText></w:r></w:del>")
    )
    document.paragraphs[0]._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>KHẨN</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    document.element.body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert extract(as_bytes(document), "docx").text == "KHẨN\nthêm 1-2\ntrong khung"


def test_a_stamp_in_a_page_header_is_read_and_other_headers_are_not():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "MẬT"
    document.sections[0].footer.paragraphs[0].text = "Trang 2, ngày 5/3/2020"
    document.add_paragraph(SENTENCE)
    assert extract(as_bytes(document), "docx").text == f"MẬT\n{SENTENCE}"


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(extraction, "_LARGEST_PART", 10)
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    assert refusal(as_bytes(document), "docx").startswith("Tệp Word bị hỏng")


def test_another_package_is_no_word_file():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "x")
    assert refusal(buffer.getvalue(), "docx").startswith("Tệp Word bị hỏng")


def pdf(*pages: list[str], image: bool = False, password: str = "") -> bytes:
    made = fpdf.FPDF()
    made.set_font("helvetica", size=12)
    for lines in pages:
        made.add_page()
        if image:
            made.image(BytesIO(PIXEL), x=0, y=0, w=200, h=200)
        for line in lines:
            made.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    if password:
        made.set_encryption(owner_password="boss", user_password=password)
    return bytes(made.output())


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200817776cb790000000049454e44ae426082"
)
FULL = "Ban thuong vu dang uy xa to chuc hoi nghi doi thoai voi nhan dan nam"


def test_a_pdf_is_read_page_by_page_with_its_paragraphs_joined():
    content = pdf(
        [FULL, "hai nghin khong tram hai muoi sau.", "- Mot viec", "1"], ["2", "Trang sau", "het"]
    )
    extracted = extract(content, "pdf")
    assert extracted.text.split("\n") == [
        f"{FULL} hai nghin khong tram hai muoi sau.",
        "- Mot viec",
        "Trang sau",
        "het",
    ]
    assert extracted.pages == (0, extracted.text.index("\nTrang sau"))


def test_a_short_pdf_is_read_though_it_has_no_full_line():
    assert extract(pdf(["Xa An Hoa"]), "pdf").text == "Xa An Hoa"


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (pdf([]), "Tệp PDF là ảnh quét"),
        (pdf(["Ky boi: UBND"], image=True), "Tệp PDF là ảnh quét"),
        (pdf(["Mat khau"], password="dan"), "Tệp PDF có mật khẩu"),
        (pdf([FULL])[:400], "Tệp PDF bị hỏng"),
        (pdf([FULL]).replace(b"/Kids [3 0 R]", b"/Kids [9 0 R]"), "Tệp PDF bị hỏng"),
        (pdf(["7 7 7"])[:-900], "Tệp PDF"),
    ],
)
def test_scans_locked_and_broken_pdfs_are_refused(content, begins):
    assert refusal(content, "pdf").startswith(begins)


def test_a_pdf_whose_only_text_is_its_page_number_is_a_scan():
    assert refusal(pdf(["1"]), "pdf").startswith("Tệp PDF là ảnh quét")


def test_vietnamese_letters_of_a_pdf_are_kept(tmp_path):
    font = next((path for path in FONTS if Path(path).exists()), None)
    if font is None:
        pytest.skip("no font with Vietnamese letters on this machine")
    made = fpdf.FPDF()
    made.add_font("vn", fname=font)
    made.set_font("vn", size=12)
    made.add_page()
    made.cell(0, 8, SENTENCE)
    assert extract(bytes(made.output()), "pdf").text == SENTENCE
