import io
import zipfile

import pytest

from danvan.documents.intake import open_file
from danvan.documents.secrecy import stamp_in, stamp_in_word
from danvan.foundation.errors import RuleError
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
        ("MẬT Số: 12-BC/TU", "secret"),
        ("TỐI MẬT - HỎA TỐC", "top_secret"),
        ("MẬT/KHẨN", "secret"),
        ("MẬT A2", "secret"),
        ("TÀI LIỆU MẬT", "secret"),
        ("Mức độ: TUYỆT MẬT", "absolute_secret"),
        ("MẬT ONG RỪNG", ""),
        ("QUY CHẾ QUẢN LÝ TÀI LIỆU MẬT", ""),
        ("MẬT ĐỘ DÂN SỐ", ""),
        ("BẢO VỆ BÍ\nMẬT, AN NINH", ""),
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


@pytest.mark.parametrize(
    "part",
    [
        b"<unfinished",
        b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><r>&x;</r>",
        b"<!DOCTYPE r [<!ENTITY a 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'>"
        + b"".join(
            b"<!ENTITY %c '%s'>" % (letter + 1, b"&%c;" % letter * 20) for letter in b"abcdef"
        )
        + b"]><r>&g;</r>",
    ],
    ids=["broken", "an outer entity", "a billion laughs"],
)
def test_a_word_file_with_a_part_that_cannot_be_read_is_refused_in_words(part):
    whole = io.BytesIO(Paper().as_docx())
    with zipfile.ZipFile(whole, "a") as packed:
        packed.writestr("word/header9.xml", part)

    with pytest.raises(RuleError, match="bị hỏng"):
        open_file(whole.getvalue(), name="a.docx")


def test_a_stamp_among_the_paragraphs_of_a_word_file_is_seen():
    assert stamp_in_word(Paper(stamp="TUYỆT MẬT").as_docx()) == "absolute_secret"
