"""The closed letter box: a denunciation goes straight into the vault from a page that says who will read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import last_names
from danvan.petitions.selectors.vault import nobody_reads, why_closed
from danvan.petitions.selectors.vault.totals import least_told
from danvan.petitions.services.vault import (
    CLOSED,
    NOBODY,
    SealedDraft,
    instead,
    office_of,
    send_denunciation,
)
from danvan.portal.places import place_name, place_typed
from danvan.portal.views.gate import Held, held_back, taken, ticket_of
from danvan.portal.views.quiet import quiet

ROOM = 100_000  # letters that are shown again where something was too long
BOXES = ("noi_dung", "ai", "chuc_vu", "o_dau", "xa", "ten", "dia_chi", "dien_thoai")
BOX_OF = {
    "text": "noi_dung", "accused": "ai", "post": "chuc_vu", "organisation": "o_dau", "place": "xa", "name": "ten",
    "address": "dia_chi", "phone": "dien_thoai",
}  # fmt: skip


@csrf_exempt  # carries a signed ticket of its own, and no cookie tells who sends
@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def denounce(request: HttpRequest) -> HttpResponse:
    """Say who will read it; seal what is sent; the answer is the only page that ever holds the code."""
    said = {name: request.POST.get(name, "")[:ROOM] for name in BOXES}
    brought = "mang-sang" in request.POST  # what was written on another page comes along
    if request.method != "POST" or brought:
        why = CLOSED if why_closed() else NOBODY if nobody_reads() else ""
        return _closed(request, why, said) if why else _page(request, said)
    if why_closed():
        return _page(request, said, {"": f"{CLOSED} {instead()}"}, status=503)
    place, choices = place_typed(said["xa"])
    if held := _held(request, said, place):
        faults = (
            {"xa": held.fault}
            if choices or (said["xa"].strip() and not place)
            else {"": held.fault}
        )
        return _page(
            request, said, faults, choices=[one.label for one in choices], status=held.status
        )
    try:
        code = send_denunciation(_draft(said, place), seed=ticket_of(request).seed)
    except RuleError as broken:
        faults = {BOX_OF.get(one.column, ""): one.message for one in broken.faults}
        return _page(request, said, faults or {"": broken.message}, status=422)
    taken(request)
    context = {"code": code, "office": _office(_draft(said, place))}
    return render(request, "portal/sealed.html", context)


denounce.unlogged = True  # type: ignore[attr-defined] # lines would count the letters


def _page(
    request: HttpRequest, said: dict[str, str], faults: dict[str, str] | None = None, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {"said": said, "faults": faults or {}}
    context["fault"] = (faults or {}).get("", "")
    place = place_typed(said["xa"])[0]
    context |= {"ticket": ticket_of(request, said["noi_dung"]), "placed": place is not None, **more}
    context |= {"office": _office(_draft(said, place)), "least": least_told()}
    return render(request, "portal/denounce.html", context, status=status)


def _closed(request: HttpRequest, why: str, said: dict[str, str]) -> HttpResponse:
    """Why nothing is taken in here, and where else; what was brought along stands there to be copied."""
    context = {"why": why, "instead": instead(), "brought": said["noi_dung"]}
    return render(request, "portal/closed_box.html", context, status=503 if request.POST else 200)


def _office(draft: SealedDraft) -> str:
    """What the office is called that the letter goes to as it is written so far; empty where nobody reads it there."""
    found = office_of(draft)
    known = [found.unit_id] if found and found.readers else []
    return "".join(last_names(known, clock.today()).values())


def _held(request: HttpRequest, said: dict[str, str], place: int | None) -> Held | None:
    if said["xa"].strip() and place is None:
        return Held("Không rõ xã, phường nào. Bà con vui lòng ghi đúng tên một nơi, hoặc để trống.")
    return held_back(request, said["noi_dung"])


def _draft(said: dict[str, str], place: int | None) -> SealedDraft:
    return SealedDraft(
        text=said["noi_dung"], accused=said["ai"], post=said["chuc_vu"],
        organisation=said["o_dau"] or (place_name(place) if place else ""), place_id=place, name=said["ten"],
        address=said["dia_chi"], phone=said["dien_thoai"],
    )  # fmt: skip
