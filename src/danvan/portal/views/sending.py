"""Sending in three short steps: what and where, photographs and contact, a look at all of it. No account, no script, no cookie."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import public
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.photos import refuse_heavy
from danvan.foundation.scanning import picture_of, public_address
from danvan.law.selectors import telephones
from danvan.notifications.selectors import mail_goes_out
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names, top_unit
from danvan.petitions.enums import Kind
from danvan.petitions.selectors import office_for
from danvan.petitions.selectors.similar_public import similar_public
from danvan.petitions.services import photo_to_keep, send_faults, send_matter
from danvan.petitions.services.sending import MOST_PHOTOS
from danvan.portal.places import communes_on_map, nearest_on_map, place_typed, places_meant
from danvan.portal.views.gate import held_back, photos_held_back, taken, ticket_of
from danvan.portal.views.made import page_made
from danvan.portal.views.quiet import quiet
from danvan.portal.views.written import BOX_OF, STEP_OF, Written
from danvan.topics.selectors import tree_on

LAST = "gui"
MAP = "ban-do"
MAP_SIDES = (280, 340)  # of the map in the page: what is tapped is told in these
TOO_MANY = (
    f"Bà con vui lòng gửi nhiều nhất {MOST_PHOTOS} ảnh. Trang giữ {MOST_PHOTOS} ảnh đầu ở dưới, ảnh sau chưa được nhận. Bà con "
    f"đi tiếp với {MOST_PHOTOS} ảnh này, hoặc đánh dấu bỏ bớt ảnh rồi chọn ảnh khác."
)
CUT = (
    "Phần này dài quá nên trang chỉ giữ lại được một đoạn đầu ở dưới. Bà con vui lòng quay lại trang trước để chép lấy phần "
    "sau, viết gọn lại rồi gửi."
)
STEPS = {"1": 1, "2": 2, "3": 3, LAST: 4, MAP: 0}
PAGES = {1: "portal/send_1.html", 2: "portal/send_2.html", 3: "portal/send_3.html"}


@csrf_exempt  # carries a signed ticket of its own, and no cookie tells who sends
@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def send(request: HttpRequest) -> HttpResponse:
    """The step that is asked for, or the first one at which something is wrong; the last answer is the slip."""
    if request.method != "POST":
        place = request.GET.get("xa", "")
        if not place:
            return page_made(request.path, lambda: _page(request, 1, Written()))
        return _page(request, 1, Written.of(QueryDict(urlencode({"chon": place}))))
    written = Written.of(request.POST)
    if "diem.x" in request.POST:
        return _page(request, 1, _tapped(request, written))
    if (step := STEPS.get(request.POST.get("buoc", ""), 1)) == 0:
        return _map(request, written)
    if step > 1:
        written = written.with_place()
    if "anh" in request.FILES and (held := photos_held_back(request)):
        return _page(request, 2, written, {"anh": held.fault}, status=held.status)
    written, faults = _with_files(request, written)
    faults |= _faults(written, step)
    if written.cut:
        faults["noi_dung"] = CUT
    if "thuong" in faults:
        return render(request, "portal/denounces.html", {"written": written}, status=422)
    if faults:
        return _page(request, min(STEP_OF[one] for one in faults), written, faults, status=422)
    return _page(request, step, written) if step in PAGES else _sent(request, written)


@require_GET
@public
@quiet
def places(request: HttpRequest) -> JsonResponse:
    """The communes that the letters may mean, for the list under the box."""
    found = places_meant(request.GET.get("q", "")[:80])
    return JsonResponse({"results": [{"id": one.id, "name": one.label} for one in found]})


@require_GET
@public
def map_picture(request: HttpRequest) -> HttpResponse:
    """The communes of the province as a picture of symbols: a box of a form tells where it was tapped."""
    width, height = MAP_SIDES
    context = {"communes": communes_on_map(), "width": width, "height": height}
    response = render(request, "portal/map.svg", context, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _sent(request: HttpRequest, written: Written) -> HttpResponse:
    """Take it, unless the gate holds it back; the slip is the only page that ever holds the code."""
    if held := held_back(request, written.noi_dung):
        return _page(request, 3, written, {"": held.fault}, status=held.status)
    try:
        sent = send_matter(written.draft(), seed=ticket_of(request).seed)
    except RuleError as broken:
        return _page(request, 3, written, {"": broken.message}, status=422)
    taken(request)
    address = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context = {
        "sent": sent,
        "picture": picture_of(f"{address}?ma={sent.slip.code}"),
        "office": _name_of(sent.unit_id),
        "mail": written.thu.strip() and mail_goes_out(),
    }
    return render(request, "portal/sent.html", context)


def _page(
    request: HttpRequest, step: int, written: Written, faults: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {"written": written, "faults": faults or {}, "step": step}
    context |= {
        "fault": (faults or {}).get("", ""),
        "emergency": telephones("emergency.", on=clock.today()),
    }
    context |= {1: _first, 2: _second, 3: _third}[step](request, written)
    return render(request, PAGES[step], context, status=status)


def _first(request: HttpRequest, written: Written) -> dict[str, Any]:
    _, choices = place_typed(written.xa) if written.dia_ban is None else (None, [])
    topics = [node for node in tree_on(clock.today()) if node.depth <= 2]
    return {
        "choices": choices,
        "topics": topics,
        "kinds": Kind.choices,
        "mapped": bool(communes_on_map()),
    }


def _second(request: HttpRequest, written: Written) -> dict[str, Any]:
    similar = similar_public(written.noi_dung, place_id=written.dia_ban)
    return {
        "similar": similar,
        "children": telephones("children.", on=clock.today()),
        "most_photos": MOST_PHOTOS,
        "mails": mail_goes_out(),
    }


def _third(request: HttpRequest, written: Written) -> dict[str, Any]:
    return {"ticket": ticket_of(request, written.noi_dung), "office": _office(written)}


def _map(request: HttpRequest, written: Written) -> HttpResponse:
    width, height = MAP_SIDES
    context = {"written": written, "communes": communes_on_map(), "width": width, "height": height}
    return render(request, "portal/map.html", context | {"step": 1})


def _tapped(request: HttpRequest, written: Written) -> Written:
    """With the commune nearest to where the map was tapped."""
    told = [request.POST.get(f"diem.{axis}", "") for axis in "xy"]
    if not all(one.isascii() and one.isdigit() and len(one) < 5 for one in told):
        return written
    left, top = (100 * int(one) / side for one, side in zip(told, MAP_SIDES, strict=True))
    found = nearest_on_map(left, top)
    return replace(written, dia_ban=found.id, xa=found.name) if found else written


def _with_files(request: HttpRequest, written: Written) -> tuple[Written, dict[str, str]]:
    """With the photographs that came with this step, made small and clean, as many as there is room for; and why another
    is not among them.
    """
    came, photos, fault = request.FILES.getlist("anh"), [], ""
    room = MOST_PHOTOS - len(written.anh)
    for one in came[:room]:
        try:
            refuse_heavy(one.size or 0)
            photos.append(photo_to_keep(one.read()))
        except RuleError as broken:
            fault = broken.message
    if len(came) > room:
        fault = TOO_MANY
    return written.with_photos(photos), {"anh": fault} if fault else {}


def _faults(written: Written, step: int) -> dict[str, str]:
    """What is wrong with the boxes of the steps before this one, by box."""
    found: dict[str, str] = {}
    for fault in send_faults(written.draft()) if step > 1 else ():
        found.setdefault(BOX_OF[fault.column], fault.message)
    if step > 1 and written.dia_ban is None and (sentence := _place_fault(written)):
        found["xa"] = sentence
    return {box: message for box, message in found.items() if STEP_OF[box] < step}


def _place_fault(written: Written) -> str:
    if not written.xa.strip():
        anywhere = top_unit().level == Level.PROVINCE
        return "" if anywhere else "Bà con vui lòng ghi xã, phường nơi có việc."
    if place_typed(written.xa)[1]:
        return "Có mấy nơi giống tên này. Bà con vui lòng chọn một nơi ở dưới."
    return "Không tìm thấy xã, phường này. Bà con vui lòng gõ lại tên, không cần dấu; tên xã cũ cũng được."


def _office(written: Written) -> str:
    """What the unit is called that will receive it."""
    return _name_of(office_for(written.dia_ban))


def _name_of(unit: int | None) -> str:
    return last_names([unit], clock.today()).get(unit, "") if unit else ""
