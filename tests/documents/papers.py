"""Papers made at test time, in words of our own, as the files a clerk would receive."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
)


@dataclass(frozen=True)
class Paper:
    """One resolution: what its head says, and its body."""

    symbol: str = "07-NQ/TU"
    issuer: str = "TỈNH ỦY NGHỆ AN"
    day: date = date(2026, 3, 2)
    about: str = "về nâng cao chất lượng đối thoại với Nhân dân"
    signer: str = "Trần Văn Bình"
    stamp: str = ""
    body: tuple[str, ...] = (
        "Thực hiện Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị, Ban Thường vụ Tỉnh ủy yêu cầu:",
        "I. Kết quả",
        "Năm 2025, toàn tỉnh đã tổ chức 318 cuộc đối thoại, giải quyết 712/805 kiến nghị, đạt 88,4%.",
        "II. Mục tiêu",
        "1. Hằng năm, 100% Ủy ban Mặt trận Tổ quốc cấp xã chủ trì ít nhất 02 nội dung giám sát.",
        "2. Mỗi quý, 90% cấp ủy cấp xã tổ chức ít nhất 01 cuộc đối thoại với Nhân dân.",
        "3. Thực hiện tốt việc công khai kết quả giải quyết kiến nghị.",
    )

    def lines(self):
        return [
            *([self.stamp] if self.stamp else []),
            self.issuer,
            "*",
            f"Số {self.symbol}",
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            f"Nghệ An, ngày {self.day.day:02} tháng {self.day.month:02} năm {self.day.year}",
            "NGHỊ QUYẾT",
            self.about,
            *self.body,
            "T/M BAN THƯỜNG VỤ",
            "BÍ THƯ",
            self.signer,
        ]

    def text(self):
        return "\n".join(self.lines())

    def as_txt(self):
        return self.text().encode()

    def as_docx(self, *, boxed="", header=""):
        """A Word file; `boxed` stands in a text box, `header` in the page header."""
        paper = docx.Document()
        if header:
            paper.sections[0].header.paragraphs[0].text = header
        for line in self.lines():
            paper.add_paragraph(line)
        if boxed:
            _put_box(paper.paragraphs[0], boxed)
        kept = io.BytesIO()
        paper.save(kept)
        return kept.getvalue()

    def as_pdf(self, *, password=""):
        paper = FPDF()
        paper.add_page()
        paper.add_font("Viet", fname=next(font for font in FONTS if Path(font).exists()))
        paper.set_font("Viet", size=11)
        for line in self.lines():
            paper.multi_cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
        if password:
            paper.set_encryption(owner_password="chu", user_password=password)
        return bytes(paper.output())


def _put_box(paragraph, words):
    run, picture, shape = OxmlElement("w:r"), OxmlElement("w:pict"), OxmlElement("w:txbxContent")
    inner, piece, text = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    piece.append(text)
    inner.append(piece)
    shape.append(inner)
    picture.append(shape)
    run.append(picture)
    paragraph._p.append(run)


def scanned_pdf():
    """A page that is a picture only."""
    paper = FPDF()
    paper.add_page()
    paper.set_fill_color(200)
    paper.rect(20, 20, 100, 100, style="F")
    return bytes(paper.output())


def body(response):
    """The page of a response."""
    return response.content.decode()


def received(response):
    """The bytes of a file that was sent, which is then closed; the connection to the database stays open."""
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content
