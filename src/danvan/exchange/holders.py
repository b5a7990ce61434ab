"""A key goes on with the heir of its unit: what it may send concerns the places that are there now."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.exchange.models import ApiKey
from danvan.organisations.holders import FieldHolder, Holder


class KeyHolder(FieldHolder):
    """For which unit another system was given a key."""

    key = "exchange.keys"
    label = "khóa kết nối đang dùng"
    model = ApiKey
    field = "unit"
    fields = ("unit",)
    kept = ("prefix", "valid_from", "valid_to", "revoked_on")
    waits = False

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Those that open something on the day or later."""
        return ApiKey.objects.holding(on) | ApiKey.objects.filter(
            revoked_on=None, valid_from__gt=on
        )

    def title(self, row: Any) -> str:
        """By what it connects."""
        return f"{row.prefix} {row.name}"


HOLDERS: tuple[Holder, ...] = (KeyHolder(),)
