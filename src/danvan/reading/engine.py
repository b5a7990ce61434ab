"""The reading engine: one text in, all proposals out. Plain rules, no learning, the same answer every time."""

import re
from dataclasses import replace
from datetime import date

from danvan.reading.calibration import MOST, MOST_UNSIGNED, calibrate
from danvan.reading.citations import find_citations
from danvan.reading.dates import Day, blank, find_days
from danvan.reading.figures import find_figures, find_norms, handed, tie_fractions
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.happenings import find_happenings
from danvan.reading.head import HeadPlace, read_head
from danvan.reading.judging import Frame, document_mood, judge
from danvan.reading.layout import find_sentences
from danvan.reading.mentions import find_in_force, find_relations, issuer_notes, merge_mentions
from danvan.reading.named_documents import (
    find_asked,
    find_congress_resolutions,
    find_named_laws,
)
from danvan.reading.periods import Stretch, find_periods
from danvan.reading.proposals import Citation, Head, Note, Period, Reading
from danvan.reading.quantities import find_quantities
from danvan.reading.readable import lacks_signs
from danvan.reading.structure import find_parts
from danvan.reading.sums import check_sums
from danvan.reading.tables import as_tables, find_tables, number_spans, read_tables
from danvan.reading.targets import Setting, find_targets
from danvan.reading.tasks import Ground, find_tasks
from danvan.reading.view import View
from danvan.reading.voices import find_voices

_COMPARED = re.compile(
    r"so với (?:cùng kỳ |kế hoạch |cuối |đầu |kết quả |mức )*(?:của )?$|cùng kỳ $"
)
_HELD = re.compile(r"(?:^|\n)[ *+-]*(?:\d\. )?(?:hôm nay|thời gian|hồi|vào lúc)[^\n]{0,60}?ngày ")
_NO_SIGNS = (
    "Văn bản gõ không dấu nên phần mềm đọc thiếu và dễ nhầm. "
    "Đồng chí vui lòng dùng bản có dấu, hoặc đối chiếu từng mục trước khi nhận."
)
_HELD_WITHIN = 3000
_TITLE_PERIOD = frozenset(
    {"term", "years", "year", "range", "open", "half", "months", "quarter", "month"}
)


