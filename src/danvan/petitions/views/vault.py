"""The pages of the vault. Each shows cases that name the reader, and 404 for every other, whether there is one or not.

No page of it is kept by a browser or a proxy, and no message names a case.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.caching import keep_nowhere
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.petitions import vault_register
from danvan.petitions.enums import Language
from danvan.petitions.forms import vault as forms
from danvan.petitions.models import Denunciation
from danvan.petitions.register_columns import COLUMNS, labelled
from danvan.petitions.selectors import allowed_petitions
from danvan.petitions.selectors import vault as selectors
from danvan.petitions.services import vault as services
from danvan.petitions.vault_moves import VAULT_MOVES

A_PAGE = 100
DESTROYING = "huy-khoa"
View = Callable[..., HttpResponse]
# What stands beside the moves: its form, its service, what is said when it is done, its heading.
BESIDE: dict[str, tuple[type[Any], Callable[..., Any], str, str]] = {
    "nguoi-doc": (forms.NameForm, services.name_reader, "Đã giao người được đọc.", "Giao người được đọc"),
    "thoi-doc": (forms.UnnameForm, services.end_reading, "Người này thôi đọc hồ sơ.", "Thôi người được đọc"),
    "viec": (forms.TaskForm, services.give_task, "Đã giao việc; việc chỉ nằm trong hồ sơ này.", "Giao việc"),
    "tep": (forms.FileForm, services.add_vault_file, "Đã niêm phong tệp.", "Thêm tệp"),
    "yeu-cau-bao-ve": (forms.GuardForm, services.ask_protection, "Đã ghi yêu cầu bảo vệ.", "Ghi yêu cầu bảo vệ"),
    "bi-to-cao": (forms.BarForm, services.bar_accused, "Đã ghi; những người này không thấy hồ sơ.", "Ghi người, đơn vị bị tố cáo"),
    DESTROYING: (forms.DestroyForm, services.destroy_case, "Đã hủy khóa; nội dung hồ sơ không còn đọc được.", "Hủy vĩnh viễn nội dung hồ sơ"),
}  # fmt: skip
GUARD: dict[str, tuple[type[RefusableForm], Callable[..., Any], str, str]] = {
    "quyet-dinh": (forms.GuardDecisionForm, services.decide_protection, "Đã ghi quyết định bảo vệ.", "Quyết định áp dụng biện pháp bảo vệ"),
    "cham-dut": (forms.GuardEndForm, services.end_protection, "Đã ghi chấm dứt bảo vệ.", "Chấm dứt bảo vệ"),
}  # fmt: skip


def sealed(view: View) -> View:
    """Nothing while the door is closed, which says why; nothing of an answer is kept."""

    @wraps(view)
    def wrapper(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        why = selectors.why_closed()
        if why:
            response = render_page(
                request, "petitions/vault/closed.html", "closed", {"why": why}, status=503
            )
        else:
            response = view(request, *args, **kwargs)
        # not "no-referrer": a browser then sends forms without their origin, and every one of them is refused
        response["Referrer-Policy"] = "same-origin"
        return keep_nowhere(response)

    wrapper.untold = True  # type: ignore[attr-defined] # no log tells which page of the vault it was
    return wrapper


@require_GET
@requires("vault.enter")
@sealed
def case_list(request: SignedInRequest) -> HttpResponse:
    """Hồ sơ của tôi: those that name the reader, sealed, with their next day."""
    services.take_up_cases(request.user)
    page = _page(request)
    context = {
        "page": page,
        "lines": selectors.lines_of_cases(list(page.object_list)),
        "protects": selectors.protects(request.user),
    }
    return render_page(request, "petitions/vault/list.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def enter(request: SignedInRequest) -> HttpResponse:
    """Nhận tố cáo: typed, by phone, spoken and read back, or scanned; straight into the vault."""
    first = {"received_on": clock.today(), "language": Language.VIETNAMESE, "people": 1}
    form = forms.EntryForm(
        request.POST or None, request.FILES or None, user=request.user, initial=first
    )
    made = carried_out(form, lambda: services.enter_denunciation(form.draft(), actor=request.user))
    if made is None:
        return _form(request, "petitions/vault/enter.html", {"form": form})
    messages.success(request, "Đã niêm phong hồ sơ.")
    return redirect("vault:card", made.uuid)


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def move_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chuyển một đơn thường vào vùng niêm phong: whole, with its number."""
    mine = allowed_petitions(request.user, "petitions.handle").select_related("paper__key")
    petition = get_object_or_404(mine, pk=pk)
    form = forms.SealForm(
        request.POST or None, petition=petition, initial={"seen": petition.changes}
    )
    made = carried_out(
        form,
        lambda: services.seal_petition(
            petition, accused=form.accused_drafts(), actor=request.user,
            seen=form.cleaned_data["seen"], left=form.left(), **form.shut_out(),
        ),
    )  # fmt: skip
    if made is None:
        context = {"form": form, "petition": petition}
        return _form(request, "petitions/vault/move_in.html", context)
    messages.success(request, "Đã chuyển trọn vào vùng niêm phong; sổ thường không còn gì.")
    return redirect("vault:card", made.uuid)


