"""What a unit was when the month was opened stays with what it owes, through mergers made and undone."""

from datetime import date

import pytest

from danvan.foundation.periods import Period
from danvan.organisations.enums import Kind
from danvan.organisations.models import UnitVersion
from danvan.reporting.models import FormItem, FormSection, Obligation
from danvan.reporting.selectors import form_on, sheet_of
from danvan.reporting.services import NewItem, NewSection, open_period, submit_report
from tests.factories.merging import Merger, exported
from tests.once import once, own
from tests.reporting.laid import FILLED, LaidMonth
from tests.reporting.months import NOVEMBER, TODAY, make_form
from tests.reporting.test_holders import merge_province

pytestmark = pytest.mark.django_db
KEYS = ["reporting.forms", "reporting.months", "reporting.obligations"]
DECEMBER = Period.parse("2026-12")
AFTER, WITHIN = date(2026, 12, 1), date(2026, 11, 10)
_laid = once(LaidMonth, DANVAN_TODAY=TODAY)


@pytest.fixture
def laid(_laid, db):
    return own(_laid)


def kinds_owed(first, form):
    owed = Obligation.objects.filter(first=first, form=form).order_by("pk")
    return {one.unit_id: one.kind for one in owed}


def called(unit, kind):
    UnitVersion.objects.filter(unit=unit).update(type_word=kind)


def test_a_later_merger_changes_nothing_of_what_is_asked(laid):
    merger = Merger(laid.province, AFTER).found()
    called(merger.place, "phường")
    merger.hand_over(*KEYS)

    laid.rural.refresh_from_db()

    assert (laid.rural.bearer_id, laid.rural.kind) == (merger.place.pk, "xã")
    assert sheet_of(laid.rural).asked == 7
    assert submit_report(laid.rural, answers=FILLED, actor=None).vintage == 1


def test_a_founded_unit_is_asked_by_what_it_is_and_undone_all_is_as_it_was(laid):
    before, owed = exported(*KEYS), kinds_owed(NOVEMBER.first, laid.form)
    merger = Merger(laid.province, WITHIN).found()
    called(merger.place, "Phường")

    merger.hand_over(*KEYS)

    third = laid.province.communes[2].pk
    assert kinds_owed(NOVEMBER.first, laid.form) == {third: "phường", merger.place.pk: "phường"}
    merger.take_back(*KEYS)
    assert kinds_owed(NOVEMBER.first, laid.form) == owed
    assert exported(*KEYS) == before


def test_a_founded_unit_of_a_kind_that_is_not_asked_owes_nothing(laid):
    section = NewSection("Họp", [NewItem("hop", "Họp", "HD-01")])
    form = make_form(
        laid.province, code="X-01", kinds=["xã"], sections=[section], valid_from=NOVEMBER.first
    )
    open_period(form, NOVEMBER, actor=None)
    merger = Merger(laid.province, WITHIN).found()
    called(merger.place, "phường")

    merger.hand_over(*KEYS)

    assert kinds_owed(NOVEMBER.first, form) == {}


def test_a_founded_organisation_is_asked_what_organisations_are(laid):
    section = NewSection("Họp", [NewItem("hop", "Họp", "HD-01")])
    form = make_form(
        laid.province, code="T-01", kinds=[Kind.FRONT_COMMITTEE], sections=[section],
        valid_from=NOVEMBER.first,
    )  # fmt: skip
    open_period(form, NOVEMBER, actor=None)
    merger = Merger(laid.province, WITHIN).found()

    merger.hand_over(*KEYS)

    fronts = {merger.front.pk, laid.province.fronts[2].pk}
    assert kinds_owed(NOVEMBER.first, form) == dict.fromkeys(fronts, "front_committee")


def test_a_month_opened_since_is_asked_of_the_former_units_by_what_they_were(laid):
    merger = Merger(laid.province, AFTER).found()
    called(merger.place, "phường")
    merger.hand_over(*KEYS)
    open_period(laid.form, DECEMBER, actor=None)

    merger.take_back(*KEYS)

    first, second, third = (place.pk for place in laid.province.communes)
    assert kinds_owed(DECEMBER.first, laid.form) == {
        first: "xã", second: "phường", third: "phường",
    }  # fmt: skip


def test_a_form_goes_on_at_the_heir_for_the_same_kinds_with_the_same_tables(laid):
    section = NewSection(
        "Hội", [NewItem("a", "A", "HN.NAM", row=0, column=0)], rows=["Họp"], columns=["Nam"], kinds=["xã"]
    )  # fmt: skip
    form = make_form(
        laid.province, code="X-02", kinds=["xã"], sections=[section], valid_from=NOVEMBER.first
    )
    merger = merge_province(laid)

    merger.hand_over(*KEYS)

    new = form_on("X-02", merger.place.pk, AFTER)
    assert (new.kinds, form.kinds) == (["xã"], ["xã"])
    head = FormSection.objects.get(form=new)
    assert (head.kinds, head.rows, head.columns) == (["xã"], ["Họp"], ["Nam"])
    item = FormItem.objects.get(section=head)
    assert (item.row, item.column) == (0, 0)
    assert open_period(new, DECEMBER, actor=None)[0].kind == "xã"


def test_what_was_handed_over_before_a_report_had_its_kind_and_way_comes_back_too(laid):
    owed = set(Obligation.objects.values_list("pk", "form", "unit", "first", "standing"))
    merger = Merger(laid.province, WITHIN).found()
    merger.hand_over(*KEYS)
    withdrawn = [one for one in merger.moved["reporting.months"] if one.before]
    assert withdrawn
    for one in withdrawn:
        for column in ("kind", "head_approves", "turn", "steps"):
            del one.before[column]

    merger.take_back(*KEYS)

    assert set(Obligation.objects.values_list("pk", "form", "unit", "first", "standing")) == owed
