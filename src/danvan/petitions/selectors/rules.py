"""What the law asks of a petition as it stands: which term runs, whether a dialogue must be held, who may speak for many."""

from dataclasses import dataclass
from datetime import date, timedelta

from danvan.law.errors import UnknownParameter
from danvan.law.selectors import deadline_by, parameter
from danvan.petitions.enums import (
    APPEAL_KEY,
    CRITERIA_KEY,
    DISCIPLINARY_APPEAL_KEY,
    DISCIPLINARY_EFFECTIVE_KEY,
    DISCIPLINARY_FILING_KEY,
    DISCIPLINARY_KEY,
    EFFECTIVE_KEY,
    FEW_KEY,
    FEW_LEAST_KEY,
    FEW_TO_KEY,
    FILING_KEY,
    GROUP_KEY,
    INVITE_KEY,
    MANY_KEY,
    Finding,
    Kind,
)
from danvan.petitions.models import Paper, Petition
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

FILING, EFFECT, APPEAL = (
    "Thời hiệu khiếu nại", "Ngày quyết định có hiệu lực", "Hạn khiếu nại lần hai",
)  # fmt: skip


def settle_key(petition: Petition) -> str:
    """The row of the law by which a complaint is settled, by its round and what it is like."""
    if petition.disciplinary:
        return "complaint.disciplinary.complex" if petition.complex else DISCIPLINARY_KEY
    remote, complex_ = petition.remote, petition.complex
    like = (
        "remote_complex"
        if remote and complex_
        else "remote"
        if remote
        else "complex"
        if complex_
        else "normal"
    )
    return f"complaint.r{petition.round}.{like}"


def send_key(petition: Petition) -> str:
    """The row of the law by which a decision is sent."""
    return f"complaint.r{petition.round}.send"


def day_by(key: str, on: date, *, remote: bool = False) -> date | None:
    """The last day that a row of the law gives from a day; None where no row is in force: nothing is computed then."""
    try:
        return deadline_by(f"{key}.remote" if remote else key, on).due_on
    except UnknownParameter:
        return None


def effective_on(petition: Petition, decided_on: date) -> date | None:
    """From when a decision is in force, by the law."""
    if petition.disciplinary:
        return day_by(DISCIPLINARY_EFFECTIVE_KEY, decided_on)
    return day_by(EFFECTIVE_KEY, decided_on, remote=petition.remote)


def appeal_until(petition: Petition, told_on: date) -> date | None:
    """Until when a second complaint may be made."""
    if petition.round != 1:
        return None
    if petition.disciplinary:
        return day_by(DISCIPLINARY_APPEAL_KEY, told_on)
    return day_by(APPEAL_KEY, told_on, remote=petition.remote)


def filed_late(petition: Petition) -> date | None:
    """The last day on which it could be filed, where it came in after that; time lost without fault is the officer's to weigh."""
    if petition.kind != Kind.COMPLAINT or petition.known_on is None or petition.round != 1:
        return None
    key = DISCIPLINARY_FILING_KEY if petition.disciplinary else FILING_KEY
    last = day_by(key, petition.known_on)
    return last if last is not None and petition.received_on > last else None


def terms_not_held(petition: Petition) -> list[str]:
    """The terms of a complaint that its decision sets running and for which no row of the law is held here, in sentences."""
    found = []
    if petition.known_on and petition.disciplinary and petition.round == 1:
        found.append((FILING, day_by(DISCIPLINARY_FILING_KEY, petition.known_on)))
    if petition.decided_on:
        found.append((EFFECT, petition.effective_on))
    if petition.sent_on and petition.round == 1:
        found.append((APPEAL, petition.appeal_until))
    whose = " cho khiếu nại quyết định kỷ luật" if petition.disciplinary else ""
    return [
        f"{label}: chưa có quy định được nạp{whose}, nên phần mềm không tính ngày nào. Đồng chí vui lòng xem trong luật."
        for label, day in found
        if day is None
    ]


def dialogue_needed(petition: Petition) -> bool:
    """Whether a dialogue must be held before the decision: in the second round and on discipline always, else where the
    result of verifying differs from what is asked.
    """
    if petition.kind != Kind.COMPLAINT:
        return False
    return petition.round > 1 or petition.disciplinary or petition.finding == Finding.DIFFERS


def dialogue_lacking(petition: Petition) -> bool:
    """Whether a dialogue that must be held before the decision was not held yet."""
    return dialogue_needed(petition) and not petition.dialogue_held


def earliest_dialogue(invited_on: date) -> date:
    """The first day on which a dialogue may be held that is invited to on a day; that day where the law has no row."""
    day = invited_on
    while (last := day_by(INVITE_KEY, day)) is not None and last < invited_on:
        day += timedelta(days=1)
    return day


def criteria_needed(on: date) -> int | None:
    """How many signs make a complaint complex, by the law in force on a day; None where there is no row."""
    return _number(CRITERIA_KEY, on)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """How many may speak for so many people: none are needed where `least` is 0; None where the law has no row."""

    crowd: bool
    least: int = 0
    most: int | None = None

    @property
    def words(self) -> str:
        """The rule in words."""
        if self.most is None:
            return ""
        least = "" if self.least == self.most else f"{format_number(self.least)} đến "
        return f"{least}{format_number(self.most)} người đại diện"


def group_rule(people: int, on: date) -> GroupRule:
    """Who speaks for a group, by the law in force on a day."""
    threshold = _number(GROUP_KEY, on)
    if threshold is None or people < threshold:
        return GroupRule(crowd=False)
    few_to = _number(FEW_TO_KEY, on)
    least = _number(FEW_LEAST_KEY, on) or 0
    most = _number(FEW_KEY if few_to is None or people <= few_to else MANY_KEY, on)
    return GroupRule(crowd=True, least=least, most=most)


def group_lacking(paper: Paper) -> str:
    """What a group still lacks before it is dealt with, in a sentence; empty where nothing."""
    rule = group_rule(paper.people, paper.received_on)
    if not rule.crowd or rule.most is None:
        return ""
    number = paper.signatures.filter(representative=True).count()
    if rule.least <= number <= rule.most:
        return ""
    return (
        f"Đơn của {format_number(paper.people)} người cần {rule.words} bằng văn bản có chữ ký; hiện ghi "
        f"{format_number(number)} người. Đồng chí vui lòng ghi người đại diện."
    )


def filed_late_words(petition: Petition) -> str:
    """Whether it came in too late, in a sentence."""
    last = filed_late(petition)
    if last is None:
        return ""
    return f"Đơn nhận sau hạn khiếu nại {format_date(last)}; chỉ thụ lý khi có lý do chính đáng, đồng chí ghi rõ lý do."


def _number(key: str, on: date) -> int | None:
    try:
        return int(parameter(key, on=on).numerator)
    except UnknownParameter:
        return None
