"""The form under every public page: a subject, some words, a name for who wishes. Looked through once, then sent; goes to the office."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.foundation.errors import RuleError
from danvan.foundation.scanning import picture_of, public_address
from danvan.petitions.enums import Channel, Kind
from danvan.petitions.services import SendDraft, send_faults, send_matter
from danvan.portal.views.gate import held_back, taken, ticket_of
from danvan.portal.views.quiet import quiet
from danvan.portal.views.written import BOX_OF

ROOM = 100_000  # letters that are shown again where something was too long
BOXES = ("tieu_de", "noi_dung", "ten", "trang", "thuong")
LAST = "gui"


@csrf_exempt  # stands under pages that anybody keeps, so it carries no cookie; a signed ticket comes with the second page
@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def feedback(request: HttpRequest) -> HttpResponse:
    """Show what was written once more with a ticket; take it when it comes back."""
    if request.method != "POST":
        return _page(request, dict.fromkeys(BOXES, ""), {})
    said = {name: request.POST.get(name, "")[:ROOM] for name in BOXES}
    said["trang"] = said["trang"] or _page_before(request)
    draft = _draft(said)
    faults = {_box(one.column): one.message for one in send_faults(draft)}
    if faults or request.POST.get("buoc") != LAST:
        return _page(request, said, faults)
    if held := held_back(request, said["noi_dung"]):
        return _page(request, said, {"": held.fault}, status=held.status)
    try:
        sent = send_matter(draft, seed=ticket_of(request).seed)
    except RuleError as broken:
        return _page(request, said, {"": broken.message})
    taken(request)
    address = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context = {"sent": sent, "picture": picture_of(f"{address}?ma={sent.slip.code}")}
    return render(request, "portal/sent.html", context)


def _page(
    request: HttpRequest, said: dict[str, str], faults: dict[str, str], status: int | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"said": said, "faults": faults, "fault": faults.get("", "")}
    context["ticket"] = ticket_of(request, said["noi_dung"])
    status = status or (422 if faults else 200)
    return render(request, "portal/feedback.html", context, status=status)


def _draft(said: dict[str, str]) -> SendDraft:
    about = f"\n\nGóp ý ở trang {said['trang'][:200]}" if said["trang"] else ""
    return SendDraft(
        text=said["noi_dung"] and f"{said['noi_dung']}{about}",
        title=said["tieu_de"],
        name=said["ten"],
        plain=said["thuong"] == "1",
        kind=Kind.FEEDBACK,
        channel=Channel.PAGE,
    )


def _box(column: str | None) -> str:
    return "tieu_de" if column == "title" else BOX_OF[column or "text"]


def _page_before(request: HttpRequest) -> str:
    """The page of this site under which the form stood; nothing of what stood behind its path."""
    came = urlsplit(request.headers.get("Referer", ""))
    return came.path if came.netloc == request.get_host() else ""
