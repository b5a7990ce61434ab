"""Tasks: sentences that tell somebody to do something, with who leads, who supports, by when and what comes of it."""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from danvan.reading.dates import Day
from danvan.reading.doctypes import FORWARD, OF_LAW
from danvan.reading.doers import VERBS, Named, doers_at, verb_after, verb_at
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.layout import NUMBERING, Sentence, index_at, pieces
from danvan.reading.periods import Stretch
from danvan.reading.proposals import Doer, Span, Task
from danvan.reading.task_blocks import find_blocks
from danvan.reading.task_parts import Due, find_due, product_of, proof_of, said_product, without
from danvan.reading.view import UPPER, View
from danvan.reading.words import wording

_GIVE = wording(
    r"(?<!\w)(?:giao(?: nhiệm vụ)?(?: cho)?|phân công|yêu cầu|đề nghị|ủy quyền(?: cho)?)(?: ?:)?(?: -)?(?=[ \n])"
)
_NUMBERING = re.compile(rf"{NUMBERING}(?:điều \d{{1,3}}[.:] ?)?")
_OPENS_PIECE = re.compile(
    r"(?:trước|trong|chậm nhất|đến|căn cứ|trên cơ sở|định kỳ|hằng|hàng|mỗi|thường xuyên|riêng|đồng thời|ngoài ra|đối với|từ|thời gian tới|trước mắt)(?!\w)"
)
_COMMA = re.compile(r", (?=\S)")
# What may stand behind the doer in a heading: "Tổ công tác có nhiệm vụ:", "Đảng ủy xã tập trung thực hiện các việc sau:".
_ENDS_HEADING = re.compile(
    r"[ .*]*(?:: *)?(?:[ ,]*(?:tập trung|cần|phải|tiếp tục|có|được giao|chịu|chủ trì|thực hiện|triển khai|lãnh đạo|chỉ đạo|quan tâm|làm tốt|tốt|nhiệm vụ|trách nhiệm"
    r"|các|một số|những|nội dung|công việc|việc|chủ yếu|trọng tâm|sau đây|như sau|sau|và)(?!\w))*[ :.*]*"
)
_SECTION = re.compile(
    r"tổ chức (?:thực hiện|triển khai)|phân công|giao việc|nhiệm vụ|giải pháp|trách nhiệm|các việc|việc cần làm|yêu cầu"
)
_INLINE_SECTION = re.compile(
    r"[ *]{0,6}(?:\d{1,2}[.)] )?[ *]{0,6}(?:giao việc|phân công|tổ chức thực hiện|nhiệm vụ)[ *]{0,6}[.:]"
)
_LEADING = wording(
    r"(?<!\w)(?:chủ trì|chịu trách nhiệm|có trách nhiệm|làm đầu mối|được (?:giao|phân công))(?!\w)"
)
_MUST = re.compile(r" phải(?!\w)")
_WILL = re.compile(
    r" (?:(?:cho biết|hứa|cam kết|khẳng định|thống nhất|trả lời)[ ,:]+)?(?:cũng |và )?sẽ(?= )"
)
_ANSWERS = re.compile(r"(?:trả lời|ý kiến trả lời|giải trình)[ :]+(?=\S)")
_DONE = wording(r"(?<!\w)(?:so với cùng kỳ|ước đạt|đến nay|mới được)(?!\w)")
# Told as done: who did it stands right before "đã". A plan "đã ban hành" is still to be carried out.
_TOLD = wording(
    rf"(?<!\w)(?:đảng ủy|tỉnh ủy|ủy ban|ubnd|mttq|mặt trận|hội|đoàn|ban|xã|phường|bản|thôn)(?: (?!(?:kế hoạch|văn bản|nội dung|nhiệm vụ) )\w+){{0,3}} đã (?:{VERBS})(?!\w)"
)
_ORGANISATION = r"(?:các |ban |văn phòng |ubnd |ubmttq |ủy ban |mặt trận |mttq |hội (?!nghị|thảo)|đoàn |công an |sở |phòng |trung tâm |đảng ủy |chi bộ |thanh tra )"
_SUPPORT = re.compile(
    rf"(?:[, ]+và |[, ]+)?(?<!\w)(?:phối hợp (?:chặt chẽ |tốt )?(?:với|cùng|cùng với) |phối hợp (?={_ORGANISATION})|(?<=chủ trì )cùng (?:với )?(?={_ORGANISATION}))"
)
# "UBND các xã chưa báo cáo khẩn trương ...": which of them, between the name and what is to be done.
_WHICH = re.compile(
    r" (?:chưa|còn|có|nêu|nói|được)(?: [^\W\d_]+){1,5}?(?= (?:khẩn trương|nghiêm túc|có trách nhiệm|chịu trách nhiệm|tập trung|chủ động|sớm)(?!\w))"
)
# "Văn phòng Đảng ủy định kỳ hằng tháng, trước ngày 25, tổng hợp ...": when, between the name and what is to be done.
_WHEN = re.compile(
    r"(?:,? (?:(?:định kỳ )?(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm|6 tháng)|định kỳ \d{1,2} tháng|(?:trước|chậm nhất|đến|trong) [^\s,;.:]+(?: [^\s,;.:]+){0,5}(?=,)))+,?(?= )"
)
_LOWER_WORD = re.compile(rf" (?![{UPPER}])[^\W\d_]+ ")
_JOINS = re.compile(r"(?:chủ trì|chủ động)?,? ?phối hợp (?:chặt chẽ |tốt )?(?:với|cùng) ")
_GIVEN_SUPPORT = re.compile(r"(?:(?:,|;| và)? ?(?<!\w)(?:giao |do )|; )(?=[^,;.:]{3,70} phối hợp)")
_JOINED = re.compile(r"[ ,]*(?:cùng )?(?:tham gia )?(?:phối hợp)(?! với| cùng)(?: thực hiện)?")
_SUPPORT_ENDS = re.compile(r"[,;:.]")
_STANDING = frozenset({"regulation", "rule", "coordination_regulation"})
_GOES_ON = re.compile(
    r"[ *-]*(?:sản phẩm|minh chứng|kết quả|thời (?:hạn|gian)(?: hoàn thành)?|hạn)(?: (?:là|gồm))? ?:|(?:phải )?hoàn thành (?:trước|trong|chậm nhất|xong)"
)
_LONGEST_TITLE = 400
_FEWEST_WORDS = 3
_MOST_COMMAS = 3


