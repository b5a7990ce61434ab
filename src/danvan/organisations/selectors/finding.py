"""Finding units by what people type: without tones, by any word of the name, by old names too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from danvan.organisations.enums import Level
from danvan.organisations.models import Lineage, UnitVersion
from danvan.organisations.selectors.days import in_force
from danvan.vietnamese.text import canonical, fold

MOST_LETTERS = 200  # no name is longer, and SQLite refuses a pattern of tens of thousands
LAST_LETTER = "\U0010ffff"  # sorts after every letter

# What officers write for short at the head of a name.
SHORT = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "p": "phuong",
    "x": "xa",
    "h": "huyen",
    "q": "quan",
    "t": "tinh",
    "dk": "dac khu",
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One answer of the type-ahead. `context` says where it is; an ended unit names its successors."""

    id: int
    name: str
    context: str
    level: str
    kind: str
    ended_on: date | None
    successors: tuple[tuple[int, str], ...]


def folded_words(words: str) -> str:
    """What is looked for: folded, hyphens as in names, a short type word spelt out (tp. Vinh)."""
    head, _, rest = fold(words).replace(",", " ").partition(" ")
    spelt = SHORT.get(head.rstrip("."))
    if spelt and rest:
        return f"{spelt} {' '.join(rest.split())}"
    dotted, _, tail = head.partition(".")
    if tail and dotted in SHORT:
        return f"{SHORT[dotted]} {tail} {rest}".strip()
    return " ".join(f"{head} {rest}".split())


def begins(field: str, words: str) -> Q:
    """The column begins with `words`, asked so that its index answers on either database."""
    between = Q(**{f"{field}__gte": words, f"{field}__lt": words + LAST_LETTER})
    return between if connection.vendor == "sqlite" else Q(**{f"{field}__startswith": words})


