"""Reading the figures of a draft as if it were applied: applied, read, and taken back without a trace."""

from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import may, units_granted
from danvan.desk.reorganise.forms.acting import FiguresForm
from danvan.desk.reorganise.reading.figures import Sides, read_figures
from danvan.desk.reorganise.reading.names import with_ids
from danvan.foundation import clock
from danvan.organisations.selectors.reorganising.ground import read_draft
from danvan.organisations.services.reorganising import preview
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Reorganisation

FIGURES = "board.view"  # what the page of a figure asks for


def try_out(
    user: "User", draft: "Reorganisation", sides: Sides, chooser: FiguresForm
) -> dict[str, Any]:
    """The figures in all three readings. Raises RuleError with every fault where the draft cannot be applied."""
    versions, periods = chooser.asked()
    linked: set[int] = set()
    if may(user, FIGURES):
        mine = units_granted(user, FIGURES).filter(unit_id__in=sides.before)
        linked = set(mine.values_list("unit_id", flat=True))
    with preview(draft, actor=user):
        figures = read_figures(
            with_ids(sides, read_draft(draft)),
            versions,
            periods,
            linked=linked,
            measure=f"tỷ trọng {draft.get_measure_display()}",
        )
    later = sides.on > clock.today()
    then = f"Từ ngày {format_date(sides.on)}" if later else "Như hôm nay"
    return {"figures": figures, "then_words": then}
