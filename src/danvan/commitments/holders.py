"""Open commitments and explanations follow their units; what is finished stays with the unit that finished it.

What was found done and is not closed still waits for who assigned it: that side passes, the lead stays.

The lead, who assigned, who supports, who is asked to explain and who asked: each passes to the heir while the matter
is open. The timeline says from whom, to whom and by which reorganisation; undoing takes the line away.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from danvan.commitments.enums import UNDONE, ExplanationStepKind, Ruling, State, StepKind
from danvan.commitments.events import MattersPassed
from danvan.commitments.models import (
    Commitment,
    CommitmentStep,
    CommitmentSupport,
    Explanation,
    ExplanationStep,
)
from danvan.commitments.programme_holders import PROGRAMME_HOLDERS
from danvan.commitments.series_holders import SERIES_HOLDERS
from danvan.commitments.services import clocks
from danvan.commitments.services.rows import cut
from danvan.foundation import clock, events
from danvan.foundation.errors import RuleError
from danvan.organisations.holders import (
    BATCH,
    FieldHolder,
    Holder,
    Moved,
    Passage,
    by_many,
    tell,
)
from danvan.organisations.selectors import last_names

OPEN = (*UNDONE, State.CLAIMED)


class _Told(FieldHolder):
    """A part in a matter whose passing is a line of its timeline, and is told to whoever answers now.

    `part` names it for events, `word` for people. `step_model` and `of` are the lines and what they belong to.
    """

    part: ClassVar[str]
    word: ClassVar[str]
    of: ClassVar[str] = "commitment_id"
    step_model: ClassVar[Any] = CommitmentStep
    step_kind: ClassVar[str] = StepKind.PASSED

    def matter(self, row: Any) -> int:
        """The matter that the row is a part of."""
        return int(row.pk)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """With the calendar held before any row is, as everywhere in the ledger."""
        clocks.hold_calendar()
        return super().hand_over(passage, actor=actor)

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """The same."""
        clocks.hold_calendar()
        super().take_back(moved, passage, actor=actor)

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """The same."""
        clocks.hold_calendar()
        return super().pass_on(moved, to, actor=actor)

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """A line on each timeline, and one event."""
        names = _names(moved, passage.on)
        by = f"theo {passage.number}: {passage.title}"
        steps = self._steps(rows, moved, names, by, passage.on, actor)
        for one, step in zip(moved, steps, strict=True):
            one.after["steps"] = [step.pk]
        self._publish(rows, moved, passage.number)

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """One more line: to whom the heir's share went."""
        day = clock.today()
        by = "khi nhận bàn giao"
        [step] = self._steps([row], [moved], _names([moved], day), by, day, actor)
        moved.after["steps"] = [*moved.after["steps"], step.pk]
        self._publish([row], [moved], "")

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The lines go."""
        for some in by_many(pk for one in moved for pk in one.after["steps"]):
            self.step_model.objects.filter(pk__in=some).delete()

    def _publish(self, rows: Sequence[Any], moved: Sequence[Moved], number: str) -> None:
        events.publish(
            MattersPassed(
                part=self.part,
                ids=tuple(self.matter(row) for row in rows),
                units=tuple(one.taker for one in moved),
                steps=tuple(one.after["steps"][-1] for one in moved),
                number=number,
            )
        )

    def _steps(
        self,
        rows: Sequence[Any],
        moved: Sequence[Moved],
        names: dict[int, str],
        by: str,
        on: date,
        actor: Any,
    ) -> list[Any]:
        now = clock.now()
        return list(
            self.step_model.objects.bulk_create(
                (
                    self.step_model(
                        **{self.of: self.matter(row)},
                        kind=self.step_kind,
                        at=now,
                        by=actor,
                        words=cut(
                            f"{self.word} chuyển từ {names.get(one.giver, '')} sang "
                            f"{names.get(one.taker, '')}, {by}."
                        ),
                        **self.beside_step(one, on),
                    )
                    for row, one in zip(rows, moved, strict=True)
                ),
                batch_size=BATCH,
            )
        )

    def beside_step(self, moved: Moved, on: date) -> dict[str, Any]:
        """The other columns of a line."""
        return {"on": on}


class LeadHolder(_Told):
    """Who leads: of what is open, and of what was found done on the day or later, when the unit was no more.

    What was claimed before the day stays counted where it was claimed. A heir that supported leads now.
    """

    key = "commitments.lead"
    label = "việc đang chủ trì"
    model = Commitment
    field = "lead"
    fields = ("lead", "claimed_unit")
    kept = ("state", "claimed_on", "verified_on", "changes")
    counts = "changes"
    part, word = "lead", "Chủ trì"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not finished, or finished when the unit had ended."""
        return Commitment.objects.filter(Q(state__in=OPEN) | Q(verified_on__gte=on))

    def title(self, row: Any) -> str:
        """By its number and words."""
        return f"Chủ trì việc {row.number}: {row.title}"

    def beside_step(self, moved: Moved, on: date) -> dict[str, Any]:
        """Who led until then, so that what it explained is found."""
        return {"on": on, "giver_id": moved.giver}

    def changed_beside(self) -> tuple[str, ...]:
        """Where a claim is counted."""
        return ("claimed_unit",)

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """The lines; the claims of before stay where they were made; a heir that supported does so no more."""
        super().beside(rows, moved, passage, actor)
        supports = _supports(row.pk for row in rows)
        gone = []
        for row, one in zip(rows, moved, strict=True):
            before = row.claimed_on is not None and row.claimed_on < passage.on
            one.before["claimed_unit"] = row.claimed_unit_id
            if before and row.claimed_unit_id is None:
                row.claimed_unit_id = one.giver
            one.after["claimed_unit"] = row.claimed_unit_id
            support = supports.get((row.pk, one.taker))
            if support is not None:
                gone.append(support)
                one.before["support"] = [support, one.taker]
        for some in by_many(gone):
            CommitmentSupport.objects.filter(pk__in=some).delete()
        clocks.transfer(rows, on=passage.on, actor=actor)

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """Refused where the other successor supports already."""
        _refuse_support(row.pk, moved.taker)
        super().beside_passing_on(row, moved, actor)
        clocks.transfer([row], on=clock.today(), actor=actor)

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The lines go; claims are counted, and heirs support, as before."""
        super().undo_beside(rows, moved)
        back = []
        for row, one in zip(rows, moved, strict=True):
            if row.claimed_unit_id == one.after["claimed_unit"] and row.claimed_on is not None:
                row.claimed_unit_id = one.before["claimed_unit"]
            if "support" in one.before:
                pk, unit_id = one.before["support"]
                back.append(CommitmentSupport(pk=pk, commitment_id=row.pk, unit_id=unit_id))
        CommitmentSupport.objects.bulk_create(back, batch_size=BATCH)
        clocks.transfer(rows, on=clock.today(), actor=None)

    def export(self) -> list[dict[str, Any]]:
        """With the timeline's lines and what these say."""
        lines: dict[int, list[list[Any]]] = {}
        steps = CommitmentStep.objects.order_by("pk")
        for pk, kind, words, of in steps.values_list("pk", "kind", "words", "commitment_id"):
            lines.setdefault(of, []).append([pk, kind, words])
        return [{**row, "steps": lines.get(row["pk"], [])} for row in super().export()]


