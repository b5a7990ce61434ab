"""The workbooks of a report, for the tests that open every page."""

from danvan.reporting.services import drop_sheets, hand_in_sheet
from danvan.reporting.templating import template
from tests.factories.province import make_user
from tests.reporting.months import NOVEMBER


def handed_in(form, owed):
    """The workbook of a report, handed in by the unit and by who asks for it."""
    books = [("bao-cao.xlsx", template(owed))]
    file = hand_in_sheet(owed, name=books[0][0], content=books[0][1], actor=None)
    drop = drop_sheets(form, NOVEMBER, books, actor=make_user())
    month = {"pk": form.pk, "month": "2026-11", "drop": drop.pk}
    return {
        "reporting:handed-in": {"pk": owed.pk, "file": file.pk},
        "reporting:handed-in-marked": {"pk": owed.pk, "file": file.pk},
        "reporting:dropped": month,
        "reporting:dropped-marked": month | {"file": drop.files.get().pk},
    }
