"""Whether news of a matter goes by e-mail to who sent it, or to who follows it together."""

from typing import TYPE_CHECKING

from danvan.notifications.enums import Mailed
from danvan.notifications.models import SenderLetter
from danvan.petitions.selectors.sending import left_an_address

if TYPE_CHECKING:
    from danvan.petitions.models import Petition, TogetherAddress


def mailed(petition: "Petition", follower: "TogetherAddress | None" = None) -> Mailed:
    """Whether news of it goes to the address that was left, or why not. Two queries at most; nothing is opened."""
    asked = SenderLetter.objects.filter(petition=petition, follower=follower, asks=True).first()
    if asked is not None and asked.stopped_at is not None:
        return Mailed.STOPPED
    if follower is None and not left_an_address(petition):
        return Mailed.NOT
    return Mailed.ON if asked is not None and asked.confirmed_at is not None else Mailed.ASKED
