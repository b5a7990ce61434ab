"""Full-text search over any module's objects, the same on SQLite (FTS5) and PostgreSQL (GIN).

Every text is kept twice: with its marks and folded. A query goes through tiers, each holding the one
before: the phrase with its marks (where the query has any), the folded phrase, all folded words.
"""

import unicodedata
from collections.abc import Iterable
from typing import TypeVar, cast

from django.db import connection
from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from danvan.foundation.models import SearchText
from danvan.vietnamese.text import canonical, fold

M = TypeVar("M", bound=Model)
# PostgreSQL keeps word positions up to 16,383, so a longer text is kept in parts that overlap a little.
WORDS_A_PART = 12_000
OVERLAP = 40
# What SQLite and PostgreSQL take of one query; nobody types more.
MOST_WORDS = 32


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


def find(queryset: QuerySet[M], words: str, *, enough: int = 25) -> QuerySet[M]:
    """The rows of `queryset` that hold these words; all of them where no word was given.

    Tries one tier a query and stops at the first that has `enough` rows. The result carries
    `search_tier` (0 is best): order by it first to put exact matches on top.
    """
    exact = _words(canonical(words).lower())[:MOST_WORDS]
    folded = _words(fold(words))[:MOST_WORDS]
    if not exact or not folded:
        return _with_tier(queryset, [])
    tiers = [("folded", folded, True)]
    if exact != folded:
        tiers.insert(0, ("accented", exact, True))
    if len(folded) > 1:
        tiers.append(("folded", folded, False))
    better: list[list[int]] = []
    for column, terms, phrase in tiers[:-1]:
        found = _holding(queryset, column, terms, phrase=phrase)
        known = list(found.order_by().values_list("pk", flat=True)[:enough])
        if len(known) == enough:
            return _with_tier(found, better)
        better.append(known)
    column, terms, phrase = tiers[-1]
    return _with_tier(_holding(queryset, column, terms, phrase=phrase), better)


def _with_tier(queryset: QuerySet[M], better: list[list[int]]) -> QuerySet[M]:
    cases = [When(pk__in=known, then=Value(tier)) for tier, known in enumerate(better) if known]
    tier = Case(*cases, default=Value(len(better)), output_field=IntegerField())
    return cast("QuerySet[M]", queryset.annotate(search_tier=tier))


def _holding(queryset: QuerySet[M], column: str, terms: list[str], *, phrase: bool) -> QuerySet[M]:
    """Rows whose text holds the terms in this column: one after the other, or anywhere."""
    label = queryset.model._meta.label_lower
    if connection.vendor == "sqlite":
        wanted = " ".join(terms) if phrase else '" "'.join(terms)
        # "cross join" fixes the order: SQLite would rather ask the index once for every text there is.
        ids = RawSQL(
            "select words.object_id from foundation_searchindex hits "
            "cross join foundation_searchtext words on words.id = hits.rowid "
            "where foundation_searchindex match %s and words.model = %s",
            [f'{column} : ("{wanted}")', label],
        )
    else:
        reader = "phraseto_tsquery" if phrase else "plainto_tsquery"
        ids = RawSQL(  # noqa: S611 - words and label go in as parameters
            f"select foundation_search_{column}(%s, {reader}('simple', %s))",
            [label, " ".join(terms)],
        )
    return queryset.filter(pk__in=ids)


def _parts(text: str) -> list[list[str]]:
    words, step = _words(canonical(text).lower()), WORDS_A_PART - OVERLAP
    return [words[at : at + WORDS_A_PART] for at in range(0, max(len(words) - OVERLAP, 1), step)]


def _words(text: str) -> list[str]:
    """The words of a text; marks that stand alone are none."""
    found = text.translate(_WORDS).split()
    return [word for word in found if word[0].isalnum() or any(map(str.isalnum, word))]
