"""What may be learnt from a file before anything of it is kept. Nothing here writes."""

import re
from dataclasses import dataclass

from danvan import reading
from danvan.documents.engine import head_of
from danvan.documents.enums import Secrecy
from danvan.documents.errors import SecretError
from danvan.documents.secrecy import stamp_in, stamp_in_word
from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.file_kinds import PDFIUM, FileKind
from danvan.reading import Head, ReadingError, why_unreadable

# PDF files may hold these; offsets of proposals count the text as it is kept.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that may be registered: what kind it is, its text, and what its head says."""

    name: str
    content: bytes
    kind: FileKind
    text: str
    head: Head


def open_file(content: bytes, *, name: str, secrecy: str = "") -> OpenedFile:
    """Read a file without keeping it. RuleError where it may not or cannot be registered.

    SecretError where the sender says that it is secret, or a stamp says so; that comes first, so that
    nothing else is told of such a file.
    """
    refuse_secret(secrecy)
    kind = files.inspect(content, name=name, allowed=files.DOCUMENTS)
    if kind.code == "docx":
        refuse_secret(stamp_in_word(content))
    try:
        with PDFIUM:  # the file store opens PDF files too, and the two must take turns
            text = storable(reading.extract(content, kind.code).text)
    except ReadingError as fault:
        raise RuleError(str(fault)) from None
    refuse_secret(stamp_in(text))
    if damage := why_unreadable(text):
        raise RuleError(damage)
    head = head_of(text)
    refuse_secret(head.secrecy)
    return OpenedFile(name, content, kind, text, head)


def storable(text: str) -> str:
    """The text without what no database keeps, each replaced by a space: NUL and halves of characters."""
    return _UNSTORABLE.sub(" ", text)


def refuse_secret(secrecy: str) -> None:
    """SecretError where a mark of a state secret is given."""
    if not secrecy:
        return
    label = Secrecy(secrecy).label
    raise SecretError(
        f"Văn bản có độ “{label}” không được đưa lên phần mềm này; tệp và nội dung chưa được lưu ở đâu cả. "
        "Đồng chí vui lòng vào sổ mật bằng giấy. Nếu cần, phần mềm chỉ ghi lại số đến, ngày đến, cơ quan gửi "
        "và độ mật.",
        secrecy=secrecy,
    )
