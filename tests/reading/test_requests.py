"""Who asks whom for what: each way of saying it in sentences of our own, and what only looks like it."""

from datetime import date

import pytest

from danvan.reading import read

REPORT = """ĐẢNG ỦY XÃ AN HÒA
Số 12-BC/ĐU
An Hòa, ngày 05 tháng 6 năm 2026
BÁO CÁO
kết quả công tác dân vận quý II
"""


def asked(text):
    return [(one.addressee, one.what) for one in read(text).requests]


@pytest.mark.parametrize(
    ("text", "addressee", "what"),
    [
        ("Đề nghị UBND xã công khai danh sách hộ vay vốn.", "UBND xã", "Công khai danh sách hộ vay vốn"),
        ("Cử tri kiến nghị với Sở Giao thông vận tải sớm sửa cầu treo.", "Sở Giao thông vận tải", "Sớm sửa cầu treo"),
        ("Trân trọng đề nghị các cơ quan, đơn vị liên quan khẩn trương góp ý.", "các cơ quan, đơn vị liên quan", "Khẩn trương góp ý"),
        ("Yêu cầu các huyện, thị xã và TP. Đông Hà tổ chức tốt việc trực.", "các huyện, thị xã, thành phố Đông Hà", "Tổ chức tốt việc trực"),
        ("Đề nghị hai xã Tân Phú và Bình Lâm rà soát lại hộ nghèo.", "xã Tân Phú, xã Bình Lâm", "Rà soát lại hộ nghèo"),
        ("Đề nghị đồng chí Chủ tịch UBND xã chỉ đạo kiểm tra.", "đồng chí Chủ tịch UBND xã", "Chỉ đạo kiểm tra"),
        ("Đề nghị đồng chí Lê Văn Tám, Phó Chủ tịch HĐND xã, chủ trì họp.", "đồng chí Lê Văn Tám, Phó Chủ tịch HĐND xã", "Chủ trì họp"),
        ("Kêu gọi toàn thể cán bộ, đảng viên và Nhân dân thi đua lập thành tích.", "toàn thể cán bộ, đảng viên, Nhân dân", "Thi đua lập thành tích"),
        ("Đề nghị Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh phối hợp rà soát.", "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh", "Phối hợp rà soát"),
        ("Đề nghị Ban Chỉ đạo phòng, chống lụt bão xã trực ban.", "Ban Chỉ đạo phòng", ""),
        ("Kiến nghị UBND các xã An Phú, Bình Lâm và Cẩm Sơn báo cáo số liệu.", "UBND các xã An Phú, Bình Lâm và Cẩm Sơn", "Báo cáo số liệu"),
        ("Đề nghị quý cơ quan xem xét, hỗ trợ kinh phí.", "quý cơ quan", "Xem xét, hỗ trợ kinh phí"),
        ("Kiến nghị xử lý nghiêm hành vi lấn chiếm lòng đường.", "", "Xử lý nghiêm hành vi lấn chiếm lòng đường"),
        ("Qua giám sát, Ban Pháp chế kiến nghị tăng cường công khai.", "", "Tăng cường công khai"),
    ],
)  # fmt: skip
def test_a_request_says_whom_it_is_to_and_what(text, addressee, what):
    ((whom, action),) = asked(text)
    assert whom == addressee
    assert action == what or not what


@pytest.mark.parametrize(
    "text",
    [
        "Theo đề nghị của Phòng Nội vụ, xã đã họp.",
        "Mặt trận đã tiếp nhận khiếu nại, tố cáo, kiến nghị Ban Thường trực chuyển đến.",
        "Việc giải quyết kiến nghị, đề nghị của cử tri được đẩy nhanh.",
        "Ban thanh tra đã kiến nghị UBND xã xử lý 12 vụ việc.",
        "Xã khảo sát để kịp thời kiến nghị cơ quan có thẩm quyền xem xét.",
        "Công dân có quyền yêu cầu cơ quan cung cấp thông tin.",
        "Yêu cầu: gắn dân vận với cải cách hành chính.",
        "Nhà máy đáp ứng yêu cầu các đơn vị đặt ra.",
        "Đề nghị UBND xã về việc trên.",
        "Nơi nào có dưới 80 cử tri thì tổ chức hội nghị toàn thể.",
        "Ý kiến nào đúng thì được ghi nhận ngay.",
        "Kêu gọi đầu tư vào khu chợ mới của xã.",
    ],
)
def test_what_only_looks_like_a_request_is_none(text):
    assert asked(text) == []


def test_laws_and_decrees_ask_nobody():
    head = "CHÍNH PHỦ\nSố: 10/2026/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2026\n"
    asks = "\nQuy định về tiếp công dân\nĐiều 1. Phạm vi\nYêu cầu UBND xã bố trí nơi tiếp dân."
    assert read(f"{head}NGHỊ ĐỊNH{asks}").requests == ()
    assert len(read(f"{head}QUYẾT ĐỊNH{asks}").requests) == 1


