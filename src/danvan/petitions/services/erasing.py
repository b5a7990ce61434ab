"""Who petitioned is erased, at their own request or at the end of its keeping.

Erasing destroys the key under which the person is sealed, and those of the papers that nobody else signed: what was copied
before, in a backup too, cannot be read any more. What the office did stays: the petition, its answer, its history.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit, clock
from danvan.foundation.sealing import destroy
from danvan.petitions.models import DataRequest, Paper, Petition, Petitioner
from danvan.petitions.services.comparing import let_go_of_texts
from danvan.petitions.services.publishing import ERASED, hide_of
from danvan.petitions.services.rows import index

if TYPE_CHECKING:
    from danvan.accounts.models import User

BATCH = 200


@transaction.atomic
def erase_petitioner(person: Petitioner, *, actor: "User | None") -> None:
    """Destroy what tells who this is: their key, the keys and texts of papers that nobody else signed."""
    destroy(person.key)
    person.id_mark, person.name_mark, person.erased_on = None, b"", clock.today()
    person.save(update_fields=["id_mark", "name_mark", "erased_on"])
    mine = Paper.objects.filter(signatures__petitioner=person)
    for petition in Petition.objects.filter(paper__in=mine):
        hide_of(petition, ERASED, actor=actor)
    alone = mine.exclude(signatures__petitioner__erased_on=None).distinct()
    for paper in alone.select_related("key"):
        if paper.key is not None and paper.key.destroyed_at is None:
            destroy(paper.key)
        for petition in paper.petitions.all():
            petition.text = ""
            petition.save(update_fields=["text"])
            index(petition)
    let_go_of_texts()
    person.data_requests.update(wanted="", agent=b"", agent_paper=b"")
    audit.record(actor, "petitions.erase_petitioner", person)


def erase_old_petitioners(*, most: int = BATCH) -> int:
    """Erase who petitioned long ago: the last of their petitions was closed, and the last of their papers came in, longer ago
    than the setting says; how many. Who came to a reception petitions by a paper too, whatever became of it.
    """
    years = settings.DANVAN_KEEP_PETITIONERS_YEARS
    if not years:
        return 0
    today = clock.today()
    before = today - timedelta(days=365 * years + years // 4)
    recent = Petition.objects.filter(closed_on=None) | Petition.objects.filter(
        closed_on__gte=before
    )
    kept = Paper.objects.filter(Q(petitions__in=recent) | Q(received_on__gte=before))
    asking = DataRequest.objects.filter(ended_on=None).values("petitioner")
    old = Petitioner.objects.filter(erased_on=None, signatures__isnull=False)
    old = old.exclude(pk__in=asking)
    found = old.exclude(signatures__paper__in=kept).distinct().select_related("key").order_by("pk")
    done = 0
    for person in list(found[:most]):
        erase_petitioner(person, actor=None)
        done += 1
    return done
