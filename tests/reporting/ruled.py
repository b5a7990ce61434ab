"""A month whose form has rules of each kind, with a past to hold its answers against."""

from danvan.reporting.rules import adds_up, between, steady, usual
from danvan.reporting.selectors import previous
from danvan.reporting.services import open_period, set_form_rules, submit_report
from tests.reporting.months import GOOD, NOVEMBER, Month

RULES = [
    between("nhieu-nhat", "doi-thoai", most=31),
    usual("bat-thuong", "luot", times=5, slack=10),
    steady("tang-giam", "nguoi", percent=50, blocks=False),
    adds_up("hai-loai", "cong", ["tai-cho", "chuyen"]),
]
USUAL = GOOD | {"luot": "100", "nguoi": "50"}
FAR = USUAL | {"luot": "412"}
SAID = {"bat-thuong": "Đối thoại chung ba bản, hai buổi."}


def months_before(many):
    return [previous(NOVEMBER, one) for one in range(many, 0, -1)]


class RuledMonth(Month):
    """November of a form with rules; the first commune sent its report in each of the months before."""

    def __init__(self, communes=3, before=7):
        super().__init__(communes)
        set_form_rules(self.form, RULES, actor=None)
        for number, period in enumerate(months_before(before)):
            [owed, *_] = open_period(self.form, period, actor=None)
            submit_report(owed, answers=USUAL | {"luot": str(95 + number)}, actor=None)
