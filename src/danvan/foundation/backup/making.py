"""Making a backup while people work: the database first, then every file that it names, then the keys elsewhere."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from danvan.foundation import clock
from danvan.foundation.backup import contents, keys_apart, postgresql, sqlite
from danvan.foundation.backup.contents import BackupError, Contents, Piece
from danvan.foundation.backup.facts import Facts
from danvan.foundation.backup.installation import Installation, Say
from danvan.vietnamese.numbers import format_number

TOLD_EVERY = 1_000


def make(
    installation: Installation,
    place: Path,
    *,
    keys: Path | None = None,
    passphrase: str = "",
    say: Say,
) -> tuple[Path, Contents]:
    """Make a new backup in a folder of its own under `place`, its keys under `keys`; returns the folder and what it holds.

    Files that an earlier backup in the same place holds are linked, not copied. What is not finished is not seen as a backup.
    """
    place = place.absolute()
    keys = keys.absolute() if keys else None
    if keys and (keys == place or keys in place.parents or place in keys.parents):
        raise BackupError(
            f"Khóa phải để riêng: “{keys}” và “{place}” nằm trong nhau. Đồng chí vui lòng chọn một nơi khác cho --keys."
        )
    if passphrase and not keys:
        raise BackupError(
            "Câu mật khẩu chỉ dùng để đóng bản sao lưu khóa. Đồng chí vui lòng thêm --keys NƠI_KHÓA."
        )
    try:
        with _alone(place):
            return _made(installation, place, keys, passphrase, say)
    except OSError as refused:
        raise BackupError(
            f"Không ghi được bản sao lưu ({refused.strerror}: {refused.filename}). "
            "Đồng chí vui lòng kiểm tra chỗ trống và quyền ghi rồi chạy lại."
        ) from None


def _made(
    installation: Installation,
    place: Path,
    keys: Path | None,
    passphrase: str,
    say: Say,
) -> tuple[Path, Contents]:
    for left in place.glob(f"{contents.UNFINISHED}*"):
        contents.swept(left)
    made_at = clock.machine()
    name = _free_name(place, f"{made_at:%Y%m%dT%H%M%SZ}")
    unfinished = place / f"{contents.UNFINISHED}{name}"
    unfinished.mkdir(mode=0o700)
    before = contents.whole_ones(place)
    try:
        found, pieces, lost = _copied(installation, unfinished, before[-1:], say)
        file = _database_name(installation)
        pieces[file] = contents.told_of(unfinished / file)
        told = Contents(
            product=contents.product(),
            made_at=made_at.isoformat(timespec="seconds"),
            engine="sqlite" if installation.on_sqlite else "postgresql",
            database=file,
            migrations=found.migrations,
            tables=found.tables,
            audit_sequence=found.audit[0],
            audit_sha256=found.audit[1],
            sealed_keys=len(found.keys),
            files=dict(sorted(pieces.items())),
            lost=lost,
        )
        if keys:
            keys_apart.keep(installation, keys / name, passphrase=passphrase)
            say(f"Khóa: đã để riêng ở {keys / name}.")
        contents.write(unfinished, told)
        os.sync()
        unfinished.rename(place / name)
    except BaseException:
        contents.swept(unfinished)
        raise
    return place / name, told


def _copied(
    installation: Installation, folder: Path, before: list[Path], say: Say
) -> tuple[Facts, dict[str, Piece], list[str]]:
    """The database and the files that it names. Where one was removed since the moment of the copy, both once more."""
    lost: list[str] = []
    for last in (False, True):
        database = folder / _database_name(installation)
        database.unlink(missing_ok=True)
        if installation.on_sqlite:
            found = sqlite.copy(installation.database_file, database)
        else:
            found = postgresql.dump(installation.database, database)
        say(f"Cơ sở dữ liệu: {format_number(sum(found.tables.values()))} dòng.")
        pieces, lost = _files(installation, folder, sorted(found.files), before, say)
        if not lost or last:
            break
    for extra in _on_disk(folder, installation.folders()):
        if extra not in pieces:
            (folder / extra).unlink()
    return found, pieces, lost


def _files(
    installation: Installation, folder: Path, names: list[str], before: list[Path], say: Say
) -> tuple[dict[str, Piece], list[str]]:
    known = contents.read(before[0]).files if before else {}
    pieces: dict[str, Piece] = {}
    lost: list[str] = []
    linked = 0
    for number, name in enumerate(names, start=1):
        kind, _, rest = name.partition("/")
        target = folder / name
        if target.exists():
            pieces[name] = contents.told_of(target)
        elif name in known and _linked(before[0] / name, target, known[name]):
            pieces[name] = known[name]
            linked += 1
        else:
            try:
                pieces[name] = contents.copied(installation.folders()[kind] / rest, target)
            except FileNotFoundError:
                lost.append(name)
        if number % TOLD_EVERY == 0:
            say(f"Tệp: {format_number(number)}/{format_number(len(names))}.")
    new = format_number(len(pieces) - linked)
    say(f"Tệp: {format_number(len(pieces))}, trong đó {new} tệp mới được chép.")
    return pieces, lost


def _linked(source: Path, target: Path, known: Piece) -> bool:
    """Whether the file of an earlier backup now stands here too; not where that one was cut short, or links are not known."""
    try:
        if source.stat().st_size != known.size:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(source)
    except OSError:
        return False
    return True


def _on_disk(folder: Path, kinds: Iterable[str]) -> list[str]:
    return [
        f"{kind}/{path.parent.name}/{path.name}"
        for kind in kinds
        for path in (folder / kind).glob("??/*")
    ]


def _database_name(installation: Installation) -> str:
    return "database.sqlite3" if installation.on_sqlite else "database.dump"


def _free_name(place: Path, wanted: str) -> str:
    name, number = wanted, 1
    while (place / name).exists():
        number += 1
        name = f"{wanted}-{number}"
    return name


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                f"Đang có một lần sao lưu khác vào “{place}”. Đồng chí vui lòng đợi lần đó xong."
            ) from None
        yield
