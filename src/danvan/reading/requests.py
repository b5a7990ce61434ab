"""Requests and recommendations: from whom, to whom, what, by when."""

import re
from dataclasses import dataclass

from danvan.reading.addressing import Above, Headings, authors_of, letter_to
from danvan.reading.asked import Asked, asked_at, speaker_in
from danvan.reading.directing import NUMBERING, Directed
from danvan.reading.doctypes import OF_LAW
from danvan.reading.layout import Sentence, pieces
from danvan.reading.name_words import NUMBERS
from danvan.reading.naming import BODY, in_full, organisation_at, said
from danvan.reading.proposals import Request, Span
from danvan.reading.request_words import (
    ACTION,
    ADVERBS,
    ASK,
    BY_WHEN,
    CONDITIONAL,
    COUNTED,
    GIVE,
    GOES_ON,
    NOUN_AFTER,
    NOUN_BEFORE,
    OPENING,
    POTENTIAL,
    RULES,
    SPEAKERS,
    TO,
    TOLD,
)
from danvan.reading.task_parts import find_due
from danvan.reading.tasks import Ground
from danvan.reading.wording import norm_in
from danvan.vietnamese.text import fold

_FEWEST_WORDS, _LONGEST, _MOST_WHEN, _MOST_VERBS = 3, 600, 10, 12
_TELLS = re.compile(
    r" (?:báo cáo|cho biết|nêu|đã|thông tin|trình bày|tiếp thu|giải trình|trả lời|cam kết)(?!\w)"
)
_PAST = re.compile(r"[ ,]*(?:đã|vừa|được|là|của|và|bị|có \d|về|rằng|quá)(?!\w)")
# "Các cơ quan" keeps its word; "hai xã An Hòa" does not keep its number.
_NUMBER_BEFORE = re.compile(rf"^(?:{NUMBERS}) ", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A request as it is read, in offsets of the view."""

    start: int
    end: int
    action: int
    rule: str
    names: tuple[str, ...] = ()
    carried: str = ""
    requester: str = ""
    doubt: float = 0.0


class _Reader:
    """Reads sentence by sentence, and remembers whom the last request of a paragraph was to."""

    def __init__(
        self, ground: Ground, issuer: str, directed: list[Directed], sentences: list[Sentence]
    ) -> None:
        self.view, self.low = ground.view, ground.view.low
        self.directed, self.at = directed, 0
        self.letter = letter_to(ground.view)
        self.authors = authors_of(ground.view, ground.head_end, issuer, sentences)
        self.headings = Headings(ground.view)
        self.last: _Open | None = None
        self.paragraph = -1
        self.teller: tuple[str, ...] = ()

    def sentence(self, one: Sentence) -> list[_Open]:
        """The requests of one sentence."""
        if one.paragraph != self.paragraph:
            self.last, self.paragraph, self.teller = None, one.paragraph, ()
        within = self._directed(one)
        if self.headings.opens_list(one):
            return []
        above = self.headings.above(one)
        found: list[_Open] = []
        alike = within or above.asks or self.last
        if (
            alike
            or ASK.search(self.low, one.start, one.end)
            or " nào " in self.low[one.start : one.end]
        ):
            for span in pieces(self.view.text, one.start, one.end):
                opened = self._piece(one, span, within, above, found)
                if opened is not None:
                    found.append(opened)
                    self.last = opened
        self.teller = self._telling(one) or self.teller
        return found

    def _piece(
        self, one: Sentence, span: tuple[int, int], within: Directed | None,
        above: Above, before: list[_Open],
    ) -> _Open | None:  # fmt: skip
        start, end = span
        if within is not None and start < within.begin:
            start = within.begin if within.begin < end else start
        begin = NUMBERING.match(self.low, start, end)
        at = begin.end() if begin else start
        if (
            before
            and BY_WHEN.match(self.low, at, end)
            and len(self.low[at:end].split()) <= _MOST_WHEN
        ):
            before[-1].end = end
            return None
        said_here = self._asked((one.start, at, end), within, above.names)
        if said_here is not None:
            return said_here
        if within is not None and at >= within.begin:
            given = self._directing(at, end, within)
            if given is not None:
                return given
        if before and self._acts(at, end):
            last = before[-1]
            return _Open(at, end, at, "request.carried", last.names, "before", last.requester)
        if above.asks:
            return self._listed(at, end, above)
        if within is None and not before:
            return self._conditional(one, at, end)
        return None

    def _asked(
        self, span: tuple[int, int, int], within: Directed | None, names: tuple[str, ...]
    ) -> _Open | None:
        """A word of asking with whom it asks, or with what is asked right behind it."""
        first, at, end = span
        for verb in _verbs(self.low, at, end, given=within is not None):
            clause = self.low[max(at, verb.start() - 120) : verb.start()]
            noun = bool(NOUN_BEFORE.search(f" {clause}")) or bool(
                NOUN_AFTER.match(self.low, verb.end(), end)
            )
            if noun or (POTENTIAL.search(clause) and verb.start() > at):
                continue
            to = TO.match(self.low, verb.end(), end)
            place = to.end() if to else verb.end()
            asked = asked_at(self.view, place, end)
            told = TOLD.search(clause)
            if told and COUNTED.search(self.low, place, end):
                continue
            requester = self._requester(first, (at, verb.start()), within)
            doubt = 0.1 * bool(told)
            if asked is not None:
                action = self._after(asked, end)
                if action is not None:
                    rule = "request.asked" if verb.re is ASK.compiled else "request.given"
                    carried, names = self._named(asked.names)
                    return _Open(verb.start(), end, action, rule, names, carried, requester, doubt)
                continue
            # "Yêu cầu: ..." is what a plan is to hold to.
            held = verb["verb"] == "yêu cầu" and ":" in self.low[verb.end() : place]
            if (
                verb["verb"] in _DEMANDING
                and not held
                and self._front(at, verb.start())
                and self._acts(place, end)
            ):
                carried, whom = self._whom(names)
                return _Open(
                    verb.start(), end, place, "request.direct", whom, carried, requester, doubt
                )
        return None

    def _requester(self, first: int, lead: tuple[int, int], within: Directed | None) -> str:
        """Who asks: named before the verb, else who asked before in this paragraph, who directs, who speaks."""
        at, verb = lead
        named = speaker_in(self.view, max(at, verb - 240), verb)
        if not named and SPEAKERS.fullmatch(self.low[at:verb].strip(" ,")):
            named = said(self.view, at, verb)
        if not named and self.last is not None and first < at:
            named = self.last.requester
        return named or (within.by if within else "") or speaker_in(self.view, first, at)

    def _named(self, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Those named here; "quý cơ quan" in a letter are whom it is to."""
        if self.letter and all(name.lower().startswith("quý ") for name in names):
            return "letter", self.letter
        return "", names

    def _after(self, asked: Asked, end: int) -> int | None:
        """Where what is asked begins behind whom it is asked of; None where nothing is."""
        rest = self.low[asked.end : end].lstrip(" ,:-")
        if len(rest.split()) < 2 or _PAST.match(self.low, asked.end, end):
            return None
        return end - len(rest)

    def _front(self, at: int, verb: int) -> bool:
        """Whether nothing stands before the verb but an opening or who asks."""
        lead = self.low[at:verb].strip(" ,\"“'")
        if not lead or OPENING.match(lead) or ADVERBS.fullmatch(lead):
            return True
        asked = asked_at(self.view, at, verb)
        if asked is not None and ADVERBS.fullmatch(self.low, asked.end, verb):
            return True
        return bool(SPEAKERS.fullmatch(lead))

    def _acts(self, at: int, end: int) -> bool:
        """Whether an action begins here, in small letters or as the first word of a line."""
        return (
            bool(ACTION.match(self.low, at, end)) and len(self.low[at:end].split()) >= _FEWEST_WORDS
        )

    def _whom(self, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Whom what names nobody is asked of: the heading's, the last of the paragraph, the letter's."""
        if names:
            carried, whom = self._named(names)
            return carried or "heading", whom
        if self.last is not None and self.last.names:
            return "before", self.last.names
        return ("letter", self.letter) if self.letter else ("", ())

    def _directing(self, at: int, end: int, within: Directed) -> _Open | None:
        """`Ban Dân vận tiếp tục ...` in the words of a head; a task of whoever writes is no request."""
        goes_on = GOES_ON.match(self.low, at, end)
        at = goes_on.end() if goes_on else at
        asked = asked_at(self.view, at, end)
        action = self._after(asked, end) if asked else None
        if asked is None or action is None:
            carry = self.last is not None and bool(self.last.names) and self._acts(at, end)
            if carry and self.last is not None:
                return _Open(at, end, at, "request.carried", self.last.names, "before", within.by)
            return None
        if not ACTION.match(self.low, action, end):
            return None
        if not within.cue.concludes and any(self._is_author(name) for name in asked.names):
            return None
        return _Open(at, end, action, "request.directing", asked.names, "", within.by)

    def _is_author(self, name: str) -> bool:
        key = fold(in_full(name))
        return any(one.startswith(key) or key.startswith(one) for one in self.authors)

    def _listed(self, at: int, end: int, above: Above) -> _Open | None:
        """An item under a heading of requests."""
        to = _TO_WHOM.match(self.low, at, end)
        asked = asked_at(self.view, to.end() if to else at, end)
        action = self._after(asked, end) if asked else None
        if asked is not None and action is not None and (to or ACTION.match(self.low, action, end)):
            return _Open(at, end, action, "request.listed", asked.names, "", above.by)
        if self._acts(at, end):
            carried, whom = self._whom(above.names)
            doubt = 0.0 if whom else 0.1
            return _Open(at, end, at, "request.listed", whom, carried, above.by, doubt)
        return None

    def _conditional(self, one: Sentence, at: int, end: int) -> _Open | None:
        """`Kiến nghị nào chưa trả lời thì lập kế hoạch ...`: an order to whom the sentence before is about."""
        found = CONDITIONAL.match(self.low, at, end)
        if found is None or one.mood < 0 or not self._acts(found.end(), end):
            return None
        if norm_in(self.low, at, end) or _NO_ORDER.match(self.low, found.end(), end):
            return None
        carried = "before" if self.teller else ""
        return _Open(at, end, found.end(), "request.conditional", self.teller, carried)

    def _telling(self, one: Sentence) -> tuple[str, ...]:
        """The organisation that reports in this sentence."""
        if not _TELLS.search(
            self.low, one.start, one.end
        ):  # most sentences: no need to look for bodies
            return ()
        for head in BODY.finditer(self.low, one.start, one.end):
            named = organisation_at(self.view, head.start())
            if named is not None and _TELLS.match(self.low, named.end, one.end):
                return (named.words,)
        return ()

    def _directed(self, one: Sentence) -> Directed | None:
        while self.at < len(self.directed) and self.directed[self.at].end <= one.start:
            self.at += 1
        if self.at < len(self.directed) and self.directed[self.at].begin < one.end:
            return self.directed[self.at]
        return None


_NO_ORDER = re.compile(r"(?:không|được|có|sẽ|tăng|giảm)(?!\w)")
_QUOTE_ENDS = re.compile(r'"(?=[,. ]|$)')
_DEMANDING = frozenset({"đề nghị", "kiến nghị", "yêu cầu", "đề xuất"})
_TO_WHOM = re.compile(r"(?:(?:đối )?với|gửi|đến) (?=\S)")


def _verbs(low: str, at: int, end: int, *, given: bool) -> list[re.Match[str]]:
    found = list(ASK.finditer(low, at, end))
    if given:
        found += GIVE.finditer(low, at, end)
    return sorted(found, key=lambda one: one.start())[:_MOST_VERBS]


def find_requests(
    ground: Ground, issuer: str, sentences: list[Sentence], directed: list[Directed]
) -> list[Request]:
    """Every request in order of the text; none in laws, decrees and circulars."""
    if ground.document_type in OF_LAW:
        return []
    reader = _Reader(ground, issuer, directed, sentences)
    found = []
    for one in sentences:
        if one.start >= ground.head_end:
            found += [_request(ground, one, opened) for opened in reader.sentence(one)]
    return found


def _request(ground: Ground, one: Sentence, opened: _Open) -> Request:
    view = ground.view
    quoted = _QUOTE_ENDS.search(view.text, opened.start, opened.end)
    stop = (
        quoted.start()
        if quoted and '"' not in view.text[opened.start : quoted.start()]
        else opened.end
    )
    end = opened.start + len(view.text[opened.start : stop].rstrip(' .;,:*"\n'))
    end = max(end, opened.start + 1)
    rule = RULES[opened.rule]
    names = tuple(_NUMBER_BEFORE.sub("", name) for name in opened.names)
    due = find_due(view, ground.days, ground.stretches, opened.start, end, ground.day)
    sure = rule.confidence - opened.doubt - 0.1 * (not names)
    words = " ".join(view.text[opened.action : end].split())
    return Request(
        *view.span(opened.start, end), round(sure, 2), opened.rule, f"Vì: {rule.reason}",
        sentence=Span(*view.span(one.start, one.end)), what=words[:1].upper() + words[1:_LONGEST],
        addressees=names, addressee=", ".join(names), carried=opened.carried, requester=opened.requester,
        due_on=due.on if due else None, due_words=due.words[:120] if due else "",
    )  # fmt: skip
