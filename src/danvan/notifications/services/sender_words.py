"""What stands in the letters to people: that there is news, never what it says; and how to get no more of them."""

from typing import Any

from django.conf import settings
from django.core import mail

from danvan.notifications.addresses import confirm_page, stop_page
from danvan.notifications.models import SenderLetter

SUBJECT = "Ý kiến của bà con có tin mới"
SUBJECT_TOGETHER = "Việc bà con theo dõi cùng có tin mới"
ASKED = "Xác nhận địa chỉ nhận tin từ Cổng Nhân dân"


def message(
    letter: SenderLetter, address: str, connection: Any, *, stop: str, ask: str
) -> mail.EmailMessage:
    """The letter as it goes out; `stop` and `ask` stand in it for whoever got it. Mail programs get the way out as well."""
    site = settings.DANVAN_PORTAL_SITE or settings.DANVAN_MAIL_SITE
    way_out = f"{site}{stop_page(stop)}"
    body = _asking(letter, f"{site}{confirm_page(ask)}") if ask else _news(letter, site, way_out)
    return mail.EmailMessage(
        subject=_subject(letter),
        body=f"Kính gửi bà con,\n\n{body}\n\nCổng Nhân dân\n",
        to=[address],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    )


def _subject(letter: SenderLetter) -> str:
    if letter.asks:
        return ASKED
    return SUBJECT if letter.follower_id is None else SUBJECT_TOGETHER


def _asking(letter: SenderLetter, page: str) -> str:
    did = "gửi ý kiến" if letter.follower_id is None else "theo dõi cùng một việc"
    return (
        f"Có người {did} ở Cổng Nhân dân và để lại địa chỉ thư này để nhận tin. Nếu đúng là bà con, mời bà con mở {page} rồi bấm "
        "“Nhận tin”.\n\nNếu không phải, bà con không cần làm gì: sẽ không có thư báo tin nào gửi đến đây. Cũng ở trang ấy, bà con "
        "bấm “Không nhận” để xóa hẳn địa chỉ này."
    )


def _news(letter: SenderLetter, site: str, way_out: str) -> str:
    told = "để xem và nói đồng ý hay chưa" if letter.follower_id is None else "theo dõi cùng để xem"
    code = "gõ mã trên phiếu" if letter.follower_id is None else "gõ mã"
    return (
        f"{letter.words}\n\nMời bà con mở {site}/theo-doi/ rồi {code} {told}. Thư này không ghi nội dung, để người khác mở hộp thư "
        f"cũng không biết.\n\nKhông muốn nhận thư nữa, bà con mở {way_out} rồi bấm “Thôi báo tin”; mã vẫn dùng được."
    )
