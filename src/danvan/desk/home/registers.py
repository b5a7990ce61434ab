"""What waits in the registers: documents sent to us, read by the machine, or not readable."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.documents.enums import Stage
from danvan.documents.selectors import RegisterFilter, incoming, to_review, waiting_to_enter
from danvan.documents.selectors.roll_out import sessions_to_record, waiting_questions
from danvan.vietnamese.dates import format_date

NEWEST = ("-registered_at", "-pk")


def waiting_in_registers(reader: Reader) -> Iterator[Batch]:
    """Documents to enter, to review, and those that need another file."""
    if reader.may("documents.register"):
        yield _sent_to_us(reader)
        yield _unreadable(reader)
        yield _questions(reader)
        yield from _sessions(reader)
    if reader.may("documents.review"):
        yield _read(reader)


def read_documents(user: Any) -> QuerySet[Any]:
    """Documents whose proposals wait for the reader, the latest first."""
    return to_review(user, RegisterFilter(stage=Stage.TO_REVIEW)).order_by(*NEWEST)


def _sent_to_us(reader: Reader) -> Batch:
    def made(one: Any) -> Thing:
        day = f"gửi {format_date(one.sent_at.date())}"
        return Thing(
            sort=Sort.DOCUMENT,
            pk=one.pk,
            title=title_of(one.document),
            url=reverse("documents:sent", args=[one.pk]),
            note=" · ".join((one.document.issuer_name, day)),
            unit_id=one.unit_id,
            product="Vào sổ văn bản đến",
            state="Chờ vào sổ",
        )

    waiting = waiting_to_enter(reader.user).order_by("-sent_at", "-pk")
    url = reverse("documents:to-enter")
    return reader.take(Group.LACKING, Sort.DOCUMENT, waiting, made, url)


def _unreadable(reader: Reader) -> Batch:
    found = incoming(reader.user, RegisterFilter(stage=Stage.UNREADABLE)).order_by(*NEWEST)
    return reader.take(
        Group.LACKING,
        Sort.DOCUMENT,
        found,
        lambda one: _document(one, "Cần tệp khác", "documents:card"),
        way("documents:incoming", giai_doan=Stage.UNREADABLE.value),
    )


def _questions(reader: Reader) -> Batch:
    def made(one: Any) -> Thing:
        return Thing(
            sort=Sort.DOCUMENT,
            pk=one.pk,
            title=f"Hỏi về {title_of(one.document)}",
            url=reverse("documents:question", args=[one.pk]),
            note=f"hỏi {format_date(localtime(one.asked_at).date())}",
            unit_id=one.unit_id,
            product="Trả lời câu hỏi của nơi nhận",
            state="Chờ trả lời",
        )

    waiting = waiting_questions(reader.user)
    return reader.take(Group.CHECKING, Sort.DOCUMENT, waiting, made, reverse("documents:news"))


def _sessions(reader: Reader) -> Iterator[Batch]:
    """What is to be recorded of sessions whose day has passed, and those of the next days."""

    def made(one: Any) -> Thing:
        over = one.on < reader.today
        return Thing(
            sort=Sort.DOCUMENT,
            pk=one.pk,
            title=f"Hội nghị quán triệt {title_of(one.document)}",
            url=reverse("documents:session", args=[one.pk]),
            note=" · ".join(part for part in (f"ngày {format_date(one.on)}", one.place) if part),
            unit_id=one.held_by_id,
            product="Ghi số người dự, kết quả" if over else "Tổ chức rồi ghi kết quả",
            due_on=None if over else one.on,
            state="Chưa ghi kết quả" if over else "",
        )

    mine, url = sessions_to_record(reader.user), reverse("documents:news")
    over = mine.filter(on__lt=reader.today)
    yield reader.take(Group.LACKING, Sort.DOCUMENT, over, made, url)
    near = mine.filter(on__gte=reader.today, on__lte=reader.soon)
    yield reader.take(Group.DUE, Sort.DOCUMENT, near, made, url)


def _read(reader: Reader) -> Batch:
    return reader.take(
        Group.CHECKING,
        Sort.DOCUMENT,
        read_documents(reader.user),
        lambda one: _document(one, "Chờ kiểm lại", "documents:review"),
        way("documents:to-review", giai_doan=Stage.TO_REVIEW.value),
    )


def _document(one: Any, state: str, name: str) -> Thing:
    came = f"đến {format_date(one.received_on)}" if one.received_on else ""
    return Thing(
        sort=Sort.DOCUMENT,
        pk=one.pk,
        title=title_of(one),
        url=reverse(name, args=[one.pk]),
        note=" · ".join(part for part in (one.issuer_name, came) if part),
        unit_id=one.unit_id,
        product="Kiểm lại đề xuất" if name == "documents:review" else "Tệp văn bản đọc được",
        state=state,
    )


def title_of(document: Any) -> str:
    """What a document is called in a list: its symbol and what it is about."""
    return ": ".join(part for part in (document.symbol, document.abstract) if part)
