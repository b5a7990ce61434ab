"""What goes in and out of the API: bounded, without NUL, and nothing that is not named here."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

PLAIN = r"^[^\x00]*$"
# What is no mark of a word, spelled out: what else a pattern calls white differs from one language to the next.
_WHITE = r"\x00-\x20\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
WORDS = (
    rf"^[^{_WHITE}][^\x00]{{6,}}[^{_WHITE}]$"  # begins and ends with a mark: eight of them at least
)
PHONE = r"^((0|\+84)[0-9]{8,10})?$"
MAIL = r"^([A-Za-z0-9._+-]{1,60}@[A-Za-z0-9-]{1,30}(\.[A-Za-z0-9-]{2,20}){1,3})?$"
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Code = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,20}$")]


class Fault(Schema):
    """One thing that is wrong: where, and a whole sentence."""

    where: str
    detail: str


class Problem(Schema):
    """Why something was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = []


class TopicOut(Schema):
    """A topic that stands today; `path` is from the top down."""

    code: str
    name: str
    path: str
    aliases: list[str]


class Heir(Schema):
    """A place that took over."""

    id: int
    name: str


class UnitFound(Schema):
    """One place that the words may mean; one that ended names who took over and stands today."""

    id: int
    name: str
    context: str
    level: str
    code: str
    ended_on: date | None
    successors: list[Heir]


class NameSpan(Schema):
    """What a place was called and where it stood, from a day up to but not including another."""

    name: str
    level: str
    above_id: int | None
    above: str
    decision: str
    valid_from: date
    valid_to: date | None


class CodeSpan(Schema):
    """A code of a place in one system of codes, from a day up to but not including another."""

    system: str
    code: str
    valid_from: date
    valid_to: date | None


class Kin(Schema):
    """A place before or after: what share passed, in parts per million of the earlier one."""

    id: int
    name: str
    code: str
    parts_per_million: int
    estimated: bool
    happened_on: date
    decision: str


class UnitOut(Schema):
    """A place through time, with what it came from and what went on with it."""

    id: int
    name: str
    code: str
    founded_on: date
    ended_on: date | None
    names: list[NameSpan]
    codes: list[CodeSpan]
    came_from: list[Kin]
    went_to: list[Kin]


class MatterOut(Schema):
    """A public proposal or feedback, in the words that an officer confirmed."""

    number: str
    kind: Literal["proposal", "feedback"]
    title: str
    text: str
    topic: str
    place: str
    unit: str
    state: Literal["open", "closed"]
    standing: str
    received_on: date
    shown_on: date
    changed_on: date
    due_on: date | None
    answer: str
    answered_on: date | None


class StepOut(Schema):
    """What happened to it, in plain words."""

    on: date
    words: str


class MatterWithSteps(MatterOut):
    """A public matter and what happened to it, the latest first."""

    steps: list[StepOut]


class MatterPage(Schema):
    """Some of them, the latest received first; `next_page` where more follow."""

    items: list[MatterOut]
    next_page: int | None


class Point(Schema):
    """Where, in degrees (WGS84)."""

    model_config = ConfigDict(extra="forbid", strict=True)
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class SendIn(Schema):
    """What somebody sends through a system that holds a key. Only `text` and a place are needed."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[
        str,
        StringConstraints(min_length=8, max_length=10_000, pattern=WORDS),
        Field(examples=["Đèn đường ở ngã ba chợ hỏng đã ba ngày."]),
    ]
    title: Annotated[str, StringConstraints(max_length=300, pattern=PLAIN)] = ""
    kind: Literal["proposal", "feedback", ""] = ""
    topic: Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{0,80}$")] = ""
    place: Annotated[PlaceCode, Field(examples=["40"])]
    spot: Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)] = ""
    point: Point | None = None
    name: Annotated[str, StringConstraints(max_length=120, pattern=PLAIN)] = ""
    phone: Annotated[str, StringConstraints(pattern=PHONE)] = ""
    email: Annotated[str, StringConstraints(max_length=120, pattern=MAIL)] = ""
    wants_public: bool = False
    not_denunciation: Annotated[
        bool, Field(description="Người gửi xác nhận không phải tố cáo, dù lời giống tố cáo.")
    ] = False


class SentOut(Schema):
    """The code of the sender: shown this once, to nobody else."""

    code: str
    slip: str
    merged: Annotated[
        bool,
        Field(
            description="Không kèm Idempotency-Key và giống hệt nội dung vừa nhận trong mười phút nên được ghi là một việc, chung "
            "một mã. Nếu là người khác gửi, gửi lại kèm Idempotency-Key riêng."
        ),
    ]


class FollowIn(Schema):
    """The code of whoever sent something."""

    model_config = ConfigDict(extra="forbid", strict=True)
    code: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=PLAIN)]


class RequestOut(Schema):
    """One thing that was asked, and what was answered to it."""

    words: str
    reply: str


class AnswerOut(Schema):
    """One answer to the whole."""

    on: date
    text: str


class Followed(Schema):
    """What the holder of a code reads: asked, promised, done, answered."""

    title: str
    unit: str
    standing: str
    received_on: date
    promised: str
    due_on: date | None
    why_closed: str
    requests: list[RequestOut]
    answers: list[AnswerOut]
