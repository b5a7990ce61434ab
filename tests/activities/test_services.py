"""Every act on an activity: what stands afterwards, and that a refused act leaves no trace."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity, ActivityEvidence, ActivityPartner
from danvan.activities.services import (
    Draft,
    add_evidence,
    record_activities,
    record_activity,
    record_draft,
    withdraw_activity,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, SearchText, StoredFile
from danvan.organisations.enums import Kind
from tests.factories.province import Province, make_grant, make_organisation
from tests.factories.rivals import meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def province():
    return Province()


def picture(colour="red"):
    kept = BytesIO()
    Image.new("RGB", (2, 2), colour).save(kept, "PNG")
    return kept.getvalue()


def given(province, **changes):
    fields = {
        "unit": province.fronts[0],
        "kind": ActivityKind.SUPERVISION,
        "title": " Giám sát việc thu các khoản đóng góp ",
        "held_on": date(2026, 5, 12),
        "actor": None,
    }
    return {**fields, **changes}


def test_recording_keeps_what_was_said_and_nothing_more(province):
    officer = make_grant(province.communes[0], "commune_officer")

    activity = record_activity(
        **given(
            province,
            place="Nhà văn hóa bản Xiềng",
            quantity=2,
            attendance=412,
            persons=168,
            opinions=0,
            summary="12 kiến nghị.",
            partners=[province.committees[0]],
            evidence=[("anh.png", picture())],
            actor=officer,
        )
    )

    activity.refresh_from_db()
    assert activity.unit == province.fronts[0]
    assert activity.title == "Giám sát việc thu các khoản đóng góp"
    assert (activity.quantity, activity.attendance, activity.persons, activity.opinions) == (
        2,
        412,
        168,
        0,
    )
    assert (activity.recorded_by, activity.withdrawn_at, activity.import_key) == (officer, None, "")
    assert [partner.unit for partner in activity.partners.all()] == [province.committees[0]]
    assert [one.file_name for one in activity.evidence.all()] == ["anh.png"]
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (officer, "activities.record")
    assert entry.details == {"unit_id": province.fronts[0].pk}
    assert "giam sat" in SearchText.objects.get().folded


def test_what_is_not_known_stays_unknown(province):
    activity = record_activity(**given(province))
    assert (activity.attendance, activity.persons, activity.opinions) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"kind": "party"}, "kind", "loại hoạt động"),
        ({"title": "  "}, "title", "ghi nội dung"),
        ({"title": "a" * 401}, "title", "dài quá 400"),
        ({"summary": "a" * 10_001}, "summary", "dài quá 10.000"),
        ({"held_on": date(2027, 1, 1)}, "held_on", "chưa đến"),
        ({"held_on": date(1926, 1, 1)}, "held_on", "quá xa"),
        ({"quantity": 0}, "quantity", "từ 1"),
        ({"attendance": -1}, "attendance", "không thể âm"),
        ({"opinions": 99_000_000}, "opinions", "lớn quá"),
        ({"attendance": 10, "persons": 11}, "persons", "ít nhất một lượt"),
    ],
)
def test_a_refused_record_leaves_no_trace(province, changes, column, says):
    with pytest.raises(RuleError) as refused:
        record_activity(**given(province, **changes))
    assert column in [fault.column for fault in refused.value.faults]
    assert any(says in fault.message for fault in refused.value.faults)
    assert not Activity.objects.exists()
    assert not AuditEntry.objects.exists()


def test_units_must_have_stood_on_that_day_and_be_organisations(province):
    ended = make_organisation(province.communes[0], Kind.FARMERS_UNION, ended=date(2026, 1, 1))
    later = make_organisation(province.communes[0], Kind.YOUTH_UNION, founded=date(2026, 7, 1))
    for unit, says in (
        (ended, "đã kết thúc"),
        (later, "chưa thành lập vào ngày 12/05/2026 (có từ 01/07/2026)"),
        (province.communes[0], "không chọn địa bàn"),
    ):
        with pytest.raises(RuleError, match=says.split("(")[0]):
            record_activity(**given(province, unit=unit))
    for partner, says in (
        (ended, "phối hợp đã kết thúc"),
        (province.fronts[0], "không ghi lại"),
    ):
        with pytest.raises(RuleError, match=says):
            record_activity(**given(province, partners=[partner]))
    draft = Draft(unit_id=999_999, kind="other", title="Việc", held_on=date(2026, 1, 1))
    with pytest.raises(RuleError, match="chọn đơn vị chủ trì"):
        record_draft(draft, actor=None)
    strange = Draft(
        unit_id=province.fronts[0].pk, kind="other", title="Việc", held_on=date(2026, 1, 1), partner_ids=(9**6,)
    )  # fmt: skip
    with pytest.raises(RuleError, match="Không tìm thấy đơn vị phối hợp"):
        record_draft(strange, actor=None)
    assert not Activity.objects.exists()
    assert not ActivityPartner.objects.exists()


@pytest.mark.parametrize(
    ("where", "role", "allowed"),
    [
        ("own commune", "commune_officer", True),
        ("province", "specialist", True),
        ("own commune", "leader", False),
        ("another commune", "commune_officer", False),
        ("nowhere", "", False),
    ],
)
def test_who_may_record_for_a_unit(province, where, role, allowed):
    places = {
        "own commune": province.communes[0],
        "another commune": province.communes[1],
        "province": province.place,
    }
    user = make_grant(places.get(where, province.place), role or "clerk")
    if allowed:
        assert record_activity(**given(province, actor=user)).pk
    else:
        with pytest.raises(RuleError, match="ngoài phạm vi"):
            record_activity(**given(province, actor=user))
        assert not Activity.objects.exists()


def test_the_same_form_sent_twice_is_recorded_once(province):
    draft = Draft(
        unit_id=province.fronts[0].pk, kind="other", title="Việc", held_on=date(2026, 1, 1), import_key="form:a"
    )  # fmt: skip
    assert record_draft(draft, actor=None) == record_draft(draft, actor=None)
    assert (Activity.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_bad_file_refuses_the_whole_record(province):
    with pytest.raises(RuleError):
        record_activity(**given(province, evidence=[("a.png", picture()), ("b.pdf", b"")]))
    assert not Activity.objects.exists()
    assert not ActivityEvidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_evidence_may_be_added_once_each(province):
    activity = record_activity(**given(province))
    first = add_evidence(activity, name="a.png", content=picture(), actor=None)
    assert add_evidence(activity, name="b.png", content=picture(), actor=None) == first
    add_evidence(activity, name="c.png", content=picture("blue"), actor=None)
    assert [one.file_name for one in activity.evidence.all()] == ["a.png", "c.png"]


def test_a_withdrawn_activity_stays_with_its_reason_and_takes_no_more(province):
    activity = record_activity(**given(province))
    for why, says in (("  ", "lý do"), ("a" * 301, "quá 300")):
        with pytest.raises(RuleError, match=says):
            withdraw_activity(activity, why=why, actor=None)

    withdraw_activity(activity, why=" Ghi hai lần ", actor=None)

    activity.refresh_from_db()
    assert (activity.withdrawn_why, activity.withdrawn_at is not None) == ("Ghi hai lần", True)
    with pytest.raises(RuleError, match="đã rút"):
        withdraw_activity(activity, why="Lần nữa", actor=None)
    with pytest.raises(RuleError, match="đã rút"):
        add_evidence(activity, name="a.png", content=picture(), actor=None)
    assert activity.evidence.count() == 0
    assert [entry.action for entry in AuditEntry.objects.all()] == [
        "activities.record",
        "activities.withdraw",
    ]


def test_many_are_recorded_all_or_none(province, django_assert_num_queries):
    def drafts(number, **changes):
        fields = {
            "unit_id": province.fronts[0].pk,
            "kind": "other",
            "held_on": date(2026, 1, 1),
            **changes,
        }
        return [Draft(title=f"Việc {n}", **fields) for n in range(number)]

    with pytest.raises(RuleError, match="2 lỗi") as refused:
        record_activities([*drafts(2), *drafts(2, quantity=0)], actor=None)
    assert [fault.row for fault in refused.value.faults] == [3, 4]
    assert not Activity.objects.exists()
    assert record_activities([], actor=None) == []
    counts = []
    for number in (1, 30):
        with django_assert_num_queries(8) as seen:
            assert len(record_activities(drafts(number), actor=None)) == number
        counts.append(len(seen))
    assert Activity.objects.count() == 31
    assert AuditEntry.objects.count() == 2


def test_a_draft_sent_twice_at_once_is_recorded_once(province):
    draft = Draft(
        unit_id=province.fronts[0].pk, kind=ActivityKind.SUPERVISION, title="Giám sát",
        held_on=date(2026, 5, 1), import_key="k",
    )  # fmt: skip
    first = []

    with meanwhile("activities_activity", lambda: first.append(record_draft(draft, actor=None))):
        second = record_draft(draft, actor=None)

    assert second == first[0]
    assert Activity.objects.count() == 1
    assert AuditEntry.objects.filter(action="activities.record").count() == 1


def test_a_sheet_sent_twice_at_once_is_refused_the_second_time(province):
    drafts = [
        Draft(
            unit_id=front.pk, kind=ActivityKind.SUPERVISION, title="Giám sát",
            held_on=date(2026, 5, 1), import_key="k",
        )
        for front in province.fronts
    ]  # fmt: skip

    with (
        meanwhile("organisations_unit", lambda: record_activities(drafts, actor=None)),
        pytest.raises(RuleError, match="gửi lại"),
    ):
        record_activities(drafts, actor=None)
