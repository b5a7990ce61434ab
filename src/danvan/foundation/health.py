"""Is the installation well? Each finding is a sentence for an administrator, with a figure."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django_tasks_db.models import DBTaskResult

from danvan.foundation import audit, clock, events, jobs, key_file, keys
from danvan.foundation.errors import KeyUnavailable
from danvan.foundation.models import JobWorker
from danvan.vietnamese.numbers import format_number

logger = logging.getLogger(__name__)

JOB_LATE = timedelta(minutes=5)
UNSEALED_MOST = 1_000
DISK_LEAST = 1024**3
DISK_LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its key, its name, whether it is well, the figure and a whole sentence."""

    key: str
    label: str
    ok: bool
    figure: str
    sentence: str


def examine() -> list[Finding]:
    """Look at everything; a part that cannot be looked at is itself a finding."""
    return [_look(key, label, look) for key, (label, look) in EXAMINED.items()]


def well(findings: list[Finding]) -> bool:
    """Whether all is well."""
    return all(finding.ok for finding in findings)


Seen = tuple[bool, str, str]


def _look(key: str, label: str, look: Callable[[], Seen]) -> Finding:
    try:
        ok, figure, sentence = look()
    except (DatabaseError, OSError):
        logger.exception("health: %s could not be looked at", key)
        ok, figure = False, "không rõ"
        sentence = (
            f"Không kiểm tra được mục {label.lower()}. Đồng chí vui lòng xem nhật ký máy chủ."
        )
    return Finding(key, label, ok, figure, sentence)


def _database() -> Seen:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        cursor.fetchone()
    figure = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    return True, figure, "Cơ sở dữ liệu trả lời bình thường."


def _migrations() -> Seen:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return (
            False,
            format_number(len(plan)),
            f"Còn {len(plan)} bước cập nhật cấu trúc chưa chạy. Đồng chí vui lòng chạy danvan setup.",
        )
    return True, "0", "Cấu trúc cơ sở dữ liệu đúng với phiên bản phần mềm."


def _workers() -> Seen:
    since = clock.machine() - jobs.LEASE
    alive = JobWorker.objects.filter(seen_at__gt=since).count()
    if not alive:
        return (
            False,
            "0",
            "Không có tiến trình nền nào đang chạy. Đồng chí vui lòng chạy danvan work.",
        )
    return True, format_number(alive), "Tiến trình nền đang chạy."


def _jobs() -> Seen:
    ready = DBTaskResult.objects.ready()
    oldest: datetime | None = ready.aggregate(oldest=Min("enqueued_at"))["oldest"]
    waiting = ready.count()
    if oldest and clock.machine() - oldest > JOB_LATE:
        minutes = int((clock.machine() - oldest).total_seconds() // 60)
        return (
            False,
            format_number(waiting),
            (
                f"Có {format_number(waiting)} việc nền đang chờ, việc lâu nhất đã chờ "
                f"{format_number(minutes)} phút. Đồng chí vui lòng kiểm tra tiến trình nền."
            ),
        )
    return True, format_number(waiting), "Việc nền được làm kịp thời."


def _failed_jobs() -> Seen:
    failed = DBTaskResult.objects.failed().count()
    if failed:
        return (
            False,
            format_number(failed),
            (
                f"Có {format_number(failed)} việc nền không làm được sau nhiều lần thử. "
                "Đồng chí vui lòng xem nguyên nhân bằng lệnh danvan jobs."
            ),
        )
    return True, "0", "Không có việc nền nào bị lỗi."


def _deliveries() -> Seen:
    lost, owed = events.given_up().count(), events.waiting().count()
    if lost:
        return (
            False,
            format_number(lost),
            (
                f"Có {format_number(lost)} sự kiện không chuyển được tới nơi nhận sau nhiều lần thử. "
                "Đồng chí vui lòng xem nhật ký máy chủ, khắc phục rồi chạy danvan jobs --again."
            ),
        )
    return True, format_number(owed), "Các sự kiện được chuyển tới nơi nhận."


def _audit() -> Seen:
    unsealed = audit.unsealed()[: UNSEALED_MOST + 1].count()
    if unsealed > UNSEALED_MOST:
        return (
            False,
            f"hơn {format_number(UNSEALED_MOST)}",
            "Nhật ký chưa được niêm phong kịp thời. Đồng chí vui lòng kiểm tra tiến trình nền.",
        )
    return True, format_number(unsealed), "Nhật ký được niêm phong kịp thời."


def _keys() -> Seen:
    try:
        lost = keys.lost()
        many = len(key_file.load().wrapping)
    except KeyUnavailable as missing:
        return False, "0", missing.reason
    if lost:
        closed = format_number(sum(lost.values()))
        return (
            False,
            format_number(many),
            (
                f"Tệp khóa thiếu khóa bọc {', '.join(sorted(lost))} nên {closed} khóa nội dung không mở được. "
                "Đồng chí vui lòng đặt lại tệp khóa từ bản sao lưu khóa."
            ),
        )
    return True, format_number(many), "Tệp khóa có đủ các khóa bọc mà cơ sở dữ liệu cần."


def _disk() -> Seen:
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    figure = f"{format_number(usage.free / 1024**3, 1)} GB"
    if usage.free < DISK_LEAST or usage.free < usage.total * DISK_LEAST_SHARE:
        return (
            False,
            figure,
            f"Ổ đĩa chứa tệp chỉ còn {figure}. Đồng chí vui lòng dọn bớt hoặc thêm dung lượng.",
        )
    return True, figure, "Ổ đĩa chứa tệp còn đủ chỗ."


EXAMINED: dict[str, tuple[str, Callable[[], Seen]]] = {
    "database": ("Cơ sở dữ liệu", _database),
    "migrations": ("Cấu trúc cơ sở dữ liệu", _migrations),
    "workers": ("Tiến trình nền", _workers),
    "jobs": ("Việc nền đang chờ", _jobs),
    "failed_jobs": ("Việc nền bị lỗi", _failed_jobs),
    "deliveries": ("Sự kiện chưa chuyển", _deliveries),
    "audit": ("Nhật ký chưa niêm phong", _audit),
    "keys": ("Khóa bọc trong tệp khóa", _keys),
    "disk": ("Chỗ trống trên ổ đĩa", _disk),
}
