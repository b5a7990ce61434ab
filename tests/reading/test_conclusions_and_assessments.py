"""What heads concluded and how a text says things stand, in sentences of our own."""

import pytest

from danvan.reading import read


def concluded(text):
    return [(one.words, one.by, one.rule) for one in read(text).conclusions]


def assessed(text):
    return [(one.kind, one.words, one.rule) for one in read(text).assessments]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Kết luận của Bí thư Đảng ủy: các chi bộ tiếp tục đối thoại; giao Công an xã lập chốt trực.",
            [
                ("Các chi bộ tiếp tục đối thoại", "Bí thư Đảng ủy", "conclusion.label"),
                ("Giao Công an xã lập chốt trực", "Bí thư Đảng ủy", "conclusion.label"),
            ],
        ),
        ("Chủ tịch UBND xã kết luận: nhất trí với báo cáo.", [("Nhất trí với báo cáo", "Chủ tịch UBND xã", "conclusion.head")]),
        (
            "Kết luận hội nghị, đồng chí Lê Văn Tám yêu cầu các thôn rà soát. Đồng thời biểu dương các mô hình.",
            [
                ("Đồng chí Lê Văn Tám yêu cầu các thôn rà soát", "đồng chí Lê Văn Tám", "conclusion.speech"),
                ("Đồng thời biểu dương các mô hình", "đồng chí Lê Văn Tám", "conclusion.speech"),
            ],
        ),
        ("Kết luận, đồng chí Lê Văn Tám nêu rõ việc cần làm.", [("Đồng chí Lê Văn Tám nêu rõ việc cần làm", "đồng chí Lê Văn Tám", "conclusion.speech")]),
        ("Chủ tịch UBND xã đã kết luận, giao Phòng Kinh tế lập dự toán.", [("Giao Phòng Kinh tế lập dự toán", "Chủ tịch UBND xã", "conclusion.given")]),
        ("Kết luận: nhất trí với báo cáo.", [("Nhất trí với báo cáo", "", "conclusion.label")]),
        ("Kết luận thanh tra: xã làm sai nhiều việc.", []),
        ("Chi cục Thuế kết luận: cửa hàng nộp thiếu tiền.", []),
        ("Thực hiện kết luận số 12-KL/TU: rà soát các xã.", []),
        ("Chủ tịch UBND xã kết luận:", []),
        ("Chủ tịch UBND xã kết luận: đồng ý.", []),
    ],
)  # fmt: skip
def test_a_conclusion_is_told_with_whose_it_is(text, found):
    assert concluded(text) == found


def test_a_section_of_conclusions_holds_all_its_items():
    text = """BIÊN BẢN
I. NỘI DUNG
Đại biểu thảo luận sôi nổi về kế hoạch.
II. KẾT LUẬN CỦA BÍ THƯ ĐẢNG ỦY
1. Văn phòng chuẩn bị hội nghị tháng 8.
2. Ngắn thôi.
III. KẾT THÚC
Hội nghị kết thúc lúc 17 giờ cùng ngày.
"""
    assert concluded(text) == [
        ("Văn phòng chuẩn bị hội nghị tháng 8", "BÍ THƯ ĐẢNG ỦY", "conclusion.section")
    ]


def test_what_a_head_said_in_one_long_line_is_only_the_sentence():
    text = (
        "Chủ tịch UBND xã kết luận: nhất trí với báo cáo. " + "Chợ quê hôm nay đông người. " * 120
    )
    assert len(concluded(text)) == 1


def test_without_somebody_who_heads_nothing_is_a_conclusion():
    (told, alone) = (
        read("Kết luận của Bí thư Đảng ủy: nhất trí với báo cáo.").conclusions,
        read("Kết luận: nhất trí với báo cáo.").conclusions,
    )
    assert told[0].confidence > alone[0].confidence


REPORT = """BÁO CÁO
I. KẾT QUẢ ĐẠT ĐƯỢC
1. Về tuyên truyền
Đã tổ chức 12 hội nghị cho 850 lượt người. Danh sách kèm theo sau đây.
2. Đánh giá chung
- Ưu điểm: phong trào có nhiều chuyển biến.
- Hạn chế: việc nắm tình hình chưa kịp thời.
- Kết quả: Danh mục tài liệu phát hành.
3. Nguyên nhân của hạn chế
- Một số chi bộ chưa quan tâm lãnh đạo.
II. BÀI HỌC KINH NGHIỆM
Phải bám sát cơ sở, gần dân.
III. PHƯƠNG HƯỚNG, NHIỆM VỤ
Khắc phục hạn chế, nâng cao chất lượng đối thoại.
"""


def test_sections_and_labels_say_what_kind_of_assessment_it_is():
    assert assessed(REPORT) == [
        ("result", "Đã tổ chức 12 hội nghị cho 850 lượt người", "assessment.section"),
        ("result", "Phong trào có nhiều chuyển biến", "assessment.label"),
        ("shortcoming", "Việc nắm tình hình chưa kịp thời", "assessment.label"),
        ("cause", "Một số chi bộ chưa quan tâm lãnh đạo", "assessment.section"),
        ("lesson", "Phải bám sát cơ sở, gần dân", "assessment.section"),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Công tác nắm tình hình ở một số nơi chưa kịp thời.", ["shortcoming"]),
        ("Việc phối hợp giữa các đơn vị còn lúng túng.", ["shortcoming"]),
        ("Nguyên nhân chủ yếu là do cán bộ còn thiếu kinh nghiệm.", ["cause"]),
        ("Bài học rút ra là phải gần dân, hiểu dân.", ["lesson"]),
        ("Phong trào thi đua đã đạt được nhiều kết quả quan trọng.", ["result"]),
        ("Cần khắc phục những việc chưa kịp thời.", []),
        ("Tôi thấy việc này chưa tốt chút nào.", []),
        ("Nguyên nhân do đâu mà việc chậm?", []),
        ("Chiều qua trời chưa tốt cho gieo cấy.", []),
        ("Hạn chế: chưa có.", []),
        ("Mục tiêu: khắc phục hạn chế trong công tác phối hợp.", []),
        ("CHÍNH PHỦ\nSố: 10/2026/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2026\nNGHỊ ĐỊNH\nQuy định về công khai\nĐiều 1. Việc công khai chưa kịp thời thì bị xử phạt.", []),
        ("Kết luận của Bí thư Đảng ủy: việc đối thoại chưa kịp thời ở hai xã.", []),
    ],
)  # fmt: skip
def test_the_words_of_a_sentence_tell_the_kind(text, kinds):
    assert [one.kind for one in read(text).assessments] == kinds
