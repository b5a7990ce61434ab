"""Files by content: named by their SHA-256, written once, never altered.

A stored file has no name and no owner; the object that points to it keeps both.
"""

import hashlib
import os
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from danvan.foundation import clock, disk
from danvan.foundation.errors import RuleError
from danvan.foundation.file_kinds import BY_MEDIA_TYPE, KINDS, FileKind, labels_of, sniff
from danvan.foundation.models import StoredFile
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

DOCUMENTS = frozenset({"pdf", "docx", "txt"})
EVIDENCE = frozenset({"pdf", "docx", "xlsx", "jpeg", "png"})
SHEETS = frozenset({"xlsx"})
JUST_NOW = timedelta(
    hours=1
)  # bytes that were stored or stored again since then are never taken away


class FileLostError(LookupError):
    """The bytes of a stored file are gone from the disk or are no longer those that were stored."""


def store(content: bytes, *, name: str, allowed: frozenset[str] | None = None) -> StoredFile:
    """Keep these bytes once and return their row. RuleError where they are empty, too large, locked or mislabelled.

    `name` is what the sender called the file; its ending must agree with the bytes. `allowed` holds the
    codes of the kinds the caller takes, e.g. `DOCUMENTS`.
    """
    kind = inspect(content, name=name, allowed=allowed)
    return keep(content, media_type=kind.media_type)


def keep(content: bytes, *, media_type: str) -> StoredFile:
    """Keep bytes that the caller has inspected, such as a package of many files, once; returns their row."""
    digest = digest_of(content)
    _write_once(path_of(digest), content)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "size": len(content),
            "media_type": media_type,
            "stored_at": clock.now(),
        },
    )
    return stored


def inspect(content: bytes, *, name: str, allowed: frozenset[str] | None = None) -> FileKind:
    """The kind of a file that may be stored; RuleError with a whole sentence where it may not."""
    name = _short(name)
    if not content:
        raise RuleError(f"Tệp “{name}” trống (0 byte). Đồng chí vui lòng kiểm tra và chọn lại tệp.")
    refuse_oversized(len(content), name=name)
    kind = sniff(content, name=name, allowed=allowed)
    if kind.code not in (KINDS if allowed is None else allowed):
        raise RuleError(
            f"Tệp “{name}” là {kind.label}, không dùng được ở đây. "
            f"Đồng chí vui lòng chọn tệp thuộc loại: {labels_of(allowed)}."
        )
    ending = Path(name).suffix.lower().lstrip(".")
    if ending not in kind.endings:
        raise RuleError(
            f"Tên tệp “{name}” không đúng với nội dung: nội dung là {kind.label}. "
            f"Đồng chí vui lòng kiểm tra lại; nếu đúng tệp cần gửi, hãy đổi đuôi thành .{kind.endings[0]}."
        )
    return kind


def refuse_oversized(size: int, *, name: str) -> None:
    """RuleError where a file of `size` bytes is larger than one may be."""
    most = settings.DANVAN_MAX_FILE_MB
    if size > most * 1024 * 1024:
        weight = format_number(size / (1024 * 1024), 1)
        raise RuleError(
            f"Tệp “{_short(name)}” nặng {weight} MB, vượt mức {most} MB cho phép. "
            "Đồng chí vui lòng chia nhỏ hoặc giảm dung lượng tệp."
        )


def read(stored: StoredFile) -> bytes:
    """The bytes as they were stored; FileLostError where the disk no longer holds them."""
    try:
        content = path_of(stored.sha256).read_bytes()
    except FileNotFoundError:
        raise FileLostError(stored.sha256) from None
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileLostError(stored.sha256)
    return content


def stream(stored: StoredFile) -> BinaryIO:
    """The file opened for reading, to be sent piece by piece; the caller closes it."""
    try:
        return path_of(stored.sha256).open("rb")
    except FileNotFoundError:
        raise FileLostError(stored.sha256) from None


def kind_of(stored: StoredFile) -> FileKind:
    """The kind that was told from the bytes when they were stored."""
    return BY_MEDIA_TYPE[stored.media_type]


def clear_parts(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Remove what a killed process left half written; returns how many. Stored files are never touched."""
    return disk.clear_parts(Path(settings.MEDIA_ROOT), older_than=older_than)


def remove(stored: StoredFile) -> bool:
    """Remove a stored file with its bytes, in the transaction of whoever named it last; False where it is named still."""
    digest = stored.sha256
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(_unlink, digest))
    return True


def _unlink(digest: str) -> None:
    """Take the bytes away, unless somebody has stored the same again, or is about to."""
    path = path_of(digest)
    just_now = (clock.machine() - JUST_NOW).timestamp()
    if StoredFile.objects.filter(sha256=digest).exists() or not path.exists():
        return
    if path.stat().st_mtime < just_now:
        path.unlink(missing_ok=True)


def digest_of(content: bytes) -> str:
    """By what these bytes are known again."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Where the bytes with this digest lie: two letters of folder, the rest as the name."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]


def _short(name: str) -> str:
    """The last part of the name as sent, canonical, cut so that a sentence can hold it."""
    last = canonical(name).replace("\\", "/").rsplit("/", 1)[-1].strip()
    return last if len(last) <= 120 else f"{last[:80]}…{last[-30:]}"


def _write_once(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then rename: a reader sees the whole file or none."""
    if path.exists() and path.stat().st_size == len(content):
        os.utime(path)  # whoever is removing the same bytes leaves them
        return
    disk.write_whole(path, content)
