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


def read(name: str, default: T, convert: Callable[[str], T], *, write: str) -> T:
    """The setting `name`, converted; `default` where it is absent or wrong (a wrong one is noted)."""
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


def whole(raw: str) -> int:
    """A whole number above zero."""
    try:
        number = int(raw)
    except ValueError:
        raise ValueError(f"“{raw}” không phải là số nguyên") from None
    if number <= 0:
        raise ValueError(f"{number} phải lớn hơn 0")
    return number


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
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        }
    raise ValueError(f"không biết loại cơ sở dữ liệu “{parts.scheme}”")


def secret(home: Path) -> str:
    """The signing key: DANVAN_SECRET_KEY, else one kept in `home` (made once, readable by its owner)."""
    given = os.environ.get("DANVAN_SECRET_KEY", "").strip()
    if given:
        if len(given) < 40:
            FAULTS.append(
                Fault("DANVAN_SECRET_KEY", "ngắn hơn 40 ký tự", "một chuỗi ngẫu nhiên dài 50 ký tự")
            )
        return given
    kept = home / "secret_key"
    if kept.exists():
        return kept.read_text(encoding="utf-8").strip()
    home.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(50)
    handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(fresh)
    return fresh
