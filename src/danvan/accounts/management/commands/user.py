from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from danvan.accounts.models import User
from danvan.accounts.roles import LABELS
from danvan.accounts.services import NewUser, create_user, grant_role, set_password, take_factors
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import by_code, top_unit


class Command(BaseCommand):
    """`danvan user add`: the first administrator; `password`, `factors`: for one who is locked out, or lost every factor."""

    help = (
        "Tạo người dùng đầu tiên, cấp lại mật khẩu dùng một lần, hoặc gỡ xác thực hai bước đã mất."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["add", "password", "factors"])
        parser.add_argument("username", help="tên đăng nhập, ví dụ nguyen.van.an")
        parser.add_argument("--name", default="", help="họ và tên")
        parser.add_argument("--role", choices=list(LABELS), default="administrator")
        parser.add_argument("--reason", default="", help="lý do gỡ xác thực hai bước")
        parser.add_argument("--unit", default="", help="mã đơn vị; bỏ trống là đơn vị cao nhất")

    def handle(self, *args: Any, **options: Any) -> None:
        acts: dict[str, Callable[..., list[str]]] = {
            "add": self.add,
            "password": self.reset,
            "factors": self.take,
        }
        try:
            told = acts[options["act"]](**options)
        except RuleError as refused:
            lines = {refused.message, *(fault.message for fault in refused.faults)}
            raise CommandError("\n".join(sorted(lines))) from refused
        for line in told:
            self.stdout.write(line)

    @transaction.atomic
    def add(self, *, username: str, name: str, role: str, unit: str, **options: Any) -> list[str]:
        """Make a person and give the first role."""
        day = clock.today()
        found = by_code(unit, on=day) if unit else None
        if unit and found is None:
            raise CommandError(
                f"Không có đơn vị mã “{unit}” trong sổ hôm nay. Đồng chí vui lòng kiểm tra mã, giữ"
                " nguyên số 0 ở đầu."
            )
        new = create_user(username=username, full_name=name, actor=None)
        where = found.pk if found else top_unit(on=day).id
        grant_role(new.user, unit_id=where, role=role, actor=None)
        return _shown(new)

    def reset(self, *, username: str, **options: Any) -> list[str]:
        """A new one-time password."""
        return _shown(set_password(self.known(username), actor=None))

    def take(self, *, username: str, reason: str, **options: Any) -> list[str]:
        """The way back when nobody is left who could take lost factors away on a page."""
        user = take_factors(self.known(username), actor=None, reason=reason)
        return [f"Đã gỡ xác thực hai bước của {user.username}; người này phải cài lại."]

    def known(self, username: str) -> User:
        """The person with this name, or a sentence that there is none."""
        user = User.objects.filter(username=username.lower()).first()
        if user is None:
            raise CommandError(f"Không có tên đăng nhập “{username}”.")
        return user


def _shown(new: NewUser) -> list[str]:
    return [f"Tên đăng nhập: {new.user.username}", f"Mật khẩu dùng một lần: {new.password}"]
