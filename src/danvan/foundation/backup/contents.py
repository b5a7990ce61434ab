"""What a backup says of itself: every file with its size and SHA-256, and what the database held at that moment."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from danvan.foundation import disk
from danvan.foundation.errors import Fault, RuleError

FORMAT = 1
NAME = "contents.json"
DIGEST = "contents.sha256"
# No other name is ever read or written: a backup that somebody made up leads nowhere else.
NAMED = re.compile(r"database\.(?:sqlite3|dump)|(?:media|sealed)/[0-9a-f]{2}/[0-9a-f]{1,64}")
UNFINISHED = ".unfinished-"
PIECE = 1024 * 1024


class BackupError(RuleError):
    """Backing up, checking or putting back was refused; the installation is as it was. `faults` holds every reason."""

    def __init__(self, message: str, faults: Iterable[str] = ()) -> None:
        super().__init__(message, faults=[Fault(one) for one in faults])


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass(slots=True)
class Contents:
    """What one backup holds."""

    product: str
    made_at: str
    engine: str  # sqlite, postgresql
    database: str  # the name of its file
    migrations: list[str]
    tables: dict[str, int]
    audit_sequence: int
    audit_sha256: str
    sealed_keys: int
    files: dict[str, Piece]
    lost: list[str] = field(default_factory=list)  # named by a row, and gone when this was made
    format: int = FORMAT


def write(folder: Path, contents: Contents) -> str:
    """Write it into the folder of its backup, with a digest beside it; returns the digest."""
    written = json.dumps(asdict(contents), ensure_ascii=False, indent=1).encode()
    digest = hashlib.sha256(written).hexdigest()
    disk.write_whole(folder / NAME, written, mode=0o600)
    disk.write_whole(folder / DIGEST, f"{digest}\n".encode(), mode=0o600)
    return digest


def read(folder: Path) -> Contents:
    """What the backup in this folder says of itself; BackupError where that is missing, altered or of a later make."""
    try:
        written = (folder / NAME).read_bytes()
        digest = (folder / DIGEST).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as missing:
        raise BackupError(
            f"“{folder}” không phải là một bản sao lưu trọn vẹn: không đọc được {NAME} hoặc {DIGEST} "
            f"({type(missing).__name__}). Đồng chí vui lòng chọn bản sao lưu khác."
        ) from None
    if hashlib.sha256(written).hexdigest() != digest:
        raise BackupError(
            f"Tệp {NAME} trong “{folder}” đã bị thay đổi hoặc cắt cụt. Đồng chí vui lòng chọn bản sao lưu khác."
        )
    try:
        told: dict[str, Any] = json.loads(written)
        if told.pop("format") != FORMAT or not all(map(NAMED.fullmatch, told["files"])):
            raise ValueError("format")
        told["files"] = {name: Piece(**piece) for name, piece in told["files"].items()}
        return Contents(**told)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError(
            f"Bản sao lưu “{folder}” do phiên bản khác của phần mềm tạo, phiên bản này không đọc được. "
            "Đồng chí vui lòng cài đúng phiên bản đó rồi thử lại."
        ) from None


def whole_ones(place: Path) -> list[Path]:
    """The finished backups in a place, oldest first."""
    return sorted(found.parent for found in place.glob(f"[0-9]*/{NAME}"))


def product() -> str:
    """The version of this program."""
    try:
        return version("danvan")
    except PackageNotFoundError:
        return ""


def chosen(place: Path) -> Path:
    """This backup, or the newest of this place."""
    if (place / NAME).exists():
        return place
    found = whole_ones(place)
    if not found:
        raise BackupError(
            f"Không có bản sao lưu nào ở “{place}”. Đồng chí vui lòng kiểm tra lại đường dẫn."
        )
    return found[-1]


def copied(source: Path, target: Path) -> Piece:
    """Copy one file and tell what was copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("xb") as writing:
        while piece := reading.read(PIECE):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    target.chmod(0o440)
    return Piece(target.stat().st_size, digest.hexdigest())


def told_of(path: Path) -> Piece:
    """The size and SHA-256 of a file as it is."""
    digest = hashlib.sha256()
    with path.open("rb") as reading:
        while piece := reading.read(PIECE):
            digest.update(piece)
    return Piece(path.stat().st_size, digest.hexdigest())


def swept(folder: Path) -> None:
    """Remove a folder that was not finished."""
    shutil.rmtree(folder, ignore_errors=True)
