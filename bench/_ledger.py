"""A ledger that the whole country has kept since the merger: commitments with all that hangs on them, written in bulk.

The register is the real one, its organisations are founded by their own service. The rows are drawn and written as they
would stand had services written them; constraints hold meanwhile, references are looked through afterwards, and what
triggers would have noted is noted.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import ForeignKey, Model

from bench._country import loading
from bench._ledger_drawn import SINCE, Draw, Drawn, Place
from danvan.accounts.models import Grant, User
from danvan.commitments.enums import Ruling
from danvan.commitments.models import (
    AskerAnswer,
    Commitment,
    CommitmentEvidence,
    CommitmentStep,
    CommitmentSupport,
    Explanation,
    Extension,
    FollowCode,
    FollowedCommitment,
    StaleTally,
)
from danvan.commitments.services.assigning import words_of
from danvan.foundation import clock, search
from danvan.foundation.models import SearchText, StoredFile
from danvan.organisations.enums import Follows, Kind, Level
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors import in_force
from danvan.organisations.services import found_organisations, load_register
from danvan.topics.services import load_topics
from danvan.vietnamese.text import canonical, fold

WORD = re.compile(r"\w+")
KINDS = (Kind.PARTY_COMMITTEE, Kind.PEOPLES_COMMITTEE)  # in every commune; a province has two more
MORE = (Kind.ADVISORY_BOARD, Kind.FRONT_COMMITTEE)
POURED = (
    Commitment, CommitmentSupport, CommitmentStep, CommitmentEvidence, Extension,
    FollowCode, FollowedCommitment, AskerAnswer, SearchText,
)  # fmt: skip


KEYED: set[type[Model]] = {Commitment, FollowCode}  # whose rows are given with their keys


@dataclass(slots=True)
class Held:
    """What stands there once it is built: the people by how far they see, and who leads."""

    province: int
    people: dict[str, User]
    leads: list[int]
    rows: int
    alone: dict[int, User] = field(default_factory=dict)  # whoever sees so many rows and no more


def standing(rows: int) -> Held | None:
    """The ledger that a run before this one built and kept; None where none of this size is there."""
    there = Commitment.objects.count()
    if there not in (0, rows):
        sys.exit(f"bench: what was kept has {there} commitments and not {rows}: please empty it")
    return _held(rows, _places()) if there else None


def build(rows: int) -> Held:
    """The whole ledger."""
    load_register()
    load_topics()
    _found()
    places = _places()
    # Two communes are left out of the drawing: one leads a single commitment, one leads three.
    *drawn, single, triple = [one for _, _, one in places]
    tops = [unit for above in dict.fromkeys(one.above for one in drawn) for unit in above]
    with loading(*POURED):
        number = _pour_ledger(rows - 4, drawn, tops)
        _pour_ledger(1, [single], [], first=number)
        _pour_ledger(3, [triple], [], first=number + 1)
    _note_stale()
    _explain([one.government for one in drawn])
    _look_through_references()
    _look_through_words()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze" if connection.vendor == "postgresql" else "analyze")
    return _held(rows, places)


def _held(rows: int, places: Sequence[tuple[int, int, Place]]) -> Held:
    """Who asks, and what they may be told of it."""
    *drawn, (_, _, single), (_, _, triple) = places
    province = places[0][0]
    commune = [one for home, one, _ in places if home == province][-1]
    government = UnitVersion.objects.get(
        in_force(SINCE), place_id=province, kind=Kind.PEOPLES_COMMITTEE
    )
    country = UnitVersion.objects.get(in_force(SINCE), level=Level.COUNTRY, kind="").unit_id
    people = {
        "commune": _user("bench-commune", commune, role="commune_officer"),
        "province": _user("bench-province", province, role="specialist"),
        "line": _user("bench-line", government.unit_id, follows=Follows.LINE),
        "country": _user("bench-country", country),
    }
    alone = {
        found: _user(f"bench-{found}", one.government, role="commune_officer")
        for found, one in ((1, single), (3, triple))
    }
    tops = [unit for above in dict.fromkeys(one.above for _, _, one in drawn) for unit in above]
    return Held(province, people, [one.government for _, _, one in drawn] + tops, rows, alone)


def _user(name: str, unit: int, *, role: str = "leader", follows: str = Follows.PLACE) -> User:
    user, new = User.objects.get_or_create(
        username=name, defaults={"full_name": name, "must_change_password": False}
    )
    if new:
        Grant.objects.create(user=user, unit_id=unit, role=role, follows=follows, valid_from=SINCE)
    return user


def _found() -> None:
    """The organisations of every province and commune."""
    places = UnitVersion.objects.filter(in_force(SINCE), kind="")
    provinces = list(places.filter(level=Level.PROVINCE).values_list("unit_id", flat=True))
    communes = list(places.filter(level=Level.COMMUNE).values_list("unit_id", flat=True))
    found_organisations([*provinces, *communes], KINDS, actor=None, on=SINCE)
    found_organisations(provinces, MORE, actor=None, on=SINCE)


def _places() -> list[tuple[int, int, Place]]:
    """The communes with their organisations: of each its province, its own id, and who promises and gives there."""
    places = UnitVersion.objects.filter(in_force(SINCE), kind="").order_by("unit_id")
    provinces = list(places.filter(level=Level.PROVINCE).values_list("unit_id", flat=True))
    communes = places.filter(level=Level.COMMUNE).values_list("unit_id", "parent_id")
    standing = UnitVersion.objects.filter(in_force(SINCE), kind__in=[*KINDS, *MORE])
    at: dict[int, dict[str, int]] = {}
    for place, kind, unit in standing.values_list("place_id", "kind", "unit_id"):
        at.setdefault(place, {})[kind] = unit
    above = {one: tuple(sorted(at[one].values())) for one in provinces}
    return [
        (
            home,
            one,
            Place(at[one][Kind.PARTY_COMMITTEE], at[one][Kind.PEOPLES_COMMITTEE], above[home]),
        )
        for one, home in communes
    ]


def _pour_ledger(rows: int, places: Sequence[Place], tops: Sequence[int], *, first: int = 1) -> int:
    """So many commitments with their rows; returns the number that follows."""
    draw, at, size = Draw(places, tops), clock.now(), 50_000
    file, _ = StoredFile.objects.get_or_create(
        sha256="b" * 64, defaults={"size": 9_000, "media_type": "application/pdf", "stored_at": at}
    )
    for start in range(first, first + rows, size):
        batch = [draw.one(pk) for pk in range(start, min(start + size, first + rows))]
        with transaction.atomic():
            _pour(Commitment, (one.row for one in batch))
            _pour(
                CommitmentSupport,
                _each(batch, lambda one: ({"unit_id": unit} for unit in one.supports)),
            )
            _pour(
                CommitmentStep,
                _each(batch, lambda one: ({"kind": k, "on": on, "at": at} for k, on in one.steps)),
            )
            _pour(Extension, _each(batch, lambda one: _extended(one, at)))
            _pour(CommitmentEvidence, _each(batch, lambda one: _proved(one, file.pk, at)))
            _pour_askers([one.row for one in batch if "asked_on" in one.row], at)
            _pour(SearchText, map(_searched, (one.row for one in batch)))
    return first + rows


def _each(
    batch: Iterable[Drawn], rows: Callable[[Drawn], Iterable[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    return ({**row, "commitment_id": one.row["id"]} for one in batch for row in rows(one))


def _extended(one: Drawn, at: Any) -> Iterator[dict[str, Any]]:
    if one.extension:
        old, new = one.extension
        yield {"old_due_on": old, "new_due_on": new, "reason": "Mưa lũ kéo dài", "asked_at": at,
               "ruling": Ruling.GRANTED, "ruled_at": at, "document": "318-CV/TU"}  # fmt: skip


def _proved(one: Drawn, file: int, at: Any) -> Iterator[dict[str, Any]]:
    if one.proof and "claimed_on" in one.row:
        yield {"file_id": file, "file_name": "bien-ban.pdf", "added_at": at}


def _pour_askers(asked: list[dict[str, Any]], at: Any) -> None:
    """A code for each, with what was answered by it."""
    end = clock.today() + timedelta(days=365)
    _pour(FollowCode, (
        {"id": one["id"], "digest": f"{one['id']:064}", "slip": f"P-{one['id']}", "asked_on": one["asked_on"],
         "issued_on": one["asked_on"], "ends_on": end} for one in asked
    ))  # fmt: skip
    _pour(
        FollowedCommitment,
        (
            {"code_id": one["id"], "commitment_id": one["id"], "words": one["title"]}
            for one in asked
        ),
    )
    words = (("agreed_on", "confirmed"), ("disputed_on", "not_yet"))
    _pour(AskerAnswer, (
        {"code_id": one["id"], "commitment_id": one["id"], "word": word, "on": one[mark], "at": at}
        for one in asked for mark, word in words if one.get(mark)
    ))  # fmt: skip


@cache
def _words(part: str) -> tuple[str, str]:
    """The words of a part as the search keeps them, with their marks and without."""
    kept = " ".join(WORD.findall(canonical(part).lower()))
    return kept, fold(kept)


def _searched(row: dict[str, Any]) -> dict[str, Any]:
    """What `search.index` writes of the words it is found by; parts that come again are folded once."""
    number = " ".join(WORD.findall(row["number"].lower()))
    parts = [
        _words(word)
        for word in (*row["title"].split(" "), row["product"], row["source_symbol"])
        if word
    ]
    accented = " ".join(kept for kept, _ in parts)
    folded = " ".join(bare for _, bare in parts)
    return {"model": Commitment._meta.label_lower, "object_id": row["id"],
            "accented": f"{number} {accented}", "folded": f"{number} {folded}"}  # fmt: skip


def _pour(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as they are given; what a row does not say is what the model says for all."""
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    if model not in KEYED:
        fields = [one for one in fields if not one.primary_key]
    names, columns = [one.attname for one in fields], [one.column for one in fields]
    plain = {one.attname: one.get_db_prep_save(one.get_default(), connection) for one in fields}
    listed = (tuple({**plain, **row}[name] for name in names) for row in rows)
    quoted = ", ".join(connection.ops.quote_name(one) for one in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"copy {model._meta.db_table} ({quoted}) from stdin") as copied:
                for values in listed:
                    copied.write_row(values)
        else:
            marks = ", ".join(["%s"] * len(columns))
            adapted = (tuple(map(_adapted, values)) for values in listed)
            cursor.executemany(
                f"insert into {model._meta.db_table} ({quoted}) values ({marks})", list(adapted)
            )


