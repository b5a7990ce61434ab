"""The one command, `danvan`: Django's management commands under the product's own name."""

import os
import sys
from importlib.metadata import PackageNotFoundError, version

# What an administrator or a developer wants from Django's own commands.
DJANGO_OWN = {
    "check": "kiểm tra các thiết lập (thêm --deploy trước khi dùng thật)",
    "migrate": "cập nhật cấu trúc cơ sở dữ liệu (danvan setup đã làm việc này)",
    "makemigrations": "viết một bước cập nhật cấu trúc mới (dành cho lập trình viên)",
    "shell": "mở cửa sổ lệnh Python (dành cho lập trình viên)",
}
# Django's own, only guarded by us; told above or never wanted.
HIDDEN = {*DJANGO_OWN, "flush"}
USE = """Dân Vận Số {version}
Cách dùng: danvan LỆNH [tham số]      chi tiết từng lệnh: danvan LỆNH --help

Các lệnh của phần mềm:
{own}

Các lệnh khác hay dùng:
{others}

Mọi lệnh còn lại của Django: danvan help --commands
Thiết lập đọc từ biến môi trường DANVAN_...: xem docs/operations/settings.md
"""


def product_version() -> str:
    """The version of the installed package, or nothing where the code runs uninstalled."""
    try:
        return version("danvan")
    except PackageNotFoundError:
        return ""


def own_commands() -> dict[str, str]:
    """Name and first sentence of every command of the product."""
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    found = {}
    for name, app in sorted(get_commands().items()):
        ours = isinstance(app, str) and app.split(".")[0] in {"config", "danvan"}
        if ours and name not in HIDDEN:
            found[name] = load_command_class(app, name).help.strip().split("\n")[0]
    return found


def help_page() -> str:
    """What `danvan` says when asked nothing or for help."""
    import django  # noqa: PLC0415

    django.setup()
    own, width = own_commands(), 16
    return USE.format(
        version=product_version(),
        own="\n".join(f"  {name:<{width}}{told}" for name, told in own.items()),
        others="\n".join(f"  {name:<{width}}{told}" for name, told in DJANGO_OWN.items()),
    )


def stop_on_faults(asked: str) -> None:
    """Tell every wrong setting and stop, unless the command is the one that checks them."""
    from config import env  # noqa: PLC0415

    if not env.FAULTS or asked == "check":
        return
    from config.checks import remedy, sentence  # noqa: PLC0415

    for fault in env.FAULTS:
        sys.stderr.write(f"{sentence(fault)}\n    {remedy(fault)}\n")
    sys.exit(1)


def main() -> None:
    """Run one command, e.g. `danvan register load`; no argument or --help tells which there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    arguments = sys.argv[1:]
    if arguments in ([], ["help"], ["--help"], ["-h"]):
        sys.stdout.write(help_page())
        return
    if arguments in (["version"], ["--version"]):
        sys.stdout.write(f"danvan {product_version()}\n")
        return
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db.utils import OperationalError  # noqa: PLC0415

    debug = settings.DEBUG  # reading one setting reads them all
    stop_on_faults(arguments[0])
    try:
        execute_from_command_line(["danvan", *arguments])
    except OperationalError as refused:
        if debug:
            raise
        sys.exit(database_refused(refused))


def database_refused(refused: Exception) -> str:
    """One sentence for an administrator whose database does not answer, is not set up or is locked."""
    told = str(refused).strip().split("\n")[0]
    if "no such table" in told:
        return f"Cơ sở dữ liệu chưa được chuẩn bị ({told}). Đồng chí vui lòng chạy danvan setup."
    return (
        f"Không dùng được cơ sở dữ liệu: {told}.\n"
        "    Đồng chí vui lòng kiểm tra DANVAN_DATABASE (máy chủ, cổng, tên, mật khẩu) và máy chủ cơ sở dữ liệu."
    )
