"""The later steps of a draft: shares, checks, the preview, applying and undoing."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.indicators.enums import MeasureKind, OverTime
from danvan.organisations.enums import EventState
from danvan.organisations.models import Lineage, Reorganisation, Unit, UnitSize, UnitVersion
from danvan.organisations.services.reorganising import (
    apply_reorganisation,
    set_change,
    undo_reorganisation,
)
from tests.desk.reorganising import a_draft, a_merger
from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator, give

TODAY = date(2026, 12, 31)


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = TODAY
    return Province()


@pytest.fixture
def administrator(client, province):
    user = make_grant(province.place, "administrator")
    client.force_login(user)
    return user


def page_of(client, name, *args):
    return client.get(reverse(f"desk:{name}", args=args))


# Shares


def test_people_and_households_are_recorded_with_their_source(client, administrator, province):
    draft = a_merger(province, measure="population")
    page = page_of(client, "reorganise-shares", draft.pk)
    assert "chưa biết" in page.text
    first, second = (one.pk for one in province.communes[:2])

    answer = client.post(
        reverse("desk:reorganise-sizes", args=[draft.pk]),
        {
            "counted_on": "30/06/2026", "source": "Đề án", f"population_{first}": "9.860",
            f"population_{second}": "7.412", f"households_{first}": "2537",
        },
    )  # fmt: skip

    assert answer.status_code == 302
    assert list(
        UnitSize.objects.order_by("unit_id").values_list("unit_id", "population", "households")
    ) == [(first, 9_860, 2_537), (second, 7_412, None)]
    page = page_of(client, "reorganise-shares", draft.pk)
    assert "<b>0,571</b>" in page.text
    assert "<b>0,429</b>" in page.text


def test_a_number_of_people_that_is_none_is_told_beside_its_box(client, administrator, province):
    draft = a_merger(province)
    first = province.communes[0].pk

    wrong = client.post(
        reverse("desk:reorganise-sizes", args=[draft.pk]),
        {"counted_on": "30/06/2026", "source": "", f"population_{first}": "rất đông"},
    )
    early = client.post(
        reverse("desk:reorganise-sizes", args=[draft.pk]),
        {"counted_on": "01/01/2010", "source": "Đề án", f"population_{first}": "0,5", f"households_{first}": "7"},
    )  # fmt: skip
    late = client.post(
        reverse("desk:reorganise-sizes", args=[draft.pk]),
        {"counted_on": "01/01/2010", "source": "Đề án", f"population_{first}": "5"},
    )

    assert "không phải là một số" in wrong.text
    assert "ghi nguồn của số dân" in wrong.text
    assert "một số nguyên lớn hơn 0" in early.text
    assert "ngày đơn vị đang hoạt động" in late.text
    assert [one.status_code for one in (wrong, early, late)] == [422, 422, 422]
    assert UnitSize.objects.count() == 0


# Checks and the preview


def test_every_fault_is_told_at_once_with_where_it_is_mended(client, administrator, province):
    draft = a_merger(province, measure="population", code="0402")
    draft.passings.filter(predecessor=province.communes[0]).update(weight=900_000)

    page = page_of(client, "reorganise-check", draft.pk)

    assert "cộng lại là 0,900" in page.text
    assert reverse("desk:reorganise-shares", args=[draft.pk]) in page.text
    assert "Sửa tỷ trọng" in page.text
    assert "Lỗi" in page.text


def test_the_preview_shows_one_figure_in_three_readings(client, administrator, province):
    draft = a_merger(province)
    talks = an_indicator("DV-01", name="Cuộc đối thoại")
    first, second = province.communes[:2]
    give(first, "2026-05", {talks: 4})
    give(second, "2026-06", {talks: 3})

    page = page_of(client, "reorganise-preview", draft.pk)

    assert page.status_code == 200
    [line] = page.context["figures"].lines
    assert [cell.text for cell in line.then] == ["4", "3"]
    assert [cell.text for cell in line.now] == ["7"]
    assert [(cell.text, cell.rebased) for cell in line.back] == [("4", False), ("3", False)]
    assert line.total.agree
    draft.refresh_from_db()
    assert (draft.state, Lineage.objects.count(), draft.new_units.get().unit_id) == ("draft", 0, None)  # fmt: skip


def test_a_stock_that_not_all_have_given_yet_is_no_total_that_differs(client, administrator, province):  # fmt: skip
    draft = a_merger(province)
    models = an_indicator("DV-11", name="Mô hình", kind=MeasureKind.STOCK, over_time=OverTime.LAST)
    for place, amount in zip(province.communes[:2], (8, 7), strict=True):
        give(place, "2026-05", {models: amount})
    give(province.communes[0], "2026-06", {models: 8})

    page = page_of(client, "reorganise-preview", draft.pk)

    [line] = page.context["figures"].lines
    assert ([cell.text for cell in line.then], [cell.text for cell in line.now]) == (
        ["8", "7"],
        ["8"],
    )
    assert line.note == "tháng cuối mới có số của 1 trong 2 đơn vị; chưa so được tổng"
    assert line.total is None
    assert "Có tổng không khớp" not in page.text


def test_figures_of_a_divided_unit_are_marked_with_what_was_given(client, administrator, province):
    draft = a_draft(province.place, "divide", measure="equal")
    client.post(
        reverse("desk:reorganise-units", args=[draft.pk]),
        {
            "so_cu": "1", "so_moi": "2", "gives_0": "Xã Môn Sơn",
            "founds_0_name": "Xã Thượng", "founds_1_name": "Xã Hạ",
        },
    )  # fmt: skip
    talks = an_indicator("DV-01", name="Cuộc đối thoại")
    give(province.communes[0], "2026-05", {talks: 5})

    page = page_of(client, "reorganise-preview", draft.pk)

    [line] = page.context["figures"].lines
    assert [(cell.text, cell.rebased, cell.original) for cell in line.now] == [
        ("2,5", True, "5")
    ] * 2
    assert line.note == "chia theo tỷ trọng"
    assert (line.total.before, line.total.after, line.total.agree) == ("5", "5", True)
    assert "gốc 5" in page.text


def test_the_reader_chooses_the_figures_and_periods(client, administrator, province):
    draft = a_merger(province)
    for number in (1, 2, 3):
        one = an_indicator(f"DV-0{number}", name=f"Số {number}")
        give(province.communes[0], "2026-05", {one: number})

    page = client.get(
        reverse("desk:reorganise-preview", args=[draft.pk]),
        {"so": ["DV-03", "DV-02"], "ky": ["2026-Q2", "2026-Q1"]},
    )
    odd = client.get(
        reverse("desk:reorganise-preview", args=[draft.pk]), {"so": "²", "ky": "2026-77"}
    )

    found = [(line.name, line.period) for line in page.context["figures"].lines]
    assert found == [("Số 3", "quý II/2026"), ("Số 2", "quý II/2026")]
    assert page.context["figures"].empty == ["quý I/2026: Số 3, Số 2"]
    assert "Quý II/2026" in page.text
    assert odd.status_code == 200


def test_a_draft_that_cannot_be_applied_is_not_previewed(client, administrator, province):
    draft = a_merger(province, measure="population")

    page = page_of(client, "reorganise-preview", draft.pk)

    assert page.status_code == 200
    assert "Chưa biết dân số" in page.text
    assert "figures" not in page.context


# Applying and undoing


def test_applying_refuses_with_every_fault_and_changes_nothing(client, administrator, province):
    draft = a_merger(province, measure="population")

    unsure = client.post(reverse("desk:reorganise-apply", args=[draft.pk]), {})
    refused = client.post(reverse("desk:reorganise-apply", args=[draft.pk]), {"sure": "on"})

    assert (unsure.status_code, refused.status_code) == (422, 422)
    assert "đánh dấu vào ô này" in unsure.text
    assert "Chưa biết dân số" in refused.text
    assert Unit.objects.exclude(ended_on=None).count() == 0


def test_an_applied_one_is_no_draft_any_more(client, administrator, province):
    draft = apply_reorganisation(a_merger(province), actor=administrator)

    found = {
        name: page_of(client, f"reorganise-{name}", draft.pk).headers.get("Location")
        for name in ("units", "shares", "check", "preview", "apply", "amend")
    }

    assert set(found.values()) == {reverse("desk:reorganisation", args=[draft.pk])}
    page = page_of(client, "reorganisation", draft.pk)
    assert "Đã đổi gì trong sổ đơn vị" in page.text
    assert "và 6 tổ chức đứng ở đó" in page.text


def test_what_builds_on_it_must_be_undone_first(client, administrator, province):
    first = apply_reorganisation(a_merger(province), actor=administrator)
    new = first.new_units.get().unit
    second = a_draft(province.place, "rename", title="Đổi tên xã Chi Khê", on=date(2026, 9, 1))
    client.post(
        reverse("desk:reorganise-units", args=[second.pk]),
        {"so_cu": "1", "gives_0": "Xã Chi Khê", "name": "Xã Chi Khê Thượng"},
    )
    second.refresh_from_db()
    apply_reorganisation(second, actor=administrator)

    page = page_of(client, "reorganisation", first.pk)
    refused = client.post(
        reverse("desk:reorganise-undo", args=[first.pk]), {"why": "Nhầm", "seen": first.changes}
    )

    assert "Hoàn tác theo thứ tự từ mới nhất" in page.text
    assert refused.status_code == 422
    assert second.number in refused.text
    assert Unit.objects.filter(pk=new.pk).exists()


def test_an_act_tells_the_names_of_its_own_day(client, administrator, province):
    merged = apply_reorganisation(a_merger(province), actor=administrator)
    new = merged.new_units.get().unit
    renamed = a_draft(province.place, "rename", title="Đổi tên", on=date(2026, 8, 1))
    set_change(renamed, new.pk, name="Xã Trà Lân", actor=administrator)
    apply_reorganisation(renamed, actor=administrator)

    first = page_of(client, "reorganisation", merged.pk).text
    second = page_of(client, "reorganisation", renamed.pk).text

    assert "thành Xã Chi Khê" in first
    assert "thành Xã Trà Lân" not in first
    assert second.count("Xã Chi Khê đổi tên thành Xã Trà Lân") == 1
    assert "Xã Trà Lân thành Xã Trà Lân" not in second
    assert "Gõ “xa chi khe” ra Xã Trà Lân" in second
    undo_reorganisation(renamed, why="Thử", actor=administrator)
    undone = page_of(client, "reorganisation", renamed.pk).text
    assert "đổi tên thành Xã Trà Lân (đã hoàn tác)" in undone
    assert "Gõ “" not in undone


def test_an_act_of_a_day_to_come_says_when_it_takes_effect(client, administrator, province):
    draft = a_merger(province, on=date(2027, 2, 1))

    apply_reorganisation(draft, actor=administrator)

    page = page_of(client, "reorganisation", draft.pk).text
    assert "Có hiệu lực từ 01/02/2027: đến ngày ấy sổ đơn vị mới đổi" in page


def test_undoing_asks_for_the_reason_and_puts_everything_back(client, administrator, province):
    before = list(UnitVersion.objects.order_by("pk").values())
    draft = apply_reorganisation(a_merger(province), actor=administrator)

    page = page_of(client, "reorganise-undo", draft.pk)
    unsaid = client.post(reverse("desk:reorganise-undo", args=[draft.pk]), {"why": ""})
    undone = client.post(reverse("desk:reorganise-undo", args=[draft.pk]), {"why": "Ghi nhầm ngày"})

    assert "Hoạt động trở lại" in page.text
    assert "ghi lý do hoàn tác" in unsaid.text
    assert undone.status_code == 302
    assert list(UnitVersion.objects.order_by("pk").values()) == before
    shown = client.get(undone["Location"])
    assert "Ghi nhầm ngày" in shown.text
    twice = client.post(
        reverse("desk:reorganise-undo", args=[draft.pk]), {"why": "Bấm hai lần"}, follow=True
    )
    assert f"{draft.number} đã hoàn tác" in twice.text


def test_a_dropped_draft_may_be_drafted_again(client, administrator, province):
    draft = a_merger(province)

    dropped = client.post(reverse("desk:reorganise-drop", args=[draft.pk]), follow=True)
    again = client.post(reverse("desk:reorganise-again", args=[draft.pk]))

    assert "Đã bỏ dự thảo" in dropped.text
    fresh = Reorganisation.objects.latest("pk")
    assert again["Location"] == reverse("desk:reorganise-units", args=[fresh.pk])
    assert (fresh.state, fresh.passings.count(), fresh.new_units.count()) == ("draft", 2, 1)
    draft.refresh_from_db()
    assert draft.state == EventState.DROPPED
    assert (
        "đang ở tình trạng"
        in client.post(reverse("desk:reorganise-again", args=[fresh.pk]), follow=True).text
    )


def test_the_heading_of_a_draft_is_changed(client, administrator, province):
    draft = a_merger(province)

    answer = client.post(
        reverse("desk:reorganise-amend", args=[draft.pk]),
        {
            "title": "Nhập hai xã",
            "effective_on": "01/08/2026",
            "decision": "NQ 2",
            "measure": "area",
        },
    )
    refused = client.post(reverse("desk:reorganise-amend", args=[draft.pk]), {"title": ""})

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.title, draft.effective_on, draft.measure) == ("Nhập hai xã", date(2026, 8, 1), "area")  # fmt: skip
    assert refused.status_code == 422
