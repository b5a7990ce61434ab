"""A duty that comes back, for tests: who gives it, its turns, other days."""

from datetime import date

from django.test import override_settings

from danvan.commitments.models import Commitment
from danvan.commitments.selectors.series import supports_of
from danvan.commitments.series_enums import Every
from danvan.commitments.services import Rule, begin_series, change_series
from danvan.organisations.enums import Rank
from danvan.organisations.selectors import last_names
from danvan.organisations.services.officers.posts import found_post
from tests.commitments.conftest import TODAY, Ledger
from tests.factories.law import make_parameters

SINCE = date(2026, 1, 1)
MONTHLY = Rule(Every.MONTH, date(2026, 11, 30))


class Recurring(Ledger):
    """The committee asks a commune for the same report every month."""

    def __init__(self):
        super().__init__()
        make_parameters("clock.series.ahead")

        self.post = found_post(
            self.assigner, "Phó Bí thư", Rank.DEPUTY, on=SINCE, actor=None, decision="QĐ 1"
        )

    def begin(
        self, rule=MONTHLY, *, actor=None, given_on=TODAY, post_id=None, source=None, **changes
    ):
        made = begin_series(
            [self.assignment(title="Báo cáo tình hình nhân dân", **changes)], rule, assigner=self.assigner,
            given_on=given_on, actor=actor, post_id=post_id, source=source,
        )  # fmt: skip
        return made[0]

    def change(self, series, rule, **changes):
        given = {
            "lead_id": self.lead.pk, "support_ids": supports_of(series), "post_id": series.post_id,
            "title": series.title, "product": series.product, "words": "Đổi", "actor": None,
        }  # fmt: skip
        return change_series(series, rule, **{**given, **changes})


def turns(series):
    found = Commitment.objects.filter(turn_of__series=series).order_by("turn_of__turn")
    return list(found)


def name_of(unit):
    return last_names([unit.pk], TODAY)[unit.pk]


def on(day):
    return override_settings(DANVAN_TODAY=day)
