"""Setting, ending and removing targets; and who may see which."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.periods import Period
from danvan.indicators import counters, selectors
from danvan.indicators.enums import Comparator, Quality
from danvan.indicators.models import Target, TargetRule
from danvan.indicators.services import Source, end_target, remove_target
from danvan.organisations.enums import Follows, Kind, Level
from tests.factories.province import Province, make_grant, make_place, make_user
from tests.indicators.test_evaluate import make_target

pytestmark = pytest.mark.django_db
SOURCE = Source(
    "documents.document", 7, 10, 60, "Mỗi năm ít nhất 02 nội dung giám sát.", "04-NQ/TU"
)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)


@pytest.fixture
def province():
    return Province()


def test_a_target_keeps_its_rules_and_its_source(province):
    specialist = make_user()
    target = make_target(
        province,
        title=" Ít nhất 02 nội dung ",
        population_levels=[Level.COMMUNE, Level.PROVINCE],
        rules=[("activities.supervision", 2), ("activities.social_criticism", 1)],
        share=(100, 100),
        source=SOURCE,
        followed_by=province.front,
        measured_by="Sổ giám sát",
        evidence="Báo cáo giám sát",
        actor=specialist,
    )

    target.refresh_from_db()
    assert str(target) == target.title == "Ít nhất 02 nội dung"
    assert target.population_levels == ["province", "commune"]
    assert [(rule.counter, rule.minimum, str(rule)) for rule in target.rules.all()] == [
        ("activities.supervision", 2, "activities.supervision >= 2"),
        ("activities.social_criticism", 1, "activities.social_criticism >= 1"),
    ]
    assert target.share == (100, 100)
    source = (target.source_kind, target.source_id, target.source_start, target.source_end,
              target.source_sentence, target.source_symbol)  # fmt: skip
    assert source == (
        "documents.document",
        7,
        10,
        60,
        "Mỗi năm ít nhất 02 nội dung giám sát.",
        "04-NQ/TU",
    )
    assert (target.followed_by, target.measured_by) == (province.front, "Sổ giám sát")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (specialist, "targets.create")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 401}, "title"),
        ({"quality": "guessed"}, "quality"),
        ({"every": "week"}, "every"),
        ({"population_kind": ""}, "population_kind"),
        ({"population_kind": "club"}, "population_kind"),
        ({"population_levels": []}, "population_levels"),
        ({"population_levels": ["galaxy"]}, "population_levels"),
        ({"rules": []}, "rules"),
        ({"rules": [("activities.unheard", 1)]}, "rules"),
        ({"rules": [("activities.supervision", 0)]}, "rules"),
        ({"rules": [("activities.supervision", 1), ("activities.supervision", 2)]}, "rules"),
        ({"quality": Quality.QUALITATIVE}, "rules"),
        ({"comparator": "lt"}, "comparator"),
        ({"comparator": Comparator.MORE_THAN}, "share"),
        ({"comparator": Comparator.MORE_THAN, "share": (1, 1)}, "share"),
        ({"share": (0, 100)}, "share"),
        ({"share": (101, 100)}, "share"),
        ({"share": (1, 0)}, "share"),
        ({"valid_to": date(2021, 11, 19)}, "valid_to"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_and_leaves_no_trace(province, changes, column):
    with pytest.raises(RuleError) as refused:
        make_target(province, **changes)
    assert [fault.column for fault in refused.value.faults] == [column]
    assert (Target.objects.count(), TargetRule.objects.count(), AuditEntry.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_target_is_set_for_a_place_and_all_faults_are_told_at_once(province):
    with pytest.raises(RuleError) as refused:
        make_target(province, unit=province.front, title="", every="", share=(2, 1))
    assert [fault.column for fault in refused.value.faults] == ["unit", "title", "every", "share"]


def test_a_target_ends_once_and_keeps_its_past(province):
    target = make_target(province)
    with pytest.raises(RuleError, match="bắt đầu ngày 19/11/2021"):
        end_target(target, on=date(2021, 11, 19), actor=None)
    end_target(target, on=date(2026, 1, 1), actor=None)
    target.refresh_from_db()
    assert target.valid_to == date(2026, 1, 1)
    with pytest.raises(RuleError, match="đã hết hiệu lực từ ngày 01/01/2026"):
        end_target(target, on=date(2026, 6, 1), actor=None)
    assert list(selectors.targets_on(province.place.pk, date(2025, 12, 31))) == [target]
    assert list(selectors.targets_on(province.place.pk, date(2026, 1, 1))) == []
    assert list(selectors.targets_of(province.place.pk, Period.parse("2025"))) == [target]
    assert list(selectors.targets_of(province.place.pk, Period.parse("2026"))) == []
    assert list(selectors.targets_of(province.place.pk, Period.parse("2020"))) == []


def test_only_what_came_from_a_document_can_be_taken_away(province):
    typed, accepted = make_target(province), make_target(province, source=SOURCE)
    with pytest.raises(RuleError, match="không lập từ văn bản"):
        remove_target(typed, actor=None)
    assert list(selectors.targets_from("documents.document", 7)) == [accepted]
    assert list(selectors.targets_from("documents.document", 8)) == []
    remove_target(accepted, actor=None)
    assert list(Target.objects.all()) == [typed]
    assert TargetRule.objects.filter(target_id=accepted.pk).count() == 0
    assert AuditEntry.objects.filter(action="targets.remove").count() == 1


ROLES = [
    # who, follows, sees the target of the province's commune Fronts, may manage it
    ("leader", "province", Follows.PLACE, True, False),
    ("specialist", "province", Follows.PLACE, True, True),
    ("clerk", "province", Follows.PLACE, False, False),
    ("leader", "country", Follows.PLACE, True, False),
    ("leader", "other province", Follows.PLACE, False, False),
    ("commune_officer", "commune", Follows.PLACE, True, False),
    ("commune_officer", "front of the commune", Follows.PLACE, True, False),
    ("commune_officer", "committee of the commune", Follows.PLACE, False, False),
    ("commune_officer", "front of the province", Follows.LINE, True, False),
    ("specialist", "front of the province", Follows.PLACE, False, False),
]


@pytest.mark.parametrize(("role", "where", "follows", "sees", "manages"), ROLES)
def test_who_sees_a_target(province, role, where, follows, sees, manages):
    target = make_target(province)
    ended = make_target(province, valid_to=date(2026, 1, 1))
    other = make_place("Tỉnh Thanh Hóa", level=Level.PROVINCE, under=province.country)
    places = {
        "country": province.country,
        "province": province.place,
        "other province": other,
        "commune": province.communes[0],
        "front of the commune": province.fronts[0],
        "committee of the commune": province.committees[0],
        "front of the province": province.front,
    }
    user = make_grant(places[where], role, follows=follows)

    assert list(selectors.allowed_targets(user, "targets.view")) == (
        [target, ended] if sees else []
    )
    assert list(selectors.allowed_targets(user, "targets.manage")) == (
        [target, ended] if manages else []
    )


@pytest.mark.parametrize(
    ("kind", "level", "asked"),
    [
        (Kind.FRONT_COMMITTEE, Level.COMMUNE, True),
        (Kind.FRONT_COMMITTEE, Level.PROVINCE, False),
        (Kind.PARTY_COMMITTEE, Level.COMMUNE, False),
    ],
)
def test_targets_for_units_are_those_whose_population_holds_one(province, kind, level, asked):
    target = make_target(province, population_kind=kind, population_levels=[level])
    units = Target.unit.get_queryset().filter(pk=province.fronts[0].pk).values("pk")
    found = selectors.targets_for_units(units, on=date(2026, 12, 31))
    assert list(found) == ([target] if asked else [])
    assert list(selectors.targets_for_units(units, on=date(2019, 1, 1))) == []


def test_a_counter_is_known_once_and_by_its_key():
    known = counters.named("activities.supervision")
    assert known in counters.all_counters()
    with pytest.raises(ValueError, match="registered twice"):
        counters.register(known)
    with pytest.raises(LookupError, match="no counter is called"):
        counters.named("activities.unheard")


def test_a_counter_without_count_by_is_asked_period_by_period():
    quarter, month = Period.parse("2026-Q1"), Period.parse("2026-01")
    plain = counters.Counter(
        "x", "x", "x", "x", count=lambda ids, period: {pk: len(period.code) for pk in ids},
        records=lambda ids, period: list(ids),
    )  # fmt: skip
    assert plain.tally([1, 2], [quarter, month]) == {
        (1, quarter): 7, (2, quarter): 7, (1, month): 7, (2, month): 7}  # fmt: skip
    assert plain.how_many_records([1, 2], month) == 2
