"""The key file: wrapping keys outside the database, several for each purpose, the newest of which wraps.

Every process notices a changed file at its next use. Nothing here tells more of a key than its id and its fingerprint.
"""

import fcntl
import hashlib
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings

from danvan.foundation import clock, disk
from danvan.foundation.errors import KeyUnavailable

FORMAT = 1
LENGTH = 32
OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class WrappingKey:
    """One key of the file, which wraps the keys of the database. Its bytes are never shown and never leave the process."""

    id: str
    purpose: str
    made_at: str
    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """By what two copies of a key are known to be the same; nothing of the key can be told from it."""
        return hashlib.sha256(b"danvan fingerprint\0" + self.secret).hexdigest()[:16]

    def __reduce__(self) -> NoReturn:
        raise TypeError("A wrapping key is never copied out of the process.")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What a key file holds: the wrapping keys, oldest first, and the key under which equal values are marked."""

    wrapping: tuple[WrappingKey, ...]
    marking: WrappingKey

    @classmethod
    def empty(cls) -> "KeyRing":
        """One that opens nothing."""
        return cls((), WrappingKey("", "", "", b""))

    def get(self, key_id: str) -> WrappingKey | None:
        """The wrapping key with this id."""
        return next((key for key in self.wrapping if key.id == key_id), None)

    def newest(self, purpose: str) -> WrappingKey:
        """The key that wraps now; KeyUnavailable where there is none for this purpose."""
        found = [key for key in self.wrapping if key.purpose == purpose]
        if not found:
            raise KeyUnavailable(
                f"Tệp khóa chưa có khóa bọc nào cho mục đích “{purpose}”. "
                f"Đồng chí vui lòng chạy danvan keys add {purpose}."
            )
        return found[-1]

    def purposes(self) -> set[str]:
        """What there is a key for."""
        return {key.purpose for key in self.wrapping}


def place() -> Path:
    """Where the key file of this installation lies."""
    return Path(settings.DANVAN_KEYS)


_kept: dict[str, tuple[tuple[int, int, int], KeyRing]] = {}


def load(path: Path | None = None) -> KeyRing:
    """The keys as they stand in the file now; KeyUnavailable, with the reason, where they cannot be used."""
    path = place() if path is None else path
    try:
        seen = path.stat()
    except OSError as missing:
        raise KeyUnavailable(_not_there(path, missing)) from None
    refuse_open(path)
    version = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
    kept = _kept.get(str(path))
    if kept and kept[0] == version:
        return kept[1]
    try:
        ring = read(path.read_bytes())
    except OSError as missing:
        raise KeyUnavailable(_not_there(path, missing)) from None
    except ValueError:
        raise KeyUnavailable(
            f"Tệp khóa “{path}” bị hỏng hoặc không phải là tệp khóa. "
            "Đồng chí vui lòng đặt lại tệp từ bản sao lưu khóa."
        ) from None
    _kept[str(path)] = (version, ring)
    return ring


def refuse_open(path: Path) -> None:
    """KeyUnavailable where somebody else may read the file, or put another in its place."""
    if path.stat().st_mode & OTHERS:
        raise KeyUnavailable(
            f"Người khác trên máy chủ có thể đọc tệp khóa “{path}”. "
            f"Đồng chí vui lòng chạy chmod 600 {path}, rồi cân nhắc thay khóa (danvan keys add, danvan keys rotate)."
        )
    if path.parent.stat().st_mode & 0o022:
        raise KeyUnavailable(
            f"Người khác trên máy chủ có thể ghi vào thư mục “{path.parent}” và tráo tệp khóa. "
            f"Đồng chí vui lòng chạy chmod 700 {path.parent}."
        )


def read(content: bytes) -> KeyRing:
    """The keys written in these bytes; ValueError where they are no key file."""
    try:
        written = json.loads(content)
        if written["format"] != FORMAT:
            raise ValueError("format")
        ring = KeyRing(tuple(map(_key, written["wrapping"])), _key(written["marking"]))
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as wrong:
        raise ValueError(type(wrong).__name__) from None
    if len({key.id for key in ring.wrapping}) != len(ring.wrapping):
        raise ValueError("twice")
    return ring


def write(ring: KeyRing) -> bytes:
    """The bytes of a key file that holds these keys."""
    return json.dumps(
        {
            "format": FORMAT,
            "wrapping": [_written(key) for key in ring.wrapping],
            "marking": _written(ring.marking),
        },
        indent=1,
    ).encode()


def fresh(purpose: str) -> WrappingKey:
    """A new random key for this purpose, not yet in any file."""
    name = f"{purpose}-{secrets.token_hex(4)}"
    made_at = clock.machine().isoformat(timespec="seconds")
    return WrappingKey(name, purpose, made_at, secrets.token_bytes(LENGTH))


def make(purposes: Iterable[str]) -> KeyRing:
    """Make the key file with a key for each purpose; KeyUnavailable where one stands there already."""
    ring = KeyRing(tuple(fresh(purpose) for purpose in purposes), fresh("marking"))
    put(place(), ring, over=False)
    return load()


def add(*purposes: str) -> list[WrappingKey]:
    """Add a new key for each purpose, which wraps from now on; the others stay for what they wrapped."""
    added = [fresh(purpose) for purpose in purposes]
    with _changed() as ring:
        put(place(), KeyRing((*ring.wrapping, *added), ring.marking))
    return added


def remove(key_id: str) -> None:
    """Take one key out of the file. The caller knows that nothing is wrapped by it."""
    with _changed() as ring:
        kept = tuple(key for key in ring.wrapping if key.id != key_id)
        put(place(), KeyRing(kept, ring.marking))


def put(path: Path, ring: KeyRing, *, over: bool = True) -> None:
    """Write a key file, for its owner only, in a folder that is made for its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        disk.write_whole(path, write(ring), mode=0o600, over=over)
    except FileExistsError:
        raise KeyUnavailable(f"Đã có tệp khóa ở “{path}”, không ghi đè.") from None
    except OSError as refused:
        raise KeyUnavailable(
            f"Không ghi được tệp khóa “{path}” ({refused.strerror}). "
            "Đồng chí vui lòng kiểm tra quyền ghi, hoặc thay tệp ở nơi giữ bản gốc của khóa."
        ) from None


