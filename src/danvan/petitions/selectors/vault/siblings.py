"""What stays in the ordinary tables where one matter of a mixed paper goes into the vault: words and files to be looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.commitments.selectors.copies import copies_of
from danvan.petitions.enums import REQUEST_SOURCE, SUBJECT, StepKind
from danvan.petitions.models import (
    Cluster,
    PaperFile,
    Petition,
    PetitionAnswer,
    PetitionFile,
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
    """One text that stays: where it stands, what it says now, whether it may be emptied."""

    key: str
    label: str
    words: str
    row: "Own | Commitment | FollowCode | FollowedCommitment"
    column: str
    most: int = LONG
    needed: bool = False


@dataclass(frozen=True, slots=True)
class FileLeft:
    """One file that stays with the paper or a sibling, if it is said to hold nothing of what is moved in."""

    key: str
    label: str
    row: PaperFile | PetitionFile


def siblings_of(petition: Petition) -> list[Petition]:
    """The other petitions of its paper."""
    return list(
        Petition.objects.filter(paper=petition.paper).exclude(pk=petition.pk).order_by("pk")
    )


def matters_left(petition: Petition) -> list[VisitMatter]:
    """The other matters of the visit by which it came in, whatever became of them."""
    rows = VisitMatter.objects.filter(visit__paper=petition.paper)
    return list(rows.exclude(petition=petition).select_related("visit").order_by("pk"))


def clusters_left(petition: Petition) -> list[Cluster]:
    """The clusters in which it or another of its paper stands and that stay: somebody else is in them too."""
    of_paper = Petition.objects.filter(paper=petition.paper).exclude(cluster=None)
    others = Petition.objects.exclude(pk=petition.pk)
    found = Cluster.objects.filter(pk__in=of_paper.values("cluster"))
    return list(found.filter(pk__in=others.exclude(cluster=None).values("cluster")).order_by("pk"))


def is_mixed(petition: Petition) -> bool:
    """Whether anything of its paper stays when it goes."""
    return bool(siblings_of(petition) or matters_left(petition))


def words_left(petition: Petition) -> list[WordsLeft]:
    """Every text of what stays that may repeat what goes: of the rest of its paper, of the work and the codes given for that,
    of clusters; none where the paper goes whole and stood in no cluster with others.
    """
    return [one for one in _every(petition) if one.words]


def files_left(petition: Petition) -> list[FileLeft]:
    """The files that may stay: of the paper, and of its other petitions; none where the paper goes whole."""
    if not is_mixed(petition):
        return []
    found = [
        FileLeft(f"paper-{one.pk}", f"Tệp {n} của đơn", one)
        for n, one in enumerate(petition.paper.files.select_related("file__key"), start=1)
    ]
    for other in siblings_of(petition):
        found += [
            FileLeft(f"petition-{one.pk}", f"Đơn {other.number}, tệp {n}", one)
            for n, one in enumerate(other.files.select_related("file__key"), start=1)
        ]
    return found


def _every(petition: Petition) -> Iterator[WordsLeft]:
    for other in siblings_of(petition):
        yield from _of_petition(other)
    for cluster in clusters_left(petition):
        yield _left(f"Nhóm {cluster.number}: về việc", cluster, "title", 300, needed=True)
        yield _left(f"Nhóm {cluster.number}: trả lời chung", cluster, "answer", needed=True)
    matters = matters_left(petition)
    for n, one in enumerate(matters, start=1):
        for column, label, most in (
            ("title", "tóm tắt", 300), ("settled_by", "cơ quan đã giải quyết", 200),
            ("guided_to", "hướng dẫn đến", 200), ("answer", "trả lời", LONG),
        ):  # fmt: skip
            needed = column in ("title", "guided_to")
            yield _left(
                f"Sổ tiếp công dân, nội dung {n}: {label}", one, column, most, needed=needed
            )
    mixed = matters or siblings_of(petition)
    for visit in ReceptionVisit.objects.filter(paper=petition.paper) if mixed else ():
        yield _left("Sổ tiếp công dân: giấy tờ đã nhận", visit, "documents")
        yield _left("Sổ tiếp công dân: lý do từ chối", visit, "refusal_why", 500, needed=True)


def _of_petition(other: Petition) -> Iterator[WordsLeft]:
    where = f"Đơn {other.number}"
    yield _left(f"{where}: tóm tắt", other, "title", 300, needed=True)
    yield _left(f"{where}: nội dung", other, "text")
    yield _left(f"{where}: quyết định bị khiếu nại", other, "decision_symbol", 120)
    yield _left(f"{where}: trả lời", other, "answer", needed=True)
    for one in other.requests.all():
        name = f"{where}, yêu cầu {one.number}"
        yield _left(name, one, "words", 600, needed=True)
        yield _left(f"{name}: trả lời", one, "reply", needed=True)
        yield _left(f"{name}: căn cứ", one, "basis", 300)
    # where it was split, the numbers stand that the act itself takes out
    for step in other.steps.filter(~Q(kind=StepKind.SPLIT)):
        yield _left(f"{where}, diễn biến: {step.get_kind_display()}", step, "words", 600)
    yield from (
        _left(f"{where}: lần trả lời {one.on:%d/%m/%Y}", one, "text", needed=True)
        for one in other.answers.all()
    )
    yield from (
        _left(f"{where}: lý do chuyển", one, "reason", 300, needed=True)
        for one in other.transfers.all()
    )
    asked = list(other.requests.values_list("pk", flat=True))
    for copy in copies_of(SUBJECT, other.pk, source_kind=REQUEST_SOURCE, source_ids=asked):
        yield _left(f"{where}, {copy.label}", copy.row, copy.column, copy.most, needed=copy.needed)


def _left(
    label: str, row: "Own | Commitment | FollowCode | FollowedCommitment", column: str, most: int = LONG, *,
    needed: bool = False,
) -> WordsLeft:  # fmt: skip
    key = f"{row._meta.model_name}-{row.pk}-{column}"
    return WordsLeft(key, label, getattr(row, column), row, column, most, needed)
