"""Which commune each row of a list of villages means: by its code, else by its name; and why it means none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Lineage, Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.naming import bare_name
from danvan.organisations.selectors.days import in_force, last_names
from danvan.organisations.services.villages.reading import Reading
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

CODE_LENGTH = 5


@dataclass(slots=True)
class Communes:
    """The communes that a list names, read once: eight queries for any number of rows."""

    top: Unit
    today: date
    standing: dict[int, UnitVersion] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    holders: dict[str, list[UnitCode]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    below: set[int] = field(default_factory=set)
    reached: set[int] = field(default_factory=set)
    heirs: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)

    def called(self, unit_id: int) -> str:
        """A unit by its name and the code it carries today."""
        code = self.codes.get(unit_id)
        name = self.names.get(unit_id, "")
        return f"{name} ({code})" if code else name

    def resolve(self, reading: Reading) -> None:
        """Find the commune of one row, or tell what is wrong with how it is named."""
        if reading.code:
            found = self._by_code(reading)
        elif reading.commune:
            found = self._by_name(reading)
        elif self.standing[self.top.pk].level == Level.COMMUNE:
            found = self.top.pk
        else:
            reading.refuse("code", "Đồng chí vui lòng ghi mã xã.")
            return
        if found is not None and self._may(reading, found):
            reading.commune_id = found

    def _may(self, reading: Reading, found: int) -> bool:
        column, name = "code" if reading.code else "commune", self.called(found)
        if found not in self.below:
            top = self.standing[self.top.pk].name
            reading.refuse(column, f"{name} không thuộc {top}. Đồng chí vui lòng bỏ dòng này hoặc nhập ở trang của đơn vị cấp trên.")  # fmt: skip
        elif found not in self.reached:
            reading.refuse(column, f"{name} ngoài phạm vi đồng chí được sửa sổ đơn vị.")
        else:
            return True
        return False

    def _by_code(self, reading: Reading) -> int | None:
        code = reading.code
        now = self._holder(code)
        if now is None:
            reading.refuse("code", self._no_such_code(code))
            return None
        version = self.standing[now]
        if version.level != Level.COMMUNE:
            reading.refuse("code", f"Mã {code} là {version.name}, không phải xã, phường. Đồng chí vui lòng ghi mã xã, gồm 5 chữ số.")  # fmt: skip
            return None
        if reading.commune and not _same_name(reading.commune, version):
            reading.refuse("commune", self._another_name(reading, now))
            return None
        return now

    def _holder(self, code: str) -> int | None:
        held = (one.unit_id for one in self.holders.get(code, ()) if _holds(one, self.today))
        return next((pk for pk in held if pk in self.standing), None)

    def _no_such_code(self, code: str) -> str:
        padded = code.zfill(CODE_LENGTH)
        if padded != code and (meant := self._holder(padded)) is not None:
            return f"Mã {code} thiếu số 0 ở đầu: có lẽ là {padded} ({self.names[meant]}). Đồng chí vui lòng định dạng cột mã là văn bản rồi sửa trong tệp."  # fmt: skip
        former = self.holders.get(code) or (self.holders.get(padded) if padded != code else None)
        if former:
            last = max(former, key=lambda one: one.valid_from)
            return f"Mã {code} là mã cũ của {self.names[last.unit_id]}{self._became(last.unit_id)} Đồng chí vui lòng ghi mã hiện nay."  # fmt: skip
        return f"Không có xã nào mang mã {code}. Đồng chí vui lòng tra lại trong Sổ đơn vị."

    def _became(self, unit_id: int) -> str:
        """What an old commune is today: the ends of its lineage that stand."""
        if unit_id in self.standing:
            return f", nay mang mã {self.codes.get(unit_id, 'khác')}."
        ended = self.units[unit_id].ended_on
        said = f", kết thúc ngày {format_date(ended)}" if ended else ""
        heirs = [self.called(pk) for pk in self.heirs.get(unit_id, ())]
        return f"{said}; nay là {', '.join(heirs)}." if heirs else f"{said}."

    def _another_name(self, reading: Reading, now: int) -> str:
        said = f"Mã {reading.code} nay là {self.names[now]}, không phải “{reading.commune}”."
        for former in self.holders[reading.code]:
            name = self.names.get(former.unit_id, "")
            if former.unit_id != now and fold(name).endswith(fold(reading.commune)):
                return f"{said} {name} mang mã ấy trước đây{self._became(former.unit_id)} Đồng chí vui lòng ghi tên và mã hiện nay."  # fmt: skip
        return f"{said} Đồng chí vui lòng xem lại mã và tên."

    def _by_name(self, reading: Reading) -> int | None:
        found = self.named.get(fold(reading.commune), [])
        living = [pk for pk in found if pk in self.standing and pk in self.below]
        if len(living) == 1:
            return living[0]
        if living:
            offers = ", ".join(self.called(pk) for pk in living[:4])
            reading.refuse("commune", f"Có {len(living)} xã cùng tên “{reading.commune}”: {offers}. Đồng chí vui lòng ghi mã xã.")  # fmt: skip
            return None
        gone = next((pk for pk in found if pk not in self.standing), None)
        if gone is not None:
            reading.refuse("commune", f"{self.names[gone]}{self._became(gone)} Đồng chí vui lòng ghi tên và mã hiện nay.")  # fmt: skip
        else:
            top = self.standing[self.top.pk].name
            reading.refuse("commune", f"Không thấy “{reading.commune}” ở {top}. Đồng chí vui lòng ghi mã xã.")  # fmt: skip
        return None


def _holds(code: UnitCode, day: date) -> bool:
    return code.valid_from <= day and (code.valid_to is None or day < code.valid_to)


def _same_name(written: str, version: UnitVersion) -> bool:
    bare = fold(bare_name(version.name, version.type_word))
    return fold(written) in {version.folded, bare}


def read_communes(
    top: Unit, readings: Iterable[Reading], *, within: QuerySet[Any, Any] | None, today: date
) -> Communes:
    """What the register knows of the codes and names in these rows. Eight queries, whatever their number."""
    rows = list(readings)
    found = Communes(top, today)
    codes = {row.code for row in rows if row.code}
    codes |= {code.zfill(CODE_LENGTH) for code in codes}
    names = {fold(row.commune) for row in rows if row.commune and not row.code}
    for held in UnitCode.objects.filter(system="gso", code__in=codes).order_by("valid_from"):
        found.holders[held.code].append(held)
    known = {one.unit_id for held_by in found.holders.values() for one in held_by} | {top.pk}
    called = Q(folded__in=names) | Q(bare__in=names)
    for version in UnitVersion.objects.filter(called, level=Level.COMMUNE, kind=""):
        for name in {version.folded, version.bare} & names:
            if version.unit_id not in found.named[name]:
                found.named[name].append(version.unit_id)
        known.add(version.unit_id)
    passed = Lineage.objects.filter(predecessor_id__in=known).order_by("-weight", "successor_id")
    for old, new in passed.values_list("predecessor_id", "successor_id"):
        if old != new:
            found.heirs[old].append(new)
    everyone = known | {pk for heirs in found.heirs.values() for pk in heirs}
    found.units = Unit.objects.in_bulk(known)
    found.names = last_names(everyone, today)
    carried = UnitCode.objects.filter(in_force(today), system="gso", unit_id__in=everyone)
    found.codes = dict(carried.values_list("unit_id", "code"))
    standing = UnitVersion.objects.filter(in_force(today), unit_id__in=known, kind="")
    found.standing = {version.unit_id: version for version in standing}
    below = Reach.objects.filter(in_force(today), top=top, unit_id__in=known, follows=Follows.PLACE)
    found.below = set(below.values_list("unit_id", flat=True))
    found.reached = found.below
    if within is not None:
        allowed = Unit.objects.filter(pk__in=found.below).filter(pk__in=within)
        found.reached = set(allowed.values_list("pk", flat=True))
    return found
