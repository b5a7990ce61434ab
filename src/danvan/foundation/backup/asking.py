"""What the commands of backing up ask for alike, and how they refuse. A passphrase never stands in an argument."""

import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from danvan.foundation.backup.contents import BackupError


def add_key_arguments(parser: CommandParser, told: str) -> None:
    """--keys and --passphrase-file."""
    parser.add_argument("--keys", type=Path, metavar="NƠI_KHÓA", help=told)
    parser.add_argument(
        "--passphrase-file",
        metavar="TỆP",
        help="tệp có câu mật khẩu đóng bản sao lưu khóa ở dòng đầu; - để đọc từ đầu vào",
    )


def passphrase_from(file: str | None) -> str:
    """The first line of that file, or of the input; nothing where none was asked for."""
    if file is None:
        return ""
    try:
        words = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise CommandError(
            f"Không đọc được câu mật khẩu từ “{file}” ({type(wrong).__name__}). Đồng chí vui lòng kiểm tra lại tệp."
        ) from None
    line = words.partition("\n")[0].rstrip("\r")
    if not line.strip():
        raise CommandError("Câu mật khẩu trống. Đồng chí vui lòng ghi câu mật khẩu ở dòng đầu.")
    return line


def refused(fault: BackupError, tell: Callable[[str], object]) -> CommandError:
    """Every fault on a line of its own, then what to do; the command ends with 1."""
    for one in fault.faults:
        tell(one.message)
    return CommandError(fault.message)
