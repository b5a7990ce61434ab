"""How the API is reached: what every answer carries, what is refused before an operation looks at it, and its description."""

import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from danvan.accounts.access import public
from danvan.exchange.errors import Refusal
from danvan.exchange.views.api.operations import api
from danvan.exchange.views.api.refusing import PROBLEM, problem, refused
from danvan.exchange.views.callers import caller_of
from danvan.exchange.views.telling import KEPT
from danvan.foundation.errors import RuleError

PREFIX = "/api/v1/"
MOST_SENT = 200_000  # octets of a body: words are all that it takes
READS = ("GET", "HEAD")


def served(
    view: Callable[..., HttpResponse], *, posts: bool = False
) -> Callable[..., HttpResponse]:
    """Let other systems reach an operation: without session and cookie, within their pace, refused in problem details.

    `posts`: there is one that takes something in.
    """

    @public
    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            if posts and request.method not in READS:
                _refuse_body(request)
            caller = caller_of(request)
        except RuleError as broken:
            return refused(broken)
        response = view(request, *args, **named)
        if response.status_code == 405:
            told = problem(405, "Vui lòng xem tài liệu.")
            told["Allow"] = response["Allow"]
            return told
        open_to_all = request.method in READS and response.status_code == 200 and caller.key is None
        response["Cache-Control"] = KEPT if open_to_all else "no-store"
        if request.method in READS:
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return wrapper


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(_document(), content_type="application/json; charset=utf-8")


@lru_cache(maxsize=1)
def _document() -> bytes:
    """Made once a process: refusals are told as the kind that they are sent as."""
    told = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))
    for operations in told["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    return json.dumps(told, ensure_ascii=False).encode()


def _refuse_body(request: HttpRequest) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
        raise Refusal(413, "Nội dung gửi quá lớn. Vui lòng viết gọn lại.")
    if request.method == "POST" and request.content_type != "application/json":
        raise Refusal(415, "Vui lòng gửi Content-Type: application/json.")