def read(text: str, *, gazetteer: Gazetteer | None = None) -> Reading:
    """Read one text.

    Offsets in the answer count characters of `text` as given. Never raises on any text; takes time in
    proportion to its length. `gazetteer` adds the register's names of units and the symbols of laws.
    """
    view = View(text)
    known = gazetteer or Gazetteer()
    place = read_head(view, known)
    days = find_days(view.low)
    citations, taken = find_citations(view, days, (place.head.symbol, place.symbol_at), known)
    laws = find_named_laws(view, taken, citations, known, place.head.issued_on)
    laws += find_congress_resolutions(view, taken, citations)
    laws.sort(key=lambda one: one.start)
    year = place.head.issued_on.year if place.head.issued_on else None
    stretches = find_periods(blank(view.low, taken), year)
    hidden = [
        *taken,
        *((day.start, day.end) for day in days),
        *((one.start, one.end) for one in stretches),
    ]
    if place.end:
        hidden.append((0, place.end))
    sentences = find_sentences(view.text, view.low)
    grids = find_tables(view, [(sentence.start, sentence.mood) for sentence in sentences])
    quantities = find_quantities(view.low, [*hidden, *number_spans(view, grids)], view.text)
    title = place.head.abstract or view.text[place.end :].lstrip().split("\n", 1)[0][:200]
    mood = document_mood(place.head.document_type, "" if place.head.abstract else title)
    frame = Frame(place.head.document_type, year, mood)
    judged = tie_fractions(view.low, judge(view.low, sentences, quantities, frame))
    validity = _validity(view, place, stretches)
    # "so với năm 2024": what something is compared with is not the time of the figure.
    told = [
        one
        for one in stretches
        if not _COMPARED.search(view.low[max(0, one.start - 30) : one.start])
    ]
    targets = find_targets(Setting(view, told, days, validity), judged, sentences)
    cells, levels, sums = read_tables(view, grids, stretches)
    targets = sorted([*targets, *levels], key=lambda one: (one.start, one.end))
    wanted = {one.sentence for one in targets}
    ground = Ground(
        view,
        known,
        days,
        stretches,
        place.head.document_type,
        mood,
        place.end,
        _own_day(view, place, days),
    )
    tasks = find_tasks(ground, sentences, wanted)
    happenings = find_happenings(ground, sentences, taken, place.head.issued_on)
    figures, notes = find_figures(view, judged, told)
    figures = sorted([*figures, *cells], key=lambda one: (one.start, one.end))
    if mood < 0 and validity:
        # A report of a year tells of that year where it names no other.
        figures = [one if one.period else replace(one, period=validity) for one in figures]
    notes += sums
    notes += [*_date_notes(place.head, citations), *issuer_notes(citations), *view.notes()]
    notes += check_sums(view, judged)
    most = MOST
    if view.text.strip() and lacks_signs(view.text):
        most = MOST_UNSIGNED
        notes.append(_unsigned(text))
    documents = merge_mentions(view, citations, [*laws, *find_asked(view, taken)])
    voices = find_voices(ground, sentences, place.head.issuer)
    return Reading(
        head=place.head, validity=validity, citations=calibrate(citations, most), named_laws=calibrate(laws, most),
        targets=calibrate(targets, most), figures=calibrate(figures, most), tasks=calibrate(tasks, most),
        happenings=calibrate(happenings, most),
        notes=tuple(sorted(notes, key=lambda note: note.start)), parts=tuple(find_parts(view)),
        documents=calibrate(documents, most), relations=tuple(find_relations(view, citations, laws, documents)),
        in_force=find_in_force(view, days, place.head), norms=calibrate(find_norms(view, judged, told), most),
        tables=tuple(as_tables(view, grids)),
        requests=calibrate(voices.requests, most), conclusions=calibrate(voices.conclusions, most),
        assessments=calibrate(voices.assessments, most), people=calibrate(voices.people, most),
        organisations=calibrate(voices.organisations, most), places=calibrate(voices.places, most),
    )  # fmt: skip


def _validity(view: View, place: HeadPlace, stretches: list[Stretch]) -> Period | None:
    """The period the document's own title names: giai đoạn 2021-2025 và những năm tiếp theo."""
    for stretch in stretches:
        if stretch.start >= place.end:
            break
        if stretch.rule in _TITLE_PERIOD and place.symbol_at != stretch.start:
            before = view.low[max(0, stretch.start - 14) : stretch.start]
            if not re.search(r"(?:tháng [\d ]{1,3}|ngày [\d ]{1,3})$", before):
                return handed(view, stretch)
    return None


def _unsigned(text: str) -> Note:
    """The whole text lacks its signs: told at its first words."""
    start = len(text) - len(text.lstrip())
    return Note(start, min(start + 40, len(text)), "signs", _NO_SIGNS)


def _own_day(view: View, place: HeadPlace, days: list[Day]) -> date | None:
    """The document's own day: that of its head, else the one that minutes say they were taken on."""
    if place.head.issued_on:
        return place.head.issued_on
    held = _HELD.search(view.low, 0, _HELD_WITHIN)
    return next(
        (day.first for day in days if held and day.start == held.end() and day.exact == "day"), None
    )


def _date_notes(head: Head, citations: list[Citation]) -> list[Note]:
    """Days that contradict each other: cited later than the paper itself, or two days for one document."""
    notes = []
    days: dict[str, set[str]] = {}
    for citation in citations:
        if citation.issued_on is None or citation.dated_elsewhere:
            continue
        if head.issued_on and citation.issued_on > head.issued_on:
            notes.append(
                Note(
                    citation.start,
                    citation.end,
                    "date",
                    f"{citation.symbol} ghi ngày {citation.issued_on:%d/%m/%Y}, sau ngày ban hành văn bản này ({head.issued_on:%d/%m/%Y}).",
                )
            )
        told = days.setdefault(citation.symbol, set())
        told.add(f"{citation.issued_on:%d/%m/%Y}")
        if len(told) == 2:
            notes.append(
                Note(
                    citation.start,
                    citation.end,
                    "date",
                    f"{citation.symbol} được ghi hai ngày khác nhau: {', '.join(sorted(told))}.",
                )
            )
    return notes
