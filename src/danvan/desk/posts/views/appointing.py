"""Who comes to a post, leaves it, or moves to another."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.links import way
from danvan.desk.posts.forms import (
    AppointForm,
    EndForm,
    RotateForm,
    UnitSearch,
    ended_or_removed,
)
from danvan.desk.posts.views import asking
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.organisations.enums import Manner
from danvan.organisations.selectors import find_units, last_names
from danvan.organisations.selectors.officers.holding import appointments_in, posts_in, posts_of
from danvan.organisations.services import officers as services


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a post to somebody known, or to somebody new."""
    post = asking.row_to_write(posts_in(asking.writable(request)), pk)
    initial = {"on": clock.today(), "manner": Manner.FULL}
    form = AppointForm(request.POST or None, initial=initial, day=clock.today())
    done = carried_out(form, lambda: _appoint(form, post, request.user))
    if done:
        messages.success(request, "Đã ghi người giữ chức danh.")
        _warn(request, done)
        return redirect("desk:posts", post.unit_id)
    return asking.form_page(
        request, form, title=f"Ghi người giữ: {post.title}",
        lead=last_names([post.unit_id], clock.today()).get(post.unit_id, ""), button="Ghi",
        back=reverse("desk:posts", args=[post.unit_id]),
    )  # fmt: skip


@transaction.atomic
def _appoint(form: AppointForm, post: Any, actor: Any) -> services.Appointed:
    """The appointment, and the officer where it is somebody new: both or neither."""
    said = form.cleaned_data
    officer = form.known or services.add_officer(said["officer"], actor=actor)
    asked = {name: said[name] for name in ("manner", "entry", "decision", "on", "until")}
    return services.appoint(officer, post, actor=actor, **asked)


def _warn(request: SignedInRequest, done: services.Appointed) -> None:
    for words in done.warnings:
        messages.warning(request, words)


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End somebody's time in a post."""
    held = asking.row_to_write(appointments_in(asking.writable(request)), pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if carried_out(
        form,
        lambda: ended_or_removed(
            form, services.end_appointment, services.remove_appointment, held, request.user
        ),
    ):
        messages.success(request, "Đã ghi thôi giữ chức danh.")
        return redirect("desk:posts", held.post.unit_id)
    return asking.form_page(
        request, form, title="Thôi giữ chức danh",
        lead=f"{held.officer.full_name}, {held.post.title}", button="Ghi",
        back=reverse("desk:posts", args=[held.post.unit_id]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def rotate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move somebody to another post: first the unit, then the post there."""
    held = asking.row_to_write(appointments_in(asking.writable(request)), pk)
    search = UnitSearch(request.GET or None)
    unit_id = _unit(request)
    context: dict[str, Any] = {"held": held, "search": search, "unit_id": unit_id}
    if unit_id is None:
        words = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
        found = (
            find_units(words, on=clock.today(), within=asking.writable(request)) if words else []
        )
        context |= {"found": found, "words": words}
        return render_page(request, "desk/posts/rotate.html", "form", context)
    posts = posts_of([unit_id], clock.today()).get(unit_id, [])
    form = RotateForm(request.POST or None, posts=posts, initial={"on": clock.today()})
    done = carried_out(form, lambda: _rotate(request, form, held))
    if done:
        messages.success(request, "Đã ghi luân chuyển.")
        _warn(request, done)
        return redirect("desk:officer", held.officer_id)
    names = last_names([unit_id], clock.today())
    context |= {"form": form, "posts": posts, "unit_name": names[unit_id],
                "act": way("desk:appointment-rotate", pk, don_vi=unit_id)}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/posts/rotate.html", "form", context, status=status)


def _unit(request: SignedInRequest) -> int | None:
    """The unit chosen in the address, where the reader may write posts there."""
    text = request.GET.get("don_vi", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    found = asking.writable(request).filter(unit_id=int(text))
    return int(text) if found.exists() else None


def _rotate(request: SignedInRequest, form: RotateForm, held: Any) -> services.Appointed:
    said = form.cleaned_data
    post = asking.row_to_write(posts_in(asking.writable(request)), said["post"])
    return services.rotate(
        held, post, on=said["on"], decision=said["decision"], manner=said["manner"],
        actor=request.user,
    )  # fmt: skip
