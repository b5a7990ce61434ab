"""Which organisation a row of a sheet means: by the code of its place, by its name, by its kind."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from danvan.activities.columns import HEADINGS, ORGANISATION_KINDS
from danvan.foundation.errors import Fault
from danvan.organisations.enums import Kind
from danvan.organisations.selectors.spans import (
    CodeHeld,
    UnitSpan,
    codes_held,
    ids_among,
    spans_at,
    spans_named,
    spans_of,
)
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

CODE_LENGTHS = (2, 3, 5)  # province, district, commune


class Naming:
    """The part of the register that a sheet names, loaded once: five queries for any number of rows.

    `within` (a queryset of ids) decides between several units of one name: the writer's own come first.
    """

    def __init__(
        self, codes: Collection[str], names: Collection[str], *, within: QuerySet[Any, Any] | None
    ) -> None:
        padded = {f"0{code}" for code in codes if len(code) + 1 in CODE_LENGTHS}
        self._codes: dict[str, list[CodeHeld]] = defaultdict(list)
        for held in codes_held({*codes, *padded}):
            self._codes[held.code].append(held)
        self._named: dict[str, list[UnitSpan]] = defaultdict(list)
        for span in spans_named({fold(name) for name in names}):
            self._named[span.folded].append(span)
        places = {held.unit_id for held_by in self._codes.values() for held in held_by}
        places |= {
            span.unit_id for spans in self._named.values() for span in spans if not span.kind
        }
        self._spans: dict[int, list[UnitSpan]] = defaultdict(list)
        for span in spans_of(places):
            self._spans[span.unit_id].append(span)
        self._standing: dict[int, list[UnitSpan]] = defaultdict(list)
        for span in spans_at(places):
            if span.place_id is not None:
                self._standing[span.place_id].append(span)
        spans = chain(*self._named.values(), *self._standing.values())
        ids = {span.unit_id for span in spans if span.kind}
        self._mine = set() if within is None else ids_among(ids, within)

    def meant(self, code: str, name: str, organisation: str, day: date) -> int | Fault:
        """The organisation that a row means on `day`, or what is wrong with how it is named."""
        kind = ORGANISATION_KINDS.get(fold(organisation), "")
        if organisation and not kind:
            return _fault(
                "organisation",
                f"Không rõ loại tổ chức “{organisation}”. "
                "Đồng chí vui lòng ghi như tệp mẫu, ví dụ Ủy ban Mặt trận Tổ quốc.",
            )
        if code:
            return self._by_code(code, name, kind, day)
        if name:
            return self._by_name(name, kind, day)
        return _fault("code", "Đồng chí vui lòng ghi mã đơn vị hoặc tên đơn vị.")

    def _by_code(self, code: str, name: str, kind: str, day: date) -> int | Fault:
        place = self._place(code, day)
        if place is None:
            return self._no_such_code(code, day)
        standing = [span for span in self._standing[place.unit_id] if span.holds_on(day)]
        if name and fold(name) != place.folded and not (_type_dropped(name, place)):
            by_name = [span for span in standing if span.folded == fold(name)]
            if not by_name:
                return _fault(
                    "unit",
                    f"Mã {code} là {place.name}, không phải “{name}”. Đồng chí vui lòng xem lại.",
                )
            if not kind:
                return _only(by_name, "unit", place.name)
        if not kind:
            return _fault("organisation", "Đồng chí vui lòng ghi loại tổ chức, ví dụ Cấp ủy.")
        return self._of_kind(standing, kind, place, day)

    def _by_name(self, name: str, kind: str, day: date) -> int | Fault:
        named = [span for span in self._named[fold(name)] if span.holds_on(day)]
        organisations = [span for span in named if span.kind and (not kind or span.kind == kind)]
        places = [span for span in named if not span.kind]
        if not organisations and places:
            if not kind:
                return _fault(
                    "organisation",
                    f"“{name}” là một địa bàn. Đồng chí vui lòng ghi thêm loại tổ chức, ví dụ Cấp ủy.",
                )
            ids = {span.unit_id for span in places}
            organisations = [
                span
                for place in ids
                for span in self._standing[place]
                if span.kind == kind and span.holds_on(day)
            ]
            if not organisations:
                return _fault(
                    "organisation", f"Ngày {format_date(day)}, {name} không có {_label(kind)}."
                )
        if not organisations:
            return _fault(
                "unit",
                f"Không tìm thấy đơn vị “{name}” vào ngày {format_date(day)}. "
                "Đồng chí vui lòng ghi đúng tên trong Sổ đơn vị hoặc ghi mã.",
            )
        mine = [span for span in organisations if span.unit_id in self._mine]
        return _only(mine or organisations, "unit", name)

    def _place(self, code: str, day: date) -> UnitSpan | None:
        holders = [held.unit_id for held in self._codes.get(code, ()) if held.holds_on(day)]
        spans = [span for pk in holders for span in self._spans[pk] if span.holds_on(day)]
        return spans[0] if spans else None

    def _no_such_code(self, code: str, day: date) -> Fault:
        if (padded := self._place(f"0{code}", day)) is not None:
            return _fault(
                "code",
                f"Mã {code} thiếu số 0 ở đầu? Có phải 0{code} ({padded.name})? "
                "Đồng chí vui lòng định dạng cột mã là văn bản rồi ghi đủ số.",
            )
        if self._codes.get(code):
            return _fault(
                "code",
                f"Mã {code} không có hiệu lực vào ngày {format_date(day)}. "
                "Đồng chí vui lòng tra mã của đơn vị vào ngày đó trong Sổ đơn vị.",
            )
        return _fault(
            "code", f"Không có đơn vị mang mã {code}. Đồng chí vui lòng tra lại trong Sổ đơn vị."
        )

    def _of_kind(
        self, standing: Iterable[UnitSpan], kind: str, place: UnitSpan, day: date
    ) -> int | Fault:
        found = [span for span in standing if span.kind == kind]
        if not found:
            return _fault(
                "organisation", f"Ngày {format_date(day)}, {place.name} không có {_label(kind)}."
            )
        return _only(found, "organisation", f"{_label(kind)} {place.name}")


def _type_dropped(name: str, place: UnitSpan) -> bool:
    """Whether the name is the place's own without its type word: `Môn Sơn` for `Xã Môn Sơn`."""
    written = fold(name)
    return (
        place.folded.endswith(f" {written}") and place.folded.count(" ") - written.count(" ") <= 2
    )


def _only(spans: Collection[UnitSpan], field: str, name: str) -> int | Fault:
    ids = {span.unit_id for span in spans}
    if len(ids) == 1:
        return ids.pop()
    return _fault(
        field, f"Có {len(ids)} đơn vị cùng tên “{name}”. Đồng chí vui lòng ghi mã để phân biệt."
    )


def _label(kind: str) -> str:
    return str(Kind(kind).label)


def _fault(field: str, sentence: str) -> Fault:
    return Fault(sentence, column=HEADINGS[field])
