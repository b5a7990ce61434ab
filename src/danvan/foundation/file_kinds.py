"""What a file is, told from its bytes alone, and whether it can be read at all."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock

import pypdfium2

from danvan.foundation.errors import RuleError

_MB = 1024 * 1024
# An office file is packed; one that grows past these is built to choke a reader.
MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * _MB
MAX_RATIO = 250


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: its media type, the endings its name may carry, and its name in Vietnamese."""

    code: str
    media_type: str
    endings: tuple[str, ...]
    label: str


KINDS = {
    kind.code: kind
    for kind in (
        FileKind("pdf", "application/pdf", ("pdf",), "PDF"),
        FileKind(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx",),
            "Word (.docx)",
        ),
        FileKind(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("xlsx",),
            "Excel (.xlsx)",
        ),
        FileKind("txt", "text/plain", ("txt",), "văn bản thuần (.txt)"),
        FileKind("png", "image/png", ("png",), "ảnh PNG"),
        FileKind("jpeg", "image/jpeg", ("jpg", "jpeg", "jfif"), "ảnh JPEG"),
    )
}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS.values()}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What the standard library raises where a packed file is damaged.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
PDFIUM = Lock()  # PDFium must not be entered by two threads at once: whoever opens a PDF holds this


def labels_of(allowed: Collection[str] | None) -> str:
    """The kinds of these codes (all there are where None) as a sentence lists them."""
    return ", ".join(kind.label for code, kind in KINDS.items() if code in (allowed or KINDS))


def sniff(content: bytes, *, name: str, allowed: Collection[str] | None = None) -> FileKind:
    """The kind of these bytes. RuleError with a whole sentence where they are locked, broken or unknown.

    `allowed` only says which kinds a refusal names as those that may be sent instead.
    """
    for signs, read in _READERS:
        if signs(content):
            return KINDS[read(content, name)]
    if _CONTROL.search(content):
        raise RuleError(
            f"Phần mềm không nhận ra loại của tệp “{name}”. "
            f"Đồng chí vui lòng chọn tệp thuộc loại: {labels_of(allowed)}."
        )
    return KINDS[_text(content, name)]


def _pdf(content: bytes, name: str) -> str:
    if b"/Encrypt" in content:
        try:
            with PDFIUM, pypdfium2.PdfDocument(content):
                pass
        except pypdfium2.PdfiumError:
            raise _locked(name) from None
    elif b"startxref" not in content[-4096:] and b"%%EOF" not in content[-4096:]:
        raise _broken(name)
    return "pdf"


def _office(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if any(member.flag_bits & 0x1 for member in members):
                raise _locked(name)
            _refuse_bomb(members, len(content), name)
            names = {member.filename for member in members}
            if "[Content_Types].xml" in names:
                packed.read("[Content_Types].xml")
    except UNREADABLE:
        raise _broken(name) from None
    if any(part.endswith("vbaProject.bin") for part in names):
        raise RuleError(
            f"Tệp “{name}” có chứa mã lệnh (macro) nên không được nhận. "
            "Đồng chí vui lòng lưu lại thành .docx hoặc .xlsx không có macro."
        )
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    raise RuleError(
        f"Tệp “{name}” là tệp nén, không phải tệp Word hay Excel. "
        "Đồng chí vui lòng giải nén rồi tải lên từng tệp."
    )


def _refuse_bomb(members: list[zipfile.ZipInfo], packed_size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or (unpacked > 20 * _MB and unpacked > MAX_RATIO * packed_size)
    ):
        raise RuleError(
            f"Tệp “{name}” bung ra quá lớn nên không an toàn để mở. "
            "Đồng chí vui lòng kiểm tra lại tệp hoặc chia thành nhiều tệp nhỏ."
        )


def _ole(content: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(name)
    raise RuleError(
        f"Tệp “{name}” theo định dạng Office cũ (.doc, .xls). "
        "Đồng chí vui lòng mở tệp và lưu lại thành .docx hoặc .xlsx."
    )


def _rtf(_content: bytes, name: str) -> str:
    raise RuleError(
        f"Tệp “{name}” theo định dạng RTF. Đồng chí vui lòng mở tệp và lưu lại thành .docx."
    )


def _png(content: bytes, name: str) -> str:
    if b"IEND" not in content[-64:]:
        raise _broken(name)
    return "png"


def _jpeg(content: bytes, name: str) -> str:
    if b"\xff\xd9" not in content[-4096:]:
        raise _broken(name)
    return "jpeg"


def _utf16(_content: bytes, name: str) -> str:
    raise _not_utf8(name)


def _text(content: bytes, name: str) -> str:
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(name) from None
    if not written.strip():
        raise RuleError(
            f"Tệp “{name}” không có chữ nào. Đồng chí vui lòng kiểm tra và chọn lại tệp."
        )
    return "txt"


def _locked(name: str) -> RuleError:
    return RuleError(
        f"Tệp “{name}” được đặt mật khẩu nên không đọc được. "
        "Đồng chí vui lòng bỏ mật khẩu rồi tải lên lại."
    )


def _broken(name: str) -> RuleError:
    return RuleError(
        f"Tệp “{name}” bị hỏng hoặc tải lên chưa trọn vẹn. Đồng chí vui lòng lấy lại bản gốc."
    )


def _not_utf8(name: str) -> RuleError:
    return RuleError(
        f"Tệp “{name}” không ghi theo bảng mã UTF-8. "
        "Đồng chí vui lòng lưu lại tệp với bảng mã UTF-8 rồi tải lên."
    )


_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, str], str]], ...] = (
    (lambda content: b"%PDF-" in content[:1024], _pdf),
    (lambda content: content.startswith((b"PK\x03\x04", b"PK\x05\x06")), _office),
    (lambda content: content.startswith(_OLE), _ole),
    (lambda content: content.startswith(b"{\\rtf"), _rtf),
    (lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    (lambda content: content.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda content: content.startswith((b"\xff\xfe", b"\xfe\xff")), _utf16),
)
