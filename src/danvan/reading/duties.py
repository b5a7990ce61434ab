"""Duties: what the clauses of a regulation say which organisations do, and what each is in it.

The four roles are those of the common formula of the field: the Party leads, the government organises, the
Front and the organisations advise and are the core.
"""

import re
from dataclasses import dataclass

from danvan.reading.doers import Named, doers_at, verb_after
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.layout import lines
from danvan.reading.proposals import Doer, Proposal
from danvan.reading.view import View

LEAD, ORGANISE, ADVISE, CORE = "lead", "organise", "advise", "core"

_ARTICLE = re.compile(r"[ *#]*điều (\d{1,3}[a-zđ]?)[.:]? *")
_CLAUSE = re.compile(r"[ *#]*(\d{1,2}(?:\.\d{1,2})*)[.)] *(?=\D)")
_POINT = re.compile(r"[ *#]*([a-zđ])[.)] *")
_DASH = re.compile(r"[ *#]*[-+•] *")
_CLOSES = re.compile(r"[ *#]*(?:chương|phần|mục) [ivxlc\d]+(?!\w)")
_OF = re.compile(
    r"(?:trách nhiệm|nhiệm vụ(?:,? (?:và )?quyền hạn)?|vai trò|chức năng|công tác dân vận)[^.;:\n]{0,40}? của "
)
_ONLY = re.compile(r"[ :.*]*")
_AT_FRONT = re.compile(
    r"(?:có trách nhiệm|chịu trách nhiệm|thường xuyên|chủ động|kịp thời|trực tiếp|tiếp tục|chủ trì|[ ,:]+)*"
)
_ROLES = (
    (CORE, "làm nòng cốt", re.compile(r"(?<!\w)nòng cốt(?!\w)"), False),
    (ADVISE, "tham mưu, đề xuất", re.compile(r"(?:tham mưu|đề xuất|giúp|tư vấn)(?!\w)"), True),
    (LEAD, "lãnh đạo, chỉ đạo", re.compile(r"(?:lãnh đạo|chỉ đạo|định hướng|quyết định)(?!\w)"), True),
    (
        CORE, "vận động, giám sát, phản biện",
        re.compile(r"(?:vận động|tuyên truyền|tập hợp|phát động|giám sát|phản biện|đại diện)(?!\w)"), True,
    ),
    (
        ORGANISE, "tổ chức thực hiện",
        re.compile(
            r"(?:tổ chức|thực hiện|thể chế hóa|cụ thể hóa|xây dựng|ban hành|giải quyết|tiếp|đối thoại|công khai"
            r"|triển khai|kiểm tra|bố trí|bảo đảm|đảm bảo)(?!\w)"
        ), True,
    ),
)  # fmt: skip
_DUTY_VERB = re.compile(
    r"(?:làm nòng cốt|là nòng cốt|phát huy|chăm lo|lắng nghe|tôn trọng|gương mẫu)(?!\w)"
)
_USUAL = {"party_committee": LEAD, "advisory_board": ADVISE, "peoples_council": ORGANISE, "peoples_committee": ORGANISE}  # fmt: skip
_LONGEST = 600
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Duty(Proposal):
    """One duty as read: its clause (Điều 7, khoản 1, điểm a), its words, and who is what in it."""

    clause: str
    words: str
    doers: tuple[Doer, ...]
    role: str


@dataclass(slots=True)
class _Where:
    """The numbers above a line, and whom the headings above it name."""

    article: str = ""
    clause: str = ""
    point: str = ""
    of_article: Named | None = None
    of_clause: Named | None = None

    @property
    def label(self) -> str:
        """In words."""
        parts = (("Điều ", self.article), ("khoản ", self.clause), ("điểm ", self.point))
        return ", ".join(word + number for word, number in parts if number)

    @property
    def named(self) -> Named | None:
        """Whom the nearest heading names."""
        return self.of_clause or self.of_article


