"""Acts of following up and a difficulty, on which their pages are tried."""

from datetime import date

from danvan.commitments.models import Difficulty
from danvan.commitments.services import (
    Assignment,
    Found,
    Raised,
    Rule,
    Work,
    begin_series,
    follow_up,
    raise_difficulty,
    write_work,
)
from tests.factories.province import make_user
from tests.reporting.months import PNG

DAY = date(2026, 12, 31)
SERIES = ("series", "change-series", "end-series")
# A log of work is its writer's alone.
LOGS = {"commitments:show-work", "commitments:drop-work"}


def followed(given):
    """One commitment that was inspected, with a file, by the names of the pages."""
    seen = Found("Đã xem hiện trường", evidence=("bien-ban.png", PNG))
    act = follow_up([given], kind="inspect", found=seen, actor=None)
    raised = raise_difficulty(Raised("Thiếu kinh phí"), unit_id=given.lead_id, actor=None)
    # The committee of the commune itself is asked: whoever may act there may act on it.
    Difficulty.objects.filter(pk=raised.pk).update(at_unit=given.assigner_id)
    line = write_work(Work(DAY, "Họp bản"), actor=make_user())
    monthly = Assignment(given.lead_id, "Giao ban dân vận", "Biên bản", None)
    rule = Rule("month", date(2028, 1, 31), ahead=5)
    [series] = begin_series([monthly], rule, assigner=given.assigner, actor=None)
    return {
        **{f"commitments:{name}": {"pk": series.pk} for name in SERIES},
        "commitments:show-work": {"pk": line.pk},
        "commitments:drop-work": {"pk": line.pk},
        **{
            f"commitments:{name}": {"pk": raised.pk}
            for name in (
                "difficulty",
                "answer-difficulty",
                "pass-difficulty",
                "send-difficulty",
                "join-difficulties",
                "share-difficulty",
            )
        },
        "commitments:follow-up": {"pk": act.pk},
        "commitments:follow-up-file": {"pk": act.pk},
        "commitments:share-follow-up": {"pk": act.pk},
        "commitments:answer-follow-up": {"pk": act.parts.get().pk},
    }
