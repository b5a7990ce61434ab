"""Which unit each row of a list of posts means: by code or by name, on the row's own day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.enums import Kind, Level
from danvan.organisations.models import Unit, UnitCode, UnitVersion
from danvan.organisations.services.officers.rows import Reading, Seat
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold


def _holds(row: Any, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


class Whereabouts:
    """The units that a list names, read once: five queries, whatever the number of rows."""

    def __init__(self, readings: Sequence[Reading], within: QuerySet[Any, Any] | None) -> None:
        self.readings = [one for one in readings if one.on and one.unit]
        written = {one.unit for one in self.readings}
        codes = {one for one in written if one.isascii() and one.isdigit()}
        padded = {one.zfill(width) for one in codes for width in (2, 3, 5)}
        self.codes: dict[str, list[UnitCode]] = defaultdict(list)
        for row in UnitCode.objects.filter(system="gso", code__in=codes | padded):
            self.codes[row.code].append(row)
        self.named: dict[str, list[UnitVersion]] = defaultdict(list)
        folded = {fold(one) for one in written - codes}
        for version in UnitVersion.objects.filter(folded__in=folded):
            self.named[version.folded].append(version)
        mine = {one.unit_id for rows in self.codes.values() for one in rows}
        mine |= {one.unit_id for rows in self.named.values() for one in rows}
        own = list(UnitVersion.objects.filter(unit_id__in=mine))
        places = {one.place_id or one.unit_id for one in own}
        central = Q(kind=Kind.PARTY_COMMITTEE, level=Level.COUNTRY)
        self.by_unit: dict[int, list[UnitVersion]] = defaultdict(list)
        self.by_place: dict[tuple[int, str], list[UnitVersion]] = defaultdict(list)
        self.central: list[UnitVersion] = []
        standing = UnitVersion.objects.filter(Q(place_id__in=places) | central).exclude(kind="")
        for version in {one.pk: one for one in [*own, *standing]}.values():
            self.by_unit[version.unit_id].append(version)
            self.by_place[version.place_id or 0, version.kind].append(version)
            if version.kind == Kind.PARTY_COMMITTEE and version.level == Level.COUNTRY:
                self.central.append(version)
        self.allowed: set[int] | None = None
        if within is not None:
            asked = Unit.objects.filter(pk__in=list(self.by_unit))
            self.allowed = set(asked.filter(pk__in=within).values_list("pk", flat=True))

    def place_all(self) -> None:
        """Give each seat its organisation and place, or its row a fault."""
        for reading in self.readings:
            assert reading.on is not None
            version = self._meant(reading, reading.on)
            if version is not None:
                for seat in reading.seats:
                    self._place(seat, version)

    def _meant(self, reading: Reading, day: date) -> UnitVersion | None:
        """The one unit that the row's words mean on its day; else a fault."""
        words = reading.unit
        if words.isascii() and words.isdigit():
            return self._by_code(reading, day)
        found = [one for one in self.named.get(fold(words), []) if _holds(one, day)]
        exact = [one for one in found if one.lowered == words.lower() or one.name == words]
        found = exact or found
        if self.allowed is not None and len(found) > 1:
            found = [one for one in found if one.unit_id in self.allowed] or found
        if len(found) == 1:
            return found[0]
        if found:
            reading.fault(
                f"Có {len(found)} đơn vị tên “{words}” vào ngày {format_date(day)}. Đồng chí vui lòng ghi mã"
                " đơn vị.", "unit",
            )  # fmt: skip
        elif self.named.get(fold(words)):
            reading.fault(
                f"“{words}” không tồn tại vào ngày {format_date(day)}. Đồng chí vui lòng ghi đơn vị của ngày"
                " đó hoặc xem lại ngày.", "unit",
            )  # fmt: skip
        else:
            reading.fault(
                f"Sổ đơn vị không có “{words}”. Đồng chí vui lòng ghi đúng tên trong Sổ đơn vị hoặc ghi mã.",
                "unit",
            )
        return None

    def _by_code(self, reading: Reading, day: date) -> UnitVersion | None:
        code = reading.unit
        held = [row for row in self.codes.get(code, []) if _holds(row, day)]
        if held:
            versions = self.by_unit[held[0].unit_id]
            return next((one for one in versions if _holds(one, day)), None)
        whole = [
            padded
            for padded in dict.fromkeys(code.zfill(width) for width in (2, 3, 5))
            if padded != code and any(_holds(row, day) for row in self.codes.get(padded, []))
        ]
        hint = f" Có phải mã đã mất số 0 ở đầu: {' hoặc '.join(whole)}?" if whole else ""
        reading.fault(
            f"Không có đơn vị mã {code} vào ngày {format_date(day)}.{hint} Đồng chí vui lòng kiểm tra lại mã.",
            "unit",
        )
        return None

    def _place(self, seat: Seat, version: UnitVersion) -> None:
        """The organisation a title belongs to: the row's own, or the one of its kind in the same place."""
        title, home = seat.title, version.place_id or version.unit_id
        seat.home_id = seat.place_id = home
        kind = title.home or version.kind
        if not kind:
            seat.fault(
                f"Chưa rõ “{title.words}” là chức danh của tổ chức nào ở {version.name}. Đồng chí vui lòng ghi"
                " tên tổ chức ở cột đơn vị.", "unit",
            )  # fmt: skip
            return
        if kind == version.kind and not (title.central and version.level != Level.COUNTRY):
            unit_id = version.unit_id
        else:
            there = self.central if title.central else self.by_place[home, kind]
            standing = [one for one in there if _holds(one, seat.on)]
            if not standing:
                seat.fault(
                    f"“{title.words}” thuộc {Kind(kind).label} nhưng tổ chức này chưa có trong Sổ đơn vị ngày"
                    f" {format_date(seat.on)}. Đồng chí vui lòng lập tổ chức trước.", "title",
                )  # fmt: skip
                return
            unit_id = standing[0].unit_id
        if self.allowed is not None and unit_id not in self.allowed:
            seat.fault(
                f"Đồng chí không có quyền ghi “{title.words}” cho đơn vị này. Đồng chí vui lòng bỏ chức danh"
                " đó hoặc gửi cấp trên.", "title",
            )  # fmt: skip
            return
        seat.unit_id = unit_id