@dataclass(slots=True)
class _Open:
    """A task that is being read: `start` its first place, `action` where what is to be done begins."""

    start: int
    end: int
    action: int
    leads: tuple[Doer, ...]
    given: bool
    inherited: bool = False  # the doer stands in the heading of the list
    promised: bool = False  # "UBND xã sẽ ...": nobody tells them to, they say that they will


@dataclass(frozen=True, slots=True)
class Ground:
    """What the tasks of a text share."""

    view: View
    known: Gazetteer
    days: list[Day]
    stretches: list[Stretch]
    document_type: str
    mood: int
    head_end: int
    day: date | None = None  # the document's own


def find_tasks(ground: Ground, sentences: list[Sentence], targets: Set[Span]) -> list[Task]:
    """Every task in order of the text. A sentence that is a target is none."""
    if ground.document_type in OF_LAW:
        return []
    found: list[Task] = []
    told = -1  # the paragraph in which the last sentence held a task
    headings: dict[tuple[int, int], Named | None] = {}
    for sentence in sentences:
        promises = _WILL.search(ground.view.low, sentence.start, sentence.end) is not None
        past = sentence.mood < 0 and not promises
        if past or sentence.start < ground.head_end or sentence.is_heading:
            continue
        last = found[-1] if found else None
        if last is not None and sentence.paragraph == told and _goes_on(ground, sentence):
            found[-1] = _gone_on(ground, last, sentence)
            continue
        tasks = _of_sentence(ground, sentence, headings)
        kept = [
            task
            for task in tasks
            if task.sentence not in targets and (sentence.mood >= 0 or task.rule == "task.promised")
        ]
        told = sentence.paragraph if kept else -1
        found += kept
    blocks = find_blocks(ground.view, ground.known, ground.days, ground.stretches)
    covered = sorted((one.sentence.start, one.sentence.end) for one in blocks)
    starts = [start for start, _ in covered]
    ends = list(accumulate((end for _, end in covered), max))
    found = [
        one for one in found if (at := index_at(starts, one.start)) < 0 or one.start >= ends[at]
    ]
    return sorted([*found, *blocks], key=lambda task: (task.start, task.end))


