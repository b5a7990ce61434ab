"""Documents that wait for somebody follow their units; registers, numbers, symbols and issuers stay as they were.

What was sent to a unit that ended and not entered there waits for the heir's register. A document that is to be
reviewed or handled still stands in its register, and the heir answers for it.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.documents.enums import Direction, Stage
from danvan.documents.events import DistributionsPassed
from danvan.documents.models import (
    DirectiveQuestion,
    Distribution,
    Document,
    RegisterGap,
    SecretStub,
)
from danvan.foundation import clock, events
from danvan.foundation.errors import RuleError
from danvan.organisations.holders import (
    BATCH,
    FieldHolder,
    Holder,
    Moved,
    Passage,
    StayingRows,
    by_many,
    counted,
    tell,
)
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

UNREVIEWED = (Stage.READING, Stage.UNREADABLE, Stage.TO_REVIEW)


class DistributionHolder(FieldHolder):
    """What waits to be entered. Where the heir was sent the document too, or issued it, the second sending is taken
    back with the reason, and stands again when undone.
    """

    key = "documents.distributions"
    label = "văn bản chờ vào sổ"
    model = Distribution
    field = "unit"
    fields = ("unit",)
    kept = ("document_id", "received_at", "recalled_at", "recall_reason")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Neither entered nor taken back."""
        waiting = Distribution.objects.filter(received_at=None, recalled_at=None)
        return waiting.select_related("document").defer("document__text")

    def title(self, row: Any) -> str:
        """By type, symbol and day: an abstract may name a person."""
        return called(row.document)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Those that the heir has already first; the others pass."""
        rows = list(self._locked(self.open_rows(passage.on), passage.heirs))
        documents = {row.document_id for row in rows}
        there: set[tuple[int, int]] = set()
        for some in by_many(documents):
            held = Distribution.objects.filter(document_id__in=some, recalled_at=None)
            there |= set(held.values_list("document_id", "unit_id"))
        names = last_names([*passage.heirs, *passage.heirs.values()], passage.on)
        twice, moved = [], []
        for row in rows:
            heir = passage.heirs[row.unit_id]
            if (row.document_id, heir) in there or row.document.unit_id == heir:
                twice.append(row)
                moved.append(self._recalled(row, heir, names, passage, actor))
            there.add((row.document_id, heir))
        columns = ["recalled_at", "recalled_by", "recall_reason"]
        Distribution.objects.bulk_update(twice, columns, batch_size=BATCH)
        if twice:
            tell(self.key, "hand_over", twice, passage.number, actor)
        return moved + super().hand_over(passage, actor=actor)

    def _recalled(
        self, row: Any, heir: int, names: dict[int, str], passage: Passage, actor: Any
    ) -> Moved:
        row.recalled_at, row.recalled_by = clock.now(), actor
        row.recall_reason = (
            f"{names.get(row.unit_id, '')} nay là {names.get(heir, '')}, nơi đã có văn bản này"
            f" ({passage.number})."
        )[:300]
        return Moved(
            row_id=row.pk,
            giver=row.unit_id,
            taker=heir,
            title=self.title(row)[:400],
            waits=False,
            before={"unit": row.unit_id},
            after={"unit": row.unit_id, "recalled": True},
        )

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """One event."""
        self._publish(moved, passage.number)

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """Refused where the other successor has the document."""
        held = Distribution.objects.filter(document_id=row.document_id, unit_id=moved.taker)
        if held.filter(recalled_at=None).exists() or row.document.unit_id == moved.taker:
            name = last_names([moved.taker], clock.today()).get(moved.taker, "Đơn vị này")
            raise RuleError(
                f"{name} đã có văn bản này nên không chuyển sang đó được. Đồng chí vui lòng chọn đơn vị khác."
            )
        self._publish([moved], "")

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """What waits, waits where it was sent; refused where the heir entered it meanwhile."""
        self._refuse_entered([one.row_id for one in moved])
        recalled = [one.row_id for one in moved if one.after.get("recalled")]
        for some in by_many(recalled):
            rows = Distribution.objects.filter(pk__in=some)
            rows.update(recalled_at=None, recalled_by=None, recall_reason="")
        passed = [one for one in moved if not one.after.get("recalled")]
        super().take_back(passed, passage, actor=actor)

    def _refuse_entered(self, keys: Collection[int]) -> None:
        entered = Distribution.objects.filter(pk__in=keys).exclude(received_at=None)
        rows = list(entered.select_related("document").defer("document__text").order_by("pk")[:5])
        if rows:
            names = last_names({row.unit_id for row in rows}, clock.today())
            told = ", ".join(
                f"{names.get(row.unit_id, '')}: {called(row.document)}" for row in rows
            )
            raise RuleError(
                f"Văn bản bàn giao đã được vào sổ ở nơi nhận ({told}) nên không trả lại được. Đồng chí vui lòng"
                " lập một lần sắp xếp mới để điều chỉnh."
            )

    def _publish(self, moved: Sequence[Moved], number: str) -> None:
        events.publish(
            DistributionsPassed(
                distribution_ids=tuple(one.row_id for one in moved),
                units=tuple(one.taker for one in moved),
                number=number,
            )
        )


class DocumentHolder(FieldHolder):
    """Who reviews and handles what stands in the registers of a unit that ended; the registers stay whole."""

    key = "documents.open"
    label = "văn bản chờ kiểm lại hoặc xử lý"
    model = Document
    field = "bearer"
    fields = ("bearer",)
    kept = ("unit_id", "stage", "handled_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """To be read or reviewed; or came in with a day to be handled by, and was not."""
        unhandled = Q(direction=Direction.INCOMING, due_on__isnull=False, handled_on=None)
        return Document.objects.filter(Q(stage__in=UNREVIEWED) | unhandled).defer("text")

    def giver(self, row: Any) -> int:
        """The register's unit, or who answered for it until now."""
        return int(row.bearer_id or row.unit_id)

    def of_units(self, unit_ids: Collection[int]) -> Q:
        """The documents for which these units answer."""
        return Q(bearer_id__in=unit_ids) | Q(bearer=None, unit_id__in=unit_ids)

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many documents each unit answers for. Two queries."""
        found = counted(self.open_rows(on), "bearer", unit_ids)
        own = counted(self.open_rows(on).filter(bearer=None), "unit", unit_ids)
        return {unit: found.get(unit, 0) + own.get(unit, 0) for unit in {**found, **own}}

    def title(self, row: Any) -> str:
        """By type, symbol and day: an abstract may name a person."""
        return called(row)


class QuestionHolder(FieldHolder):
    """Questions that wait for an answer: the heir asks on."""

    key = "documents.questions"
    label = "câu hỏi về văn bản chờ trả lời"
    model = DirectiveQuestion
    field = "unit"
    fields = ("unit",)
    kept = ("document_id", "answered_at")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not answered."""
        waiting = DirectiveQuestion.objects.filter(answered_at=None)
        return waiting.select_related("document").defer("document__text")

    def title(self, row: Any) -> str:
        """By the document: the words may name a person."""
        return f"Câu hỏi về {called(row.document)}"