def _adapted(value: Any) -> Any:
    if hasattr(value, "utcoffset"):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value


def _explain(leads: Sequence[int]) -> None:
    """Each unit was asked to explain one thing that is late."""
    late = Commitment.objects.overdue(clock.today()).filter(lead_id__in=leads)
    first = {one.lead_id: one for one in late.order_by("-pk")[: 2 * len(leads)]}
    at = clock.now()
    Explanation.objects.bulk_create(
        (
            Explanation(
                unit_id=one.lead_id, asker_id=one.assigner_id, subject_kind="commitments.commitment",
                subject_ids=[one.pk], subject=one.title, due_on=clock.today(), asked_at=at,
            )
            for one in first.values()
        ),
        batch_size=2_000,
    )  # fmt: skip


def _note_stale() -> None:
    """Which leads are to be counted: what the triggers of the ledger note, which a server left out meanwhile."""
    noted = set(StaleTally.objects.values_list("lead_id", flat=True))
    leads = set(Commitment.objects.order_by().values_list("lead_id", flat=True).distinct())
    StaleTally.objects.bulk_create(StaleTally(lead_id=lead) for lead in sorted(leads - noted))


def _look_through_references() -> None:
    """Every row that names another names one that is there; numbers go on after those that were given."""
    with connection.cursor() as cursor:
        for model in POURED:
            table = model._meta.db_table
            for one in model._meta.concrete_fields:
                if not isinstance(one, ForeignKey):
                    continue
                other = one.remote_field.model._meta
                cursor.execute(
                    f"select count(*) from {table} a left join {other.db_table} b on b.id = a.{one.column}"
                    f" where a.{one.column} is not null and b.id is null"
                )
                [(lost,)] = cursor.fetchall()
                assert not lost, (table, one.column, lost)
        for model in (Commitment, FollowCode):
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)


def _look_through_words() -> None:
    """What is searched for is kept as the service would have kept it."""
    label = Commitment._meta.label_lower
    for one in Commitment.objects.order_by("-pk")[:50]:
        kept = SearchText.objects.get(model=label, object_id=one.pk)
        search.index(one, words_of(one))
        again = SearchText.objects.get(model=label, object_id=one.pk)
        assert (kept.accented, kept.folded) == (again.accented, again.folded), kept.accented
