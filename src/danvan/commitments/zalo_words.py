"""What is said of the ledger in a Zalo group: whole short lines without anything about a person.

A group lies outside of the house. What work is called is told only where it names nobody; of what somebody asked
for, only the words that were written to be public.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Min

from danvan.commitments.enums import UNDONE, State
from danvan.commitments.models import Commitment, Difficulty, FollowedCommitment, FollowUp
from danvan.commitments.selectors import Asked, Tab, days_late, listed, parts_shown
from danvan.commitments.services.public_words import leads_to_a_person
from danvan.organisations.selectors import last_names
from danvan.topics.selectors import told_topics
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

FROM = "Dân Vận Số"
MOST_UNITS = 10
# `ông Lô Văn Thắng`, `hộ bà Vi Thị Mai`: a word of address before a name. A village (bản, xã) is no person.
NAMED = re.compile(
    r"\b(?:ông|bà|anh|chị|cô|chú|bác|cháu|em|hộ|đồng chí|đ/c|công dân)\s+[A-ZĐÀ-Ỹ]", re.UNICODE
)
TITLES = {
    Tab.UNDONE: "việc chưa xong",
    Tab.OVERDUE: "việc quá hạn",
    Tab.SOON: "việc đến hạn trong 7 ngày",
    Tab.CLAIMED: "việc chờ kiểm tra",
    Tab.VERIFIED: "việc đã xong",
    Tab.ALL: "việc",
}


def names_somebody(words: str) -> bool:
    """Whether the words may lead to a person: by a name, a telephone, a paper, a mailbox."""
    lowered = re.sub(r"^[A-ZĐÀ-Ỹ]", lambda first: first.group().lower(), words)
    return leads_to_a_person(words) or any(NAMED.search(one) for one in (words, lowered))


def commitment_words(commitment: Commitment, *, on: date) -> str:
    """One commitment: its number, what it is where that names nobody, whose, until when, how it stands."""
    title = _safe_title(commitment)
    lead = last_names([commitment.lead_id], on).get(commitment.lead_id, "")
    first = f"[{FROM}] Việc {commitment.number}{f': {title}' if title else ''}"
    state = f"Tình trạng: {str(State(commitment.state).label).lower()}"
    return _lines(first, f"Đơn vị chủ trì: {lead}", _due(commitment, on), state)


def list_words(user: "User", asked: Asked, *, on: date) -> str:
    """A list as it was narrowed: how many, and of each unit how many and the earliest day. Two queries more."""
    found = listed(user, asked, on=on).order_by()
    groups = list(
        found.values("lead_id")
        .annotate(number=Count("pk"), first=Min("due_on"))
        .order_by("-number", "first", "lead_id")
    )
    total = sum(one["number"] for one in groups)
    what = TITLES[Tab(asked.tab)]
    head = (
        f"[{FROM}] {format_number(total)} {what} của {format_number(len(groups))} đơn vị, "
        f"tính đến {format_date(on)}"
    )
    shown = groups[:MOST_UNITS]
    names = last_names([one["lead_id"] for one in shown], on)
    lines = [
        f"- {names.get(one['lead_id'], '')}: {format_number(one['number'])} việc{_first(one['first'])}"
        for one in shown
    ]
    more = len(groups) - len(shown)
    return _lines(head, *lines, f"- và {format_number(more)} đơn vị khác" if more else "")


def follow_up_words(user: "User", act: FollowUp, *, on: date) -> str:
    """One act of following up: what it is, which units it concerns, until when they answer. Not what was found."""
    parts = parts_shown(user, act, on=on)
    number = sum(len(one.commitments) for one in parts)
    head = f"[{FROM}] {act.get_kind_display()} {format_number(number)} việc, ngày {format_date(act.on)}"
    asked = f"Đề nghị trả lời trước ngày {format_date(act.answer_by)}" if act.answer_by else ""
    lines = [
        f"- {one.unit}: {', '.join(work.number for work in one.commitments[:5])}"
        for one in parts[:MOST_UNITS]
    ]
    more = len(parts) - len(lines)
    return _lines(head, asked, *lines, f"- và {format_number(more)} đơn vị khác" if more else "")


def difficulty_words(difficulty: Difficulty, *, on: date) -> str:
    """One difficulty: of which topic and which unit, where it waits since when. Not what was written."""
    names = last_names([difficulty.unit_id, difficulty.at_unit_id], on)
    topic = told_topics([difficulty.topic_id], on=on).get(difficulty.topic_id or 0)
    head = f"[{FROM}] Khó khăn, vướng mắc của {names.get(difficulty.unit_id, '')}"
    where = names.get(difficulty.at_unit_id, "")
    if difficulty.answered_at is not None:
        state = f"Đã có trả lời của {where}"
    elif difficulty.joined_to_id is not None:
        state = "Đã gộp để trả lời chung một lần"
    else:
        since, by = format_date(difficulty.waits_since), format_date(difficulty.answer_by)
        state = f"Chờ {where} trả lời từ {since}, chậm nhất {by}"
    return _lines(head, f"Lĩnh vực: {topic.path}" if topic else "", state)


def _safe_title(commitment: Commitment) -> str:
    if commitment.asked_on is not None:
        followed = FollowedCommitment.objects.filter(commitment=commitment).order_by("-pk").first()
        words = followed.words if followed else ""
    else:
        words = commitment.title
    return "" if names_somebody(words) else words


def _due(commitment: Commitment, on: date) -> str:
    if commitment.due_on is None:
        return "Việc làm thường xuyên, không có hạn"
    line = f"Hạn: {format_date(commitment.due_on)}"
    days = days_late(commitment, on)
    if commitment.state not in UNDONE or days is None:
        return line
    if days > 0:
        return f"{line}, quá {format_number(days)} ngày"
    return f"{line}, còn {format_number(-days)} ngày" if days else f"{line}, là hôm nay"


def _first(day: date | None) -> str:
    return f", hạn sớm nhất {format_date(day)}" if day else ""


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
