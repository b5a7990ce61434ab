"""Clusters as pages show them: what they are about, who is in, what each member still waits for."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.petitions.enums import ANSWERED_KINDS
from danvan.petitions.models import Cluster, Petition
from danvan.petitions.moves import MOVES
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

VIEW = "petitions.view"
SAME_WORDS = (
    0.6  # requests that share as many of their words ask the same, where their figures are the same
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """One cluster with its members that the reader may see, and how many wait for what."""

    cluster: Cluster
    members: tuple[Petition, ...]
    more: int
    total: int
    to_accept: int
    to_answer: int
    answered: int
    replied: Petition | None  # whose requests were answered: the answer to all is drafted from them


def allowed_clusters(user: "User", action: str = VIEW) -> QuerySet[Cluster]:
    """Clusters of units where `user` may do `action`, each with the number of its members (`number_of`)."""
    found = Cluster.objects.filter(unit_id__in=units_granted(user, action))
    return found.annotate(number_of=Count("petitions"))


def waiting_members(cluster: Cluster | None = None) -> QuerySet[Petition]:
    """Members that an answer is owed to by the unit of their cluster, of one cluster or of all: those that went elsewhere or
    became complaints wait for no answer of it.
    """
    found = Petition.objects.filter(cluster=cluster) if cluster else Petition.objects.all()
    ours = found.filter(unit_id=F("cluster__unit_id"), kind__in=ANSWERED_KINDS)
    return ours.filter(answered_on=None, closed_on=None)


def cluster_card(user: "User", pk: int, *, most: int = 200) -> ClusterCard:
    """One cluster; Cluster.DoesNotExist where `user` may not see it. Petitions against `user` are not shown or counted."""
    cluster = allowed_clusters(user).select_related("unit").get(pk=pk)
    members = Petition.objects.allowed(user, VIEW).filter(cluster=cluster)
    counts = members.aggregate(
        total=Count("pk"),
        to_accept=Count("pk", filter=Q(state__in=MOVES["accept"].sources)),
        to_answer=Count("pk", filter=Q(state__in=MOVES["answer"].sources)),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
    )
    shown = tuple(members.select_related("paper").order_by("received_on", "pk")[:most])
    replied = members.filter(requests__replied_on__isnull=False).order_by("pk").first()
    return ClusterCard(cluster, shown, counts["total"] - len(shown), **counts, replied=replied)


def asks_the_same(one: str, other: str) -> bool:
    """Whether two requests ask the same: nearly the same words without tones, and the same figures."""
    first, second = _WORD.findall(fold(one)), _WORD.findall(fold(other))
    if first == second:
        return True
    if [word for word in first if word.isdigit()] != [word for word in second if word.isdigit()]:
        return False
    return len({*first} & {*second}) >= SAME_WORDS * len({*first} | {*second})