class RegisterHolder(StayingRows):
    """Entries of registers: for good in the register of the organ that made them, under its symbol."""

    key = "documents.registers"
    label = "văn bản trong sổ"
    model = Document
    fields = ("unit", "issuer")
    kept = ("direction", "register_year", "register_number", "symbol", "issuer_name")


class GapHolder(StayingRows):
    """Numbers that no document bears: of a register that stays."""

    key = "documents.gaps"
    label = "khoảng số trống trong sổ"
    model = RegisterGap
    fields = ("unit",)
    kept = ("direction", "year", "first", "last")


class StubHolder(StayingRows):
    """Notes of secret documents: of a register that stays."""

    key = "documents.stubs"
    label = "dòng sổ mật"
    model = SecretStub
    fields = ("unit",)
    kept = ("register_year", "register_number")


HOLDERS: tuple[Holder, ...] = (
    DistributionHolder(),
    DocumentHolder(),
    GapHolder(),
    QuestionHolder(),
    RegisterHolder(),
    StubHolder(),
)


def called(document: Document) -> str:
    """`Công văn 12-CV/TU ngày 02/03/2026`."""
    parts = [str(document.get_document_type_display()), document.symbol]
    if document.issued_on:
        parts.append(f"ngày {format_date(document.issued_on)}")
    return " ".join(part for part in parts if part)