def _goes_on(ground: Ground, sentence: Sentence) -> bool:
    """`Sản phẩm: ...`, `Hoàn thành trước ...`: a sentence of its own that belongs to the one before."""
    return bool(_GOES_ON.match(ground.view.low, sentence.start, sentence.end))


def _gone_on(ground: Ground, task: Task, sentence: Sentence) -> Task:
    """The task with what the next sentence says of its day, its product and its proof."""
    view, span = ground.view, (sentence.start, sentence.end)
    due = None if task.due_on else find_due(view, ground.days, ground.stretches, *span, ground.day)
    longer = replace(
        task,
        end=view.span(
            sentence.start, sentence.start + len(view.text[slice(*span)].rstrip(" .;,\n"))
        )[1],
        product=said_product(view, *span) or task.product,
        proof=task.proof or proof_of(view, *span).words,
    )
    return _dated(longer, due)


def _of_sentence(
    ground: Ground, sentence: Sentence, headings: dict[tuple[int, int], Named | None]
) -> list[Task]:
    view = ground.view
    above = None
    if sentence.heading is not None and sentence.heading[1] > ground.head_end:
        if sentence.heading not in headings:
            headings[sentence.heading] = _told_in_heading(ground, sentence.heading)
        above = headings[sentence.heading]
    opened: list[_Open] = []
    for start, end in pieces(view.text, sentence.start, sentence.end):
        begin = _NUMBERING.match(view.low, start, end)
        at = begin.end() if begin else start
        answers = _ANSWERS.match(view.low, at, end)
        at = answers.end() if answers else at
        one = _open(ground, at, end)
        if one is None and start == sentence.start:
            # What stands behind a semicolon belongs to whom the part before names, not to the heading's.
            one = _listed(view, at, end, above)
        if one is not None:
            opened.append(one)
        elif opened:
            opened[-1].end = end
    section = bool(opened) and _in_section(view, sentence)
    judged = [_task(ground, sentence, one, section=section) for one in opened]
    return [one for one in judged if one is not None]


def _told_in_heading(ground: Ground, span: tuple[int, int]) -> Named | None:
    """Whom a heading names: `1. Ban Tuyên giáo ...:` or `Ban Thường vụ yêu cầu các đảng ủy:`."""
    view = ground.view
    begin = _NUMBERING.match(view.low, *span)
    at = begin.end() if begin else span[0]
    give = _GIVE.search(view.low, at, span[1])
    if give:
        return doers_at(view, _past_blank(view.low, give.end()), span[1], ground.known)
    named = doers_at(view, at, span[1], ground.known)
    if named is None and _OPENS_PIECE.match(view.low, at, span[1]):
        # "Thời gian tới, Đảng ủy xã tập trung:"
        comma = _COMMA.search(view.low, at, span[1])
        named = doers_at(view, comma.end(), span[1], ground.known) if comma else None
    if named is None or not _ENDS_HEADING.fullmatch(view.low, named.end, span[1]):
        return None
    return named


def _past_blank(low: str, at: int) -> int:
    while at < len(low) and low[at] in " \n:":
        at += 1
    return at


