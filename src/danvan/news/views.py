"""The officers' pages of news: the list, one article, writing it, its pictures and sound, its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation.downloads import stored_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.foundation.uploads import read_sent
from danvan.news import selectors, services
from danvan.news.enums import APPROVE, VIEW, WRITE, State
from danvan.news.forms import ActForm, ArticleForm, PictureForm, ReasonForm, SoundForm
from danvan.news.models import Article
from danvan.news.selectors import allowed_articles

# Of each act: its label, its form, what it does, what is said when it is done.
WRITING: dict[str, tuple[str, type[ActForm], Callable[..., Any], str]] = {
    "submit": ("Gửi duyệt", ActForm, services.submit_article, "Đã gửi duyệt."),
    "reopen": ("Đưa về bản viết", ActForm, services.reopen_article, "Đã đưa về bản viết."),
}
APPROVING: dict[str, tuple[str, type[ActForm], Callable[..., Any], str]] = {
    "approve": ("Duyệt và đăng", ActForm, services.approve_article, "Đã đăng trên Cổng Nhân dân."),
    "send-back": ("Trả lại để sửa", ReasonForm, services.send_back_article, "Đã trả lại."),
    "take-down": ("Gỡ bài", ReasonForm, services.take_down_article, "Đã gỡ bài."),
}


@require_GET
@requires(VIEW)
def article_list(request: SignedInRequest) -> HttpResponse:
    """The articles within reach, the newest first, in one state or all."""
    state = request.GET.get("xem", "")
    page = page_of(selectors.articles_listed(request.user, state), request.GET, order=("-pk",))
    context = {
        "page": page,
        "state": state,
        "choices": [("", "Tất cả"), *State.choices],
        "may_write": may(request.user, WRITE),
        "waiting": selectors.waiting_articles(request.user).count(),
    }
    return render_page(request, "news/list.html", "rows", context)


@require_GET
@requires(VIEW)
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One article as everybody will read it, with what may be done next."""
    article = _found(request, pk, VIEW)
    acts = selectors.acts_of(request.user, article)
    context = {
        "article": article,
        "told": selectors.told_of(article),
        "writing": [(slug, WRITING[slug][0]) for slug in acts if slug in WRITING],
        "approving": [(slug, APPROVING[slug][0]) for slug in acts if slug in APPROVING],
    }
    return render_page(request, "news/card.html", "card", context)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def write(request: SignedInRequest) -> HttpResponse:
    """Viết bài."""
    units = selectors.writing_units(request.user)
    form = ArticleForm(request.POST or None, units=units)
    made = carried_out(form, lambda: services.write_article(form.draft(), actor=request.user))
    if made is not None:
        messages.success(request, "Đã lưu bản viết.")
        return redirect("news:card", made.pk)
    return _form(request, form, "Viết bài", None)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def rewrite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa bài."""
    article = _found(request, pk, WRITE)
    names = ("kind", "title", "summary", "gain", "text", "basis", "source", "byline")
    first = {name: getattr(article, name) for name in names}
    first |= {"seen": article.changes, "unit": article.unit_id}
    first["tied"] = list(article.ties.values_list("other_id", flat=True))
    units = selectors.writing_units(request.user)
    form = ArticleForm(request.POST or None, initial=first, units=units, article=article)
    made = carried_out(
        form,
        lambda: services.rewrite_article(
            article, form.draft(), actor=request.user, seen=form.cleaned_data["seen"]
        ),
    )
    if made is not None:
        messages.success(request, "Đã lưu bản viết.")
        return redirect("news:card", pk)
    return _form(request, form, "Sửa bài", article)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def add_picture(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm ảnh: with what is seen on it, in words."""
    article = _found(request, pk, WRITE)
    form = PictureForm(request.POST or None, request.FILES or None)

    def added() -> Any:
        said = dict(form.cleaned_data)
        return services.add_picture(
            article, read_sent(said.pop("file")), actor=request.user, **said
        )

    if carried_out(form, added) is not None:
        messages.success(request, "Đã thêm ảnh.")
        return redirect("news:card", pk)
    return _form(request, form, "Thêm ảnh", article)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def add_sound(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm âm thanh: the article read aloud in one language."""
    article = _found(request, pk, WRITE)
    form = SoundForm(request.POST or None, request.FILES or None)

    def added() -> Any:
        said = form.cleaned_data
        return services.add_sound(
            article, read_sent(said["file"]), language=said["language"], actor=request.user
        )

    if carried_out(form, added) is not None:
        messages.success(request, "Đã thêm âm thanh.")
        return redirect("news:card", pk)
    return _form(request, form, "Thêm âm thanh", article)


@require_GET
@requires(VIEW)
def picture(request: SignedInRequest, pk: int, picture: int) -> HttpResponse:
    """A picture of an article that is not published yet, to be looked at."""
    found = get_object_or_404(_found(request, pk, VIEW).pictures.select_related("file"), pk=picture)
    response = stored_file(
        found.file, f"anh-{found.pk}.jpg", gone="Ảnh này không còn trên máy chủ."
    )
    response["Content-Disposition"] = "inline"
    return response


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def act(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """What who writes does next."""
    return _act(request, _found(request, pk, WRITE), WRITING, slug)


@require_http_methods(["GET", "POST"])
@requires(APPROVE)
def act_approving(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """What who approves decides."""
    return _act(request, _found(request, pk, APPROVE), APPROVING, slug)


def _act(
    request: SignedInRequest, article: Article, acts: dict[str, Any], slug: str
) -> HttpResponse:
    if slug not in acts:
        raise Http404
    label, made_of, service, done = acts[slug]
    form = made_of(request.POST or None, initial={"seen": article.changes})
    made = carried_out(form, lambda: service(article, actor=request.user, **form.cleaned_data))
    if made is not None:
        messages.success(request, done)
        return redirect("news:card", article.pk)
    return _form(request, form, label, article)


def _form(
    request: SignedInRequest, form: RefusableForm, label: str, article: Article | None
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "label": label, "article": article}
    return render_page(request, "news/form.html", "form", context, status=status)


def _found(request: SignedInRequest, pk: int, action: str) -> Article:
    rows = allowed_articles(request.user, action).select_related("written_by", "approved_by")
    return get_object_or_404(rows, pk=pk)