def find_duties(text: str, *, gazetteer: Gazetteer | None = None) -> list[Duty]:
    """The duties of a regulation, in order; offsets count characters of `text` as given.

    A line counts that begins (behind its number) with an organisation and a verb, or with the verb where the
    heading above it names the organisation. The role comes from the verb, else from the kind of organisation.
    """
    view, known = View(text), gazetteer or Gazetteer()
    where, found = _Where(), []
    for start, end in lines(view.text):
        at = _step(view, where, start, end, known)
        if at is None:
            continue
        end = start + len(view.text[start:end].rstrip(" .;:,*"))
        own = doers_at(view, at, end, known)
        if own is not None and where.named and not any(d.kind or d.unit for d in own.doers):
            own = None  # "Lãnh đạo ..." under a heading is the verb, not the leaders
        if own is not None and _ONLY.fullmatch(view.low, own.end, end):
            where.of_clause = own
            continue
        named = own or where.named
        action = _verb(view, own.end if own else at, end)
        if named is None or action is None:
            continue
        duty = _duty(view, where.label, (at, end), action, named, inherited=own is None)
        if duty is not None:
            found.append(duty)
    return found


def _verb(view: View, at: int, end: int) -> int | None:
    """Where the verb stands, behind words such as "có trách nhiệm"; also one that only duties begin with."""
    front = _AT_FRONT.match(view.low, at, end)
    place = front.end() if front else at
    own = any(words.match(view.low, place, end) for *_, words, _ in _ROLES)
    return place if own or _DUTY_VERB.match(view.low, place, end) else verb_after(view, at, end)


def _step(view: View, where: _Where, start: int, end: int, known: Gazetteer) -> int | None:
    """Take the line's number in; where its words begin. None for a heading that says no more."""
    if _CLOSES.match(view.low, start, end):
        where.article = where.clause = where.point = ""
        where.of_article = where.of_clause = None
        return None
    if number := _ARTICLE.match(view.low, start, end):
        where.article, where.clause, where.point = number[1], "", ""
        where.of_clause = None
        where.of_article = _in_heading(view, number.end(), end, known)
        return (
            None
            if where.of_article or len(view.low[number.end() : end].split()) < 25
            else number.end()
        )
    if number := _CLAUSE.match(view.low, start, end):
        where.clause, where.point, where.of_clause = number[1], "", None
        return number.end()
    if number := _POINT.match(view.low, start, end):
        where.point = number[1]
        return number.end()
    dash = _DASH.match(view.low, start, end)
    return dash.end() if dash else start


def _in_heading(view: View, at: int, end: int, known: Gazetteer) -> Named | None:
    of = _OF.search(view.low, at, end)
    named = doers_at(view, of.end() if of else at, end, known)
    if named is None or not (of or _ONLY.fullmatch(view.low, named.end, end)):
        return None
    return named


def _duty(
    view: View, label: str, span: tuple[int, int], action: int, named: Named, *, inherited: bool
) -> Duty | None:
    at, end = span
    front = _AT_FRONT.match(view.low, action, end)
    begins = front.end() if front else action
    words = " ".join(view.text[begins:end].split())
    if len(words.split()) < _FEWEST_WORDS:
        return None
    role, told, sure = _role(view.low, begins, end, named)
    start, stop = view.span(at, end)
    whom = "tên tổ chức ở đề mục phía trên" if inherited else "tên tổ chức ở đầu câu"
    confidence = (0.8 if inherited else 0.9) * (1 if sure else 0.75)
    return Duty(
        start, stop, round(confidence, 2), "duty.heading" if inherited else "duty.sentence",
        f"Vì: có {whom}; {told}.", label, words[:1].upper() + words[1:_LONGEST], named.doers, role,
    )  # fmt: skip


def _role(low: str, at: int, end: int, named: Named) -> tuple[str, str, bool]:
    for role, told, words, front in _ROLES:
        if words.match(low, at, end) if front else words.search(low, at, end):
            return role, f"động từ “{told}”", True
    kinds = {doer.kind for doer in named.doers}
    role = next((_USUAL[kind] for kind in _USUAL if kind in kinds), CORE)
    return role, "vai trò thường có của loại tổ chức này", False
