"""The posts of a unit: who holds which on a day; setting up, correcting, closing; lists in and out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.posts.forms import (
    ClosePostForm,
    NewPostForm,
    PostForm,
    SheetForm,
    ended_or_removed,
)
from danvan.desk.posts.reading import groups_of
from danvan.desk.posts.sheets import posts_sheet
from danvan.desk.posts.views import asking
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.foundation.uploads import read_sent
from danvan.organisations.selectors.officers.holding import posts_in
from danvan.organisations.services import officers as services


@require_GET
@requires("register.view")
def posts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who holds which post of a unit on a day; of a place, those of every organisation there."""
    form, day, status = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    context = {"form": form, "day": day, "head": head, "groups": groups_of(pk, day), "tab": "posts"}
    return render_page(request, "desk/posts/posts.html", "posts", context, status=status)


@require_GET
@requires("register.view")
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as Excel, with the columns that an import reads."""
    _, day, _ = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    return made_file(posts_sheet(groups_of(pk, day), head.name, day), f"chuc-danh-{pk}.xlsx")


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set up a post in an organisation."""
    unit, name = asking.unit_to_write(request, pk)
    form = NewPostForm(request.POST or None, initial={"on": clock.today()})
    if carried_out(
        form, lambda: services.found_post(unit, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã lập chức danh.")
        return redirect("desk:posts", pk)
    return asking.form_page(
        request, form, title="Lập chức danh", lead=name, button="Lập chức danh",
        back=reverse("desk:posts", args=[pk]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a post."""
    post = asking.row_to_write(posts_in(asking.writable(request)), pk)
    known = {name: getattr(post, name) for name in ("title", "rank", "seats", "decision")}
    form = PostForm(request.POST or None, initial=known)
    if carried_out(form, lambda: services.edit_post(post, actor=request.user, **form.cleaned_data)):
        messages.success(request, "Đã sửa chức danh.")
        return redirect("desk:posts", post.unit_id)
    return asking.form_page(
        request, form, title="Sửa chức danh", lead=post.title, button="Ghi",
        back=reverse("desk:posts", args=[post.unit_id]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a post from a day on."""
    post = asking.row_to_write(posts_in(asking.writable(request)), pk)
    form = ClosePostForm(request.POST or None, initial={"on": clock.today()})
    if carried_out(
        form,
        lambda: ended_or_removed(
            form, services.close_post, services.remove_post, post, request.user
        ),
    ):
        messages.success(request, "Đã bỏ chức danh.")
        return redirect("desk:posts", post.unit_id)
    return asking.form_page(
        request, form, title="Bỏ chức danh", lead=post.title, button="Bỏ chức danh",
        back=reverse("desk:posts", args=[post.unit_id]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def import_sheet(request: SignedInRequest) -> HttpResponse:
    """Write a list of posts and who holds them: all rows or none, with every fault at once."""
    form, refused, status = SheetForm(), None, 200
    if request.method == "POST":
        form, status = SheetForm(request.POST, request.FILES), 422
        if form.is_valid():
            sent = form.cleaned_data["sheet"]
            try:
                done = services.import_posts(
                    read_sent(sent),
                    name=sent.name,
                    actor=request.user,
                    within=asking.writable(request),
                )
            except RuleError as broken:
                refused = broken
            else:
                return _imported(request, done)
    context = {"form": form, "refused": refused}
    return render_page(request, "desk/posts/import.html", "outcome", context, status=status)


def _imported(request: SignedInRequest, done: services.ImportedPosts) -> HttpResponse:
    messages.success(
        request,
        f"Đã ghi {done.appointments} lượt giữ chức danh; thêm {done.posts} chức danh và {done.officers} cán bộ.",
    )
    shown = done.warnings[:5]
    for words in shown:
        messages.warning(request, words)
    if len(done.warnings) > len(shown):
        messages.warning(request, f"Và {len(done.warnings) - len(shown)} điểm khác cần xem lại.")
    if done.unused_columns:
        columns = ", ".join(f"“{column}”" for column in done.unused_columns)
        messages.warning(request, f"Không dùng đến các cột: {columns}.")
    return redirect("desk:officers")


@require_GET
@requires("register.manage", reading=True)
def blank(request: SignedInRequest) -> HttpResponse:
    """The sheet to fill in."""
    return made_file(services.blank_posts_sheet(), "mau-chuc-danh.xlsx")
