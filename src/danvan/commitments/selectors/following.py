"""What stands behind an asker's code, without anybody's name; and what officers see of the codes of a commitment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from danvan.commitments.enums import UNDONE, AskerWord, State, StepKind
from danvan.commitments.follow_codes import digest_of, printed, read_code
from danvan.commitments.models import (
    AskerAnswer,
    Commitment,
    CommitmentStep,
    FollowCode,
    FollowedCommitment,
    PublicNote,
    WrongTry,
)
from danvan.commitments.selectors.deciding import risks_over
from danvan.commitments.selectors.lists import days_late
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.vietnamese.numbers import format_number

# The steps that concern whoever asked, as they are told to everybody: what officers wrote to each other is not.
TOLD: dict[str, str] = {
    StepKind.ASSIGNED: "Giao đơn vị thực hiện",
    StepKind.STARTED: "Đơn vị thực hiện nhận việc",
    StepKind.CLAIMED: "Đơn vị thực hiện báo đã làm xong",
    StepKind.RETURNED: "Kiểm tra thấy chưa đạt, đơn vị làm tiếp",
    StepKind.VERIFIED: "Đã kiểm tra và xác nhận làm xong",
    StepKind.EXTENDED: "Cho thêm thời gian",
    StepKind.PASSED: "Chuyển đơn vị khác thực hiện",
    StepKind.WITHDRAWN: "Việc đã rút, không thực hiện nữa",
    StepKind.DECLINED: "Đơn vị được giao đề nghị không nhận, chờ quyết định",
    StepKind.CONFIRMED: "Giữ nguyên việc giao cho đơn vị",
    StepKind.GIVEN_ON: "Giao đơn vị khác thực hiện",
    StepKind.AGREED: "Có người hỏi xác nhận đã xong",
    StepKind.DISPUTED: "Có người hỏi trả lời chưa xong, đơn vị làm tiếp",
    StepKind.CLOSED: "Đóng việc",
    StepKind.RISK_ACCEPTED: "Tạm dừng thực hiện",
    StepKind.RESUMED: "Thực hiện lại",
    StepKind.SUPERSEDED: "Thay bằng việc khác",
}
# What the head of a commitment says in a few words, and how it looks: where it is over without being done.
OVER: dict[str, tuple[str, str]] = {
    State.WITHDRAWN: ("Việc này đã rút", "none"),
    State.SUPERSEDED: ("Việc này đã thay bằng việc khác", "none"),
    State.RISK_ACCEPTED: ("Việc này đang tạm dừng", "watch"),
}
PAUSE_OVER = ("Đã hết ngày tạm dừng, chờ nơi giao xem lại", "late")


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One line of what happened, in words that name nobody."""

    on: date
    words: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that an officer chose to show; `file` is the row of the note that holds one."""

    words: str
    on: date
    file: int | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """One commitment as whoever asked reads it: units and days, never a person."""

    pk: int
    words: str
    lead: str
    assigner: str
    state: str
    assigned_on: date
    first_due_on: date | None
    due_on: date | None
    claimed_on: date | None
    verified_on: date | None
    agreed_on: date | None
    disputed_on: date | None
    closed_on: date | None
    public_reason: str
    pause_over: bool
    replaced_by: int | None
    days_late: int
    steps: list[PublicStep]
    shown: list[Shown]
    own: AskerAnswer | None
    why_not: str
    goes_on: bool

    @property
    def standing(self) -> tuple[str, str]:
        """Where it is, in a few words, and how they look (good, watch, late, info, none)."""
        if self.pause_over:
            return PAUSE_OVER
        if self.state in OVER:
            return OVER[self.state]
        if self.claimed_on is None:
            return self._undone
        if self.disputed_on:
            return "Có người báo chưa xong", "late"
        if self.agreed_on:
            return "Người hỏi đã xác nhận xong", "good"
        if self.closed_on:
            return "Đã đóng, chưa có xác nhận", "info"
        return "Chờ bà con xác nhận", "watch"

    @property
    def takes_not_yet(self) -> bool:
        """Whether a "not yet" can be put beside that of another, for which the unit works on already."""
        return self.goes_on and (self.own is None or self.own.word != AskerWord.NOT_YET)

    @property
    def _undone(self) -> tuple[str, str]:
        if self.days_late:
            return f"Quá hạn {format_number(self.days_late)} ngày", "late"
        return ("Chưa xong, đang làm tiếp", "watch") if self.disputed_on else ("Đang làm", "info")

    @property
    def moved(self) -> bool:
        """Whether the day was put off."""
        return self.due_on != self.first_due_on


@dataclass(frozen=True, slots=True)
class Behind:
    """What a code opens."""

    slip: str
    asked: str
    asked_on: date
    post: str
    ends_on: date
    followed: list[Followed]


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code as officers see it: its slip, whether it still opens, what was answered by it."""

    code: FollowCode
    answers: list[AskerAnswer]
    ended: bool

    @property
    def open(self) -> bool:
        """Whether it still opens something."""
        return not self.ended and self.code.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class Askers:
    """The codes of one commitment with what the askers said, and what is shown in public."""

    codes: list[CodeLine]
    notes: list[PublicNote]
    answers: list[AskerAnswer] = field(default_factory=list)  # of all codes, the latest first

    @property
    def open_codes(self) -> int:
        """How many codes still open something."""
        return sum(one.open for one in self.codes)

    @property
    def shown(self) -> list[PublicNote]:
        """What is public now."""
        return [one for one in self.notes if one.hidden_on is None]


