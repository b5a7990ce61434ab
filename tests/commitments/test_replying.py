"""The asker's own word: confirmed or "not yet", kept without a person, and what follows from it."""

import pytest

from danvan.commitments.enums import AskerWord, State
from danvan.commitments.models import AskerAnswer, FollowCode, PublicNote
from danvan.commitments.selectors import askers_of, behind_code, shown_file
from danvan.commitments.services import (
    add_evidence,
    claim_done,
    close_commitment,
    confirm_done,
    hide_publicly,
    issue_follow_codes,
    say_not_yet,
    show_publicly,
    verify_commitment,
    withdraw_commitment,
    withdraw_follow_code,
)
from danvan.foundation.errors import RuleError
from tests.commitments.conftest import PICTURE, TODAY
from tests.commitments.test_assigning import traces

NAME, CONTENT = PICTURE


@pytest.fixture
def asked(ledger):
    """Work that was claimed, and the codes of two who asked."""
    one = ledger.one()
    slips = issue_follow_codes([one], actor=None, number=2)
    claim_done(one, result="Ông Lô Văn Thắng đã đổ xong", actor=ledger.officer)
    return one, *(slip.code for slip in slips)


def followed(code):
    return behind_code(code).followed[0]


def test_the_asker_confirms(asked):
    one, mine, theirs = asked
    assert followed(mine).standing == ("Chờ bà con xác nhận", "watch")
    answer = confirm_done(mine, one)
    one.refresh_from_db()
    assert (answer.word, answer.words, answer.on) == (AskerWord.CONFIRMED, "", TODAY)
    assert (one.agreed_on, one.disputed_on) == (TODAY, None)
    assert followed(mine).own == answer
    assert followed(mine).standing == ("Người hỏi đã xác nhận xong", "good")
    assert followed(theirs).own is None


def test_not_yet_opens_the_commitment_again(asked):
    one, mine, theirs = asked
    say_not_yet(mine, one, "  Còn 200 m chưa đổ ")
    one.refresh_from_db()
    assert (one.state, one.claimed_on, one.disputed_on) == (State.IN_PROGRESS, None, TODAY)
    assert followed(mine).own.words == "Còn 200 m chưa đổ"
    assert followed(mine).standing == ("Chưa xong, đang làm tiếp", "watch")
    assert followed(theirs).why_not.startswith("Đơn vị chưa báo làm xong")
    [said] = askers_of(one).answers
    assert said.words == "Còn 200 m chưa đổ"


def test_a_second_not_yet_is_kept_beside_the_first_and_the_work_goes_on(asked):
    one, mine, theirs = asked
    say_not_yet(mine, one, "Còn 200 m chưa đổ")
    assert (followed(mine).takes_not_yet, followed(theirs).takes_not_yet) == (False, True)
    say_not_yet(theirs, one, "Chưa có cọc tiêu")
    say_not_yet(theirs, one, "Chưa có cọc tiêu")
    with pytest.raises(RuleError, match="chưa báo làm xong"):
        confirm_done(theirs, one)
    with pytest.raises(RuleError, match="đã được ghi nhận"):
        say_not_yet(mine, one, "Thêm nữa")
    one.refresh_from_db()
    assert (one.state, one.disputed_on) == (State.IN_PROGRESS, TODAY)
    said = sorted(answer.words for answer in askers_of(one).answers)
    assert said == ["Chưa có cọc tiêu", "Còn 200 m chưa đổ"]
    assert not followed(theirs).takes_not_yet


def test_one_not_yet_stands_beside_any_agreement(asked, ledger):
    one, mine, theirs = asked
    say_not_yet(mine, one, "Chưa có cọc tiêu")
    claim_done(one, result="Đã đóng cọc", actor=ledger.officer)
    confirm_done(theirs, one)
    one.refresh_from_db()
    assert (one.agreed_on, one.disputed_on) == (None, TODAY)
    assert followed(theirs).standing == ("Có người báo chưa xong", "late")
    confirm_done(mine, one)
    one.refresh_from_db()
    assert (one.agreed_on, one.disputed_on) == (TODAY, None)


def test_the_same_answer_twice_is_one_and_nothing_is_overwritten(asked, ledger):
    one, mine, _ = asked
    first = confirm_done(mine, one)
    assert confirm_done(mine, one) == first
    say_not_yet(mine, one, "Nhìn lại thì chưa")
    assert say_not_yet(mine, one, "Nhìn lại thì chưa").words == "Nhìn lại thì chưa"
    assert list(AskerAnswer.objects.values_list("word", flat=True)) == ["confirmed", "not_yet"]
    claim_done(one, result="Đã làm lại", actor=ledger.officer)
    say_not_yet(mine, one, "Nhìn lại thì chưa")
    one.refresh_from_db()
    assert (AskerAnswer.objects.count(), one.state) == (3, State.IN_PROGRESS)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("  ", "còn thiếu gì"),
        ("x" * 601, "dài quá 600 ký tự"),
        ("Gọi tôi 0912345678", "không ghi số điện thoại"),
        ("a@b.vn", "không ghi số điện thoại"),
    ],
)
def test_words_that_cannot_be_kept_are_refused(asked, words, told):
    one, mine, _ = asked
    before = traces()
    with pytest.raises(RuleError, match=told):
        say_not_yet(mine, one, words)
    assert (AskerAnswer.objects.count(), traces()) == (0, before)


def test_nobody_answers_before_it_is_claimed_nor_after_it_was_withdrawn(ledger):
    one = ledger.one()
    [slip] = issue_follow_codes([one], actor=None, number=1)
    with pytest.raises(RuleError, match="chưa báo làm xong"):
        confirm_done(slip.code, one)
    withdraw_commitment(one, words="Giao nhầm", actor=None)
    with pytest.raises(RuleError, match="Việc này đã rút nên chưa cần"):
        say_not_yet(slip.code, one, "Chưa")
    assert followed(slip.code).standing == ("Việc này đã rút", "none")
    assert AskerAnswer.objects.count() == 0


