"""Small true pictures and papers for tests, made here."""

import io
import stat
import struct
import zipfile
import zlib

from fpdf import FPDF


def png(width=8, height=8):
    """A grey picture of this size."""

    def chunk(kind, content):
        whole = kind + content
        return struct.pack("!L", len(content)) + whole + struct.pack("!L", zlib.crc32(whole))

    head = struct.pack("!LLBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width=8, height=8):
    """The head and the end of a picture of this size, with a comment before its frame."""
    comment = b"\xff\xfe\x00\x04ab"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack("!HH", height, width) + b"\x01\x11\x00\x00"
    return b"\xff\xd8" + comment + frame + b"\xff\xd9"


def pdf(*lines):
    """One page with these lines (plain letters); none where there are none."""
    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    for line in lines:
        made.cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def packed(**members):
    """A packed file of these members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return kept.getvalue()


def reader_of_words(folder, words, *, knows="vie+eng"):
    """A command that stands for the reader of words: whatever it is shown, it reads these. It knows one language."""
    (folder / "words.txt").write_text(words, "utf-8")
    command = folder / "reader"
    command.write_text(
        f'#!/bin/sh\ncat > /dev/null\n[ "$4" = "{knows}" ] || exit 1\ncat "{folder}/words.txt"\n',
        "utf-8",
    )
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return str(command)
