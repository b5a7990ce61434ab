"""Files that carry a virus are refused: the test file that every scanner knows, and what a scanner on this machine finds.

The scanner is clamd, asked through its socket: no file ever leaves the machine. One that is set and does not answer lets
nothing pass.
"""

import io
import re
import socket
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.conf import settings

from danvan.foundation.errors import RuleError
from danvan.foundation.file_kinds import UNREADABLE

# In pieces, so that no scanner takes this file for what it looks for.
SIGNATURE = b"".join(
    (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*")
)
UNPACKED_MOST = 64 * 1024 * 1024  # of all that is packed in one file
MEMBERS_MOST, DEPTH_MOST = 2_000, 3
CHUNK = 1 << 16
WAIT_SECONDS = 30
_STREAM = re.compile(rb"stream\r?\n")


def refuse_virus(content: bytes, *, name: str) -> None:
    """RuleError where these bytes, or what is packed in them, carry a virus; or where the scanner does not answer."""
    if any(SIGNATURE in part for part in _parts(content)):
        raise RuleError(
            f"Tệp “{name}” chứa mẫu thử vi-rút EICAR nên không được nhận và không được lưu. "
            "Đồng chí vui lòng kiểm tra máy đã gửi tệp rồi gửi tệp khác."
        )
    if settings.DANVAN_SCANNER and (found := _scanned(content, name)):
        raise RuleError(
            f"Phần mềm quét vi-rút báo tệp “{name}” có mã độc ({found}) nên không được nhận và không được lưu. "
            "Đồng chí vui lòng báo người phụ trách máy tính."
        )


def _parts(content: bytes) -> Iterator[bytes]:
    """The bytes, and what is packed in them as far as a bound: members of office files, streams of a PDF."""
    left = UNPACKED_MOST
    waiting = [(content, 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part
        if depth == DEPTH_MOST:
            continue
        for inner in _unpacked(part, left):
            left -= len(inner)
            waiting.append((inner, depth + 1))


def _unpacked(content: bytes, most: int) -> Iterator[bytes]:
    if content.startswith(b"PK\x03\x04"):
        yield from _members(content, most)
    elif b"%PDF-" in content[:1024]:
        yield from _streams(content, most)


def _members(content: bytes, most: int) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.infolist()[:MEMBERS_MOST]:
                with packed.open(member) as opened:
                    inner = opened.read(max(most, 0))
                most -= len(inner)
                yield inner
    except UNREADABLE:
        return


def _streams(content: bytes, most: int) -> Iterator[bytes]:
    for found in list(_STREAM.finditer(content))[:MEMBERS_MOST]:
        if most <= 0:
            return
        try:
            inner = zlib.decompressobj().decompress(content[found.end() :], most)
        except zlib.error:
            continue
        most -= len(inner)
        yield inner


def _scanned(content: bytes, name: str) -> str:
    """What the scanner says that it found; empty where nothing."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as opened:
            opened.settimeout(WAIT_SECONDS)
            opened.connect(str(settings.DANVAN_SCANNER))
            opened.sendall(b"zINSTREAM\0")
            for first in range(0, len(content), CHUNK):
                chunk = content[first : first + CHUNK]
                opened.sendall(struct.pack("!L", len(chunk)) + chunk)
            opened.sendall(struct.pack("!L", 0))
            told = b""
            while not told.endswith(b"\0") and (more := opened.recv(4096)):
                told += more
    except OSError:
        raise _unanswered(name) from None
    words = told.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")
    if words == "OK":
        return ""
    if not words.endswith(" FOUND"):
        raise _unanswered(name)
    return words.removesuffix(" FOUND")[:80]


def _unanswered(name: str) -> RuleError:
    return RuleError(
        f"Chưa quét được vi-rút trong tệp “{name}” vì phần mềm quét không trả lời, nên tệp chưa được nhận. "
        "Đồng chí vui lòng thử lại sau ít phút; nếu vẫn không được thì báo quản trị viên."
    )
