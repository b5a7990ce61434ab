"""Full-text search over any module's objects, the same on SQLite (FTS5) and PostgreSQL (GIN).

Every text is kept twice: with its marks and folded. A query goes through tiers, each holding the one
before: the phrase with its marks (where the query has any), the folded phrase, all folded words.
"""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from danvan.foundation.lists import COUNTED_TO
from danvan.foundation.models import SearchText
from danvan.vietnamese.text import canonical, fold

M = TypeVar("M", bound=Model)
# PostgreSQL keeps word positions up to 16,383, so a longer text is kept in parts that overlap a little.
WORDS_A_PART = 12_000
OVERLAP = 40
# What SQLite and PostgreSQL take of one query; nobody types more.
MOST_WORDS = 32
# Texts that are looked at first: where they alone fill what is counted, the others are not looked for.
FIRST = 5_000
PHRASE, ANYWHERE = "phrase", "anywhere"  # how the terms of a tier stand together


class _WordTable(dict[int, str]):
    """Letters, digits and marks as they are, raised digits as plain ones; everything else separates words."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter)
        if unicodedata.category(letter)[0] in "LM" or letter.isdecimal():
            kept = letter
        else:
            kept = plain if plain.isdecimal() else " "
        self[code] = kept
        return kept


_WORDS = _WordTable()


def index(target: Model, text: str) -> None:
    """Make an object findable by these words, in the caller's transaction; replaces what it had."""
    label, parts = target._meta.label_lower, _parts(text)
    known = {row.part: row for row in SearchText.objects.filter(model=label, object_id=target.pk)}
    for number, part in enumerate(parts):
        accented = " ".join(part)
        row = known.pop(number, None)
        if row is None:
            row = SearchText(model=label, object_id=target.pk, part=number)
        elif row.accented == accented:
            continue
        row.accented, row.folded = accented, fold(accented)
        row.save()
    SearchText.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def index_many(texts: Iterable[tuple[Model, str]]) -> None:
    """Make many new objects findable at once, in the caller's transaction; none may be indexed already."""
    SearchText.objects.bulk_create(
        SearchText(
            model=target._meta.label_lower,
            object_id=target.pk,
            part=number,
            accented=" ".join(part),
            folded=fold(" ".join(part)),
        )
        for target, text in texts
        for number, part in enumerate(_parts(text))
    )


def forget(target: Model) -> None:
    """Make an object unfindable, in the caller's transaction."""
    SearchText.objects.filter(model=target._meta.label_lower, object_id=target.pk).delete()


def erase(target: Model) -> None:
    """As `forget`, and the words leave the index at once: SQLite else keeps them there until it tidies up."""
    forget(target)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into foundation_searchindex(foundation_searchindex) values ('optimize')"
            )


@dataclass(frozen=True, slots=True)
class Looked(Generic[M]):
    """What holds some words. `least`: how many there are at least, where there are too many to count them all."""

    rows: QuerySet[M]
    least: int | None = None


def find(queryset: QuerySet[M], words: str, *, enough: int = 25) -> QuerySet[M]:
    """The rows of `queryset` that hold these words; all of them where no word was given.

    Tries one tier after the other and stops at the first that has `enough` rows; at most three queries each. The
    result carries `search_tier` (0 is best): order by it first to put exact matches on top.
    """
    return look(queryset, words, enough=enough).rows


def look(
    queryset: QuerySet[M], words: str, *, enough: int = 25, at_once: QuerySet[M] | None = None
) -> Looked[M]:
    """What `find` finds, and whether it is much. `at_once`: the same rows, asked for so that much is met with them quickly."""
    exact = _words(canonical(words).lower())[:MOST_WORDS]
    folded = _words(fold(words))[:MOST_WORDS]
    if not exact or not folded:
        return Looked(_with_tier(queryset, []))
    tiers = [("folded", folded, PHRASE)]
    if exact != folded:
        tiers.insert(0, ("accented", exact, PHRASE))
    if len(folded) > 1:
        tiers.append(("folded", folded, ANYWHERE))
    better: list[list[int]] = []
    known: list[int] = []
    whole = True
    for tier in tiers:
        known, whole = _some(queryset, queryset if at_once is None else at_once, enough, *tier)
        if len(known) >= enough or tier is tiers[-1]:
            break
        better.append(known)
    if whole:
        return Looked(_with_tier(queryset.filter(pk__in=known), better))
    if better or connection.vendor == "sqlite":
        held = queryset.filter(pk__in=_hits(queryset, *tier))
    else:  # met soon by whoever walks the rows in their order: none is sorted for the first page
        held = queryset.filter(_Holds(queryset, *tier))
    return Looked(_with_tier(held, better), least=len(known))


