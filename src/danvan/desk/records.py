"""Records behind a count as one reader may read them: those out of reach are counted and not named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.accounts.selectors import may
from danvan.activities.selectors import evidence_by_activity, readable_activities
from danvan.commitments.selectors import allowed_commitments
from danvan.dialogues.selectors import readable_dialogues
from danvan.documents.selectors import allowed_documents
from danvan.grassroots.selectors import readable_matters
from danvan.indicators.counters import CountedRecord
from danvan.petitions.selectors import readable_petitions
from danvan.petitions.selectors.reception import readable_days

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record behind a count. Where the reader may not open it, it is counted and not named."""

    record: CountedRecord
    readable: bool
    files: list[tuple[str, str]] = field(default_factory=list)  # (name, address)


def record_lines(user: "User", records: Sequence[CountedRecord]) -> list[RecordLine]:
    """The records in the order given, with the files of those the reader may open. Queries grow with the kinds only."""
    readable = _readable(user, records)
    files = _files(user, [one for one in records if (one.model, one.pk) in readable])
    return [
        RecordLine(
            record, (record.model, record.pk) in readable, files.get((record.model, record.pk), [])
        )
        for record in records
    ]


def _readable(user: "User", records: Sequence[CountedRecord]) -> set[tuple[str, int]]:
    """Which records the reader may open, each kind by its own module's rule."""
    found: set[tuple[str, int]] = set()
    for model, reader in READERS.items():
        pks = [record.pk for record in records if record.model == model]
        found |= {(model, pk) for pk in reader(user, pks)} if pks else set()
    return found


def _files(
    user: "User", records: Sequence[CountedRecord]
) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """The files of the records the reader may open: names and addresses."""
    pks = [record.pk for record in records if record.model == "activities.activity"]
    found = {
        ("activities.activity", pk): [
            (one.file_name, reverse("activities:evidence", args=[pk, one.pk])) for one in evidence
        ]
        for pk, evidence in evidence_by_activity(user, pks).items()
    }
    for record in records:
        if record.model == "documents.document" and record.has_evidence:
            address = reverse("documents:file", args=[record.pk])
            found[record.model, record.pk] = [("Tệp văn bản", address)]
    return found


def _readable_documents(user: "User", pks: list[int]) -> set[int]:
    seen = allowed_documents(user, "documents.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def _visible_commitments(user: "User", pks: list[int]) -> set[int]:
    seen = allowed_commitments(user, "commitments.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def _of_the_register(user: "User", pks: list[int]) -> set[int]:
    """Units and posts are for everyone who may read the register at all."""
    return set(pks) if may(user, "register.view") else set()


READERS = {
    "organisations.unit": _of_the_register,
    "organisations.appointment": _of_the_register,
    "commitments.commitment": _visible_commitments,
    "activities.activity": readable_activities,
    "dialogues.dialogue": readable_dialogues,
    "grassroots.matter": readable_matters,
    "petitions.petition": readable_petitions,
    "petitions.receptionday": readable_days,
    "documents.document": _readable_documents,
}
