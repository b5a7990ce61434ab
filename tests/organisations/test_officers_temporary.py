from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Follows, Kind, Level, LinkKind, Rank
from danvan.organisations.models import Lineage, Mandate, Reach, Unit, UnitLink, UnitVersion
from danvan.organisations.naming import organisation_name
from danvan.organisations.selectors.officers.temporary import (
    temporary_bodies,
    temporary_body,
    unit_of,
)
from danvan.organisations.services import found_organisation, found_organisations, rebuild_reach
from danvan.organisations.services.officers import end_temporary_body, found_temporary_body
from tests.factories.province import Province, make_organisation, make_place
from tests.organisations.officers import SINCE, TODAY, hold, lead, make_officer, make_post

LATER = date(2026, 3, 1)


@pytest.fixture
def province(db):
    return Province()


def found(province, name="Đoàn công tác số 1", kind=Kind.DELEGATION, **more):
    said = {
        "founder_id": province.committee.pk, "place_id": province.place.pk, "words": "Nắm tình hình",
        "decision": "QĐ 5-QĐ/TU", "on": SINCE, "until": LATER, "actor": None,
    }  # fmt: skip
    return found_temporary_body(kind, name, **said | more)


def columns(act, *args, **kwargs):
    units = Unit.objects.count()
    with pytest.raises(RuleError) as told:
        act(*args, **kwargs)
    assert Unit.objects.count() == units
    return [fault.column for fault in told.value.faults]


def test_a_body_stands_under_its_founder_in_its_place(province):
    body = found(province, "  Đoàn  công tác số 1 ", place_id=province.communes[0].pk)

    version = UnitVersion.objects.get(unit=body)
    assert (version.name, version.kind, version.parent_id, version.place_id, version.decision) == (
        "Đoàn công tác số 1", "delegation", province.committee.pk, province.communes[0].pk, "QĐ 5-QĐ/TU",
    )  # fmt: skip
    mandate = Mandate.objects.get(unit=body)
    assert (mandate.founder_id, mandate.words, mandate.planned_end) == (
        province.committee.pk, "Nắm tình hình", LATER,
    )  # fmt: skip
    by_line = Reach.objects.filter(unit=body, follows=Follows.LINE).values_list("top_id", flat=True)
    assert set(by_line) == {body.pk, province.committee.pk}
    assert rebuild_reach() == (0, 0)


