"""What is new for a reader: what came to the reader's own units, what is to be done about it and by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from danvan.accounts.selectors import actions_of
from danvan.commitments.enums import UNCOUNTED, UNDONE
from danvan.commitments.selectors import allowed_commitments, own_units
from danvan.documents.models import DirectiveQuestion, Distribution, NewsMark, RollOut
from danvan.documents.selectors.registers import near_units
from danvan.documents.selectors.roll_out.cascade import PLAN_DAYS, asks_plan, days_of
from danvan.documents.selectors.roll_out.clauses import SOURCE
from danvan.documents.selectors.roll_out.questions import allowed_questions
from danvan.documents.selectors.roll_out.session_days import told_at_sessions
from danvan.foundation import clock
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

WINDOW = timedelta(days=30)
MOST = 50  # of each sort; the registers and the ledger have the rest
VIEW = "documents.view"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One thing that came: what it is, whom it concerns, what the reader's role has to do and by when."""

    at: datetime
    icon: str
    title: str
    note: str
    url: str
    unit: str
    duties: tuple[tuple[str, date | None], ...]
    fresh: bool  # it came after the reader's last look

    @property
    def due_on(self) -> date | None:
        """The earliest day of its duties."""
        return min((day for _, day in self.duties if day), default=None)


@dataclass(frozen=True, slots=True)
class News:
    """What is new, the latest first; `seen_at` is the reader's last look, `since` the day from which on it is told."""

    items: list[NewsItem]
    seen_at: datetime | None
    since: date

    @property
    def fresh(self) -> int:
        """How many came after the last look."""
        return sum(one.fresh for one in self.items)

    @property
    def to_do(self) -> list[NewsItem]:
        """Those with something to do, what is due first; those without a day last."""
        asked = [one for one in self.items if one.duties]
        return sorted(asked, key=lambda one: (one.due_on or date.max, -one.at.timestamp()))

    @property
    def to_know(self) -> list[NewsItem]:
        """Those with nothing to do."""
        return [one for one in self.items if not one.duties]


def news_of(user: "User") -> News:
    """What came to the reader's own units since the last look, and at any rate in the last 30 days. A constant
    number of queries."""
    mark = NewsMark.objects.filter(user=user).first()
    seen = mark.seen_at if mark else None
    since = clock.now() - WINDOW
    since = min(since, seen) if seen else since
    sent = _sent(user, since)
    work = _work(user, since)
    asked = _asked(user, since)
    names = last_names(
        {*(one.unit_id for one in sent), *(one.lead_id for one in work)}
        | {one.unit_id for one in asked},
        clock.today(),
    )
    actions = actions_of(user)
    items = [
        *_papers(sent, names, actions, seen),
        *(_task(one, names, actions, seen) for one in work),
        *(_question(one, names, seen) for one in asked),
    ]
    items.sort(key=lambda one: one.at, reverse=True)
    return News(items, seen, timezone.localtime(since).date())


def _sent(user: "User", since: datetime) -> list[Distribution]:
    rows = Distribution.objects.filter(
        unit_id__in=near_units(user, VIEW), recalled_at=None, sent_at__gte=since
    )
    rows = rows.select_related("document").defer("document__text").order_by("-sent_at", "-pk")
    return list(rows[:MOST])


def _papers(
    sent: list[Distribution],
    names: dict[int, str],
    actions: frozenset[str],
    seen: datetime | None,
) -> list[NewsItem]:
    """What was sent: to be entered by who keeps the register, and carried out where a document is asked for."""
    asks = {
        one.document_id: one
        for one in RollOut.objects.filter(document_id__in=[row.document_id for row in sent])
    }
    told = told_at_sessions(sent)
    days = days_of(PLAN_DAYS, on=clock.today())
    items = []
    for row in sent:
        duties: list[tuple[str, date | None]] = []
        if row.received_at is None and "documents.register" in actions:
            duties.append(("Vào sổ văn bản đến", None))
        asked = asks.get(row.document_id)
        if asks_plan(row.document, asked):
            due = asked.plan_due_on if asked else None
            if due is None and days is not None:
                due = timezone.localtime(row.sent_at).date() + timedelta(days=days)
            duties.append(("Ban hành văn bản triển khai của đơn vị", due))
        if asked and asked.session_due_on and row.pk not in told:
            duties.append(("Tổ chức quán triệt (hạn quán triệt)", asked.session_due_on))
        if row.document.due_on:
            duties.append(("Xử lý văn bản", row.document.due_on))
        paper = row.document
        items.append(
            NewsItem(
                at=row.sent_at,
                icon="mail",
                title=f"{paper.get_document_type_display()} {paper.symbol}".strip(),
                note=paper.abstract,
                url=reverse("documents:sent", args=[row.pk]),
                unit=names.get(row.unit_id, ""),
                duties=tuple(duties),
                fresh=seen is None or row.sent_at > seen,
            )
        )
    return items


def _work(user: "User", since: datetime) -> list["Commitment"]:
    """Work from documents that the reader's own units lead and that was given since."""
    if "commitments.view" not in actions_of(user):
        return []
    found = allowed_commitments(user, "commitments.view").filter(
        source_kind=SOURCE,
        lead_id__in=own_units(user),
        assigned_on__gte=timezone.localtime(since).date(),
    )
    return list(found.exclude(state__in=UNCOUNTED).order_by("-assigned_on", "-pk")[:MOST])


def _task(
    one: "Commitment", names: dict[int, str], actions: frozenset[str], seen: datetime | None
) -> NewsItem:
    at = timezone.make_aware(datetime.combine(one.assigned_on, datetime.min.time()))
    to_do = one.state in UNDONE and "commitments.perform" in actions
    return NewsItem(
        at=at,
        icon="flag",
        title=f"{one.number} {one.title}",
        note=f"{f'Theo {one.source_symbol}. ' if one.source_symbol else ''}Sản phẩm: {one.product}",
        url=reverse("commitments:card", args=[one.pk]),
        unit=names.get(one.lead_id, ""),
        duties=(("Thực hiện và báo xong", one.due_on),) if to_do else (),
        fresh=seen is None or one.assigned_on >= timezone.localtime(seen).date(),
    )


def _asked(user: "User", since: datetime) -> list[DirectiveQuestion]:
    """Answers given since to whoever was sent the document, and questions that wait for the reader's answer."""
    near = near_units(user, VIEW)
    told = Q(answered_at__gte=since) & (
        Q(unit_id__in=near)
        | Q(document__distributions__unit_id__in=near, document__distributions__recalled_at=None)
    )
    waiting = Q(answered_at=None, document__unit_id__in=near_units(user, "documents.register"))
    found = allowed_questions(user, VIEW).filter(told | waiting).distinct()
    return list(found.select_related("document").defer("document__text").order_by("-pk")[:MOST])


def _question(one: DirectiveQuestion, names: dict[int, str], seen: datetime | None) -> NewsItem:
    at = one.answered_at or one.asked_at
    return NewsItem(
        at=at,
        icon="message-question",
        title=f"Hỏi về {one.document}: {one.words}"[:300],
        note=one.answer[:300],
        url=reverse("documents:question", args=[one.pk]),
        unit=names.get(one.unit_id, ""),
        duties=() if one.answered_at else (("Trả lời câu hỏi của nơi nhận", None),),
        fresh=seen is None or at > seen,
    )