@require_GET
@requires("vault.enter")
@sealed
def card(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """One case: its clock in words, what may be done next, sealed or opened for some minutes."""
    return _card(request, _case(request, uuid))


@require_POST
@requires("vault.enter")
@sealed
def open_sealed(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Mở hồ sơ for some minutes, for a purpose that is written down."""
    case = _case(request, uuid)
    form = forms.OpeningForm(request.POST)
    made = carried_out(
        form, lambda: services.open_case(case, actor=request.user, **form.cleaned_data)
    )
    if made is None:
        return _card(request, case, opening=form)
    messages.success(request, "Đã mở; lần mở này được ghi lại cho cơ quan bảo vệ.")
    return redirect("vault:card", uuid)


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def act(request: SignedInRequest, uuid: UUID, slug: str) -> HttpResponse:
    """One move of the table, on a page of its own."""
    case = _case(request, uuid)
    move = VAULT_MOVES.get(slug.replace("-", "_"))
    if move is None or not move.parts & selectors.parts_of(case, request.user):
        raise Http404
    form = forms.VaultActForm(
        request.POST or None, move=move, initial={"seen": case.changes, "on": clock.today()}
    )
    made = carried_out(
        form,
        lambda: services.act_on_case(case, move.name, actor=request.user, **form.said()),
    )
    return _done(request, case, made, form, move.label, "Đã ghi.")


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def beside(request: SignedInRequest, uuid: UUID, slug: str) -> HttpResponse:
    """What is done beside the moves: readers, work, files, protection, who is shut out, the key destroyed."""
    case = _case(request, uuid)
    if slug not in BESIDE:
        raise Http404
    build, carry_out, done, label = BESIDE[slug]
    first = {"seen": case.changes, "on": clock.today()}
    form = build(request.POST or None, request.FILES or None, case=case, initial=first)
    made = carried_out(form, lambda: (carry_out(case, actor=request.user, **form.said()), True))
    lost = selectors.lost_with(case) if slug == DESTROYING else None
    return _done(request, case, made, form, label, done, lost=lost)


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def task_done(request: SignedInRequest, uuid: UUID, place: int) -> HttpResponse:
    """Ghi việc đã xong."""
    case = _case(request, uuid)
    task = selectors.row_at(case.tasks.all(), place)
    if task is None or task.doer_id != request.user.pk:
        raise Http404
    form = forms.TaskDoneForm(request.POST or None, initial={"on": clock.today()})
    made = carried_out(
        form, lambda: services.finish_task(task, actor=request.user, **form.cleaned_data)
    )
    return _done(request, case, made, form, "Ghi việc đã xong", "Đã ghi kết quả.")


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def guard(request: SignedInRequest, uuid: UUID, place: int, slug: str) -> HttpResponse:
    """The decision to protect, and its end."""
    case = _case(request, uuid)
    found = selectors.row_at(case.protections.all(), place)
    if found is None or slug not in GUARD:
        raise Http404
    build, carry_out, done, label = GUARD[slug]
    first = {"on": clock.today(), "begins_on": clock.today()}
    form = build(request.POST or None, initial=first)
    made = carried_out(form, lambda: carry_out(found, actor=request.user, **form.cleaned_data))
    return _done(request, case, made, form, label, done)


@require_POST
@requires("vault.enter")
@sealed
def read_file(request: SignedInRequest, uuid: UUID, place: int) -> HttpResponse:
    """A paper of an opened case, saved under a name that tells nothing."""
    case = _case(request, uuid)
    found = selectors.row_at(case.files.select_related("denunciation", "file__key"), place)
    if found is None:
        raise Http404
    form = RefusableForm({})
    read = carried_out(form, lambda: services.read_vault_file(found, actor=request.user))
    if read is None:
        return _card(request, case, refused=form)
    name, content = read
    ending = name.rpartition(".")[2].lower()
    plain = ending if ending.isascii() and ending.isalnum() else "bin"
    return made_file(content, f"tep-{place}.{plain}", found.file.media_type)


@require_GET
@requires("vault.enter")
@sealed
def readings(request: SignedInRequest) -> HttpResponse:
    """Who read what for what, of the cases that the reader protects."""
    if not selectors.protects(request.user):
        raise Http404
    context = {"openings": selectors.openings_for(request.user)}
    return render_page(request, "petitions/vault/readings.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("vault.enter")
@sealed
def register(request: SignedInRequest) -> HttpResponse:
    """Sổ theo dõi of one's own cases; the sheet opens each of them, which is written down."""
    if request.method == "POST":
        opened = services.open_register(actor=request.user)
        rows = selectors.register_rows(selectors.cases_among(opened), opened=True)
        return made_file(
            vault_register.as_sheet(rows), f"so-niem-phong-{clock.today():%Y%m%d}.xlsx"
        )
    page = _page(request)
    cases = list(page.object_list)
    shown = selectors.register_rows(cases, first=page.start_index())
    lines = list(zip(cases, map(labelled, shown), strict=True))
    context = {"page": page, "rows": lines, "columns": COLUMNS}
    return render_page(request, "petitions/vault/register.html", "rows", context)


def _page(request: SignedInRequest) -> Page[Denunciation]:
    """So many of the reader's own cases, by the number of the page: a key in the address would tell of other cases."""
    mine = selectors.own_cases(request.user).select_related("key")
    return Paginator(mine, A_PAGE).get_page(request.GET.get("trang"))


def _case(request: SignedInRequest, uuid: UUID) -> Denunciation:
    rows = selectors.own_cases(request.user).select_related("key", "renews")
    return get_object_or_404(rows, uuid=uuid)


def _card(
    request: SignedInRequest, case: Denunciation, *, opening: Any = None, refused: Any = None
) -> HttpResponse:
    context = {
        "case": case,
        "card": selectors.card_of_case(request.user, case),
        "opening": opening or forms.OpeningForm(),
        "refused": refused,
    }
    status = 422 if opening or refused else 200
    return render_page(request, "petitions/vault/card.html", "card", context, status=status)


def _done(
    request: SignedInRequest, case: Denunciation, made: Any, form: Any, label: str, done: str, *, lost: Any = None
) -> HttpResponse:  # fmt: skip
    if made is None:
        context = {"form": form, "label": label, "case": case, "lost": lost}
        return _form(request, "petitions/vault/act.html", context)
    messages.success(request, done)
    mine = selectors.own_cases(request.user).filter(pk=case.pk).exists()
    return redirect("vault:card", case.uuid) if mine else redirect("vault:list")


def _form(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render_page(request, template, "form", context, status=status)
