"""Putting a backup back: read whole first, laid down beside, and switched to at the end or not at all."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from danvan.foundation import clock, disk, key_file
from danvan.foundation.backup import contents, postgresql, sqlite
from danvan.foundation.backup.contents import BackupError
from danvan.foundation.backup.installation import Installation, Say
from danvan.foundation.backup.verifying import Verified, verify
from danvan.foundation.errors import KeyUnavailable
from danvan.foundation.key_file import KeyRing

SURE = 2  # so often --replace must be said


def restore(
    installation: Installation,
    place: Path,
    *,
    keys: Path | None = None,
    passphrase: str = "",
    replace: int = 0,
    say: Say,
) -> Verified:
    """Put a backup in the place of this installation; returns what was put back, with how many sealed keys stay closed.

    BackupError, and nothing changed, where the backup or the keys are not right, or where something stands there and
    `replace` was not said twice. What stood there in files is put aside beside, under a name that ends in its moment.
    """
    ring = None if keys else _own_ring(installation)
    found = verify(place, keys=keys, passphrase=passphrase, ring=ring, say=say)
    faults = [*found.faults, *_unfit(installation, found)]
    if faults:
        raise BackupError(
            f"Bản sao lưu “{found.folder}” không dùng được, hệ thống hiện có giữ nguyên. "
            "Đồng chí vui lòng xem từng lỗi dưới đây.",
            faults,
        )
    there = _there(installation, with_keys=bool(keys))
    if there and replace < SURE:
        raise BackupError(
            "Nơi khôi phục không trống, hệ thống hiện có giữ nguyên. Nếu chắc chắn, đồng chí vui lòng sao lưu trước rồi ghi "
            "--replace hai lần (--replace --replace): tệp đang có được để sang bên, cơ sở dữ liệu PostgreSQL đang có bị xóa.",
            there,
        )
    try:
        _put_back(installation, found, say)
    except OSError as refused:
        raise BackupError(
            f"Không ghi được ({refused.strerror}: {refused.filename}), hệ thống hiện có giữ nguyên. "
            "Đồng chí vui lòng kiểm tra chỗ trống và quyền ghi rồi chạy lại."
        ) from None
    return found


def _own_ring(installation: Installation) -> KeyRing | None:
    try:
        return key_file.load(installation.keys)
    except KeyUnavailable:
        return None


def _unfit(installation: Installation, found: Verified) -> list[str]:
    told, faults = found.contents, []
    if (told.engine == "sqlite") != installation.on_sqlite:
        faults.append(
            f"Bản sao lưu là của {told.engine}, còn DANVAN_DATABASE chỉ tới loại cơ sở dữ liệu khác."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if later := [name for name in told.migrations if name not in known]:
        faults.append(
            f"Bản sao lưu do phiên bản mới hơn ({told.product}) tạo: phần mềm này không biết bước {', '.join(later[:3])}."
        )
    return faults


def _there(installation: Installation, *, with_keys: bool) -> list[str]:
    """What stands where the backup is to be put."""
    there = []
    if installation.on_sqlite:
        if sqlite.has_tables(installation.database_file):
            there.append(f"Đã có cơ sở dữ liệu ở {installation.database_file}.")
    elif postgresql.has_tables(installation.database):
        there.append(f"Cơ sở dữ liệu {installation.database['NAME']} đã có bảng.")
    there += [
        f"Thư mục {folder} đã có tệp."
        for folder in installation.folders().values()
        if folder.exists() and any(folder.iterdir())
    ]
    if with_keys and installation.keys.exists():
        there.append(f"Đã có tệp khóa ở {installation.keys}.")
    return there


class _Switch:
    """Things laid down beside, and the renames that put them in place; all are taken back where one fails."""

    def __init__(self) -> None:
        self.moment = f"{clock.machine():%Y%m%dT%H%M%S%fZ}"
        self.pairs: list[tuple[Path, Path]] = []
        self.undo: list[Callable[[], object]] = []

    def beside(self, path: Path) -> Path:
        """Where what will stand at `path` is laid down, on the same disk."""
        path.parent.mkdir(parents=True, exist_ok=True)
        laid = path.with_name(f"{path.name}.restoring-{self.moment}")
        self.pairs.append((laid, path))
        return laid

    def aside(self, path: Path) -> None:
        """Put what stands at `path` aside."""
        if path.exists():
            away = path.with_name(f"{path.name}.before-{self.moment}")
            path.rename(away)
            self.undo.append(partial(away.rename, path))

    def put(self) -> None:
        """Put everything in place."""
        for laid, path in self.pairs:
            self.aside(path)
            laid.rename(path)
            self.undo.append(partial(path.rename, laid))
            disk.flush_folder(path.parent)

    def back(self) -> None:
        """Put everything as it was, and remove what was laid down."""
        for act in reversed(self.undo):
            act()
        for laid, _ in self.pairs:
            shutil.rmtree(laid) if laid.is_dir() else laid.unlink(missing_ok=True)


def _put_back(installation: Installation, found: Verified, say: Say) -> None:
    switch, told = _Switch(), found.contents
    try:
        for kind, folder in installation.folders().items():
            _lay_files(found, kind, switch.beside(folder))
        say("Tệp: đã chép xong.")
        if found.keys:
            _lay_keys(installation, found, switch)
        if installation.on_sqlite:
            file = installation.database_file
            _lay(found, told.database, switch.beside(file), mode=0o600)
            for ending in ("-wal", "-shm"):
                switch.aside(file.with_name(file.name + ending))
        switch.put()
        if not installation.on_sqlite:
            postgresql.put_back(
                installation.database,
                found.folder / told.database,
                told.tables,
                replace=postgresql.has_tables(installation.database),
            )
    except BaseException:
        switch.back()
        raise
    say("Cơ sở dữ liệu: đã đặt vào chỗ.")


def _lay_files(found: Verified, kind: str, into: Path) -> None:
    into.mkdir(mode=0o700)
    for name in found.contents.files:
        folder, _, rest = name.partition("/")
        if folder == kind and rest:
            _lay(found, name, into / rest, mode=0o440)


def _lay(found: Verified, name: str, target: Path, *, mode: int) -> None:
    if contents.copied(found.folder / name, target) != found.contents.files[name]:
        raise BackupError(
            f"Tệp {name} vừa thay đổi trong lúc khôi phục, hệ thống hiện có giữ nguyên. Đồng chí vui lòng chạy lại."
        )
    target.chmod(mode)


def _lay_keys(installation: Installation, found: Verified, switch: _Switch) -> None:
    assert found.keys is not None
    installation.keys.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    disk.write_whole(switch.beside(installation.keys), found.keys.key_file, mode=0o600)
    for name, secret in found.keys.secrets.items():
        disk.write_whole(switch.beside(installation.home / name), secret.encode(), mode=0o600)
