import sys
from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.known import Counts
from danvan.organisations.models import Lineage, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors import check_register, names_on
from danvan.organisations.services import found_place, load_register, rebuild_reach
from danvan.organisations.source import read_source
from tests.organisations.conftest import BEFORE, SINCE, register_rows
from tests.organisations.lists import COUNTS, short_lists

FROM = date(2008, 8, 1)


def links():
    rows = Lineage.objects.values_list(
        "predecessor_id", "successor_id", "weight", "measure", "estimated"
    )
    return sorted(rows)


def test_every_old_unit_passes_exactly_a_million_parts_to_its_successors(short):
    old, new = short.old, short.new
    assert links() == sorted(
        [
            (old("00001"), new("00001"), 1_000_000, "whole", False),
            (old("00002"), new("00001"), 600_000, "area", True),
            (old("00002"), new("00002"), 400_000, "area", True),
            (old("00003"), new("00003"), 1_000_000, "whole", False),
            (old("00004"), new("00003"), 500_000, "equal", True),
            (old("00004"), new("00004"), 500_000, "equal", True),
            (old("00005"), new("00004"), 1_000_000, "whole", False),
            (old("00007"), new("00007"), 1_000_000, "whole", False),
            (old("00008"), new("00007"), 666_667, "area", True),
            (old("00008"), new("00009"), 333_333, "area", True),
            (old("001"), new("00001"), 533_334, "communes", True),
            (old("001"), new("00002"), 133_333, "communes", True),
            (old("001"), new("00003"), 333_333, "communes", True),
            (old("002"), new("00003"), 250_000, "communes", True),
            (old("002"), new("00004"), 750_000, "communes", True),
            (old("003"), new("00099"), 1_000_000, "whole", False),
            (old("004"), new("00006"), 333_333, "communes", True),
            (old("004"), new("00007"), 555_556, "communes", True),
            (old("004"), new("00009"), 111_111, "communes", True),
            (old("01"), new("01"), 1_000_000, "whole", False),
            (old("02"), new("01"), 1_000_000, "whole", False),
        ]
    )


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("00001", False),  # took over its old name and code, and a part of another
        ("00003", False),  # a new type
        ("00006", True),  # one whole predecessor, same name and code
        ("00007", False),
        ("01", False),  # merged with another province
        ("03", True),
    ],
)
def test_a_unit_is_the_same_only_where_nothing_but_its_superior_changed(short, code, same):
    assert (short.old(code) == short.new(code)) is same
    spans = UnitCode.objects.filter(code=code).values_list("valid_from", "valid_to")
    assert sorted(spans, key=str) == ([(FROM, None)] if same else [(FROM, SINCE), (SINCE, None)])


def test_a_commune_left_alone_has_a_new_superior_from_the_day_of_the_merger(short):
    spans = UnitVersion.objects.filter(unit_id=short.old("00006")).order_by("valid_from")
    assert list(
        spans.values_list("name", "parent_id", "valid_from", "valid_to", "start_known")
    ) == [
        ("Xã Sáu", short.old("004"), FROM, SINCE, False),
        ("Xã Sáu", short.new("03"), SINCE, None, True),
    ]


def test_a_province_left_alone_has_one_unbroken_version(short):
    assert UnitVersion.objects.filter(unit_id=short.old("03")).count() == 1


def test_a_load_tells_what_it_did_and_writes_one_audit_entry(db):
    said = []
    report = load_register(progress=said.append, source=short_lists(), expected=COUNTS)
    assert (report.changed, report.counts, report.continued, report.links, report.estimated) == (
        True, COUNTS, 2, 21, 14,
    )  # fmt: skip
    assert any("Bắc Ninh" in note for note in report.notes)
    assert len(said) == 6
    entry = AuditEntry.objects.get()
    assert entry.action == "organisations.load_register"
    assert entry.details == {**COUNTS._asdict(), "links": 21}


def test_each_new_unit_knows_what_it_has_from_each_one_before_it_of_its_own_level(short):
    rows = Lineage.objects.values_list(
        "predecessor_id", "successor_id", "back_weight", "back_measure"
    )
    found = {(before, after): (weight, measure) for before, after, weight, measure in rows}
    old, new = short.old, short.new
    # n1 has the whole of c1 and three fifths of c2 (by the areas of n1 and n2).
    assert found[old("00001"), new("00001")] == (625_000, "equal")
    assert found[old("00002"), new("00001")] == (375_000, "equal")
    assert found[old("00002"), new("00002")] == (1_000_000, "whole")
    assert found[old("00007"), new("00007")] == (600_000, "equal")
    assert found[old("01"), new("01")] == found[old("02"), new("01")] == (500_000, "equal")
    assert found[old("003"), new("00099")] == (1_000_000, "whole")  # it had no communes
    assert found[old("001"), new("00001")] == (None, "")
    assert found[old("004"), new("00006")] == (None, "")  # that commune lasts


def test_loading_again_changes_nothing(short):
    before, entries = register_rows(), AuditEntry.objects.count()
    report = load_register(source=short_lists(), expected=COUNTS)
    assert (report.changed, report.links, report.estimated) == (False, 21, 14)
    assert (register_rows(), AuditEntry.objects.count()) == (before, entries)


def test_lists_with_other_counts_are_refused_with_every_fault_and_nothing_is_written(db):
    with pytest.raises(RuleError) as refused:
        load_register(source=short_lists(), expected=Counts(2, 9, 3, 5, 8))
    assert [fault.message for fault in refused.value.faults] == [
        "Có 8 xã, phường, đặc khu từ 01/07/2025, đáng lẽ 9.",
        "Có 4 huyện trước 01/07/2025, đáng lẽ 5.",
    ]
    assert Unit.objects.count() == AuditEntry.objects.count() == 0


def test_other_counts_are_taken_when_told(db):
    assert load_register(source=short_lists(), expected=None).changed


def test_a_register_with_other_units_is_not_loaded_over(db):
    found_place("Việt Nam", type_word="", level="country", under=None, actor=None, on=FROM)
    before = register_rows()
    with pytest.raises(RuleError, match="register check"):
        load_register(source=short_lists(), expected=COUNTS)
    assert register_rows() == before


def test_missing_lists_are_told_in_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "vietnamadminunits", None)
    with pytest.raises(RuleError, match="vietnamadminunits"):
        read_source()


def test_a_part_of_the_lists_holds_what_belongs_to_its_provinces():
    part = short_lists().only("cam")
    assert list(part.provinces) == list(part.old_provinces) == ["cam"]
    assert list(part.communes) == ["n6", "n7", "n8"]
    assert list(part.old_districts) == ["d1"]
    assert part.links == {"c6": ["n6"], "c7": ["n7"], "c8": ["n7", "n8"]}
    assert part.merged == {"cam": "cam"}


def test_the_closure_of_a_load_needs_no_rebuilding(short):
    assert rebuild_reach() == (0, 0)
    faults = check_register().faults
    assert len(faults) == 1  # the counts are those of the short lists
    assert "34 / 3.321" in faults[0]


def test_names_of_a_unit_are_those_of_the_day(short):
    units = [short.old("00003"), short.new("00003")]
    assert names_on(units, BEFORE) == {units[0]: "Thị trấn Ba"}
    assert names_on(units, SINCE) == {units[1]: "Phường Ba"}
