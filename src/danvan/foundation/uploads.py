"""What people send: refused by its size before any of it is read."""

from typing import Any, Protocol

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler

from danvan.foundation.files import refuse_oversized

# A form may carry several files; together they may weigh this many of the largest.
FILES_A_REQUEST = 4


class Sent(Protocol):
    """A file as a form receives it."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """All of it."""


def read_sent(sent: Sent) -> bytes:
    """The bytes of a file that was sent; RuleError where it is larger than one may be, with none of it read."""
    refuse_oversized(sent.size or 0, name=sent.name or "")
    return sent.read()


def most_bytes() -> int:
    """How much one request may carry."""
    return FILES_A_REQUEST * int(settings.DANVAN_MAX_FILE_MB) * 1024 * 1024


class KeptInMemory(MemoryFileUploadHandler):
    """Keeps a file that is sent in memory, however large: on a disk it would stand in plain, and stay there when it is removed."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """It always does."""
        self.activated = True
