from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from danvan.foundation import backup
from danvan.foundation.backup.asking import add_key_arguments, passphrase_from, refused
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Put a backup in the place of this installation, whole or not at all."""

    help = "khôi phục từ một bản sao lưu; bản hỏng hoặc sai khóa thì không đổi gì"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "place",
            type=Path,
            metavar="BẢN",
            help="một bản sao lưu, hoặc nơi chứa (lấy bản mới nhất)",
        )
        add_key_arguments(parser, "nơi để bản sao lưu khóa, hoặc chính một tệp khóa")
        parser.add_argument(
            "--replace",
            action="count",
            default=0,
            help="ghi hai lần để thay hệ thống đang có",
        )

    def handle(
        self,
        *args: Any,
        place: Path,
        keys: Path | None,
        passphrase_file: str | None,
        replace: int,
        **options: Any,
    ) -> None:
        connection.close()
        try:
            found = backup.restore(
                backup.here(),
                place,
                keys=keys,
                passphrase=passphrase_from(passphrase_file),
                replace=replace,
                say=self.stdout.write,
            )
        except backup.BackupError as fault:
            raise refused(fault, self.stderr.write) from None
        told = found.contents
        self.stdout.write(f"Đã khôi phục {found.folder}, làm lúc {told.made_at}.")
        self.stdout.write(f"Mở được {format_number(found.opened)} khóa nội dung.")
        if found.closed:
            self.stdout.write(
                f"{format_number(sum(found.closed.values()))} khóa nội dung còn đóng vì thiếu khóa bọc "
                f"{', '.join(sorted(found.closed))}. Nội dung vẫn còn; đồng chí vui lòng đặt tệp khóa vào đúng chỗ, "
                "rồi chạy danvan keys check."
            )
        self.stdout.write(
            "Việc tiếp theo: danvan setup, rồi danvan audit verify "
            f"--expect {told.audit_sequence}:{told.audit_sha256}"
            if told.audit_sequence
            else "Việc tiếp theo: danvan setup."
        )
