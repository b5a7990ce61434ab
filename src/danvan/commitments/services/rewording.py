"""What the ledger repeats of a source reads otherwise: a part of the source left the ordinary tables."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.models import Commitment, FollowCode, FollowedCommitment
from danvan.commitments.services.assigning import words_of
from danvan.foundation import audit, search

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def reword(
    row: Commitment | FollowCode | FollowedCommitment, words: Mapping[str, str], *, actor: "User | None"
) -> None:  # fmt: skip
    """Let these columns of a work, of a code or of the line behind a code read as is said. Whoever calls has looked for faults
    and keeps how they read before: neither the index nor the audit does.
    """
    held = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)  # noqa: SLF001
    for column, text in words.items():
        setattr(held, column, text)
    fields = list(words)
    if isinstance(held, Commitment):
        held.changes += 1
        search.erase(held)  # the words that went leave the index at once
        search.index(held, words_of(held))
        held.save(update_fields=[*fields, "changes"])
    else:
        held.save(update_fields=fields)
    audit.record(actor, "commitments.reword", held, fields=fields)