def test_what_goes_on_after_a_semicolon_is_to_the_same_and_by_the_day_named():
    text = "Yêu cầu Công an xã rà soát 14 hộ; nắm tình hình từng hộ; hoàn thành trước ngày 15/7/2026; giao ban hằng tuần."
    first, second, *rest = read(text).requests
    assert (first.addressee, first.carried, first.rule) == ("Công an xã", "", "request.asked")
    assert (second.addressee, second.carried, second.rule) == (
        "Công an xã",
        "before",
        "request.carried",
    )
    assert (second.due_on, text[second.start : second.end]) == (
        date(2026, 7, 15), "nắm tình hình từng hộ; hoàn thành trước ngày 15/7/2026",
    )  # fmt: skip
    assert len(rest) <= 1


def test_a_heading_of_requests_gives_its_items_their_addressee():
    text = f"""{REPORT}
III. KIẾN NGHỊ, ĐỀ XUẤT
1. Đối với Tỉnh ủy
- Sớm ban hành quy chế phối hợp mới, trước ngày 30/9/2026.
- Kinh phí hiện nay còn ít.
2. Với UBND tỉnh:
Hỗ trợ sửa nhà văn hóa thôn; bố trí thêm biên chế.
3. Bộ Nội vụ sớm hướng dẫn.
4. Đối với các xã: rà soát quy ước của thôn.
5. Tăng phụ cấp cho cán bộ thôn.
IV. TỔ CHỨC THỰC HIỆN
Tăng cường tuyên truyền trong Nhân dân.
"""
    told = [(one.addressee, one.carried, one.rule, one.what) for one in read(text).requests]
    assert told == [
        ("Tỉnh ủy", "heading", "request.listed", "Sớm ban hành quy chế phối hợp mới, trước ngày 30/9/2026"),
        ("UBND tỉnh", "heading", "request.listed", "Hỗ trợ sửa nhà văn hóa thôn"),
        ("UBND tỉnh", "before", "request.carried", "Bố trí thêm biên chế"),
        ("Bộ Nội vụ", "", "request.listed", "Sớm hướng dẫn"),
        ("các xã", "", "request.listed", "Rà soát quy ước của thôn"),
        ("", "", "request.listed", "Tăng phụ cấp cho cán bộ thôn"),
    ]  # fmt: skip


def test_a_heading_that_asks_somebody_gives_its_list_whom_and_by_whom():
    text = """Ban Thường vụ Đảng ủy yêu cầu các chi bộ thực hiện tốt một số nội dung sau:
- Rà soát hộ nghèo trước ngày 30/8/2026.
- Văn phòng Đảng ủy: tổng hợp, báo cáo.
- Tình hình chung ổn định.
V. ĐỀ XUẤT
1. Đề nghị Tỉnh ủy:
- Quan tâm bố trí biên chế.
2. Đề nghị Chính phủ và các bộ, ngành Trung ương: (1) sớm ban hành nghị định; (2) sửa đổi thông tư.
VI. VIỆC KHÁC
Giải quyết kiến nghị UBND xã gửi:
- Trả lời cử tri thôn Đông ngay.
"""
    told = [(one.addressee, one.carried, one.requester, one.what) for one in read(text).requests]
    by = "Ban Thường vụ Đảng ủy"
    assert told == [
        ("các chi bộ", "heading", by, "Rà soát hộ nghèo trước ngày 30/8/2026"),
        ("Văn phòng Đảng ủy", "", by, "Tổng hợp, báo cáo"),
        ("Tỉnh ủy", "heading", "", "Quan tâm bố trí biên chế"),
        ("Chính phủ, các bộ, ngành Trung ương", "", "", "(1) sớm ban hành nghị định"),
        ("Chính phủ, các bộ, ngành Trung ương", "before", "", "Sửa đổi thông tư"),
    ]


def test_a_head_may_conclude_in_a_list():
    text = """Kết luận hội nghị, đồng chí Bí thư Đảng ủy giao:
- Công an xã nắm tình hình.
- Các thôn tiếp tục vận động.
"""
    reading = read(text)
    by = "đồng chí Bí thư Đảng ủy"
    assert [(one.addressee, one.requester) for one in reading.requests] == [
        ("Công an xã", by),
        ("Các thôn", by),
    ]
    assert [(one.words, one.by) for one in reading.conclusions] == [
        ("Công an xã nắm tình hình", by), ("Các thôn tiếp tục vận động", by),
    ]  # fmt: skip


def test_one_may_ask_to_be_given_something():
    assert asked("Nhân dân đề nghị được hỗ trợ giống lúa.") == [("", "Được hỗ trợ giống lúa")]
    assert asked("Những đề nghị được nêu ra đã rõ.") == []


def test_a_letter_asks_whom_it_is_to():
    text = """Kính gửi:
- Sở Nội vụ;
- Công an tỉnh.
Xã đã khảo sát tuyến kênh. UBND xã Bình Lâm trân trọng đề nghị quý cơ quan quan tâm giải quyết.
Kính đề nghị xem xét trước ngày 20/6/2026.
"""
    told = [(one.addressee, one.carried, one.requester) for one in read(text).requests]
    assert told == [
        ("Sở Nội vụ, Công an tỉnh", "letter", "UBND xã Bình Lâm"),
        ("Sở Nội vụ, Công an tỉnh", "letter", ""),
    ]
    assert asked("Kính gửi: bà con gần xa\nĐề nghị xem xét kỹ việc này.") == [
        ("", "Xem xét kỹ việc này")
    ]


