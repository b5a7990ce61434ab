"""Building the register from the lists: the places since the merger, those before, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit, planner
from danvan.foundation.bulk import insert_rows
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.closure import FOREVER
from danvan.organisations.drafting import Draft, draft_register
from danvan.organisations.edges import FIELDS, reach_of
from danvan.organisations.enums import Level, Sort
from danvan.organisations.known import EXPECTED, UNKNOWN, Counts
from danvan.organisations.models import Lineage, Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors.counting import counts_at_the_merger
from danvan.organisations.source import Source, read_source
from danvan.vietnamese.numbers import format_number

Progress = Callable[[str], None]

LABELS = {
    "provinces": "tỉnh, thành phố từ 01/07/2025",
    "communes": "xã, phường, đặc khu từ 01/07/2025",
    "old_provinces": "tỉnh, thành phố trước 01/07/2025",
    "old_districts": "huyện trước 01/07/2025",
    "old_communes": "xã trước 01/07/2025",
}


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: `changed` is false where everything was there already."""

    changed: bool
    counts: Counts
    continued: int
    links: int
    estimated: int
    notes: tuple[str, ...]


def count_faults(counts: Counts, expected: Counts = EXPECTED) -> list[Fault]:
    """One sentence for each count that is not the expected one."""
    return [
        Fault(f"Có {format_number(got)} {LABELS[field]}, đáng lẽ {format_number(want)}.")
        for field, got, want in zip(Counts._fields, counts, expected, strict=True)
        if got != want
    ]


def load_register(
    actor: Any = None,
    progress: Progress | None = None,
    *,
    source: Source | None = None,
    expected: Counts | None = EXPECTED,
) -> LoadReport:
    """Build the whole register into an empty one. Run again, it finds everything there and changes nothing.

    Refuses (RuleError, nothing written) where the lists' counts differ from `expected` (None: any
    counts), and where the register holds other units than those of the lists.
    """
    tell = progress or (lambda words: None)
    tell("Đọc danh mục đơn vị hành chính")
    lists = source or read_source()
    counts = Counts(
        len(lists.provinces),
        len(lists.communes),
        len(lists.old_provinces),
        len(lists.old_districts),
        len(lists.old_communes),
    )
    faults = count_faults(counts, expected) if expected else []
    if faults:
        raise RuleError(
            "Danh mục đơn vị khác với số đã công bố nên chưa nạp. Đồng chí vui lòng kiểm tra gói dữ liệu,"
            " hoặc nạp với --any-counts nếu sự khác nhau là đúng.",
            faults=faults,
        )
    return _load(actor, lists, counts, tell)


@transaction.atomic
def _load(actor: Any, lists: Source, counts: Counts, tell: Progress) -> LoadReport:
    if Unit.objects.filter(sort=Sort.PLACE).exists():
        return _already_there(counts)
    tell("Đối chiếu đơn vị cũ và mới")
    draft = draft_register(lists)
    ids = _write_units(draft)
    tell(f"Đã ghi {format_number(len(ids))} đơn vị")
    versions = _write_versions(draft, ids)
    tell("Đã ghi tên, mã và quan hệ trên dưới qua các thời kỳ")
    links = [
        Lineage(
            predecessor_id=ids[link.predecessor],
            successor_id=ids[link.successor],
            weight=link.weight,
            measure=link.measure,
            back_weight=link.back_weight,
            back_measure=link.back_measure or "",
            estimated=link.estimated,
            happened_on=link.on,
            decision=link.decision,
        )
        for link in draft.links
    ]
    Lineage.objects.bulk_create(links, batch_size=5_000)
    tell(f"Đã ghi {format_number(len(links))} quan hệ kế thừa")
    ended = {ids[key]: one.ended_on for key, one in draft.units.items() if one.ended_on}
    _write_reach(versions, ended, links)
    planner.learn(Unit, UnitVersion, UnitCode, Lineage, Reach)
    tell("Đã ghi quan hệ bao trùm và quyền đọc của đơn vị kế thừa")
    estimated = sum(link.estimated for link in links)
    country = Unit.objects.get(versions__level=Level.COUNTRY)
    audit.record(
        actor, "organisations.load_register", country, **counts._asdict(), links=len(links)
    )
    return LoadReport(
        changed=True,
        counts=counts,
        continued=draft.continued,
        links=len(links),
        estimated=estimated,
        notes=UNKNOWN,
    )


def _already_there(counts: Counts) -> LoadReport:
    if counts_at_the_merger() != counts:
        raise RuleError(
            "Sổ đơn vị đã có đơn vị khác với danh mục nên không nạp chồng lên. Đồng chí vui lòng kiểm tra"
            " bằng lệnh danvan register check, hoặc nạp vào một cơ sở dữ liệu trống."
        )
    return LoadReport(
        changed=False,
        counts=counts,
        continued=0,
        links=Lineage.objects.count(),
        estimated=Lineage.objects.filter(estimated=True).count(),
        notes=UNKNOWN,
    )


def _write_units(draft: Draft) -> dict[str, int]:
    """Insert the identities; returns the id of each by its key in the draft."""
    units = [
        Unit(sort=Sort.PLACE, founded_on=one.founded_on, ended_on=one.ended_on)
        for one in draft.units.values()
    ]
    made = Unit.objects.bulk_create(units, batch_size=5_000)
    return {key: unit.pk for key, unit in zip(draft.units, made, strict=True)}


def _write_versions(draft: Draft, ids: dict[str, int]) -> list[UnitVersion]:
    """Insert versions and codes; returns the versions."""
    versions = [
        UnitVersion(
            unit_id=ids[one.unit],
            **one.searchable,
            level=one.level,
            type_word=one.type_word,
            parent_id=ids[one.parent] if one.parent else None,
            area_km2=one.area_km2,
            latitude=one.latitude,
            longitude=one.longitude,
            decision=one.decision,
            start_known=one.start_known,
            valid_from=one.start,
            valid_to=one.end,
        )
        for one in draft.versions
    ]
    codes = [
        UnitCode(
            unit_id=ids[one.unit],
            system="gso",
            code=one.code,
            valid_from=one.start,
            valid_to=one.end,
        )
        for one in draft.codes
    ]
    UnitCode.objects.bulk_create(codes, batch_size=5_000)
    return UnitVersion.objects.bulk_create(versions, batch_size=5_000)


def _write_reach(versions: list[UnitVersion], ended: dict[int, date], links: list[Lineage]) -> None:
    rows = [tuple(getattr(version, name) for name in FIELDS) for version in versions]
    passed = [(one.predecessor_id, one.successor_id, one.happened_on) for one in links]
    for way, reached in reach_of(rows, ended, passed).items():
        spans = (
            (one.top, one.unit, one.start, None if one.end == FOREVER else one.end)
            for one in sorted(reached)  # in an order that keeps the index together
        )
        insert_rows(Reach, ("top", "unit", "valid_from", "valid_to"), spans, same={"follows": way})
