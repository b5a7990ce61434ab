"""Reads for the modules that tell people of documents sent on: of everybody's, without a reader."""

from collections.abc import Iterable

from danvan.documents.models import DirectiveQuestion, Distribution


def distributions_told(document_id: int, unit_ids: Iterable[int]) -> list[Distribution]:
    """What of a document still waits at these units to be entered, with the document but not its text."""
    waiting = Distribution.objects.filter(
        document_id=document_id, unit_id__in=list(unit_ids), received_at=None, recalled_at=None
    )
    return list(waiting.select_related("document").defer("document__text").order_by("pk"))


def distributions_passed(ids: Iterable[int]) -> list[Distribution]:
    """Those of these that still wait to be entered, with the document but not its text."""
    waiting = Distribution.objects.filter(pk__in=list(ids), received_at=None, recalled_at=None)
    return list(waiting.select_related("document").defer("document__text").order_by("pk"))


def distribution_told(pk: int) -> Distribution | None:
    """One distribution with its document but not its text; None where it is gone."""
    found = Distribution.objects.filter(pk=pk).select_related("document")
    return found.defer("document__text").first()


def entered_everywhere(document_id: int) -> int:
    """To how many units a document was sent, where all of them have entered it; 0 while one has not."""
    held = Distribution.objects.filter(document_id=document_id, recalled_at=None)
    return 0 if held.filter(received_at=None).exists() else held.count()


def question_told(pk: int) -> DirectiveQuestion | None:
    """One question with its document but not its text; None where it is gone."""
    found = DirectiveQuestion.objects.filter(pk=pk).select_related("document", "asked_by")
    return found.defer("document__text").first()
