"""Compile src/config/locale/*/LC_MESSAGES/*.po into the .mo files that Django reads (never committed).

Standard library only, so that neither GNU gettext nor another package is wanted to install. Reads the
subset of the format that our files use: msgctxt, msgid, msgid_plural, msgstr, comments.
"""

import ast
import os
import re
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*(".*")')


def entries(text: str) -> dict[str, str]:
    """Each message and its translation, as gettext keys them (context EOT id NUL plural)."""
    found: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", text):
        parts: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            match = LINE.fullmatch(line.strip())
            if match is None:
                raise ValueError(f"not a line of a .po file: {line}")
            current = match[1] or current
            parts[current] = parts.get(current, "") + ast.literal_eval(match[2])
        if "msgid" not in parts:
            continue
        key = parts["msgid"]
        if "msgctxt" in parts:
            key = f"{parts['msgctxt']}\x04{key}"
        if "msgid_plural" in parts:
            key = f"{key}\0{parts['msgid_plural']}"
        told = "\0".join(value for name, value in parts.items() if name.startswith("msgstr"))
        if not told:
            raise ValueError(f"not translated: {parts['msgid']}")
        if key in found:
            raise ValueError(f"told twice: {parts['msgid']}")
        found[key] = told
    return found


def compiled(messages: dict[str, str]) -> bytes:
    """The .mo file: a header, two tables of (length, place), the texts."""
    pairs = sorted((key.encode(), told.encode()) for key, told in messages.items())
    count = len(pairs)
    place = 28 + 16 * count
    tables: tuple[list[int], list[int]] = ([], [])
    body = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side].extend((len(pair[side]), place + len(body)))
            body += pair[side] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, place)
    return header + struct.pack(f"<{4 * count}I", *tables[0], *tables[1]) + body


def build(root: Path = ROOT) -> int:
    """Compile every catalogue; returns how many messages there are."""
    total = 0
    for source in sorted((root / "src/config/locale").glob("*/LC_MESSAGES/*.po")):
        messages = entries(source.read_text(encoding="utf-8"))
        target, content = source.with_suffix(".mo"), compiled(messages)
        if not target.exists() or target.read_bytes() != content:
            fresh = target.with_suffix(f".{os.getpid()}.new")
            fresh.write_bytes(content)
            fresh.replace(target)
        total += len(messages) - 1
    return total


if __name__ == "__main__":
    print(f"Messages: {build()}")
