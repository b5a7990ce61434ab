"""Where allauth's sign-in meets our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from danvan.accounts.elevated import lower
from danvan.accounts.models import User
from danvan.accounts.services import choose_password


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators only; a chosen password is kept by our service."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản này đang khóa. Đồng chí vui lòng liên hệ người quản trị.",
        "enter_current_password": "Mật khẩu đang dùng không đúng. Đồng chí vui lòng nhập lại.",
        "incorrect_password": "Mật khẩu không đúng. Đồng chí vui lòng nhập lại.",
        "invalid_login": "Đăng nhập không được. Đồng chí vui lòng thử lại.",
        "too_many_login_attempts": (
            "Đã nhập sai quá nhiều lần. Đồng chí vui lòng chờ 5 phút rồi thử lại, hoặc đề nghị người"
            " quản trị cấp mật khẩu mới."
        ),
        "username_password_mismatch": (
            "Tên đăng nhập hoặc mật khẩu không đúng. Đồng chí vui lòng kiểm tra chữ hoa, chữ thường"
            " và bộ gõ tiếng Việt rồi nhập lại."
        ),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody registers themselves."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keep the password a person chose, on the record, and use up the one-time one."""
        kept = choose_password(user, password)
        user.password, user.must_change_password = kept.password, kept.must_change_password

    def get_password_change_redirect_url(self, request: Any) -> str:
        """After the change, to work."""
        return "/"

    def logout(self, request: Any) -> None:
        """Signing out closes an elevated session."""
        lower(request)
        super().logout(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By the password only: second factors are asked for on a page of our own."""
        if not user.is_authenticated or not user.has_usable_password():
            return []
        return [
            {
                "id": "reauthenticate",
                "description": "Mật khẩu",
                "url": reverse("account_reauthenticate"),
            }
        ]

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Changes of an account are told by our notices, which also go out as letters."""
