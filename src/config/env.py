"""Settings come from the environment only. What is wrong is collected and told by `danvan check`."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One setting that cannot be used: its name, what is wrong with it and what to write."""

    name: str
    wrong: str
    write: str


FAULTS: list[Fault] = []
KNOWN: set[str] = {"DANVAN_SECRET_KEY", "DANVAN_CODE_PEPPER"}


def read(name: str, default: T, convert: Callable[[str], T], *, write: str) -> T:
    """The setting `name`, converted; `default` where it is absent or wrong (a wrong one is noted)."""
    KNOWN.add(name)
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return convert(raw)
    except ValueError as wrong:
        FAULTS.append(Fault(name, str(wrong), write))
        return default


def switch(raw: str) -> bool:
    """1/0, true/false, yes/no, on/off."""
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False}
    if raw.lower() not in known:
        raise ValueError(f"“{raw}” không phải là 1 hay 0")
    return known[raw.lower()]


def day(raw: str) -> date:
    """An ISO day, e.g. 2026-12-31."""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"“{raw}” không phải là một ngày") from None


def words(raw: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in raw.split(",") if word.strip()]


def hosts(raw: str) -> list[str]:
    """Names of hosts as they stand in the browser's address, without scheme, port or path."""
    names = words(raw)
    for name in names:
        if "/" in name:
            raise ValueError(f"“{name}” không phải là tên miền (không ghi https:// hay đường dẫn)")
    return names


def origins(raw: str) -> list[str]:
    """Whole addresses that forms may be sent from, each with its scheme."""
    addresses = words(raw)
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError(f"“{address}” thiếu http:// hoặc https://")
        if parts.path not in {"", "/"}:
            raise ValueError(f"“{address}” có phần thừa sau tên miền")
    return [address.rstrip("/") for address in addresses]


def origin(raw: str) -> str:
    """One whole address with its scheme, without the slash at its end."""
    found = origins(raw)
    if len(found) != 1:
        raise ValueError(f"“{raw}” phải là đúng một địa chỉ")
    return found[0]


def one_host(raw: str) -> str:
    """The name of one host."""
    found = hosts(raw)
    if len(found) != 1 or ":" in raw or " " in raw:
        raise ValueError(f"“{raw}” phải là đúng một tên máy chủ, không kèm số cổng")
    return found[0]


def address(raw: str) -> str:
    """One e-mail address without a name before it."""
    name, at, domain = raw.partition("@")
    if not (name and at and domain) or any(mark in raw for mark in " <>,\r\n") or "@" in domain:
        raise ValueError(f"“{raw}” không phải là một địa chỉ thư điện tử")
    return raw


def hour(raw: str) -> int:
    """An hour of the day, 0 to 23."""
    number = count(raw)
    if number > 23:
        raise ValueError(f"{number} lớn hơn 23")
    return number


def closing_day(raw: str) -> int:
    """A day that every month has, 1 to 28; 0 for its last."""
    number = count(raw)
    if number > 28:
        raise ValueError(f"{number} lớn hơn 28")
    return number


def folder(raw: str) -> Path:
    """A folder that exists or can be made: its nearest existing parent is a folder we may write in."""
    wanted = Path(raw).expanduser().absolute()
    nearest = next(place for place in (wanted, *wanted.parents) if place.exists())
    if not nearest.is_dir():
        raise ValueError(f"“{nearest}” là một tệp, không phải thư mục")
    if not os.access(nearest, os.W_OK):
        raise ValueError(f"không có quyền ghi vào “{nearest}”")
    return wanted


def place(raw: str) -> Path:
    """A whole path of a file, there or yet to be made."""
    wanted = Path(raw).expanduser()
    if not wanted.is_absolute():
        raise ValueError(f"“{raw}” phải là đường dẫn đầy đủ, bắt đầu bằng dấu /")
    if wanted.is_dir():
        raise ValueError(f"“{raw}” là một thư mục; đường dẫn phải có cả tên tệp")
    return wanted


def one_of(*allowed: str) -> Callable[[str], str]:
    """One of a few words, whatever their case."""

    def convert(raw: str) -> str:
        if raw.lower() not in allowed:
            raise ValueError(f"“{raw}” không thuộc các giá trị: {', '.join(allowed)}")
        return raw.lower()

    return convert


def province(raw: str) -> str:
    """The two-figure code of a province."""
    if len(raw) != 2 or not raw.isdigit():
        raise ValueError(f"“{raw}” không phải là mã tỉnh gồm hai chữ số")
    return raw


def whole(raw: str) -> int:
    """A whole number above zero."""
    try:
        number = int(raw)
    except ValueError:
        raise ValueError(f"“{raw}” không phải là số nguyên") from None
    if number <= 0:
        raise ValueError(f"{number} phải lớn hơn 0")
    return number


def count(raw: str) -> int:
    """A whole number, zero included."""
    return 0 if raw == "0" else whole(raw)


SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
    ),
}


def database(raw: str) -> dict[str, Any]:
    """`sqlite:///folder/file.sqlite3` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(raw)
    name = unquote(parts.path[1:])
    if not name:
        raise ValueError("thiếu tên cơ sở dữ liệu ở cuối địa chỉ")
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE)}
    if parts.scheme in {"postgresql", "postgres"}:
        try:
            port = parts.port or 5432
        except ValueError:
            raise ValueError("cổng của máy chủ cơ sở dữ liệu không phải là một số") from None
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(port),
            "CONN_HEALTH_CHECKS": True,
            # No compiling of statements: what a page asks takes less time than compiling it.
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": 8, "timeout": 20},
                "options": "-c jit=off",
            },
        }
    raise ValueError(f"không biết loại cơ sở dữ liệu “{parts.scheme}”")


def secret(home: Path, name: str = "DANVAN_SECRET_KEY", file: str = "secret_key") -> str:
    """The secret `name`, else one kept in `home` as `file` (made once, readable by its owner).

    Makes `home` itself, since everything else an installation writes goes there too.
    """
    given = os.environ.get(name, "").strip()
    if given and len(given) < 40:
        FAULTS.append(Fault(name, "ngắn hơn 40 ký tự", "một chuỗi ngẫu nhiên dài 50 ký tự"))
    try:
        home.mkdir(parents=True, exist_ok=True)
        return given or _kept(home / file)
    except OSError as wrong:
        reason = f"không ghi được vào “{home}” ({wrong.strerror})"
        FAULTS.append(Fault("DANVAN_HOME", reason, "một thư mục có quyền ghi, ví dụ /srv/danvan"))
        return given or secrets.token_urlsafe(50)


def _kept(place: Path) -> str:
    try:
        opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text(encoding="utf-8").strip()
    fresh = secrets.token_urlsafe(50)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(fresh)
    return fresh
