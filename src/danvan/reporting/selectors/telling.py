"""Reads for the modules that tell people of reports: of everybody's, without a reader."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from danvan.reporting.enums import Standing
from danvan.reporting.models import Obligation, WayStep
from danvan.reporting.selectors.obligations import OWING


def owed_between(first: date, last: date) -> QuerySet[Obligation]:
    """What is due from `first` to `last` and has not been sent, or was returned."""
    owed = Obligation.objects.filter(standing__in=OWING, due_on__gte=first, due_on__lte=last)
    return owed.select_related("form").order_by("due_on", "pk")


def who_owes(form_id: int, first: date) -> QuerySet[Obligation]:
    """Who owes a form for a month: the frozen rows."""
    return Obligation.objects.filter(form_id=form_id, first=first).select_related("form")


def obligation_told(pk: int) -> Obligation | None:
    """One obligation with its form; None where it is gone."""
    return Obligation.objects.filter(pk=pk).select_related("form").first()


def obligations_told(pks: Collection[int]) -> dict[int, Obligation]:
    """These obligations with their forms, by id; those that are gone are left out."""
    return Obligation.objects.select_related("form").in_bulk(list(pks))


def place_in_turn(owed: Obligation) -> int | None:
    """The place on the way that a sent report waits for; None where it waits for who asked, or for nobody above."""
    if owed.standing != Standing.SENT or not owed.turn:
        return None
    return WayStep.objects.get(obligation=owed, position=owed.turn).answering_id
