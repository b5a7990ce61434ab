"""The rules of a form being written and of a published one: changed, dated, refused, and who changed what."""

from dataclasses import replace
from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.reporting.designing import Content
from danvan.reporting.models import FormRuleSet
from danvan.reporting.rules import between, steady, usual
from danvan.reporting.selectors import book_of, rules_of
from danvan.reporting.selectors.ruling import (
    ground_of,
    lines_of_rules,
    newest_setting,
    numbers_elsewhere,
    settings_of,
)
from danvan.reporting.services import (
    begin_form_draft,
    begin_next_version,
    change_draft_rules,
    change_form_rules,
    publish_form_draft,
    set_form_rules,
)
from tests.factories.province import Province, make_user
from tests.once import once, own
from tests.reporting.months import NOVEMBER, OCTOBER, SINCE, TODAY, indicators, make_form

pytestmark = pytest.mark.django_db
TIGHT = between("khoang-doi-thoai", "doi-thoai", most=9)
LOOSE = between("khoang-doi-thoai", "doi-thoai", most=90)
OTHER = usual("bat-thuong-luot", "luot", times=5)
USUAL_SAID = (
    "“Lượt người dự” không cách mức giữa của 12 tháng trước quá 5 lần mức dao động thường thấy"
    " (khi đã có ít nhất 6 tháng)."
)


class Asked:
    """A form with one rule, and one who changes it."""

    def __init__(self):
        self.province = Province()
        indicators()
        self.form = make_form(self.province, rules=[LOOSE])
        self.user = make_user("soan")


_asked = once(Asked, DANVAN_TODAY=TODAY)


@pytest.fixture
def asked(db, _asked, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_asked)


def changed(asked, change, since=NOVEMBER.first, seen=None):
    seen = newest_setting(asked.form) if seen is None else seen
    return change_form_rules(asked.form, change, since=since, seen=seen, actor=asked.user)


def test_rules_are_changed_from_a_month_on_and_the_months_before_keep_theirs(asked):
    changed(asked, lambda rules: [TIGHT, OTHER])

    assert book_of(asked.form, OCTOBER).rules == (LOOSE,)
    assert book_of(asked.form, NOVEMBER).rules == (TIGHT, OTHER) == rules_of(asked.form.pk)
    entry = AuditEntry.objects.get(action="reporting.set_form_rules")
    assert (entry.actor, entry.details["rules"], entry.details["since"]) == (
        asked.user,
        2,
        "2026-11-01",
    )


def test_a_later_setting_holds_from_its_month_on_over_those_set_before(asked):
    changed(asked, lambda rules: [TIGHT], since=NOVEMBER.first)
    changed(asked, lambda rules: [], since=OCTOBER.first)

    assert [book_of(asked.form, month).rules for month in (OCTOBER, NOVEMBER)] == [(), ()]


def test_it_is_told_who_changed_what_and_when(asked):
    changed(asked, lambda rules: [*rules, OTHER])
    changed(asked, lambda rules: [OTHER, TIGHT])
    changed(asked, lambda rules: [TIGHT])
    changed(asked, lambda rules: [TIGHT])

    found = settings_of(asked.form, ground_of(asked.form))
    assert [one.changed for one in found] == [
        ("Giữ nguyên.",),
        (f"Bỏ: {USUAL_SAID}",),
        ("Sửa thành: “Số hội nghị đối thoại” nhiều nhất 9.", "Đổi thứ tự."),
        (f"Thêm: {USUAL_SAID}",),
        ("Thêm: “Số hội nghị đối thoại” nhiều nhất 90.",),
    ]
    assert [(one.since, one.by) for one in found[-2:]] == [
        (NOVEMBER.first, asked.user),
        (SINCE, None),
    ]
    assert str(FormRuleSet.objects.first()).startswith(f"{asked.form.pk}:2026-01-01:")


def test_of_two_who_change_at_once_the_second_is_told(asked):
    seen = newest_setting(asked.form)
    changed(asked, lambda rules: [TIGHT])

    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        changed(asked, lambda rules: [], seen=seen)
    assert rules_of(asked.form.pk) == (TIGHT,)