class AssignerHolder(_Told):
    """Who assigned, and so checks, extends and asks."""

    key = "commitments.assigner"
    label = "việc đã giao, chưa đóng"
    model = Commitment
    field = "assigner"
    fields = ("assigner",)
    counts = "changes"
    part, word = "assigner", "Theo dõi, kiểm tra"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not closed: what was found done waits for who assigned it to close it."""
        return Commitment.objects.filter(state__in=(*OPEN, State.VERIFIED))

    def title(self, row: Any) -> str:
        """By its number and words."""
        return f"Theo dõi việc {row.number}: {row.title}"


class SupportHolder(_Told):
    """Who supports. A heir that leads or supports already is not written twice: the row goes, and comes back."""

    key = "commitments.support"
    label = "việc đang phối hợp"
    model = CommitmentSupport
    field = "unit"
    fields = ("unit",)
    kept = ("commitment_id",)
    part, word = "support", "Phối hợp"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Of what is not finished."""
        return CommitmentSupport.objects.filter(commitment__state__in=OPEN).select_related(
            "commitment"
        )

    def title(self, row: Any) -> str:
        """By the commitment's number and words."""
        return f"Phối hợp việc {row.commitment.number}: {row.commitment.title}"

    def matter(self, row: Any) -> int:
        """The commitment."""
        return int(row.commitment_id)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Those that would stand twice go first; the others pass."""
        clocks.hold_calendar()
        rows = list(self._locked(self.open_rows(passage.on), passage.heirs))
        there = set(_supports(row.commitment_id for row in rows))
        gone, twice_rows = [], []
        for row in rows:
            heir = passage.heirs[row.unit_id]
            lead = row.commitment.lead_id
            twice = (row.commitment_id, heir) in there or passage.heirs.get(lead, lead) == heir
            there.add((row.commitment_id, heir))
            if twice:
                twice_rows.append(row)
                gone.append(
                    Moved(
                        row_id=row.pk,
                        giver=row.unit_id,
                        taker=heir,
                        title=self.title(row)[:400],
                        waits=False,
                        before={"unit": row.unit_id, "commitment": row.commitment_id},
                        after={"unit": None},
                    )
                )
        if gone:
            tell(self.key, "hand_over", twice_rows, passage.number, actor)
        for some in by_many(one.row_id for one in gone):
            CommitmentSupport.objects.filter(pk__in=some).delete()
        return gone + super().hand_over(passage, actor=actor)

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Those that passed, then those that went."""
        super().take_back([one for one in moved if one.after["unit"]], passage, actor=actor)
        CommitmentSupport.objects.bulk_create(
            (
                CommitmentSupport(
                    pk=one.row_id,
                    commitment_id=one.before["commitment"],
                    unit_id=one.before["unit"],
                )
                for one in moved
                if not one.after["unit"]
            ),
            batch_size=BATCH,
        )

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """Refused where the other successor leads or supports already."""
        _refuse_support(row.commitment_id, moved.taker)
        super().beside_passing_on(row, moved, actor)


