from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation import key_file, keys
from danvan.foundation.errors import KeyUnavailable, RuleError
from danvan.vietnamese.numbers import format_number

ACTS = {
    "list": "các khóa bọc, theo mã và dấu vân",
    "add": "thêm khóa bọc mới, dùng ngay từ lúc thêm",
    "rotate": "bọc lại mọi khóa nội dung bằng khóa mới nhất; ngắt giữa chừng thì chạy lại để làm tiếp",
    "retire": "bỏ một khóa bọc không còn bọc gì",
    "check": "tệp khóa có đủ và mở được mọi khóa nội dung không",
}


class Command(BaseCommand):
    """Look after the key file: shown by id and fingerprint only."""

    help = "xem, thêm, thay và kiểm tra khóa bọc trong tệp khóa (list, add, rotate, retire, check)"
    requires_system_checks: list[str] = []  # a key file that others can read is told by `check`

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
        made = {act: acts.add_parser(act, help=told) for act, told in ACTS.items()}
        made["add"].add_argument("purposes", nargs="*", metavar="MỤC_ĐÍCH")
        made["retire"].add_argument("key_id", metavar="MÃ_KHÓA")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(**options)
        except KeyUnavailable as refused:
            raise CommandError(refused.reason) from None
        except RuleError as refused:
            raise CommandError(refused.message) from None

    def _list(self, **_: Any) -> None:
        for kept in keys.listed():
            wraps = f"đang bọc {format_number(kept.wraps)} khóa nội dung"
            newest = "; mới nhất, dùng để bọc" if kept.newest else ""
            self.stdout.write(
                f"{kept.key.id}  {kept.key.purpose}  tạo {kept.key.made_at}  dấu vân {kept.key.fingerprint}  {wraps}{newest}"
            )
        marking = key_file.load().marking
        self.stdout.write(f"{marking.id}  dấu so khớp  dấu vân {marking.fingerprint}")

    def _add(self, *, purposes: list[str], **_: Any) -> None:
        unknown = sorted(set(purposes) - set(settings.SEALED_FOR))
        if unknown:
            raise CommandError(
                f"Không có mục đích niêm phong {', '.join(unknown)}. "
                f"Đồng chí vui lòng chọn trong: {', '.join(settings.SEALED_FOR)}."
            )
        for key in key_file.add(*(dict.fromkeys(purposes) or settings.SEALED_FOR)):
            self.stdout.write(f"Đã thêm {key.id} (dấu vân {key.fingerprint}).")
        self.stdout.write(
            f"Đồng chí vui lòng sao lưu lại tệp khóa {key_file.place()}, rồi chạy danvan keys rotate."
        )

    def _rotate(self, **_: Any) -> None:
        done = 0
        for done, total in keys.rotate():
            self.stdout.write(f"Đã bọc lại {format_number(done)}/{format_number(total)} khóa.")
        told = "Mọi khóa nội dung đều" if done else "Không có gì phải làm: mọi khóa nội dung đã"
        self.stdout.write(f"{told} được bọc bằng khóa mới nhất.")

    def _retire(self, *, key_id: str, **_: Any) -> None:
        key = keys.retire(key_id)
        self.stdout.write(
            f"Đã bỏ {key.id} (dấu vân {key.fingerprint}) khỏi tệp khóa. "
            "Bản sao lưu cũ hơn lần bọc lại vẫn cần khóa này: đồng chí vui lòng giữ bản sao lưu khóa tương ứng."
        )

    def _check(self, **_: Any) -> None:
        ring = key_file.load()
        missing = [one for one in settings.SEALED_FOR if one not in ring.purposes()]
        opened, closed = keys.unopened(keys.kept_keys(), ring)
        self.stdout.write(
            f"Tệp khóa {key_file.place()}: {format_number(len(ring.wrapping))} khóa bọc, "
            f"mở được {format_number(opened)} khóa nội dung."
        )
        faults = [
            f"{format_number(many)} khóa nội dung cần khóa bọc “{key_id}” mà tệp khóa không mở được."
            for key_id, many in sorted(closed.items())
        ]
        faults += [f"Chưa có khóa bọc cho “{purpose}” (danvan setup)." for purpose in missing]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(
                "Đồng chí vui lòng đặt lại tệp khóa từ bản sao lưu khóa; dữ liệu đã niêm phong vẫn còn nguyên."
            )
        self.stdout.write("Tệp khóa đủ và đúng.")
