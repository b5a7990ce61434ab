"""How often one network, or one key, may ask within a minute, whichever process of the server answers.

Reading shall cost hardly a write: each process counts what it answers itself and tells the others in the database after
every twentieth part of what may be asked. So all together answer at most that much more for each process. Networks stand in
the database and in memory as keyed marks of one day, for an hour at most.
"""

import threading
from collections import Counter
from datetime import datetime

from django.db import DatabaseError

from danvan.foundation.pacing import count_more, mark_of_day

MOST = 200_000  # networks of one minute; beyond, counting begins anew
PARTS = 20  # after such a part of what may be asked the others are told
WHAT = "reads"


class ReadCounts:
    """How often each asked within the present minute: by what all had told, and by what this process has answered since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._told: dict[str, int] = {}
        self._own: Counter[str] = Counter()

    def takes(self, who: str, *, most: int, now: datetime) -> bool:
        """Count one more of `who` in the minute of `now`; whether it is within `most`."""
        minute, mark = int(now.timestamp()) // 60, mark_of_day(f"{WHAT} {who}", now)
        with self._lock:
            if minute != self._minute or len(self._own) >= MOST:
                self._minute, self._told, self._own = minute, {}, Counter()
            if self._told.get(mark, 0) >= most:
                return False  # a flood writes nothing more
            self._own[mark] += 1
            own = self._own[mark]
            if own * PARTS < most:
                return self._told.get(mark, 0) + own <= most
            self._own[mark] = 0
        try:
            told = count_more(mark, own, minute=now)
        except (
            DatabaseError
        ):  # reading goes on, counted by this process until the others can be told
            with self._lock:
                self._own[mark] += own
                return self._told.get(mark, 0) + self._own[mark] <= most
        with self._lock:
            if minute == self._minute:
                self._told[mark] = told
        return told <= most

    def forget(self) -> None:
        """Begin anew, as a process that starts."""
        with self._lock:
            self._told, self._own = {}, Counter()


READS = ReadCounts()


def left_of_minute(now: datetime) -> int:
    """After how many seconds the next minute begins."""
    return 60 - int(now.timestamp()) % 60
