import pytest

from danvan.vietnamese.text import looks_damaged

LOST = "mất chữ"
OLD_FONT = "bảng mã cũ"
NO_MARKS = "không có dấu"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("H?i ??ng nh?n d?n t?nh", LOST),
        ("Ngh? quy?t", LOST),
        ("Ngh\ufffd quy\ufffdt về công tác dân vận", LOST),
        ("Báo cáo k?t qu? công tác dân v?n của huyện", LOST),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", OLD_FONT),
        ("§éc lËp - Tù do - H¹nh phóc, b¸o c¸o kÕt qu¶ c«ng t¸c", OLD_FONT),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", OLD_FONT),
        ("Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam", OLD_FONT),
        ("Đảng ủy " + "héi chñ nghÜa ViÖt d©n vËn tØnh Öy lËp " * 3, OLD_FONT),
        ("Nghi quyet ve cong tac dan van cua Dang bo tinh", NO_MARKS),
        ("NGHI QUYET VE CONG TAC DAN VAN CUA TINH NGHE AN", NO_MARKS),
    ],
)
def test_text_that_lost_its_letters_is_told(text, told):
    sentence = looks_damaged(text)
    assert sentence is not None
    assert told in sentence
    assert "Đồng chí vui lòng" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12/2026 - 40",
        "Nghị quyết về công tác dân vận của Đảng bộ tỉnh",
        "hoà bình và công lý",
        "Có đúng không? Có. Ai làm? Dân làm!",
        "Ai chịu trách nhiệm?Tổ dân vận của xã, phường chịu trách nhiệm trước cấp ủy.",
        "xem https://vidu.vn/tim?ten=dan&so=1 và https://vidu.vn/a?b nhé",
        "Ngân sách 5½ triệu, diện tích 20m², nhiệt độ 30°C, công ty ABC® và «dân vận»",
        "The quick brown fox jumps over the lazy dog and then runs through fields",
        "Dan van",
        "Thôn Ƀuôn Čư, xã Êa Ŏng, già làng Y Ñun",
    ],
)
def test_sound_or_foreign_text_is_left_alone(text):
    assert looks_damaged(text) is None
