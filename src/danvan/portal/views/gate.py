"""What stands before every form that anybody may send: no account, no picture to read, no cookie; a trap, a clock, a pace."""

import logging
import secrets
from dataclasses import dataclass

from allauth.core.internal.httpkit import get_client_ip
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest

from danvan.foundation.pacing import count_one, is_worked, pace_of, task_of

logger = logging.getLogger(__name__)
SALT = "portal.sending"
A_DAY = 24 * 60 * 60
LEAST_SECONDS = 2  # nobody reads and writes faster
TRAP, TICKET, WORK = "trang_web", "phieu", "cong"  # names of boxes

TRAPPED = "Ô “Trang mạng” dành để chặn máy gửi tự động. Bà con vui lòng để trống ô đó rồi bấm gửi lần nữa."
STALE = (
    "Trang này mở đã lâu. Những gì bà con ghi vẫn còn ở dưới; vui lòng xem lại rồi bấm gửi lần nữa."
)
TOO_QUICK = "Bà con gửi nhanh quá nên trang chưa kịp nhận. Vui lòng bấm gửi lần nữa."
SLOWED = (
    "Đang có rất nhiều lần gửi từ mạng này nên trang nhận chậm lại. Những gì bà con ghi vẫn còn ở dưới; bà con vui lòng chờ "
    "một phút rồi bấm gửi lần nữa."
)
PHOTOS = "photos"  # what is counted by itself: forms that bring photographs to be looked at
PHOTOS_SLOWED = (
    "Đang có rất nhiều ảnh gửi từ mạng này nên trang nhận chậm lại; ảnh vừa chọn chưa được nhận, những gì bà con ghi vẫn còn. "
    "Bà con vui lòng chờ một phút rồi chọn lại ảnh, hoặc đi tiếp không kèm ảnh."
)


@dataclass(frozen=True, slots=True)
class Held:
    """Why a form is not taken yet, with the status; nothing of it is lost."""

    fault: str
    status: int = 422


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form carries: chance signed with its time. `work` is what a machine may work on where the network is too fast."""

    text: str
    seed: str
    work: str = ""


def ticket_of(request: HttpRequest, *said: str) -> Ticket:
    """The ticket that the form came with, a new one where it has none that holds; with work where its pace asks for it."""
    text = request.POST.get(TICKET, "")
    seed = _seed(text)
    if not seed:
        text = signing.dumps(secrets.token_urlsafe(18), salt=SALT)
        seed = _seed(text)
    return Ticket(text, seed, "" if pace_of(reader_of(request)).free else task_of(seed, *said))


def held_back(request: HttpRequest, *said: str) -> Held | None:
    """Why this form is not taken now; None where it is. `said` are the words that work is done for."""
    if request.POST.get(TRAP, "").strip():
        return Held(TRAPPED)
    seed = _seed(request.POST.get(TICKET, ""))
    if not seed:
        return Held(STALE)
    if _seed(request.POST[TICKET], LEAST_SECONDS):
        return Held(TOO_QUICK)
    pace = pace_of(reader_of(request))
    if pace.free:
        return None
    worked = is_worked(task_of(seed, *said), request.POST.get(WORK, ""))
    return None if worked and not pace.closed else Held(SLOWED, 429)


def photos_held_back(request: HttpRequest) -> Held | None:
    """Why the photographs of this form are not even looked at now; None where they are, and then they are counted first."""
    reader = reader_of(request)
    if not pace_of(reader, what=PHOTOS).free:
        return Held(PHOTOS_SLOWED, 429)
    count_one(reader, what=PHOTOS)
    return None


def taken(request: HttpRequest) -> None:
    """Count a form that was taken. It is written down by now: whoever sent it gets the slip even where this fails."""
    try:
        count_one(reader_of(request))
    except DatabaseError as fault:
        logger.warning("a form that was taken was not counted: %s", type(fault).__name__)


def reader_of(request: HttpRequest) -> str:
    """The address that the reader comes from, by the proxies that stand before us; it is kept nowhere."""
    return get_client_ip(request) or ""


def _seed(text: str, max_age: int = A_DAY) -> str:
    try:
        return str(signing.loads(text, salt=SALT, max_age=max_age))
    except signing.BadSignature:
        return ""
