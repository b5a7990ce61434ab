"""Where allauth's second factors meet our rules: what is kept is sealed, and what is shown is ours."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from danvan.accounts.models import User
from danvan.foundation.models import DataKey
from danvan.foundation.sealing import new_key, seal, unseal

PURPOSE, NAME = "second-factor", "accounts.factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of factors are sealed under a key of the key file, so the database alone gives no code away.

    One data key serves everybody: nothing here outlives its row, so there is no person's key to destroy, and
    losing the key file makes every factor void at once, which is what must happen. A secret names its key, so a
    second data key may come beside it.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "Mã hoặc khóa không đúng, hoặc mã đã dùng rồi. Đồng chí vui lòng chờ ứng dụng hiện mã mới,"
            " kiểm tra giờ của điện thoại rồi thử lại."
        ),
    }

    def encrypt(self, text: str) -> str:
        """The secret, sealed, with the number of its key before it."""
        held = DataKey.objects.filter(purpose=PURPOSE, destroyed_at=None).order_by("pk").first()
        key = held or new_key(PURPOSE)
        return f"{key.pk}:{b64encode(seal(key, text, name=NAME)).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        number, _, sealed = encrypted_text.partition(":")
        return unseal(DataKey.objects.get(pk=int(number)), b64decode(sealed), name=NAME)

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls us."""
        return "Dân Vận Số"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser calls us; the address is the one the page was asked for."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Dân Vận Số"}

    def _get_site_name(self) -> str:
        return "Dân Vận Số"

    def _get_user_identifier(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 # allauth's name
        """What a new passkey is called until its owner says otherwise."""
        return "Khóa của tôi"
