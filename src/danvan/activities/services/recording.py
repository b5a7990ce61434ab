"""Record what was done, add its evidence, withdraw what was recorded in error."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from danvan.accounts.selectors import units_granted
from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity, ActivityEvidence, ActivityPartner
from danvan.foundation import audit, clock, files, search
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Sort
from danvan.organisations.selectors.spans import UnitLife, ids_among, lives_of
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

EARLIEST = date(
    1930, 2, 3
)  # nothing of this work is older; a day before it is a slip of the keyboard
MOST = 10_000_000  # people or opinions of one activity; more is a slip of the keyboard
LENGTHS = {"title": 400, "place": 200, "summary": 10_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One activity as stated, before it is recorded. None for a count that is not known."""

    unit_id: int
    kind: str
    title: str
    held_on: date
    place: str = ""
    quantity: int = 1
    attendance: int | None = None
    persons: int | None = None
    opinions: int | None = None
    summary: str = ""
    partner_ids: tuple[int, ...] = ()
    import_key: str = ""
    source_kind: str = ""
    source_id: int | None = None
    source_start: int | None = None
    source_end: int | None = None


@transaction.atomic
def record_activity(
    *,
    unit: "Unit",
    kind: str,
    title: str,
    held_on: date,
    actor: "User | None",
    place: str = "",
    quantity: int = 1,
    attendance: int | None = None,
    persons: int | None = None,
    opinions: int | None = None,
    summary: str = "",
    partners: Sequence["Unit"] = (),
    evidence: Sequence[tuple[str, bytes]] = (),
) -> Activity:
    """Record one activity of the organisation that led it. `evidence` are (file name, bytes) pairs."""
    draft = Draft(
        unit_id=unit.pk,
        kind=kind,
        title=title,
        held_on=held_on,
        place=place,
        quantity=quantity,
        attendance=attendance,
        persons=persons,
        opinions=opinions,
        summary=summary,
        partner_ids=tuple(partner.pk for partner in partners),
    )
    return record_draft(draft, evidence=evidence, actor=actor)


@transaction.atomic
def record_draft(
    draft: Draft, *, evidence: Sequence[tuple[str, bytes]] = (), actor: "User | None"
) -> Activity:
    """Record one draft with its evidence. A draft sent twice with the same `import_key` is recorded once."""
    faults = faults_of([draft], actor=actor)[0]
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    sent = _sent_before(draft)
    if (known := sent.first()) is not None:
        return known
    try:
        with transaction.atomic():
            activity = _written([draft], actor=actor)[0]
    except IntegrityError:  # the same form a moment earlier
        return sent.get()
    for name, content in evidence:
        _attach(activity, name, content, actor=actor)
    audit.record(actor, "activities.record", activity, unit_id=activity.unit_id)
    return activity


@transaction.atomic
def record_activities(drafts: Sequence[Draft], *, actor: "User | None") -> list[Activity]:
    """Record many activities at once, all or none; queries do not grow with their number.

    The faults carry the place of each draft in `row`, counted from 1.
    """
    faults = [
        Fault(fault.message, row, fault.column)
        for row, found in enumerate(faults_of(drafts, actor=actor), start=1)
        for fault in found
    ]
    if faults:
        raise RuleError(
            f"Có {format_number(len(faults))} lỗi nên chưa ghi hoạt động nào.", faults=faults
        )
    if not drafts:
        return []
    try:
        with transaction.atomic():
            activities = _written(drafts, actor=actor)
    except IntegrityError:
        raise RuleError(
            "Có người vừa ghi những hoạt động này. Đồng chí vui lòng gửi lại để biết dòng nào đã ghi."
        ) from None
    audit.record(
        actor, "activities.record_many", activities[0], ids=[activity.pk for activity in activities]
    )
    return activities


@transaction.atomic
def add_evidence(
    activity: Activity, *, name: str, content: bytes, actor: "User | None"
) -> ActivityEvidence:
    """Add a file that shows the activity took place. The same file twice is kept once."""
    activity = _locked(activity)
    if activity.withdrawn_at is not None:
        raise RuleError("Hoạt động này đã rút nên không thêm minh chứng được nữa.")
    evidence = _attach(activity, name, content, actor=actor)
    audit.record(actor, "activities.add_evidence", activity, file_id=evidence.file_id)
    return evidence


