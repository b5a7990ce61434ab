"""Entering documents: incoming ones from a file in two steps, issued ones in one, secret ones as a note."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.documents import selectors, services
from danvan.documents.errors import DuplicateError, SecretError
from danvan.documents.forms.intake import (
    FileForm,
    IncomingForm,
    IssuedForm,
    SecretForm,
    as_read,
    show_faults,
)
from danvan.documents.intake import OpenedFile, open_file, refuse_secret
from danvan.documents.views.page import posted
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.uploads import read_sent


def _go(request: HttpRequest, to: str, *args: Any) -> HttpResponse:
    """On to another page, also where htmx asked for a piece of this one."""
    url = resolve_url(to, *args)
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", None) else redirect(url)


def _opened(form: FileForm | IssuedForm) -> OpenedFile | None:
    """The file that was sent, opened and kept nowhere."""
    sent = form.cleaned_data["file"]
    if sent is None:
        return None
    refuse_secret(form.cleaned_data["secrecy"])
    return open_file(read_sent(sent), name=sent.name)


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def register(request: SignedInRequest) -> HttpResponse:
    """Two steps, with or without a script: read the file and fill the fields; confirm them."""
    if request.method == "POST" and request.POST.get("viec") == "vao-so":
        return _confirm(request)
    context: dict[str, Any] = {"form": IncomingForm(request.user)}
    if request.method == "GET":
        return render_page(request, "documents/register.html", "fields", context)
    step = FileForm(request.POST, request.FILES)
    try:
        opened = _opened(step) if step.is_valid() else None
    except RuleError as refused:
        return refused_page(request, "documents/register.html", context | {"step": step}, refused)
    if opened is None:
        context |= {"step": step}
        return render_page(request, "documents/register.html", "fields", context, status=422)
    first = as_read(opened) | {"unit": request.POST.get("unit", ""), "secrecy": ""}
    context = {"form": IncomingForm(request.user, initial=first), "opened": opened}
    context["sha256"] = hashlib.sha256(opened.content).hexdigest()
    return render_page(request, "documents/register.html", "fields", context)


def _confirm(request: SignedInRequest) -> HttpResponse:
    """The second step: enter the document as the person confirmed it."""
    form = IncomingForm(request.user, request.POST, request.FILES)
    context: dict[str, Any] = {
        "form": form,
        "sha256": request.POST.get("sha256", ""),
        "second": True,
    }
    try:
        opened = _opened(form) if form.is_valid() else None
        if opened is not None:
            _refuse_another_file(opened, context["sha256"])
            given = {name: form.cleaned_data[name] for name in _REGISTERED}
            document = services.register_document(
                content=opened.content, name=opened.name, opened=opened, actor=request.user, **given
            )
            messages.success(
                request, f"Đã vào sổ, số đến {document.entry_number}/{document.register_year}."
            )
            return _go(request, _next_page(request), document.pk)
    except RuleError as refused:
        return refused_page(request, "documents/register.html", context, refused)
    return render_page(request, "documents/register.html", "fields", context, status=422)


_REGISTERED = (
    "unit", "symbol", "document_type", "issuer_name", "issued_on", "signer", "abstract",
    "received_on", "exchange_id", "secrecy", "priority", "pages", "signer_position", "kept_by",
    "forwarded_on", "due_on", "note", "register_number",
)  # fmt: skip


def _next_page(request: SignedInRequest) -> str:
    """Whoever reviews goes on to what was read; a clerk sees the card."""
    return "documents:review" if may(request.user, "documents.review") else "documents:card"


def _refuse_another_file(opened: OpenedFile, sha256: str) -> None:
    if sha256 and hashlib.sha256(opened.content).hexdigest() != sha256:
        raise RuleError(
            "Tệp vừa chọn khác với tệp phần mềm đã đọc ở bước trước. "
            "Đồng chí vui lòng chọn đúng tệp, hoặc bấm “Đọc tệp” để đọc lại."
        )


def refused_page(
    request: SignedInRequest, template: str, context: dict[str, Any], refused: RuleError
) -> HttpResponse:
    """Say why not. Of a secret document nothing is said back, not even what was typed."""
    if isinstance(refused, SecretError):
        empty = type(context["form"])(request.user)
        context = {"form": empty, "secret": refused}
    elif isinstance(refused, DuplicateError):
        context |= {"known": refused}
    elif context.get("form") and context["form"].is_bound:
        show_faults(context["form"], refused)
    else:
        context |= {"refused": refused}
    return render_page(request, template, "fields", context, status=422)


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def register_issued(request: SignedInRequest) -> HttpResponse:
    """Enter a document the unit issued."""
    form = IssuedForm(request.user, posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    try:
        if request.method == "POST" and form.is_valid():
            given = dict(form.cleaned_data)
            opened, sent = _opened(form), given.pop("file")
            document = services.register_issued_document(
                opened=opened, name=sent.name if sent else "", actor=request.user, **given
            )
            number = f"{document.entry_number}/{document.register_year}"
            messages.success(request, f"Đã ghi vào sổ văn bản đi, số thứ tự {number}.")
            return _go(request, "documents:card", document.pk)
    except RuleError as refused:
        return refused_page(request, "documents/register_issued.html", context, refused)
    status = 422 if form.errors else 200
    return render_page(request, "documents/register_issued.html", "fields", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def secrets(request: SignedInRequest) -> HttpResponse:
    """Note that a secret document came, and list such notes: the paper register holds the rest."""
    form = SecretForm(
        request.user, posted(request), initial={"secrecy": request.GET.get("do-mat", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.note_secret_document(actor=request.user, **form.cleaned_data)
        except RuleError as refused:
            show_faults(form, refused)
        else:
            messages.success(request, "Đã ghi số đến, ngày đến, cơ quan gửi và độ mật.")
            return redirect("documents:secrets")
    stubs = selectors.allowed_stubs(request.user, "documents.register")[:100]
    context = {"form": form, "rows": selectors.stub_rows(stubs)}
    return render_page(
        request, "documents/secrets.html", "rows", context, status=422 if form.errors else 200
    )