@pytest.mark.parametrize("since", [date(2026, 11, 2), date(2025, 12, 1), date(2027, 1, 1)])
def test_rules_begin_with_a_month_of_their_version(asked, since):
    asked.form.valid_to = date(2027, 1, 1)
    asked.form.save()

    with pytest.raises(
        RuleError, match="từ đầu một tháng của phiên bản này, bắt đầu ngày 01/01/2026"
    ):
        changed(asked, lambda rules: [], since=since)
    assert newest_setting(asked.form) == FormRuleSet.objects.get().pk


def test_a_fault_of_before_does_not_stand_in_the_way_of_mending_another(asked):
    first, second = (steady(f"cu-{one}", "cong", percent=5) for one in (1, 2))
    row = FormRuleSet.objects.get()
    row.rules.update(code="cu-1", tree=first.tree, figures=first.figures, items=["cong"])

    with pytest.raises(RuleError, match="do máy tính"):
        changed(asked, lambda rules: [*rules, second])
    changed(asked, lambda rules: [*rules, OTHER])
    assert [one.code for one in rules_of(asked.form.pk)] == ["cu-1", "bat-thuong-luot"]
    lines = lines_of_rules(rules_of(asked.form.pk), ground_of(asked.form))
    assert [len(one.faults) for one in lines] == [1, 0]


def test_a_form_being_written_begins_with_the_rules_in_force_and_is_published_with_its_own(asked):
    draft = begin_next_version(asked.form, actor=asked.user)
    assert Content.read(draft.content).rules == (LOOSE,)

    draft = change_draft_rules(draft, lambda rules: [TIGHT, OTHER], changes=0, actor=asked.user)
    form = publish_form_draft(draft, valid_from=date(2027, 1, 1), changes=1, actor=asked.user)

    assert rules_of(form.pk) == (TIGHT, OTHER)
    assert rules_of(asked.form.pk) == (LOOSE,)
    assert [one.by for one in settings_of(form, ground_of(form))] == [asked.user]


def test_a_rule_that_cannot_be_is_not_drafted(asked):
    draft = begin_next_version(asked.form, actor=None)

    with pytest.raises(RuleError) as broken:
        change_draft_rules(
            draft, lambda rules: [*rules, between("sai", "cach-lam", most=3)], changes=0, actor=None
        )
    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        change_draft_rules(draft, lambda rules: [], changes=7, actor=None)

    assert [fault.row for fault in broken.value.faults] == [2]
    draft.refresh_from_db()
    assert (Content.read(draft.content).rules, draft.changes) == ((LOOSE,), 0)


def test_a_rule_about_a_question_left_out_is_told_and_stops_publishing(asked):
    draft = begin_next_version(asked.form, actor=None)
    content = Content.read(draft.content).without_section(0)
    draft.content = content.kept()
    draft.save()

    with pytest.raises(RuleError, match="không có câu hỏi mã “doi-thoai”"):
        publish_form_draft(draft, valid_from=date(2027, 1, 1), changes=0, actor=None)
    draft = change_draft_rules(draft, lambda rules: [], changes=0, actor=None)
    assert (
        rules_of(publish_form_draft(draft, valid_from=date(2027, 1, 1), changes=1, actor=None).pk)
        == ()
    )


def test_a_form_written_from_nothing_has_no_rules(asked):
    draft = begin_form_draft(
        unit=asked.province.place, code="BM-09", name="Báo cáo", level="commune", due_day=5, actor=None
    )  # fmt: skip

    assert Content.read(draft.content).rules == ()
    other = make_form(asked.province, code="BM-10")
    assert settings_of(other, ground_of(other)) == []


def test_what_the_page_did_not_make_is_said_in_words(asked):
    own_tree = replace(LOOSE, tree={"!=": [{"item": "doi-thoai"}, {"previous": "doi-thoai"}]})
    set_form_rules(asked.form, [own_tree], actor=None)

    [line] = lines_of_rules(rules_of(asked.form.pk), ground_of(asked.form))

    assert (line.check, line.kind, line.faults) == (None, "Viết riêng", ())
    assert line.words == ("“Số hội nghị đối thoại” khác “Số hội nghị đối thoại” của tháng trước.")


def test_only_what_units_type_in_another_form_can_be_compared_with(asked):
    make_form(asked.province, code="BM-03")

    found = numbers_elsewhere(asked.province.place.pk, "BM-02", on=SINCE)

    assert list(found) == ["BM-03"]
    assert "luot" in found["BM-03"]
    assert not {"cong", "ty-le", "cach-lam"} & set(found["BM-03"])
