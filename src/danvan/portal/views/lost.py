"""What the public pages say where they refuse: plain words for citizens, who never meet the pages of the officers."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from danvan.foundation import views
from danvan.foundation.views import ErrorText
from danvan.portal.views.quiet import quiet


@dataclass(frozen=True, slots=True)
class PublicText:
    """What happened, in a title and a heading, and what the reader can do."""

    title: str
    heading: str
    words: str


LOST = PublicText(
    "Không có trang này",
    "Địa chỉ có thể gõ chưa đúng, hoặc trang đã thôi mở",
    "Bà con vui lòng quét lại mã trên tờ niêm yết, hoặc gõ lại địa chỉ từng chữ. Bà con đã có phiếu thì gõ mã trên phiếu để theo dõi.",
)
FAULT = PublicText(
    "Trang đang gặp lỗi",
    "Lỗi do phần mềm, không phải do bà con; chưa rõ điều vừa gửi đã được ghi hay chưa",
    "Bà con vui lòng chờ một phút, quay lại trang trước rồi bấm gửi lần nữa: gửi lại đúng lời ấy vẫn chỉ là một việc, một mã. "
    "Nếu vẫn không được, vui lòng mang phiếu đến nơi đã đưa phiếu: cán bộ xem giúp.",
)
SAID: dict[ErrorText, PublicText] = {
    views.BAD_REQUEST: PublicText(
        "Chưa mở được trang",
        "Địa chỉ hoặc điều vừa gửi có chỗ không đọc được; chưa có gì được ghi",
        "Bà con vui lòng quay lại trang trước và làm lại. Bà con đã có phiếu thì gõ lại mã trên phiếu.",
    ),
    views.FORBIDDEN: PublicText(
        "Chưa mở được trang",
        "Trang này không dành cho mọi người; chưa có gì được ghi",
        "Bà con vui lòng gõ mã trên phiếu để xem việc của mình, hoặc hỏi nơi đã đưa phiếu.",
    ),
    views.STALE_FORM: PublicText(
        "Trang này đã mở quá lâu",
        "Điều bà con vừa gửi chưa được ghi",
        "Bà con vui lòng mở lại trang rồi gửi lần nữa. Nếu vẫn không được, vui lòng bật cookie của trình duyệt, hoặc mang phiếu đến nơi đã đưa phiếu.",
    ),
    views.NOT_FOUND: LOST,
    views.WRONG_METHOD: PublicText(
        "Chưa mở được trang",
        "Địa chỉ này chỉ nhận điều gửi từ nút bấm trên trang",
        "Bà con vui lòng gõ mã trên phiếu để mở lại trang.",
    ),
    views.TOO_LARGE: PublicText(
        "Điều vừa gửi lớn quá",
        "Trang chưa nhận được ảnh và lời vừa gửi, và chưa có gì được ghi",
        "Bà con vui lòng chọn ảnh nhỏ hơn (mỗi ảnh nhiều nhất 15 MB) hoặc gửi từng ảnh một; lời thì viết ngắn hơn. Bấm nút quay "
        "lại của trình duyệt, nếu được hỏi có gửi lại biểu mẫu không thì đồng ý: điều đã ghi ở bước trước vẫn còn. Việc cần nói "
        "dài, bà con gửi tại cuộc đối thoại hoặc nơi đã đưa phiếu.",
    ),
    views.TOO_MANY: PublicText(
        "Đã thử quá nhiều lần",
        "Trang tạm nghỉ nhận để giữ an toàn; chưa có gì được ghi",
        "Bà con vui lòng chờ một giờ rồi thử lại, hoặc mang phiếu đến nơi đã đưa phiếu: cán bộ xem giúp.",
    ),
    views.AT_ONCE: PublicText(
        "Có người khác vừa gửi cùng lúc",
        "Điều bà con vừa gửi chưa được ghi",
        "Bà con vui lòng quay lại trang trước rồi gửi lần nữa.",
    ),
}


def public_answer(request: HttpRequest, text: ErrorText) -> HttpResponse | None:
    """The public page for a refusal under the public addresses, whoever reads it; elsewhere none."""
    theirs = (reverse("portal:follow"), reverse("people:front"), *settings.PEOPLES_PAGES)
    if not request.path.startswith(theirs):
        return None
    return _said(request, text)


@quiet
def _said(request: HttpRequest, text: ErrorText) -> HttpResponse:
    """Made without the session or a context of requests: any of them may be what failed."""
    said = SAID.get(text, FAULT)
    return HttpResponse(render_to_string("portal/lost.html", {"said": said}), status=text.status)
