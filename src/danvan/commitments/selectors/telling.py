"""Reads for the modules that tell people of the ledger: of everybody's, without a reader."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from danvan.commitments.enums import State
from danvan.commitments.models import (
    Commitment,
    CommitmentStep,
    Explanation,
    ExplanationStep,
    Extension,
    ProgrammeChange,
    ProgrammeEntry,
    RiskAcceptance,
    SeriesStep,
    WorkProgramme,
)
from danvan.commitments.programme_enums import ProgrammeState


def undone_between(first: date, last: date) -> QuerySet[Commitment]:
    """What is due from `first` to `last` and nobody has said is done."""
    undone = Commitment.objects.all().undone().filter(due_on__gte=first, due_on__lte=last)
    return undone.order_by("due_on", "pk")


def commitments_told(pks: Iterable[int]) -> list[Commitment]:
    """These commitments, with the units that support each, in the order of their days."""
    found = Commitment.objects.filter(pk__in=list(pks)).prefetch_related("supports")
    return list(found.order_by("due_on", "pk"))


def explanations_told(pks: Iterable[int]) -> list[Explanation]:
    """These explanations."""
    return list(Explanation.objects.filter(pk__in=list(pks)).order_by("due_on", "pk"))


def passed_still(steps: Iterable[int], *, explanations: bool = False) -> set[int]:
    """Which of these lines of timelines stand: undoing a reorganisation takes away those that it wrote."""
    lines = ExplanationStep if explanations else CommitmentStep
    return set(lines.objects.filter(pk__in=list(steps)).values_list("pk", flat=True))


def extension_told(pk: int) -> Extension | None:
    """One extension with its commitment; None where it is gone."""
    return Extension.objects.filter(pk=pk).select_related("commitment").first()


def risks_told(pks: Iterable[int]) -> list[RiskAcceptance]:
    """These accepted risks with their commitments, where they were not decided about since."""
    found = RiskAcceptance.objects.filter(pk__in=list(pks), commitment__state=State.RISK_ACCEPTED)
    return list(found.select_related("commitment", "accepted_by").order_by("pk"))


def series_step_told(pk: int) -> SeriesStep | None:
    """One line of a duty that comes back, with the duty; None where it is gone."""
    return SeriesStep.objects.filter(pk=pk).select_related("series").first()


def programme_told(pk: int) -> WorkProgramme | None:
    """An issued programme with its standing lines and who takes part in them; None where it is gone. Three queries."""
    lines = ProgrammeEntry.objects.standing().prefetch_related("parties")
    found = WorkProgramme.objects.filter(pk=pk, state=ProgrammeState.ISSUED)
    return found.prefetch_related(Prefetch("entries", lines)).first()


def change_told(pk: int) -> ProgrammeChange | None:
    """One amendment with its line and its programme; None where it is gone."""
    return ProgrammeChange.objects.filter(pk=pk).select_related("entry", "programme").first()
