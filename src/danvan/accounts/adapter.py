"""Where allauth's sign-in meets our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from danvan.accounts.models import User
from danvan.accounts.services import choose_password


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators only; a chosen password is kept by our service."""

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
