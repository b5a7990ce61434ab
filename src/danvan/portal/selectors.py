"""What the public pages put together from several modules: the six verbs in short, promises with the words of their source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from danvan.commitments.selectors.publicly import (
    LATE,
    Promise,
    promises,
    public_commitments,
    standing_at,
)
from danvan.dialogues.selectors.publicly import SOURCE as CONCLUSION
from danvan.dialogues.selectors.publicly import (
    asked_behind,
    conclusions_found,
    dialogues_to_come,
    public_conclusions,
    told_coming,
    told_conclusions,
)
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.grassroots.selectors.publicly import asked_now
from danvan.news.enums import Kind
from danvan.news.selectors import published_articles
from danvan.organisations.selectors import top_unit
from danvan.petitions.selectors import published_petitions
from danvan.petitions.selectors.public_figures import (
    OPEN,
    REQUEST_SOURCE,
    Sought,
    public_register,
    public_requests,
    titles_of_requests,
)
from danvan.petitions.selectors.reception import days_open_to_all
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment, CommitmentQuerySet

SHORT = 2  # lines of a card


@dataclass(frozen=True, slots=True)
class CardLine:
    """One way into a verb: what, where, and how much there is."""

    label: str
    url: str
    note: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class VerbCard:
    """One of the six verbs on the first page."""

    name: str
    label: str
    words: str
    url: str
    lines: list[CardLine]


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with the public words of its source and where they stand."""

    promise: Promise
    words: str
    source: str
    url: str
    asked_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """A promise on a page of its own: what was asked, and its way day by day."""

    kept: Kept
    asked: list[str]
    trail: list[tuple[date, str]]


def place_name() -> str:
    """For whom the portal speaks: the name of the top unit today."""
    try:
        return top_unit().name
    except RuleError:  # no register yet
        return ""


def promises_of(which: str = "", *, of: str = "") -> "CommitmentQuerySet":
    """The promises of public sources that stand so; `of`: those of one matter of the public register."""
    requests = public_requests()
    if of:
        requests = requests.filter(petition__public_words__number=of)
    sources = {REQUEST_SOURCE: requests} | ({} if of else {CONCLUSION: public_conclusions()})
    return standing_at(public_commitments(sources), which, on=clock.today())


def told_promises(rows: "Iterable[Commitment]") -> list[Kept]:
    """What a public list shows of each, with the words of its source; without one whose source was taken down meanwhile. Four
    queries, however many there are.
    """
    found = promises(rows)
    said = told_conclusions([one.source_id for one in found if one.source_kind == CONCLUSION])
    titles = titles_of_requests(
        [one.source_id for one in found if one.source_kind == REQUEST_SOURCE]
    )
    kept = []
    for one in found:
        told, row = said.get(one.source_id), titles.get(one.source_id)
        if one.source_kind == CONCLUSION and told is not None:
            url = reverse("people:talk", args=[told.number]) if told.open else ""
            source = f"Đối thoại: {told.subject}"
            kept.append(Kept(one, told.words, source, url, told.held_on, None))
        elif one.source_kind == REQUEST_SOURCE and row is not None:
            url = reverse("people:matter", args=[row.number])
            asked_on = row.petition.received_on
            kept.append(Kept(one, row.title, f"Ý kiến {row.number}", url, asked_on, row.answer_on))
    return kept


def promise_told(pk: int) -> Told | None:
    """The promise of a public source by its row; None for every other: nothing tells which. A fixed number of queries."""
    kept = next(iter(told_promises(promises_of().filter(pk=pk))), None)
    if kept is None:
        return None
    one = kept.promise
    asked = asked_behind(one.source_id) if one.source_kind == CONCLUSION else []
    days = [
        (kept.asked_on, "Bà con hỏi"),
        (one.assigned_on, f"{one.assigner} giao {one.lead} làm"),
        *((each.on, each.words) for each in one.shown),
        (one.done_on, f"{one.lead} báo đã làm xong"),
        (one.verified_on, "Đã kiểm tra"),
        (kept.answered_on, "Trả lời người hỏi"),
        (one.agreed_on, "Người hỏi xác nhận đã xong"),
        (one.disputed_on, "Có người báo chưa xong"),
    ]
    trail = sorted(
        ((day, words) for day, words in days if day is not None), key=lambda line: line[0]
    )
    return Told(kept, asked, trail)


