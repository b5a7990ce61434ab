"""How often one network, or one key, may ask within a minute: counted in this process alone, and gone with the minute.

Reading must cost no write. So each process of the server counts what it answers itself; what is sent is counted in the
database (`services.sending`). Networks stand here as digests under chance of this process: nobody reads them from its memory.
"""

import hashlib
import secrets
import threading
from collections import Counter
from datetime import datetime

MOST = 200_000  # networks of one minute; beyond, counting begins anew


class ReadCounts:
    """How often each asked within the present minute."""

    def __init__(self) -> None:
        self._chance = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: Counter[bytes] = Counter()

    def takes(self, who: str, *, most: int, now: datetime) -> bool:
        """Count one more of `who` in the minute of `now`; whether it is within `most`."""
        minute = int(now.timestamp()) // 60
        mark = hashlib.blake2b(who.encode(), key=self._chance, digest_size=16).digest()
        with self._lock:
            if minute != self._minute or len(self._counts) >= MOST:
                self._minute, self._counts = minute, Counter()
            self._counts[mark] += 1
            return self._counts[mark] <= most

    def forget(self) -> None:
        """Begin anew, as a process that starts."""
        with self._lock:
            self._counts = Counter()


READS = ReadCounts()


def left_of_minute(now: datetime) -> int:
    """After how many seconds the next minute begins."""
    return 60 - int(now.timestamp()) % 60
