"""What stays in the ordinary tables where one matter of a mixed paper goes into the vault: words and files to be looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

from danvan.petitions.models import (
    Cluster,
    PaperFile,
    Petition,
    PetitionFile,
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.selectors.paper_words import (
    WordsLeft,
    text_of,
    words_of_matter,
    words_of_petition,
    words_of_visit,
)


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
        yield from words_of_petition(other)
    for cluster in clusters_left(petition):
        yield text_of(f"Nhóm {cluster.number}: về việc", cluster, "title", 300, needed=True)
        yield text_of(f"Nhóm {cluster.number}: trả lời chung", cluster, "answer", needed=True)
    matters = matters_left(petition)
    for n, one in enumerate(matters, start=1):
        yield from words_of_matter(n, one)
    mixed = matters or siblings_of(petition)
    for visit in ReceptionVisit.objects.filter(paper=petition.paper) if mixed else ():
        yield from words_of_visit(visit)
