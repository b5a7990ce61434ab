"""How a person wants messages by e-mail."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.services import set_email
from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.notifications.enums import Way
from danvan.notifications.models import MailPreference

if TYPE_CHECKING:
    from danvan.accounts.models import User

NO_ADDRESS = "Muốn nhận thư, đồng chí vui lòng ghi địa chỉ thư điện tử, hoặc chọn “Không gửi thư”."
NO_WAY = "Đồng chí vui lòng chọn một cách nhận thư."


@transaction.atomic
def set_mail_preference(user: "User", *, way: str, email: str, actor: "User") -> MailPreference:
    """Keep where and how a person wants messages by e-mail."""
    faults = []
    if way not in Way.values:
        faults.append(Fault(NO_WAY, column="way"))
    if way != Way.NEVER and not email.strip():
        faults.append(Fault(NO_ADDRESS, column="email"))
    if faults:
        raise RuleError(faults[0].message, faults=faults)
    set_email(user, email, actor=actor)
    MailPreference.objects.get_or_create(user_id=user.pk)
    preference = MailPreference.objects.select_for_update().get(user_id=user.pk)
    preference.way = way
    preference.save(update_fields=["way"])
    audit.record(actor, "notifications.set_mail_preference", preference, way=way)
    return preference
