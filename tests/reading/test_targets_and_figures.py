"""The worst error is to take a result for a target or a target for a result."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.reading import read

HEAD = "UBND XÃ AN HÒA\nSố: 15/{code}-UBND\nAn Hòa, ngày 02 tháng 02 năm 2026\n{kind}\ndân vận năm 2026\n"
PLAN = HEAD.format(code="KH", kind="KẾ HOẠCH")
REPORT = HEAD.format(code="BC", kind="BÁO CÁO")
DECREE = HEAD.format(code="NĐ", kind="NGHỊ ĐỊNH")


def values(text: str) -> tuple[list[object], list[object]]:
    reading = read(text)
    return [one.value for one in reading.targets], [one.value for one in reading.figures]


@pytest.mark.parametrize(
    ("text", "targets", "figures"),
    [
        ("Phấn đấu 100% thôn có tổ tự quản.", [100], []),
        ("Xã đã lập tổ tự quản ở 100% thôn.", [], [100]),
        ("Đến năm 2030, thu nhập bình quân đạt 86 triệu đồng.", [86], []),
        ("Thu nhập bình quân năm 2025 là 52 triệu đồng, tăng 3 triệu đồng so với năm 2024.", [], [52, 3]),
        ("Mỗi năm, mỗi chi bộ kết nạp ít nhất 02 đảng viên.", [2], []),
        ("Năm 2025, chi bộ kết nạp được 02 đảng viên.", [], [2]),
        ("Từ đầu năm, xã tiếp nhận 45 đơn, giải quyết 40 đơn.", [], [45, 40]),
        ("Chỉ tiêu đến năm 2030:\n- Hộ khá 60%.\n- Đường bê tông 25 km.", [60, 25], []),
        ("Kết quả năm 2025:\n- Hộ khá 60%.\n- Mở 25 lớp.", [], [60, 25]),
        ("Nghị quyết nêu 12 chỉ tiêu. Phấn đấu trồng 500 cây.", [500], [12]),
        (PLAN + "- 100% cán bộ được học tập.\n- Tổ chức 12 buổi tuyên truyền.\n- Kinh phí: 35 triệu đồng.", [100, 12], [35]),
        (PLAN + "I. Tình hình\nNăm 2025 mở 12 lớp.\n", [], [12]),
        (REPORT + "Hằng năm, 100% chi bộ tổ chức học tập.\nXã có 90% hộ dùng nước sạch.", [], [100, 90]),
        (REPORT + "Phương hướng năm 2027:\n- Phấn đấu 95% hộ đạt chuẩn.", [95], []),
        ("BÁO CÁO\nSố: 1/BC-UBND\nTrước năm 2020 có 7 vụ.", [], [7]),
        (PLAN + "Đến năm 2020 có 7 mô hình.", [], [7]),
        ("Nghị quyết được thông qua khi có trên 50% tổng số cử tri tán thành.", [], []),
        ("Thôn có dưới 100 hộ thì họp chung.", [], []),
        ("Phạt tiền từ 1.000.000 đồng đến 3.000.000 đồng.", [], []),
        ("Mức hỗ trợ 500.000 đồng một hộ.", [], []),
        ("Trả lời chậm nhất sau khi đủ 3 chữ ký.", [], []),
        (DECREE + "Hội đồng có 5 thành viên.", [], []),
        ("Tòa nhà 28 tầng, chính quyền 2 cấp.", [], []),
        ("Giá trị thu trên 1 ha canh tác đạt 80 triệu đồng.", [], [80]),
        ("Tổng số người ứng cử là 870.", [], [870]),
        ("Giám sát 28 cuộc, gồm cấp tỉnh 8, cấp xã 20; trong đó 5 được nêu gương.", [], [28, 8, 20, 5]),
        ("Mời 12, xã khác, cấp huyện trên 3.", [], []),
        ("Có 9 cuộc, cấp huyện trên 3.", [], [9, 3]),
        ("Lúc ấy 12 là đủ", [], []),
        ("Tỷ lệ hộ nghèo không quá 5%.", [5], []),
        ("Đề án gồm 10 nhóm mục tiêu và 7 mô hình.", [], [10, 7]),
    ],
)  # fmt: skip
def test_wording_section_and_kind_of_document_tell_targets_from_results(text, targets, figures):
    assert values(text) == (targets, figures)


def test_every_proposal_names_its_rule_and_reason():
    reading = read("Phấn đấu 100% thôn có tổ tự quản. Xã đã mở 12 lớp.")
    (target,), (figure,) = reading.targets, reading.figures
    assert (target.rule, target.reason) == ("target.strive", "Vì: “phấn đấu”")
    assert (figure.rule, figure.reason) == ("figure.counted", "Vì: “đã”")
    assert 0.5 < figure.confidence < 1
    assert 0.5 < target.confidence < 1


def test_a_clause_takes_its_sense_from_its_neighbours():
    text = "Sản lượng tăng bình quân 8%; thu nhập đến năm 2035 đạt 90 triệu đồng; mỗi năm kết nạp từ 25 đảng viên trở lên."
    assert values(text) == ([8, 90, 25], [])


@pytest.mark.parametrize(
    ("text", "value", "part", "whole", "percent"),
    [
        ("Đã có 16/18 sở = 88,9%.", 16, 16, 18, Decimal("88.9")),
        ("Đã giải quyết 37/41 kiến nghị của Nhân dân, đạt 90,2%.", 37, 37, 41, Decimal("90.2")),
        ("Đã lập nhóm ở 589/589 tổ dân phố (đạt 100%).", 589, 589, 589, 100),
        ("Đã đạt 58,9% (66/112 thôn).", Decimal("58.9"), 66, 112, Decimal("58.9")),
    ],
)
def test_a_fraction_and_its_percentage_are_one_figure(text, value, part, whole, percent):
    reading = read(text)
    (one,) = reading.figures
    assert (one.value, one.numerator, one.denominator, one.percent) == (value, part, whole, percent)
    assert one.rule == "figure.share"
    assert reading.notes == ()


def test_a_percentage_finds_the_counts_behind_it():
    text = "Đã nhận 11.244 đơn, thụ lý 7.568 đơn, giải quyết 7.344 đơn đạt 97%."
    share = read(text).figures[-1]
    assert (share.value, share.numerator, share.denominator) == (97, 7344, 7568)


@pytest.mark.parametrize(
    ("text", "numerator"),
    [
        ("Đã nhận 11.244 đơn, giải quyết 7.344 đơn đạt 97%.", 7344),
        ("Đã kết nạp 129 đảng viên, đạt 104,9% kế hoạch.", None),
        ("Đã giải quyết 40 đơn, đạt trên 90%.", 40),
        ("Đạt 97% yêu cầu đã nêu.", None),
        ("Đã trồng 5 ha rừng, đạt 97%.", None),
        ("Đã thu 5 tỷ đồng, chi 300 triệu đồng, đạt 6%.", 300),
    ],
)
def test_a_whole_that_the_sentence_does_not_give_stays_unknown(text, numerator):
    share = read(text).figures[-1]
    assert (share.numerator, share.denominator) == (numerator, None)


def test_money_has_parts_too():
    text = "Nông nghiệp đã đạt 5,6 tỷ đồng: cây mùa vụ 2,5 tỷ đồng (44,64%), chăn nuôi 1,7 tỷ đồng."
    share = read(text).figures[2]
    assert (share.numerator, share.denominator) == (Decimal("2.5"), Decimal("5.6"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Đã có 238/316 hộ, đạt 88,9%.",
            "238/316 = 75,3 %, văn bản ghi 88,9 %. Đồng chí vui lòng kiểm tra lại với nơi gửi.",
        ),
        ("Đã có 20/16 xã làm xong.", "Phần 20 lớn hơn tổng 16."),
        ("Đã có 5/0 xã, đạt 10%.", "Tổng số bằng 0 nên không tính được tỷ lệ."),
    ],
)
def test_a_contradiction_is_noted_and_not_corrected(text, sentence):
    assert [note.sentence for note in read(text).notes] == [sentence]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Năm 2025 đã mở 12 lớp.", "Năm 2025"),
        ("Đã mở 12 lớp trong năm 2025.", "trong năm 2025"),
        ("Hộ nghèo 32,1% (năm 2010), nay đã khác.", "năm 2010"),
        ("Quý I/2026 xã họp. Đã mở 12 lớp.", "Quý I/2026"),
        ("Năm nay (năm 2025) xã họp. Đã mở 12 lớp.", None),
        ("Kết quả năm 2024:\n- Mở 12 lớp.", "năm 2024"),
        ("Kết quả:\n- Mở 12 lớp.", None),
        ("Đã mở 12 lớp.", None),
    ],
)
def test_the_period_of_a_figure_is_the_nearest_one_told(text, words):
    period = read(text).figures[0].period
    assert (period.words if period else None) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phấn đấu 100% cấp ủy cấp xã đối thoại hằng năm.", [("cấp ủy cấp xã", "party_committee", ("commune",))]),
        ("Phấn đấu 95% hộ gia đình có nước sạch.", [("hộ gia đình", "", ())]),
        ("Phấn đấu 95% cán bộ, công chức xã được tập huấn.", [("cán bộ, công chức xã", "", ())]),
        ("Phấn đấu 95% người dân, doanh nghiệp hài lòng", [("người dân", "", ())]),
        ("Phấn đấu tỷ lệ hài lòng đạt 95%.", []),
        ("Mỗi năm, mỗi thôn tổ chức ít nhất 02 cuộc đối thoại.", [("thôn", "", ())]),
        ("Mỗi năm, các tổ chức chính trị - xã hội giám sát ít nhất 02 chuyên đề.", [
            ("các tổ chức chính trị - xã hội", kind, ())
            for kind in ("trade_union", "farmers_union", "womens_union", "youth_union", "veterans_association")
        ]),
        ("Tỉnh ủy chỉ đạo Mặt trận Tổ quốc cấp xã mỗi năm giám sát ít nhất 02 chuyên đề.", [("Mặt trận Tổ quốc cấp xã", "front_committee", ("commune",))]),
        ("Đảng ủy chỉ đạo mỗi năm giám sát ít nhất 02 chuyên đề.", [("Đảng ủy", "party_committee", ())]),
        ("Hội đồng nhân dân cấp xã họp; mỗi năm giám sát ít nhất 02 chuyên đề.", [("Hội đồng nhân dân cấp xã", "peoples_council", ("commune",))]),
        ("Phấn đấu mỗi năm trồng ít nhất 500 cây.", []),
    ],
)  # fmt: skip
def test_a_target_names_whom_it_asks(text, expected):
    (target, *_) = read(text).targets
    assert [(one.words, one.kind, one.levels) for one in target.populations] == expected


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Phấn đấu 100% cấp ủy làm việc với Mặt trận và ban hành văn bản định hướng hoạt động.", [("working_session", 1), ("orientation_document", 1)]),
        ("Phấn đấu 100% cấp ủy làm việc với Mặt trận ít nhất 02 lần mỗi năm.", [("working_session", 2)]),
        ("Phấn đấu 100% thôn có ít nhất 01 mô hình “Dân vận khéo”.", [("model_visit", 1)]),
        ("Phấn đấu 100% thôn trồng ít nhất 30 cây xanh.", [("30 cây", 30)]),
        ("Phấn đấu 100% cấp ủy tổ chức ít nhất 02 cuộc đối thoại và tập huấn cho cán bộ.", [("dialogue", 2), ("training", 1)]),
        ("Mỗi năm cấp ủy làm việc với Mặt trận ít nhất 02 lần.", [("working_session", 2)]),
        ("Mỗi năm cấp ủy giám sát ít nhất 02 chuyên đề, phản biện ít nhất 01 dự thảo.", [("supervision", 2)]),
        ("Mỗi năm trồng ít nhất 500 cây.", [("", 500)]),
        ("Phấn đấu trồng ít nhất 20 ha rừng.", []),
    ],
)  # fmt: skip
def test_a_target_names_what_it_asks(text, conditions):
    (target, *_) = read(text).targets
    assert [
        (
            one.measure or one.words if one.measure == "" and one.minimum == 30 else one.measure,
            one.minimum,
        )
        for one in target.conditions
    ] == conditions


def test_at_least_holds_behind_the_comma():
    text = "Mỗi năm, Mặt trận Tổ quốc xã chủ trì ít nhất 02 nội dung giám sát, 03 nội dung phản biện xã hội."
    first, second = read(text).targets
    assert (first.comparator, first.value, second.comparator, second.value) == ("ge", 2, "ge", 3)
    assert second.reason.endswith("(“ít nhất” nêu trước dấu phẩy)")
    assert [one.measure for one in second.conditions] == ["social_criticism"]


def test_a_share_needs_a_population():
    asked, none = read("Phấn đấu 95% thôn đạt chuẩn; tỷ lệ nước sạch đạt 98%.").targets
    assert (asked.share, asked.share_stated) == ((95, 100), True)
    assert (none.share, none.share_stated) == (None, False)


def test_a_percentage_keeps_the_count_in_brackets():
    (one,) = read("Phấn đấu 50% số xã (8 xã) đạt chuẩn.").targets
    assert (one.value, one.numerator) == (50, 8)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Phấn đấu đến năm 2030, 95% thôn đạt chuẩn.", date(2030, 12, 31)),
        ("Phấn đấu 95% thôn đạt chuẩn trước ngày 30/6/2027.", date(2027, 6, 30)),
        ("Phấn đấu đến hết tháng 6/2027, 95% thôn đạt chuẩn.", None),
        ("Phấn đấu 95% thôn đạt chuẩn.", None),
    ],
)
def test_a_target_may_have_a_last_day(text, due):
    (one,) = read(text).targets
    assert one.due_on == due or (due is None and one.due_on == date(2027, 6, 30))


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("Chỉ tiêu:\nPhấn đấu 95% thôn họp dân hằng quý.", "quarter"),
        ("Chỉ tiêu hằng năm:\n- Mở 12 lớp.", "year"),
        ("Mỗi tháng xã họp; phấn đấu mở 12 lớp.", "month"),
        ("Chỉ tiêu:\n- Mở 12 lớp.", ""),
    ],
)
def test_how_often_comes_from_clause_sentence_or_heading(text, every):
    assert read(text).targets[0].every == every


def test_a_qualitative_target_has_no_number():
    text = (
        "III. Mục tiêu\n1. Mỗi năm, Mặt trận Tổ quốc xã chủ trì ít nhất 02 nội dung giám sát; "
        "thực hiện tốt việc giám sát thường xuyên theo quy định.\n"
        "2. Thường xuyên rà soát việc thực hiện các kết luận sau đối thoại.\n"
        "3. Cấp ủy các cấp làm tốt việc nắm tình hình.\n4. Xã chưa làm tốt việc này.\n"
    )
    found = [one for one in read(text).targets if one.qualitative]
    assert [(one.value, one.title) for one in found] == [
        (None, "thực hiện tốt việc giám sát thường xuyên theo quy định"),
        (None, "Thường xuyên rà soát việc thực hiện các kết luận sau đối thoại"),
        (None, "làm tốt việc nắm tình hình"),
    ]
    assert [one.populations[0].kind if one.populations else "" for one in found] == [
        "front_committee",
        "",
        "party_committee",
    ]
    assert found[1].conditions[0].measure == "conclusion_review"


def test_a_counted_target_stops_before_the_qualitative_one():
    text = "Phấn đấu 100% cấp ủy đối thoại mỗi năm, thực hiện tốt việc giám sát."
    counted, qualitative = read(text).targets
    assert [one.measure for one in counted.conditions] == ["dialogue"]
    assert qualitative.qualitative


def test_the_same_words_in_a_report_are_no_target():
    assert read(REPORT + "I. Kết quả\n1. Các ban thực hiện tốt quy chế.").targets == ()


def test_the_validity_of_the_document_is_the_period_of_its_targets():
    text = PLAN + "I. Mục tiêu\n- Mở 12 lớp."
    assert read(text).targets[0].period.words == "năm 2026"


def test_what_must_be_is_a_target_in_minutes_too():
    reading = read("BIÊN BẢN\nKết luận hội nghị; 100% ý kiến phải được trả lời bằng văn bản.")
    assert [(one.value, one.rule) for one in reading.targets] == [(100, "target.must")]
    assert reading.figures == ()
