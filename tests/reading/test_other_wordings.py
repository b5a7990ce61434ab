"""Wordings of official letters, notices, minutes and petitions that the annotated texts do not have; all our own."""

from datetime import date

import pytest

from danvan.reading import read

LETTER = """ỦY BAN NHÂN DÂN
TỈNH SÔNG HẬU
Số: 3341/UBND-NC
V/v đôn đốc thực hiện kết luận sau đối thoại
Sông Hậu, ngày 22 tháng 9 năm 2026
Để bảo đảm tiến độ, Chủ tịch UBND tỉnh yêu cầu:
1. UBND các xã, phường chưa báo cáo khẩn trương hoàn thành, gửi về Sở Nội vụ trước 17 giờ 00 ngày 30/9/2026.
2. Giám đốc Sở Nội vụ chịu trách nhiệm tổng hợp, tham mưu UBND tỉnh báo cáo Tỉnh ủy trước ngày 05/10/2026.
3. Sở Nông nghiệp và Môi trường chủ trì cùng Thanh tra tỉnh kiểm tra việc cấp giấy chứng nhận, xong chậm nhất là 20/10.
4. Sở Tài chính căn cứ chức năng, nhiệm vụ được giao tham mưu bố trí kinh phí.
Nhận được Công văn này, yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.
"""
PLAN = "KẾ HOẠCH\nCông tác dân vận năm 2026\nSông Hậu, ngày 12 tháng 3 năm 2026\nCăn cứ tình hình của xã, UBND xã ban hành kế hoạch như sau:\n"


def tasks(text):
    return [
        ([one.words for one in task.leads], [one.words for one in task.supports], task.due_on)
        for task in read(text).tasks
    ]


def test_the_items_below_an_order_are_tasks_of_those_they_name():
    assert tasks(LETTER)[:4] == [
        (["UBND các xã, phường"], [], date(2026, 9, 30)),
        (["Giám đốc Sở Nội vụ"], [], date(2026, 10, 5)),
        (["Sở Nông nghiệp và Môi trường"], ["Thanh tra tỉnh"], date(2026, 10, 20)),
        (["Sở Tài chính"], [], None),
    ]
    assert read(LETTER).tasks[0].title == "Hoàn thành, gửi về Sở Nội vụ"


def test_words_that_go_on_behind_the_items_do_not_stand_under_the_line_that_introduces_them():
    text = "Công tác dân vận của xã\nĐã đạt được một số kết quả như sau:\n1. Mở 12 lớp tập huấn.\n2. Lập 5 tổ.\nNăm 2027, phấn đấu 95% hộ tham gia.\n"
    reading = read(text)
    assert [int(one.value) for one in reading.figures] == [12, 5]
    assert [int(one.value) for one in reading.targets] == [95]


def test_a_day_without_its_year_is_the_next_one_from_the_documents_own_day_on():
    due = "UBND xã Tân Hòa rà soát danh sách hộ dân trước ngày {}."
    for told, on in (
        ("30/4", date(2026, 4, 30)),
        ("05 tháng 4", date(2026, 4, 5)),
        ("10/3", None),  # two days before the plan itself: nobody knows
    ):
        [task] = read(PLAN + due.format(told)).tasks
        assert (task.due_on, task.due_words) == (on, f"trước ngày {told}")
    [task] = read(PLAN.replace("12 tháng 3", "20 tháng 12") + due.format("15/01")).tasks
    assert task.due_on == date(2027, 1, 15)
    assert "năm của văn bản" in task.reason
    [task] = read("Giao UBND xã Tân Hòa rà soát danh sách hộ dân trước ngày 30/4.").tasks
    assert (task.due_on, "năm của văn bản" in task.reason) == (None, False)


def test_minutes_without_a_head_give_the_year_by_the_day_they_were_taken_on():
    text = (
        "BIÊN BẢN\nThời gian: 14 giờ ngày 28 tháng 8 năm 2026\nĐồng chí Phạm Hùng, Phó Bí thư Đảng ủy kết luận:\n"
        "- UBND xã tiếp tục vận động các hộ còn lại, báo cáo Thường trực Đảng ủy trước ngày 10/9.\n"
    )
    [request] = read(text).requests
    assert request.due_on == date(2026, 9, 10)


