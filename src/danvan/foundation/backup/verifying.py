"""Whether a backup is whole: every file as it was, the database readable to its end and as counted, no named file missing."""

from dataclasses import dataclass, field
from pathlib import Path

from danvan.foundation import keys as kept_keys
from danvan.foundation.backup import contents, keys_apart, postgresql, sqlite
from danvan.foundation.backup.contents import BackupError, Contents
from danvan.foundation.backup.facts import Facts
from danvan.foundation.backup.installation import Say
from danvan.foundation.key_file import KeyRing
from danvan.vietnamese.numbers import format_number

TOLD_EVERY = 1_000


@dataclass(slots=True)
class Verified:
    """What was found: the backup, every fault as a sentence, and how many sealed keys open, where keys were given."""

    folder: Path
    contents: Contents
    faults: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    opened: int = 0
    closed: dict[str, int] = field(default_factory=dict)
    keys: keys_apart.KeysApart | None = None


def verify(
    place: Path,
    *,
    keys: Path | None = None,
    passphrase: str = "",
    ring: KeyRing | None = None,
    say: Say,
) -> Verified:
    """Read a backup whole and tell every fault by name. `keys` is where its keys lie, or `ring` is tried in their place.

    BackupError where there is no backup, its contents were altered or the keys given cannot be read.
    """
    folder = contents.chosen(place.absolute())
    found = Verified(folder, contents.read(folder))
    if keys:
        found.keys = keys_apart.read(keys.absolute(), folder.name, passphrase=passphrase)
        ring = found.keys.ring
    _look_at_files(found, say)
    if not any(found.contents.database in fault for fault in found.faults):
        _look_at_database(found)
        say(f"Cơ sở dữ liệu: {format_number(sum(found.facts.tables.values()))} dòng.")
    if ring is None:
        found.closed = kept_keys.unopened(found.facts.keys, KeyRing.empty())[1]
    else:
        found.opened, found.closed = kept_keys.unopened(found.facts.keys, ring)
        if found.keys:
            found.faults += [
                f"Khóa ở “{found.keys.place}” không mở được {format_number(many)} khóa nội dung (cần khóa bọc “{key_id}”)."
                for key_id, many in sorted(found.closed.items())
            ]
    return found


def _look_at_files(found: Verified, say: Say) -> None:
    total = len(found.contents.files)
    for number, (name, piece) in enumerate(found.contents.files.items(), start=1):
        try:
            told = contents.told_of(found.folder / name)
        except OSError:
            found.faults.append(f"Thiếu tệp {name}.")
            continue
        if told.size < piece.size:
            found.faults.append(
                f"Tệp {name} bị cắt cụt: còn {format_number(told.size)}/{format_number(piece.size)} byte."
            )
        elif told != piece:
            found.faults.append(f"Tệp {name} đã bị thay đổi.")
        if number % TOLD_EVERY == 0:
            say(f"Tệp: {format_number(number)}/{format_number(total)}.")
    say(f"Tệp: {format_number(total)}.")


def _look_at_database(found: Verified) -> None:
    told, file = found.contents, found.folder / found.contents.database
    try:
        found.facts = sqlite.facts(file) if told.engine == "sqlite" else postgresql.facts(file)
    except BackupError as refused:
        found.faults.append(refused.message)
        return
    for table in sorted(told.tables.keys() | found.facts.tables.keys()):
        counts = told.tables.get(table, 0), found.facts.tables.get(table, 0)
        if counts[0] != counts[1]:
            before, now = map(format_number, counts)
            found.faults.append(f"Bảng {table} có {now} dòng, lúc sao lưu là {before}.")
    if found.facts.audit != (told.audit_sequence, told.audit_sha256):
        found.faults.append("Số thứ tự cuối cùng của nhật ký không còn như lúc sao lưu.")
    if found.facts.migrations != told.migrations:
        found.faults.append("Các bước cập nhật cấu trúc không còn như lúc sao lưu.")
    missing = found.facts.files - told.files.keys() - set(told.lost)
    found.faults += [
        f"Cơ sở dữ liệu nhắc tới tệp {name} mà bản sao lưu không có." for name in sorted(missing)
    ]
