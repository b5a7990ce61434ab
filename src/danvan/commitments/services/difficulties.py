"""A difficulty goes up, unit by unit, until somebody answers; the answer comes down to all who were on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import DifficultyStepKind, StepKind, SubjectKind
from danvan.commitments.events import DifficultyAnswered, DifficultyReached
from danvan.commitments.models import Commitment, Difficulty, DifficultyStep
from danvan.commitments.selectors.difficulties import unit_above
from danvan.commitments.selectors.subjects import subject_at
from danvan.commitments.services import rows
from danvan.commitments.services.filing import topic_faults
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import last_names
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

TITLE, MOST_JOINED = 200, 100


@dataclass(frozen=True, slots=True)
class Raised:
    """What is difficult, of which topic, and about what: by its id where it is on record here, and by its words."""

    title: str
    words: str = ""
    topic_id: int | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    subject: str = ""


@transaction.atomic
def raise_difficulty(raised: Raised, *, unit_id: int, actor: "User | None") -> Difficulty:
    """A unit tells the unit above what keeps it from doing its work."""
    above = _hold_with_above(unit_id)
    faults = [*_raise_faults(raised, unit_id, actor)]
    if above is None:
        faults.append(_no_unit_above(unit_id, "unit"))
    if faults or above is None:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa gửi được. {sentences}", faults=faults)
    found = Difficulty.objects.create(
        unit_id=unit_id,
        at_unit_id=above,
        title=canonical(raised.title).strip(),
        words=canonical(raised.words).strip(),
        topic_id=raised.topic_id,
        subject_kind=raised.subject_kind,
        subject_id=raised.subject_id,
        subject=canonical(raised.subject).strip(),
        raised_by=actor,
        raised_at=clock.now(),
        waits_since=clock.today(),
    )
    _step(found, DifficultyStepKind.RAISED, unit_id, found.words, actor)
    _on_timeline([found], StepKind.DIFFICULTY, found.title, actor)
    audit.record(actor, "commitments.raise_difficulty", found)
    events.publish(DifficultyReached(difficulty_id=found.pk, unit_id=above))
    return found


@transaction.atomic
def pass_difficulty_up(difficulty: Difficulty, *, words: str, actor: "User | None") -> Difficulty:
    """Whose turn it is cannot answer it and passes it on to the unit above, with a remark."""
    above = _hold_with_above(difficulty.at_unit_id)
    [found] = _locked([difficulty])
    _refuse_done(found)
    words = rows.text_of(
        words, missing="Đồng chí vui lòng ghi ý kiến của đơn vị khi chuyển lên cấp trên."
    )
    if found.at_unit_id != difficulty.at_unit_id:
        raise RuleError(
            "Khó khăn này vừa được chuyển sang đơn vị khác. Đồng chí vui lòng mở lại trang để xem."
        )
    if above is None:
        raise RuleError(_no_unit_above(found.at_unit_id, "").message)
    _step(found, DifficultyStepKind.PASSED_UP, found.at_unit_id, words, actor)
    found.at_unit_id, found.waits_since = above, clock.today()
    found.save(update_fields=["at_unit", "waits_since"])
    audit.record(actor, "commitments.pass_difficulty", found, unit_id=above)
    events.publish(DifficultyReached(difficulty_id=found.pk, unit_id=above))
    return found


@transaction.atomic
def send_difficulty_on_paper(
    difficulty: Difficulty, *, organ: str, symbol: str, on: date | None, actor: "User | None",
    words: str = "",
) -> Difficulty:  # fmt: skip
    """Above the top of this installation it goes by a paper: to which organ, by what symbol, of what day.

    It waits here still, from today: who sent it writes down the answer that comes back.
    """
    [found] = _locked([difficulty])
    _refuse_done(found)
    if unit_above(found.at_unit_id, on=clock.today()) is not None:
        raise RuleError(
            "Đơn vị cấp trên dùng phần mềm này, đồng chí vui lòng chuyển lên ngay tại đây."
        )
    organ, words = canonical(organ).strip(), canonical(words).strip()
    faults = list(_paper_faults(organ, on, found))
    try:
        symbol = rows.symbol_of(
            symbol, missing="Đồng chí vui lòng ghi số, ký hiệu văn bản đã gửi.", column="symbol"
        )
    except RuleError as wrong:
        faults += wrong.faults
    if len(words) > rows.LONG:
        faults += _too_long(words, "Ý kiến", rows.LONG, "words")
    if faults or on is None:
        raise RuleError(" ".join(one.message for one in faults), faults=faults)
    told = f"Gửi {organ} bằng văn bản số {symbol} ngày {format_date(on)}."
    _step(found, DifficultyStepKind.PASSED_UP, found.at_unit_id, f"{told} {words}".strip(), actor)
    found.waits_since = clock.today()
    found.save(update_fields=["waits_since"])
    audit.record(actor, "commitments.send_difficulty", found)
    return found


@transaction.atomic
def join_difficulties(
    difficulty: Difficulty, others: Iterable[Difficulty], *, actor: "User | None"
) -> list[Difficulty]:
    """The same difficulty from several units, at one unit: it is answered once, for all of them."""
    ids = [one.pk for one in others if one.pk != difficulty.pk]
    if not ids or len(ids) > MOST_JOINED:
        most = format_number(MOST_JOINED)
        raise RuleError(f"Đồng chí vui lòng chọn từ 1 đến {most} khó khăn để gộp.")
    held = _locked_with_joined([difficulty.pk, *ids])
    found = {one.pk: one for one in held if one.pk in {difficulty.pk, *ids}}
    main = found.pop(difficulty.pk)
    for one in (main, *found.values()):
        _refuse_done(one)
    if any(one.at_unit_id != main.at_unit_id for one in found.values()):
        raise RuleError("Chỉ gộp được những khó khăn đang chờ cùng một đơn vị trả lời.")
    joined = list(found.values())
    # What was joined to one of these before now waits for the same answer.
    before = [one for one in held if one.joined_to_id in {row.pk for row in joined}]
    for one in [*joined, *before]:
        one.joined_to = main
        _step(one, DifficultyStepKind.JOINED, main.at_unit_id, f"Gộp vào: {main.title}", actor)
    Difficulty.objects.bulk_update([*joined, *before], ["joined_to"])
    audit.record(actor, "commitments.join_difficulties", main, ids=ids)
    return joined


@transaction.atomic
def answer_difficulty(difficulty: Difficulty, *, answer: str, actor: "User | None") -> Difficulty:
    """Whose turn it is answers: this one, and all that are joined to it."""
    held = _locked_with_joined([difficulty.pk])
    [found] = (one for one in held if one.pk == difficulty.pk)
    _refuse_done(found)
    words = rows.text_of(
        answer,
        missing="Đồng chí vui lòng ghi nội dung trả lời.",
        most=rows.LONG,
        column="answer",
    )
    all_of_them = [found, *(one for one in held if one.joined_to_id == found.pk)]
    now = clock.now()
    for one in all_of_them:
        one.answer, one.answered_by, one.answered_at = words, actor, now
        _step(one, DifficultyStepKind.ANSWERED, found.at_unit_id, words, actor)
    Difficulty.objects.bulk_update(all_of_them, ["answer", "answered_by", "answered_at"])
    _on_timeline(all_of_them, StepKind.DIFFICULTY_MET, words, actor)
    ids = [one.pk for one in all_of_them]
    audit.record(actor, "commitments.answer_difficulty", found, ids=ids)
    events.publish(DifficultyAnswered(difficulty_ids=tuple(ids)))
    return found


def _locked(difficulties: Iterable[Difficulty]) -> list[Difficulty]:
    """The rows under lock, in one order for everybody."""
    held = Difficulty.objects.select_for_update(of=("self",), no_key=True)
    return list(held.filter(pk__in=[one.pk for one in difficulties]).order_by("pk"))


def _locked_with_joined(ids: Sequence[int]) -> list[Difficulty]:
    """These and what is joined to them, under lock, after the units they wait for."""
    family = Difficulty.objects.filter(Q(pk__in=ids) | Q(joined_to__in=ids))
    hold_units({pk for pair in family.values_list("unit_id", "at_unit_id") for pk in pair})
    held = _locked(family)
    # Nobody joins anything to what is held; what was joined just before is read once more.
    return held if len(held) == family.count() else _locked(family)


def _hold_with_above(unit_id: int) -> int | None:
    """Hold a unit and the one above it, in one query; who is above it as it then stands."""
    today = clock.today()
    above = unit_above(unit_id, on=today)
    hold_units({unit_id, above or unit_id})
    return unit_above(unit_id, on=today)


def _refuse_done(difficulty: Difficulty) -> None:
    if difficulty.answered_at is not None:
        raise RuleError(
            f"{rows.by_whom(difficulty.answered_by)} đã trả lời khó khăn này. "
            "Đồng chí vui lòng mở lại trang để xem."
        )
    if difficulty.joined_to_id is not None:
        raise RuleError(
            "Khó khăn này đã gộp vào một khó khăn khác. Đồng chí vui lòng trả lời ở đó."
        )


def _step(
    difficulty: Difficulty, kind: str, unit_id: int, words: str, actor: "User | None"
) -> None:
    DifficultyStep.objects.create(
        difficulty=difficulty, kind=kind, unit_id=unit_id, at=clock.now(), by=actor, words=words
    )


def _on_timeline(
    difficulties: Sequence[Difficulty], kind: str, words: str, actor: "User | None"
) -> None:
    ids = [
        one.subject_id
        for one in difficulties
        if one.subject_kind == SubjectKind.COMMITMENT and one.subject_id is not None
    ]
    if ids:
        about = Commitment.objects.filter(pk__in=ids)
        rows.steps(rows.locked_many(about), kind, actor=actor, words=words)


def _no_unit_above(unit_id: int, column: str) -> Fault:
    name = last_names([unit_id], clock.today()).get(unit_id, "Đơn vị này")
    return Fault(
        f"Sổ đơn vị không có đơn vị trên {name}. Đồng chí vui lòng trả lời tại đây, hoặc gửi cấp trên bằng văn bản rồi ghi lại.",
        column=column,
    )


def _raise_faults(raised: Raised, unit_id: int, actor: "User | None") -> Iterator[Fault]:
    if actor is not None and not reaches(actor, "commitments.perform", unit_id):
        yield Fault("Đồng chí chưa có quyền nêu khó khăn thay mặt đơn vị này.", column="unit")
    if not canonical(raised.title).strip():
        yield Fault("Đồng chí vui lòng ghi khó khăn, vướng mắc là gì.", column="title")
    for text, label, most, column in (
        (raised.title, "Tên khó khăn", TITLE, "title"),
        (raised.words, "Nội dung", rows.LONG, "words"),
        (raised.subject, "Số, tên", TITLE, "subject"),
    ):
        yield from _too_long(text, label, most, column)
    if raised.subject_kind and raised.subject_kind not in SubjectKind.values:
        yield Fault("Đồng chí vui lòng chọn lại khó khăn này về điều gì.", column="subject_kind")
    pk = raised.subject_id
    if actor is not None and pk is not None and not subject_at(actor, raised.subject_kind, pk):
        yield Fault(
            "Không tìm thấy việc, báo cáo, chỉ tiêu hoặc văn bản này trong phạm vi của đồng chí.",
            column="about",
        )
    yield from topic_faults([raised.topic_id])


def _paper_faults(organ: str, on: date | None, difficulty: Difficulty) -> Iterator[Fault]:
    if not organ:
        yield Fault("Đồng chí vui lòng ghi gửi cơ quan nào.", column="organ")
    yield from _too_long(organ, "Tên cơ quan", TITLE, "organ")
    if on is None:
        yield Fault("Đồng chí vui lòng ghi ngày của văn bản.", column="on")
    elif on > clock.today():
        yield Fault("Ngày của văn bản chưa đến, đồng chí vui lòng xem lại.", column="on")
    elif on < timezone.localdate(difficulty.raised_at):
        yield Fault("Văn bản không thể trước ngày khó khăn được nêu.", column="on")


def _too_long(text: str, label: str, most: int, column: str) -> list[Fault]:
    if len(canonical(text).strip()) <= most:
        return []
    long = f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
    return [Fault(long, column=column)]