def test_a_heading_names_the_doer_with_more_words_around_the_name():
    text = (
        PLAN + "2. Thời gian tới, Đảng ủy xã Tân Hòa tập trung thực hiện các nhiệm vụ sau:\n"
        "- Rà soát, bổ sung quy chế phối hợp với Mặt trận.\n"
        "3. Tổ công tác có nhiệm vụ:\n- Tập hợp ý kiến của Nhân dân gửi UBND xã.\n"
    )
    assert [lead for lead, _, _ in tasks(text)] == [["Đảng ủy xã Tân Hòa"], ["Tổ công tác"]]


def test_a_part_behind_a_semicolon_is_not_given_to_the_doer_of_the_heading():
    text = (
        PLAN + "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện các nhiệm vụ sau:\n"
        "5. Ban Dân vận Tỉnh ủy chủ trì, phối hợp Văn phòng Tỉnh ủy theo dõi, kiểm tra; hằng quý báo cáo Ban Thường vụ Tỉnh ủy.\n"
    )
    assert [(lead, support) for lead, support, _ in tasks(text)] == [
        (["Ban Dân vận Tỉnh ủy"], ["Văn phòng Tỉnh ủy"])
    ]


def test_bodies_of_the_youth_union_and_of_the_council_are_doers():
    text = (
        PLAN
        + "III. TỔ CHỨC THỰC HIỆN\n1. Ban Thường vụ Đoàn xã\n- Tổng hợp kết quả, báo cáo Tỉnh đoàn.\n"
        "2. Thường trực HĐND, các Ban HĐND, các Tổ đại biểu và đại biểu HĐND xã giám sát việc thực hiện.\n"
        "3. Trưởng các thôn có trách nhiệm thông tin đến từng hộ gia đình.\n"
    )
    assert [len(lead) for lead, _, _ in tasks(text)] == [1, 4, 1]


def test_how_often_is_no_part_of_whom_something_is_asked():
    text = (
        "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện tốt các việc sau:\n"
        "1. Người đứng đầu cấp ủy mỗi năm tiến hành đối thoại với Nhân dân.\n"
    )
    [request] = read(text).requests
    assert request.addressee == "Người đứng đầu cấp ủy"


def test_to_hold_something_more_is_no_organisation():
    text = "Nhiệm vụ 6 tháng cuối năm: rà soát đơn thư; tổ chức thêm 04 cuộc đối thoại với dân.\n"
    assert all("tổ chức" not in one.addressee for one in read(text).requests)


def test_who_says_what_they_will_do_by_a_day_promises_it():
    text = (
        "BÁO CÁO\nKết quả giải quyết kiến nghị của cử tri\nII. KẾT QUẢ CỤ THỂ\n"
        "Trả lời: UBND xã sẽ làm việc với ngành điện trong quý III/2026.\n"
        "2. Đại diện Điện lực cho biết sẽ di dời các trụ điện xong trước ngày 30/8/2026.\n"
        "3. UBND xã sẽ tiếp tục quan tâm việc này. UBND xã đã rà soát xong trước ngày 30/5/2026.\n"
    )
    found = read(text).tasks
    assert [(one.leads[0].words, one.due_on, one.rule) for one in found] == [
        ("UBND xã", date(2026, 9, 30), "task.promised"),
        ("Đại diện Điện lực", date(2026, 8, 30), "task.promised"),
    ]
    assert all("“sẽ”" in one.reason and one.confidence <= 0.85 for one in found)


def numbers(text):
    reading = read(text)
    return (
        [(one.comparator, str(one.value), one.unit) for one in reading.targets],
        [(str(one.value), one.unit) for one in reading.figures],
    )


