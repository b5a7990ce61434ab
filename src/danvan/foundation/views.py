"""Pages that every installation has: what went wrong and what to do, and whether the installation is well."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from danvan.foundation import health, uploads
from danvan.foundation.errors import KeyUnavailable
from danvan.foundation.locks import met_another

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What one kind of refusal says: what happened, and what the reader can do."""

    status: int
    title: str
    happened: str
    advice: tuple[str, ...]
    tone: str = "orange"


BAD_REQUEST = ErrorText(
    400,
    "Yêu cầu chưa đúng cách",
    "Địa chỉ hoặc nội dung gửi lên không đúng dạng mà hệ thống hiểu được. Chưa có gì được ghi.",
    (
        "Quay lại trang trước và làm lại từ đó.",
        "Nếu đồng chí tự gõ địa chỉ, vui lòng kiểm tra lại từng chữ.",
    ),
)
FORBIDDEN = ErrorText(
    403,
    "Đồng chí chưa có quyền mở trang này",
    "Tài khoản của đồng chí chưa được giao quyền này. Chưa có gì được ghi.",
    (
        "Nêu rõ lý do và thời hạn cần dùng khi đề nghị người quản trị của đơn vị giao quyền.",
        "Nếu đồng chí vừa được giao quyền, vui lòng mở lại trang.",
    ),
)
STALE_FORM = ErrorText(
    403,
    "Trang này đã mở quá lâu",
    "Mã bảo vệ của biểu mẫu không còn khớp với phiên làm việc, nên hệ thống chưa nhận nội dung vừa gửi.",
    (
        "Quay lại trang trước, tải lại trang rồi gửi lại.",
        "Đồng chí nên chép giữ nội dung dài trước khi tải lại.",
        "Nếu vẫn gặp lỗi này, vui lòng cho phép trình duyệt lưu cookie của trang.",
    ),
)
NOT_FOUND = ErrorText(
    404,
    "Không có trang này",
    "Địa chỉ không có, đã được chuyển đi, hoặc nằm ngoài phạm vi đồng chí được xem.",
    (
        "Kiểm tra lại địa chỉ, hoặc mở mục cần tìm từ danh mục bên trái.",
        "Nếu đồng chí mở từ một đường dẫn được gửi tới, vui lòng hỏi lại người gửi.",
    ),
    tone="grey",
)
WRONG_METHOD = ErrorText(
    405,
    "Địa chỉ này chỉ nhận nội dung gửi từ biểu mẫu",
    "Địa chỉ này không phải là một trang để mở. Chưa có gì được ghi.",
    (
        "Mở trang có biểu mẫu rồi làm lại từ đó.",
        "Nếu đồng chí vừa đăng nhập lại, nội dung gửi trước khi đăng nhập chưa được lưu, vui lòng nhập lại.",
    ),
    tone="grey",
)
TOO_LARGE = ErrorText(
    413,
    "Nội dung gửi lên quá lớn",
    "Tệp hoặc nội dung gửi cùng một lần vượt dung lượng cho phép. Chưa có gì được ghi.",
    (
        "Với văn bản rất dài, đồng chí vui lòng lưu thành tệp rồi chọn tệp ấy thay cho dán vào ô.",
        "Gửi từng tệp, hoặc giảm dung lượng tệp rồi gửi lại.",
        "Với ảnh chụp, đồng chí nên chọn cỡ nhỏ hơn trước khi gửi.",
    ),
)
TOO_MANY = ErrorText(
    429,
    "Đã thử quá nhiều lần",
    "Để giữ an toàn cho tài khoản, hệ thống tạm dừng nhận yêu cầu này.",
    (
        "Chờ khoảng 5 phút rồi thử lại.",
        "Nếu đồng chí quên mật khẩu, vui lòng đề nghị người quản trị của đơn vị cấp lại.",
    ),
)
AT_ONCE = ErrorText(
    503,
    "Có người khác vừa ghi cùng lúc",
    "Việc của đồng chí gặp đúng lúc một người khác đang ghi vào cùng chỗ trong sổ, nên hệ thống dừng lại và chưa ghi.",
    (
        "Quay lại trang trước, tải lại trang rồi làm lại.",
        "Nếu vẫn gặp trang này sau vài lần, vui lòng gửi mã dưới đây cho người quản trị.",
    ),
)
SEALED = ErrorText(
    503,
    "Chưa mở được nội dung niêm phong",
    "Hệ thống chưa dùng được khóa của nội dung này. Nội dung đã lưu vẫn còn; việc đang làm chưa được ghi.",
    (
        "Vui lòng gửi mã dưới đây cho người quản trị, đề nghị chạy danvan keys check.",
        "Các phần không niêm phong vẫn dùng được như thường.",
    ),
    tone="red",
)
SERVER_ERROR = ErrorText(
    500,
    "Hệ thống gặp lỗi",
    "Lỗi do phần mềm, không phải do đồng chí. Việc đang làm chưa được ghi.",
    (
        "Chờ một phút rồi làm lại.",
        "Nếu lỗi lặp lại, vui lòng gửi mã dưới đây cho người quản trị, kèm việc đang làm.",
    ),
    tone="red",
)


# Whoever has readers other than officers answers refusals in their words.
Answer = Callable[[HttpRequest, ErrorText], HttpResponse | None]
_answers: list[Answer] = []


