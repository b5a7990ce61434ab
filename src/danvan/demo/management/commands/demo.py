"""`danvan demo`: builds the demonstration province, prints who may sign in, and serves the pages."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from danvan.accounts.access import second_factor_stands
from danvan.accounts.selectors import anybody, role_label
from danvan.demo.building import STAGES, Built, build
from danvan.demo.keeping import keep_sign_ins, kept_sign_ins


class Command(BaseCommand):
    """Build once, serve every time."""

    help = "dựng tỉnh mẫu Nghệ An và mở phần mềm để xem thử"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=STAGES, default="year-end",
                            help="empty: chỉ có sổ đơn vị và người dùng; reporting: thêm 18 tháng hoạt động và báo cáo tháng; "
                            "year-end: thêm văn bản, chỉ tiêu, việc được giao")  # fmt: skip
        parser.add_argument(
            "--no-serve", action="store_true", help="chỉ dựng số liệu, không mở trang"
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, stage: str, no_serve: bool, port: int, **options: Any) -> None:
        if settings.DANVAN_TODAY is None:
            raise CommandError(
                "Tỉnh mẫu cần một ngày cố định. Đồng chí vui lòng chạy: make demo, hoặc "
                "DANVAN_TODAY=2026-12-31 danvan demo."
            )
        call_command("setup", verbosity=1)
        sign_ins = kept_sign_ins()
        if sign_ins is None:
            if anybody():
                raise CommandError(
                    "Cơ sở dữ liệu này đã có người dùng nên không dựng tỉnh mẫu vào đây. Đồng chí vui lòng "
                    "đặt DANVAN_HOME là một thư mục trống."
                )
            began = time.monotonic()
            built = build(stage, lambda words: self.stdout.write(f"  {words}"))
            keep_sign_ins(built.sign_ins)
            self._tell(built, time.monotonic() - began, port)
            sign_ins = kept_sign_ins()
        self.stdout.write("\nNgười dùng mẫu (mật khẩu dùng một lần, đổi khi đăng nhập):")
        for username, password, name, position, role in sign_ins or []:
            self.stdout.write(
                f"  {username:<11} {password:<22} {role_label(role):<14} {name}, {position}"
            )
        if not second_factor_stands():
            self.stdout.write(
                "\nXác thực hai bước đang tắt ở bản trình diễn (DANVAN_SECOND_FACTOR=offered): được mời, không đòi."
                f"\nKhóa đăng nhập (passkey) chỉ chạy ở http://localhost:{port}, không chạy ở 127.0.0.1."
            )
        if not no_serve:
            call_command("serve", port=port)

    def _tell(self, built: Built, seconds: float, port: int) -> None:
        self.stdout.write(
            f"Đã dựng trong {seconds:.0f} giây: {built.organisations} tổ chức, {built.targets} chỉ tiêu, "
            f"{built.activities} hoạt động, {built.papers} văn bản đi, {built.reports} báo cáo tháng, "
            f"{built.commitments} việc được giao, {built.dialogues} cuộc đối thoại với {built.promised} kết luận, "
            f"{built.petitions} đơn thư, {built.receptions} buổi tiếp công dân với {built.visits} lượt người đến."
        )
        if built.follow_codes:
            self.stdout.write(
                "\nMã theo dõi của người đã hỏi (chỉ in một lần, mở ở trang /theo-doi/):"
            )
        for place, code in built.follow_codes:
            self.stdout.write(f"  {code}  {place}")
        if built.key:
            here = f"http://127.0.0.1:{port}"
            self.stdout.write(
                f"\nKhóa cho hệ thống khác (chỉ in một lần): {built.key}"
                f"\n  đọc: {here}/open311/v2/services.json, {here}/open311/v2/requests.json"
                f"\n  gửi: curl {here}/open311/v2/requests.json -d api_key={built.key} -d service_code=dat-dai "
                "-d description='Đèn hỏng ở ngã ba' -d address_id=17230"
            )
