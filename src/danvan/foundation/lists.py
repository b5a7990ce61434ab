"""Pages of a list by key: every page costs the same, however far down it is."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from danvan.vietnamese.numbers import format_number

AFTER, BEFORE = "sau", "truoc"
COUNTED_TO = 1_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, how many there are in all, and the addresses of its neighbours.

    `count` is exact up to 1,000 and None beyond. The address parts keep the filters of the list and are
    empty where there is no such page; put them behind a question mark.
    """

    rows: Sequence[Any]
    count: int | None
    count_label: str
    next_url_params: str
    previous_url_params: str
    first_url_params: str

    @property
    def has_next(self) -> bool:
        """Whether rows follow."""
        return bool(self.next_url_params)

    @property
    def has_previous(self) -> bool:
        """Whether rows stand before."""
        return bool(self.previous_url_params)

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class _Key:
    """One column of the order: where its value stands on a row, its direction, its field."""

    path: str
    falling: bool
    field: Field[Any, Any]
    nullable: bool

    def term(self, *, backwards: bool) -> Any:
        falling = self.falling is not backwards
        column = F(self.path)
        if not self.nullable:
            return column.desc() if falling else column.asc()
        # Rows without a value stand last, and so first when the list is walked backwards.
        last = {"nulls_first": True} if backwards else {"nulls_last": True}
        return column.desc(**last) if falling else column.asc(**last)

    def beyond(self, value: Any, *, backwards: bool) -> Q | None:
        """Rows that stand after `value` in this column alone; None where none can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else None
        falling = self.falling is not backwards
        rows = Q(**{f"{self.path}__{'lt' if falling else 'gt'}": value})
        return (
            rows if backwards or not self.nullable else rows | Q(**{f"{self.path}__isnull": True})
        )

    def level(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})


def page_of(
    queryset: QuerySet[Any],
    params: Mapping[str, Any],
    *,
    order: tuple[str, ...],
    size: int = 25,
    never_null: Collection[str] = (),
    surely: Callable[[], QuerySet[Any] | None] | None = None,
    least: int | None = None,
    by_index: bool = False,
) -> Page:
    """The page that `params` (a request's GET) asks for, in `order` (`-` before a name: falling).

    The order is made total by the primary key. Columns may be nullable (such rows stand last), reach
    over foreign keys or be annotations. Two queries, with `surely` three at most. A key that does not fit shows the first page.
    `never_null` names columns that hold a value in every row of this queryset, whatever their field
    allows: then an index gives their order as it is. `surely` gives some of the rows, found sooner: where
    they alone are more than is counted, the rest is not counted. `least`: how many there are
    at least, where there are too many to count: the label tells them roundly. `by_index`: which rows stand on the page is
    found in an index that holds all that is asked for, and only those are opened; not where rows carry annotations or joins.
    """
    keys = _keys(queryset, order, never_null)
    backwards = BEFORE in params
    start = _read_start(params.get(BEFORE if backwards else AFTER), keys)
    if start is None:
        backwards = False
    rows = queryset.order_by(*(key.term(backwards=backwards) for key in keys))
    if start is not None:
        rows = rows.filter(_beyond(keys, start, backwards=backwards))
    found = list(_opened(rows, size + 1) if by_index else rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    follows = more or False if not backwards else True
    precedes = start is not None if not backwards else more
    if least is not None and (more or start is not None):
        counted, exact = _roundly(least), False
    else:
        counted = _counted(queryset, surely() if surely and more else None)
        counted, exact = min(counted, COUNTED_TO), counted <= COUNTED_TO
    label = format_number(counted) if exact else f"hơn {format_number(counted)}"
    if not found:
        # The rows around the asked place are gone; offer the start of the list.
        follows, precedes = False, False
    return Page(
        rows=found,
        count=counted if exact else None,
        count_label=label,
        next_url_params=_address(params, AFTER, keys, found[-1]) if follows else "",
        previous_url_params=_address(params, BEFORE, keys, found[0]) if precedes else "",
        first_url_params=_rest(params) if start is not None else "",
    )


def _opened(rows: QuerySet[Any], many: int) -> QuerySet[Any]:
    """The first rows in their order, chosen by their keys alone before any is opened."""
    chosen: QuerySet[Any] = QuerySet(rows.model)
    chosen = chosen.filter(pk__in=rows[:many].values("pk"))
    return chosen.order_by(*rows.query.order_by)


def _roundly(least: int) -> int:
    """A round number below what there are at least."""
    step = 100 if least > 100 else 10
    return min((least - 1) // step * step, COUNTED_TO)


def _counted(queryset: QuerySet[Any], surely: QuerySet[Any] | None) -> int:
    """How many rows there are, up to one more than is told."""
    if surely is not None and surely.order_by()[: COUNTED_TO + 1].count() > COUNTED_TO:
        return COUNTED_TO + 1
    return queryset.order_by()[: COUNTED_TO + 1].count()


def _keys(
    queryset: QuerySet[Any], order: tuple[str, ...], never_null: Collection[str]
) -> list[_Key]:
    names = [name for name in order if name.lstrip("-") != "pk"]
    tail = next((name for name in order if name.lstrip("-") == "pk"), "pk")
    keys = [_key(queryset, name) for name in [*names, tail]]
    return [replace(key, nullable=False) if key.path in never_null else key for key in keys]


def _key(queryset: QuerySet[Any], name: str) -> _Key:
    path, falling = name.lstrip("-"), name.startswith("-")
    annotation = queryset.query.annotations.get(path)
    if annotation is not None:
        return _Key(path, falling, annotation.output_field, nullable=True)
    model: Any = queryset.model
    nullable = False
    *way, last = path.split(LOOKUP_SEP)
    for part in way:
        step = model._meta.get_field(part)
        nullable = nullable or bool(getattr(step, "null", False))
        model = step.related_model
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    if not isinstance(field, Field) or not field.concrete:
        raise FieldDoesNotExist(f"{queryset.model._meta.label} has no column {path} to order by.")
    # A foreign key stands by its number, which is on the row without another query.
    column = LOOKUP_SEP.join([*way, field.attname if field.remote_field else last])
    return _Key(column, falling, getattr(field, "target_field", field), nullable or field.null)


def _beyond(keys: list[_Key], start: list[Any], *, backwards: bool) -> Q:
    """Rows after `start`: equal in the first columns and beyond it in the next."""
    found, level = Q(pk__in=[]), Q()
    for key, value in zip(keys, start, strict=True):
        step = key.beyond(value, backwards=backwards)
        if step is not None:
            found |= level & step
        level &= key.level(value)
    return found


def _read_start(raw: Any, keys: list[_Key]) -> list[Any] | None:
    if not raw:
        return None
    try:
        padded = str(raw) + "=" * (-len(str(raw)) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not isinstance(values, list) or len(values) != len(keys):
            return None
        return [
            None if value is None else key.field.to_python(value)
            for key, value in zip(keys, values, strict=True)
        ]
    except (ValueError, binascii.Error, UnicodeError, ValidationError, TypeError, OverflowError):
        return None


def _address(params: Mapping[str, Any], word: str, keys: list[_Key], row: Any) -> str:
    values = [_plain(_value(row, key.path)) for key in keys]
    packed = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    mark = urlencode({word: base64.urlsafe_b64encode(packed).decode().rstrip("=")})
    rest = _rest(params)
    return f"{rest}&{mark}" if rest else mark


def _rest(params: Mapping[str, Any]) -> str:
    """The filters of the list, without its place."""
    lists: Any = params.lists() if hasattr(params, "lists") else params.items()
    return urlencode([(n, v) for n, v in lists if n not in (AFTER, BEFORE)], doseq=True)


def _value(row: Any, path: str) -> Any:
    if isinstance(row, Mapping):
        return row[path]
    if hasattr(row, path):
        return getattr(row, path)
    for part in path.split(LOOKUP_SEP):
        row = getattr(row, part, None)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value
