"""What people send through another system: by the one door that the portal has, once however often it is posted."""

from dataclasses import dataclass, replace

from django.db import transaction

from danvan.commitments.selectors.following import source_of_code
from danvan.exchange.enums import PostKind
from danvan.exchange.errors import Refusal
from danvan.exchange.models import ApiKey, KeyMatter, KeyPost
from danvan.exchange.services.posting import Posted, begin_post, let_go
from danvan.foundation import audit, clock
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import place_of, units_under
from danvan.petitions.services import SendDraft, Sent, send_matter

GONE = "Nội dung này đã được nhận trước đó. Vui lòng không gửi lại."
ELSEWHERE = "Khóa này chỉ gửi được việc ở địa bàn của đơn vị được cấp khóa. Vui lòng xem lại nơi xảy ra việc."


@dataclass(frozen=True, slots=True)
class SentByKey:
    """What came of it; `merged` where it was taken for a second try of what came just before, for it had no name of its own."""

    sent: Sent
    merged: bool = False


@transaction.atomic
def send_by_key(key: ApiKey, draft: SendDraft, *, posted: Posted) -> SentByKey:
    """Write down what somebody sends through the system that holds the key; posted again it gets the same answer.

    Without a name of its own only what is the same in every box, contact too, is taken for a second try, and only while the
    code of the first opens something. RuleError with every fault of the words, Refusal where the key may not send this; then
    nothing is kept.
    """
    post, again = begin_post(key, PostKind.MATTER, posted)
    if again and post.petition_id is None:
        raise Refusal(409, GONE)
    if again and not posted.name and source_of_code(_again(key, draft, post).slip.code) is None:
        let_go(post)
        post, again = begin_post(key, PostKind.MATTER, posted)
    if not again:
        draft = _in_reach(key, draft)
    sent = _again(key, draft, post)
    if not again and sent.petition_id is not None:
        post.petition_id = sent.petition_id
        post.save(update_fields=["petition"])
        KeyMatter.objects.create(key=key, petition_id=sent.petition_id, at=clock.machine())
        audit.record(None, "exchange.send_matter", key, petition=sent.petition_id)
    return SentByKey(sent, merged=again and not posted.name)


def _again(key: ApiKey, draft: SendDraft, post: KeyPost) -> Sent:
    """What this post becomes, or became before."""
    return send_matter(draft, seed=f"key {key.pk} post {post.pk}")


def _in_reach(key: ApiKey, draft: SendDraft) -> SendDraft:
    """With its place: the one that was told, else that of the key's unit. Refusal (403) for one that is not at or below it."""
    today = clock.today()
    own = place_of(key.unit_id, today)
    place_id = draft.place_id or own
    under = units_under([own or 0], on=today, follows=Follows.PLACE)
    if not under.filter(unit_id=place_id).exists():
        raise Refusal(403, ELSEWHERE)
    return replace(draft, place_id=place_id)
