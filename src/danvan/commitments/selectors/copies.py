"""Where the words of a source stand in the ledger: in the work given from it, in the codes given out for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from danvan.commitments.enums import SourceKind
from danvan.commitments.models import Commitment, FollowCode, FollowedCommitment


@dataclass(frozen=True, slots=True)
class Copied:
    """One text that repeats what a source says, or may: where it stands, how long it may be, whether it may be empty."""

    label: str
    row: Commitment | FollowCode | FollowedCommitment
    column: str
    most: int
    needed: bool = False


def all_given(source_kind: str, source_ids: Collection[int]) -> list[Commitment]:
    """Everything that these sources gave, what was withdrawn too, and the parts that it was divided into."""
    found = list(Commitment.objects.filter(source_kind=source_kind, source_id__in=source_ids))
    level = found
    while level:
        ids = [one.pk for one in level]
        level = list(Commitment.objects.filter(source_kind=SourceKind.PARENT, source_id__in=ids))
        found += level
    return sorted(found, key=lambda one: one.pk)


def copies_of(
    code_kind: str, code_id: int, *, source_kind: str, source_ids: Collection[int]
) -> Iterator[Copied]:
    """Every text of the codes that were given out for one thing, and of the work given from its sources."""
    codes = FollowCode.objects.filter(source_kind=code_kind, source_id=code_id)
    for code in codes.order_by("pk"):
        yield Copied(f"phiếu theo dõi {code.slip}", code, "asked", 600)
    given = all_given(source_kind, source_ids)
    for one in given:
        work = f"việc {one.number}"
        yield Copied(f"{work}: nội dung việc", one, "title", 400, needed=True)
        yield Copied(f"{work}: sản phẩm", one, "product", 300, needed=True)
        yield Copied(f"{work}: câu nguồn", one, "source_sentence", 10_000)
    behind = Q(code__in=codes) | Q(commitment__in=[one.pk for one in given])
    followed = FollowedCommitment.objects.filter(behind).select_related("code", "commitment")
    for told in followed.order_by("pk"):
        label = f"phiếu theo dõi {told.code.slip}, việc {told.commitment.number}"
        yield Copied(label, told, "words", 400, needed=True)
