"""Wordings of official letters, notices, minutes and petitions that the annotated texts do not have; all our own."""

from datetime import date

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