def _listed(view: View, at: int, end: int, above: Named | None) -> _Open | None:
    """An item of a list whose heading names the doer: it begins with the verb."""
    if above is None or not (_JOINS.match(view.low, at, end) or verb_after(view, at, end)):
        return None
    return _Open(at, end, at, above.doers, given=False, inherited=True)


def _open(ground: Ground, at: int, end: int) -> _Open | None:
    """A task that names its doer here: after a word that gives it, or right at the front before its verb."""
    view = ground.view
    for place in _fronts(view.low, at, end):
        given = _GIVE.match(view.low, place, end)
        if given is None:
            giver = doers_at(view, place, end, ground.known)
            gap = giver and view.low[giver.end : giver.end + 1] == " "
            given = _GIVE.match(view.low, giver.end + 1, end) if giver and gap else None
            if giver is not None and given is None:
                one = _led(view, (at, place), end, giver, given=False)
                if one is not None:
                    return one
        if given is not None:
            named = doers_at(view, _past_blank(view.low, given.end()), end, ground.known)
            if named is not None:
                one = _led(view, (at, place), end, named, given=True)
                if one is not None:
                    return one
    return None


def _fronts(low: str, at: int, end: int) -> list[int]:
    """Where a doer may stand: at the front, or behind the commas of an opening such as "Trước ngày ...,"."""
    fronts = [at]
    if _OPENS_PIECE.match(low, at, end):
        commas = list(_COMMA.finditer(low, at, end))[:_MOST_COMMAS]
        fronts += [comma.end() for comma in commas]
    return fronts


def _led(
    view: View, begin: tuple[int, int], end: int, named: Named, *, given: bool
) -> _Open | None:
    action = verb_after(view, named.end, end)
    begins = named.end
    will = _WILL.match(view.low, named.end, end)
    if will is not None and verb_after(view, will.end(), end) is not None:
        return _Open(begin[0], end, will.end(), named.doers, given=given, promised=not given)
    if action is None and (which := _WHICH.match(view.low, named.end, end)):
        begins, action = which.end(), verb_after(view, which.end(), end)
    if action is None and (when := _WHEN.match(view.low, named.end, end)):
        begins, action = when.end(), verb_after(view, when.end(), end)
    support = _SUPPORT.search(view.low, named.end, min(end, named.end + 40))
    # Whatever somebody named is given to do is a task, also by a verb that nobody thought of.
    told = given and named.doers[0].words[:1].isupper() and _LOWER_WORD.match(view.text, named.end)
    if action is None and not support and not told:
        return None
    # "A, B phối hợp" alone tells of no lead.
    return _Open(begin[0], end, begins, named.doers, given=given)


def _in_section(view: View, sentence: Sentence) -> bool:
    """Whether it stands where work is given out."""
    heading = sentence.heading
    if heading and _SECTION.search(view.low, *heading):
        return True
    return bool(_INLINE_SECTION.match(view.low, sentence.paragraph))


