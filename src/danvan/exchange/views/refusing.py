"""What other systems are told where a request is refused before any view sees it: in the form that they asked in."""

from django.http import HttpRequest, HttpResponse

from danvan.exchange.views.api.refusing import problem
from danvan.exchange.views.telling import errors, form_of
from danvan.foundation import views
from danvan.foundation.views import ErrorText

OPEN311, API = "/open311/", "/api/v1/"
FAULT = (
    "Hệ thống đang gặp lỗi, chưa rõ nội dung gửi đã được ghi hay chưa. Vui lòng gửi lại sau một phút với đúng nội dung và "
    "Idempotency-Key ấy: việc đã ghi thì không ghi thêm."
)
SAID: dict[ErrorText, str] = {
    views.BAD_REQUEST: "Yêu cầu có chỗ không đọc được, chưa có gì được ghi. Vui lòng kiểm tra lại.",
    views.FORBIDDEN: "Địa chỉ này không mở cho hệ thống khác.",
    views.NOT_FOUND: "Không có địa chỉ này. Vui lòng xem lại, kể cả đuôi .json hoặc .xml.",
    views.WRONG_METHOD: "Địa chỉ này không nhận cách gửi này. Vui lòng xem lại tài liệu.",
    views.TOO_LARGE: "Nội dung gửi quá lớn, chưa có gì được ghi. Vui lòng viết gọn lại.",
    views.TOO_MANY: "Đã thử quá nhiều lần. Vui lòng chờ một giờ rồi thử lại.",
    views.AT_ONCE: "Có nơi khác vừa ghi cùng lúc, chưa có gì được ghi. Vui lòng gửi lại.",
}


def machine_answer(request: HttpRequest, text: ErrorText) -> HttpResponse | None:
    """The refusal as other systems read it, under their addresses; elsewhere none."""
    if request.path.startswith(API):
        return problem(text.status, SAID.get(text, FAULT))
    if request.path.startswith(OPEN311):
        return errors(text.status, [SAID.get(text, FAULT)], form_of(request.path))
    return None
