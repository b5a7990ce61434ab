"""What a sender says later through the system that sent it, or with the code that only the sender has."""

import re
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import Tried
from danvan.commitments.services import try_code
from danvan.exchange.enums import PostKind
from danvan.exchange.errors import Refusal
from danvan.exchange.models import ApiKey
from danvan.exchange.services.posting import Posted, begin_post
from danvan.foundation import audit
from danvan.petitions.selectors import published_petitions
from danvan.petitions.selectors.following import petition_of_code
from danvan.petitions.services import add_words

if TYPE_CHECKING:
    from danvan.petitions.models import Petition

TRIED: dict[str, tuple[int, str]] = {
    Tried.MISTYPED: (404, "Mã này có chữ gõ nhầm hoặc thiếu. Vui lòng xem lại từng chữ của mã."),
    Tried.WRONG: (404, "Mã này không có hoặc không còn dùng được. Vui lòng xem lại mã."),
    Tried.EXPIRED: (404, "Mã này đã hết hạn theo dõi. Vui lòng hỏi nơi đã nhận việc."),
    Tried.TOO_MANY: (429, "Mã này không đúng, và đã có quá nhiều mã sai trong giờ này. Vui lòng thử lại sau một giờ."),
}  # fmt: skip
NUMBER = re.compile(r"[A-Z]{2}-[0-9]{4}-[0-9]+")  # of the public register; no code reads so
NOT_FOUND = "Không có việc nào như vậy do khóa này gửi. Vui lòng xem lại mã."


def petition_of_token(token: str, *, address: str) -> "Petition":
    """The petition behind the code that its sender alone was given. Refusal (404, 429) where it opens none; a wrong one
    is counted, so it is asked outside any transaction.
    """
    tried = try_code(token, address=address)
    if tried == Tried.RIGHT and (found := petition_of_code(token)) is not None:
        return found
    status, words = TRIED.get(tried, (404, NOT_FOUND))
    raise Refusal(status, words)


def add_by_key(
    key: ApiKey, *, about: str, words: str, address: str, posted: Posted, plain: bool = False
) -> int:
    """Write down what a sender adds; posted again it is not written again. The id of the line that it became.

    `about` is the code of the sender, or the public number of a petition that came by this key.
    """
    own = published_petitions().filter(number=about, petition__sent_by_key__key=key).first()
    if own is not None:
        return _add(key, own.petition, words, posted, plain=plain)
    if NUMBER.fullmatch(about):
        raise Refusal(404, NOT_FOUND)
    return _add(key, petition_of_token(about, address=address), words, posted, plain=plain)


@transaction.atomic
def _add(key: ApiKey, petition: "Petition", words: str, posted: Posted, *, plain: bool) -> int:
    post, again = begin_post(key, PostKind.UPDATE, posted)
    if again and post.result is not None:
        return int(post.result)
    step = add_words(petition, words=words, plain=plain)
    post.petition, post.result = petition, step.pk
    post.save(update_fields=["petition", "result"])
    audit.record(None, "exchange.add_words", key, petition=petition.pk)
    return int(step.pk)
