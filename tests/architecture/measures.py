"""The indicators on which the pages of the catalogue are tried."""

from danvan.indicators.services import define_breakdown
from tests.indicators.figures import an_indicator
from tests.indicators.scales import a_scale


def measured_at(place):
    """An indicator that a place owns, a qualitative one, and a breakdown, by the names of their pages."""
    owned = an_indicator("CS-01", owner=place)
    ages = define_breakdown(name="Tuổi", options=[("TRE", "Trẻ"), ("GIA", "Già")], actor=None)
    own = ("indicator", "indicator-redefine", "indicator-end", "indicator-break-down")
    return {
        **{f"desk:{name}": {"pk": owned.pk} for name in own},
        "desk:indicator-steps": {"pk": a_scale("CS-02").pk},
        "desk:breakdown-option": {"pk": ages.pk},
    }
