"""The tree of subject matter: read by everyone, kept by who keeps what concerns the whole installation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may_at_root
from danvan.desk.links import way
from danvan.desk.register.forms import DayForm
from danvan.desk.topics.forms import (
    AddForm,
    AliasesForm,
    EndForm,
    NameForm,
    PlaceForm,
    topics_of,
)
from danvan.desk.topics.reading import preview_end, read_card, read_tree
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.topics import services
from danvan.topics.fields import NONE, UNFILED
from danvan.topics.selectors import every_topic, find_topics
from danvan.vietnamese.text import fold

KEEPS = "law.manage"


@require_GET
@requires("law.view")
def topics(request: SignedInRequest) -> HttpResponse:
    """The tree on a day with what is filed under each topic, or the topics that fit some words."""
    form, words = DayForm(request.GET), request.GET.get("q", "")[:120]
    context: dict[str, Any] = {"form": form, "words": words, "today": clock.today()}
    if form.is_valid():
        context["day"] = day = form.cleaned_data["ngay"]
        context["kinds"], context["rows"] = read_tree(request.user, day, words)
    context["may_keep"] = may_at_root(request.user, KEEPS)
    status = 422 if form.errors else 200
    return render_page(request, "desk/topics/tree.html", "rows", context, status=status)


@require_GET
@requires("law.view")
def find(request: SignedInRequest) -> HttpResponse:
    """Topics by what people type: JSON for the combobox, the page of the tree for everyone else."""
    words = request.GET.get("q", "")[:120]
    if "application/json" not in request.headers.get("Accept", ""):
        response: HttpResponse = redirect(way("desk:topics", q=words))
    else:
        rows = find_topics(words, on=clock.today())
        results = [
            {"id": one.id, "name": one.name, "context": one.context, "note": one.note}
            for one in rows
        ]
        if "chua-phan" in request.GET and set(fold(words).split()) <= set(fold(NONE).split()):
            results.insert(0, {"id": UNFILED, "name": NONE, "context": "", "note": ""})
        response = JsonResponse({"results": results})
    patch_vary_headers(response, ["Accept"])
    return response


@require_GET
@requires("law.view")
def topic(request: SignedInRequest, pk: int) -> HttpResponse:
    """One topic through time: names, places, heirs, other names, what is filed under it."""
    row = get_object_or_404(every_topic(), pk=pk)
    context = {
        "topic": row,
        "card": read_card(request.user, pk),
        "may_keep": may_at_root(request.user, KEEPS),
    }
    return render_page(request, "desk/topics/card.html", "card", context)


@require_http_methods(["GET", "POST"])
@requires(KEEPS, everywhere=True)
def add(request: SignedInRequest) -> HttpResponse:
    """Begin a topic."""
    asked = request.GET.get("duoi", "")
    above = asked if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    form = AddForm(request.POST or None, initial={"on": clock.today(), "parent": above})

    def begun() -> Any:
        said = form.cleaned_data
        [parent] = topics_of([said["parent"]]) if said["parent"] else [None]
        return services.add_topic(
            name=said["name"], parent=parent, on=said["on"], aliases=form.lines(),
            source=said["source"], actor=request.user,
        )  # fmt: skip

    if made := carried_out(form, begun):
        messages.success(request, "Đã thêm lĩnh vực.")
        return redirect("desk:topic", made.pk)
    context = {"form": form, "title": "Thêm lĩnh vực", "button": "Thêm lĩnh vực"}
    return _form_page(request, context)


@require_http_methods(["GET", "POST"])
@requires(KEEPS, everywhere=True)
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call a topic by another name from a day on."""
    row = get_object_or_404(every_topic(), pk=pk)
    card = read_card(request.user, pk)
    form = NameForm(request.POST or None, initial=_initial(row, name=card.name))
    return _act(
        request, row, card.name, "Đổi tên lĩnh vực", form,
        lambda said: services.rename_topic(
            row, name=said["name"], on=said["on"], seen=said["seen"], actor=request.user
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(KEEPS, everywhere=True)
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a topic under another one from a day on."""
    row = get_object_or_404(every_topic(), pk=pk)
    current = row.versions.order_by("-valid_from").first()
    form = PlaceForm(request.POST or None, initial=_initial(row, parent=current.parent_id))

    def moved(said: Any) -> Any:
        [parent] = topics_of([said["parent"]]) if said["parent"] else [None]
        return services.move_topic(
            row, parent=parent, on=said["on"], seen=said["seen"], actor=request.user
        )

    return _act(request, row, current.name, "Chuyển lĩnh vực", form, moved)


@require_http_methods(["GET", "POST"])
@requires(KEEPS, everywhere=True)
def aliases(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say by which other words a topic is found."""
    row = get_object_or_404(every_topic(), pk=pk)
    card = read_card(request.user, pk)
    form = AliasesForm(request.POST or None, initial=_initial(row, aliases="\n".join(card.aliases)))
    return _act(
        request, row, card.name, "Tên khác của lĩnh vực", form,
        lambda said: services.name_aliases(
            row, aliases=form.lines(), seen=said["seen"], actor=request.user
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(KEEPS, everywhere=True)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End, merge or split a topic, once it was seen what that touches."""
    row = get_object_or_404(every_topic(), pk=pk)
    form = EndForm(request.POST or None, initial=_initial(row))
    context: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        said, heirs = form.cleaned_data, form.chosen()
        preview = preview_end(row, heirs, said["on"])
        if preview.foreseen.faults:
            form.refuse(RuleError("", faults=preview.foreseen.faults))
        elif "xem" in request.POST or request.POST.get("da_xem") != preview.mark:
            context["preview"] = preview
        elif carried_out(form, lambda: _ended(request, row, heirs, said)):
            messages.success(request, "Đã kết thúc lĩnh vực; những gì đã ghi vẫn tìm và đếm được.")
            return redirect("desk:topic", pk)
    name = read_card(request.user, pk).name
    context |= {"form": form, "topic": row, "name": name, "button": "Kết thúc lĩnh vực"}
    return _form_page(
        request, context | {"title": "Kết thúc, nhập hoặc tách lĩnh vực", "ends": True}
    )


def _ended(request: SignedInRequest, row: Any, heirs: Any, said: Any) -> Any:
    return services.end_topic(
        row, heirs=heirs, reason=said["reason"], on=said["on"], seen=said["seen"],
        actor=request.user,
    )  # fmt: skip


@require_POST
@requires(KEEPS, everywhere=True)
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an ended topic stand again."""
    row, sent = get_object_or_404(every_topic(), pk=pk), request.POST.get("seen", "")
    seen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None
    try:
        services.take_back_end(row, seen=seen, actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, "Đã mở lại lĩnh vực.")
    return redirect("desk:topic", pk)


def _initial(row: Any, **more: Any) -> dict[str, Any]:
    return {"seen": row.changes, "on": clock.today(), **more}


def _act(
    request: SignedInRequest, row: Any, name: str, title: str, form: Any, do: Callable[[Any], Any]
) -> HttpResponse:
    """The page of one act: its form; the act once the form is sent; every fault in its place."""
    if carried_out(form, lambda: do(form.cleaned_data)):
        messages.success(request, "Đã ghi thay đổi của lĩnh vực.")
        return redirect("desk:topic", row.pk)
    context = {"form": form, "topic": row, "name": name, "title": title, "button": "Ghi thay đổi"}
    return _form_page(request, context)


def _form_page(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render_page(request, "desk/topics/act.html", "form", context, status=status)
