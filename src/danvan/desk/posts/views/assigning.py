"""Who is in charge of which field and which village of an organisation."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.posts.forms import AssignForm, EndAssignmentForm, ended_or_removed
from danvan.desk.posts.views import asking
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors.officers.assigned import assignments_of
from danvan.organisations.selectors.officers.holding import assignments_in
from danvan.organisations.selectors.officers.temporary import unit_of
from danvan.organisations.services import officers as services


@require_GET
@requires("register.view")
def assignments(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fields and places of an organisation on a day, each with who is in charge, and the blank spots."""
    form, day, status = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    context = {
        "form": form, "day": day, "head": head, "found": assignments_of(pk, day), "tab": "assignments",
    }  # fmt: skip
    return render_page(
        request, "desk/posts/assignments.html", "assignments", context, status=status
    )


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put somebody in charge of a field or a place."""
    unit, name = asking.unit_to_write(request, pk)
    found = assignments_of(pk, clock.today())
    if found is None:
        raise Http404
    initial = {"on": clock.today(), "place": request.GET.get("dia_ban", "")}
    form = AssignForm(
        request.POST or None, initial=initial, day=clock.today(),
        places=[(one.id, one.name) for one in found.places],
    )  # fmt: skip
    if carried_out(form, lambda: _assign(form, unit, request.user)):
        messages.success(request, "Đã ghi phân công.")
        return redirect("desk:assignments", pk)
    return asking.form_page(
        request, form, title="Phân công phụ trách", lead=name, button="Ghi phân công",
        back=reverse("desk:assignments", args=[pk]),
    )  # fmt: skip


@transaction.atomic
def _assign(form: AssignForm, unit: Any, actor: Any) -> Any:
    """The assignment, and the officer where it is somebody new: both or neither."""
    said = form.cleaned_data
    officer = form.known or services.add_officer(said["officer"], actor=actor)
    asked = {name: said[name] for name in ("decision", "on", "until")}
    if said["place"]:
        place = unit_of(said["place"])
        assert place is not None  # one of the form's choices
        return services.assign_place(unit, officer, place, actor=actor, **asked)
    return services.assign_field(unit, officer, said["field"], actor=actor, **asked)


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End an assignment."""
    one = asking.row_to_write(assignments_in(asking.writable(request)), pk)
    form = EndAssignmentForm(request.POST or None, initial={"on": clock.today()})
    if carried_out(
        form,
        lambda: ended_or_removed(
            form, services.end_assignment, services.remove_assignment, one, request.user
        ),
    ):
        messages.success(request, "Đã kết thúc phân công.")
        return redirect("desk:assignments", one.unit_id)
    return asking.form_page(
        request, form, title="Kết thúc phân công", lead=one.officer.full_name, button="Kết thúc",
        back=reverse("desk:assignments", args=[one.unit_id]),
    )  # fmt: skip
