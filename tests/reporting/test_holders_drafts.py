"""A form that is being written passes to the heir of its place, with a code of its own where needed, and comes back."""

from datetime import date
from types import SimpleNamespace

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.organisations.holders import Passage, holder_named
from danvan.reporting.designing import Content, NewItem, NewSection
from danvan.reporting.models import Form, FormDraft
from danvan.reporting.services import (
    begin_form_draft,
    begin_next_version,
    change_form_draft,
    publish_form_draft,
)
from tests.factories.province import Province, make_place
from tests.once import once, own
from tests.reporting.months import TODAY, indicators, make_form

pytestmark = pytest.mark.django_db
KEY, FORMS = "reporting.drafts", "reporting.forms"
ON = date(2027, 1, 1)


class Provinces:
    """Two provinces that pass to a third, with a form in the first."""

    def __init__(self):
        indicators()
        self.country = Province(1).country
        names = ("Tỉnh Hà Tĩnh", "Tỉnh Quảng Bình", "Tỉnh Bắc Trung")
        *self.former, self.heir = (self.another(name) for name in names)
        self.form = make_form(self.former[0])
        heirs = {one.place.pk: self.heir.place.pk for one in self.former}
        self.passage = Passage(
            number="SX-2027-001", title="Hợp nhất", on=ON, heirs=heirs, ended=frozenset(heirs)
        )

    def another(self, name):
        """One more province."""
        return SimpleNamespace(place=make_place(name, level=Level.PROVINCE, under=self.country))

    def write(self, which=0, code="BM-09"):
        return begin_form_draft(
            unit=self.former[which].place, code=code, name="Báo cáo quý", level="commune", due_day=5, actor=None
        )  # fmt: skip


_provinces = once(Provinces, DANVAN_TODAY=TODAY)


@pytest.fixture
def provinces(_provinces, db):
    return own(_provinces)


def rows():
    return list(FormDraft.objects.order_by("pk").values("pk", "unit_id", "code", "content", "changes", "follows_id"))  # fmt: skip


def hand_over(provinces, *keys):
    return {
        key: holder_named(key).hand_over(provinces.passage, actor=None) for key in keys or (KEY,)
    }


def take_back(provinces, moved):
    for key in sorted(moved, reverse=True):
        holder_named(key).take_back(moved[key], provinces.passage, actor=None)


def test_it_waits_for_the_heir_to_accept_and_comes_back_exactly(provinces):
    provinces.write()
    begin_next_version(provinces.form, actor=None)
    before, told = rows(), holder_named(KEY).export()
    assert holder_named(KEY).count_open(provinces.passage.heirs, ON) == {
        provinces.former[0].place.pk: 2
    }

    moved = hand_over(provinces)

    assert [(one.title, one.waits) for one in moved[KEY]] == [
        ("Bản soạn biểu BM-09: Báo cáo quý", True),
        ("Bản soạn biểu BM-02: Báo cáo công tác dân vận", True),
    ]
    assert {row["unit_id"] for row in rows()} == {provinces.heir.place.pk}
    assert [row["code"] for row in rows()] == ["BM-09", "BM-02"]
    take_back(provinces, moved)
    assert (rows(), holder_named(KEY).export()) == (before, told)


def test_two_of_one_code_and_one_that_the_heir_has_are_told_apart(provinces):
    for which in (0, 1):
        provinces.write(which)
        provinces.write(which, "BM-02" if which else "BM-03")
    make_form(provinces.heir, code="BM-03")
    before = rows()

    moved = hand_over(provinces)

    assert [row["code"] for row in rows()] == ["BM-09", "BM-03-2", "BM-09-2", "BM-02"]
    take_back(provinces, moved)
    assert rows() == before


def test_a_page_that_showed_it_before_is_told(provinces):
    draft = provinces.write()
    hand_over(provinces)

    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        change_form_draft(draft, lambda content: content, changes=0, actor=None)


def test_what_the_heir_wrote_since_stays_with_it(provinces):
    draft = provinces.write()
    moved = hand_over(provinces)
    change_form_draft(
        draft,
        lambda _: Content((NewSection("Mục", (NewItem("cuoc", "Số cuộc", "DV-01"),)),)),
        changes=1,
        actor=None,
    )

    take_back(provinces, moved)

    [row] = rows()
    assert row["unit_id"] == provinces.former[0].place.pk
    assert row["content"]["sections"][0]["title"] == "Mục"


def test_a_draft_of_a_form_that_passed_is_published_as_its_next_version_at_the_heir(provinces):
    begin_next_version(provinces.form, actor=None)
    hand_over(provinces, KEY, FORMS)
    draft = FormDraft.objects.get()

    form = publish_form_draft(draft, valid_from=date(2027, 3, 1), changes=draft.changes, actor=None)

    assert (form.unit_id, form.code, form.number) == (provinces.heir.place.pk, "BM-02", 2)


def test_what_was_published_meanwhile_forbids_the_undoing(provinces):
    draft = provinces.write()
    moved = hand_over(provinces)
    FormDraft.objects.filter(pk=draft.pk).delete()

    with pytest.raises(RuleError, match="không còn trong sổ"):
        take_back(provinces, moved)


def test_a_version_begun_at_the_heir_forbids_the_undoing_in_a_whole_sentence(provinces):
    moved = hand_over(provinces, KEY, FORMS)
    begin_next_version(Form.objects.get(unit=provinces.heir.place), actor=None)

    with pytest.raises(RuleError, match="đang được soạn phiên bản mới"):
        take_back(provinces, moved)


def test_another_successor_gets_it_under_its_own_code(provinces):
    provinces.write()
    other = provinces.another("Tỉnh Bắc")
    make_form(provinces.heir, code="BM-09")
    [moved] = hand_over(provinces)[KEY]
    assert FormDraft.objects.get().code == "BM-09-2"

    passed = holder_named(KEY).pass_on(moved, other.place.pk, actor=None)

    row = FormDraft.objects.get()
    assert (row.unit_id, row.code) == (other.place.pk, "BM-09")
    take_back(provinces, {KEY: [passed]})
    row.refresh_from_db()
    assert (row.unit_id, row.code, row.changes) == (provinces.former[0].place.pk, "BM-09", 0)


def test_a_code_as_long_as_may_be_stays_so(provinces):
    long = "B" * 30
    provinces.write(0, long)
    provinces.write(1, long)

    hand_over(provinces)

    assert [row["code"] for row in rows()] == [long, "B" * 28 + "-2"]
