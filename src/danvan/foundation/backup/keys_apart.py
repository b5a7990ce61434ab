"""The keys of an installation in a folder of their own, as they are or closed by a passphrase."""

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from danvan.foundation import disk, key_file
from danvan.foundation.backup.contents import BackupError
from danvan.foundation.backup.installation import Installation
from danvan.foundation.key_file import KeyRing

OPEN, CLOSED = "keys.json", "keys.closed"
SECRETS = ("secret_key", "code_pepper")
COST = {"n": 2**16, "r": 8, "p": 1}
SHORTEST = 12


@dataclass(frozen=True, slots=True)
class KeysApart:
    """The keys of a backup, read and found to be keys."""

    ring: KeyRing = field(repr=False)
    key_file: bytes = field(repr=False)
    secrets: dict[str, str] = field(repr=False)
    place: Path


def keep(installation: Installation, folder: Path, *, passphrase: str) -> Path:
    """Write the key file and the secrets of an installation into this new folder; returns the folder."""
    if passphrase and len(passphrase) < SHORTEST:
        raise BackupError(
            f"Câu mật khẩu ngắn hơn {SHORTEST} ký tự. Đồng chí vui lòng chọn câu dài hơn, ví dụ năm từ bất kỳ."
        )
    key_file.load(installation.keys)
    kept = {OPEN: installation.keys.read_text("utf-8")}
    kept |= {name: installation.secrets[name] for name in SECRETS}
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    if passphrase:
        disk.write_whole(folder / CLOSED, closed(kept, passphrase), mode=0o600)
    else:
        for name, content in kept.items():
            disk.write_whole(folder / name, content.encode(), mode=0o600)
    return folder


def read(place: Path, backup: str, *, passphrase: str) -> KeysApart:
    """The keys that belong to this backup, or the newest of a place, or a key file by itself; BackupError where they cannot be used."""
    folder = _found(place, backup)
    try:
        if folder.is_file():
            kept = {OPEN: folder.read_text("utf-8")}
        elif (folder / CLOSED).exists():
            kept = opened((folder / CLOSED).read_bytes(), passphrase)
        else:
            kept = {OPEN: (folder / OPEN).read_text("utf-8")}
            kept |= {
                name: (folder / name).read_text("utf-8")
                for name in SECRETS
                if (folder / name).exists()
            }
        ring = key_file.read(kept[OPEN].encode())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise BackupError(
            f"Không đọc được khóa ở “{folder}” ({type(wrong).__name__}). Đồng chí vui lòng kiểm tra lại bản sao lưu khóa."
        ) from None
    known = {name: kept[name] for name in SECRETS if name in kept}
    return KeysApart(ring, kept[OPEN].encode(), known, folder)


def closed(kept: dict[str, str], passphrase: str) -> bytes:
    """These keys encrypted under a key derived from the passphrase, with all that is needed to derive it again."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_derived(passphrase, salt, COST)).encrypt(
        nonce, json.dumps(kept).encode(), b"danvan keys 1"
    )
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    written = {name: b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"format": 1, "scrypt": COST, **written}, indent=1).encode()


def opened(content: bytes, passphrase: str) -> dict[str, str]:
    """What `closed` was given; BackupError where the passphrase is missing or another."""
    if not passphrase:
        raise BackupError(
            "Bản sao lưu khóa được đóng bằng câu mật khẩu. Đồng chí vui lòng thêm --passphrase-file TỆP (hoặc - để nhập từ đầu vào)."
        )
    told = json.loads(content)
    salt, nonce, sealed = (
        b64decode(told[name], validate=True) for name in ("salt", "nonce", "sealed")
    )
    cost = {name: int(told["scrypt"][name]) for name in COST}
    if cost["n"] > 2**20 or cost["r"] > 16 or cost["p"] > 4:
        raise ValueError("cost")
    try:
        plain = AESGCM(_derived(passphrase, salt, cost)).decrypt(nonce, sealed, b"danvan keys 1")
    except InvalidTag:
        raise BackupError(
            "Câu mật khẩu không đúng, hoặc bản sao lưu khóa đã bị thay đổi. Đồng chí vui lòng kiểm tra lại."
        ) from None
    kept: dict[str, str] = json.loads(plain)
    return kept


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())


def _found(place: Path, backup: str) -> Path:
    if place.is_file() or any((place / name).exists() for name in (OPEN, CLOSED)):
        return place
    if (place / backup).is_dir():
        return place / backup
    others = sorted(one.parent for name in (OPEN, CLOSED) for one in place.glob(f"[0-9]*/{name}"))
    if not others:
        raise BackupError(
            f"Không có khóa nào ở “{place}”. Đồng chí vui lòng kiểm tra lại đường dẫn của bản sao lưu khóa."
        )
    return others[-1]
