"""An e-mail file as it was sent: who, when, what about, its words whatever their letters were coded in, and its files."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.header import decode_header, make_header
from email.message import EmailMessage, Message, MIMEPart
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from django.utils.timezone import get_default_timezone

from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.reading.old_fonts import kind_of, to_unicode
from danvan.vietnamese.damage import looks_damaged
from danvan.vietnamese.text import canonical, printable

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Tried in this order where a letter does not say how it is coded, or says it wrongly.
CODINGS = ("utf-8", "windows-1258", "windows-1252")
HEAD = 64 * 1024  # where the head of a letter must have ended
LONGEST = 100_000
MOST_FILES = 30
_BREAKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_SPACES = re.compile(r"\s+")
_BLANK = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Letter:
    """What an e-mail file says. `files` are its attachments by name; `notes` say what could not be read."""

    sender: str
    address: str
    sent_on: date | None
    subject: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = ()


def open_letter(content: bytes, *, name: str) -> Letter:
    """Read an e-mail file (.eml); RuleError with what to do where it is none."""
    files.refuse_oversized(len(content), name=name)
    if content.startswith(OLD_OFFICE) or name.lower().endswith(".msg"):
        raise RuleError(
            f"Tệp “{name}” là thư của Outlook (.msg), phần mềm chưa đọc được. Đồng chí vui lòng mở thư trong Outlook, chọn "
            "“Lưu thành” dạng .eml, hoặc kéo thư từ hộp thư trên trang web; nếu không có thì in thư ra PDF rồi tải lên."
        )
    parsed = email.message_from_bytes(content, policy=default)
    if not isinstance(parsed, EmailMessage) or not (
        parsed.get("From") or parsed.get("Subject") or parsed.get("Date")
    ):
        raise RuleError(
            f"Tệp “{name}” không phải là thư điện tử. Đồng chí vui lòng chọn tệp .eml tải từ hộp thư."
        )
    sender, address = parseaddr(_header(parsed, "From"))
    text, damaged = _text_of(parsed)
    attached = list(_attached(parsed))
    notes = []
    if damaged:
        notes.append(damaged)
    if len(attached) > MOST_FILES:
        notes.append(f"Thư có hơn {MOST_FILES} tệp kèm, chỉ đọc {MOST_FILES} tệp đầu.")
    if len(text) > LONGEST:
        notes.append(
            "Nội dung thư quá dài nên đã cắt bớt; đồng chí vui lòng đối chiếu với thư gốc."
        )
    return Letter(
        sender=_clean(sender, 120),
        address=_clean(address, 120),
        sent_on=_sent_on(parsed),
        subject=_clean(_header(parsed, "Subject"), 300),
        text=text[:LONGEST],
        files=tuple(attached[:MOST_FILES]),
        notes=tuple(notes),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A line of the head, its coded words read; what is not coded but has foreign bytes is tried as ours."""
    found = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = " ".join(str(found).split())
    if "\udc80" <= max(raw, default="") <= "\udcff":
        return _decoded(raw.encode("ascii", "surrogateescape"), "")
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        return raw


def _sent_on(message: EmailMessage) -> date | None:
    try:
        sent = parsedate_to_datetime(_header(message, "Date"))
        return sent.astimezone(get_default_timezone()).date() if sent.tzinfo else sent.date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _text_of(message: EmailMessage) -> tuple[str, str | None]:
    """The words of the letter, and a sentence where their letters were lost."""
    parts = [one for one in _leaves(message) if not _is_file(one)]
    plain = [one for one in parts if one.get_content_type() == "text/plain"]
    marked = [one for one in parts if one.get_content_type() == "text/html"]
    words = "\n\n".join(_decoded(_bytes_of(one), one.get_content_charset() or "") for one in plain)
    if not words.strip():
        pages = [_decoded(_bytes_of(one), one.get_content_charset() or "") for one in marked]
        words = "\n\n".join(_without_marks(one) for one in pages)
    font = kind_of(words)
    text = canonical(printable(to_unicode(words, font) if font else words))
    text = _BLANK.sub("\n\n", text.replace("\r\n", "\n")).strip()
    return text, looks_damaged(
        text
    ) if text else "Thư không có chữ; nội dung có thể nằm trong tệp kèm theo."


def _decoded(raw: bytes, said: str) -> str:
    """The bytes as words: by the coding that is said where that gives sound Vietnamese, else by the first that does."""
    tried: list[str] = []
    for coding in dict.fromkeys((*([said] if said else []), *CODINGS)):
        try:
            words = raw.decode(coding)
        except (LookupError, UnicodeDecodeError):
            continue
        tried.append(words)
        if not looks_damaged(canonical(words)):
            return words
    return tried[0] if tried else raw.decode("utf-8", "replace")


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, one in enumerate((part for part in _leaves(message) if _is_file(part)), start=1):
        if one.get_content_type() == "message/rfc822":
            inner = one.get_payload()
            carried = inner[0] if isinstance(inner, list) and inner else None
            content = carried.as_bytes() if isinstance(carried, Message) else b""
            yield f"thu-kem-{number}.eml", content
        else:
            yield _clean(one.get_filename() or f"tep-kem-{number}", 200), _bytes_of(one)


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """Its parts that hold no others; a letter within is one part, whatever it holds."""
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.iter_parts():
            yield from _leaves(part)
    else:
        yield message


def _is_file(part: MIMEPart) -> bool:
    if part.get_content_type() == "message/rfc822":
        return True
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() != "text"


def _bytes_of(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _clean(words: str, most: int) -> str:
    return " ".join(canonical(printable(words)).split())[:most]


class _Words(HTMLParser):
    """The words of a page: scripts and styles say nothing, blocks break the line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in _BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(_SPACES.sub(" ", data))


def _without_marks(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    return "".join(words.found)