@transaction.atomic
def add_files(
    activity: Activity, *, evidence: Sequence[tuple[str, bytes]], actor: "User | None"
) -> list[ActivityEvidence]:
    """Add several files, all or none; `evidence` are (file name, bytes) pairs."""
    return [
        add_evidence(activity, name=name, content=content, actor=actor)
        for name, content in evidence
    ]


@transaction.atomic
def withdraw_activity(activity: Activity, *, why: str, actor: "User | None") -> Activity:
    """Withdraw what was recorded in error: it counts no more, and stays to be read with the reason."""
    activity = _locked(activity)
    why = canonical(why).strip()
    if activity.withdrawn_at is not None:
        raise RuleError("Hoạt động này đã rút trước đó rồi.")
    if not why:
        raise RuleError("Đồng chí vui lòng ghi lý do rút hoạt động này.")
    if len(why) > 300:
        raise RuleError("Lý do dài quá 300 ký tự, đồng chí vui lòng viết gọn lại.")
    activity.withdrawn_at, activity.withdrawn_why = clock.now(), why
    activity.save(update_fields=["withdrawn_at", "withdrawn_why"])
    audit.record(actor, "activities.withdraw", activity, unit_id=activity.unit_id)
    return activity


def faults_of(drafts: Sequence[Draft], *, actor: "User | None") -> list[list[Fault]]:
    """What is wrong with each draft; the column is the name of its field. Four queries for any number."""
    lives = lives_of(
        {draft.unit_id for draft in drafts} | {p for d in drafts for p in d.partner_ids}
    )
    within = _granted({draft.unit_id for draft in drafts}, actor)
    today = clock.today()
    return [
        [
            *_unit_faults(draft, lives, within),
            *_day_faults(draft, today),
            *_text_faults(draft),
            *_count_faults(draft),
        ]
        for draft in drafts
    ]


def _granted(unit_ids: Collection[int], actor: "User | None") -> set[int]:
    """Those of the units for which `actor` may record. Without an actor (a command): all."""
    if actor is None:
        return set(unit_ids)
    return ids_among(unit_ids, units_granted(actor, "activities.record"))


def _unit_faults(draft: Draft, lives: dict[int, UnitLife], within: set[int]) -> Iterable[Fault]:
    if draft.unit_id not in lives:
        yield Fault("Đồng chí vui lòng chọn đơn vị chủ trì.", column="unit")
        return
    life = lives[draft.unit_id]
    if life.sort != Sort.ORGANISATION:
        yield Fault(
            "Đồng chí vui lòng chọn tổ chức chủ trì (cấp ủy, Mặt trận, ...), không chọn địa bàn.",
            column="unit",
        )
    if draft.unit_id not in within:
        yield Fault("Đơn vị này ngoài phạm vi đồng chí được ghi hoạt động.", column="unit")
    if sentence := _absent(draft.held_on, life):
        yield Fault(f"Đơn vị chủ trì {sentence}", column="unit")
    for partner in draft.partner_ids:
        if partner not in lives:
            yield Fault("Không tìm thấy đơn vị phối hợp đã chọn.", column="partners")
        elif partner == draft.unit_id:
            yield Fault("Đơn vị chủ trì không ghi lại ở đơn vị phối hợp.", column="partners")
        elif sentence := _absent(draft.held_on, lives[partner]):
            yield Fault(f"Một đơn vị phối hợp {sentence}", column="partners")


def _absent(day: date, life: UnitLife) -> str:
    if day < life.founded_on:
        return f"chưa thành lập vào ngày {format_date(day)} (có từ {format_date(life.founded_on)})."
    if life.ended_on is not None and day >= life.ended_on:
        return f"đã kết thúc trước ngày {format_date(day)} (đến {format_date(life.ended_on)})."
    return ""