def test_a_code_answers_for_its_own_commitments_only(asked, ledger):
    one, mine, theirs = asked
    other = ledger.one()
    claim_done(other, result="Xong", actor=None)
    withdraw_follow_code(FollowCode.objects.last(), actor=None)
    for code, thing in ((mine, other), (theirs, one), ("7K4-M92", one)):
        with pytest.raises(RuleError, match="không có hoặc không còn dùng được"):
            confirm_done(code, thing)
    assert AskerAnswer.objects.count() == 0


def test_late_work_says_by_how_much(ledger, settings):
    one = ledger.one()
    [slip] = issue_follow_codes([one], actor=None, number=1)
    settings.DANVAN_TODAY = one.due_on.replace(year=2027, month=1, day=3)
    assert followed(slip.code).standing == ("Quá hạn 3 ngày", "late")


def test_only_what_was_shown_on_purpose_is_shown(asked, ledger):
    one, mine, _ = asked
    evidence = add_evidence(one, name=NAME, content=CONTENT, actor=None)
    assert followed(mine).shown == []
    words = show_publicly(one, words="Đã đổ 1,2 km", actor=ledger.officer)
    picture = show_publicly(one, words="Mặt đường", evidence=evidence, actor=ledger.officer)
    assert [(each.words, each.file) for each in followed(mine).shown] == [
        ("Đã đổ 1,2 km", None),
        ("Mặt đường", picture.pk),
    ]
    assert shown_file(picture.pk).evidence == evidence
    assert shown_file(words.pk) is None
    hide_publicly(picture, actor=ledger.officer)
    assert shown_file(picture.pk) is None
    assert [each.words for each in followed(mine).shown] == ["Đã đổ 1,2 km"]
    assert [one.words for one in askers_of(one).shown] == ["Đã đổ 1,2 km"]
    with pytest.raises(RuleError, match="đã thôi công khai rồi"):
        hide_publicly(picture, actor=ledger.officer)


def test_what_may_not_be_shown_is_refused_at_once(ledger):
    one, other = ledger.one(), ledger.one()
    evidence = add_evidence(other, name=NAME, content=CONTENT, actor=None)
    with pytest.raises(RuleError) as refused:
        show_publicly(one, words="0912345678", evidence=evidence, actor=None)
    assert [fault.column for fault in refused.value.faults] == ["words", "evidence"]
    show_publicly(other, words="Ảnh", evidence=evidence, actor=None)
    with pytest.raises(RuleError, match="đang công khai rồi"):
        show_publicly(other, words="Ảnh nữa", evidence=evidence, actor=None)
    withdraw_commitment(one, words="Nhầm", actor=None)
    with pytest.raises(RuleError, match="đã rút nên không công khai"):
        show_publicly(one, words="Lời", actor=None)
    assert PublicNote.objects.count() == 1


def test_there_is_an_end_to_what_is_shown(ledger):
    one = ledger.one()
    for number in range(20):
        show_publicly(one, words=f"Lời {number}", actor=None)
    with pytest.raises(RuleError, match="công khai đủ nhiều"):
        show_publicly(one, words="Nữa", actor=None)
    assert one.public_notes.count() == 20


def test_it_is_closed_over_not_yet_only_with_a_reason_that_every_code_shows(asked, ledger):
    one, mine, theirs = asked
    say_not_yet(mine, one, "Còn 200 m")
    claim_done(one, result="Xong", actor=ledger.officer)
    verify_commitment(one, finding="Đã xem", actor=ledger.checker)
    for reason, told in (("", "ghi lý do"), ("Hỏi ông Nam 0912345678", "có số điện thoại")):
        with pytest.raises(RuleError, match=told) as refused:
            close_commitment(one, actor=ledger.checker, public_reason=reason)
        assert [fault.column for fault in refused.value.faults] == ["public_reason"]
    close_commitment(one, actor=ledger.checker, public_reason="Đoạn cuối làm năm 2027")
    for code in (mine, theirs):
        seen = followed(code)
        assert (seen.public_reason, seen.closed_on) == ("Đoạn cuối làm năm 2027", TODAY)
        assert seen.why_not == "Việc này đã đóng, kèm lý do công khai ở trên."
    with pytest.raises(RuleError, match="đã đóng, kèm lý do công khai"):
        say_not_yet(mine, one, "Vẫn chưa xong")


def test_what_was_closed_before_anybody_answered_can_still_be_opened_again(asked, ledger):
    one, mine, _ = asked
    verify_commitment(one, finding="Đã xem", actor=ledger.checker)
    close_commitment(one, actor=ledger.checker)
    assert followed(mine).standing == ("Đã đóng, chưa có xác nhận", "info")
    say_not_yet(mine, one, "Còn 200 m")
    one.refresh_from_db()
    assert (one.state, one.closed_on) == (State.IN_PROGRESS, None)


def test_nobody_stands_in_what_a_code_opens(asked, ledger):
    one, mine, theirs = asked
    say_not_yet(mine, one, "Chưa xong, bà Vi Thị Hoa thấy")
    claim_done(one, result="Anh Lô Văn Thắng làm xong", actor=ledger.officer)
    verify_commitment(one, finding="Chị Nguyễn Hải Yến xem rồi", actor=ledger.checker)
    told = str(behind_code(theirs))
    for name in ("Lô Văn Thắng", "Nguyễn Hải Yến", "Lê Thị Hoài An", "Vi Thị Hoa"):
        assert name not in told
    assert "Đã kiểm tra và xác nhận làm xong" in told
