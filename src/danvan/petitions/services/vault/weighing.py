"""What some moves ask for besides words, a paper and a day: each weigher says what is lacking and what the move changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.law.services import Term
from danvan.petitions import vault_clocks
from danvan.petitions.models import Denunciation, VaultReader
from danvan.petitions.selectors.vault.readers import reading
from danvan.petitions.services.vault.leaking import leaks_of
from danvan.petitions.vault_enums import (
    ACT,
    COMPLEX,
    CRITERIA_OF,
    EXTEND_KEY,
    FILED_FOR,
    INITIAL,
    NOTICE,
    NOTIFY,
    PASS_ON,
    PLACES_KEY,
    PUBLISH,
    REFUSED_FOR,
    REPORT,
    RESOLVE,
    SEND,
    TIMES_OF,
    VAULT_CLOCKS,
    VERY_COMPLEX,
    ClockEvent,
    Ending,
    GoingOn,
    NotTaken,
    Openness,
    Part,
    ReviewResult,
    Sign,
    Stillness,
    TakenBack,
    VaultOutcome,
    VaultState,
    VaultStepKind,
)
from danvan.petitions.vault_seals import seal_value

Said = Mapping[str, Any]


@dataclass(slots=True)
class Weighed:
    """What a weigher found. `kept` is sealed with the step, `codes` stand in the log, `events` happen to open clocks.

    `stays`: the case does not move after all, and its clocks run on.
    """

    faults: list[Fault] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)
    events: list[tuple[str, ClockEvent, Term | None]] = field(default_factory=list)
    begins: list[tuple[str, date]] = field(default_factory=list)
    ends: tuple[str, ...] = ()
    target: VaultState | None = None
    step: VaultStepKind | None = None
    stays: bool = False


def _chosen(found: Weighed, said: Said, column: str, choices: Any, missing: str) -> str:
    """The code that was chosen; a fault where it is none of these."""
    value = str(said.get(column, ""))
    if value not in {str(one) for one in choices} or not value:
        found.faults.append(Fault(missing, column=column))
    else:
        found.codes[column] = value
    return value


def _accept(case: Denunciation, on: date, said: Said) -> Weighed:
    """All of what the law asks for before acceptance, each said to be there."""
    found = Weighed(columns={"accepted_on": on})
    for column, words in CONDITIONS.items():
        if not said.get(column):
            found.faults.append(Fault(f"Chưa đủ điều kiện thụ lý: {words}.", column=column))
    if case.anonymous:
        found.faults.append(
            Fault(
                "Tố cáo không rõ người tố cáo thì không thụ lý; nếu rõ người vi phạm và có chứng cứ, đồng chí dùng “Không "
                "xử lý” và đánh dấu chuyển thanh tra, kiểm tra.",
                column="on",
            )
        )
    return found


CONDITIONS: dict[str, str] = {
    "form_ok": "hình thức, nội dung đúng luật",
    "capacity_ok": "người tố cáo có năng lực hoặc người đại diện hợp pháp",
    "competent": "thuộc thẩm quyền",
    "basis_ok": "có cơ sở xác định người vi phạm, hành vi vi phạm",
}


def _places(case: Denunciation, on: date, said: Said) -> Weighed:
    found = Weighed(columns={"several_places": True})
    if case.several_places:
        found.faults.append(Fault("Hồ sơ đã ghi kiểm tra ở nhiều nơi rồi.", column="on"))
    if (term := _term(PLACES_KEY, case.received_on)) is not None:
        found.events.append((INITIAL, ClockEvent.CHANGE, term))
    return found


def _transfer(case: Denunciation, on: date, said: Said) -> Weighed:
    """It has a time of its own from the receipt, which shows whether it was passed on late."""
    return Weighed(begins=[(PASS_ON, case.received_on)], ends=())


def _refuse(case: Denunciation, on: date, said: Said) -> Weighed:
    found = Weighed()
    value = _chosen(
        found, said, "not_taken", REFUSED_FOR, "Đồng chí vui lòng chọn lý do không thụ lý."
    )
    found.columns["not_taken"] = value
    return found


def _file(case: Denunciation, on: date, said: Said) -> Weighed:
    """Who is not named is owed no reply; where the breach is clear and proved, it goes to inspection for management."""
    found = Weighed(kept={"inspected": bool(said.get("inspected"))})
    value = _chosen(
        found, said, "not_taken", FILED_FOR, "Đồng chí vui lòng chọn lý do không xử lý."
    )
    found.columns["not_taken"] = value
    if case.anonymous and value and value != NotTaken.KX01:
        found.faults.append(Fault("Tố cáo không ghi tên thì lý do là KX01.", column="not_taken"))
    return found


def _assign(case: Denunciation, on: date, said: Said) -> Weighed:
    """Who verifies was named a reader first; until when is kept with what is to be verified."""
    found = Weighed(codes={}, kept={"until": str(said.get("until") or "")})
    rows = VaultReader.objects.filter(reading(clock.today()), denunciation=case, part=Part.VERIFIER)
    if not rows.exists():
        found.faults.append(
            Fault("Chưa có người xác minh. Đồng chí vui lòng giao người xác minh ở mục “Người được đọc” trước.", column="on")
        )  # fmt: skip
    if not said.get("until") or said["until"] < on:
        found.faults.append(
            Fault("Đồng chí vui lòng ghi hạn xác minh, từ ngày giao trở đi.", column="until")
        )
    return found


def _extend(case: Denunciation, on: date, said: Said) -> Weighed:
    """More time by as many signs as the law asks for, as often as it allows."""
    found = Weighed()
    chosen = sorted({str(one) for one in said.get("signs", ())} & {str(one) for one in Sign})
    found.kept["signs"], found.codes["signs"] = chosen, len(chosen)
    held = vault_clocks.open_clock(case, RESOLVE)
    kind = VERY_COMPLEX if _many(VERY_COMPLEX, len(chosen), on) else COMPLEX
    term, times = _term(EXTEND_KEY + kind, on), _number(TIMES_OF.format(kind), on)
    least = _number(CRITERIA_OF.format(COMPLEX), on)
    if held is None or held.n is None or term is None or times is None or least is None:
        found.faults.append(
            Fault("Chưa có tham số pháp luật về gia hạn giải quyết tố cáo nên chưa gia hạn được.", column="on")
        )  # fmt: skip
        return found
    if len(chosen) < least:
        found.faults.append(
            Fault(f"Cần ít nhất {least} tiêu chí để gia hạn, đồng chí vui lòng chọn.", column="signs")
        )  # fmt: skip
    done = held.events.filter(kind=ClockEvent.EXTEND).count()
    if done >= times:
        found.faults.append(
            Fault(f"Vụ việc với các tiêu chí này chỉ được gia hạn {times} lần và đã gia hạn {done} lần.", column="on")
        )  # fmt: skip
    found.events.append((RESOLVE, ClockEvent.EXTEND, term))
    return found


def _suspend(case: Denunciation, on: date, said: Said) -> Weighed:
    found = Weighed(columns={"before": case.state}, events=[(RESOLVE, ClockEvent.PAUSE, None)])
    _chosen(found, said, "ground", Stillness, "Đồng chí vui lòng chọn căn cứ tạm đình chỉ.")
    return found


def _resume(case: Denunciation, on: date, said: Said) -> Weighed:
    return Weighed(
        target=VaultState(case.before),
        columns={"before": ""},
        events=[(RESOLVE, ClockEvent.RESUME, None)],
    )


def _terminate(case: Denunciation, on: date, said: Said) -> Weighed:
    found = Weighed()
    _chosen(found, said, "ground", Ending, "Đồng chí vui lòng chọn căn cứ đình chỉ.")
    return found


def _conclude(case: Denunciation, on: date, said: Said) -> Weighed:
    """The text is kept sealed; that the denouncer occurs in it is no fault yet, but its publication will be refused."""
    found = Weighed(columns={"concluded_on": on})
    value = _chosen(
        found, said, "outcome", [one for one in VaultOutcome if one], "Đồng chí vui lòng chọn kết luận: đúng, đúng một phần hoặc sai."
    )  # fmt: skip
    found.columns |= {
        "outcome": value,
        "conclusion": seal_value(case, "conclusion", said["words"]),
    }
    if not case.steps.filter(kind=VaultStepKind.FOUND).exists():
        found.faults.append(Fault("Chưa có báo cáo kết quả xác minh.", column="on"))
    return found


def _publish(case: Denunciation, on: date, said: Said) -> Weighed:
    """Nothing goes out in which the denouncer could be recognised."""
    found = Weighed()
    _chosen(found, said, "way", Openness, "Đồng chí vui lòng chọn hình thức công khai.")
    leaks = [] if case.waived_on is not None else leaks_of(case, said["words"])
    if leaks:
        found.faults.append(
            Fault(
                f"Văn bản còn thông tin nhận ra người tố cáo ({', '.join(leaks)}). Đồng chí vui lòng bỏ hết rồi công khai.",
                column="words",
            )
        )
    return found


def _finish(case: Denunciation, on: date, said: Said) -> Weighed:
    """What the law still asks for is done first."""
    waiting = [
        VAULT_CLOCKS[one.name]
        for one in vault_clocks.open_clocks(case)
        if one.name in (NOTIFY, NOTICE, SEND, ACT, REPORT, PUBLISH)
    ]
    found = Weighed(
        faults=[Fault(f"Chưa ghi xong: {one.lower()}.", column="on") for one in waiting]
    )
    if case.tasks.filter(done_on=None).exists():
        found.faults.append(Fault("Còn việc đã giao trong hồ sơ chưa xong.", column="on"))
    return found


def _withdraw(case: Denunciation, on: date, said: Said) -> Weighed:
    """It ends with the paper by which it was taken back, unless the law wants it dealt with all the same."""
    found = Weighed()
    _chosen(found, said, "form", TakenBack, "Đồng chí vui lòng chọn hình thức rút tố cáo.")
    why = str(said.get("going_on", ""))
    if why not in GoingOn.values:
        found.faults.append(Fault("Đồng chí vui lòng chọn lại.", column="going_on"))
    elif why:
        found.stays, found.step = True, VaultStepKind.WENT_ON
        found.codes["going_on"] = why
    return found


def _withdraw_part(case: Denunciation, on: date, said: Said) -> Weighed:
    found = Weighed()
    _chosen(found, said, "form", TakenBack, "Đồng chí vui lòng chọn hình thức rút tố cáo.")
    return found


def _waive(case: Denunciation, on: date, said: Said) -> Weighed:
    found = Weighed(columns={"waived_on": on})
    if case.waived_on is not None:
        found.faults.append(Fault("Hồ sơ đã ghi người tố cáo từ chối giữ bí mật rồi.", column="on"))
    return found


def _review(case: Denunciation, on: date, said: Said) -> Weighed:
    """The superior leaves it, sends it where it belongs, or has it dealt with again from the start."""
    found = Weighed()
    value = _chosen(found, said, "result", ReviewResult, "Đồng chí vui lòng chọn kết quả xem xét.")
    if value == ReviewResult.AGAIN:
        found.target = VaultState.ACCEPTED
        found.columns["accepted_on"] = on
        found.begins = [(RESOLVE, on), (NOTIFY, on)]
    elif value == ReviewResult.COMPETENCE:
        found.target = VaultState.TRANSFERRED
    else:
        found.target = VaultState.SETTLED
    return found


WEIGHERS: dict[str, Callable[[Denunciation, date, Said], Weighed]] = {
    "accept": _accept,
    "places": _places,
    "transfer": _transfer,
    "refuse": _refuse,
    "file": _file,
    "assign": _assign,
    "extend": _extend,
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
    "conclude": _conclude,
    "publish": _publish,
    "finish": _finish,
    "withdraw": _withdraw,
    "withdraw_part": _withdraw_part,
    "waive": _waive,
    "review": _review,
}


def _many(kind: str, number: int, on: date) -> bool:
    least = _number(CRITERIA_OF.format(kind), on)
    return least is not None and number >= least


def _number(key: str, on: date) -> int | None:
    try:
        return int(parameter(key, on=on).numerator)
    except UnknownParameter:
        return None


def _term(key: str, on: date) -> Term | None:
    try:
        row = parameter(key, on=on)
    except UnknownParameter:
        return None
    return Term(row.numerator, row.unit)
