"""Keeping the key file and the keys of the database in step: made once, wrapped anew while people work, retired when unused."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count

from danvan.foundation import key_file
from danvan.foundation.errors import KeyUnavailable, RuleError, SealingError
from danvan.foundation.key_file import KeyRing, WrappingKey
from danvan.foundation.models import DataKey
from danvan.foundation.sealing import unwrap, wrap
from danvan.vietnamese.numbers import format_number

BATCH = 500


def prepare() -> list[WrappingKey]:
    """Make the key file where nothing is sealed yet, or add keys for purposes that are new; returns the keys that were made.

    KeyUnavailable where something is sealed and its key file is missing: a new one would open nothing.
    """
    if key_file.place().exists():
        missing = [one for one in settings.SEALED_FOR if one not in key_file.load().purposes()]
        return key_file.add(*missing) if missing else []
    wrapped = in_use()
    if wrapped:
        raise KeyUnavailable(
            f"Cơ sở dữ liệu có {format_number(sum(wrapped.values()))} khóa nội dung nhưng không có tệp khóa "
            f"“{key_file.place()}”. Không tạo tệp mới, vì khóa mới không mở được nội dung đã niêm phong. Đồng chí vui lòng "
            "đặt lại tệp từ bản sao lưu khóa vào đúng chỗ, hoặc sửa DANVAN_KEYS, rồi chạy lại danvan setup."
        )
    return list(key_file.make(settings.SEALED_FOR).wrapping)


def in_use() -> dict[str, int]:
    """How many keys of the database each wrapping key wraps, by its id. One query."""
    wrapped = DataKey.objects.filter(destroyed_at__isnull=True).values("wrapped_by")
    return dict(wrapped.annotate(many=Count("pk")).values_list("wrapped_by", "many"))


@dataclass(frozen=True, slots=True)
class Kept:
    """One wrapping key, how many keys it wraps, and whether it is the one that wraps now."""

    key: WrappingKey
    wraps: int
    newest: bool


def listed() -> list[Kept]:
    """Every wrapping key of the file, oldest first."""
    ring, wrapped = key_file.load(), in_use()
    return [
        Kept(key, wrapped.get(key.id, 0), key is ring.newest(key.purpose)) for key in ring.wrapping
    ]


def lost() -> dict[str, int]:
    """Wrapping keys that the database needs and the file lacks, each with how many keys only it opens."""
    ring = key_file.load()
    return {key_id: many for key_id, many in in_use().items() if ring.get(key_id) is None}


def unopened(rows: Iterable[DataKey], ring: KeyRing) -> tuple[int, dict[str, int]]:
    """How many of these keys the ring opens; and how many it does not, by the id of the wrapping key that each needs."""
    opened, closed = 0, Counter[str]()
    for row in rows:
        try:
            unwrap(row, ring)
        except SealingError:
            closed[row.wrapped_by] += 1
        else:
            opened += 1
    return opened, dict(closed)


def kept_keys() -> Iterator[DataKey]:
    """Every key of the database that is not destroyed, a few at a time."""
    return DataKey.objects.filter(destroyed_at__isnull=True).iterator(chunk_size=BATCH)


def rotate() -> Iterator[tuple[int, int]]:
    """Wrap every key anew by the newest key of its purpose, batch by batch: (done, of how many) after each.

    Reading goes on meanwhile. Interrupted, what was done stays done, and the next run goes on with the rest.
    KeyUnavailable before anything is done where a wrapping key that is needed is missing.
    """
    if missing := lost():
        raise KeyUnavailable(
            f"Tệp khóa thiếu khóa bọc {', '.join(sorted(missing))}, đang bọc "
            f"{format_number(sum(missing.values()))} khóa nội dung. Đồng chí vui lòng đặt lại tệp khóa có các khóa này."
        )
    ring = key_file.load()
    newest = {ring.newest(purpose).id for purpose in ring.purposes()}
    waiting = DataKey.objects.filter(destroyed_at__isnull=True).exclude(wrapped_by__in=newest)
    total, done, last = waiting.count(), 0, 0
    while batch := _wrap_batch(last):
        last = batch[-1].pk
        done += len(batch)
        yield done, max(total, done)


def retire(key_id: str) -> WrappingKey:
    """Take a wrapping key out of the file; RuleError while it wraps anything or is the one that wraps now."""
    ring = key_file.load()
    key = ring.get(key_id)
    if key is None:
        known = ", ".join(one.id for one in ring.wrapping)
        raise RuleError(
            f"Tệp khóa không có khóa bọc “{key_id}”. Đồng chí vui lòng chọn một trong: {known}."
        )
    if key is ring.newest(key.purpose):
        raise RuleError(
            f"“{key_id}” là khóa bọc mới nhất cho “{key.purpose}”, đang được dùng. Đồng chí vui lòng thêm khóa mới "
            f"(danvan keys add {key.purpose}) và bọc lại (danvan keys rotate) trước."
        )
    with transaction.atomic():
        _wait_for_writers()
        many = DataKey.objects.filter(wrapped_by=key_id).count()
        if many:
            raise RuleError(
                f"“{key_id}” còn bọc {format_number(many)} khóa nội dung; bỏ đi thì không mở được nữa. "
                "Đồng chí vui lòng chạy danvan keys rotate trước."
            )
        key_file.remove(key_id)
    return key


@transaction.atomic
def _wrap_batch(after: int) -> list[DataKey]:
    ring = key_file.load()
    newest = {purpose: ring.newest(purpose) for purpose in ring.purposes()}
    waiting = DataKey.objects.filter(
        pk__gt=after, destroyed_at__isnull=True, purpose__in=newest
    ).exclude(wrapped_by__in=[key.id for key in newest.values()])
    rows = list(waiting.select_for_update().order_by("pk")[:BATCH])
    for row in rows:
        wrap(row, unwrap(row, ring), newest[row.purpose])
    DataKey.objects.bulk_update(rows, ["wrapped", "wrapped_by"])
    if rows and any(key_file.load().get(row.wrapped_by) is None for row in rows):
        raise RuleError("Tệp khóa vừa bị thay đổi. Đồng chí vui lòng chạy lại danvan keys rotate.")
    return rows


def _wait_for_writers() -> None:
    """Until every transaction that has written a key is over; whoever comes later looks again whether its wrapping key is there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("lock table foundation_datakey in share mode")
