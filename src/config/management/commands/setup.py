from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from danvan.foundation import key_file, keys
from danvan.foundation.errors import KeyUnavailable


class Command(BaseCommand):
    """Prepare or update an installation; safe to repeat."""

    help = "chuẩn bị hoặc cập nhật hệ thống: cơ sở dữ liệu, bộ nhớ đệm, tệp khóa, kiểu chữ và hình của trang"

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = max(int(options["verbosity"]) - 1, 0)
        call_command("migrate", interactive=False, verbosity=quiet)
        call_command("createcachetable", verbosity=quiet)
        call_command("collectstatic", interactive=False, verbosity=quiet)
        self.stdout.write("Đã chuẩn bị xong cơ sở dữ liệu và các tệp của trang.")
        self._prepare_keys()

    def _prepare_keys(self) -> None:
        """Last, so that all the rest is done where the key file has to be brought back by hand."""
        try:
            made = keys.prepare()
        except KeyUnavailable as missing:
            raise CommandError(missing.reason) from None
        if made:
            told = ", ".join(f"{key.id} (dấu vân {key.fingerprint})" for key in made)
            self.stdout.write(
                f"Đã tạo khóa bọc {told} trong tệp khóa {key_file.place()}. Đồng chí vui lòng sao lưu tệp này riêng, "
                "không để cùng bản sao lưu cơ sở dữ liệu: mất tệp khóa là mất mọi nội dung niêm phong."
            )
