"""What is asked of units follows them: who answers for a report, which months are asked of whom, who asks.

What was owed stays with the unit that owed it, and so do its values.
"""

from danvan.organisations.holders import Holder
from danvan.reporting.holders.bearing import ObligationHolder, StepHolder
from danvan.reporting.holders.drafts import FormDraftHolder
from danvan.reporting.holders.forms import FormHolder
from danvan.reporting.holders.months import MonthHolder

HOLDERS: tuple[Holder, ...] = (
    FormDraftHolder(),
    FormHolder(),
    MonthHolder(),
    ObligationHolder(),
    StepHolder(),
)

__all__ = ["HOLDERS"]