def test_in_the_words_of_a_head_an_organisation_and_its_verb_are_enough():
    text = (
        "Thường trực Huyện ủy kết luận: Văn phòng Huyện ủy tiếp tục rà soát quy chế; hai xã Tân Phú và Bình Lâm phải xong"
        " đường liên thôn trong năm 2026; giao Phòng Nội vụ lập danh sách; đồng thời, theo dõi sát cơ sở; việc chung đã ổn."
    )
    told = [(one.addressee, one.rule, one.carried, one.requester) for one in read(text).requests]
    by = "Thường trực Huyện ủy"
    assert told == [
        ("Văn phòng Huyện ủy", "request.directing", "", by),
        ("xã Tân Phú, xã Bình Lâm", "request.directing", "", by),
        ("Phòng Nội vụ", "request.given", "", by),
        ("Phòng Nội vụ", "request.carried", "before", by),
    ]


def test_what_whoever_writes_will_do_is_no_request():
    text = "UBND xã Bình Lâm họp tổng kết.\nNhiệm vụ năm 2027: UBND xã tiếp tục phối hợp với Mặt trận; các thôn đăng ký việc làm cụ thể."
    assert asked(text) == [("các thôn", "Đăng ký việc làm cụ thể")]


def test_an_order_on_whatever_it_holds_for_is_to_who_reported():
    text = "Tại kỳ họp, UBND tỉnh báo cáo đã nhận 52 lượt ý kiến. Ý kiến nào chưa có nguồn lực thì lập lộ trình giải quyết rõ ràng."
    (one,) = read(text).requests
    assert (one.addressee, one.rule, one.carried) == ("UBND tỉnh", "request.conditional", "before")
    (alone,) = read("Đơn vị nào chưa nộp báo cáo thì phải gửi bổ sung ngay.").requests
    assert (alone.addressee, alone.carried) == ("", "")
    assert alone.confidence < one.confidence


@pytest.mark.parametrize(
    ("text", "requester"),
    [
        ("Cử tri thôn 3 đề nghị UBND xã sớm sửa cầu.", "Cử tri thôn 3"),
        ("Nhiều ý kiến đề nghị cần có chính sách hỗ trợ.", "Nhiều ý kiến"),
        ("Công văn số 15/UBND-VP của Chủ tịch UBND tỉnh Bắc Lâm yêu cầu các sở rà soát ngay.", "Chủ tịch UBND tỉnh Bắc Lâm"),
        ("Phát biểu tại hội nghị, đồng chí Lê Văn Tám, Bí thư Đảng ủy, ghi nhận kết quả; yêu cầu UBND xã báo cáo sớm.", "đồng chí Lê Văn Tám, Bí thư Đảng ủy"),
        ("Ông Nguyễn Văn Ba đề nghị UBND xã sửa đường.", ""),
        ("Đoàn giám sát đề nghị UBND xã sửa đường; đề nghị Công an xã lập chốt.", "Đoàn giám sát"),
    ],
)  # fmt: skip
def test_the_requester_is_who_is_named_before_the_verb(text, requester):
    assert {one.requester for one in read(text).requests} == {requester}


def test_what_was_asked_before_and_has_no_number_is_told_with_less_certainty():
    (plain,) = read("Ban Pháp chế kiến nghị UBND xã sớm sửa đường.").requests
    (before,) = read("Ban Pháp chế đã kiến nghị UBND xã sớm sửa đường.").requests
    assert before.confidence < plain.confidence


def test_what_names_nobody_is_to_whom_the_sentence_before_was():
    text = "Cử tri đề nghị UBND xã sửa cầu. Nhân dân kiến nghị tăng số buổi tiếp dân."
    told = [(one.addressee, one.carried, one.requester) for one in read(text).requests]
    assert told == [("UBND xã", "", "Cử tri"), ("UBND xã", "before", "Nhân dân")]


def test_a_quotation_ends_the_request():
    text = '"Với những vi phạm trên, yêu cầu chuyển hồ sơ sang cơ quan khác", thông báo nêu.'
    (one,) = read(text).requests
    assert text[one.start : one.end] == "yêu cầu chuyển hồ sơ sang cơ quan khác"


def test_every_request_gives_its_reason():
    (one,) = read("Đề nghị UBND xã công khai danh sách hộ vay vốn.").requests
    assert one.reason.startswith("Vì: “đề nghị”")
    assert one.sentence.start <= one.start < one.end <= one.sentence.end


def test_a_place_and_an_organisation_may_be_asked_together():
    (one,) = read(
        "Đề nghị hai xã An Hòa và Ủy ban nhân dân xã Bình Minh rà soát danh sách hộ nghèo."
    ).requests
    assert one.addressees == ("xã An Hòa", "Ủy ban nhân dân xã Bình Minh")
