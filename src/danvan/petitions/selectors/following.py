"""What whoever holds the code of a petition reads of it: asked, promised, done, answered. Never a name, never an officer's note."""

from dataclasses import dataclass
from datetime import date

from danvan.commitments.selectors import source_of_code
from danvan.foundation import clock
from danvan.law.selectors import clocks
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import (
    ANSWERED_KINDS,
    CLASSIFY,
    MORE,
    REPLY,
    SETTLE,
    SUBJECT,
    State,
    StepKind,
)
from danvan.petitions.models import Petition, PetitionAnswer, PetitionRequest, PetitionStep
from danvan.petitions.selectors.populations import late_among
from danvan.petitions.selectors.public_steps import TOLD, PublicStep, told_steps
from danvan.vietnamese.numbers import format_number

# What people are told of each state, in plain words.
PLAIN: dict[str, str] = {
    State.RECEIVED: "Đã nhận, đang xem thuộc ai giải quyết",
    State.AWAITED: "Đã chuyển, chờ nơi nhận trả kết quả",
    State.ACCEPTED: "Đã nhận giải quyết",
    State.VERIFYING: "Đang xác minh",
    State.DIALOGUE: "Đang tổ chức đối thoại",
    State.SUSPENDED: "Tạm dừng giải quyết",
    State.DECIDED: "Đã có quyết định, đang gửi",
    State.SENT: "Đã gửi quyết định",
    State.ENFORCING: "Đang thực hiện quyết định",
    State.ANSWERED: "Đã trả lời",
    State.GUIDED: "Không thuộc thẩm quyền, đã hướng dẫn",
    State.FILED: "Không đủ điều kiện giải quyết",
    State.REFUSED: "Không nhận giải quyết, có nêu lý do",
    State.TERMINATED: "Dừng giải quyết",
    State.WITHDRAWN: "Bà con đã rút",
    State.APPEALED: "Chuyển lên cấp trên giải quyết lần hai",
    State.DONE: "Đã xong",
}
# Whether a state is shown as good news, as something waited for, or as an end without an answer.
LOOKS: dict[str, str] = {
    State.ANSWERED: "good", State.DONE: "good", State.SENT: "good", State.ENFORCING: "good",
    State.GUIDED: "none", State.FILED: "none", State.REFUSED: "none", State.TERMINATED: "none",
    State.WITHDRAWN: "none", State.APPEALED: "none",
}  # fmt: skip
PROMISED = (SETTLE, REPLY)  # of the clocks those whose day is a promise to whoever asked
# What people are told that is done by the day of a clock.
DAYS: dict[str, str] = {
    CLASSIFY: "Hạn nhận giải quyết hoặc từ chối", REPLY: "Hạn báo đã nhận", SETTLE: "Hạn trả lời",
}  # fmt: skip
PROMISES: dict[str, str] = {
    SETTLE: "Giải quyết, trả lời", REPLY: "Báo đã nhận", MORE: "Hạn mới đã báo bà con",
}  # fmt: skip

NOTICES = (StepKind.SPLIT, StepKind.MORE_TIME)  # what is written down for whoever asked


@dataclass(frozen=True, slots=True)
class PetitionTold:
    """A petition as whoever holds its code reads it."""

    petition: Petition
    unit_name: str
    standing: str
    look: str
    due_label: str
    due_on: date | None
    notice_due_on: date | None  # by which it is told whether it was taken up
    answer_due_on: date | None
    late: bool
    days_late: int  # of what waits for its answer
    why_closed: str
    notices: list[PetitionStep]
    requests: list[PetitionRequest]
    answers: list[PetitionAnswer]
    why_no_dispute: str
    why_no_rating: str
    steps: list[PublicStep]  # the latest first

    @property
    def told(self) -> str:
        """Where it stands, and that it is late where it is."""
        return told_late(self.standing, late=self.late, days=self.days_late)

    @property
    def tone(self) -> str:
        """How that is shown."""
        return "late" if self.late else self.look


def days_late(petition: Petition, on: date) -> int:
    """How many days what is late waits for its answer already; none where it was answered."""
    waits = petition.due_on if petition.answered_on is None else None
    return (on - waits).days if waits else 0


def told_late(standing: str, *, late: bool, days: int) -> str:
    """Where a petition stands, with how late it is: by days while it waits, without where it was answered."""
    if not late:
        return standing
    return f"{standing}, chậm {format_number(days)} ngày" if days else f"{standing}, chậm hạn"


def petition_of_code(code: str) -> Petition | None:
    """The petition that a code opens; None where it opens none."""
    source = source_of_code(code)
    if source is None or source[0] != SUBJECT:
        return None
    return Petition.objects.filter(pk=source[1]).first()


def petition_behind(code: str) -> PetitionTold | None:
    """What the page of a code shows of its petition; None where it is of none. A fixed number of queries."""
    petition = petition_of_code(code)
    if petition is None:
        return None
    today = clock.today()
    names = last_names([petition.unit_id], today)
    due_label, due_on = promised_day(petition)
    late = petition.pk in late_among([petition.pk], on=today)
    notice = due_label == PROMISES[REPLY]
    return PetitionTold(
        petition=petition,
        unit_name=names.get(petition.unit_id, ""),
        standing=PLAIN[petition.state],
        look=LOOKS.get(petition.state, "watch"),
        due_label=due_label,
        due_on=due_on,
        notice_due_on=due_on if notice else None,
        answer_due_on=None if notice else due_on,
        late=late,
        days_late=days_late(petition, today) if late else 0,
        why_closed=_why_closed(petition),
        notices=list(petition.steps.filter(kind__in=NOTICES)),
        requests=list(petition.requests.filter(withdrawn_on=None)),
        answers=list(petition.answers.all())[::-1],
        why_no_dispute=why_not_dispute(petition),
        why_no_rating=why_not_rate(petition),
        steps=told_steps(petition.steps.filter(kind__in=list(TOLD)).order_by("-on", "-pk")),
    )


def why_not_dispute(petition: Petition) -> str:
    """Why the answer cannot be disputed here, as whoever asked is told; empty where it can."""
    if petition.kind not in ANSWERED_KINDS:
        return "Với đơn khiếu nại, bà con khiếu nại lần hai hoặc khởi kiện theo hướng dẫn trong quyết định."
    if petition.disputed_on is not None:
        return "Đơn đã được xem xét lại một lần theo yêu cầu của bà con."
    if petition.state != State.ANSWERED:
        return "Khi đơn vị trả lời, bà con có thể nói chưa đồng ý một lần."
    return ""


def why_not_rate(petition: Petition) -> str:
    """Why the answer cannot be rated yet; empty where it can."""
    if petition.state in (State.ANSWERED, State.SENT, State.ENFORCING, State.DONE):
        return ""
    return "Khi đơn vị trả lời, bà con đánh giá giúp."


def promised_day(petition: Petition) -> tuple[str, date | None]:
    """The day that was promised to whoever asked and what for: the last one they were told of goes before what is late."""
    told = clocks().filter(
        subject_kind=SUBJECT, subject_id=petition.pk, name__startswith=MORE, ended_on=None
    )
    if (held := told.first()) is not None:
        return PROMISES[MORE], held.due_on
    if petition.due_name in PROMISED:
        return PROMISES[petition.due_name], petition.due_on
    return "", None


def _why_closed(petition: Petition) -> str:
    """Why nothing more is done, by the reason of the law; empty where it was answered or goes on."""
    if petition.state == State.GUIDED:
        return f"Bà con gửi đến: {petition.handed_to}." if petition.handed_to else ""
    if petition.closing:
        return f"{petition.get_closing_display()}."
    return ""
