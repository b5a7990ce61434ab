"""The codes themselves: what a slip of the finger does, what is read as what, what is kept."""

from hypothesis import given
from hypothesis import strategies as st

from danvan.commitments.follow_codes import (
    LENGTH,
    MARKS,
    check_mark,
    digest_of,
    new_code,
    printed,
    read_code,
)

BODIES = st.text(alphabet=MARKS, min_size=LENGTH - 1, max_size=LENGTH - 1)


def whole(body):
    return body + check_mark(body)


def test_a_new_code_is_read_as_it_is_printed():
    code = new_code()
    assert [len(group) for group in code.split("-")] == [3, 3, 4, 4]
    assert read_code(code) == code.replace("-", "")


def test_a_code_of_the_first_slips_is_read_still():
    assert read_code("7k4 m92 cxtv") == "7K4M92CXTV"
    assert printed("7K4M92CXTV") == "7K4-M92-CXTV"


def test_two_codes_are_not_the_same():
    assert len({new_code() for _ in range(50)}) == 50


@given(BODIES)
def test_case_spaces_hyphens_and_likenesses_do_not_matter(body):
    code = whole(body)
    typed = code.translate(str.maketrans("0158V2", "OLSBUZ"))
    for way in (code.lower(), printed(code), f" {' '.join(code)} ", typed, printed(typed).lower()):
        assert read_code(way) == code


def test_no_vietnamese_keyboard_turns_marks_into_letters():
    """Telex and VNI change vowels, D and W only; the letters that they would change are no marks."""
    assert set(MARKS) & set("AEIOUYDW") == set()
    assert len(set(MARKS)) == 23


@given(BODIES, st.integers(0, LENGTH - 1), st.sampled_from(MARKS))
def test_one_wrong_mark_is_always_found(body, place, mark):
    code = whole(body)
    wrong = code[:place] + mark + code[place + 1 :]
    assert read_code(wrong) == (code if wrong == code else "")


@given(BODIES, st.integers(0, LENGTH - 2))
def test_two_exchanged_marks_are_always_found(body, place):
    code = whole(body)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read_code(wrong) == (code if wrong == code else "")


def test_what_is_no_code_is_read_as_none():
    code = whole("7K4M92CXTH3RN")
    for typed in ("", "   ", code[:-1], code + "7", "²" * 10, "9" * 4400, "7K4-M92-C\0TH", "mã"):
        assert read_code(typed) == ""


def test_the_digest_hangs_on_the_pepper(settings):
    settings.DANVAN_CODE_PEPPER = "một" * 20
    first = digest_of("7K4M92CXTH")
    assert (len(first), first) == (64, digest_of("7K4M92CXTH"))
    settings.DANVAN_CODE_PEPPER = "hai" * 20
    assert digest_of("7K4M92CXTH") != first
