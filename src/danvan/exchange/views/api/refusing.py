"""Why the API takes something not: problem details (RFC 9457), in the words of the acts."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from danvan.exchange.errors import Refusal
from danvan.exchange.views.api.shape_faults import sentence_of
from danvan.foundation.errors import RuleError, SealingError

PROBLEM = "application/problem+json"
TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Cần khóa",
    403: "Không được phép",
    404: "Không có",
    405: "Không nhận cách gửi này",
    409: "Đã nhận trước đó",
    413: "Nội dung quá lớn",
    415: "Chỉ nhận JSON",
    422: "Nội dung chưa đúng",
    429: "Hỏi quá nhiều lần",
    503: "Tạm thời chưa làm được",
}
FAULT = "Hệ thống gặp lỗi"


def problem(
    status: int, detail: str = "", *, errors: Sequence[dict[str, str]] = (), wait: int = 0
) -> HttpResponse:
    """One refusal."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, FAULT),
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=PROBLEM, status=status)
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response


def refused(broken: RuleError) -> HttpResponse:
    """What an act refused, each fault with where it is."""
    if isinstance(broken, SealingError):
        return problem(503, broken.message)
    if isinstance(broken, Refusal):
        return problem(broken.status, broken.message, wait=broken.wait)
    errors = [{"where": one.column, "detail": one.message} for one in broken.faults]
    return problem(422, broken.message, errors=errors)


def _where(loc: Sequence[Any]) -> str:
    return ".".join(str(one) for one in loc[1:] if str(one) != "said")


def tell_refusals(api: NinjaAPI) -> None:
    """Let the API refuse so."""

    def on_shape(_: HttpRequest, wrong: Any) -> HttpResponse:
        errors = [{"where": _where(one["loc"]), "detail": sentence_of(one)} for one in wrong.errors]
        detail = "Có phần thiếu, thừa hoặc không đúng dạng. Vui lòng xem tài liệu."
        return problem(422, detail, errors=errors)

    def on_rule(_: HttpRequest, wrong: Any) -> HttpResponse:
        return refused(wrong)

    def on_http(_: HttpRequest, wrong: Any) -> HttpResponse:
        return problem(getattr(wrong, "status_code", 404), "Vui lòng xem lại yêu cầu.")

    api.add_exception_handler(ValidationError, on_shape)
    api.add_exception_handler(RuleError, on_rule)
    api.add_exception_handler(HttpError, on_http)
    api.add_exception_handler(Http404, on_http)