def _task(ground: Ground, sentence: Sentence, one: _Open, *, section: bool) -> Task | None:
    view = ground.view
    end = one.start + len(view.text[one.start : one.end].rstrip(" .;,\n"))
    if _DONE.search(view.low, one.action, min(end, one.action + 60)):
        return None
    if one.inherited and _TOLD.search(view.low, one.action, end):
        return None
    due = find_due(view, ground.days, ground.stretches, one.start, end, ground.day)
    supports, holes = _supports(ground, one, end)
    leading = bool(_LEADING.search(view.low, one.action, min(end, one.action + 40)))
    named = any(doer.kind or doer.unit for doer in one.leads)
    must = named and bool(_MUST.match(view.low, one.action, end))
    forward = ground.document_type in FORWARD or ground.mood > 0
    dated = due is not None and (named or (forward and due.on is not None))
    if one.promised:
        dated = section = leading = must = due is not None and due.on is not None
    grounds = [one.given, leading, section, dated, one.inherited, must]
    if not any(grounds[:2]) and (ground.mood < 0 or ground.document_type in _STANDING):
        return None
    if not any(grounds) or (not one.given and not named and not forward and not section):
        return None
    action = _action_at(view, one.action, end)
    product, proof = product_of(view, action, end), proof_of(view, action, end)
    holes += [*(due.spans if due else ()), *product.spans, *proof.spans]
    title = _title(view, action, end, holes)
    if len(title.split()) < _FEWEST_WORDS:
        return None
    names = [
        *(["“giao”"] if one.given else []), *(["cơ quan"] if named else []), *(["“sẽ”"] if one.promised else ["“chủ trì”"] if leading else []),
        *(["mục giao việc"] if section and not one.promised else []), *([f"“{due.words}”{' (năm của văn bản)' * due.yearless}"] if due else []), *(["sản phẩm"] if product.words else []),
    ]  # fmt: skip
    sure = 0.5 + 0.14 * one.given + 0.12 * named + 0.08 * leading + 0.1 * section
    sure += 0.12 * (due is not None) + 0.06 * bool(product.words) - 0.1 * one.inherited
    rule = (
        "promised"
        if one.promised
        else "given"
        if one.given
        else "listed"
        if one.inherited
        else "led"
        if leading
        else "told"
    )
    first, last = view.span(one.start, end)
    task = Task(
        start=first, end=last, confidence=round(min(0.97, sure), 2), rule=f"task.{rule}",
        reason=f"Vì: {' + '.join(names)}", sentence=Span(*view.span(sentence.start, sentence.end)),
        title=title, leads=one.leads, supports=tuple(supports), product=product.words, proof=proof.words,
    )  # fmt: skip
    return _dated(task, due)


def _dated(task: Task, due: Due | None) -> Task:
    if due is None:
        return task
    return replace(task, due_on=due.on, due_words=due.words, regular=due.regular, every=due.every)


def _action_at(view: View, at: int, end: int) -> int:
    place = verb_after(view, at, end)
    return at if place is None else place


def _supports(ground: Ground, one: _Open, end: int) -> tuple[list[Doer], list[tuple[int, int]]]:
    """Who supports, and the stretches of the text that say so: they are no part of the title."""
    view = ground.view
    found: list[Doer] = []
    holes: list[tuple[int, int]] = []
    for match in _SUPPORT.finditer(view.low, one.action, end):
        named = doers_at(view, match.end(), end, ground.known)
        if named is None:
            stop = _SUPPORT_ENDS.search(view.low, match.end(), end)
            stops = [stop.start()] if stop else [end]
            stops += [
                at
                for at in range(match.end(), min(end, match.end() + 90))
                if view.low[at - 1] == " " and verb_at(view, at, end)
            ][:1]
            last = min(*stops, end) if len(stops) > 1 else stops[0]
            words = " ".join(view.text[match.end() : last].split())
            named = Named((Doer(words),) if words else (), last)
        found += named.doers
        holes.append((match.start(), named.end))
    for match in _GIVEN_SUPPORT.finditer(view.low, one.action, end):
        named = doers_at(view, match.end(), end, ground.known)
        joined = named and _JOINED.match(view.low, named.end, end)
        if named and joined:
            found += named.doers
            holes.append((match.start(), joined.end()))
    leads = {replace(doer, words="") for doer in one.leads if doer.kind}
    return [doer for doer in found if replace(doer, words="") not in leads], holes


def _title(view: View, start: int, end: int, holes: list[tuple[int, int]]) -> str:
    """What is to be done, without who supports and by when, a capital first."""
    words = without(view.text, start, end, holes)
    words = re.sub(r"^(?:chủ trì|có trách nhiệm|chịu trách nhiệm)[ ,]+", "", words)
    return words[:1].upper() + words[1:_LONGEST_TITLE]
