"""What the public pages put together from several modules: the six verbs in short, promises with the words of their source."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    dialogues_to_come,
    public_conclusions,
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
    """What a public list shows of each, with the words of its source. Four queries, however many there are."""
    found = promises(rows)
    said = told_conclusions([one.source_id for one in found if one.source_kind == CONCLUSION])
    titles = titles_of_requests(
        [one.source_id for one in found if one.source_kind == REQUEST_SOURCE]
    )
    kept = []
    for one in found:
        if one.source_kind == CONCLUSION:
            told = said[one.source_id]
            source = f"Đối thoại: {told.subject}"
            kept.append(Kept(one, told.words, source, ""))
        else:
            row = titles[one.source_id]
            url = reverse("people:matter", args=[row.number])
            kept.append(Kept(one, row.title, f"Ý kiến {row.number}", url))
    return kept


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
        for one in dialogues_to_come()[:SHORT]
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
