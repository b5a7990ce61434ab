"""Each kind of reorganisation from the first page to the register: what is asked, what stands afterwards."""

import re
from datetime import date

import pytest
from django.urls import reverse

from danvan.organisations.enums import Kind, Level
from danvan.organisations.models import Lineage, Reorganisation, Unit, UnitVersion
from danvan.organisations.selectors.reorganising.planning import plan_of
from danvan.organisations.services.reorganising import apply_reorganisation
from tests.desk.reorganising import DAY, a_draft, a_merger
from tests.factories.province import Province, make_grant, make_organisation, make_place

TODAY = date(2026, 12, 31)
EQUAL = {"measure": "equal"}


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = TODAY
    return Province()


@pytest.fixture
def administrator(client, province):
    user = make_grant(province.country, "administrator")
    client.force_login(user)
    return user


def step(client, draft, name, said):
    """Send one step; it must be taken, and lead on."""
    answer = client.post(reverse(f"desk:reorganise-{name}", args=[draft.pk]), said)
    assert answer.status_code == 302, answer.text
    return answer


def sent_units(client, draft, **said):
    return step(client, draft, "units", said)


def applied(client, draft):
    """Check, look at the preview, apply through the page."""
    draft.refresh_from_db()
    assert [one.fault.message for one in plan_of(draft).faults] == []
    for name in ("units", "check", "preview", "apply"):
        page = client.get(reverse(f"desk:reorganise-{name}", args=[draft.pk]))
        assert page.status_code == 200, name
    answer = client.post(
        reverse("desk:reorganise-apply", args=[draft.pk]), {"sure": "on", "seen": draft.changes}
    )
    assert answer.status_code == 302, answer.text
    page = client.get(answer["Location"])
    assert "Đã áp dụng" in page.text
    draft.refresh_from_db()
    return draft


def name_now(unit):
    return unit.versions.get(valid_to=None).name


def shares(predecessor):
    return dict(
        Lineage.objects.filter(predecessor=predecessor).values_list("successor_id", "weight")
    )


def test_one_commune_goes_into_another(client, administrator, province):
    first, second, _ = province.communes
    draft = a_draft(province.place, "incorporate", **EQUAL)

    sent_units(client, draft, so_cu="1", so_nhan="1", gives_0="Xã Môn Sơn", takes_0="Xã Con Cuông")
    applied(client, draft)

    first.refresh_from_db()
    assert first.ended_on == DAY
    assert shares(first) == {second.pk: 1_000_000}
    assert name_now(second) == "Xã Con Cuông"


def test_a_commune_is_divided_with_shares_and_one_heir(client, administrator, province):
    divided = province.communes[0]
    draft = a_draft(province.place, "divide")

    sent_units(
        client, draft, so_cu="1", so_moi="2", so_nhan="1", gives_0="Xã Môn Sơn",
        founds_0_name="Xã Môn Thượng", founds_0_type_word="Xã", founds_0_code="17201",
        founds_1_name="Xã Môn Hạ", founds_1_type_word="Xã", founds_1_code="17202",
    )  # fmt: skip
    draft.refresh_from_db()
    first, second = draft.passings.order_by("pk")
    page = client.get(reverse("desk:reorganise-shares", args=[draft.pk]))
    assert "Nhận việc đang mở" in page.text
    step(
        client, draft, "shares",
        {
            "measure": "population", f"w_{first.pk}": "41,3 %", f"w_{second.pk}": "0,587",
            f"heir_{divided.pk}": second.pk, "seen": draft.changes,
        },
    )  # fmt: skip
    applied(client, draft)

    upper, lower = (one.unit_id for one in draft.new_units.order_by("pk"))
    assert shares(divided) == {upper: 413_000, lower: 587_000}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.heir, second.heir) == (False, True)


def test_shares_that_are_no_shares_are_told_beside_their_boxes(client, administrator, province):
    draft = a_draft(province.place, "divide")
    sent_units(
        client, draft, so_cu="1", so_moi="2", so_nhan="1", gives_0="Xã Môn Sơn",
        founds_0_name="Xã Môn Thượng", founds_1_name="Xã Môn Hạ",
    )  # fmt: skip
    first, second = draft.passings.order_by("pk")

    answer = client.post(
        reverse("desk:reorganise-shares", args=[draft.pk]),
        {"measure": "population", f"w_{first.pk}": "41,3", f"w_{second.pk}": "nhiều"},
    )

    assert answer.status_code == 422
    assert "đồng chí vui lòng ghi 41,3 %" in answer.text
    assert "không phải là một số" in answer.text
    assert [one.weight for one in draft.passings.all()] == [None, None]


