"""A conclusion that tells the province and its communes what to do in 2026, told in our own words."""

from datetime import date

from danvan.demo.resolution import word

RECEIVED_ON = date(2026, 1, 22)
SYMBOL = "18-KL/TU"
FILE_NAME = "Ket luan 18-KL-TU.docx"
HEAD_LEFT = ("TỈNH ỦY NGHỆ AN", "*", "Số 18-KL/TU")
HEAD_RIGHT = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Nghệ An, ngày 20 tháng 01 năm 2026")
TITLE = (
    "KẾT LUẬN",
    "của Ban Thường vụ Tỉnh ủy",
    "về nâng cao chất lượng đối thoại và giải quyết kiến nghị của Nhân dân năm 2026",
)
BODY = (
    (
        "Sau khi nghe Ban Tuyên giáo và Dân vận Tỉnh ủy báo cáo kết quả thực hiện Nghị quyết số 04-NQ/TU, ngày "
        "19/11/2021 của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Tỉnh ủy kết luận như sau:"
    ),
    "I. Đánh giá",
    (
        "Từ ngày 01/7/2025, 130 xã, phường đã đi vào hoạt động ổn định. Một số nơi chưa có lịch đối thoại, "
        "kiến nghị cũ bàn giao chưa đủ hồ sơ."
    ),
    "II. Nhiệm vụ",
    (
        "1. Đảng ủy các xã, phường ban hành kế hoạch tiếp xúc, đối thoại với Nhân dân năm 2026, hoàn thành "
        "trước ngày 28/02/2026."
    ),
    (
        "2. Ủy ban nhân dân các xã, phường rà soát, giải quyết các kiến nghị của Nhân dân tồn đọng từ trước khi "
        "sắp xếp, báo cáo kết quả trước ngày 30/6/2026."
    ),
    (
        "3. Ủy ban Mặt trận Tổ quốc Việt Nam các xã, phường giám sát việc thu, sử dụng các khoản đóng góp của "
        "Nhân dân, có báo cáo kết quả giám sát trước ngày 30/9/2026."
    ),
    (
        "4. Ủy ban nhân dân các xã, phường công khai kết quả giải quyết kiến nghị sau đối thoại tại nhà văn hóa "
        "các thôn, bản, báo cáo kết quả trước ngày 15/12/2026."
    ),
    (
        "5. Giao Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì, phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh "
        "tham mưu sơ kết việc thực hiện Kết luận này, trình báo cáo trước ngày 20/12/2026."
    ),
)


def make_conclusion_docx() -> bytes:
    """The conclusion as a Word file, as a clerk would receive it."""
    signed = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    return word((HEAD_LEFT, HEAD_RIGHT), TITLE, (*BODY, *signed))
