from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from danvan.accounts.models import User
from danvan.accounts.roles import LABELS
from danvan.accounts.services import create_user, grant_role, set_password
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import by_code, top_unit


class Command(BaseCommand):
    """`danvan user add`: the first administrator of an installation; `password`: for one who is locked out."""

    help = "Tạo người dùng đầu tiên hoặc cấp lại mật khẩu dùng một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["add", "password"])
        parser.add_argument("username", help="tên đăng nhập, ví dụ nguyen.van.an")
        parser.add_argument("--name", default="", help="họ và tên")
        parser.add_argument("--role", choices=list(LABELS), default="administrator")
        parser.add_argument("--unit", default="", help="mã đơn vị; bỏ trống là đơn vị cao nhất")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = self.add(**options) if options["act"] == "add" else self.reset(**options)
        except RuleError as refused:
            lines = {refused.message, *(fault.message for fault in refused.faults)}
            raise CommandError("\n".join(sorted(lines))) from refused
        self.stdout.write(f"Tên đăng nhập: {new.user.username}")
        self.stdout.write(f"Mật khẩu dùng một lần: {new.password}")

    @transaction.atomic
    def add(self, *, username: str, name: str, role: str, unit: str, **options: Any) -> Any:
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
        return new

    def reset(self, *, username: str, **options: Any) -> Any:
        """A new one-time password."""
        user = User.objects.filter(username=username.lower()).first()
        if user is None:
            raise CommandError(f"Không có tên đăng nhập “{username}”.")
        return set_password(user, actor=None)
