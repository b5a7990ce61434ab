"""Boxes of the workbench: a unit by what people type, a share as people write it."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from danvan.organisations.selectors import find_units, last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, parse_number
from danvan.vietnamese.text import fold

MILLION = 1_000_000  # shares are kept in whole parts of it
MOST_OFFERS, NAMED = 9, 3
LONGEST_ID = 18  # digits
ACTION = "register.reorganise"


@dataclass(frozen=True, slots=True)
class Meant:
    """The unit that typed words mean; where none or several do, those they may mean."""

    id: int | None = None
    offers: list[tuple[str, str]] = field(default_factory=list)  # name, where it is

    @property
    def sentence(self) -> str:
        """Why there is no one unit, and what to do."""
        if not self.offers:
            return (
                "Không có đơn vị nào khớp trong phạm vi đồng chí được sắp xếp vào ngày đó. Đồng chí vui lòng gõ"
                " lại."
            )
        names = "; ".join(", ".join(part for part in one if part) for one in self.offers[:NAMED])
        left = len(self.offers) - NAMED
        more = f" và {left} đơn vị khác" if left > 0 else ""
        return f"Có nhiều đơn vị khớp: {names}{more}. Đồng chí vui lòng ghi rõ tên, kèm cấp trên."


def whole_number(text: Any) -> int | None:
    """An id as it comes in an address or a hidden box; None where it is none."""
    text = str(text or "")
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
    return int(text) if fits else None


def unit_meant(
    words: str, *, on: date, picked: Any = "", within: QuerySet[Any, Any] | None = None
) -> Meant:
    """The unit of a day that words mean: the one picked, the one of that name, or the only one found.

    The picked id counts only while the name beside it is still that unit's.
    """
    known = whole_number(picked)
    if known is not None:
        name = last_names([known], on).get(known, "")
        if name and fold(name) == fold(words.partition(",")[0]):
            return Meant(known)
    head = words.partition(",")[0].strip() if "," in words else words
    rows = find_units(head, on=on, within=within, limit=MOST_OFFERS)
    rows = [row for row in rows if not row.ended_on or row.ended_on > on]
    exact = [row for row in rows if fold(f"{row.name}, {row.context}") == fold(words)]
    whole = [row for row in rows if fold(row.name) == fold(head)]
    # A place by its name alone: its organisations bear it too.
    bare = [row for row in rows if not row.kind and fold(row.name).endswith(f" {fold(head)}")]
    for fits in (exact, whole, bare, rows):
        if len(fits) == 1:
            return Meant(fits[0].id)
    return Meant(offers=[(row.name, row.context) for row in rows])


def unit_box(name: str, label: str, *, on: date, required: bool = False) -> forms.CharField:
    """A box for one unit that stood on a day; with a script its id comes beside it under `<name>_id`."""
    query = urlencode({"viec": ACTION, "ngay": format_date(on)})
    attrs = {
        "autocomplete": "off",
        "placeholder": "Gõ không cần dấu",
        "data-typeahead": f"{reverse('desk:find-units')}?{query}",
        "data-typeahead-id": f"{name}_id",
    }
    return forms.CharField(
        label=label, max_length=300, required=required, widget=forms.TextInput(attrs=attrs)
    )


class ShareField(forms.CharField):
    """A share of a whole, written 0,413 or 41,3 %: in parts per million. Empty: to be worked out."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "rg-share"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**{"max_length": 40, "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return share_text(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Parts per million, or None."""
        written = super().clean(value)
        if not written.strip():
            return None
        try:
            return parse_share(written)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def parse_share(text: str) -> int:
    """Read 0,413 or 41,3 % as parts per million. ValueError with a whole sentence on anything else."""
    percent = re.fullmatch(r"(.*?)\s*%", text.strip())
    amount = parse_number(percent[1] if percent else text)
    share = amount / 100 if percent else amount
    if share < 0:
        raise ValueError("Tỷ trọng không thể nhỏ hơn 0.")
    if share > 1 and not percent and amount <= 100:
        raise ValueError(
            f"Tỷ trọng từ 0 đến 1. Nếu là phần trăm, đồng chí vui lòng ghi {format_number(amount)} %."
        )
    if share > 1:
        raise ValueError("Tỷ trọng không thể lớn hơn 1, tức là 100 %.")
    millionths = share * MILLION
    if millionths != millionths.to_integral_value():
        raise ValueError("Tỷ trọng có nhiều nhất sáu chữ số sau dấu phẩy.")
    return int(millionths)


def share_text(millionths: int | None) -> str:
    """Parts per million as a share: 0,413; 1; empty where there is none. At least three places."""
    if millionths is None:
        return ""
    if millionths in (0, MILLION):
        return str(millionths // MILLION)
    exact = (Decimal(millionths) / MILLION).normalize()
    places = max(3, -int(exact.as_tuple().exponent))
    return format_number(exact, places)
