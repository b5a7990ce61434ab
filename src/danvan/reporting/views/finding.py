"""What the address names: found within the reader's reach, or not found."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from danvan.accounts.access import SignedInRequest
from danvan.foundation.periods import Every, Period
from danvan.reporting.models import Form, Obligation
from danvan.reporting.selectors import allowed_forms, allowed_obligations


def obligation_or_404(request: SignedInRequest, pk: int, action: str) -> Obligation:
    """What a unit owes, where the reader may do `action` to it."""
    found: Obligation = get_object_or_404(allowed_obligations(request.user, action), pk=pk)
    return found


def form_and_month_or_404(
    request: SignedInRequest, pk: int, month: str, action: str
) -> tuple[Form, Period]:
    """A form asked where the reader may do `action`, and a month."""
    form: Form = get_object_or_404(allowed_forms(request.user, action), pk=pk)
    return form, _month(month)


def form_on_its_way_or_404(
    request: SignedInRequest, pk: int, month: str, action: str
) -> tuple[Form, Period]:
    """The same, or a form whose reports go by way of a place where the reader approves."""
    asked = Form.objects.allowed(request.user, action).values("pk")
    passing = Form.objects.passing(request.user).values("pk")
    forms = Form.objects.filter(Q(pk__in=asked) | Q(pk__in=passing))
    form: Form = get_object_or_404(forms, pk=pk)
    return form, _month(month)


def _month(month: str) -> Period:
    try:
        period = Period.parse(month)
    except ValueError as wrong:
        raise Http404(str(wrong)) from wrong
    if period.every is not Every.MONTH:
        raise Http404("Biểu này báo cáo theo tháng.")
    return period
