"""Acts of following up, on which their pages are tried."""

from danvan.commitments.services import Found, follow_up
from tests.reporting.months import PNG


def followed(given):
    """One commitment that was inspected, with a file, by the names of the pages."""
    seen = Found("Đã xem hiện trường", evidence=("bien-ban.png", PNG))
    act = follow_up([given], kind="inspect", found=seen, actor=None)
    return {
        "commitments:follow-up": {"pk": act.pk},
        "commitments:follow-up-file": {"pk": act.pk},
        "commitments:share-follow-up": {"pk": act.pk},
        "commitments:answer-follow-up": {"pk": act.parts.get().pk},
    }