def _ranked(versions: QuerySet[UnitVersion], words: str, looked_for: str) -> QuerySet[UnitVersion]:
    """These versions, the best first.

    Best is the whole name with its tones, then without, then the beginning of a name, then a later word.
    """
    said = canonical(words).strip().lower()
    level = Case(
        *(When(level=one, then=Value(rank)) for rank, one in enumerate(Level)),
        default=Value(9),
        output_field=IntegerField(),
    )
    match = Case(
        When(bare=looked_for, lowered__endswith=said, then=Value(0)),
        When(lowered=said, then=Value(0)),
        When(Q(folded=looked_for) | Q(bare=looked_for), then=Value(1)),
        When(begins("bare", looked_for), lowered__contains=said, then=Value(2)),
        When(begins("bare", looked_for), then=Value(3)),
        When(begins("folded", looked_for), then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
    return versions.annotate(match=match, rank=level).order_by(
        "match", F("valid_to").desc(nulls_first=True), "kind", "rank", "bare", "unit_id"
    )


def _matched(
    versions: QuerySet[UnitVersion], words: str, looked_for: str, limit: int
) -> dict[int, UnitVersion]:
    """The best version of each unit whose name begins with the words; short of `limit`, of a later word too.

    The beginnings are found by index, later words by reading every name: only where they are needed.
    """
    matched: dict[int, UnitVersion] = {}
    beginning = begins("folded", looked_for) | begins("bare", looked_for)
    # By id, so that the words of a name are looked for in the index over names and not in whole rows.
    later = UnitVersion.objects.filter(folded__contains=f" {looked_for}").values("pk")
    for condition in (beginning, Q(pk__in=later)):
        for version in _ranked(versions.filter(condition), words, looked_for)[: limit * 3]:
            matched.setdefault(version.unit_id, version)
        if len(matched) >= limit:
            break
    return matched


def find_units(
    words: str,
    *,
    on: date,
    levels: Iterable[str] = (),
    kinds: Iterable[str] = (),
    within: QuerySet[Any, Any] | Iterable[int] | None = None,
    limit: int = 10,
) -> list[UnitRow]:
    """The units that people mean by `words` on a day, the best first: a type-ahead that needs no tones.

    Old names are found too: a unit that has ended shows the units that took over (and is left out where
    one of them bears its name and is found as well), one that was renamed shows its present name. `levels` and `kinds` narrow (kind "" is a place); `within` keeps to these
    units and to ended ones that passed to them. A constant number of queries.
    """
    words = words[:MOST_LETTERS]
    looked_for = folded_words(words)
    if not looked_for:
        return []
    versions = UnitVersion.objects.filter(valid_from__lte=on)
    wanted_levels, wanted_kinds = list(levels), list(kinds)
    if wanted_levels:
        versions = versions.filter(level__in=wanted_levels)
    if wanted_kinds:
        versions = versions.filter(kind__in=wanted_kinds)
    if within is not None:
        heirs = Lineage.objects.filter(successor_id__in=within).values("predecessor_id")
        versions = versions.filter(Q(unit_id__in=within) | Q(unit_id__in=heirs))
    matched = _matched(versions, words, looked_for, limit)
    living = {v.unit_id: v for v in UnitVersion.objects.filter(in_force(on), unit_id__in=matched)}
    heirs_of = _heirs([one for one in matched if one not in living], on, within)
    shown = {
        unit_id: living.get(unit_id, version)
        for unit_id, version in matched.items()
        if not any(
            heir in matched and name == version.name for heir, name in heirs_of.get(unit_id, ())
        )
    }
    best = dict(list(shown.items())[:limit])
    contexts = contexts_of(list(best.values()), on)
    return [
        UnitRow(
            id=unit_id,
            name=version.name,
            context=contexts[unit_id],
            level=version.level,
            kind=version.kind,
            ended_on=None if unit_id in living else version.valid_to,
            successors=tuple(heirs_of.get(unit_id, ())),
        )
        for unit_id, version in best.items()
    ]


def _heirs(
    ended: list[int], on: date, within: QuerySet[Any, Any] | Iterable[int] | None
) -> dict[int, list[tuple[int, str]]]:
    """For each ended unit the units in force that hold its shares, the largest share first. One query."""
    if not ended:
        return {}
    links = Lineage.objects.filter(
        Q(successor__versions__valid_from__lte=on),
        Q(successor__versions__valid_to=None) | Q(successor__versions__valid_to__gt=on),
        predecessor_id__in=ended,
    )
    if within is not None:
        links = links.filter(successor_id__in=within)
    found: dict[int, list[tuple[int, str]]] = {}
    rows = links.order_by("-weight", "successor_id").values_list(
        "predecessor_id", "successor_id", "successor__versions__name"
    )
    for old, new, name in rows:
        found.setdefault(old, []).append((new, name))
    return found


def contexts_of(versions: list[UnitVersion], on: date) -> dict[int, str]:
    """Where each unit is, in words: the place above it and the one above that, as they were then. Two queries."""
    days = {
        v.unit_id: on if not v.valid_to or v.valid_to > on else v.valid_to - timedelta(days=1)
        for v in versions
    }
    above = {v.unit_id: v.place_id if v.kind else v.parent_id for v in versions}
    names: dict[int, list[str]] = {v.unit_id: [] for v in versions}
    for _ in range(2):
        spans: dict[int, list[UnitVersion]] = {}
        wanted = {one for one in above.values() if one}
        for span in UnitVersion.objects.filter(unit_id__in=wanted).exclude(level=Level.COUNTRY):
            spans.setdefault(span.unit_id, []).append(span)
        for unit_id, place in above.items():
            above[unit_id] = None
            for span in spans.get(place or 0, ()):
                day = days[unit_id]
                if span.valid_from <= day and not (span.valid_to and span.valid_to <= day):
                    names[unit_id].append(span.name)
                    above[unit_id] = span.parent_id
    return {unit_id: ", ".join(parts) for unit_id, parts in names.items()}
