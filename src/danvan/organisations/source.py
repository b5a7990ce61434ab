"""The lists of units as the package `vietnamadminunits` carries them, read into plain rows."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from danvan.foundation.errors import RuleError
from danvan.vietnamese.text import canonical


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One place of a list. `key` names it inside the lists, `above` is the key of the place over it."""

    key: str
    code: str
    name: str
    type_word: str
    above: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    area_km2: Decimal | None = None


@dataclass(slots=True)
class Source:
    """The lists before and since the merger and which old commune went to which new ones.

    `links` gives for each old commune (or old district that had none) its new communes, `merged` for
    each old province the new one.
    """

    provinces: dict[str, ListedPlace] = field(default_factory=dict)
    communes: dict[str, ListedPlace] = field(default_factory=dict)
    old_provinces: dict[str, ListedPlace] = field(default_factory=dict)
    old_districts: dict[str, ListedPlace] = field(default_factory=dict)
    old_communes: dict[str, ListedPlace] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[str, str] = field(default_factory=dict)

    def only(self, *province_keys: str) -> "Source":
        """The part of these new provinces: they, what merged into them, and everything below."""
        small = Source()
        small.provinces = {key: self.provinces[key] for key in province_keys}
        small.communes = {k: c for k, c in self.communes.items() if c.above in small.provinces}
        small.merged = {old: new for old, new in self.merged.items() if new in small.provinces}
        small.old_provinces = {key: self.old_provinces[key] for key in small.merged}
        small.old_districts = {
            k: d for k, d in self.old_districts.items() if d.above in small.old_provinces
        }
        small.old_communes = {
            k: c for k, c in self.old_communes.items() if c.above in small.old_districts
        }
        kept = small.old_communes.keys() | small.old_districts.keys()
        small.links = {k: list(v) for k, v in self.links.items() if k in kept}
        return small


def _decimal(value: Any, *, positive: bool = False) -> Decimal | None:
    if value is None or (positive and not value > 0):
        return None  # the lists give some areas as 0 or not at all: unknown
    return Decimal(str(value))


def _folder() -> Path:
    found = find_spec("vietnamadminunits")
    places = list(found.submodule_search_locations or ()) if found else []
    folder = Path(places[0]) / "data" if places else None
    if folder is None or not (folder / "dataset.db").is_file():
        raise RuleError(
            "Không thấy dữ liệu của gói vietnamadminunits. Đồng chí vui lòng cài lại chương trình"
            " (make install) rồi nạp lại sổ đơn vị."
        )
    return folder


def read_source() -> Source:
    """Read both lists and the links. Raises RuleError where the package's files are missing."""
    folder = _folder()
    source = Source()
    with closing(sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)) as lists:
        lists.row_factory = sqlite3.Row
        for row in lists.execute("select * from admin_units"):
            _read_new(source, row)
        for row in lists.execute("select * from admin_units_legacy"):
            _read_old(source, row)
    _read_links(source, json.loads((folder / "converter_2025.json").read_text("utf-8")))
    return source


def _province(row: sqlite3.Row) -> ListedPlace:
    name = canonical(row["province"])
    return ListedPlace(
        key=row["provinceKey"],
        code=row["provinceCode"],
        name=name,
        type_word=name.removesuffix(canonical(row["provinceShort"])).strip().lower(),
        above="",
        latitude=_decimal(row["provinceLat"]),
        longitude=_decimal(row["provinceLon"]),
    )


def _read_new(source: Source, row: sqlite3.Row) -> None:
    source.provinces.setdefault(row["provinceKey"], _province(row))
    key = f"{row['provinceKey']}_{row['wardKey']}"
    source.communes[key] = ListedPlace(
        key=key,
        code=row["wardCode"],
        name=canonical(row["ward"]),
        type_word=row["wardType"].lower(),
        above=row["provinceKey"],
        latitude=_decimal(row["wardLat"]),
        longitude=_decimal(row["wardLon"]),
        area_km2=_decimal(row["wardAreaKm2"], positive=True),
    )


def _read_old(source: Source, row: sqlite3.Row) -> None:
    source.old_provinces.setdefault(row["provinceKey"], _province(row))
    district = f"{row['provinceKey']}_{row['districtKey']}"
    source.old_districts.setdefault(
        district,
        ListedPlace(
            key=district,
            code=row["districtCode"],
            name=canonical(row["district"]),
            type_word=row["districtType"].lower(),
            above=row["provinceKey"],
            latitude=_decimal(row["districtLat"]),
            longitude=_decimal(row["districtLon"]),
        ),
    )
    if row["wardCode"]:
        key = f"{district}_{row['wardKey']}"
        source.old_communes[key] = ListedPlace(
            key=key,
            code=row["wardCode"],
            name=canonical(row["ward"]),
            type_word=row["wardType"].lower(),
            above=district,
            latitude=_decimal(row["wardLat"]),
            longitude=_decimal(row["wardLon"]),
        )


def _read_links(source: Source, converter: dict[str, dict[str, Any]]) -> None:
    for province, olds in converter["DICT_PROVINCE"].items():
        source.merged |= dict.fromkeys(olds, province)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                source.links[old.rstrip("_")].append(f"{province}_{ward}")
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            source.links[old].extend(f"{province}_{part['newWardKey']}" for part in parts)