def _with_tier(queryset: QuerySet[M], better: list[list[int]]) -> QuerySet[M]:
    cases = [When(pk__in=known, then=Value(tier)) for tier, known in enumerate(better) if known]
    tier = Case(*cases, default=Value(len(better)), output_field=IntegerField())
    return cast("QuerySet[M]", queryset.annotate(search_tier=tier))


def _some(
    queryset: QuerySet[M], at_once: QuerySet[M], enough: int, *tier: Any
) -> tuple[list[int], bool]:
    """Rows that hold the terms of a tier, and whether these are all: `enough` of them where very many texts hold the terms.

    At most three queries.
    """
    wanted = COUNTED_TO + 1
    first = _read(_hits(queryset, *tier, most=FIRST))
    found = _held(queryset, _these(first), wanted)
    if len(first) < FIRST:  # not even the first turn was filled
        return found, len(found) < wanted
    if len(found) < enough:
        found = _held(at_once, _hits(queryset, *tier), wanted)
        return found, len(found) < wanted
    return found, False


def _held(queryset: QuerySet[M], hits: RawSQL, most: int) -> list[int]:
    return list(queryset.order_by().filter(pk__in=hits).values_list("pk", flat=True)[:most])


def _read(hits: RawSQL) -> list[int]:
    """The ids of texts, looked for once."""
    with connection.cursor() as cursor:
        cursor.execute(hits.sql, hits.params)
        return [pk for (pk,) in cursor.fetchall()]


def _these(ids: list[int]) -> RawSQL:
    """Ids that were read, as one value of a query."""
    if connection.vendor == "sqlite":
        return RawSQL("select value from json_each(%s)", [json.dumps(ids)])
    return RawSQL(
        "select unnest(%s::bigint[])", [ids]
    )  # as many as it says: its plan is chosen by their number


def _hits(
    queryset: QuerySet[M], column: str, terms: list[str], together: str, *, most: int = -1
) -> RawSQL:
    """Ids of what holds the terms in this column, one after the other or anywhere; not more than `most` where given."""
    label = queryset.model._meta.label_lower
    if connection.vendor == "sqlite":
        wanted = " ".join(terms) if together == PHRASE else '" "'.join(terms)
        # "cross join" fixes the order: SQLite would rather ask the index once for every text there is.
        return RawSQL(
            "select words.object_id from foundation_searchindex hits "
            "cross join foundation_searchtext words on words.id = hits.rowid "
            "where foundation_searchindex match %s and words.model = %s limit %s",
            [f'{column} : ("{wanted}")', label, most],
        )
    return RawSQL(  # noqa: S611 - words and label go in as parameters
        f"select foundation_search_{column}(%s, {_reader(together)}('simple', %s), %s)",
        [label, " ".join(terms), None if most < 0 else most],
    )


class _Holds(Func):
    """Whether a row's own text holds the terms: asked of PostgreSQL row by row."""

    output_field = BooleanField()

    def __init__(self, queryset: QuerySet[M], column: str, terms: list[str], together: str) -> None:
        query = Func(
            Value(" ".join(terms)),
            template=f"{_reader(together)}('simple', %(expressions)s)",
            output_field=TextField(),
        )
        label = Value(queryset.model._meta.label_lower)
        super().__init__(label, F("pk"), query, function=f"foundation_holds_{column}")


def _reader(together: str) -> str:
    return "phraseto_tsquery" if together == PHRASE else "plainto_tsquery"


def _parts(text: str) -> list[list[str]]:
    words, step = _words(canonical(text).lower()), WORDS_A_PART - OVERLAP
    return [words[at : at + WORDS_A_PART] for at in range(0, max(len(words) - OVERLAP, 1), step)]


def _words(text: str) -> list[str]:
    """The words of a text; marks that stand alone are none."""
    found = text.translate(_WORDS).split()
    return [word for word in found if word[0].isalnum() or any(map(str.isalnum, word))]
