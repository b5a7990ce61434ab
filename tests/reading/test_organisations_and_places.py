"""Organisations and places as texts name them, what stands for them in full, and what is left to ask."""

import pytest

from danvan.reading import Gazetteer, read

PLACELESS = "Văn bản không nói của nơi nào."


def organisations(text, **known):
    return [
        (one.words, one.name, one.tier, one.place, one.asks)
        for one in read(text, **known).organisations
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND tỉnh Bắc Lâm họp.", ("UBND tỉnh Bắc Lâm", "Ủy ban nhân dân tỉnh Bắc Lâm", "province", "tỉnh Bắc Lâm", "")),
        ("Ban Thường trực UBMTTQ xã họp.", ("Ban Thường trực UBMTTQ xã", "Ban Thường trực Ủy ban Mặt trận Tổ quốc xã", "commune", "", PLACELESS)),
        ("Tỉnh ủy họp.", ("Tỉnh ủy", "Tỉnh ủy", "province", "", "Văn bản không nói của tỉnh nào.")),
        ("Tỉnh ủy Quảng Ninh họp.", ("Tỉnh ủy Quảng Ninh", "Tỉnh ủy Quảng Ninh", "province", "tỉnh Quảng Ninh", "")),
        ("Thành ủy Huế họp.", ("Thành ủy Huế", "Thành ủy Huế", "province", "thành phố Huế", "")),
        ("Huyện ủy Cẩm Sơn họp.", ("Huyện ủy Cẩm Sơn", "Huyện ủy Cẩm Sơn", "district", "huyện Cẩm Sơn", "")),
        ("Đảng ủy Cẩm Sơn họp.", ("Đảng ủy Cẩm Sơn", "Đảng ủy Cẩm Sơn", "", "Cẩm Sơn", "")),
        ("Đảng ủy họp.", ("Đảng ủy", "Đảng ủy", "", "", PLACELESS)),
        ("BTV Đảng ủy xã Bình Lâm họp.", ("BTV Đảng ủy xã Bình Lâm", "Ban Thường vụ Đảng ủy xã Bình Lâm", "commune", "xã Bình Lâm", "")),
        ("UBND các cấp họp.", ("UBND các cấp", "Ủy ban nhân dân các cấp", "", "", "")),
        ("UBND xã, phường họp.", ("UBND xã, phường", "Ủy ban nhân dân xã, phường", "commune", "", "")),
        ("Ủy ban Kiểm tra Trung ương họp.", ("Ủy ban Kiểm tra Trung ương", "Ủy ban Kiểm tra Trung ương", "country", "", "")),
        ("Ban Dân vận Tỉnh ủy tham mưu.", ("Ban Dân vận Tỉnh ủy", "Ban Dân vận Tỉnh ủy", "province", "", "Văn bản không nói của tỉnh nào.")),
        ("Sở Nông nghiệp và Môi trường họp.", ("Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Môi trường", "", "", "")),
        ("Sở VH-TT tham mưu.", ("Sở VH-TT", "Sở VH-TT", "", "", "")),
        ("Bộ Công an ban hành.", ("Bộ Công an", "Bộ Công an", "country", "", "")),
        ("Văn phòng UBND tỉnh họp.", ("Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "province", "", PLACELESS)),
        ("Trung tâm Phục vụ hành chính công xã mở cửa.", ("Trung tâm Phục vụ hành chính công xã", "Trung tâm Phục vụ hành chính công xã", "commune", "", "")),
        ("Mặt trận Tổ quốc Việt Nam tỉnh Bắc Lâm họp.", ("Mặt trận Tổ quốc Việt Nam tỉnh Bắc Lâm", "Mặt trận Tổ quốc Việt Nam tỉnh Bắc Lâm", "province", "tỉnh Bắc Lâm", "")),
        ("UBND các xã An Phú, Bình Lâm và Cẩm Sơn họp.", ("UBND các xã An Phú, Bình Lâm và Cẩm Sơn", "Ủy ban nhân dân các xã An Phú, Bình Lâm và Cẩm Sơn", "commune", "", "")),
        ("trưởng phòng Địa chính dự.", ("phòng Địa chính", "phòng Địa chính", "", "", "")),
        ("Cục Thuế TP Vinh họp.", ("Cục Thuế TP Vinh", "Cục Thuế thành phố Vinh", "district", "thành phố Vinh", "")),
    ],
)  # fmt: skip
def test_an_organisation_is_told_in_full_with_what_it_is_of(text, found):
    assert organisations(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "sở thích của dân",
        "phòng Quảng Ninh",
        "tổ công tác đi thôn",
        "bộ máy nhà nước",
        "Vụ việc đã xong",
        "không có gì",
    ],
)
def test_words_that_only_look_like_an_organisation_are_none(text):
    assert organisations(text) == []


