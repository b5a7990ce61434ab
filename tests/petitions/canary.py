"""Words of a denunciation that occur nowhere else, and the search for their bytes in every form."""

import base64
import hashlib
import unicodedata
import zipfile
from io import BytesIO
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


def needles_of(canaries):
    """Each form of these words, with the words."""
    return [(words, one) for words in canaries for one in set(shapes(words)) if len(one) >= 8]


NEEDLES = needles_of(CANARIES)


def found(haystack, needles=NEEDLES):
    """Which canaries stand in these bytes."""
    return sorted({words for words, one in needles if one in haystack})


def unpacked(content):
    """The bytes, and what is packed in them: members of a workbook, a document, an archive."""
    if not content.startswith(b"PK") or not zipfile.is_zipfile(BytesIO(content)):
        return content
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return b"\n".join([content, *(unpacked(packed.read(one)) for one in packed.namelist())])


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