def behind_code(code: str) -> Behind | None:
    """What whoever holds the code may read; None where it opens nothing. A fixed number of queries.

    Whether it may be tried at all is `services.try_code`'s to say.
    """
    today, marks = clock.today(), read_code(code)
    open_ones = FollowCode.objects.filter(
        digest=digest_of(marks), withdrawn_on=None, ends_on__gte=today
    )
    held = open_ones.first() if marks else None
    if held is None:
        return None
    rows = list(held.followed.select_related("commitment"))
    of_these = [one.commitment_id for one in rows]
    names = last_names(
        {pk for one in rows for pk in (one.commitment.lead_id, one.commitment.assigner_id)}, today
    )
    steps, shown, over = _steps(of_these), shown_of(of_these), risks_over(of_these, before=today)
    own = {one.commitment_id: one for one in held.answers.order_by("pk")}
    return Behind(
        slip=held.slip,
        asked=held.asked,
        asked_on=held.asked_on,
        post=held.post,
        ends_on=held.ends_on,
        followed=[
            _followed(one, names, steps, shown, own.get(one.commitment_id), today, over)
            for one in rows
        ],
    )


def as_printed(typed: str) -> str:
    """A code in its groups, as on the slip; empty where it is none."""
    marks = read_code(typed)
    return printed(marks) if marks else ""


def digest_of_code(typed: str) -> str:
    """What is kept of a code, however it was typed; empty where it is none."""
    marks = read_code(typed)
    return digest_of(marks) if marks else ""


def followed_commitment(code: str, pk: str) -> Commitment | None:
    """The commitment behind a code that was named by its key; None where it does not stand there."""
    marks = read_code(code)
    if not marks or not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    behind = FollowedCommitment.objects.filter(code__digest=digest_of(marks), commitment=int(pk))
    row = behind.select_related("commitment").first()
    return row.commitment if row else None


def shown_file(note: int) -> PublicNote | None:
    """The file that a note shows in public, with its evidence; None where it is hidden or holds none."""
    notes = PublicNote.objects.filter(pk=note, hidden_on=None, evidence__isnull=False)
    return notes.select_related("evidence__file").first()


def askers_of(commitment: Commitment) -> Askers:
    """The codes of a commitment, the latest first, and what is shown of it in public. Three queries."""
    today = clock.today()
    answers = AskerAnswer.objects.filter(commitment=commitment).select_related("code")
    codes = (
        FollowCode.objects.filter(followed__commitment=commitment)
        .order_by("-pk")
        .prefetch_related(Prefetch("answers", answers, to_attr="here"))
    )
    lines = [CodeLine(one, one.here, one.ends_on < today) for one in codes]
    said = sorted((one for line in lines for one in line.answers), key=lambda one: -one.pk)
    notes = commitment.public_notes.select_related("evidence", "shown_by").order_by("-pk")
    return Askers(codes=lines, notes=list(notes), answers=said)


def source_of_code(typed: str) -> tuple[str, int, str] | None:
    """Of which source a code is that opens something, with its slip; None for the others."""
    marks, today = read_code(typed), clock.today()
    held = FollowCode.objects.filter(
        digest=digest_of(marks), withdrawn_on=None, ends_on__gte=today, source_id__isnull=False
    )
    rows = held.values_list("source_kind", "source_id", "slip")
    found = rows.first() if marks else None
    return (found[0], found[1] or 0, found[2]) if found else None


def voter_of(code: str) -> str:
    """What stands for the holder of a code where a grade is counted: nobody finds the slip by it."""
    return digest_of(f"grade {read_code(code)}")


def codes_from(source_kind: str, source_id: int) -> QuerySet[FollowCode]:
    """The codes that were issued for one source, e.g. a dialogue."""
    return FollowCode.objects.filter(source_kind=source_kind, source_id=source_id)


