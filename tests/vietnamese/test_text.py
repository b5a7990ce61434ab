import unicodedata

import pytest

from danvan.vietnamese.text import canonical, fold, lower_first, printable
from danvan.vietnamese.text import written as as_written


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("hoà bình", "hòa bình"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Hoà", "Hòa"),
        ("xoá đói, khoẻ", "xóa đói, khỏe"),
        ("Uỷ ban, Thuỷ, huỷ", "Ủy ban, Thủy, hủy"),
        ("thuý, tuỳ", "thúy, tùy"),
        ("hòa, thúy", "hòa, thúy"),
        # The mark stays where a letter follows, and where q or g owns the vowel.
        ("hoàn, hoạt, xoáy, khuỷu, huỳnh, thuở", "hoàn, hoạt, xoáy, khuỷu, huỳnh, thuở"),
        ("quý, quỹ, quả, già, giữ, giỏi", "quý, quỹ, quả, già, giữ, giỏi"),
        ("qúy, QÚI, qùa", "quý, QUÍ, quà"),
        # Letters of other languages of the country, and words that are not Vietnamese.
        ("Krông Ƀuk, Čư Êbur, Ŏng, Êĕ", "Krông Ƀuk, Čư Êbur, Ŏng, Êĕ"),
        ("ខ្មែរ\u200bក្រោម", "ខ្មែរ\u200bក្រោម"),
        ("ꨌꩌ", "ꨌꩌ"),
        ("M'oà, D’loà, naoà, oàƀ", "M'oà, D’loà, naoà, oàƀ"),
        # Look-alikes, hard spaces, litter.
        ("Ðảng bộ, ðường", "Đảng bộ, đường"),
        ("Nghệ\u00a0An\u202f40\ufeff", "Nghệ An 40"),
        ("dân\u200b vận, hợp\u00adtác", "dân vận, hợptác"),
        # Direction marks of an address book, joiners and tags that hide; emoji and Khmer keep theirs.
        ("số \u202a0912\u200d345\u200c678\u202c\u200e", "số 0912345678"),
        ("\u2066an\u2069 \U000e0041\U000e0042bình\u200d", "an bình"),
        ("👨\u200d👩\u200d👧 vui", "👨\u200d👩\u200d👧 vui"),
        # Tone typed before the shape.
        ("a\u0301\u0302, E\u0301\u0302, a\u0300\u0306, o\u0309\u0302", "ấ, Ế, ằ, ổ"),
        ("hai  dòng\nvà\tba", "hai  dòng\nvà\tba"),
        ("plain ascii", "plain ascii"),
        ("", ""),
    ],
)
def test_text_is_stored_in_one_spelling(written, stored):
    assert canonical(written) == stored
    assert canonical(unicodedata.normalize("NFD", written)) == stored


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Đường Điện Biên", "duong dien bien"),
        ("ĐẢNG ỦY", "dang uy"),
        ("Ễ ẫ ậ ợ ữ ỵ", "e a a o u y"),
        ("hoà hòa HOÀ", "hoa hoa hoa"),
        ("M’gar M'gar Mʼgar", "m'gar m'gar m'gar"),
        ("Ƀuôn Čư Ŏng Ê Đê", "buon cu ong e de"),
        ("Bà Rịa – Vũng Tàu", "ba ria - vung tau"),
        ("Bà Rịa − Vũng Tàu", "ba ria - vung tau"),
        ("  nhiều \u00a0\n khoảng\u3000trắng ", "nhieu khoang trang"),
        ("12/NQ‑HĐND", "12/nq-hdnd"),
        ("ខ្មែរ", "ខ្មែរ"),
        ("Ðð Ɖɖ", "dd dd"),
        ("İstanbul ÅÇ", "istanbul ac"),
        ("", ""),
    ],
)
def test_text_is_searched_without_tones_case_or_kinds_of_hyphen(written, searched):
    assert fold(written) == searched
    assert fold(unicodedata.normalize("NFD", written)) == searched


@pytest.mark.parametrize(
    ("written", "within"),
    [
        ("Tỉnh Nghệ An", "tỉnh Nghệ An"),
        ("Đặc khu Phú Quốc", "đặc khu Phú Quốc"),
        ("MTTQ xã Môn Sơn", "MTTQ xã Môn Sơn"),
        ("Ủ", "ủ"),
        ("", ""),
    ],
)
def test_words_within_a_sentence_begin_small_unless_abbreviated(written, within):
    assert lower_first(written) == within


def test_what_word_and_excel_do_not_take_is_left_out():
    assert (
        printable(canonical("Dân\vvận\x01 khéo\uffff\tnăm\n2026\x1f")) == "Dân\nvận khéo\tnăm\n2026"
    )


def test_what_citizens_paste_is_kept_without_control_characters():
    assert as_written("x" + "\u0316" * 500 + "ấ") == "x" + "\u0316" * 4 + "ấ"
    assert as_written("đường\x07 hỏng\x02,\r\nhoà\vgiải\x1b") == "đường hỏng,\nhòa\ngiải"
