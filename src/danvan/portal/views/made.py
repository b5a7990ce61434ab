"""Pages that are the same for everybody, kept in the memory of a process for some seconds: made once, however many read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from danvan.foundation import clock

View = Callable[..., HttpResponse]
MOST = 200  # pages in memory; the oldest goes first
LONGEST = 300  # letters of an address whose page is kept
# Seconds beyond those: how old a page may be that is shown while a new one is made. Older ones may hold what was taken down.
WHILE_MADE = 30


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it was made at a moment of a day."""

    at: float
    day: date
    page: bytes


_made: dict[str, Made] = {}
_in_making: set[str] = set()
_turn = Lock()


def page_made(key: str, make: View) -> HttpResponse:
    """The page of that name, at most `DANVAN_PORTAL_SECONDS` old; while one reader's is made anew, the others get the older one."""
    seconds, now, today = settings.DANVAN_PORTAL_SECONDS, monotonic(), clock.today()
    if not seconds:
        return make()
    found = _made.get(key)
    standing = found and found.day == today and now - found.at < seconds + WHILE_MADE
    older = found if standing else None
    with _turn:
        if older and (now - older.at < seconds or key in _in_making):
            return HttpResponse(older.page)
        _in_making.add(key)
    try:
        answer = make()
    finally:
        with _turn:
            _in_making.discard(key)
    if answer.status_code == 200:
        with _turn:
            _made.pop(key, None)
            _made[key] = Made(now, today, answer.content)
            while len(_made) > MOST:
                del _made[next(iter(_made))]
    return answer


def made_seldom(view: View) -> View:
    """Answer with the page that was made some seconds ago for the same address; only pages without faults are kept."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = f"{request.get_host()}{request.get_full_path()}"
        if request.method != "GET" or len(address) > LONGEST:
            return view(request, *args, **kwargs)
        return page_made(address, lambda: view(request, *args, **kwargs))

    return wrapper