def test_the_communes_of_a_divided_province_are_placed_one_by_one(client, administrator, province):
    draft = a_draft(province.country, "divide", **EQUAL)
    sent_units(
        client, draft, so_cu="1", so_moi="2", so_nhan="1", gives_0="Tỉnh Nghệ An",
        founds_0_name="Tỉnh Nghệ Đông", founds_0_type_word="Tỉnh", founds_0_code="41",
        founds_1_name="Tỉnh Nghệ Tây", founds_1_type_word="Tỉnh", founds_1_code="43",
    )  # fmt: skip
    draft.refresh_from_db()
    east, west = draft.new_units.order_by("pk")
    page = client.get(reverse("desk:reorganise-units", args=[draft.pk]))
    assert "Đơn vị trực thuộc đi về đâu" in page.text
    checked = client.get(reverse("desk:reorganise-check", args=[draft.pk]))
    assert "mà chưa biết về đâu" in checked.text

    where = dict(zip(province.communes, (east, west, west), strict=True))
    step(
        client, draft, "children",
        {f"c_{place.pk}": f"n{new.pk}" for place, new in where.items()} | {"seen": draft.changes},
    )  # fmt: skip
    applied(client, draft)

    east.refresh_from_db()
    west.refresh_from_db()
    parents = [one.versions.get(valid_to=None).parent_id for one in province.communes]
    assert parents == [east.unit_id, west.unit_id, west.unit_id]


def test_a_part_of_a_commune_becomes_one_of_its_own(client, administrator, province):
    giver = province.communes[0]
    draft = a_draft(province.place, "split_off")

    sent_units(
        client, draft, so_cu="1", so_moi="1", gives_0="Xã Môn Sơn",
        founds_0_name="Xã Môn Hạ", founds_0_type_word="Xã", founds_0_code="17202",
    )  # fmt: skip
    draft.refresh_from_db()
    [passing] = draft.passings.all()
    step(client, draft, "shares", {"measure": "population", f"w_{passing.pk}": "25 %"})
    applied(client, draft)

    giver.refresh_from_db()
    new = draft.new_units.get().unit_id
    assert giver.ended_on is None
    assert shares(giver) == {giver.pk: 750_000, new: 250_000}


def test_land_goes_from_one_commune_to_another(client, administrator, province):
    first, second, _ = province.communes
    draft = a_draft(province.place, "territory", **EQUAL)

    sent_units(client, draft, so_cu="1", so_nhan="1", gives_0="Xã Môn Sơn", takes_0="Xã Con Cuông")
    [passing] = draft.passings.all()
    step(client, draft, "shares", {"measure": "equal", f"w_{passing.pk}": "0,1"})
    applied(client, draft)

    assert shares(first) == {first.pk: 900_000, second.pk: 100_000}
    assert Unit.objects.exclude(ended_on=None).count() == 0


@pytest.mark.parametrize(
    ("kind", "said", "column", "after"),
    [
        ("rename", {"name": "Xã Môn Sơn Hạ"}, "name", "Xã Môn Sơn Hạ"),
        ("relevel", {"type_word": "Phường", "name": "Phường Môn Sơn"}, "type_word", "phường"),
    ],
)
def test_a_unit_that_changes_stays_itself(client, administrator, province, kind, said, column, after):  # fmt: skip
    draft = a_draft(province.place, kind)

    sent_units(client, draft, so_cu="1", gives_0="Xã Môn Sơn", **said)
    applied(client, draft)

    unit = province.communes[0]
    unit.refresh_from_db()
    assert unit.ended_on is None
    assert getattr(unit.versions.get(valid_to=None), column) == after
    assert Lineage.objects.count() == 0


def test_a_unit_moves_under_another(client, administrator, province):
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country, code="42")
    draft = a_draft(province.country, "move")

    sent_units(client, draft, so_cu="1", gives_0="Xã Môn Sơn", parent="Tỉnh Hà Tĩnh")
    applied(client, draft)

    assert province.communes[0].versions.get(valid_to=None).parent == other


