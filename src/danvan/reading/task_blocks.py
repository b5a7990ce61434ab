"""Tasks told in labelled lines: "Đơn vị chủ trì: ...", "Thời gian hoàn thành: ...", "Kết quả: ..." under an item."""

import re

from danvan.reading.dates import Day
from danvan.reading.doers import doers_at
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.layout import paragraphs
from danvan.reading.periods import Stretch
from danvan.reading.proposals import Doer, Span, Task
from danvan.reading.task_parts import labelled_due
from danvan.reading.view import View

_LABEL = re.compile(
    r"[ *_+•-]*(?:(?P<lead>(?:đơn vị|cơ quan|đơn vị, cá nhân|bộ phận)? ?chủ trì(?: thực hiện)?)|(?P<support>(?:đơn vị|cơ quan)? ?phối hợp(?: thực hiện)?)"
    r"|(?P<due>(?:thời gian|thời hạn|hạn|tiến độ)(?: (?:hoàn thành|thực hiện))?)|(?P<product>kết quả(?: đầu ra)?|sản phẩm(?: đầu ra|, kết quả)?)|(?P<proof>minh chứng))[ *_]*: ?"
)
_ITEM = re.compile(r"[ *_]*(?:\d{1,2}(?:\.\d{1,2})*\.?|\(?\d{1,2}\)|[a-zđ]\)|\(\d{1,2}\))[ .)]")
_NUMBERING = re.compile(r"[ *_]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ]\)) *")
_NEAR = 8  # an item's labelled lines stand within so many lines of it


def find_blocks(
    view: View, known: Gazetteer, days: list[Day], stretches: list[Stretch]
) -> list[Task]:
    """Every item that labelled lines follow, one of which says who leads."""
    spans = paragraphs(view.text)
    labels = [_LABEL.match(view.low, *span) for span in spans]
    found: list[Task] = []
    at = 0
    while at < len(spans):
        if labels[at] is None:
            at += 1
            continue
        first = at
        while at < len(spans) and labels[at] is not None:
            at += 1
        lines = {
            match.lastgroup or "": (match.end(), spans[place][1])
            for place in range(first, at)
            if (match := labels[place]) is not None
        }
        item = _item_before(view, spans, labels, first)
        if item is not None and "lead" in lines:
            found.append(
                _block(view, known, (days, stretches), (item, (item[0], spans[at - 1][1])), lines)
            )
    return found


def _item_before(
    view: View, spans: list[tuple[int, int]], labels: list[re.Match[str] | None], first: int
) -> tuple[int, int] | None:
    """The numbered line these labels belong to."""
    for place in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if labels[place] is not None:
            return None
        if _ITEM.match(view.low, *spans[place]):
            return spans[place]
    return None


def _block(
    view: View,
    known: Gazetteer,
    calendar: tuple[list[Day], list[Stretch]],
    spans: tuple[tuple[int, int], tuple[int, int]],
    lines: dict[str, tuple[int, int]],
) -> Task:
    item, whole = spans
    begin = _NUMBERING.match(view.low, *item)
    start = begin.end() if begin else item[0]
    due = labelled_due(view, *calendar, *lines["due"]) if "due" in lines else None
    leads = _doers(view, known, lines.get("lead"))
    named = any(doer.kind or doer.unit for doer in leads)
    end = start + len(view.text[start : item[1]].rstrip(" .;,:*"))
    return Task(
        *view.span(start, max(end, start + 1)),
        confidence=round(
            0.8 + 0.06 * named + 0.05 * bool(due and due.on) + 0.04 * ("product" in lines), 2
        ),
        rule="task.labelled",
        reason="Vì: dòng “chủ trì”"
        + (" + “thời gian”" if due else "")
        + (" + “kết quả”" if "product" in lines else ""),
        sentence=Span(*view.span(*whole)),
        title=" ".join(view.text[start:end].split())[:400],
        leads=leads,
        supports=_doers(view, known, lines.get("support")),
        due_on=due.on if due else None,
        due_words=due.words[:120] if due else "",
        regular=bool(due and due.regular),
        every=due.every if due else "",
        product=_words(view, lines.get("product")),
        proof=_words(view, lines.get("proof")),
    )


def _words(view: View, span: tuple[int, int] | None) -> str:
    return " ".join(view.text[slice(*span)].split()).strip(" .;,") if span else ""


def _doers(view: View, known: Gazetteer, span: tuple[int, int] | None) -> tuple[Doer, ...]:
    """Whom a label names: organisations where they can be told apart, else the words."""
    if span is None:
        return ()
    named = doers_at(view, *span, known)
    if named is not None and not view.text[named.end : span[1]].strip(" .;,"):
        return named.doers
    words = _words(view, span)
    return (Doer(words[:200]),) if words else ()
