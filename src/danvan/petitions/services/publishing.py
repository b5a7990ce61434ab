"""What becomes public of proposals and feedback: asked by whoever sent them, looked through by a person, taken down for a reason."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from danvan.foundation import audit, clock, events, search
from danvan.foundation.covering import cover_faults
from danvan.foundation.errors import Fault, RuleError, SealingError
from danvan.foundation.numbering import next_number
from danvan.petitions.enums import ANSWERED_KINDS, StepKind
from danvan.petitions.events import PetitionHidden, PetitionShown
from danvan.petitions.models import Petition, PublicPetition
from danvan.petitions.publishing_enums import HIDDEN, OWN_WISH, PARTS, Showing
from danvan.petitions.selectors.publishing import denounces, sender_words, words_to_show
from danvan.petitions.services import rows
from danvan.reading.covering import Covering, kept_spans
from danvan.reading.redacting import PrivateSpan, known_spans, redact

if TYPE_CHECKING:
    from danvan.accounts.models import User

NOT_THIS_KIND = "Chỉ kiến nghị, phản ánh được công khai; khiếu nại, tố cáo thì không. Đồng chí vui lòng xem lại loại đơn."
NO_KEY = "Chưa mở được kho khóa nên chưa kiểm tra được chỗ nêu người gửi. Đồng chí vui lòng duyệt lại khi tệp khóa đã sẵn sàng."
DENOUNCES = (
    "Lời này giống tố cáo, mà tố cáo thì không công khai. Đồng chí vui lòng mở đơn và chuyển vào vùng niêm phong; nếu đã xem kỹ "
    "và chắc không phải tố cáo thì đánh dấu ô xác nhận rồi bấm lại."
)
TITLE_LETTERS = 400
ERASED = "Dữ liệu của người gửi đã được xóa."
COMPLAINT = "Đơn được phân loại lại thành khiếu nại."
NOT_WANTED = (
    "Người gửi không muốn công khai nữa. Khi nào người gửi nói lại là muốn công khai, đồng chí vui lòng bấm “Người gửi muốn "
    "công khai” ở trang của đơn rồi mới duyệt."
)


@transaction.atomic
def ask_to_publish(petition: Petition, *, on: date, actor: "User | None") -> PublicPetition:
    """Note that whoever sent it wishes everybody to read it: an officer has to look through its words by the day that the
    house set. Asked again it stays as it is; where its sender took the wish back before, it may be looked through again.
    """
    petition = rows.locked(petition)
    if petition.kind not in ANSWERED_KINDS:
        raise RuleError(NOT_THIS_KIND)
    found = PublicPetition.objects.filter(petition=petition).first()
    if found is not None:
        if _wish(petition):
            audit.record(actor, "petitions.ask_to_publish", petition)
        return found
    rows.refuse(rows.day_faults(on, column="on", since=petition.received_on, what="ngày nhận"))
    made = PublicPetition.objects.create(petition=petition, asked_on=on, due_on=_by(on))
    _wish(petition)
    audit.record(actor, "petitions.ask_to_publish", petition)
    return made


@transaction.atomic
def take_wish_back(petition: Petition, *, actor: "User | None") -> Petition:
    """Whoever sent it wishes no longer that everybody reads it: its words leave the public pages at once, or never get there,
    until they wish it again.
    """
    petition = rows.locked(petition)
    if not petition.wants_public:
        return petition
    petition.wants_public = False
    hide_of(petition, OWN_WISH, actor=actor)
    rows.save(petition, "wants_public")
    audit.record(actor, "petitions.take_wish_back", petition)
    return petition


@transaction.atomic
def publish_petition(
    row: PublicPetition, covering: Covering, *, actor: "User | None", seen: int | None = None, of: int | None = None,
    plain: bool = False,
) -> PublicPetition:  # fmt: skip
    """Let everybody read its words, covered as this officer confirms; again after they changed. Answered or not.

    `of` is how the petition stood when its words were shown to the officer: spans fit no other words. What its record holds
    of the sender is never left open. Where its words sound as a denunciation does, the officer says (`plain`) that it is none.
    """
    row, petition = _locked(row, seen, of)
    if row.state in HIDDEN:
        raise RuleError(
            "Nội dung này đã thôi công khai. Đồng chí vui lòng đưa về chờ duyệt trước khi công khai lại."
        )
    texts = words_to_show(petition)
    spans = {part: covering.covered(texts[part], part) for part in PARTS}
    rows.refuse(
        [
            *cover_faults(covering.strays(texts), covering.unseen(texts)),
            *_open_faults(petition, texts, spans),
            *([] if plain or not denounces(texts) else [Fault(DENOUNCES, column="plain")]),
        ]
    )
    row.title, row.text, row.answer = (redact(texts[part], spans[part]) for part in PARTS)
    row.title = row.title[:TITLE_LETTERS]  # a cover may be longer than the name
    row.title_spans, row.text_spans, row.answer_spans = (kept_spans(spans[part]) for part in PARTS)
    row.answer_on = petition.answered_on if row.answer else None
    first = row.state != Showing.SHOWN
    row.shown_on = clock.today() if first else row.shown_on
    row.number = row.number or _number(clock.today())
    row.state, row.again_on, row.reason = Showing.SHOWN, None, ""
    _decide(row, actor)
    search.index(
        row, "\n".join(one for one in (row.number, row.title, row.text, row.answer) if one)
    )
    words = f"Số công khai {row.number}" if first else f"Duyệt lại, số công khai {row.number}"
    rows.step(petition, StepKind.SHOWN, on=clock.today(), actor=actor, words=words)
    audit.record(actor, "petitions.publish", petition)
    events.publish(PetitionShown(petition_id=petition.pk))
    return row


@transaction.atomic
def decline_publication(
    row: PublicPetition, *, reason: str, actor: "User", seen: int | None = None
) -> PublicPetition:
    """It does not become public, for a reason that whoever sent it is told."""
    row, petition = _locked(row, seen)
    if row.state != Showing.WAITING:
        raise RuleError("Chỉ nội dung đang chờ duyệt mới ghi không công khai được.")
    _hide(row, petition, Showing.DECLINED, _reason(reason), actor)
    audit.record(actor, "petitions.decline_publication", petition)
    return row


@transaction.atomic
def unpublish_petition(
    row: PublicPetition, *, reason: str, actor: "User | None", seen: int | None = None
) -> PublicPetition:
    """Nobody reads it any more, for a reason; its words leave the public row at once."""
    row, petition = _locked(row, seen)
    if row.state != Showing.SHOWN:
        raise RuleError("Nội dung này không còn công khai nữa, đồng chí vui lòng tải lại trang.")
    _hide(row, petition, Showing.TAKEN_DOWN, _reason(reason), actor)
    audit.record(actor, "petitions.unpublish", petition)
    return row


@transaction.atomic
def moderate_again(
    row: PublicPetition, *, actor: "User", seen: int | None = None
) -> PublicPetition:
    """What was declined or taken down waits for a decision again; that of an erased sender never does."""
    row, petition = _locked(row, seen)
    if row.state not in HIDDEN:
        raise RuleError("Nội dung này đang chờ duyệt hoặc đang công khai rồi.")
    if petition.paper.signatures.filter(petitioner__erased_on__isnull=False).exists():
        raise RuleError(f"{ERASED} Nội dung này không công khai lại.")
    if not petition.wants_public:
        raise RuleError(NOT_WANTED)
    row.state, row.reason, row.due_on = Showing.WAITING, "", _by(clock.today())
    _decide(row, actor)
    audit.record(actor, "petitions.moderate_again", petition)
    return row


def words_changed(petition_ids: Collection[int], *, on: date) -> None:
    """Words of what is shown changed, an answer came: it is to be looked through again, and stays as it was till then.

    For the acts on petitions, in their transaction.
    """
    shown = PublicPetition.objects.filter(petition__in=petition_ids, state=Showing.SHOWN)
    shown.update(again_on=on, due_on=_by(on), changes=F("changes") + 1)


def hide_of(petition: Petition, reason: str, *, actor: "User | None") -> None:
    """Take it out of public where it is or was to be: it became a complaint, or its sender was erased. What never stood there
    is not taken down: it does not become public. For the acts that do that, in their transaction.
    """
    found = PublicPetition.objects.select_for_update(of=("self",), no_key=True)
    row = found.filter(petition=petition).exclude(state__in=HIDDEN).first()
    if row is not None:
        stood = row.shown_on is not None
        _hide(row, petition, Showing.TAKEN_DOWN if stood else Showing.DECLINED, reason, actor)
        act = "petitions.unpublish" if stood else "petitions.decline_publication"
        audit.record(actor, act, petition)


def _wish(petition: Petition) -> bool:
    """Note that its sender wishes it, said to an officer where no form has it; whether that is new."""
    if petition.wants_public:
        return False
    petition.wants_public = True
    petition.save(update_fields=["wants_public"])
    return True


def _locked(
    row: PublicPetition, seen: int | None, of: int | None = None
) -> tuple[PublicPetition, Petition]:
    petition = rows.locked(row.petition, seen=of)
    found = PublicPetition.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            "Có người vừa duyệt nội dung này. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    if petition.kind not in ANSWERED_KINDS:
        raise RuleError(NOT_THIS_KIND)
    found.petition = petition
    return found, petition


def _hide(
    row: PublicPetition, petition: Petition, state: Showing, reason: str, actor: "User | None"
) -> None:
    """Its words go, and with them what was found by them; the number is never given to another."""
    row.state, row.reason, row.again_on = state, reason, None
    row.title = row.text = row.answer = ""
    row.title_spans, row.text_spans, row.answer_spans, row.answer_on = [], [], [], None
    _decide(row, actor)
    search.forget(row)
    kind = StepKind.DECLINED if state == Showing.DECLINED else StepKind.UNSHOWN
    rows.step(petition, kind, on=clock.today(), actor=actor, words=reason)
    events.publish(PetitionHidden(petition_id=petition.pk))


def _decide(row: PublicPetition, actor: "User | None") -> None:
    row.decided_on, row.decided_by = clock.today(), actor
    row.changes += 1
    row.save()


def _reason(reason: str) -> str:
    missing = "Đồng chí vui lòng ghi lý do, người gửi đọc được lý do này."
    words, faults = rows.words_of(reason, column="reason", missing=missing, most=500)
    rows.refuse(faults)
    return words


def _open_faults(
    petition: Petition, texts: Mapping[str, str], spans: Mapping[str, Sequence[PrivateSpan]]
) -> list[Fault]:
    """Where what the record holds of the sender would be read by everybody."""
    try:
        known = sender_words(petition)
    except SealingError:
        return [Fault(NO_KEY)]
    faults = []
    for part, label in PARTS.items():
        if any(known_spans(redact(texts[part], spans[part]), known)):
            told = f"{label} còn chỗ nêu người gửi chưa che. Đồng chí vui lòng giữ dấu chọn ở các chỗ ấy."
            faults.append(Fault(told, column=part))
    return faults


def _number(on: date) -> str:
    return f"YK-{on.year}-{next_number(f'petitions.public.{on.year}'):04}"


def _by(on: date) -> date:
    """The day by which what was asked on `on` has to be looked through."""
    return on + timedelta(days=settings.DANVAN_PUBLISH_DAYS)
