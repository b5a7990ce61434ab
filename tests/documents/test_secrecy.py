import pytest

from danvan.documents.secrecy import stamp_in, stamp_in_word
from tests.documents.papers import Paper


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT\nTỈNH ỦY NGHỆ AN", "secret"),
        ("TỈNH ỦY NGHỆ AN\n  TỐI MẬT  \nSố 3", "top_secret"),
        ("TỈNH ỦY NGHỆ AN\t\tTUYỆT MẬT", "absolute_secret"),
        ("TỈNH ỦY NGHỆ AN     MẬT", "secret"),
        ("M Ậ T\nSố 3", "secret"),
        ("[TỐI  MẬT]", "top_secret"),
        ("Độ mật: Tuyệt mật", "absolute_secret"),
        ("Mức độ mật:  tối  mật", "top_secret"),
        ("TÔ\u0301I MÂ\u0323T", "top_secret"),
        ("Độ mật: Không", ""),
        ("LUẬT BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC", ""),
        ("VỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC", ""),
        ("Nuôi ong lấy mật\nmật", ""),
        ("Lưu hành nội bộ", ""),
        ("x" * 5_000 + "\nMẬT", ""),
        ("", ""),
    ],
)
def test_a_stamp_is_seen_at_the_head_of_the_text(text, level):
    assert stamp_in(text) == level


@pytest.mark.parametrize(
    ("where", "level"),
    [({"boxed": "TỐI MẬT"}, "top_secret"), ({"header": "MẬT"}, "secret"), ({}, "")],
)
def test_a_stamp_is_seen_in_the_boxes_and_headers_of_a_word_file(where, level):
    assert stamp_in_word(Paper().as_docx(**where)) == level


def test_a_stamp_among_the_paragraphs_of_a_word_file_is_seen():
    assert stamp_in_word(Paper(stamp="TUYỆT MẬT").as_docx()) == "absolute_secret"
