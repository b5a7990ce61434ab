"""Every text of a paper that is written down in the open: of its petitions, of the visit by which it came, of work and codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.commitments.selectors.copies import copies_of
from danvan.petitions.enums import REQUEST_SOURCE, SUBJECT, StepKind
from danvan.petitions.models import (
    Cluster,
    Paper,
    Petition,
    PetitionAnswer,
    PetitionRequest,
    PetitionStep,
    PetitionTransfer,
    ReceptionVisit,
    VisitMatter,
)

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment, FollowCode, FollowedCommitment

LONG = 100_000
Own = (
    Petition | PetitionRequest | PetitionStep | PetitionAnswer | PetitionTransfer | VisitMatter | ReceptionVisit | Cluster
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordsLeft:
    """One text: where it stands, what it says now, whether it may be emptied."""

    key: str
    label: str
    words: str
    row: "Own | Commitment | FollowCode | FollowedCommitment"
    column: str
    most: int = LONG
    needed: bool = False


def words_of_matter(n: int, one: VisitMatter) -> Iterator[WordsLeft]:
    """The texts of one matter of a visit."""
    for column, label, most in (
        ("title", "tóm tắt", 300), ("settled_by", "cơ quan đã giải quyết", 200),
        ("guided_to", "hướng dẫn đến", 200), ("answer", "trả lời", LONG),
    ):  # fmt: skip
        needed = column in ("title", "guided_to")
        yield text_of(f"Sổ tiếp công dân, nội dung {n}: {label}", one, column, most, needed=needed)


def words_of_visit(visit: ReceptionVisit) -> Iterator[WordsLeft]:
    """The texts of a visit itself."""
    yield text_of("Sổ tiếp công dân: giấy tờ đã nhận", visit, "documents")
    yield text_of("Sổ tiếp công dân: lý do từ chối", visit, "refusal_why", 500, needed=True)


def words_of_paper(paper: Paper) -> list[WordsLeft]:
    """Every text of a paper, those that say nothing left out."""
    return [one for one in _every(paper) if one.words]


def _every(paper: Paper) -> Iterator[WordsLeft]:
    for one in Petition.objects.filter(paper=paper).order_by("pk"):
        yield from words_of_petition(one)
        yield text_of(f"Đơn {one.number}: chỗ cụ thể", one, "spot", 200)
    matters = VisitMatter.objects.filter(visit__paper=paper).select_related("visit")
    for n, matter in enumerate(matters.order_by("pk"), start=1):
        yield from words_of_matter(n, matter)
    for visit in ReceptionVisit.objects.filter(paper=paper):
        yield from words_of_visit(visit)


def words_of_petition(other: Petition) -> Iterator[WordsLeft]:
    """The texts of one petition, and of what the ledger and the codes repeat of it."""
    where = f"Đơn {other.number}"
    yield text_of(f"{where}: tóm tắt", other, "title", 300, needed=True)
    yield text_of(f"{where}: nội dung", other, "text")
    yield text_of(f"{where}: quyết định bị khiếu nại", other, "decision_symbol", 120)
    yield text_of(f"{where}: trả lời", other, "answer", needed=True)
    for one in other.requests.all():
        name = f"{where}, yêu cầu {one.number}"
        yield text_of(name, one, "words", 600, needed=True)
        yield text_of(f"{name}: trả lời", one, "reply", needed=True)
        yield text_of(f"{name}: căn cứ", one, "basis", 300)
    # where it was split, the numbers stand that the act itself takes out
    for step in other.steps.filter(~Q(kind=StepKind.SPLIT)):
        yield text_of(f"{where}, diễn biến: {step.get_kind_display()}", step, "words", 600)
    yield from (
        text_of(f"{where}: lần trả lời {one.on:%d/%m/%Y}", one, "text", needed=True)
        for one in other.answers.all()
    )
    yield from (
        text_of(f"{where}: lý do chuyển", one, "reason", 300, needed=True)
        for one in other.transfers.all()
    )
    asked = list(other.requests.values_list("pk", flat=True))
    for copy in copies_of(SUBJECT, other.pk, source_kind=REQUEST_SOURCE, source_ids=asked):
        yield text_of(
            f"{where}, {copy.label}", copy.row, copy.column, copy.most, needed=copy.needed
        )


def text_of(
    label: str, row: "Own | Commitment | FollowCode | FollowedCommitment", column: str, most: int = LONG, *,
    needed: bool = False,
) -> WordsLeft:  # fmt: skip
    """One column of a row."""
    key = f"{row._meta.model_name}-{row.pk}-{column}"
    return WordsLeft(key, label, getattr(row, column), row, column, most, needed)
