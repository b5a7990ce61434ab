"""Codes for those who asked: issued once, tried, withdrawn; what was tried is counted and never written down."""

import logging
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments.enums import Tried
from danvan.commitments.follow_codes import LENGTH, MARKS, check_mark, digest_of, read_code
from danvan.commitments.models import FollowCode, FollowedCommitment, WrongTry
from danvan.commitments.selectors import (
    as_printed,
    askers_of,
    behind_code,
    codes_from,
    followed_commitment,
)
from danvan.commitments.services import (
    Asking,
    issue_follow_code,
    issue_follow_codes,
    try_code,
    withdraw_commitment,
    withdraw_follow_code,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from tests.commitments.conftest import TODAY
from tests.commitments.test_assigning import traces

HERE = "203.0.113.7"


def wrong_code(number=0):
    """A code that is sound and that nobody was given."""
    body = "".join(MARKS[(number // 23**place) % 23] for place in range(LENGTH - 1))
    return body + check_mark(body)


def issued(ledger, **said):
    one = ledger.one()
    return one, issue_follow_code([one], actor=None, **said)


def test_a_code_opens_what_was_asked_and_promised(ledger):
    asking = Asking("Đường vào bản bao giờ xong?", date(2026, 8, 10), "Bí thư Đảng ủy xã")
    one, code = issued(ledger, asking=asking)
    behind = behind_code(code.lower())
    assert (behind.asked, behind.asked_on, behind.post) == (
        "Đường vào bản bao giờ xong?",
        date(2026, 8, 10),
        "Bí thư Đảng ủy xã",
    )
    assert behind.ends_on == TODAY + timedelta(days=365)
    [followed] = behind.followed
    assert (followed.pk, followed.words, followed.standing) == (
        one.pk,
        one.title,
        ("Đang làm", "info"),
    )
    assert (followed.lead, followed.assigner) == ("Ủy ban nhân dân Xã Môn Sơn", "Tỉnh ủy Nghệ An")
    assert (followed.first_due_on, followed.due_on, followed.moved) == (
        date(2026, 12, 31),
        date(2026, 12, 31),
        False,
    )
    one.refresh_from_db()
    assert one.asked_on == TODAY


def test_only_the_digest_of_a_code_is_kept(ledger):
    _, code = issued(ledger)
    kept = FollowCode.objects.get()
    assert kept.digest == digest_of(read_code(code))
    rows = [*FollowCode.objects.values(), *FollowedCommitment.objects.values()]
    assert read_code(code) not in str(rows)
    assert code not in str(rows)


def test_a_sheet_has_one_code_for_each_and_the_queries_do_not_grow(ledger):
    one, other = ledger.one(), ledger.one(title="Họp dân")
    issue_follow_code([one, other], actor=None)  # the first opens the series and notes the askers
    counted = []
    for number in (2, 5):
        with CaptureQueriesContext(connection) as queries:
            slips = issue_follow_codes(
                [one, other],
                actor=None,
                number=number,
                asking=Asking(source_kind="dialogues.dialogue", source_id=7),
                public_words={other.pk: "Họp bàn với dân"},
            )
        counted.append(len(queries))
    assert len({slip.code for slip in slips}) == 5
    assert [slip.number for slip in slips] == [f"2026-{n:05}" for n in range(4, 9)]
    for slip in slips:
        assert [each.words for each in behind_code(slip.code).followed] == [
            one.title,
            "Họp bàn với dân",
        ]
    assert counted[0] == counted[1]
    assert codes_from("dialogues.dialogue", 7).count() == 7
    assert codes_from("dialogues.dialogue", 8).count() == 0


@pytest.mark.parametrize(
    ("said", "column", "words"),
    [
        ({"number": 0}, "number", "từ 1 đến 100 phiếu"),
        ({"number": 101}, "number", "từ 1 đến 100 phiếu"),
        ({"asking": Asking("x" * 601)}, "asked", "dài quá 600 ký tự"),
        ({"asking": Asking("Gọi ông Nam 0912 345 678")}, "asked", "có số điện thoại"),
        ({"asking": Asking("nam@example.vn hỏi")}, "asked", "có số điện thoại"),
        ({"asking": Asking(asked_on=TODAY + timedelta(days=1))}, "asked_on", "chưa đến"),
        ({"asking": Asking(post="x" * 161)}, "post", "dài quá 160 ký tự"),
        ({"public_words": " "}, "public_words", "bằng lời mà người hỏi đọc được"),
        ({"public_words": "Căn cước 040 085 001 234"}, "public_words", "có số điện thoại"),
    ],
)
def test_what_is_not_fit_for_everybody_is_refused_and_leaves_no_trace(ledger, said, column, words):
    one = ledger.one()
    before = traces()
    given = {"number": 1, **said}
    if "public_words" in given:
        given["public_words"] = {one.pk: given["public_words"]}
    with pytest.raises(RuleError, match=words) as refused:
        issue_follow_codes([one], actor=None, **given)
    assert [fault.column for fault in refused.value.faults] == [column]
    assert FollowCode.objects.count() == 0
    assert traces() == before


def test_days_and_sums_are_no_numbers_of_a_person(ledger):
    words = "Chi 1.250.000.000 đồng từ 05/11/2026 đến 31/12/2026, dài 1.200 m"
    _, code = issued(ledger, asking=Asking(words))
    assert behind_code(code).asked == words


def test_nobody_issues_for_work_of_others_nor_for_what_was_withdrawn_nor_for_nothing(ledger):
    one = ledger.one()
    with pytest.raises(RuleError, match="chưa có quyền cấp mã cho việc"):
        issue_follow_code([one], actor=ledger.officer)
    withdraw_commitment(one, words="Giao nhầm", actor=None)
    with pytest.raises(RuleError, match="đã rút nên không cấp mã"):
        issue_follow_code([one], actor=ledger.checker)
    with pytest.raises(RuleError, match="chọn ít nhất một việc"):
        issue_follow_code([], actor=ledger.checker)
    assert issue_follow_code([ledger.one()], actor=ledger.checker)


def test_a_withdrawn_code_opens_nothing_and_is_answered_as_a_wrong_one(ledger):
    _, code = issued(ledger)
    assert try_code(code, address=HERE) == Tried.RIGHT
    held = withdraw_follow_code(FollowCode.objects.get(), actor=ledger.checker)
    assert (held.withdrawn_on, held.withdrawn_by) == (TODAY, ledger.checker)
    counted = []
    for typed in (code, wrong_code()):
        with CaptureQueriesContext(connection) as queries:
            assert try_code(typed, address=HERE) == Tried.WRONG
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert behind_code(code) is None
    with pytest.raises(RuleError, match="đã thu hồi ngày 20/11/2026"):
        withdraw_follow_code(held, actor=None)


def test_a_code_ends_after_its_day(ledger, settings):
    settings.DANVAN_CODE_DAYS = 10
    _, code = issued(ledger)
    settings.DANVAN_TODAY = TODAY + timedelta(days=10)
    assert try_code(code, address=HERE) == Tried.RIGHT
    settings.DANVAN_TODAY = TODAY + timedelta(days=11)
    assert try_code(code, address=HERE) == Tried.EXPIRED
    assert behind_code(code) is None
    assert WrongTry.objects.count() == 0


def test_wrong_codes_are_counted_by_address_and_never_refuse_a_right_one(ledger, settings):
    settings.DANVAN_CODE_TRIES = 3
    _, code = issued(ledger)
    told = [try_code(wrong_code(number), address=HERE) for number in range(5)]
    assert told == [Tried.WRONG] * 3 + [Tried.TOO_MANY] * 2
    assert try_code(code, address=HERE) == Tried.RIGHT
    assert try_code(wrong_code(), address="198.51.100.1") == Tried.WRONG
    assert sorted(WrongTry.objects.values_list("number", flat=True)) == [1, 3, 4]


def test_wrong_codes_are_counted_in_all(ledger, settings):
    settings.DANVAN_CODE_TRIES_ALL = 4
    _, code = issued(ledger)
    for number in range(4):
        assert try_code(wrong_code(number), address=f"203.0.113.{number}") == Tried.WRONG
    assert try_code(wrong_code(), address="198.51.100.1") == Tried.TOO_MANY
    assert try_code(code, address="198.51.100.1") == Tried.RIGHT


def test_the_next_hour_begins_anew(ledger, settings):
    settings.DANVAN_CODE_TRIES = 1
    assert try_code(wrong_code(), address=HERE) == Tried.WRONG
    assert try_code(wrong_code(), address=HERE) == Tried.TOO_MANY
    for one in WrongTry.objects.all():
        WrongTry.objects.filter(pk=one.pk).update(hour=one.hour - timedelta(hours=1))
    assert try_code(wrong_code(), address=HERE) == Tried.WRONG
    assert WrongTry.objects.count() == 2  # those of the hour before are gone


def test_a_slip_of_the_finger_is_told_without_a_query_and_not_counted(
    ledger, django_assert_num_queries
):
    _, code = issued(ledger)
    slip = code[:-1] + next(mark for mark in MARKS if mark != code[-1])
    with django_assert_num_queries(0):
        assert try_code(slip, address=HERE) == Tried.MISTYPED
        assert behind_code("") is None
    assert (as_printed(slip), as_printed(code.lower().replace("-", ""))) == ("", code)


def test_no_code_and_no_address_stands_in_the_log_the_audit_or_the_tables(ledger, caplog):
    caplog.set_level(logging.DEBUG)
    _, code = issued(ledger)
    wrong = wrong_code()
    try_code(code, address=HERE)
    try_code(wrong, address=HERE)
    withdraw_follow_code(FollowCode.objects.get(), actor=None)
    kept = str([*AuditEntry.objects.values(), *WrongTry.objects.values()])
    for secret in (code, read_code(code), wrong, HERE):
        assert secret not in kept
    logged = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert all(secret not in str(logged) for secret in (code, read_code(code), wrong, HERE))
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["commitments.issue_codes", "commitments.withdraw_code"]


def test_what_a_code_opens_costs_the_same_for_one_and_for_three(ledger):
    counted = []
    for number in (1, 3):
        code = issue_follow_code([ledger.one() for _ in range(number)], actor=None)
        with CaptureQueriesContext(connection) as queries:
            assert len(behind_code(code).followed) == number
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_officers_see_the_slips_and_never_the_codes(ledger):
    one, code = issued(ledger)
    other = issue_follow_code([one], actor=None)
    withdraw_follow_code(FollowCode.objects.first(), actor=None)
    seen = askers_of(one)
    assert [line.code.slip for line in seen.codes] == ["2026-00002", "2026-00001"]
    assert ([line.open for line in seen.codes], seen.open_codes) == ([True, False], 1)
    assert code not in str(seen)
    assert other not in str(seen)


def test_a_commitment_is_found_behind_its_code_only(ledger):
    one, code = issued(ledger)
    other = ledger.one()
    assert followed_commitment(code, str(one.pk)) == one
    for pk in (str(other.pk), "²", "9" * 4400, "", "x"):
        assert followed_commitment(code, pk) is None
    assert followed_commitment("mã", str(one.pk)) is None