def answer_by(answer: Answer) -> None:
    """Ask `answer` first what a refusal says; None leaves it to the page of the officers. Called once, when an app starts."""
    if answer not in _answers:
        _answers.append(answer)


def _other(request: HttpRequest, text: ErrorText) -> HttpResponse | None:
    found = (answer(request, text) for answer in _answers)
    return next((one for one in found if one is not None), None)


def _answer(
    request: HttpRequest, text: ErrorText, *, because: str = "", back: str = ""
) -> HttpResponse:
    """The page for a refusal: a piece for htmx, else in the shell for a known reader, else bare."""
    if (other := _other(request, text)) is not None:
        return other
    known = text.status < 500 and getattr(getattr(request, "user", None), "is_authenticated", False)
    context = {
        "error": text,
        "because": because,
        "back": back,
        "request_id": request.META.get("HTTP_X_REQUEST_ID", ""),
        "frame": "foundation/page.html" if known else "foundation/bare.html",
    }
    if _wants_piece(request):
        return render(request, "foundation/error_piece.html", context, status=text.status)
    return render(request, "foundation/error.html", context, status=text.status)


def _wants_piece(request: HttpRequest) -> bool:
    """Whether htmx asked: it puts a refusal among the messages of the page, also that of a boosted form."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where more was sent at once than is taken, such as a very long text pasted into a box."""
    return _answer(request, TOO_LARGE if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


@requires_csrf_token
def permission_denied(
    request: HttpRequest, exception: PermissionDenied | None = None
) -> HttpResponse:
    """403: says which right is missing and who may give it, where the refusal names them."""
    because = str(exception.args[0]) if exception is not None and exception.args else ""
    return _answer(request, FORBIDDEN, because=because)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404."""
    return _answer(request, NOT_FOUND)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token no longer fits; the reason is for the log, but for the address that it quotes."""
    logger.warning("csrf: %s", reason.partition(" - ")[0])
    return _answer(request, STALE_FORM)


FORM = "application/x-www-form-urlencoded"


class BodyLimit:
    """Answer 413 to a request that carries too much, before anything reads its body; what is to be sealed is read in memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        anybodys = request.path.startswith(settings.PEOPLES_PAGES)
        most = settings.PEOPLES_BYTES if anybodys else uploads.most_bytes()
        if length.isdigit() and int(length) > most:
            return _answer(request, TOO_LARGE)
        sealed = request.method == "POST" and request.path.startswith(settings.SEALED_PAGES)
        if anybodys or (sealed and request.user.is_authenticated):  # nobody else fills the memory
            request.upload_handlers.insert(0, uploads.KeptInMemory(request))
        return self.get_response(request)


class ReadableOnly:
    """Answer 400 to a request that no page of ours sends: with a NUL in an address or a box, which no text column takes, or
    with a form in another encoding than UTF-8, which nothing behind reads (the page of a refusal neither).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        encoding = (request.encoding or "utf-8").lower()
        if request.content_type == FORM and encoding != "utf-8":
            return _answer(request, BAD_REQUEST)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Once the body may be read: after the CSRF check."""
        for sent in (request.GET, request.POST):
            for name, values in sent.lists():
                if any("\0" in one for one in (name, *values)):
                    return _answer(request, BAD_REQUEST)
        return None


class FormsOnly:
    """Answer who opens an address that only takes forms with a page that leads to where the form is.

    So comes who signs in again after the session ran out, and who loads a refused form anew.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != WRONG_METHOD.status or request.method != "GET":
            return response
        answer = _answer(request, WRONG_METHOD, back=_page_above(request.path_info))
        answer["Allow"] = response["Allow"]
        return answer


def _page_above(path: str) -> str:
    """The nearest address above this one that has a page."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


@requires_csrf_token
def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429."""
    return _answer(request, TOO_MANY)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without the database, the session or the menu, since any of them may be what failed.

    503 where the database let another act go first: then doing it again is all that is needed. 503 too where a key is missing.
    """
    fault = sys.exc_info()[1]
    closed = SEALED if isinstance(fault, KeyUnavailable) else SERVER_ERROR
    text = AT_ONCE if met_another(fault) else closed
    context = {
        "error": text,
        "request_id": request.META.get("HTTP_X_REQUEST_ID", ""),
        "frame": "foundation/bare.html",
    }
    piece = _wants_piece(request)
    name = "foundation/error_piece.html" if piece else "foundation/error.html"
    try:
        other = _other(request, text)
        return other or HttpResponse(render_to_string(name, context), status=text.status)
    except Exception:  # nothing may fail here
        logger.exception("the error page itself failed")
        plain = f"{text.title}. {text.happened} Mã: {context['request_id']}"
        return HttpResponse(plain, status=text.status, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def health_page(request: HttpRequest) -> HttpResponse:
    """Every part of the installation with its figure; 503 as soon as one is not well. JSON if asked for."""
    findings = health.examine()
    status = 200 if health.well(findings) else 503
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        parts = {one.key: {"ok": one.ok, "figure": one.figure} for one in findings}
        return JsonResponse({"ok": status == 200, "parts": parts}, status=status)
    context = {"findings": findings, "faults": sum(not one.ok for one in findings)}
    return render(request, "foundation/health.html", context, status=status)


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """For a balancer: 200 while this process answers and reaches its database, else 503. Tells nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        logger.exception("alive: the database does not answer")
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
