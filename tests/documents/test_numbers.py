"""The numbers of a register: one after the other, letters between them, and none left out without a reason."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.documents.enums import Direction
from danvan.documents.models import Document, RegisterGap
from danvan.documents.selectors import FreeNumbers, free_numbers
from danvan.documents.services import leave_numbers, register_issued_document
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries
from tests.factories.province import Province, make_grant, make_organisation

pytestmark = pytest.mark.django_db

OUT = Direction.OUTGOING


def issue(unit, number="", **given):
    return register_issued_document(
        **{
            "unit": unit, "document_type": "plan", "abstract": "Kế hoạch", "issued_on": date(2026, 3, 2),
            "actor": None, "register_number": number, **given,
        }
    )  # fmt: skip


def leave(unit, first, last, reason="lấy số trước cho hội nghị", **given):
    return leave_numbers(
        **{
            "unit": unit, "direction": OUT, "year": 2026, "first": first, "last": last,
            "reason": reason, "actor": None, **given,
        }
    )  # fmt: skip


def numbers(unit):
    found = Document.objects.filter(unit=unit).order_by("register_number", "register_suffix")
    return [one.entry_number for one in found]


def test_a_letter_puts_a_document_between_two_others(province):
    for _ in range(3):
        issue(province.front)
    late = issue(province.front, " 2A ")
    again = issue(province.front, "2b")
    assert (late.register_number, late.register_suffix, str(again.entry_number)) == (2, "a", "2b")
    assert numbers(province.front) == ["1", "2", "2a", "2b", "3"]
    assert issue(province.front).entry_number == "4"
    assert free_numbers(province.front.pk, OUT, 2026) == []


def test_the_next_number_may_be_written_too(province):
    assert issue(province.front, "1").entry_number == "1"
    assert issue(province.front, "02").entry_number == "2"
    assert issue(province.front).entry_number == "3"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1", "ghi 1a"),
        ("1a", "đã dùng cho văn bản khác"),
        ("3", "Số tiếp theo của sổ này là 2"),
        ("5a", "Số tiếp theo của sổ này là 2"),
        ("a", "không đúng"),
        ("0", "không đúng"),
        ("-1", "không đúng"),
        ("1ab", "không đúng"),
        ("1/2026", "không đúng"),
        ("99999999", "không đúng"),
        ("x" * 40, "…"),
    ],
)
def test_a_number_that_cannot_be_given_is_refused_and_nothing_is_entered(province, written, said):
    issue(province.front)
    issue(province.front, "1a")
    before = (numbers(province.front), NumberSeries.objects.get().last, AuditEntry.objects.count())
    with pytest.raises(RuleError, match=said) as refused:
        issue(province.front, written)
    assert [fault.column for fault in refused.value.faults] == ["register_number"]
    after = (numbers(province.front), NumberSeries.objects.get().last, AuditEntry.objects.count())
    assert after == before


def test_numbers_are_left_free_with_a_reason_and_the_register_goes_on_after_them(province, clerk):
    gap = leave(province.front, 1, 274, "đã ghi trong sổ giấy", actor=clerk)
    assert str(gap) == "1-274/2026"
    assert issue(province.front).entry_number == "275"
    assert free_numbers(province.front.pk, OUT, 2026) == [
        FreeNumbers(1, 274, "đã ghi trong sổ giấy")
    ]
    entry = AuditEntry.objects.get(action="documents.leave_numbers")
    assert (entry.actor, entry.details) == (clerk, {"unit_id": province.front.pk})


def test_a_late_document_takes_a_number_that_was_left_free(province):
    leave(province.front, 1, 4)
    taken = issue(province.front, "2")
    assert taken.entry_number == "2"
    lines = free_numbers(province.front.pk, OUT, 2026)
    assert [line.words for line in lines] == ["1", "3–4"]
    assert issue(province.front).entry_number == "5"


def test_numbers_missing_without_a_reason_are_told_and_may_be_given_one(province):
    for _ in range(5):
        issue(province.front)
    Document.objects.filter(register_number__in=(2, 3, 5)).delete()
    assert free_numbers(province.front.pk, OUT, 2026) == [FreeNumbers(2, 3), FreeNumbers(5, 5)]
    leave(province.front, 2, 3, "hủy theo biên bản")
    assert free_numbers(province.front.pk, OUT, 2026) == [
        FreeNumbers(2, 3, "hủy theo biên bản"), FreeNumbers(5, 5),
    ]  # fmt: skip
    assert issue(province.front).entry_number == "6"


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        ({"reason": " "}, {"reason"}),
        ({"reason": "x" * 301}, {"reason"}),
        ({"first": 0}, {"last"}),
        ({"first": 9, "last": 8}, {"last"}),
        ({"last": 20_000}, {"last"}),
        ({"direction": "sideways"}, {"direction"}),
        ({"year": 1929}, {"year", "unit"}),
        ({"year": 2027}, {"year"}),
        ({"first": 1, "last": 3}, {"first"}),  # 1 is borne
        ({"first": 4, "last": 5}, {"first"}),  # left free before
        ({"first": 9, "last": 9}, {"first"}),  # not the next
        ({"reason": "", "first": 0}, {"reason", "last"}),
    ],
)
def test_numbers_that_cannot_be_left_free(province, wrong, columns):
    issue(province.front)
    leave(province.front, 2, 5)
    before = (list(RegisterGap.objects.values()), NumberSeries.objects.get().last)
    with pytest.raises(RuleError) as refused:
        leave(province.front, **{"first": 6, "last": 7, **wrong})
    assert {fault.column for fault in refused.value.faults} == columns
    assert (list(RegisterGap.objects.values()), NumberSeries.objects.get().last) == before


def test_who_may_leave_numbers_free(province):
    ended = make_organisation(province.place, ended=date(2025, 7, 1))
    far = make_grant(province.communes[0], "clerk")
    for unit, actor in ((province.place, None), (ended, None), (province.front, far)):
        with pytest.raises(RuleError) as refused:
            leave(unit, 1, 2, actor=actor)
        assert [fault.column for fault in refused.value.faults] == ["unit"]
    assert not RegisterGap.objects.exists()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.one_of(
            st.just("next"),
            st.tuples(st.just("letter"), st.integers(1, 12), st.sampled_from("abc")),
            st.tuples(st.just("leave"), st.integers(1, 14), st.integers(0, 4)),
            st.tuples(st.just("take"), st.integers(1, 14)),
        ),
        max_size=14,
    )
)
def test_whatever_is_entered_every_number_up_to_the_last_is_borne_or_explained(
    transactional_free_province, acts
):
    unit = transactional_free_province()
    for act in acts:
        try:
            if act == "next":
                issue(unit)
            elif act[0] == "letter":
                issue(unit, f"{act[1]}{act[2]}")
            elif act[0] == "leave":
                leave(unit, act[1], act[1] + act[2])
            else:
                issue(unit, str(act[1]))
        except RuleError:
            continue
    last = getattr(NumberSeries.objects.filter(key__contains=f":{unit.pk}:").first(), "last", 0)
    borne = set(
        Document.objects.filter(unit=unit, register_suffix="").values_list(
            "register_number", flat=True
        )
    )
    free = free_numbers(unit.pk, OUT, 2026)
    assert all(line.reason for line in free)
    explained = {n for line in free for n in range(line.first, line.last + 1)}
    assert borne | explained == set(range(1, last + 1))
    assert not borne & explained


@pytest.fixture
def transactional_free_province(db):
    """A fresh organisation for every example."""
    province = Province(communes=1)
    return lambda: make_organisation(province.place)
