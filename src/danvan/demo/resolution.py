"""The demonstration's resolution: the facts and targets of a real one, told in our own words."""

from datetime import date
from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

RECEIVED_ON = date(2025, 7, 15)  # the day the merged province's board took it into its register
SYMBOL = "04-NQ/TU"
FILE_NAME = "Nghi quyet 04-NQ-TU.docx"
HEAD_LEFT = ("TỈNH ỦY NGHỆ AN", "*", "Số 04-NQ/TU")
HEAD_RIGHT = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Nghệ An, ngày 19 tháng 11 năm 2021")
TITLE = (
    "NGHỊ QUYẾT",
    "của Ban Thường vụ Tỉnh ủy",
    (
        "về tăng cường sự lãnh đạo của Đảng đối với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội, "
        "giai đoạn 2021-2025 và những năm tiếp theo"
    ),
)
BODY = (
    (
        "Căn cứ Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị về Quy chế công tác dân vận của hệ "
        "thống chính trị và Quy định số 11-QĐi/TW, ngày 18/02/2019 của Bộ Chính trị về trách nhiệm của người "
        "đứng đầu cấp ủy trong việc tiếp dân, đối thoại với dân, Ban Thường vụ Tỉnh ủy ban hành Nghị quyết "
        "với các nội dung sau:"
    ),
    "I. Tình hình",
    (
        "Từ năm 2016 đến năm 2020, Mặt trận Tổ quốc các cấp trong tỉnh đã tổ chức 1.284 cuộc giám sát và 312 "
        "hội nghị phản biện xã hội. Đã giải quyết 2.871/3.046 kiến nghị của Nhân dân, đạt 94,3%. Một số nơi "
        "chưa đưa đối thoại vào chương trình công tác, việc đánh giá quy chế phối hợp còn hình thức."
    ),
    "II. Quan điểm",
    (
        "Đảng lãnh đạo, chính quyền tổ chức thực hiện, Mặt trận Tổ quốc và các tổ chức chính trị - xã hội làm "
        "tham mưu và nòng cốt; mọi việc hướng về cơ sở, về địa bàn dân cư."
    ),
    "III. Mục tiêu",
    (
        "1. Hằng năm, 100% cấp ủy các cấp làm việc với Mặt trận Tổ quốc, các tổ chức chính trị - xã hội cùng "
        "cấp và ban hành văn bản định hướng hoạt động."
    ),
    (
        "2. 100% chính quyền các cấp có quy chế phối hợp với Mặt trận Tổ quốc và hằng năm tổ chức đánh giá kết "
        "quả thực hiện."
    ),
    (
        "3. Mỗi năm, Ủy ban Mặt trận Tổ quốc các cấp chủ trì ít nhất 02 nội dung giám sát, 02 nội dung phản "
        "biện xã hội; thực hiện tốt việc giám sát thường xuyên theo quy định."
    ),
    (
        "4. 100% cấp ủy, chính quyền các cấp đưa nội dung tiếp xúc, đối thoại với Nhân dân vào chương trình "
        "công tác hằng tháng."
    ),
    "5. Thường xuyên rà soát việc thực hiện các kết luận của người đứng đầu sau tiếp xúc, đối thoại.",
    "IV. Tổ chức thực hiện",
    (
        "Giao Ban Dân vận Tỉnh ủy theo dõi, đôn đốc, kiểm tra việc thực hiện và định kỳ báo cáo Ban Thường vụ "
        "Tỉnh ủy. Nghị quyết này được phổ biến đến chi bộ."
    ),
)


PLAN_FILE_NAME = "Ke hoach 112-KH-TU.docx"
PLAN_RECEIVED_ON = date(2026, 12, 29)
PLAN_HEAD_LEFT = ("TỈNH ỦY NGHỆ AN", "*", "Số 112-KH/TU")
PLAN_HEAD_RIGHT = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Nghệ An, ngày 25 tháng 12 năm 2026")
PLAN_TITLE = ("KẾ HOẠCH", "công tác dân vận năm 2027")
PLAN_BODY = (
    (
        "Thực hiện Nghị quyết số 04-NQ/TU, ngày 19/11/2021 của Ban Thường vụ Tỉnh ủy và Hướng dẫn số "
        "14-HD/BTGDVTU, ngày 20/11/2026, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch với các nội dung sau:"
    ),
    "I. Kết quả năm 2026",
    (
        "Các cấp ủy đã tổ chức 462 cuộc đối thoại với 49.863 lượt người dự. Đã giải quyết 1.106/1.284 kiến "
        "nghị, đạt 86,1%. Nhân dân hiến trên 3.330 m2 đất, góp 412 ngày công làm đường."
    ),
    "II. Chỉ tiêu năm 2027",
    "1. 100% cấp ủy cấp xã tổ chức ít nhất 02 cuộc đối thoại với Nhân dân mỗi quý.",
    (
        "2. Ít nhất 90% Ủy ban nhân dân cấp xã hằng năm tổ chức đánh giá kết quả thực hiện quy chế phối hợp."
    ),
    (
        "3. Mỗi năm, Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã chủ trì ít nhất 03 nội dung giám sát, 02 nội "
        "dung phản biện xã hội."
    ),
    "4. Phấn đấu giảm từ 1,5% hộ nghèo trở lên so với cuối năm 2026.",
    "III. Tổ chức thực hiện",
    (
        "Giao Ban Tuyên giáo và Dân vận Tỉnh ủy theo dõi, đôn đốc, báo cáo Ban Thường vụ Tỉnh ủy trước ngày "
        "15/12/2027."
    ),
)


def make_docx() -> bytes:
    """The resolution as a Word file, as a clerk would receive it."""
    signed = ("T/M BAN THƯỜNG VỤ", "BÍ THƯ")
    return word((HEAD_LEFT, HEAD_RIGHT), TITLE, (*BODY, *signed))


def make_plan_docx() -> bytes:
    """A plan for the next year that came in these days and waits for somebody to look at what was read."""
    signed = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    return word((PLAN_HEAD_LEFT, PLAN_HEAD_RIGHT), PLAN_TITLE, (*PLAN_BODY, *signed))


def word(
    heads: tuple[tuple[str, ...], tuple[str, ...]], title: tuple[str, ...], body: tuple[str, ...]
) -> bytes:
    """A Word file as offices write them: two heads side by side, a title in the middle, paragraphs."""
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    for cell, lines in zip(head.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in title:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for line in body:
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
