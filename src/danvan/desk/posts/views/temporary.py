"""Bodies set up for a task or a time: those in force, setting one up, ending it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.posts.forms import EndTemporaryForm, TemporaryForm
from danvan.desk.posts.views import asking
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.organisations.enums import STANDING
from danvan.organisations.selectors import children, names_on, organisations_at, place_of, unit_on
from danvan.organisations.selectors.officers.temporary import temporary_bodies, temporary_body
from danvan.organisations.services import officers as services
from danvan.vietnamese.collation import sort_key


@require_GET
@requires("register.view")
def bodies(request: SignedInRequest, pk: int) -> HttpResponse:
    """The temporary bodies at or under a place on a day: head, members, days left."""
    form, day, status = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    found = temporary_bodies(head.home_id, day)
    context = {"form": form, "day": day, "head": head, "bodies": found, "tab": "temporary"}
    return render_page(request, "desk/posts/temporary.html", "rows", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def found(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set up a body under the organisation of the address."""
    _, name = asking.unit_to_write(request, pk)
    places, organisations = _choices(pk)
    form = TemporaryForm(
        request.POST or None, initial={"on": clock.today()}, places=places, organisations=organisations,
    )  # fmt: skip
    made = carried_out(form, lambda: _found(form, pk, request.user))
    if made:
        messages.success(
            request, "Đã lập tổ chức. Đồng chí có thể ghi người đứng đầu và thành viên."
        )
        return redirect("desk:posts", made.pk)
    return asking.form_page(
        request, form, title="Lập tổ chức lâm thời", lead=f"Đơn vị thành lập: {name}", crumb=name, button="Lập",
        back=reverse("desk:temporary-bodies", args=[pk]),
    )  # fmt: skip


def _choices(pk: int) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The places a body may stand in, and the organisations it may serve; 404 where the founder is no organisation."""
    day = clock.today()
    founder = unit_on(pk, day)
    home = place_of(pk, day)
    if founder is None or founder.is_place or home is None:
        raise Http404
    stands = unit_on(home, day)
    places = [(home, stands.name if stands else "")]
    places += [(branch.unit.id, branch.unit.name) for branch in children(home, on=day)]
    served = names_on(list(organisations_at([home], kinds=STANDING, on=day)), day)
    return places, sorted(served.items(), key=lambda one: sort_key(one[1]))


def _found(form: TemporaryForm, pk: int, actor: Any) -> Any:
    said = dict(form.cleaned_data)
    return services.found_temporary_body(
        said.pop("kind"), said.pop("name"), founder_id=pk, place_id=said.pop("place"), actor=actor,
        **said,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a temporary body."""
    unit, name = asking.unit_to_write(request, pk)
    mandate = temporary_body(pk)
    if mandate is None:
        raise Http404
    form = EndTemporaryForm(request.POST or None, initial={"on": clock.today()})
    back = reverse("desk:temporary-bodies", args=[mandate.founder_id])
    if carried_out(
        form, lambda: services.end_temporary_body(unit, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi tổ chức kết thúc.")
        return redirect(back)
    return asking.form_page(
        request, form, title="Kết thúc tổ chức lâm thời", lead=name, button="Kết thúc", back=back
    )
