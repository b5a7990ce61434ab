"""The pattern of a question in words, written on its page without a script: figures put in by a button, faults told."""

import pytest
from django.urls import reverse

from danvan.reporting.designing import Content, NewItem, NewSection
from danvan.reporting.models import FormDraft, FormItem
from danvan.reporting.services import (
    begin_form_draft,
    begin_next_version,
    change_form_draft,
    publish_form_draft,
)
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import SINCE, TODAY
from tests.reporting.paths import text_of
from tests.reporting.told import PATTERN, Told

pytestmark = pytest.mark.django_db
_sheet = once(Told, DANVAN_TODAY=TODAY)
WORDS = {"viec": "them-cau", "muc": "0", "label": "Kết quả", "kind": "text"}


@pytest.fixture
def sheet(_sheet, db):
    return own(_sheet)


@pytest.fixture
def draft(sheet):
    """A form being written, with one number."""
    draft = begin_form_draft(
        unit=sheet.province.place,
        code="BM-09",
        name="Báo cáo",
        level="commune",
        due_day=5,
        actor=None,
    )
    first = Content((NewSection("Đối thoại", (NewItem("cuoc", "Số cuộc", "DV-01"),)),))
    return change_form_draft(draft, lambda _: first, changes=0, actor=None)


@pytest.fixture
def browser(sheet, client):
    client.force_login(make_grant(sheet.province.place, "specialist"))
    return client


def posted(client, draft, **said):
    draft.refresh_from_db()
    address = reverse("reporting:design", args=[draft.pk])
    return client.post(address, {"ban": str(draft.changes), **WORDS, **said})


def items(draft):
    draft.refresh_from_db()
    return Content.read(draft.content).items


def test_a_button_puts_a_figure_into_the_pattern_and_keeps_nothing(browser, draft):
    answer = posted(
        browser,
        draft,
        pattern="Đã tổ chức",
        figure="DV-02",
        timing="luy ke",
        chen="1",
        carried="on",
    )

    assert answer.status_code == 200
    page = text_of(answer)
    assert "Đã tổ chức [DV-02|lũy kế]</textarea>" in page
    assert 'value="Kết quả"' in page
    assert len(items(draft)) == 1


def test_a_button_pressed_without_a_figure_changes_nothing(browser, draft):
    page = text_of(posted(browser, draft, pattern="Đã tổ chức", timing="năm kia", chen="1"))

    assert "Đã tổ chức</textarea>" in page


def test_a_pattern_is_kept_and_shown_as_a_unit_will_see_it(browser, draft):
    assert posted(browser, draft, pattern=PATTERN, carried="on").status_code == 302

    one = items(draft)[1]
    assert (one.pattern, one.carried) == (PATTERN, True)
    page = text_of(browser.get(reverse("reporting:design", args=[draft.pk])))
    assert "mang lời kỳ trước sang" in page
    assert PATTERN in text_of(browser.get(reverse("reporting:design-preview", args=[draft.pk])))
    editing = text_of(browser.get(reverse("reporting:design", args=[draft.pk]) + "?muc=0&cau=1"))
    assert PATTERN in editing


def test_a_pattern_that_names_what_there_is_not_is_refused_in_a_whole_sentence(browser, draft):
    answer = posted(browser, draft, pattern="Có [DV-77] cuộc và [cuoc|lũy kế] lũy kế.")

    assert answer.status_code == 422
    assert "Câu mẫu nhắc đến [DV-77], không phải mã chỉ số" in text_of(answer)
    assert "Có [DV-77] cuộc" in text_of(answer)
    assert len(items(draft)) == 1


def test_a_number_has_no_pattern(browser, draft):
    said = {"kind": "number", "indicator_code": "DV-02", "pattern": "[DV-77]", "carried": "on"}
    assert posted(browser, draft, **said).status_code == 302

    assert (items(draft)[1].pattern, items(draft)[1].carried) == ("", False)


def test_a_next_version_begins_with_the_patterns_and_keeps_them(sheet):
    draft = begin_next_version(sheet.form, actor=None)
    form = publish_form_draft(draft, valid_from=TODAY.replace(year=2027), changes=0, actor=None)

    kept = FormItem.objects.filter(section__form=form, kind="text").order_by("position")
    assert [(one.code, one.pattern, one.carried) for one in kept] == [
        ("cach-lam", "", False), ("loi", PATTERN, False), ("kho-khan", "", True),
    ]  # fmt: skip
    assert not FormDraft.objects.exists()
    assert form.valid_from > SINCE
