"""Open311 GeoReport v2 with its extension for updates: JSON and XML, its own form of errors. No session, no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.exchange.errors import Refusal
from danvan.exchange.open311.rendering import Told
from danvan.exchange.selectors.open311 import (
    PLAIN,
    YES,
    jurisdiction,
    requests_found,
    service_definition,
    services_offered,
    updates_found,
)
from danvan.exchange.services import add_by_key, petition_of_token, send_by_key
from danvan.exchange.views.asking import (
    added_of,
    draft_of,
    posted_of,
    requests_asked,
    updates_asked,
)
from danvan.exchange.views.callers import Caller, caller_of
from danvan.exchange.views.denouncing import way_out_told
from danvan.exchange.views.telling import answered, refused
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import top_unit
from danvan.petitions.selectors import published_petitions

REVISION = "2026-11-30T00:00:00+07:00"  # of what is said here, for clients that keep a copy
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
MOST_SENT = 200_000  # octets of a form: words are all that it takes
FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")
NOTICE = (
    "Đã nhận. Mã ở token dành cho người gửi: dùng để theo dõi tại trang Theo dõi, bổ sung, và chỉ hiện một lần ở câu trả "
    "lời này. Ảnh theo đường dẫn, tài khoản và thiết bị không được nhận."
)
MERGED = (
    "Nội dung này giống hệt nội dung vừa nhận trong mười phút qua nên được ghi là một việc, chung một mã. Nếu là người khác gửi, "
    "vui lòng gửi lại kèm Idempotency-Key riêng để có mã riêng."
)
CONFIRMED = f"attribute[{PLAIN}]={YES}"

Answer = Callable[..., Told]


def speaks(*methods: str) -> Callable[[Answer], Callable[..., HttpResponse]]:
    """Let a view tell what it has in the form of the address, and refuse in it; a POST needs a key that may send."""

    def decorate(view: Answer) -> Callable[..., HttpResponse]:
        @public
        @csrf_exempt
        @require_http_methods([*methods, "HEAD"])
        @wraps(view)
        def wrapper(request: HttpRequest, form: str, **named: Any) -> HttpResponse:
            try:
                if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
                    raise Refusal(413, "Nội dung gửi quá lớn. Vui lòng viết gọn lại.")
                if request.method == "POST" and request.content_type not in FORMS:
                    raise Refusal(
                        415,
                        "Nội dung gửi phải theo dạng biểu mẫu (application/x-www-form-urlencoded). Vui lòng gửi lại theo dạng ấy.",
                    )
                caller = caller_of(request, sends=request.method == "POST")
                told = view(request, caller, **named)
            except RuleError as broken:
                return refused(request, broken, form)
            return answered(request, told, form, kept=caller.key is None)

        return wrapper

    return decorate


@speaks("GET")
def discovery(request: HttpRequest, caller: Caller) -> Told:
    """Where the service stands and what it speaks."""
    endpoint = request.build_absolute_uri(reverse("open311:services", kwargs={"form": "json"}))
    return Told(
        "discovery",
        {
            "changeset": REVISION,
            "contact": f"Cơ quan quản trị hệ thống Dân Vận Số của {top_unit().name}.",
            "key_service": "Khóa do cơ quan quản trị cấp, theo văn bản đề nghị của cơ quan quản lý hệ thống cần nối.",
            "endpoints": [
                {
                    "specification": SPECIFICATION,
                    "url": endpoint.rpartition("/")[0],
                    "changeset": REVISION,
                    "type": "test" if settings.DANVAN_TODAY else "production",
                    "formats": ["text/xml", "application/json"],
                }
            ],
        },
    )


@speaks("GET")
def services(request: HttpRequest, caller: Caller) -> Told:
    """What may be sent about."""
    jurisdiction(request.GET.get("jurisdiction_id", "").strip())
    return Told("services", services_offered())


@speaks("GET")
def definition(request: HttpRequest, caller: Caller, code: str) -> Told:
    """What is asked of whoever sends about one of them."""
    jurisdiction(request.GET.get("jurisdiction_id", "").strip())
    return Told("service_definition", service_definition(code))


@speaks("GET", "POST")
def requests(request: HttpRequest, caller: Caller) -> Told:
    """What is public; or, posted, one more that is sent."""
    if request.method != "POST":
        found = requests_found(requests_asked(request.GET.dict(), today=clock.today()))
        return Told("service_requests", found)
    told = {**request.GET.dict(), **request.POST.dict()}
    assert caller.key is not None
    with way_out_told(request, CONFIRMED):
        made = send_by_key(caller.key, draft_of(told), posted=posted_of(request))
    notice = f"{MERGED} {NOTICE}" if made.merged else NOTICE
    answer = {"token": made.sent.slip.code, "service_notice": notice, "account_id": None}
    return Told("service_requests", [answer])


@speaks("GET")
def one_request(request: HttpRequest, caller: Caller, number: str) -> Told:
    """One of them."""
    told = {
        "service_request_id": number.replace(",", " "),
        "jurisdiction_id": request.GET.get("jurisdiction_id", ""),
    }
    found = requests_found(requests_asked(told, today=clock.today()))
    if not found:
        raise Refusal(404, "Không có việc công khai nào mang mã này. Vui lòng xem lại mã.")
    return Told("service_requests", found)


@speaks("GET")
def token(request: HttpRequest, caller: Caller, token: str) -> Told:
    """The number of what was sent, once it is public; none before."""
    petition = petition_of_token(token, address=caller.network)
    shown = published_petitions().filter(petition=petition).first()
    number = shown.number if shown else None
    return Told("service_requests", [{"service_request_id": number, "token": token}])


@speaks("GET", "POST")
def updates(request: HttpRequest, caller: Caller) -> Told:
    """What happened to what is public; or, posted, what a sender adds."""
    if request.method != "POST":
        told, now = request.GET.dict(), clock.now()
        asked, since, until = updates_asked(told, now=now)
        return Told("service_request_updates", updates_found(asked, since, until))
    told = {**request.GET.dict(), **request.POST.dict()}
    assert caller.key is not None
    about, words, plain = added_of(told)
    with way_out_told(request, CONFIRMED):
        made = add_by_key(
            caller.key, about=about, words=words, plain=plain, address=caller.network,
            posted=posted_of(request, name=told.get("update_id", "")),
        )  # fmt: skip
    return Told("service_request_updates", [{"update_id": str(made)}])
