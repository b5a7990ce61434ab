"""Pictures: how large they are, and the words in them where a reader of words is installed on this machine."""

import math
import shutil
import struct
import subprocess
from collections.abc import Iterator

import numpy as np
import pypdfium2
from django.conf import settings

from danvan.foundation.file_kinds import PDFIUM

SECONDS = 20  # a page
PAGES, SCALE = 3, 2.5  # 180 dots an inch
LANGUAGES = ("vie+eng", "eng")
MOST_PIXELS = 50_000_000
# The start-of-frame marks of JPEG; the others of the row mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG picture, read from its head alone; None where it tells none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack("!LL", content[16:24])
        return width, height
    return next(_frames(content), None) if content.startswith(b"\xff\xd8") else None


def words_in_picture(content: bytes) -> str | None:
    """The words in a picture; None where they cannot be read here: no reader, too large, or too slow."""
    size = size_of(content)
    if size is None or size[0] * size[1] > MOST_PIXELS:
        return None
    return _read(content)


def words_in_scan(content: bytes) -> list[str] | None:
    """The words of each of the first pages of a PDF that has no text of its own; None where they cannot be read here."""
    if shutil.which(settings.DANVAN_TESSERACT) is None:
        return None
    pages = [_read(one) for one in _drawn(content)]
    return [one for one in pages if one is not None] or None


def _drawn(content: bytes) -> list[bytes]:
    """The first pages as grey pictures; none where the file cannot be drawn."""
    drawn = []
    try:
        with PDFIUM, pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), PAGES)):
                page = document[number]
                scale = min(SCALE, math.sqrt(MOST_PIXELS / (page.get_width() * page.get_height())))
                grey = page.render(scale=scale, grayscale=True).to_numpy()
                height, width = grey.shape[:2]
                drawn.append(
                    b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(grey).tobytes()
                )
    except (pypdfium2.PdfiumError, ZeroDivisionError):
        return []
    return drawn


def _read(content: bytes) -> str | None:
    command = shutil.which(settings.DANVAN_TESSERACT)
    for languages in LANGUAGES if command else ():
        try:
            done = subprocess.run(  # noqa: S603 - a command of the settings, no words of users
                [str(command), "stdin", "stdout", "-l", languages],
                input=content, capture_output=True, timeout=SECONDS, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None
        if done.returncode == 0:
            return done.stdout.decode(errors="replace")
    return None


def _frames(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if mark in _FRAMES:
            height, width = struct.unpack("!HH", content[at + 5 : at + 9])
            yield width, height
        at += 2 + length
