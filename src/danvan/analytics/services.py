"""Signing a summary report: computed anew, refused with the list of what does not add up, else frozen and registered."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from danvan.accounts.selectors import reaches
from danvan.analytics.checks import check_summary, gaps_of
from danvan.analytics.docx_review import to_docx
from danvan.analytics.events import ReviewSigned
from danvan.analytics.freezing import freeze
from danvan.analytics.heads import head_of
from danvan.analytics.models import Review
from danvan.analytics.selectors import edition_words
from danvan.analytics.summary import Summary, compose_summary
from danvan.documents.enums import DocumentType
from danvan.documents.services import register_issued_document
from danvan.foundation import audit, clock, events, numbering
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Period
from danvan.indicators.services import recompute_dirty
from danvan.organisations.selectors import identities
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit


@transaction.atomic
def sign_review(
    unit_id: int,
    period: Period,
    *,
    actor: "User",
    seen: int | None = None,
    reading: Reading = THEN,
) -> Review:
    """Sign the summary report of a place for a period, keep its figures for good and enter it into the register.

    Everything is composed in the reading asked for and counted again now; the report keeps which it was. RuleError with a Fault for each sum that fails, and then
    nothing is kept. Signed before: a new edition that replaces the last. `seen` is the number of the last
    edition as the signer's page showed it (0: none); signed by somebody else since is refused.
    """
    if not reaches(actor, "reports.sign", unit_id):
        raise RuleError(
            "Đồng chí chưa được ký báo cáo của đơn vị này. Đồng chí vui lòng trình người có quyền ký."
        )
    number = numbering.next_number(f"analytics.review:{unit_id}:{period.code}")
    last = Review.objects.filter(unit_id=unit_id, period=period.code).order_by("-number").first()
    _refuse_signed_since(last, seen)
    settle_figures()
    summary = compose_summary(unit_id, period, reading=reading)
    checks = check_summary(summary, thorough=True)
    gaps = gaps_of(checks)
    if gaps:
        raise RuleError(
            f"Chưa ký được: {len(gaps)} số liệu không khớp. Đồng chí vui lòng sửa rồi ký lại.",
            faults=[Fault(gap.sentence, column=gap.key) for gap in gaps],
        )
    issuer = _issuer(unit_id, summary)
    summary.signer = "\n".join(filter(None, (actor.position, str(actor))))
    summary.edition = edition_words(number, last)
    document = register_issued_document(
        unit=issuer,
        document_type=DocumentType.REPORT,
        abstract=" ".join(filter(None, (_abstract(summary), summary.edition))),
        issued_on=clock.today(),
        signer=str(actor),
        content=to_docx(summary),
        name=f"bao-cao-{unit_id}-{period.code}-ban-{number}.docx",
        actor=actor,
        action="reports.sign",
    )
    assert document.file_id is not None
    review = Review.objects.create(
        unit_id=unit_id,
        period=period.code,
        number=number,
        replaces=last,
        as_of=summary.as_of,
        content=freeze(summary),
        checks=[{"label": one.label, "tried": one.tried, "note": one.note} for one in checks],
        file_id=document.file_id,
        document=document,
        signed_by=actor,
        signed_at=clock.now(),
    )
    audit.record(actor, "analytics.sign_review", review, unit_id=unit_id, document_id=document.pk)
    events.publish(
        ReviewSigned(review_id=review.pk, unit_id=unit_id, replaces_id=last.pk if last else None)
    )
    return review


def settle_figures() -> None:
    """Have the roll-up take in what came within the last seconds, before a report is held against the values."""
    while recompute_dirty():
        pass


def _abstract(summary: Summary) -> str:
    return f"Báo cáo {summary.subject}"


def _refuse_signed_since(last: Review | None, seen: int | None) -> None:
    """Two leaders at once: the second is told of the first, and reads that edition before signing another."""
    number = last.number if last else 0
    if seen is not None and seen != number and last is not None:
        raise RuleError(
            f"Đồng chí {last.signed_by} vừa ký bản {number} của báo cáo này ngày "
            f"{format_date(timezone.localdate(last.signed_at))}. Đồng chí vui lòng xem bản đó trước khi ký bản mới."
        )


def _issuer(unit_id: int, summary: Summary) -> "Unit":
    """The organisation whose register the report goes into."""
    issuer_id = head_of(unit_id, summary.unit_name, summary.as_of).issuer_id
    if issuer_id is None:
        raise RuleError(
            "Đơn vị này chưa có ban tham mưu hay cấp ủy trong sổ đơn vị để ban hành báo cáo. "
            "Đồng chí vui lòng bổ sung vào sổ đơn vị trước khi ký."
        )
    return identities([issuer_id])[issuer_id]