class _ExplanationHolder(_Told):
    """A side of an explanation that was not taken yet."""

    model = Explanation
    of = "explanation_id"
    step_model = ExplanationStep
    step_kind = ExplanationStepKind.PASSED

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not taken."""
        return Explanation.objects.exclude(ruling=Ruling.GRANTED)

    def title(self, row: Any) -> str:
        """By what it is about."""
        return f"{self.word}: {row.subject}"

    def beside_step(self, moved: Moved, on: date) -> dict[str, Any]:
        """An explanation's line has an instant and no day."""
        return {}


class ExplainerHolder(_ExplanationHolder):
    """Who is asked to explain."""

    key = "commitments.explainer"
    label = "yêu cầu giải trình chưa xong"
    field = "unit"
    fields = ("unit",)
    kept = ("ruling",)
    part, word = "explainer", "Giải trình"


class AskerHolder(_ExplanationHolder):
    """Who asked, and decides about the answer."""

    key = "commitments.asker"
    label = "giải trình đang chờ ý kiến"
    field = "asker"
    fields = ("asker",)
    part, word = "asker", "Nhận giải trình"


HOLDERS: tuple[Holder, ...] = (
    AskerHolder(),
    AssignerHolder(),
    ExplainerHolder(),
    LeadHolder(),
    SupportHolder(),
    *PROGRAMME_HOLDERS,
    *SERIES_HOLDERS,
)


def _names(moved: Sequence[Moved], on: date) -> dict[int, str]:
    return last_names({unit for one in moved for unit in (one.giver, one.taker)}, on)


def _supports(commitment_ids: Any) -> dict[tuple[int, int], int]:
    """The rows of support of these commitments, by commitment and unit."""
    return {
        (commitment, unit): pk
        for some in by_many(set(commitment_ids))
        for pk, commitment, unit in CommitmentSupport.objects.filter(
            commitment_id__in=some
        ).values_list("pk", "commitment_id", "unit_id")
    }


def _refuse_support(commitment_id: int, unit_id: int) -> None:
    supports = CommitmentSupport.objects.filter(commitment_id=commitment_id, unit_id=unit_id)
    leads = Commitment.objects.filter(pk=commitment_id, lead_id=unit_id)
    if supports.exists() or leads.exists():
        name = last_names([unit_id], clock.today()).get(unit_id, "Đơn vị này")
        part = "phối hợp" if supports.exists() else "chủ trì"
        raise RuleError(
            f"{name} đã {part} việc này nên không chuyển sang đó được. Đồng chí vui lòng chọn đơn vị khác."
        )
