"""Words of a denunciation that occur nowhere else, and the search for their bytes in every form."""

import base64
import hashlib
import unicodedata
from pathlib import Path

from django.db import connection

from danvan.vietnamese.text import fold

NAME, PHONE, ID = "Quàng Thị Ngoẵng", "0933445566", "040199007788"
TEXT = "Khăm khoẳn lập khống danh sách tẩu tán"
ACCUSED = "Lường Văn Khuýnh"
FILE = "don-ngoang-khuynh.png"
CANARIES = (NAME, PHONE, ID, TEXT, ACCUSED, FILE)


def shapes(words):
    """Every form in which these words could stand somewhere."""
    texts = {
        words, fold(words), words.upper(), words.lower(), unicodedata.normalize("NFD", words),
        unicodedata.normalize("NFC", words), words.encode("unicode_escape").decode(),
    }  # fmt: skip
    for text in texts:
        raw = text.encode()
        yield raw
        yield raw.hex().encode()
        yield text.encode("utf-16-le")
        for name in ("sha1", "sha256", "md5"):
            digest = hashlib.new(name, raw)
            yield digest.digest()
            yield digest.hexdigest().encode()
            yield base64.b64encode(digest.digest())
        for shift in range(3):  # however the words lie in what was encoded
            coded = base64.b64encode(b"x" * shift + raw)
            yield coded[4 if shift else 0 : len(coded) - 4]


NEEDLES = [(words, one) for words in CANARIES for one in shapes(words) if len(one) >= 8]


def found(haystack):
    """Which canaries stand in these bytes."""
    return sorted({words for words, one in NEEDLES if one in haystack})


def database():
    """Every byte of the database: whole tables as they are written out, and the pages of the file."""
    if connection.vendor == "sqlite":
        held = connection.connection
        return held.serialize() + "\n".join(held.iterdump()).encode()
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select t::text from "{table}" t')
            parts += [row[0].encode() for row in cursor.fetchall()]
    return b"\n".join(parts)


def disk(*roots):
    """Every byte and every name under these folders."""
    return b"\n".join(
        str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        for root in roots
        for path in Path(root).rglob("*")
    )