def test_names_that_stand_side_by_side_are_told_apart():
    words = [
        one[0]
        for one in organisations(
            "Phòng Kinh tế, Ủy ban Kiểm tra Đảng ủy, Bộ Công an và Bộ Nội vụ họp."
        )
    ]
    assert words == ["Phòng Kinh tế", "Ủy ban Kiểm tra Đảng ủy", "Bộ Công an", "Bộ Nội vụ"]
    (office,) = organisations("Văn phòng Bộ Lê Văn Tám ký.")
    assert office[0] == "Văn phòng Bộ"
    assert [one[0] for one in organisations("Hội đồng Khoa học, Mặt trận Tổ quốc và Công an xã họp.")] == [
        "Hội đồng Khoa học", "Mặt trận Tổ quốc", "Công an xã",
    ]  # fmt: skip

    assert [one[0] for one in organisations("Hội đồng Khoa học, Công an và Chính phủ họp.")] == [
        "Hội đồng Khoa học", "Công an", "Chính phủ",
    ]  # fmt: skip
    assert [one[3] for one in organisations("Đảng ủy xã Bình Lâm, Đảng ủy cơ sở")] == [
        "xã Bình Lâm",
        "",
    ]


def test_the_place_behind_the_last_of_a_list_holds_for_those_before_it():
    told = organisations("Tỉnh ủy, HĐND và UBND tỉnh Bắc Lâm họp. Đảng ủy xã An Phú họp.")
    assert [(one[0], one[3], one[4]) for one in told] == [
        ("Tỉnh ủy", "tỉnh Bắc Lâm", ""), ("HĐND", "tỉnh Bắc Lâm", ""), ("UBND tỉnh Bắc Lâm", "tỉnh Bắc Lâm", ""),
        ("Đảng ủy xã An Phú", "xã An Phú", ""),
    ]  # fmt: skip


def test_a_bare_name_asks_which_and_offers_the_one_place_of_its_tier():
    (_, bare) = organisations("UBND tỉnh Bắc Lâm họp. Tỉnh ủy chỉ đạo.")
    assert bare[4] == "Văn bản không nói của tỉnh nào. Có thể là của tỉnh Bắc Lâm."
    told = organisations("UBND tỉnh Bắc Lâm, UBND tỉnh Nam Sơn họp. Tỉnh ủy chỉ đạo.")
    assert told[-1][4] == "Văn bản không nói của tỉnh nào."


def test_the_register_knows_some_by_name():
    known = Gazetteer(["Ban Dân vận Tỉnh ủy", "Xã Bình Lâm"])
    reading = read("Ban Dân vận Tỉnh ủy về xã Bình Lâm.", gazetteer=known)
    (organisation,), (place,) = reading.organisations, reading.places
    assert (organisation.unit, organisation.asks, organisation.rule) == (
        "Ban Dân vận Tỉnh ủy",
        "",
        "organisation.known",
    )
    assert (place.unit, place.name) == ("Xã Bình Lâm", "xã Bình Lâm")


def test_mentions_of_one_organisation_are_one():
    text = "UBND xã Bình Lâm họp. " + "Ủy ban nhân dân xã Bình Lâm họp. " * 250
    (one,) = read(text).organisations
    assert text[one.start : one.end] == "UBND xã Bình Lâm"
    assert len(one.also) == 200


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("các xã An Phú, Bình Lâm và Cẩm Sơn", [("xã An Phú", "commune"), ("xã Bình Lâm", "commune"), ("xã Cẩm Sơn", "commune")]),
        ("2 xã An Phú, Bình Lâm", [("xã An Phú", "commune"), ("xã Bình Lâm", "commune")]),
        ("xã An Phú, Bình Lâm", [("xã An Phú", "commune")]),
        ("TP. Vinh, tx. Cửa Lò", [("thành phố Vinh", "district"), ("thị xã Cửa Lò", "district")]),
        ("thành phố Hồ Chí Minh", [("thành phố Hồ Chí Minh", "province")]),
        ("thôn 3 và thôn Đông, phường 12", [("thôn 3", "village"), ("thôn Đông", "village"), ("phường 12", "commune")]),
        ("tỉnh Nguyễn Văn An", []),
        ("tỉnh Phạm Long và TP Lê Đình Tám, xã Lê Văn Tám", []),
        ("thành phố Cao Lãnh, phường Lê Hồng Phong", [("thành phố Cao Lãnh", "district"), ("phường Lê Hồng Phong", "commune")]),
        ("TP.Vinh", [("thành phố Vinh", "district")]),
        ("xã 5 năm liền", []),
        ("xã Bình Lâm, xã bình lâm, Xã Bình Lâm", [("xã Bình Lâm", "commune")]),
        ("các xã An Phú, Trần Văn Bá dự", [("xã An Phú", "commune")]),
        ("các phường An Phú, xã Bình Lâm", [("phường An Phú", "commune"), ("xã Bình Lâm", "commune")]),
        ("XÃ BÌNH LÂM NĂM 2026", [("xã BÌNH LÂM", "commune")]),
        ("xã Bình Lâm Trần Văn Bá", [("xã Bình Lâm", "commune")]),
    ],
)  # fmt: skip
def test_places_are_read_by_their_tier(text, places):
    assert [(one.name, one.tier) for one in read(text).places] == places