def test_a_place_may_have_several_of_a_temporary_kind_and_two_of_no_other(province):
    assert found(province).pk != found(province, "Đoàn công tác số 2").pk
    with pytest.raises(RuleError, match="đã có"):
        found_organisation(province.place.pk, Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    with pytest.raises(RuleError, match="cần tên riêng"):
        found_organisations([province.place.pk], [Kind.TEAM], actor=None, on=SINCE)
    assert found_organisation(province.place.pk, Kind.TEAM, actor=None, on=SINCE, name="Tổ 1")


def test_a_name_is_at_hand_for_every_kind(db):
    assert (
        organisation_name(Kind.TEAM, Level.COMMUNE, "Xã Tri Lễ", "xã", SINCE)
        == "Tổ, đội công tác xã Tri Lễ"
    )
    assert (
        organisation_name(Kind.TEAM, Level.COUNTRY, "Việt Nam", "", SINCE)
        == "Tổ, đội công tác Trung ương"
    )


def test_a_bloc_agency_serves_several_organisations(province):
    body = found(
        province,
        "Cơ quan khối",
        Kind.BLOC_AGENCY,
        serves=[province.front.pk, province.committee.pk],
    )
    links = UnitLink.objects.filter(unit=body, kind=LinkKind.SERVES)
    assert set(links.values_list("other_id", flat=True)) == {
        province.front.pk,
        province.committee.pk,
    }


def test_every_fault_of_a_body_is_told_at_once(province):
    said = {"name": "", "words": " ", "decision": "", "until": SINCE}
    wrong = columns(found, province, kind="front_committee", serves=[province.place.pk], **said)
    assert wrong == ["decision", "until", "kind", "name", "words", "serves"]
    assert columns(found, province, founder_id=province.place.pk) == ["founder"]
    assert columns(found, province, founder_id=0) == ["founder"]
    own = {"founder_id": province.committees[0].pk, "place_id": province.communes[1].pk}
    assert columns(found, province, **own) == ["place"]
    village = make_place("Thôn A", level=Level.VILLAGE, under=province.communes[0])
    assert columns(found, province, place_id=village.pk) == [""]


def test_a_body_outlives_its_founder_without_one_above_it(province):
    founder = make_organisation(province.place, Kind.ADVISORY_BOARD, ended=LATER)
    body = found(province, founder_id=founder.pk)
    spans = UnitVersion.objects.filter(unit=body).order_by("valid_from")
    assert [(one.parent_id, one.valid_from) for one in spans] == [
        (founder.pk, SINCE),
        (None, LATER),
    ]
    assert rebuild_reach() == (0, 0)


def test_an_ended_body_passes_to_its_founder(province):
    body = found(province, "Cơ quan khối", Kind.BLOC_AGENCY, serves=[province.front.pk])
    officer = lead(body, "Lô An")
    end_temporary_body(body, on=LATER, decision="QĐ 9", actor=None)

    body.refresh_from_db()
    assert (body.ended_on, UnitVersion.objects.get(unit=body).valid_to) == (LATER, LATER)
    assert UnitLink.objects.get(unit=body).valid_to == LATER
    [passed] = Lineage.objects.filter(predecessor=body)
    assert (passed.successor_id, passed.weight, passed.back_weight) == (
        province.committee.pk,
        1_000_000,
        None,
    )
    assert rebuild_reach() == (0, 0)
    assert temporary_bodies(province.place.pk, LATER) == []
    assert officer.appointments.get().valid_to is None


def test_a_body_whose_founder_has_ended_passes_to_who_took_over(province):
    founder = make_organisation(province.place, Kind.ADVISORY_BOARD, ended=LATER)
    body = found(province, founder_id=founder.pk)
    Lineage.objects.create(
        predecessor=founder, successor=province.committee, weight=1_000_000, measure="whole",
        estimated=False, happened_on=LATER,
    )  # fmt: skip
    end_temporary_body(body, on=date(2026, 5, 1), decision="QĐ 9", actor=None)
    assert Lineage.objects.get(predecessor=body).successor_id == province.committee.pk
    assert not UnitVersion.objects.filter(unit=body, valid_to=None).exists()


def test_a_body_whose_founder_left_no_heir_stays_with_it(province):
    founder = make_organisation(province.place, Kind.ADVISORY_BOARD, ended=LATER)
    body = found(province, founder_id=founder.pk)
    end_temporary_body(body, on=LATER, decision="QĐ 9", actor=None)
    assert Lineage.objects.get(predecessor=body).successor_id == founder.pk


def test_what_cannot_be_ended_is_refused(province):
    with pytest.raises(RuleError, match="không phải tổ chức lâm thời"):
        end_temporary_body(province.front, on=LATER, decision="Q", actor=None)
    body = found(province)
    assert columns(end_temporary_body, body, on=SINCE, decision="", actor=None) == [
        "decision",
        "on",
    ]
    end_temporary_body(body, on=LATER, decision="Q", actor=None)
    assert columns(end_temporary_body, body, on=TODAY, decision="Q", actor=None) == ["on", ""]


def test_bodies_in_force_with_their_people_and_days_left(province):
    late = found(province)
    soon = found(province, "Tổ 2", Kind.TEAM, until=date(2027, 1, 10), serves=[province.front.pk])
    found(province, "Tổ 3", Kind.TEAM, until=None)
    make_organisation(province.place, Kind.TEAM, name="Tổ không có quyết định")
    lead(soon, "Lô An", title="Tổ trưởng")
    hold(make_officer("Vi Bình"), make_post(soon, "Thành viên", rank=Rank.MEMBER))

    rows = temporary_bodies(province.place.pk, TODAY)
    assert [(row.name, row.days_left, row.overdue, row.days_over) for row in rows] == [
        ("Đoàn công tác số 1", -305, True, 305),
        ("Tổ 2", 10, False, 0),
        ("Tổ 3", None, False, 0),
    ]
    assert (rows[1].head, rows[1].members) == ("Lô An", ("Vi Bình",))
    assert rows[1].serves == ((province.front.pk, "Ủy ban MTTQ Việt Nam Tỉnh Nghệ An"),)
    assert (rows[1].kind_label, rows[1].founder_name) == ("Tổ, đội công tác", "Tỉnh ủy Nghệ An")
    assert temporary_body(late.pk).unit == late
    assert temporary_body(province.front.pk) is None
    assert unit_of(late.pk) == late


@pytest.mark.parametrize("many", [1, 3])
def test_reads_do_not_grow_with_bodies(province, many, django_assert_num_queries):
    for number in range(many):
        lead(found(province, f"Tổ {number}", Kind.TEAM, serves=[province.front.pk]), "Lô An")
    with django_assert_num_queries(5):
        assert len(temporary_bodies(province.place.pk, SINCE)) == many
