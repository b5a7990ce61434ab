import shlex
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation import backup
from danvan.foundation.backup.asking import add_key_arguments, passphrase_from, refused
from danvan.foundation.errors import SealingError
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Back up the database and the files while people work, and the keys apart."""

    help = "sao lưu cơ sở dữ liệu và tệp trong khi hệ thống chạy; khóa để riêng bằng --keys"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, metavar="NƠI", help="mỗi lần một thư mục mới ở đây")
        add_key_arguments(parser, "nơi để bản sao lưu khóa, khác ổ đĩa với NƠI thì tốt nhất")

    def handle(
        self,
        *args: Any,
        place: Path,
        keys: Path | None,
        passphrase_file: str | None,
        **options: Any,
    ) -> None:
        try:
            made, told = backup.make(
                backup.here(),
                place,
                keys=keys,
                passphrase=passphrase_from(passphrase_file),
                say=self.stdout.write,
            )
        except backup.BackupError as fault:
            raise refused(fault, self.stderr.write) from None
        except SealingError as fault:
            raise CommandError(fault.reason) from None
        self.stdout.write(f"Bản sao lưu: {made}")
        if told.audit_sequence:
            self.stdout.write(f"Để đối chiếu nhật ký: {told.audit_sequence}:{told.audit_sha256}")
        if not keys and told.sealed_keys:
            self.stdout.write(
                f"Bản này không có khóa: {format_number(told.sealed_keys)} khóa nội dung chỉ mở được bằng tệp khóa để riêng."
            )
        for name in told.lost:
            self.stderr.write(f"Tệp {name} đã mất từ trước khi sao lưu.")
        if told.lost:
            raise CommandError(
                f"Đã sao lưu phần còn lại, nhưng {format_number(len(told.lost))} tệp không còn trên ổ đĩa. "
                f"Đồng chí vui lòng tìm trong bản sao lưu trước ở {shlex.quote(str(place))}."
            )