def standing_slips(source_kind: str) -> QuerySet[Any]:
    """The slips of the codes of one kind of source that still open something."""
    held = FollowCode.objects.filter(
        source_kind=source_kind, withdrawn_on=None, ends_on__gte=clock.today()
    )
    return held.order_by().values("slip")


def standing_digest(source_kind: str, source_id: int) -> str | None:
    """What is kept of the latest code of a source that opens something; None where none does."""
    held = codes_from(source_kind, source_id).filter(withdrawn_on=None, ends_on__gte=clock.today())
    return held.order_by("-pk").values_list("digest", flat=True).first()


def codes_of(commitment: Commitment) -> QuerySet[FollowCode]:
    """The codes behind which the commitment stands."""
    return FollowCode.objects.filter(followed__commitment=commitment)


def notes_of(commitment: Commitment) -> QuerySet[PublicNote]:
    """What was shown in public of the commitment."""
    return PublicNote.objects.filter(commitment=commitment)


def why_not_answer(commitment: Commitment) -> str:
    """Why whoever asked cannot answer now, for them to read; empty where they can."""
    if commitment.state in UNDONE:
        return "Đơn vị chưa báo làm xong nên chưa cần bà con trả lời."
    if commitment.claimed_on is None:
        return (
            f"{OVER.get(commitment.state, OVER[State.WITHDRAWN])[0]} nên chưa cần bà con trả lời."
        )
    if commitment.closed_on and commitment.public_reason:
        return "Việc này đã đóng, kèm lý do công khai ở trên."
    return ""


def goes_on_after_not_yet(commitment: Commitment) -> bool:
    """Whether somebody who asked said "not yet" and the lead works on: others may say so beside them."""
    return commitment.state in UNDONE and commitment.disputed_on is not None


def tries_are_left(
    address: str, hour: datetime, *, everybody: str = "", each: int | None = None
) -> bool:
    """Whether one more may be counted within the hour: from this address, and by everybody together."""
    own = settings.DANVAN_CODE_TRIES if each is None else each
    most = {everybody: settings.DANVAN_CODE_TRIES_ALL, address: own}
    counted = WrongTry.objects.filter(hour=hour, address__in=list(most))
    return all(number < most[place] for place, number in counted.values_list("address", "number"))


def _steps(commitment_ids: Iterable[int]) -> dict[int, list[PublicStep]]:
    found: dict[int, list[PublicStep]] = defaultdict(list)
    steps = CommitmentStep.objects.filter(commitment__in=list(commitment_ids), kind__in=TOLD)
    for one in steps.order_by("-on", "-at", "-pk"):
        found[one.commitment_id].append(PublicStep(one.on, TOLD[one.kind], one.bad))
    return found


def shown_of(commitment_ids: Iterable[int]) -> dict[int, list[Shown]]:
    found: dict[int, list[Shown]] = defaultdict(list)
    notes = PublicNote.objects.filter(commitment__in=list(commitment_ids), hidden_on=None)
    for one in notes.select_related("evidence__file"):
        held = one.evidence
        found[one.commitment_id].append(
            Shown(one.words, one.shown_on, one.pk, held.file.size)
            if held
            else Shown(one.words, one.shown_on)
        )
    return found


def _followed(
    row: FollowedCommitment,
    names: dict[int, str],
    steps: dict[int, list[PublicStep]],
    shown: dict[int, list[Shown]],
    own: AskerAnswer | None,
    today: date,
    over: set[int],
) -> Followed:
    one = row.commitment
    if own and own.word == AskerWord.CONFIRMED and not (one.agreed_on or one.disputed_on):
        own = None  # it was to a claim that was sent back since
    return Followed(
        pk=one.pk,
        words=row.words,
        lead=names.get(one.lead_id, ""),
        assigner=names.get(one.assigner_id, ""),
        state=one.state,
        assigned_on=one.assigned_on,
        first_due_on=one.first_due_on,
        due_on=one.due_on,
        claimed_on=one.claimed_on,
        verified_on=one.verified_on,
        agreed_on=one.agreed_on,
        disputed_on=one.disputed_on,
        closed_on=one.closed_on,
        public_reason=one.public_reason,
        pause_over=one.pk in over,
        replaced_by=one.superseded_by_id,
        days_late=max(days_late(one, today) or 0, 0),
        steps=steps.get(one.pk, []),
        shown=shown.get(one.pk, []),
        own=own,
        why_not=why_not_answer(one),
        goes_on=goes_on_after_not_yet(one),
    )
