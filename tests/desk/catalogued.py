"""A province with a catalogue of indicators, and who reads and keeps it."""

from danvan.indicators.services import recompute_dirty
from danvan.reporting.services import submit_report
from tests.factories.province import make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.scales import a_scale
from tests.reporting.months import GOOD, Month


class Catalogued:
    """A province in which a form of indicators is asked; one of them is owned by it, one is qualitative."""

    def __init__(self):
        self.month = Month()
        self.province = self.month.province
        self.place, self.communes = self.province.place, self.province.communes
        self.own = an_indicator("TL-02", name="Số mô hình Dân vận khéo", owner=self.place)
        self.scale = a_scale("DT-01", owner=self.place)
        self.whole = self.month.indicators["DV-02"]
        self.national = make_grant(self.province.country, "specialist")
        self.specialist = make_grant(self.place, "specialist")
        self.leader = make_grant(self.place, "leader")
        self.officer = make_grant(self.communes[0], "commune_officer")
        submit_report(self.month.first, answers=GOOD, actor=None)
        while recompute_dirty():
            pass


def signed_in(client, who):
    client.force_login(who)
    return client
