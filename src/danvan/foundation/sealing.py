"""Sealing: texts that only the key of their case opens, and keys that only the key file opens.

A database without its key file holds nothing of what was sealed; a destroyed key takes everything it sealed with it.
An opened key lives as long as the call that needs it and is kept, shown and written nowhere.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import OperationalError, connection, transaction

from danvan.foundation import clock, key_file
from danvan.foundation.errors import KeyDestroyed, KeyUnavailable, SealBroken, SealingError
from danvan.foundation.key_file import KeyRing, WrappingKey
from danvan.foundation.models import DataKey
from danvan.vietnamese.text import canonical, fold

__all__ = [
    "KeyDestroyed",
    "KeyUnavailable",
    "SealBroken",
    "SealingError",
    "destroy",
    "mark",
    "new_key",
    "open_bytes",
    "seal",
    "seal_bytes",
    "unseal",
    "unwrap",
    "wrap",
]

VERSION = b"\x01"
NONCE = 12
LENGTH = 32


def new_key(purpose: str) -> DataKey:
    """A new random key of 256 bits for one case, kept wrapped by the newest key of its purpose in the key file.

    KeyUnavailable where the key file is not there or has no key for this purpose.
    """
    opened, wrapping = secrets.token_bytes(LENGTH), key_file.load().newest(purpose)
    key = DataKey(uuid=uuid4(), purpose=purpose, created_at=clock.now())
    wrap(key, opened, wrapping)
    with transaction.atomic(savepoint=False):
        key.save()
        # Whoever retires a wrapping key waits for rows that are being written; it may have gone just before ours was.
        ring = key_file.load()
        if ring.get(wrapping.id) is None:
            wrap(key, opened, ring.newest(purpose))
            key.save(update_fields=["wrapped", "wrapped_by"])
    return key


def seal(key: DataKey, plain: str, *, name: str) -> bytes:
    """The text sealed under this key and name, as bytes to be stored; sealed again it gives other bytes.

    `name` says what the text is, e.g. "denunciation.body": it opens under the same name only. An empty text is sealed too.
    KeyDestroyed or KeyUnavailable where the key cannot be used.
    """
    return seal_bytes(key, plain.encode(), name=name)


def unseal(key: DataKey, sealed: bytes | memoryview, *, name: str) -> str:
    """The text that was sealed under this key and name; SealBroken where these bytes are not it."""
    return open_bytes(key, bytes(sealed), name=name).decode()


def seal_bytes(key: DataKey, content: bytes, *, name: str) -> bytes:
    """As `seal`, for bytes: a version, a random nonce, the encrypted bytes with their tag."""
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + AESGCM(_opened(key)).encrypt(nonce, content, _bound(key, name))


def open_bytes(key: DataKey, sealed: bytes, *, name: str) -> bytes:
    """As `unseal`, for bytes."""
    if sealed[:1] != VERSION:
        raise SealBroken("Nội dung niêm phong bị cắt cụt hoặc thuộc phiên bản không đọc được.")
    nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return AESGCM(_opened(key)).decrypt(nonce, rest, _bound(key, name))
    except (InvalidTag, ValueError):
        raise SealBroken from None


@transaction.atomic
def destroy(key: DataKey) -> None:
    """Erase what this key sealed, for ever: the wrapped key is gone, its row tells when. The caller writes the audit entry.

    Destroying it twice changes nothing. Older backups hold the wrapped key until they are gone, or its wrapping key is.
    """
    row = DataKey.objects.select_for_update().get(pk=key.pk)
    if row.destroyed_at is None:
        row.wrapped, row.wrapped_by, row.destroyed_at = None, "", clock.now()
        with written_over():
            row.save(update_fields=["wrapped", "wrapped_by", "destroyed_at"])
    key.wrapped, key.wrapped_by, key.destroyed_at = None, "", row.destroyed_at


def mark(text: str, *, purpose: str) -> bytes:
    """By what an equal value (a phone, a name) is found again without being readable: 32 bytes, keyed by the key file.

    Texts that differ only in tones, case or spaces have the same mark; under another `purpose` it is another. Refused
    (ValueError) for what is never marked and for nothing.
    """
    folded = fold(canonical(text))
    if purpose.split(".")[0] in settings.NEVER_MARKED or not folded:
        raise ValueError("This is not marked.")
    marking = key_file.load().marking
    return hmac.digest(marking.secret, f"{purpose}\0{folded}".encode(), "sha256")


def wrap(key: DataKey, opened: bytes, wrapping: WrappingKey) -> None:
    """Put an opened key into its row, wrapped; the row is not saved."""
    nonce = secrets.token_bytes(NONCE)
    closed = AESGCM(wrapping.secret).encrypt(nonce, opened, _bound_key(key))
    key.wrapped, key.wrapped_by = VERSION + nonce + closed, wrapping.id


def unwrap(key: DataKey, ring: KeyRing) -> bytes:
    """The opened key of a row; KeyUnavailable where `ring` lacks its wrapping key, SealBroken where it is another."""
    wrapping = ring.get(key.wrapped_by)
    if wrapping is None or key.wrapped is None:
        raise KeyUnavailable(
            f"Tệp khóa không có khóa bọc “{key.wrapped_by}”. Đồng chí vui lòng đặt lại tệp khóa có khóa này."
        )
    wrapped = bytes(key.wrapped)
    try:
        return AESGCM(wrapping.secret).decrypt(
            wrapped[1 : 1 + NONCE], wrapped[1 + NONCE :], _bound_key(key)
        )
    except (InvalidTag, ValueError):
        raise SealBroken(
            f"Khóa bọc “{wrapping.id}” (dấu vân {wrapping.fingerprint}) không mở được khóa {key}."
        ) from None


def _opened(key: DataKey) -> bytes:
    if key.destroyed_at is not None:
        raise KeyDestroyed
    try:
        return unwrap(key, key_file.load())
    except KeyUnavailable:
        # It may have been wrapped anew, and its old wrapping key retired, since this row was read.
        before = key.wrapped_by
        key.refresh_from_db(fields=["wrapped", "wrapped_by", "destroyed_at"])
        if key.destroyed_at is not None:
            raise KeyDestroyed from None
        if key.wrapped_by == before:
            raise
        return unwrap(key, key_file.load())


def _bound(key: DataKey, name: str) -> bytes:
    return f"danvan seal 1\0{key.uuid}\0{name}".encode()


def _bound_key(key: DataKey) -> bytes:
    return f"danvan key 1\0{key.purpose}\0{key.uuid}".encode()


@contextmanager
def written_over() -> Iterator[None]:
    """SQLite leaves what was deleted on its page until something else needs the room; here it is written over at once."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("pragma secure_delete")
        [before] = cursor.fetchone()
        cursor.execute("pragma secure_delete = 1")
        try:
            yield
        finally:
            cursor.execute(f"pragma secure_delete = {int(before)}")


def write_log_back() -> bool:
    """SQLite's write-ahead log keeps pages as they were: write it back and empty it. False where somebody reads in it just
    now or a transaction is open; the hourly job tries again.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor, suppress(OperationalError):
        cursor.execute("pragma wal_checkpoint(truncate)")
        [busy, *_] = cursor.fetchone()
        return not busy
    return False
