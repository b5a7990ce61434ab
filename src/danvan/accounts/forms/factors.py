"""Forms of second factors: at sign-in, when setting one up, and before an act that asks for one."""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from danvan.accounts.factor_adapter import FactorAdapter
from danvan.accounts.services.elevating import minutes_faults
from danvan.accounts.services.factors import reason_faults, sentence, spend_code
from danvan.foundation.errors import RuleError, SealingError
from danvan.foundation.refusals import RefusableForm

CODE_BOX = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}
# What a made-up answer of a key makes the library raise, besides its own refusals.
MALFORMED = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, InvalidSignature)


class KeyField(forms.JSONField):
    """What a key answered, as the browser wrote it down."""

    default_error_messages = {
        "required": "Trình duyệt chưa nhận được trả lời của khóa. Đồng chí vui lòng thử lại.",
        "invalid": "Trình duyệt trả lời không đúng dạng. Đồng chí vui lòng thử lại.",
    }
    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The answer, always a table; what nests too deep to be read is none."""
        try:
            told = super().to_python(value)
        except RecursionError:
            told = None
        if told is not None and not isinstance(told, dict):
            told = None
        if told is None and value not in self.empty_values:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return told


def code_field(**said: Any) -> forms.CharField:
    """Where a code is typed; 40 characters hold every code however it is spaced."""
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs=CODE_BOX), **said)


def refused() -> ValidationError:
    """The one sentence for every code and key that is not right."""
    told: ValidationError = FactorAdapter().validation_error("incorrect_code")
    return told


def checked_code(user: Any, code: str) -> Authenticator:
    """The factor whose code was typed; the code is spent. ValidationError with a sentence otherwise."""
    clear = check_rate_limit(user)
    try:
        factor = spend_code(user, code)
    except SealingError as closed:
        raise ValidationError(str(closed)) from closed
    if factor is None:
        raise refused()
    clear()
    return factor


def checked_limit(user: Any) -> None:
    """Refuse (RuleError) who tries too many codes of an app that is being set up."""
    try:
        check_rate_limit(user)
    except ValidationError as tried:
        raise RuleError(" ".join(tried.messages)) from tried


def checked_key(check: Callable[[], Any]) -> Any:
    """What `check` finds in the answer of a key; an answer that no key gave is refused as a wrong one is."""
    try:
        return check()
    except ValidationError:
        raise
    except MALFORMED as made_up:
        raise refused() from made_up


class SignInCodeForm(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in, by a code."""

    code = code_field(label="Mã xác thực")

    def clean_code(self) -> str:
        """Spend the code."""
        self.authenticator = checked_code(self.user, self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class SignInPasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in, by a key."""

    credential = KeyField()

    def clean_credential(self) -> Any:
        """The key that answered."""
        return checked_key(super().clean_credential)


class PasskeyOnlyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey and nothing else."""

    credential = KeyField()

    def clean_credential(self) -> Any:
        """The key that answered."""
        return checked_key(super().clean_credential)


class SecondStepForm(RefusableForm):
    """What an act asks for beyond the right to it: a fresh second factor, and of administrators a reason and a period.

    A code is spent only when everything else is right, for it counts once.
    """

    code = code_field(
        label="Mã xác thực",
        required=False,
        help_text="Mã 6 số trong ứng dụng xác thực, hoặc một mã dự phòng.",
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)
    reason = forms.CharField(
        label="Lý do mở phiên quản trị",
        max_length=300,
        required=False,
        help_text="Một câu nói rõ làm việc gì, ví dụ: Cấp quyền cho cán bộ mới theo quyết định 12.",
    )
    minutes = forms.IntegerField(label="Số phút", required=False)

    def __init__(self, *args: Any, user: Any, factor: bool, elevated: bool, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "buoc2")
        kwargs["initial"] = {"minutes": min(30, settings.DANVAN_ELEVATED_MINUTES)}
        super().__init__(*args, **kwargs)
        self.user, self.used = user, None
        self.asks_factor, self.asks_reason = factor, elevated
        most = settings.DANVAN_ELEVATED_MINUTES
        self.fields["minutes"].help_text = f"Nhiều nhất {most} phút; có thể đóng sớm hơn."
        for name in () if factor else ("code", "credential"):
            del self.fields[name]
        for name in () if elevated else ("reason", "minutes"):
            del self.fields[name]
        for field in self.fields.values():
            field.needed_when = " "  # type: ignore[attr-defined] # nothing here is left out at will

    def clean(self) -> dict[str, Any]:
        """All that is wrong at once, then the factor."""
        said = super().clean() or {}
        if self.asks_reason:
            said["reason"] = sentence(said.get("reason") or "")
            faults = reason_faults(said["reason"]) if "reason" not in self.errors else []
            if "minutes" not in self.errors:
                faults += minutes_faults(said.get("minutes") or 0)
            for fault in faults:
                self.add_error(fault.column, fault.message)
        if (
            self.asks_factor
            and not (said.get("code") or said.get("credential"))
            and not self.errors.get("code")
        ):
            self.add_error("code", "Đồng chí vui lòng nhập mã xác thực hoặc dùng khóa.")
        if self.asks_factor and not self.errors:
            self._spend(said)
        return said

    def _spend(self, said: dict[str, Any]) -> None:
        try:
            if said["credential"]:
                answer = SignInPasskeyForm({"credential": said["credential"]}, user=self.user)
                if not answer.is_valid():
                    raise ValidationError(answer.errors["credential"])
                self.used = answer.cleaned_data["credential"]
            else:
                self.used = checked_code(self.user, said["code"])
        except ValidationError as wrong:
            self.add_error("code", wrong)

    def prove(self) -> None:
        """Note in the session that a second factor was used just now."""
        if self.used is not None:
            post_authentication(context.request, self.used, reauthenticated=True)


class TotpForm(RefusableForm):
    """The first code of a new app."""

    code = code_field(label="Mã 6 số đang hiện trong ứng dụng")


class NameForm(RefusableForm):
    """What a passkey is called."""

    name = forms.CharField(
        label="Tên khóa", max_length=60, help_text="Để nhận ra sau này, ví dụ: Máy tính ở cơ quan."
    )


class NewPasskeyForm(AddWebAuthnForm, RefusableForm):  # type: ignore[misc]
    """A new passkey: its name, and what the browser answered."""

    name = forms.CharField(
        label="Tên khóa", max_length=60, help_text="Để nhận ra sau này, ví dụ: Máy tính ở cơ quan."
    )
    passwordless = forms.BooleanField(
        label="Dùng khóa này để đăng nhập không cần mật khẩu",
        required=False,
        initial=True,
        help_text="Máy sẽ hỏi vân tay, khuôn mặt hoặc mã khóa màn hình mỗi lần.",
    )
    credential = KeyField()

    def clean_name(self) -> str:
        """The name as written: our service says what is wrong with it."""
        return str(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """What the key signed is right."""
        try:
            return checked_key(super().clean) or {}
        except ValidationError as wrong:
            self.add_error(None, wrong)
            return self.cleaned_data


class ReasonForm(RefusableForm):
    """Why somebody's lost factors are taken away."""

    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Ví dụ: Đồng chí An báo mất điện thoại ngày 12/11, đã gặp trực tiếp để xác minh.",
        error_messages={"required": "Đồng chí vui lòng ghi lý do."},
    )
