"""What is a clause of a document, and what is only its head, its ground, a heading, its foot."""

from danvan.reading.outline import find_clauses

TEXT = """TỈNH ỦY NGHỆ AN
*
Số 07-NQ/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Nghệ An, ngày 02 tháng 3 năm 2026
NGHỊ QUYẾT
về nâng cao chất lượng đối thoại với Nhân dân
Căn cứ Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị;
I. Kết quả
1. Năm 2025, toàn tỉnh đã tổ chức 318 cuộc đối thoại.
II. Nhiệm vụ và giải pháp
1. Đảng ủy các xã, phường rà soát hộ dân vùng sạt lở. Báo cáo trước ngày 31/3/2027.
2. Công khai kết quả giải quyết
kiến nghị của Nhân dân trên cổng thông tin.
Nơi nhận:
- Ban Dân vận các huyện ủy, thành ủy để biết.
"""


def test_a_clause_is_a_paragraph_of_the_body_with_its_heading_and_keeps_its_place_in_the_text():
    told, review, publish = find_clauses(TEXT)
    assert (told.backward, review.backward, publish.backward) == (True, False, False)
    assert TEXT[slice(*review.heading)] == "II. Nhiệm vụ và giải pháp"
    assert TEXT[review.start : review.end].endswith("Báo cáo trước ngày 31/3/2027.")
    assert TEXT[publish.start : publish.end].endswith("trên cổng thông tin.")


def test_a_text_without_anything_to_do_has_no_clause():
    assert find_clauses("") == []
    assert find_clauses("KẾ HOẠCH NĂM\nTrần Văn Bình") == []