def test_a_number_right_behind_what_was_reached_is_a_result_beside_a_target():
    told = "Công tác dân vận\nChỉ tiêu đề ra là 90%, thực hiện được 87,5%, không đạt.\n"
    assert numbers(told) == ([("eq", "90", "%")], [("87.5", "%")])
    told = "Công tác dân vận\nSo với mục tiêu 12 cuộc đối thoại trong năm, đến 30/6/2026 các chi bộ mới tổ chức 5 cuộc.\n"
    assert numbers(told) == ([("eq", "12", "cuộc đối thoại")], [("5", "cuộc")])


def test_what_is_still_to_come_is_a_target_in_a_report_too():
    head = "BÁO CÁO\nKết quả công tác dân vận 6 tháng đầu năm 2026\n"
    told = "Nhiệm vụ 6 tháng cuối năm: Phấn đấu 100% đơn thư được giải quyết đúng hạn; tổ chức thêm 04 cuộc đối thoại.\n"
    assert numbers(head + told)[0] == [("eq", "100", "%"), ("eq", "4", "cuộc đối thoại")]
    told = "Trong tháng Hội tặng 30 suất quà; tháng 9 sẽ ra mắt 02 tổ phụ nữ.\nDự kiến năm 2027 kiểm tra 10 chi bộ.\n"
    wanted, found = numbers(head + told)
    assert [value for _, value, _ in wanted] == ["2", "10"]
    assert [value for value, _ in found] == ["30"]


def test_how_many_are_asked_is_no_target():
    told = (
        "Công tác dân vận\nYêu cầu 02 chi bộ nói trên kiểm điểm, khắc phục xong trước 31/7/2026.\n"
    )
    assert numbers(told) == ([], [("2", "chi bộ")])


def test_a_plan_that_opens_with_the_time_and_times_for_procedures_are_targets():
    told = "Trong tháng 3/2026, ra mắt 12 tổ công nghệ số tại 14 thôn.\nThời gian giải quyết thủ tục rút ngắn 30% so với quy định.\n"
    wanted, found = numbers(PLAN + told)
    assert [value for _, value, _ in wanted] == ["12", "30"]
    assert [value for value, _ in found] == ["14"]


def test_the_reason_of_a_target_names_what_speaks_for_it():
    told = "Công tác dân vận\nII. KẾT QUẢ NĂM 2026\nPhấn đấu ít nhất 95% hộ dân tham gia.\n"
    [target] = read(told).targets
    assert (target.rule, "phấn đấu" in target.reason) == ("target.strive", True)


def test_a_label_of_rates_makes_norms_of_all_behind_it():
    told = "3. Mức hỗ trợ: mô hình cấp tỉnh 20 triệu đồng/mô hình, cấp xã 5 triệu đồng/mô hình.\n"
    reading = read(PLAN + told)
    assert [str(one.value) for one in reading.norms] == ["20", "5"]
    assert (reading.targets, reading.figures) == ((), ())


def test_comrades_are_no_money():
    assert numbers("Cử 01 đồng chí dự họp.")[1] == [("1", "đồng chí")]
    assert numbers("Hỗ trợ 500.000 đồng cho 05 đồng bào.")[1] == [
        ("500000", "đồng"),
        ("5", "đồng bào"),
    ]


def test_a_number_that_ends_a_name_counts_nothing():
    told = (
        "Cử tri ấp Kinh 2 kiến nghị nâng cấp cầu Kinh 3. Cử tri khu phố 7 mong muốn có đèn. Thôn 7 kiến nghị làm đường."
        " Trường Tiểu học Tân Hòa 2 nhận phản ánh qua tổng đài 1022, kéo điện 3 pha.\n"
    )
    assert numbers(told) == ([], [])
    assert numbers("Toàn xã có bản 7 hộ nghèo, bản 9 hộ nghèo.")[1] == [
        ("7", "hộ nghèo"),
        ("9", "hộ nghèo"),
    ]


