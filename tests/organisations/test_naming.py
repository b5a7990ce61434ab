from datetime import date

import pytest

from danvan.organisations.enums import STANDING
from danvan.organisations.naming import bare_name, organisation_name, within_sentence

DAY, OLD = date(2026, 1, 1), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("kind", "level", "place", "type_word", "day", "name"),
    [
        ("party_committee", "country", "Việt Nam", "", DAY, "Ban Chấp hành Trung ương Đảng"),
        ("party_committee", "province", "Tỉnh Nghệ An", "tỉnh", DAY, "Tỉnh ủy Nghệ An"),
        ("party_committee", "province", "Thành phố Hà Nội", "thành phố", DAY, "Thành ủy Hà Nội"),
        ("party_committee", "district", "Huyện Con Cuông", "huyện", OLD, "Huyện ủy Con Cuông"),
        ("party_committee", "district", "Quận 1", "quận", OLD, "Quận ủy Quận 1"),
        ("party_committee", "district", "Thị xã Quảng Yên", "thị xã", OLD, "Thị ủy Quảng Yên"),
        ("party_committee", "district", "Thành phố Vinh", "thành phố", OLD, "Thành ủy Vinh"),
        ("party_committee", "commune", "Đặc khu Vân Đồn", "đặc khu", DAY, "Đảng ủy đặc khu Vân Đồn"),
        ("advisory_board", "country", "Việt Nam", "", DAY, "Ban Tuyên giáo và Dân vận Trung ương"),
        ("advisory_board", "country", "Việt Nam", "", OLD, "Ban Dân vận Trung ương"),
        ("advisory_board", "province", "Tỉnh Nghệ An", "tỉnh", DAY,
         "Ban Tuyên giáo và Dân vận Tỉnh ủy Nghệ An"),
        ("advisory_board", "district", "Huyện Con Cuông", "huyện", OLD, "Ban Dân vận Huyện ủy Con Cuông"),
        ("advisory_board", "commune", "Xã Con Cuông", "xã", DAY, "Ban Xây dựng Đảng xã Con Cuông"),
        ("advisory_board", "commune", "Đặc khu Vân Đồn", "đặc khu", DAY,
         "Ban Tuyên giáo và Dân vận đặc khu Vân Đồn"),
        ("advisory_board", "commune", "Xã Chi Khê", "xã", OLD, "Khối Dân vận xã Chi Khê"),
        ("peoples_council", "commune", "Phường Thành Vinh", "phường", DAY, "HĐND phường Thành Vinh"),
        ("trade_union", "province", "Tỉnh Nghệ An", "tỉnh", DAY, "Liên đoàn Lao động tỉnh Nghệ An"),
        ("youth_union", "province", "Tỉnh Nghệ An", "tỉnh", DAY, "Tỉnh Đoàn Nghệ An"),
        ("youth_union", "province", "Thành phố Huế", "thành phố", DAY, "Thành Đoàn Huế"),
        ("veterans_association", "country", "Việt Nam", "", DAY, "Trung ương Hội CCB Việt Nam"),
        ("womens_union", "commune", "Xã Con Cuông", "xã", DAY, "Hội LHPN xã Con Cuông"),
    ],
)  # fmt: skip
def test_an_organisation_is_called_as_its_kind_and_place_ask_for(
    kind, level, place, type_word, day, name
):
    assert organisation_name(kind, level, place, type_word, day) == name


def test_every_kind_has_a_name_at_every_level_it_stands_at():
    from danvan.organisations.naming import LEVELS

    for kind in STANDING:
        for level in LEVELS[kind]:
            assert organisation_name(kind, level, "Thành phố Vinh", "thành phố", DAY)


@pytest.mark.parametrize(
    ("name", "type_word", "bare", "inside"),
    [
        ("Xã Con Cuông", "xã", "Con Cuông", "xã Con Cuông"),
        ("Việt Nam", "", "Việt Nam", "Việt Nam"),
        ("Thị trấn Ba", "thị trấn", "Ba", "thị trấn Ba"),
        ("Con Cuông", "xã", "Con Cuông", "Con Cuông"),
    ],
)
def test_a_name_with_and_without_its_type_word(name, type_word, bare, inside):
    assert (bare_name(name, type_word), within_sentence(name, type_word)) == (bare, inside)