def test_a_unit_is_founded_out_of_nothing(client, administrator, province):
    draft = a_draft(province.place, "found")

    refused = client.post(
        reverse("desk:reorganise-units", args=[draft.pk]),
        {"so_moi": "1", "founds_0_name": "Thôn Bắc Sơn"},
    )
    assert refused.status_code == 422
    assert "chọn cấp của đơn vị mới" in refused.text
    assert re.search(r'<details class="dv-more-text" open>', refused.text)  # where the box is
    sent_units(
        client, draft, so_moi="1", founds_0_name="Thôn Bắc Sơn", founds_0_type_word="Thôn",
        founds_0_level="village", founds_0_under="Xã Môn Sơn",
    )  # fmt: skip
    applied(client, draft)

    new = draft.new_units.get().unit
    assert (new.founded_on, new.versions.get().parent) == (DAY, province.communes[0])


def test_a_unit_founded_alone_has_the_level_of_its_type_word(client, administrator, province):
    draft = a_draft(province.place, "found")

    sent_units(
        client, draft, so_moi="1", founds_0_name="Xã Chi Khê", founds_0_type_word="Xã",
        founds_0_under=province.place.versions.get().name,
    )  # fmt: skip

    new = draft.new_units.get()
    assert (new.level, new.parent) == (Level.COMMUNE, province.place)


def test_a_division_offers_two_new_units(client, administrator, province):
    draft = a_draft(province.place, "divide", **EQUAL)

    page = client.get(reverse("desk:reorganise-units", args=[draft.pk]))

    assert 'name="founds_1_name"' in page.text
    assert 'name="founds_2_name"' not in page.text


def test_a_dissolved_place_names_who_takes_over(client, administrator, province):
    draft = a_draft(province.place, "dissolve", **EQUAL)
    said = {"so_cu": "1", "so_nhan": "1", "gives_0": "Xã Môn Sơn"}

    refused = client.post(reverse("desk:reorganise-units", args=[draft.pk]), said)

    assert refused.status_code == 422
    assert "vui lòng nêu đơn vị nhận" in refused.text
    assert draft.passings.count() == 0
    sent_units(client, draft, **said, takes_0="Xã Châu Khê")
    assert draft.passings.get().successor == province.communes[2]


def test_a_dissolved_organisation_passes_to_its_superior(client, administrator, province):
    union = make_organisation(province.place, Kind.FARMERS_UNION)
    body = make_organisation(province.communes[0], Kind.FARMERS_UNION, above=union)
    draft = a_draft(province.place, "dissolve", **EQUAL)

    name = body.versions.get().name
    sent_units(client, draft, so_cu="1", so_nhan="1", gives_0=name)
    applied(client, draft)

    body.refresh_from_db()
    assert body.ended_on == DAY
    assert shares(body) == {union.pk: 1_000_000}


def test_estimated_shares_are_replaced_by_those_of_the_decision(client, administrator, province):
    divided = province.communes[0]
    first = a_draft(province.place, "divide", **EQUAL)
    sent_units(
        client, first, so_cu="1", so_moi="2", so_nhan="1", gives_0="Xã Môn Sơn",
        founds_0_name="Xã Môn Thượng", founds_0_code="17201",
        founds_1_name="Xã Môn Hạ", founds_1_code="17202",
    )  # fmt: skip
    applied(client, first)
    assert sorted(shares(divided).values()) == [500_000, 500_000]
    draft = a_draft(province.place, "reweigh")

    sent_units(client, draft, so_cu="1", gives_0="Xã Môn Sơn")
    draft.refresh_from_db()
    upper, lower = draft.passings.order_by("pk")
    step(
        client, draft, "shares",
        {"measure": "population", f"w_{upper.pk}": "0,3", f"w_{lower.pk}": "0,7"},
    )  # fmt: skip
    applied(client, draft)

    assert shares(divided) == {upper.successor_id: 300_000, lower.successor_id: 700_000}
    page = client.get(reverse("desk:reorganisation", args=[draft.pk])).text
    assert "Xã Môn Sơn sang Xã Môn Hạ" in page
    assert "70,0\u00a0%" in page
    undo = client.get(reverse("desk:reorganise-undo", args=[draft.pk])).text
    assert "Chỉ thay tỷ trọng" in undo
    assert "Đồng chí vui lòng chọn đơn vị" not in page + undo


