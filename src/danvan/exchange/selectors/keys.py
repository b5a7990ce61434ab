"""Keys of other systems as administrators read them: what each opens and how much came by it, never the key itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from danvan.exchange.models import ApiKey, KeyMatter
from danvan.foundation import clock
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User

MANAGE = "keys.manage"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key as the list tells it: `standing` in words, with its colour; `matters` came by it."""

    key: ApiKey
    unit_name: str
    may: str
    standing: str
    tone: str
    open: bool
    matters: int


def allowed_keys(user: "User", action: str = MANAGE) -> QuerySet[ApiKey]:
    """Keys of units where `user` may do `action`."""
    return ApiKey.objects.allowed(user, action).select_related("made_by", "revoked_by")


def key_lines(keys: Iterable[ApiKey]) -> list[KeyLine]:
    """These with the names of their units. Two queries for any number."""
    found, today = list(keys), clock.today()
    names = last_names({one.unit_id for one in found}, today) if found else {}
    matters = KeyMatter.objects.filter(key__in=found).order_by().values_list("key_id")
    counted = dict(matters.annotate(number=Count("pk"))) if found else {}
    return [_line(one, names.get(one.unit_id, ""), counted.get(one.pk, 0)) for one in found]


def _line(key: ApiKey, unit_name: str, matters: int) -> KeyLine:
    today = clock.today()
    may = " và ".join(words for words, given in (("đọc", key.reads), ("gửi", key.sends)) if given)
    if key.revoked_on is not None:
        standing, tone, opens = "đã thu hồi", "grey", False
    elif key.valid_to is not None and key.valid_to <= today:
        standing, tone, opens = "hết hạn", "grey", False
    else:
        standing, tone, opens = "đang dùng", "green", True
        if key.used_on is None:
            standing, tone = "chưa dùng lần nào", "orange"
    return KeyLine(key, unit_name, may, standing, tone, opens, matters)
