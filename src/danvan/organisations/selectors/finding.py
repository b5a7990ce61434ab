"""Finding units by what people type: without tones, by any word of the name, by old names too."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import Level, Way
from danvan.organisations.models import Lineage, Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.naming import other_spellings
from danvan.organisations.selectors.days import in_force, names_on
from danvan.vietnamese.text import canonical, fold

MOST_LETTERS = 200  # no name is longer, and SQLite refuses a pattern of tens of thousands
CODE_LENGTHS = (2, 3, 5)  # of provinces, districts and communes
PADDED = 3  # so many units are offered whose code lost its zeros
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
    """One answer of the type-ahead. `context` says where it is; an ended unit names who took over and stands today.

    `code` is the code by which it was found, if it was.
    """

    id: int
    name: str
    context: str
    level: str
    kind: str
    ended_on: date | None
    successors: tuple[tuple[int, str], ...]
    code: str = ""


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


def _codes_meant(words: str) -> list[str]:
    """The codes that digits may stand for: as typed first, then with the zeros that a spreadsheet took away."""
    typed = "".join(words.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) <= CODE_LENGTHS[-1]):
        return []
    whole = [typed.lstrip("0").zfill(length) for length in CODE_LENGTHS]
    return list(dict.fromkeys([typed, *(code for code in whole if len(code) > len(typed))]))


def _coded(
    versions: QuerySet[UnitVersion], words: str, on: date
) -> tuple[dict[int, UnitVersion], dict[int, UnitVersion], dict[int, str]]:
    """The units that carried the very code, those that carried it with its zeros, and the code of each."""
    meant = _codes_meant(words)
    if not meant:
        return {}, {}, {}
    codes: dict[int, str] = {}
    for unit, code in UnitCode.objects.filter(
        valid_from__lte=on, system="gso", code__in=meant
    ).values_list("unit_id", "code"):
        if unit not in codes or code == meant[0]:
            codes[unit] = code
    found = versions.filter(unit_id__in=codes).order_by(
        F("valid_to").desc(nulls_first=True), "unit_id"
    )
    exact: dict[int, UnitVersion] = {}
    padded: dict[int, UnitVersion] = {}
    for version in found:
        side = exact if codes[version.unit_id] == meant[0] else padded
        side.setdefault(version.unit_id, version)
    return exact, padded, codes


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

    Old names are found too: a unit that has ended shows the units that took over, through every generation
    (and is left out where one of them bears its name and is found as well), one that was renamed shows its
    present name. Digits are looked for as codes too, old ones as well: the very code first, after the names
    those that lost their zeros. `levels` and `kinds` narrow (kind "" is a place); `within` keeps to these
    units and to ended ones that passed to them. A constant number of queries, and two a generation. Where
    nothing bears the words, what they are short or long for is looked for (UBND).
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
        # Whatever passed to a unit, through others too, has a row under the unit itself.
        before = Reach.objects.filter(follows=Way.HEIR_PLACE, top_id__in=within).values("unit_id")
        versions = versions.filter(Q(unit_id__in=within) | Q(unit_id__in=before))
    exact, padded, codes = _coded(versions, words, on)
    padded = dict(list(padded.items())[: min(len(padded), max(limit - len(exact), 0), PADDED)])
    named = _matched(versions, words, looked_for, limit)
    for other in () if named else other_spellings(looked_for):
        named = named or _matched(versions, words, other, limit)
    first = exact | named
    room = max(limit - len(padded.keys() - first.keys()), 0)
    matched = dict(list(first.items())[:room] if padded else first) | padded
    living = {v.unit_id: v for v in UnitVersion.objects.filter(in_force(on), unit_id__in=matched)}
    heirs_of = _heirs([one for one in matched if one not in living], on, within)
    shown = {
        unit_id: living.get(unit_id, version)
        for unit_id, version in matched.items()
        if heirs_of.get(unit_id) != []
        and not any(
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
            code=codes.get(unit_id, ""),
        )
        for unit_id, version in best.items()
    ]


def _heirs(
    ended: list[int], on: date, within: QuerySet[Any, Any] | Iterable[int] | None
) -> dict[int, list[tuple[int, str]]]:
    """For each ended unit the units in force that hold its shares, the largest share first.

    A unit whose heirs are all outside `within` has an empty list; one without heirs is left out. Two queries a
    generation, and one where `within` is given.
    """
    # What reaches whom next: (unit that asks, unit that passed on) -> share.
    asked: dict[tuple[int, int], Fraction] = {(one, one): Fraction(1) for one in ended}
    held: dict[int, dict[int, Fraction]] = {}
    names: dict[int, str] = {}
    seen: set[tuple[int, int]] = set()
    while asked:
        seen |= asked.keys()
        passed = _last_passed({giver for _, giver in asked}, on)
        takers = {taker for parts in passed.values() for taker, _ in parts}
        now = names_on(takers, on)
        names |= now
        onward: dict[tuple[int, int], Fraction] = {}
        for (one, giver), share in asked.items():
            for taker, weight in passed.get(giver, ()):
                part = share * weight / MILLION
                if taker in now:
                    mine = held.setdefault(one, {})
                    mine[taker] = mine.get(taker, Fraction(0)) + part
                elif (one, taker) not in seen:
                    onward[one, taker] = onward.get((one, taker), Fraction(0)) + part
        asked = onward
    allowed: Collection[int] = names.keys()
    if within is not None and names:
        kept = Unit.objects.filter(Q(pk__in=within), pk__in=list(names))
        allowed = set(kept.values_list("pk", flat=True))
    return {
        one: [
            (taker, names[taker])
            for taker, _ in sorted(parts.items(), key=lambda part: (-part[1], part[0]))
            if taker in allowed
        ]
        for one, parts in held.items()
    }


def _last_passed(givers: set[int], on: date) -> dict[int, list[tuple[int, int]]]:
    """To whom each unit passed what part in its last event up to a day, itself left out. One query."""
    rows = Lineage.objects.filter(predecessor_id__in=givers, happened_on__lte=on)
    rows = rows.exclude(successor_id=F("predecessor_id")).order_by("happened_on")
    last: dict[int, date] = {}
    found: dict[int, list[tuple[int, int]]] = {}
    for giver, taker, weight, day in rows.values_list(
        "predecessor_id", "successor_id", "weight", "happened_on"
    ):
        if last.get(giver) != day:
            last[giver], found[giver] = day, []
        found[giver].append((taker, weight))
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
