import pytest

from danvan.foundation.acting import says_something, words_of

MISSING = "Đồng chí vui lòng ghi trả lời."


@pytest.mark.parametrize("said", ["", "  ", "...", "-", "???", "\u200b", "…\n…"])
def test_marks_alone_are_no_answer_where_one_is_needed(said):
    assert not says_something(said)
    assert [one.message for one in words_of(said, column="reply", missing=MISSING)[1]] == [MISSING]
    assert words_of(said, column="reply")[1] == []


@pytest.mark.parametrize("said", ["Có.", "12", "ừ", "(1)"])
def test_a_letter_or_a_digit_says_something(said):
    assert words_of(said, column="reply", missing=MISSING) == (said, [])
