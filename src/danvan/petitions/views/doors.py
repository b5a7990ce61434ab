"""Papers that come in by a file; files of a case; what says the same, put together and answered once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.downloads import sealed_file
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.petitions import selectors, services
from danvan.petitions.forms.doors import (
    ClusterAnswerForm,
    ClusterForm,
    DoorForm,
    FileForm,
    PartForm,
    RepeatedForm,
)
from danvan.petitions.forms.receiving import PaperForm, first_of
from danvan.petitions.models import Cluster, Petition
from danvan.petitions.moves import HANDLE, RECEIVE
from danvan.petitions.papers import draft_answer
from danvan.petitions.selectors import allowed_petitions
from danvan.petitions.selectors.paper_files import file_to_read

OF = {"don": False, "vu-viec": True}


@require_http_methods(["GET", "POST"])
@requires(RECEIVE)
def receive_file(request: SignedInRequest) -> HttpResponse:
    """Nhận đơn từ tệp: what the file says stands in the form, to be looked through and confirmed."""
    units = selectors.receiving_units(request.user, on=clock.today())
    usual = selectors.receiving_unit(request.user, [pk for pk, _ in units], on=clock.today())
    form = DoorForm(
        request.POST or None, request.FILES or None, units=units, initial={"unit": usual}
    )
    draft = carried_out(form, lambda: _drafted(form, request))
    if draft is None:
        status = 422 if request.method == "POST" else 200
        return render_page(
            request, "petitions/receive_file.html", "form", {"form": form}, status=status
        )
    filled = PaperForm(user=request.user, initial=first_of(draft.paper, draft.held_ids))
    context = {
        "form": filled,
        "notes": draft.notes,
        "denounces": draft.denounces,
        "held": len(draft.held_ids),
    }
    return render_page(request, "petitions/receive.html", "form", context)


def _drafted(form: DoorForm, request: SignedInRequest) -> services.DoorDraft:
    sent, unit = form.sent(), form.cleaned_data["unit"]
    if sent["name"].lower().endswith((".eml", ".msg")):
        del sent["not_identity"]
        return services.draft_of_mail(**sent, unit_id=unit, actor=request.user)
    return services.draft_of_scan(**sent, unit_id=unit, actor=request.user)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def add_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm tệp vào hồ sơ: sealed at once, opened only with the identity."""
    petition = _mine(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    made = carried_out(
        form, lambda: services.add_petition_file(petition, **form.sent(), actor=request.user)
    )
    if made is not None:
        messages.success(request, "Đã thêm tệp, niêm phong cùng hồ sơ.")
        return redirect("petitions:card", pk)
    return _act_page(request, petition, form, "Thêm tệp vào hồ sơ", files=True)


@require_GET
@requires("petitions.view")
def case_file(request: SignedInRequest, pk: int, file: int, of: str) -> HttpResponse:
    """One file, opened while the identity is open; kept by no browser."""
    if of not in OF:
        raise Http404
    try:
        found = file_to_read(request.user, file, of_case=OF[of])
    except (LookupError, ObjectDoesNotExist):
        raise Http404 from None
    except RuleError as closed:
        messages.warning(request, closed.message)
        return redirect("petitions:card", pk)
    return sealed_file(found.content, found.name, found.media_type)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def similar(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đơn giống đơn này: looked at side by side, put together as one cluster."""
    petition = _mine(request, pk)
    text = f"{petition.title}\n{petition.text}"
    found = selectors.similar_petitions(
        text, place_id=petition.place_id, on=petition.received_on, user=request.user, apart_from=pk
    )
    others = [one.petition for one in found.found]
    form = ClusterForm(request.POST or None, similar=others, initial={"title": petition.title})
    made = carried_out(form, lambda: _joined(petition, form, request))
    if made is not None:
        messages.success(request, f"Đã gộp vào nhóm {made.number}.")
        return redirect("petitions:cluster", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"petition": petition, "similar": found, "form": form}
    return render_page(request, "petitions/similar_page.html", "form", context, status=status)


def _joined(petition: Petition, form: ClusterForm, request: SignedInRequest) -> Cluster:
    if petition.cluster is not None:
        return services.join_cluster(petition.cluster, form.ids(), actor=request.user)
    ids, title = [petition.pk, *form.ids()], form.cleaned_data["title"]
    return services.open_cluster(ids, title=title, actor=request.user)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def file_repeated(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lưu đơn trùng: the same sender asks the same again; it is kept with the first."""
    petition = _mine(request, pk)
    first = {"seen": petition.changes, "original": request.GET.get("don", ""), "on": clock.today()}
    form = RepeatedForm(request.POST or None, initial=first)
    made = carried_out(form, lambda: _repeated(petition, form, request))
    if made is not None:
        messages.success(request, f"Đã lưu, trùng với đơn {made.dup_of.number}.")
        return redirect("petitions:card", pk)
    return _act_page(request, petition, form, "Lưu đơn trùng")


def _repeated(petition: Petition, form: RepeatedForm, request: SignedInRequest) -> Any:
    number = form.cleaned_data["original"].strip().upper()
    try:
        original = allowed_petitions(request.user, "petitions.view").get(number=number)
    except Petition.DoesNotExist:
        words = f"Không thấy đơn số {number} trong phạm vi của đồng chí, vui lòng xem lại số đơn."
        raise RuleError(words, faults=[Fault(words, column="original")]) from None
    said = {name: form.cleaned_data[name] for name in ("on", "seen")}
    return services.file_repeated(petition, original=original, actor=request.user, **said)


@require_GET
@requires("petitions.view")
def cluster(request: SignedInRequest, pk: int) -> HttpResponse:
    """One cluster: its members, and one answer for all of them."""
    return _cluster_page(request, pk)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def part(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tách khỏi nhóm: it is answered alone from here on."""
    petition = _mine(request, pk)
    if petition.cluster is None:
        messages.warning(request, "Đơn này không thuộc nhóm nào.")
        return redirect("petitions:card", pk)
    form = PartForm(request.POST or None, initial={"seen": petition.changes})
    made = carried_out(
        form, lambda: services.part_from_cluster(petition, actor=request.user, **form.cleaned_data)
    )
    if made is not None:
        messages.success(request, f"Đã tách khỏi nhóm {petition.cluster.number}.")
        return redirect("petitions:card", pk)
    return _act_page(request, petition, form, f"Tách khỏi nhóm {petition.cluster.number}")


@require_POST
@requires(HANDLE)
def accept_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thụ lý cả nhóm."""
    found = get_object_or_404(selectors.allowed_clusters(request.user, HANDLE), pk=pk)
    _told(
        request, services.accept_cluster(found, on=clock.today(), actor=request.user), "Đã thụ lý"
    )
    return redirect("petitions:cluster", pk)


@require_POST
@requires(HANDLE)
def answer_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lời cả nhóm: one answer, a step and a notice for each."""
    found = get_object_or_404(selectors.allowed_clusters(request.user, HANDLE), pk=pk)
    form = ClusterAnswerForm(request.POST)
    done = carried_out(
        form, lambda: services.answer_cluster(found, actor=request.user, **form.cleaned_data)
    )
    if done is None:
        return _cluster_page(request, pk, form)
    _told(request, done, "Đã trả lời")
    return redirect("petitions:cluster", pk)


def _told(request: SignedInRequest, done: services.ClusterDone, what: str) -> None:
    """Say whom an act on a cluster reached, and who was left out and why."""
    messages.success(request, f"{what} {len(done.done)} đơn.")
    for one in done.left_out[:5]:
        messages.warning(request, f"{one.petition.number}: {one.why}")


def _cluster_page(
    request: SignedInRequest, pk: int, refused: ClusterAnswerForm | None = None
) -> HttpResponse:
    try:
        card = selectors.cluster_card(request.user, pk)
    except Cluster.DoesNotExist:
        raise Http404 from None
    may = selectors.allowed_clusters(request.user, HANDLE).filter(pk=pk).exists()
    draft = draft_answer(card.replied) if card.replied else ""
    first = {"on": clock.today(), "seen": card.cluster.changes, "text": draft}
    form = refused or ClusterAnswerForm(initial=first)
    context = {"card": card, "form": form, "may_handle": may}
    return render_page(
        request, "petitions/cluster.html", "card", context, status=422 if refused else 200
    )


def _act_page(
    request: SignedInRequest, petition: Petition, form: Any, label: str, *, files: bool = False
) -> HttpResponse:
    context = {"petition": petition, "form": form, "label": label, "asked": None, "files": files}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "petitions/act.html", "form", context, status=status)


def _mine(request: SignedInRequest, pk: int) -> Petition:
    rows = allowed_petitions(request.user, HANDLE).select_related("paper", "cluster")
    found: Petition = get_object_or_404(rows, pk=pk)
    return found
