"""What the views about people in posts begin with: the day, the unit, the row that the reader may write."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from danvan.accounts.access import SignedInRequest
from danvan.accounts.selectors import units_granted
from danvan.desk.posts.reading import UnitHead, unit_head
from danvan.desk.register.forms import DayForm
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.selectors.officers.temporary import unit_of

MANAGE = "register.manage"


def day_asked(request: SignedInRequest) -> tuple[DayForm, date, int]:
    """The form of the day, the day (today where it cannot be read), and the status of the answer."""
    form = DayForm(request.GET)
    if form.is_valid():
        return form, form.cleaned_data["ngay"], 200
    return form, clock.today(), 422


def head_asked(request: SignedInRequest, pk: int, day: date) -> UnitHead:
    """The unit of the address; 404 where there is none."""
    head = unit_head(request.user, pk, day)
    if head is None:
        raise Http404
    return head


def writable(request: SignedInRequest) -> QuerySet[Any, Any]:
    """Ids of the units whose posts the reader may write."""
    return units_granted(request.user, MANAGE)


def unit_to_write(request: SignedInRequest, pk: int) -> tuple[Any, str]:
    """The identity and the name of a unit whose posts the reader may write; else 404."""
    head = unit_head(request.user, pk, clock.today())
    unit = unit_of(pk)
    if head is None or unit is None or not head.may_manage:
        raise Http404
    return unit, head.name


def row_to_write(rows: QuerySet[Any], pk: int) -> Any:
    """A row among those the reader may write; else 404."""
    return get_object_or_404(rows, pk=pk)


def form_page(request: SignedInRequest, form: RefusableForm, **words: Any) -> HttpResponse:
    """The page of one form: `title`, `lead`, `button`, `back` and what stands above (`crumb`)."""
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, **words}
    return render_page(request, "desk/posts/form.html", "form", context, status=status)
