"""Bytes on the disk that a reader sees whole or not at all, whatever is killed meanwhile."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

from danvan.foundation import clock

PART = ".part-"


def write_whole(path: Path, content: bytes, *, mode: int = 0o440, over: bool = True) -> None:
    """Write beside, flush to the disk, then rename. Without `over`, FileExistsError where the path is taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        if over:
            beside.replace(path)
        else:
            path.hardlink_to(beside)
            beside.unlink()
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Have the names in this folder stand on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_parts(root: Path, *, older_than: timedelta) -> int:
    """Remove what a killed process left half written in the folders of `root`; returns how many."""
    long_ago = (clock.machine() - older_than).timestamp()
    old = [part for part in root.glob(f"??/{PART}*") if part.stat().st_mtime < long_ago]
    for part in old:
        part.unlink(missing_ok=True)
    return len(old)
