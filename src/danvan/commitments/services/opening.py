"""Codes that are given out before there is anything to follow: a question before a dialogue, a slip at its door.

What was promised is put behind them later, in words that anybody may read.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from danvan.commitments.follow_codes import digest_of, new_code, read_code
from danvan.commitments.models import Commitment, FollowCode, FollowedCommitment
from danvan.commitments.selectors.following import tries_are_left
from danvan.commitments.services import rows
from danvan.commitments.services.answering import note_askers
from danvan.commitments.services.following import (
    MOST_SLIPS,
    Asking,
    Slip,
    asking_faults,
    count_wrong_try,
    write_codes,
)
from danvan.commitments.services.public_words import public_faults
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User


def sends_are_left(what: str, address: str, *, each: int) -> bool:
    """Whether one more may be sent from an address within the hour, and by everybody together."""
    place, hour = _place(what, address)
    return tries_are_left(place, hour, everybody=what, each=each)


def count_send(what: str, address: str) -> None:
    """Count one that was sent from an address; the address itself is not kept."""
    place, hour = _place(what, address)
    count_wrong_try(place, hour, everybody=what)


@transaction.atomic
def open_follow_codes(asking: Asking, *, number: int, actor: "User | None") -> list[Slip]:
    """A sheet of codes behind which nothing stands yet; whoever calls has checked that `actor` may."""
    faults = asking_faults(asking, clock.today())
    if not 1 <= number <= MOST_SLIPS:
        most = format_number(MOST_SLIPS)
        faults.append(Fault(f"Mỗi lần in được từ 1 đến {most} phiếu.", column="number"))
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    slips, codes = write_codes(asking, [new_code() for _ in range(number)], actor)
    audit.record(actor, "commitments.open_codes", codes[0], codes=[one.pk for one in codes])
    return slips


@transaction.atomic
def open_own_code(asking: Asking, *, seed: str) -> Slip:
    """One code for whoever sends something for the first time (`standing_own_code` says whether).

    `seed` is chance that stood in the form: the answer that was lost on the way can be asked for again.
    """
    slips, _ = write_codes(asking, [new_code(seed)], None)
    return slips[0]


def standing_own_code(seed: str) -> Slip | None:
    """What this form was answered before; None where it is sent for the first time. One query."""
    code = new_code(seed)
    standing = FollowCode.objects.filter(digest=digest_of(read_code(code))).first()
    return Slip(standing.slip, code) if standing is not None else None


def loose_code(seed: str) -> Slip:
    """A code for what no table of codes may know of: its slip is only the digest by which whoever keeps it finds it again."""
    code = new_code(seed)
    return Slip(digest_of(read_code(code)), code)


def hold_followed(commitment_ids: Iterable[int]) -> list[Commitment]:
    """Hold these commitments before any code: who puts them behind several codes in one act begins with it."""
    return rows.locked_many(Commitment(pk=pk) for pk in commitment_ids)


@transaction.atomic
def follow_also(codes: QuerySet[FollowCode], words: Mapping[int, str]) -> None:
    """Put commitments, by id with their words in public, behind codes that were given out; what stands there stays.

    Codes that were withdrawn or are over get nothing. Words that could lead to a person are replaced by the number
    of the commitment.
    """
    open_ones = codes.filter(withdrawn_on=None, ends_on__gte=clock.today())
    found = hold_followed(words) if open_ones.exists() else []
    held = list(open_ones.order_by("pk").select_for_update()) if found else []
    FollowedCommitment.objects.bulk_create(
        [
            FollowedCommitment(code=code, commitment=one, words=_public(words[one.pk], one.number))
            for code in held
            for one in found
        ],
        ignore_conflicts=True,
    )
    if held:
        note_askers(found)


def _place(what: str, address: str) -> tuple[str, datetime]:
    hour = clock.machine().replace(minute=0, second=0, microsecond=0)
    return digest_of(f"{what} {hour:%Y%m%d%H} {address}"), hour


def _public(words: str, number: str) -> str:
    kept = words.strip()[:400]
    return f"Việc {number}" if public_faults(kept, label="Lời", missing="Lời") else kept


@transaction.atomic
def erase_codes(source_kind: str, source_id: int) -> None:
    """Take out every code of a source that leaves the ordinary tables whole: what was asked stands in them.

    Only where no work stands behind them; whoever calls has looked. No line of the audit names what is gone.
    """
    FollowCode.objects.filter(source_kind=source_kind, source_id=source_id).delete()
