"""Many workbooks in one file: packed as they come, refused where they would choke a reader, read one by one."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from danvan.foundation.errors import RuleError
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

MB = 1024 * 1024
MOST_SHEETS = 5_000
MOST_BYTES_A_SHEET = 5 * MB
MOST_BYTES = 400 * MB
MOST_RATIO = 100  # a workbook is packed already and hardly shrinks once more
MEDIA_TYPE = "application/zip"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One workbook in the package: its place there and its name."""

    place: int
    name: str


def pack(sent: Iterable[tuple[str, bytes]]) -> bytes:
    """The files that were sent as one package; a .zip among them gives what it holds. A single .zip stays as it is."""
    files = list(sent)
    if len(files) == 1 and files[0][0].lower().endswith(".zip"):
        return files[0][1]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as package:
        for name, content in files:
            for inner_name, inner in _workbooks(name, content):
                package.writestr(zipfile.ZipInfo(_short(inner_name)), inner)
    return kept.getvalue()


def _workbooks(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if not name.lower().endswith(".zip"):
        yield name, content
        return
    members = unpack(io.BytesIO(content), name=name)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for member in members:
            yield member.name, read_member(package, member.place)


def unpack(package: BinaryIO, *, name: str) -> list[Member]:
    """The workbooks in a .zip. RuleError where it is damaged, locked, too large once unpacked, or holds none."""
    try:
        with zipfile.ZipFile(package) as opened:
            parts = opened.infolist()
    except _BROKEN:
        raise RuleError(
            f"Tệp “{_short(name)}” không phải tệp nén .zip hoặc đã hỏng. Đồng chí vui lòng nén lại rồi gửi."
        ) from None
    wanted = [
        (place, part)
        for place, part in enumerate(parts)
        if not part.is_dir() and not _is_litter(part.filename)
    ]
    if not wanted:
        raise RuleError(
            f"Tệp “{_short(name)}” không có tệp Excel nào. Đồng chí vui lòng kiểm tra lại."
        )
    if len(wanted) > MOST_SHEETS:
        raise _too_many(len(wanted))
    if any(part.flag_bits & 0x1 for _, part in wanted):
        raise RuleError(
            f"Tệp “{_short(name)}” đặt mật khẩu. Đồng chí vui lòng nén lại không mật khẩu."
        )
    unpacked = sum(part.file_size for _, part in wanted)
    packed = sum(part.compress_size for _, part in wanted) or 1
    if unpacked > MOST_BYTES or (unpacked > 20 * MB and unpacked > MOST_RATIO * packed):
        raise RuleError(
            f"Tệp “{_short(name)}” bung ra lớn hơn {format_number(MOST_BYTES // MB)} MB hoặc lớn bất thường nên "
            "không nhận. Đồng chí vui lòng chia thành nhiều tệp nhỏ."
        )
    for _, part in wanted:
        _refuse_size(part.file_size, part.filename)
    return [Member(place, _short(part.filename)) for place, part in wanted]


def read_member(package: zipfile.ZipFile, place: int) -> bytes:
    """The bytes of one workbook, never more than one may have. RuleError where it is damaged."""
    try:
        with package.open(package.infolist()[place]) as stream:
            content = stream.read(MOST_BYTES_A_SHEET + 1)
    except _BROKEN:
        raise RuleError("Tệp này hỏng trong gói nén. Đồng chí vui lòng nén lại rồi gửi.") from None
    _refuse_size(len(content), "trong gói nén")
    return content


def _refuse_size(size: int, name: str) -> None:
    if size > MOST_BYTES_A_SHEET:
        raise RuleError(
            f"Tệp “{_short(name)}” lớn hơn {MOST_BYTES_A_SHEET // MB} MB nên không nhận. "
            "Đồng chí vui lòng chỉ để lại trang báo cáo."
        )


def _too_many(count: int) -> RuleError:
    return RuleError(
        f"Lần gửi này có {format_number(count)} tệp, nhiều hơn {format_number(MOST_SHEETS)}. "
        "Đồng chí vui lòng chia thành nhiều lần."
    )


def _is_litter(name: str) -> bool:
    """What file managers leave in packages beside the files people meant."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "__MACOSX" in name or last.startswith((".", "~$")) or last.lower() == "thumbs.db"


def _short(name: str) -> str:
    last = canonical(name).replace("\\", "/").rsplit("/", 1)[-1].strip() or "không tên"
    return last if len(last) <= 120 else f"{last[:80]}…{last[-30:]}"
