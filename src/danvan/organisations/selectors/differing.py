"""What became different in the register between two days: founded, ended, renamed, moved, re-levelled, re-coded."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Lineage, Reach, UnitCode, UnitVersion
from danvan.organisations.selectors.days import UnitOnDay, as_on_day, codes_on, in_force, last_names

FOUNDED, ENDED, RENAMED, MOVED, RELEVELLED, RECODED = (
    "thanh-lap", "ket-thuc", "doi-ten", "chuyen", "doi-cap", "doi-ma",
)  # fmt: skip
SORTS = {
    FOUNDED: "Thành lập",
    ENDED: "Kết thúc",
    RENAMED: "Đổi tên",
    MOVED: "Chuyển cấp trên",
    RELEVELLED: "Đổi cấp, loại hình",
    RECODED: "Đổi mã",
}
PLACES, ORGANISATIONS = "dia-ban", "to-chuc"
ORDER = ("rank", "bare", "unit_id", "pk")


@dataclass(frozen=True, slots=True)
class Between:
    """Two days and the places between which differences are looked for.

    `tops` are None for the whole register; else the place asked for with those it came from (looked under on the
    first day) and those that took over from it (looked under on the last).
    """

    first: date
    last: date
    before: tuple[int, ...] | None = None
    after: tuple[int, ...] | None = None
    of: str = PLACES


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit that differs: what it was on the first day and on the last, None where it did not stand.

    `kin` are the units that took over where it ended, those it came from where it was founded.
    """

    id: int
    before: UnitOnDay | None
    after: UnitOnDay | None
    code_before: str
    code_after: str
    above_before: str
    above_after: str
    decision: str
    since: date
    kin: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units differ in one way, by level in the order of the levels."""

    sort: str
    label: str
    total: int
    by_level: tuple[tuple[str, int], ...] = field(default=())


def between(first: date, last: date, *, under_id: int | None = None, of: str = PLACES) -> Between:
    """Two days under a place, through what it came from and became; the whole register without one, and under a
    country. At most three queries.
    """
    if under_id is None:
        return Between(first, last, of=of)
    levels = dict(
        UnitVersion.objects.filter(unit_id=under_id, kind="").values_list("unit_id", "level")
    )
    if levels.get(under_id) == Level.COUNTRY:
        return Between(first, last, of=of)
    # Of the unit's own level: a commune's share of an old district would bring in half a province.
    same = UnitVersion.objects.filter(level=levels.get(under_id, ""), kind="").values("unit_id")
    links = Lineage.objects.filter(happened_on__gt=first, happened_on__lte=last)
    came = links.filter(successor_id=under_id, predecessor_id__in=same)
    went = links.filter(predecessor_id=under_id, successor_id__in=same)
    return Between(
        first,
        last,
        (under_id, *came.values_list("predecessor_id", flat=True)),
        (under_id, *went.values_list("successor_id", flat=True)),
        of,
    )


def _sorted_out(versions: QuerySet[UnitVersion], asked: Between) -> QuerySet[UnitVersion]:
    """Places or organisations among these, in the order of levels and names."""
    kept = versions.filter(kind="") if asked.of == PLACES else versions.exclude(kind="")
    rank = Case(
        *(When(level=level, then=Value(place)) for place, level in enumerate(Level)),
        output_field=IntegerField(),
    )
    return kept.annotate(rank=rank)


def _under(asked: Between, *, on_first: bool, on_last: bool) -> Q:
    """The unit stood under the places asked for on the first day, on the last, or on either."""
    found = Q()
    for wanted, day, tops in (
        (on_first, asked.first, asked.before),
        (on_last, asked.last, asked.after),
    ):
        if wanted and tops is not None:
            reached = Reach.objects.filter(in_force(day), follows=Follows.PLACE, top_id__in=tops)
            found |= Q(unit_id__in=reached.values("unit_id"))
    return found


def _changed(asked: Between) -> QuerySet[UnitVersion]:
    """What units that stood on both days were on the last, where a version began between; with what they were."""
    then = Q(unit__versions__valid_from__lte=asked.first) & (
        Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gt=asked.first)
    )
    return UnitVersion.objects.filter(
        in_force(asked.last), then, _under(asked, on_first=True, on_last=True), valid_from__gt=asked.first
    ).annotate(
        name_before=F("unit__versions__name"),
        bare_before=F("unit__versions__bare"),
        level_before=F("unit__versions__level"),
        type_before=F("unit__versions__type_word"),
        parent_before=F("unit__versions__parent_id"),
        place_before=F("unit__versions__place_id"),
    )  # fmt: skip


def _another(column: str, before: str) -> Q:
    """The column differs from what it was; nothing and something differ too."""
    return (
        (Q(**{f"{column}__isnull": False}) & ~Q(**{column: F(before)}) & Q(**{f"{before}__isnull": False}))
        | Q(**{f"{column}__isnull": True, f"{before}__isnull": False})
        | Q(**{f"{column}__isnull": False, f"{before}__isnull": True})
    )  # fmt: skip


def differing(sort: str, asked: Between) -> QuerySet[UnitVersion]:
    """The units that differ in one way: their versions on the last day, of ended ones on the first. Lazy."""
    first, last = asked.first, asked.last
    if sort == FOUNDED:
        # A unit that was there before the register knew since when was not founded on its first day here.
        unknown = UnitVersion.objects.filter(
            unit_id=OuterRef("unit_id"),
            valid_from=OuterRef("unit__founded_on"),
            start_known=False,
        )
        found = UnitVersion.objects.filter(
            ~Exists(unknown),
            in_force(last),
            _under(asked, on_first=False, on_last=True),
            unit__founded_on__gt=first,
        )
    elif sort == ENDED:
        found = UnitVersion.objects.filter(
            in_force(first), _under(asked, on_first=True, on_last=False), unit__ended_on__lte=last
        )
    elif sort == RECODED:
        found = _recoded(asked)
    else:
        renamed = ~Q(name=F("name_before")) & (~Q(bare=F("bare_before")) | Q(bare=""))
        relevelled = ~Q(level=F("level_before")) | ~Q(type_word=F("type_before"))
        moved = _another("parent_id", "parent_before") | _another("place_id", "place_before")
        found = _changed(asked).filter(
            {RENAMED: renamed, RELEVELLED: relevelled, MOVED: moved}[sort]
        )
    return _sorted_out(found, asked)


def _recoded(asked: Between) -> QuerySet[UnitVersion]:
    """Units that stood on both days and carried another code, one more or one less on the last."""
    codes = UnitCode.objects.filter(unit_id=OuterRef("unit_id"))
    began = codes.filter(in_force(asked.last), valid_from__gt=asked.first)
    ended = codes.filter(in_force(asked.first), valid_to__lte=asked.last)
    return UnitVersion.objects.filter(
        Exists(began) | Exists(ended),
        in_force(asked.last),
        _under(asked, on_first=True, on_last=True),
        unit__founded_on__lte=asked.first,
    )


def count_differences(asked: Between) -> list[Counted]:
    """How many units differ in each way. One query a way."""
    found = []
    for sort, label in SORTS.items():
        rows = differing(sort, asked).order_by().values_list("level").annotate(count=Count("pk"))
        levels = dict(rows)
        by_level = tuple((level.label, levels[level]) for level in Level if level in levels)
        found.append(Counted(sort, label, sum(levels.values()), by_level))
    return found


def describe_differences(
    rows: Collection[UnitVersion], sort: str, asked: Between
) -> list[Difference]:
    """These versions (of one page of `differing`) as what they were and became. Six queries at most."""
    ids = [row.unit_id for row in rows]
    other_day = asked.last if sort == ENDED else asked.first
    others = {
        version.unit_id: version
        for version in UnitVersion.objects.filter(in_force(other_day), unit_id__in=ids)
    }
    codes_before, codes_after = codes_on(ids, asked.first), codes_on(ids, asked.last)
    both = [*rows, *others.values()]
    above_ids = {one for version in both for one in (version.parent_id, version.place_id) if one}
    above = last_names(above_ids, asked.last)
    kin = _kin(ids, sort, asked)
    found = []
    for row in rows:
        other = others.get(row.unit_id)
        was, became = (row, other) if sort == ENDED else (other, row)
        found.append(
            Difference(
                id=row.unit_id,
                before=as_on_day(was) if was else None,
                after=as_on_day(became) if became else None,
                code_before=codes_before.get(row.unit_id, ""),
                code_after=codes_after.get(row.unit_id, ""),
                above_before=_above(was, above),
                above_after=_above(became, above),
                decision=became.decision if became else "",
                since=became.valid_from if became else (row.valid_to or asked.last),
                kin=tuple(kin.get(row.unit_id, ())),
            )
        )
    return found


def _above(version: UnitVersion | None, names: dict[int, str]) -> str:
    """What a unit stands under: a place under a place, an organisation under its superior, else in its place."""
    if version is None:
        return ""
    return names.get(version.parent_id or version.place_id or 0, "")


def _kin(ids: Collection[int], sort: str, asked: Between) -> dict[int, list[tuple[int, str]]]:
    """Who took over from ended units, or whom founded ones came from; those of the unit's own level alone, where
    there are any. Two queries.
    """
    if sort not in {FOUNDED, ENDED}:
        return {}
    own, other = "successor_id", "predecessor_id"
    if sort == ENDED:
        own, other = other, own
    links = Lineage.objects.filter(
        **{f"{own}__in": ids}, happened_on__gt=asked.first, happened_on__lte=asked.last
    ).order_by("-weight", other)
    rows: dict[int, list[int]] = {unit_id: [] for unit_id in ids}
    for unit_id, kin_id in links.values_list(own, other):
        if unit_id != kin_id:
            rows[unit_id].append(kin_id)
    known: dict[int, tuple[str, str]] = {}
    versions = UnitVersion.objects.filter(
        unit_id__in={one for pair in rows.items() for one in (pair[0], *pair[1])}
    )
    for unit_id, name, level in versions.order_by("valid_from").values_list(
        "unit_id", "name", "level"
    ):
        known[unit_id] = (name, level)
    found: dict[int, list[tuple[int, str]]] = {}
    for unit_id, kin in rows.items():
        level = known.get(unit_id, ("", ""))[1]
        same = [one for one in kin if known[one][1] == level]
        found[unit_id] = [(one, known[one][0]) for one in same or kin]
    return found
