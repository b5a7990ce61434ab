from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from danvan.foundation import backup
from danvan.foundation.backup.asking import add_key_arguments, passphrase_from, refused
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Read a backup whole and tell every fault by name."""

    help = "kiểm tra một bản sao lưu: từng tệp, cơ sở dữ liệu, và khóa có mở được không (--keys)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "place",
            type=Path,
            metavar="BẢN",
            help="một bản sao lưu, hoặc nơi chứa (lấy bản mới nhất)",
        )
        add_key_arguments(parser, "nơi để bản sao lưu khóa")

    def handle(
        self,
        *args: Any,
        place: Path,
        keys: Path | None,
        passphrase_file: str | None,
        **options: Any,
    ) -> None:
        try:
            found = backup.verify(
                place,
                keys=keys,
                passphrase=passphrase_from(passphrase_file),
                say=self.stdout.write,
            )
            if found.faults:
                raise backup.BackupError(
                    f"Bản sao lưu “{found.folder}” không trọn vẹn. Đồng chí vui lòng dùng bản khác và sao lưu lại ngay.",
                    found.faults,
                )
        except backup.BackupError as fault:
            raise refused(fault, self.stderr.write) from None
        told = found.contents
        for name in told.lost:
            self.stdout.write(f"Tệp {name} đã mất từ trước khi sao lưu.")
        self.stdout.write(
            f"Bản sao lưu {found.folder} trọn vẹn: làm lúc {told.made_at}, {format_number(len(told.files))} tệp."
        )
        if told.audit_sequence:
            self.stdout.write(f"Để đối chiếu nhật ký: {told.audit_sequence}:{told.audit_sha256}")
        if found.keys:
            self.stdout.write(f"Khóa mở được {format_number(found.opened)} khóa nội dung.")
        elif found.closed:
            closed = format_number(sum(found.closed.values()))
            self.stdout.write(f"Chưa thử khóa: {closed} khóa nội dung cần tệp khóa (thêm --keys).")
