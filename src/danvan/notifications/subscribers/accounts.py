"""What happens to how people prove who they are: told to the person, whoever did it."""

from danvan.accounts.enums import Secured
from danvan.accounts.events import AccountSecured
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import security_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell

NOT_YOU = "Nếu không phải đồng chí làm, vui lòng báo ngay người quản trị của đơn vị."
WORDS = {
    Secured.PASSWORD_CHOSEN: f"Mật khẩu của đồng chí vừa được đổi. {NOT_YOU}",
    Secured.PASSWORD_GIVEN: (
        "Người quản trị vừa cấp cho đồng chí mật khẩu dùng một lần. Nếu đồng chí không đề nghị, vui lòng"
        " báo ngay lãnh đạo đơn vị."
    ),
    Secured.TOTP_ADDED: f"Tài khoản của đồng chí vừa cài ứng dụng xác thực. {NOT_YOU}",
    Secured.TOTP_REMOVED: f"Tài khoản của đồng chí vừa gỡ ứng dụng xác thực. {NOT_YOU}",
    Secured.PASSKEY_ADDED: f"Tài khoản của đồng chí vừa thêm một khóa đăng nhập. {NOT_YOU}",
    Secured.PASSKEY_REMOVED: f"Tài khoản của đồng chí vừa gỡ một khóa đăng nhập. {NOT_YOU}",
    Secured.CODES_RENEWED: f"Mã dự phòng của đồng chí vừa được tạo mới, mã cũ hết dùng. {NOT_YOU}",
    Secured.CODE_SPENT: f"Một mã dự phòng của đồng chí vừa được dùng. {NOT_YOU}",
    Secured.TAKEN_AWAY: (
        "Xác thực hai bước của đồng chí vừa được gỡ theo đề nghị báo mất; đồng chí vui lòng cài lại. Nếu"
        " đồng chí không đề nghị, vui lòng báo ngay lãnh đạo đơn vị."
    ),
}


@subscribe(AccountSecured)
def tell_secured(event: AccountSecured) -> None:
    """The person is told of each change, once."""
    tell(
        [event.user_id],
        key=f"{event.name}:{event.change}",
        topic=Topic.ACCOUNT,
        words=WORDS[Secured(event.what)],
        url=security_page(),
    )
