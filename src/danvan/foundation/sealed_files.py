"""Files that only the key of their case opens, under random names: neither the disk nor the row tells what one was called.

Whoever keeps one has inspected it (`files.inspect`) and keeps its true name sealed.
"""

import logging
import secrets
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from danvan.foundation import clock, disk, sealing
from danvan.foundation.files import FileLostError
from danvan.foundation.models import DataKey, SealedFile

logger = logging.getLogger(__name__)

AT_ONCE = 500


def keep(content: bytes, *, key: DataKey, media_type: str) -> SealedFile:
    """Encrypt these bytes under this key, keep them under a new random name and return their row."""
    name = secrets.token_hex(16)
    sealed = sealing.seal_bytes(key, content, name=_bound(name))
    disk.write_whole(path_of(name), sealed, over=False)
    return SealedFile.objects.create(
        name=name, key=key, size=len(content), media_type=media_type, kept_at=clock.now()
    )


def read(sealed_file: SealedFile) -> bytes:
    """The bytes as they were given; FileLostError where the disk no longer holds them, else as `sealing.unseal` refuses."""
    try:
        sealed = path_of(sealed_file.name).read_bytes()
    except FileNotFoundError:
        raise FileLostError(sealed_file.name) from None
    return sealing.open_bytes(sealed_file.key, sealed, name=_bound(sealed_file.name))


def remove(sealed_file: SealedFile) -> bool:
    """Remove a file with its bytes once the transaction is committed; False where something names it still."""
    name = sealed_file.name
    try:
        with transaction.atomic():
            sealed_file.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(path_of(name).unlink, missing_ok=True))
    return True


def clear_parts(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Remove what a killed process left half written; returns how many."""
    return disk.clear_parts(Path(settings.SEALED_ROOT), older_than=older_than)


def clear_unnamed(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Remove files whose row was rolled back or is gone; returns how many. What was written just now is left.

    Where not one of the files has a row, the folder is another database's: nothing is touched.
    """
    long_ago = (clock.machine() - older_than).timestamp()
    unnamed: list[Path] = []
    named = 0
    for paths in _in_batches(files_on_disk()):
        by_name = {path.parent.name + path.name: path for path in paths}
        known = SealedFile.objects.filter(name__in=by_name).values_list("name", flat=True)
        named += len(known)
        unnamed += [by_name[name] for name in by_name.keys() - set(known)]
    if unnamed and not named:
        logger.warning("sealed files: none of %s has a row here, nothing removed", len(unnamed))
        return 0
    old = [path for path in unnamed if path.stat().st_mtime < long_ago]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def files_on_disk() -> Iterator[Path]:
    """Every whole sealed file on the disk."""
    return (
        path
        for path in Path(settings.SEALED_ROOT).glob("??/*")
        if not path.name.startswith(disk.PART)
    )


def path_of(name: str) -> Path:
    """Where the file with this random name lies: two letters of folder, the rest as the name."""
    return Path(settings.SEALED_ROOT) / name[:2] / name[2:]


def _in_batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    for path in paths:
        batch.append(path)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _bound(name: str) -> str:
    return f"file {name}"
