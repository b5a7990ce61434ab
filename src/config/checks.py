"""System checks that explain: which setting is wrong, what is wrong with it, what to write instead."""

import difflib
import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from config import env
from danvan.foundation import key_file
from danvan.foundation.errors import KeyUnavailable

LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def sentence(fault: env.Fault) -> str:
    """One fault as a whole sentence."""
    return f"Thiết lập {fault.name} chưa dùng được: {fault.wrong}."


def remedy(fault: env.Fault) -> str:
    """What to write instead."""
    return f"Đồng chí vui lòng ghi {fault.name} = {fault.write}."


@register
def settings_are_usable(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Every setting that could not be read is an error; no command runs on it."""
    return [
        Error(sentence(fault), hint=remedy(fault), id="config.E001")
        for fault in settings.DANVAN_FAULTS
    ]


@register
def settings_are_known(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """A misspelt name would be ignored in silence, so it is told."""
    found: list[CheckMessage] = []
    for name in sorted(os.environ):
        if not name.startswith("DANVAN_") or name in env.KNOWN:
            continue
        near = difflib.get_close_matches(name, env.KNOWN, n=1, cutoff=0.8)
        hint = f"Có phải đồng chí muốn ghi {near[0]}?" if near else "Đồng chí vui lòng bỏ tên này."
        found.append(Caution(f"Không có thiết lập nào tên là {name}.", hint=hint, id="config.W001"))
    return found


@register
def key_file_is_closed(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Nothing runs on a key file that others can read. One that is not there is told by the health page."""
    told = key_file_fault()
    return [Error(told, id="config.E002")] if told else []


def key_file_fault() -> str:
    """Why the key file must not be used as it stands, if it is there."""
    try:
        key_file.refuse_open(key_file.place())
    except KeyUnavailable as refused:
        return refused.reason
    except OSError:
        return ""
    return ""


@register(deploy=True)
def fit_for_real_use(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """What is right for a trial but not for real use (`danvan check --deploy`)."""
    found: list[CheckMessage] = []

    def warn(number: int, wrong: str, write: str) -> None:
        found.append(Caution(wrong, hint=write, id=f"config.W{number:03}"))

    if set(settings.ALLOWED_HOSTS) <= LOCAL:
        warn(
            101,
            "DANVAN_HOSTS mới chỉ có tên của chính máy này, máy khác sẽ không mở được trang.",
            "Đồng chí vui lòng ghi tên miền của hệ thống, ví dụ DANVAN_HOSTS=danvan.nghean.gov.vn.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        warn(
            102,
            "DANVAN_HOSTS=* cho phép mọi tên miền giả mạo hệ thống.",
            "Đồng chí vui lòng ghi đúng tên miền của hệ thống.",
        )
    if not settings.HTTPS:
        warn(
            103,
            "DANVAN_HTTPS chưa bật: mật khẩu và phiên làm việc đi qua mạng không được mã hóa.",
            "Đồng chí vui lòng đặt hệ thống sau một máy chủ HTTPS và ghi DANVAN_HTTPS=1.",
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        warn(
            104,
            "Hệ thống đang dùng SQLite, hợp với dùng thử hoặc một cơ quan nhỏ.",
            "Khi dùng thật, đồng chí vui lòng ghi DANVAN_DATABASE=postgresql://...",
        )
    if settings.DANVAN_TODAY is not None:
        warn(
            105,
            f"DANVAN_TODAY đang đặt ngày làm việc cố định là {settings.DANVAN_TODAY:%d/%m/%Y}.",
            "Đồng chí vui lòng bỏ DANVAN_TODAY để hệ thống dùng ngày thật.",
        )
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        warn(
            107,
            "DANVAN_PROXIES đang là 0: giới hạn số lần đăng nhập sẽ tính chung cho mọi người.",
            "Đồng chí vui lòng ghi số máy chủ trung gian đứng trước, thường là DANVAN_PROXIES=1.",
        )
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        warn(
            106,
            "Kiểu chữ, hình và mã của trang chưa được gom lại.",
            "Đồng chí vui lòng chạy danvan setup.",
        )
    if settings.DANVAN_SECOND_FACTOR != "required":
        warn(
            108,
            "DANVAN_SECOND_FACTOR=offered: việc quan trọng không đòi xác thực hai bước.",
            "Đồng chí vui lòng bỏ thiết lập này hoặc ghi DANVAN_SECOND_FACTOR=required.",
        )
    if settings.HOME in settings.DANVAN_KEYS.parents:
        warn(
            109,
            "Tệp khóa nằm chung thư mục với cơ sở dữ liệu: ai lấy được cả thư mục thì mở được nội dung niêm phong.",
            "Đồng chí vui lòng chuyển tệp khóa sang nơi khác và ghi DANVAN_KEYS=/etc/danvan/keys/keys.json.",
        )
    return found