def promises_found(words: str, *, most: int) -> list[Kept]:
    """The promises whose public words, or those of the opinion that they came from, hold these words."""
    concluded = conclusions_found(words, most=most)
    matters = [one.pk for one in public_register(Sought(words=words))[:most]]
    requests = public_requests().filter(petition__public_words__in=matters)
    wanted = Q(source_kind=CONCLUSION, source_id__in=concluded)
    wanted |= Q(source_kind=REQUEST_SOURCE, source_id__in=requests)
    return told_promises(promises_of().filter(wanted).order_by("ordered_by", "pk")[:most])


def cards_of() -> list[VerbCard]:
    """The six verbs with what is newest in each; a verb of which there is nothing yet is left out. A fixed number of queries."""
    made = [_know(), _discuss(), _do(), _check(), _watch(), _benefit()]
    return [one for one in made if one is not None]


def _know() -> VerbCard:
    lines = []
    for unit, day in days_open_to_all(on=clock.today())[:1]:
        url = reverse("people:know") + "#lich"
        lines.append(CardLine(f"Tiếp công dân, {unit}", url, f"{day.held_on:%d/%m}"))
    lines += [
        CardLine(one.title, reverse("people:article", args=[one.pk]), "đọc")
        for one in published_articles(Kind.PLAIN, Kind.NEWS)[: SHORT - len(lines)]
    ]
    words = "Văn bản bằng lời dễ hiểu, tin, lịch tiếp dân"
    return VerbCard("know", "Dân biết", words, reverse("people:know"), lines)


def _discuss() -> VerbCard:
    lines = [
        CardLine(one.subject, reverse("portal:ask", args=[one.number]), f"{one.held_on:%d/%m}")
        for one in told_coming(dialogues_to_come()[:SHORT])
    ]
    asked = asked_now().count()
    if asked and len(lines) < SHORT:
        url = reverse("people:discuss") + "#viec"
        lines.append(CardLine("Việc đang lấy ý kiến", url, f"{format_number(asked)} việc"))
    words = "Đối thoại sắp tới, việc dân bàn và quyết định"
    return VerbCard("discuss", "Dân bàn", words, reverse("people:discuss"), lines)


def _do() -> VerbCard | None:
    found = published_articles(Kind.DEED)[:SHORT]
    lines = [CardLine(one.title, reverse("people:article", args=[one.pk]), "xem") for one in found]
    if not lines:
        return None
    words = "Việc chung đang làm, mô hình hay"
    return VerbCard("do", "Dân làm", words, reverse("people:do"), lines)


def _check() -> VerbCard:
    url = reverse("people:check")
    late = promises_of(LATE).count()
    lines = [
        CardLine("Việc đã hứa", url, f"{format_number(promises_of().count())} việc"),
        CardLine("Chậm hạn", f"{url}?xem={LATE}", f"{format_number(late)} việc", late=bool(late)),
    ]
    return VerbCard("check", "Dân kiểm tra", "Việc đã hứa và đang ở bước nào", url, lines)


def _watch() -> VerbCard:
    url = reverse("people:watch")
    waits = public_register(Sought(which=OPEN)).count()
    lines = [
        CardLine("Ý kiến công khai", url, format_number(published_petitions().count())),
        CardLine("Chưa trả lời", f"{url}?xem={OPEN}", format_number(waits)),
    ]
    return VerbCard("watch", "Dân giám sát", "Ý kiến công khai, đơn vị trả lời ra sao", url, lines)


def _benefit() -> VerbCard:
    found = published_articles(Kind.RESULT)[:1]
    lines = [CardLine(one.title, reverse("people:article", args=[one.pk]), "xem") for one in found]
    url = reverse("people:check") + "?xem=xac-nhan"
    agreed = format_number(promises_of("xac-nhan").count())
    lines.append(CardLine("Việc bà con xác nhận đã xong", url, agreed))
    words = "Kết quả trước và sau, tới từng xã"
    return VerbCard("benefit", "Dân thụ hưởng", words, reverse("people:benefit"), lines)