def _day_faults(draft: Draft, today: date) -> Iterable[Fault]:
    if draft.held_on > today:
        yield Fault(
            f"Ngày {format_date(draft.held_on)} chưa đến, đồng chí vui lòng xem lại ngày thực hiện.",
            column="held_on",
        )
    elif draft.held_on < EARLIEST:
        yield Fault(
            f"Ngày {format_date(draft.held_on)} quá xa, đồng chí vui lòng xem lại năm.",
            column="held_on",
        )


def _text_faults(draft: Draft) -> Iterable[Fault]:
    if draft.kind not in ActivityKind.values:
        yield Fault("Đồng chí vui lòng chọn loại hoạt động.", column="kind")
    if not canonical(draft.title).strip():
        yield Fault("Đồng chí vui lòng ghi nội dung hoạt động.", column="title")
    for name, most in LENGTHS.items():
        if len(canonical(getattr(draft, name)).strip()) > most:
            yield Fault(
                f"Phần này dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại.",
                column=name,
            )


def _count_faults(draft: Draft) -> Iterable[Fault]:
    if not 0 < draft.quantity <= MOST:
        yield Fault("Số lượng phải từ 1 trở lên.", column="quantity")
    for name, label in (
        ("attendance", "Lượt người dự"),
        ("persons", "Số người"),
        ("opinions", "Lượt ý kiến"),
    ):
        number = getattr(draft, name)
        if number is not None and number < 0:
            yield Fault(f"{label} không thể âm.", column=name)
        elif number is not None and number > MOST:
            yield Fault(f"{label} lớn quá mức có thể, đồng chí vui lòng xem lại.", column=name)
    attendance, persons = draft.attendance, draft.persons
    if attendance is not None and persons is not None and persons > attendance:
        yield Fault(
            f"Số người ({format_number(persons)}) không thể nhiều hơn lượt người dự "
            f"({format_number(attendance)}): mỗi người dự ít nhất một lượt.",
            column="persons",
        )


def _sent_before(draft: Draft) -> QuerySet[Activity]:
    """What stands recorded from the very same form or row; nothing where it carries no key."""
    same = Activity.objects.standing().filter(unit_id=draft.unit_id, import_key=draft.import_key)
    return same if draft.import_key else same.none()


def _written(drafts: Sequence[Draft], *, actor: "User | None") -> list[Activity]:
    """The drafts as rows, with their partners and their words to be found by."""
    now = clock.now()
    activities = Activity.objects.bulk_create(
        [
            Activity(
                unit_id=draft.unit_id,
                kind=draft.kind,
                title=canonical(draft.title).strip(),
                held_on=draft.held_on,
                place=canonical(draft.place).strip(),
                quantity=draft.quantity,
                attendance=draft.attendance,
                persons=draft.persons,
                opinions=draft.opinions,
                summary=canonical(draft.summary).strip(),
                recorded_by=actor,
                recorded_at=now,
                import_key=draft.import_key,
                source_kind=draft.source_kind,
                source_id=draft.source_id,
                source_start=draft.source_start,
                source_end=draft.source_end,
            )
            for draft in drafts
        ]
    )
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=activity, unit_id=partner)
        for activity, draft in zip(activities, drafts, strict=True)
        for partner in dict.fromkeys(draft.partner_ids)
    )
    search.index_many((activity, words_of(activity)) for activity in activities)
    return activities


def words_of(activity: Activity) -> str:
    """The words an activity is found by."""
    return "\n".join(part for part in (activity.title, activity.place, activity.summary) if part)


def _attach(activity: Activity, name: str, content: bytes, *, actor: Any) -> ActivityEvidence:
    stored = files.store(content, name=name, allowed=files.EVIDENCE)
    evidence, _ = ActivityEvidence.objects.get_or_create(
        activity=activity,
        file=stored,
        defaults={"file_name": canonical(name)[-255:], "added_by": actor, "added_at": clock.now()},
    )
    return evidence


def _locked(activity: Activity) -> Activity:
    """Re-read the row under a lock: the caller's copy may be stale."""
    return Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
