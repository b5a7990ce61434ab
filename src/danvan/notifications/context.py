"""What every page shows of notifications: the bell."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from danvan.notifications.selectors import BELL_COUNTS_TO, unread_count


@dataclass(frozen=True, slots=True)
class Bell:
    """Where the bell leads and what it says."""

    url: str
    count: str  # empty where nothing is unread
    label: str


def bell_of(user: Any) -> Bell:
    """The bell of one person. One query."""
    number = unread_count(user)
    count = f"{BELL_COUNTS_TO}+" if number > BELL_COUNTS_TO else str(number) if number else ""
    label = f"Thông báo: {count} chưa đọc" if count else "Thông báo: không có gì mới"
    return Bell(reverse("notifications:list"), count, label)


def bell(request: Any) -> dict[str, Any]:
    """Context of every page: `bell`, counted only when it is shown; nothing for whoever is not signed in."""
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated):
        return {"bell": None}
    return {"bell": SimpleLazyObject(lambda: bell_of(user))}
