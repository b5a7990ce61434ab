import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import fpdf
import openpyxl
import pytest
from django.db import transaction

from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.models import StoredFile

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 60 + b"\xff\xd9"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


def pdf(password: str = "", *, owner: str = "") -> bytes:
    page = fpdf.FPDF()
    page.add_page()
    if password or owner:
        page.set_encryption(owner_password=owner or password, user_password=password)
    return bytes(page.output())


def word() -> bytes:
    made, kept = docx.Document(), io.BytesIO()
    made.add_paragraph("Nghị quyết")
    made.save(kept)
    return kept.getvalue()


def sheet() -> bytes:
    made, kept = openpyxl.Workbook(), io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def locked_zip() -> bytes:
    content = bytearray(packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("Nghị quyết.pdf", pdf, "pdf"),
        ("in được.PDF", lambda: pdf(owner="owner"), "pdf"),
        ("a.docx", word, "docx"),
        ("a.xlsx", sheet, "xlsx"),
        ("ảnh.png", lambda: PNG, "png"),
        ("ảnh.JPG", lambda: JPEG, "jpeg"),
        ("ảnh.jpeg", lambda: JPEG, "jpeg"),
        ("ghi chép.txt", lambda: "Nghị quyết".encode(), "txt"),
        ("C:\\Users\\a\\b.txt", lambda: "\ufeffNghị quyết\r\n\x0c".encode(), "txt"),
    ],
)
def test_a_file_is_kept_once_by_its_content(name, make, code):
    content = make()
    stored = files.store(content, name=name)
    again = files.store(content, name=name)
    assert again.pk == stored.pk
    assert StoredFile.objects.count() == 1
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.size == len(content)
    assert files.kind_of(stored).code == code
    assert files.read(stored) == content
    with files.stream(stored) as opened:
        assert opened.read() == content
    path = files.path_of(stored.sha256)
    assert path.parent.name + path.name == stored.sha256
    assert list(path.parent.iterdir()) == [path]
    assert not path.stat().st_mode & 0o222


