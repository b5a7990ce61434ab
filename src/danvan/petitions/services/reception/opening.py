"""Open who came on the rows of the register that are shown or printed: for a purpose, kept for every paper among them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault
from danvan.petitions.enums import Opening
from danvan.petitions.models import IdentityOpening, Paper, VisitMatter, VisitMatterQuerySet
from danvan.petitions.reception_enums import RECEIVED_ACTION
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_OPENED = 2_000  # rows of one print


@transaction.atomic
def open_register(found: VisitMatterQuerySet, *, purpose: str, actor: "User") -> int:
    """Let `actor` see who came on these rows for a short while; each paper keeps who opened it and what for."""
    faults = []
    if purpose not in Opening.values:
        faults.append(Fault("Đồng chí vui lòng chọn mở danh tính để làm gì.", column="purpose"))
    own = VisitMatter.objects.allowed(actor, RECEIVED_ACTION)
    visits = found.filter(pk__in=own.values("pk")).order_by().values("visit_id")
    papers = list(Paper.objects.filter(reception_visit__in=visits)[: MOST_OPENED + 1])
    if len(papers) > MOST_OPENED:
        most = format_number(MOST_OPENED)
        faults.append(Fault(f"Mỗi lần mở tối đa {most} lượt; đồng chí vui lòng chọn ít ngày hơn."))
    if not papers:
        faults.append(Fault("Không có lượt tiếp nào để đồng chí mở danh tính."))
    refuse(faults)
    now = clock.now()
    until = now + timedelta(minutes=settings.DANVAN_IDENTITY_MINUTES)
    IdentityOpening.objects.bulk_create(
        [
            IdentityOpening(paper=one, by=actor, purpose=purpose, at=now, until=until)
            for one in papers
        ],
        batch_size=500,
    )
    audit.record_each(
        actor, "petitions.open_register", [(one, {"purpose": purpose}) for one in papers]
    )
    return len(papers)
