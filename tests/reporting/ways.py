"""A form of the centre asked of communes: the commune's leader lets it go, the province approves, the centre accepts."""

from tests.factories.province import make_grant, make_user
from tests.reporting.months import GOOD, NOVEMBER, Month, indicators, make_form


class Way(Month):
    """November 2026 of a form asked by the centre, with who acts on it: officer, head, province, centre."""

    def __init__(self, communes=3, **form):
        from danvan.reporting.services import open_period
        from tests.factories.province import Province

        self.province = Province(communes)
        self.indicators = indicators()
        asked = {"unit": self.province.country, "head_approves": True, "by_way": True}
        self.form = make_form(self.province, **asked | form)
        self.owed = open_period(self.form, NOVEMBER, actor=None)
        self.commune = self.province.communes[0]
        self.officer = make_grant(self.commune, "commune_officer")
        self.head = make_grant(self.commune, "leader", user=make_user("Lô Văn Hùng"))
        self.place = make_grant(
            self.province.place, "specialist", user=make_user("Trần Thị Thu Hà")
        )
        self.centre = make_grant(self.province.country, "specialist", user=make_user("Lê Minh"))


def propose(way, who=None, **said):
    from danvan.reporting.services import propose_report

    given = {"answers": GOOD, "actor": who or way.officer}
    return propose_report(way.first, **given | said)


def let_go(way):
    """The commune's report has left the commune."""
    from danvan.reporting.services import release_report

    propose(way)
    return release_report(way.first, actor=way.head)
