"""The page on which a person looks through words before everybody reads them: one for every kind of record."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from danvan.foundation.covering import CoverForm
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out


@dataclass(frozen=True, slots=True)
class CoverPage:
    """The page on which the texts of one record are looked through: `groups` are what is proposed for what was ticked, `act` is done
    once it is confirmed, `back` is where it leads then.
    """

    template: str
    changes: int  # of the record
    groups: Callable[..., Collection[Any]]
    act: Callable[[CoverForm], Any]
    back: str
    context: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Shown anew, tried out as often as wished (`xem-thu`), then confirmed."""
        form = CoverForm(request.POST or None, initial={"seen": self.changes})
        trying = "xem-thu" in request.POST
        if not trying and carried_out(form, lambda: self.act(form)) is not None:
            messages.success(request, "Đã ghi phần người dân đọc được trên Cổng Nhân dân.")
            return redirect(self.back)
        sent: Sequence[Any] = (None, (), None)
        if form.is_bound:
            sent = (form.chosen(), form.more(), form.wanted())
        context = {"form": form, "groups": self.groups(*sent), "tried": form.is_bound}
        context |= {"back": self.back, **self.context}
        status = 422 if form.is_bound and not trying else 200
        return render_page(request, self.template, "form", context, status=status)