def bomb() -> bytes:
    return packed({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"0" * (30 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("a.pdf", lambda: b"", "trống (0 byte)"),
        ("a.txt", lambda: b" \n ", "không có chữ nào"),
        ("a.pdf", lambda: pdf("secret"), "đặt mật khẩu"),
        ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        ("a.docx", locked_zip, "đặt mật khẩu"),
        ("a.doc", lambda: OLE + b"\x00" * 100, "Office cũ"),
        ("a.rtf", lambda: b"{\\rtf1 x}", "RTF"),
        ("a.pdf", lambda: pdf()[:200], "bị hỏng"),
        ("a.docx", lambda: word()[:500], "bị hỏng"),
        ("a.png", lambda: PNG[:40], "bị hỏng"),
        ("a.jpg", lambda: JPEG[:20], "bị hỏng"),
        ("a.txt", lambda: "Nghị quyết".encode("utf-16"), "UTF-8"),
        ("a.txt", lambda: "Ngh\u00ec".encode("latin-1"), "UTF-8"),
        ("a.exe", lambda: b"MZ\x00\x01\x02", "không nhận ra loại"),
        ("a.zip", lambda: packed({"a.txt": b"x"}), "tệp nén"),
        ("a.odt", lambda: packed({"mimetype": b"application/vnd.oasis"}), "tệp nén"),
        ("a.docm", lambda: packed({"word/vbaProject.bin": b"x"}), "macro"),
        ("a.xlsx", bomb, "bung ra quá lớn"),
        ("a.xlsx", lambda: packed({f"{n}": b"" for n in range(5_001)}), "bung ra quá lớn"),
        ("a.docx", pdf, "nội dung là PDF"),
        ("a.pdf", lambda: b"<html>Loi 404</html>", "nội dung là văn bản thuần"),
        ("khong-duoi", pdf, "nội dung là PDF"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(name, make, told):
    with pytest.raises(RuleError) as refused:
        files.store(make(), name=name)
    assert told in refused.value.message
    assert "ồng chí vui lòng" in refused.value.message
    assert name in refused.value.message
    assert not StoredFile.objects.exists()


def test_a_refusal_names_only_the_kinds_that_may_be_sent_there():
    with pytest.raises(RuleError) as refused:
        files.store(b"MZ\x00\x01\x02", name="a.exe", allowed=files.EVIDENCE)
    told = refused.value.message
    assert ("Word (.docx)" in told, ".txt" in told) == (True, False)


def test_a_damaged_member_is_a_broken_file():
    content = bytearray(packed({"[Content_Types].xml": b"<x/>" * 500}, zipfile.ZIP_STORED))
    content[60] ^= 0xFF
    with pytest.raises(RuleError, match="bị hỏng"):
        files.store(bytes(content), name="a.docx")
    content = bytearray(packed({"[Content_Types].xml": os.urandom(500)}))
    content[52:90] = b"\xff" * 38
    with pytest.raises(RuleError, match="bị hỏng"):
        files.store(bytes(content), name="a.docx")


def test_a_file_over_the_limit_is_refused_with_its_size(settings):
    settings.DANVAN_MAX_FILE_MB = 1
    with pytest.raises(RuleError, match=r"nặng 1,5 MB, vượt mức 1 MB"):
        files.store(b"x" * (1024 * 1024 * 3 // 2), name="a.txt")
    assert not StoredFile.objects.exists()


def test_a_kind_that_is_not_taken_here_is_refused_with_those_that_are():
    with pytest.raises(RuleError, match=r"là ảnh PNG, .*: PDF, Word \(.docx\), văn bản thuần"):
        files.store(PNG, name="a.png", allowed=files.DOCUMENTS)
    assert files.store(PNG, name="a.png", allowed=files.EVIDENCE).media_type == "image/png"
    assert files.store(sheet(), name="a.xlsx", allowed=files.SHEETS).size > 0


def test_a_long_name_is_cut_in_the_sentence():
    with pytest.raises(RuleError) as refused:
        files.store(b"", name="ă" * 300 + ".pdf")
    assert len(refused.value.message) < 250
    assert "ă.pdf" in refused.value.message


def test_an_act_that_is_rolled_back_stores_no_row_and_may_store_later():
    with transaction.atomic():
        files.store(PNG, name="a.png")
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert files.read(files.store(PNG, name="a.png")) == PNG


def test_a_file_that_is_gone_or_altered_on_the_disk_is_not_given_out():
    stored = files.store(PNG, name="a.png")
    path = files.path_of(stored.sha256)
    path.chmod(0o640)
    path.write_bytes(b"x" * len(PNG))
    with pytest.raises(files.FileLostError):
        files.read(stored)
    path.unlink()
    for use in (files.read, files.stream):
        with pytest.raises(files.FileLostError):
            use(stored)


def test_a_half_written_file_is_written_anew():
    stored = files.store(PNG, name="a.png")
    path = files.path_of(stored.sha256)
    path.chmod(0o640)
    path.write_bytes(PNG[:10])
    files.store(PNG, name="a.png")
    assert files.read(stored) == PNG


def test_a_disk_that_refuses_leaves_nothing_behind(monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        files.store(PNG, name="a.png")
    [folder] = Path(files.path_of(hashlib.sha256(PNG).hexdigest())).parent.parent.iterdir()
    assert list(folder.iterdir()) == []
    assert not StoredFile.objects.exists()


def test_what_a_killed_process_left_half_written_is_removed_later():
    stored = files.store(PNG, name="a.png")
    path = files.path_of(stored.sha256)
    left, fresh = path.with_name(".part-old"), path.with_name(".part-new")
    for part in (left, fresh):
        part.write_bytes(b"x")
    os.utime(left, (0, 0))
    os.utime(path, (0, 0))
    assert files.clear_parts() == 1
    assert sorted(path.parent.iterdir()) == sorted([fresh, path])
