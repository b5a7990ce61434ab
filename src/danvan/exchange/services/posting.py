"""What every post of a key does first: the key under lock, what was posted before it, how much may be posted yet."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from danvan.exchange.enums import PostKind
from danvan.exchange.errors import Refusal
from danvan.exchange.marks import mark_of
from danvan.exchange.models import ApiKey, KeyPost
from danvan.foundation import clock
from danvan.vietnamese.numbers import format_number

KEPT = timedelta(days=1)
UNNAMED = timedelta(
    minutes=10
)  # a second try comes soon; later it is a neighbour who says the same
HOUR = timedelta(hours=1)
LONGEST_MARK = 255


@dataclass(frozen=True, slots=True)
class Posted:
    """What a sender calls a post by, and the whole of it. Without a name it is called by what it says, for ten minutes."""

    body: str
    name: str = ""


def begin_post(key: ApiKey, kind: PostKind, posted: Posted) -> tuple[KeyPost, bool]:
    """The row of this post, and whether it was there before: then it is answered as it was, and nothing is done.

    Refusal 422 where another body came under the same name within the day; 429 where the key posted too much this hour.
    Within the caller's transaction: the key stays locked, so that the same post sent twice at once is one.
    """
    if len(posted.name) > LONGEST_MARK:
        raise Refusal(422, f"Idempotency-Key dài quá {LONGEST_MARK} ký tự, vui lòng rút ngắn.")
    ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    now = clock.machine()
    KeyPost.objects.filter(at__lt=now - KEPT).delete()
    mark, body = mark_of("post", posted.name or posted.body), mark_of("body", posted.body)
    before = KeyPost.objects.filter(key=key, kind=kind, mark=mark).first()
    if before is not None and not posted.name and before.at < now - UNNAMED:
        let_go(before)
        before = None
    if before is not None:
        if before.body != body:
            raise Refusal(
                422,
                "Mã này (Idempotency-Key, update_id) đã dùng cho nội dung khác. Vui lòng dùng mã mới.",
            )
        return before, True
    if key.posts.filter(at__gte=now - HOUR).count() >= settings.DANVAN_API_SENDS:
        most = format_number(settings.DANVAN_API_SENDS)
        raise Refusal(
            429, f"Khóa này đã gửi đủ {most} việc trong một giờ. Vui lòng gửi tiếp sau.", wait=600
        )
    return KeyPost.objects.create(key=key, kind=kind, mark=mark, body=body, at=now), False


def let_go(post: KeyPost) -> None:
    """What says the same from now on is another post, though this one counts within its hour."""
    KeyPost.objects.filter(pk=post.pk).update(mark=mark_of("over", str(post.pk)))