@contextmanager
def _changed() -> Iterator[KeyRing]:
    """The keys as they are, while nobody else changes the file."""
    load()
    try:
        lock = os.open(place().parent / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as refused:
        raise KeyUnavailable(
            f"Không ghi được vào thư mục “{place().parent}” ({refused.strerror}). "
            "Đồng chí vui lòng kiểm tra quyền ghi, hoặc thay tệp ở nơi giữ bản gốc của khóa."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield load()
    finally:
        os.close(lock)


def _not_there(path: Path, missing: OSError) -> str:
    if isinstance(missing, FileNotFoundError):
        return (
            f"Không có tệp khóa “{path}”. Đồng chí vui lòng đặt lại tệp từ bản sao lưu khóa, hoặc kiểm tra DANVAN_KEYS. "
            "Hệ thống mới, chưa niêm phong gì, thì chạy danvan setup để tạo tệp khóa."
        )
    return f"Không đọc được tệp khóa “{path}” ({missing.strerror}). Đồng chí vui lòng kiểm tra quyền đọc của tài khoản chạy hệ thống."


def _key(written: dict[str, Any]) -> WrappingKey:
    secret = b64decode(written["secret"], validate=True)
    key = WrappingKey(written["id"], written["purpose"], written["made_at"], secret)
    words = (key.id, key.purpose, key.made_at)
    if len(secret) != LENGTH or not all(isinstance(word, str) and word for word in words):
        raise ValueError("key")
    return key


def _written(key: WrappingKey) -> dict[str, str]:
    secret = b64encode(key.secret).decode()
    return {"id": key.id, "purpose": key.purpose, "made_at": key.made_at, "secret": secret}
