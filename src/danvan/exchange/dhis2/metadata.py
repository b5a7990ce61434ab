"""The metadata files of DHIS2: units, data elements with their combos, and indicators, as they stand there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from danvan.exchange.dhis2.reading import objects, read_object, read_text, reference, words

DEFAULT = "default"  # the combo of what is not broken down


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """One organisation unit: what it is called, its place in the tree, and when it opened and closed."""

    uid: str
    code: str
    name: str
    level: int
    parent: str
    opened: date | None
    closed: date | None


@dataclass(frozen=True, slots=True)
class Combo:
    """One combination of category options, such as women of 15 and more."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class DataElement:
    """What is asked. `combos` are the combinations it is asked in; none where it is not broken down."""

    uid: str
    code: str
    name: str
    definition: str
    value_type: str
    domain: str
    aggregation: str
    combos: tuple[Combo, ...]


@dataclass(frozen=True, slots=True)
class RatioIndicator:
    """What is worked out: two expressions, and so many in `factor`, in a year where `annualised`."""

    uid: str
    code: str
    name: str
    definition: str
    numerator: str
    denominator: str
    factor: str
    annualised: bool
    decimals: int


@dataclass(slots=True)
class Metadata:
    """Everything that some files together say; `unread` names the lists in them that nobody asks for."""

    units: dict[str, OrgUnit] = field(default_factory=dict)
    level_names: dict[int, str] = field(default_factory=dict)
    elements: dict[str, DataElement] = field(default_factory=dict)
    indicators: dict[str, RatioIndicator] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)


READ = {
    "organisationUnits", "organisationUnitLevels", "dataElements", "indicators", "indicatorTypes",
    "categoryCombos", "categoryOptionCombos",
}  # fmt: skip


def read_metadata(files: Iterable[tuple[str, bytes]]) -> Metadata:
    """What metadata files say together: (name, content) of each. RuleError where one is no JSON object.

    A combo that an element names and no file holds is taken as not broken down only where it is called default;
    else the element has no combos here and values that name one are refused at their line.
    """
    lists: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, content in files:
        for key, value in read_object(read_text(content, name), name).items():
            if isinstance(value, list):
                lists[key] += objects({key: value}, key)
    found = Metadata()
    for one in lists["organisationUnitLevels"]:
        found.level_names[_whole(one.get("level"))] = words(one.get("name"))
    for one in lists["organisationUnits"]:
        unit = _unit(one)
        found.units[unit.uid] = unit
    combos = _combos(lists)
    for one in lists["dataElements"]:
        element = _element(one, combos)
        found.elements[element.uid] = element
    factors = {words(one.get("id")): words(one.get("factor")) for one in lists["indicatorTypes"]}
    for one in lists["indicators"]:
        indicator = _indicator(one, factors)
        found.indicators[indicator.uid] = indicator
    found.unread = {
        key: len(rows) for key, rows in sorted(lists.items()) if key not in READ and rows
    }
    return found


def _unit(one: dict[str, Any]) -> OrgUnit:
    path = [part for part in words(one.get("path")).split("/") if part]
    return OrgUnit(
        uid=words(one.get("id")),
        code=words(one.get("code")),
        name=words(one.get("name")),
        level=_whole(one.get("level")) or len(path),
        parent=reference(one, "parent"),
        opened=_day(one.get("openingDate")),
        closed=_day(one.get("closedDate")),
    )


def _combos(lists: dict[str, list[dict[str, Any]]]) -> dict[str, tuple[Combo, ...]]:
    """The option combos of each category combo, by their uid; none of those called default."""
    plain = {
        words(one.get("id"))
        for one in lists["categoryCombos"]
        if words(one.get("name")).lower() == DEFAULT
    }
    found: dict[str, dict[str, Combo]] = defaultdict(dict)
    for one in lists["categoryOptionCombos"]:
        holder, name = reference(one, "categoryCombo"), words(one.get("name"))
        if holder not in plain and name.lower() != DEFAULT:
            found[holder][words(one.get("id"))] = Combo(words(one.get("id")), name)
    return {
        holder: tuple(sorted(held.values(), key=lambda combo: (combo.name, combo.uid)))
        for holder, held in found.items()
    }


def _element(one: dict[str, Any], combos: dict[str, tuple[Combo, ...]]) -> DataElement:
    return DataElement(
        uid=words(one.get("id")),
        code=words(one.get("code")),
        name=words(one.get("name")),
        definition=words(one.get("description")),
        value_type=words(one.get("valueType")) or "NUMBER",
        domain=words(one.get("domainType")) or "AGGREGATE",
        aggregation=words(one.get("aggregationType")) or "DEFAULT",
        combos=combos.get(reference(one, "categoryCombo"), ()),
    )


def _indicator(one: dict[str, Any], factors: dict[str, str]) -> RatioIndicator:
    return RatioIndicator(
        uid=words(one.get("id")),
        code=words(one.get("code")),
        name=words(one.get("name")),
        definition=words(one.get("description")),
        numerator=words(one.get("numerator")),
        denominator=words(one.get("denominator")),
        factor=factors.get(reference(one, "indicatorType"), ""),
        annualised=one.get("annualized") is True,
        decimals=_whole(one.get("decimals")),
    )


def _whole(value: Any) -> int:
    text = words(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(words(value)[:10])
    except ValueError:
        return None