def test_a_noun_that_is_in_no_table_is_never_taken_in_one_go():
    [figure] = read("UBND xã đã lắp 45 bóng đèn dọc tuyến.").figures
    assert (figure.rule, figure.unit) == ("figure.noun", "bóng đèn")
    assert figure.confidence <= 0.85
    [figure] = read("UBND xã đã vận động 1,2 nghìn hộ.").figures
    assert figure.rule == "figure.counted"


def test_the_same_unit_on_both_sides_of_a_slash_is_a_part_of_a_whole():
    [figure] = read("Hòa giải thành 1.012 vụ/1.130 vụ, tỷ lệ 89,6%.").figures
    assert (int(figure.numerator), int(figure.denominator), str(figure.percent)) == (
        1012,
        1130,
        "89.6",
    )
    pair = read("Đã tiếp 866 lượt/964 người.").figures
    assert [one.denominator for one in pair] == [None, None]


def test_one_is_a_number_behind_at_least():
    assert numbers(PLAN + "Mỗi quý họp ít nhất một lần.\n")[0] == [("ge", "1", "lần")]
    assert numbers("Đây là một lần đáng nhớ.") == ([], [])


def test_capitals_read_for_noughts_and_a_comma_set_apart_are_mended():
    told = "Vận động nhân dân hiến 3.4OO m2 đất, đạt 93 ,4 %.\n"
    assert [value for value, _ in numbers(told)[1]] == ["3400", "93.4"]
    assert [one.kind for one in read(told).notes if one.kind == "repair"] == ["repair"] * 3
    assert numbers("Nhiệt độ 30O.")[1] == numbers("Nhiệt độ 300.")[1]


def test_a_petition_with_its_day_at_the_foot_is_read_from_the_top():
    text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐƠN KIẾN NGHỊ\n"
        "Kính gửi: - Ủy ban nhân dân xã Tân Hòa;\n- Thường trực HĐND xã Tân Hòa.\n"
        "Chúng tôi gồm 23 hộ dân ấp 4 xin trình bày như sau:\n"
        "Vì vậy, chúng tôi kính đề nghị quý cơ quan:\n1. Xem xét lại đơn giá bồi thường.\n2. Tổ chức đối thoại với các hộ dân.\n"
        "Tân Hòa, ngày 01 tháng 6 năm 2026\n"
    )
    reading = read(text)
    whom = ("Ủy ban nhân dân xã Tân Hòa", "Thường trực HĐND xã Tân Hòa")
    assert [int(one.value) for one in reading.figures] == [23]
    assert [one.addressees for one in reading.requests] == [whom, whom]
    assert reading.head.issued_on == date(2026, 6, 1)


def test_a_text_without_its_signs_is_told_and_never_sure():
    text = (
        "UBND XA HOA BINH\nSo: 19/KH-UBND\nPhan dau nam 2026 co 95% don thu duoc giai quyet dung han. Nam 2025, xa da van dong"
        " 120 ho dan hien 5.000 m2 dat. Thuc hien Quyet dinh so 290-QD/TW ngay 25/02/2010 cua Bo Chinh tri.\n"
    )
    reading = read(text)
    assert [one.kind for one in reading.notes] == ["signs"]
    assert reading.figures
    assert max(one.confidence for one in (*reading.figures, *reading.citations)) <= 0.5
    assert "signs" not in {one.kind for one in read("Phấn đấu 95% đơn. " * 20).notes}


@pytest.mark.parametrize(
    ("between", "every"),
    [
        (" định kỳ hằng tháng, trước ngày 25,", "month"),
        (", hàng quý,", "quarter"),
        (" trước ngày 25 hằng tháng,", "month"),
        (" chậm nhất ngày 15/3/2026,", ""),
    ],
)
def test_when_may_stand_between_who_and_what(between, every):
    [task] = read(
        f"{PLAN}2. Nhiệm vụ\na) Văn phòng Đảng ủy{between} tổng hợp tiến độ thực hiện.\n"
    ).tasks
    assert ([one.words for one in task.leads], task.title, task.every) == (
        ["Văn phòng Đảng ủy"], "Tổng hợp tiến độ thực hiện", every,
    )  # fmt: skip