def test_the_sizes_that_new_shares_need_are_asked_for_beside_those_on_record(client, administrator, province):  # fmt: skip
    first, second = province.communes[0], province.communes[2]
    a = a_draft(province.place, "divide", **EQUAL)
    sent_units(
        client, a, so_cu="1", so_moi="1", so_nhan="1", gives_0="Xã Môn Sơn",
        founds_0_name="Xã Môn Thượng", takes_0="Xã Châu Khê",
    )  # fmt: skip
    applied(client, a)
    draft = a_draft(province.place, "reweigh", measure="population")
    sent_units(client, draft, so_cu="1", gives_0="Xã Môn Sơn")
    draft.refresh_from_db()
    told = {f"w_{row.pk}": share for row, share in zip(draft.passings.order_by("pk"), ("0,3", "0,7"), strict=True)}  # fmt: skip
    step(client, draft, "shares", {"measure": "population", **told})

    page = client.get(reverse("desk:reorganise-shares", args=[draft.pk]))
    check = client.get(reverse("desk:reorganise-check", args=[draft.pk]))

    assert "Từ Xã Môn Sơn, đã chuyển ngày 01/07/2026" in page.text
    assert page.text.count('<span class="dv-est">0,500</span>') == 2
    assert "Nhận việc đang mở" not in page.text
    assert "Chưa biết dân số" in check.text
    for place in (first, second):
        assert f'name="population_{place.pk}"' in page.text
    step(
        client, draft, "sizes",
        {"counted_on": "30/06/2026", "source": "Thống kê", f"population_{first.pk}": "900", f"population_{second.pk}": "300"},
    )  # fmt: skip
    applied(client, draft)
    assert sorted(shares(first).values()) == [300_000, 700_000]


def test_a_day_on_which_nothing_passed_is_told(client, administrator, province):
    apply_reorganisation(a_merger(province), actor=None)
    draft = a_draft(province.place, "reweigh", on=date(2026, 5, 1))

    answer = client.post(
        reverse("desk:reorganise-units", args=[draft.pk]), {"so_cu": "1", "gives_0": "Xã Môn Sơn"}
    )

    assert answer.status_code == 422
    assert "không chuyển phần nào vào ngày 01/05/2026; đã chuyển vào 01/07/2026" in answer.text
    assert draft.passings.count() == 0


def test_what_was_chosen_may_be_chosen_again(client, administrator, province):
    """Other units, other new ones: rows that stay keep their shares, the others go."""
    draft = a_merger(province)
    keep, drop = draft.passings.order_by("pk")
    draft.passings.filter(pk=keep.pk).update(weight=900_000)
    [new] = draft.new_units.all()

    sent_units(
        client, draft, so_cu="2", so_moi="1", gives_0="Xã Môn Sơn", gives_1="Xã Châu Khê",
        founds_0_name="Xã Chi Khê Mới", founds_0_pk=new.pk, founds_0_type_word="Xã",
    )  # fmt: skip

    rows = list(draft.passings.order_by("pk").values_list("pk", "predecessor_id", "weight"))
    assert rows[0] == (keep.pk, province.communes[0].pk, 900_000)
    assert [row[1] for row in rows] == [province.communes[0].pk, province.communes[2].pk]
    assert [(one.pk, one.name) for one in draft.new_units.all()] == [(new.pk, "Xã Chi Khê Mới")]
    assert drop.pk not in {row[0] for row in rows}


def test_every_kind_begins_with_a_page_that_opens(client, administrator, province):
    from danvan.organisations.enums import EventKind

    found = {}
    for kind in EventKind:
        draft = a_draft(province.place, kind.value)
        for name in ("units", "shares", "check", "preview", "apply"):
            page = client.get(reverse(f"desk:reorganise-{name}", args=[draft.pk]))
            found[kind.value, name] = page.status_code
    assert set(found.values()) == {200}
    assert Reorganisation.objects.count() == len(EventKind)
    assert UnitVersion.objects.exclude(valid_to=None).count() == 0
