"""Two texts as one: what stayed, what was taken out, what was put in."""

from hypothesis import given
from hypothesis import strategies as st

from danvan.vietnamese.differing import LONGEST, Kept, Stretch, stretches

SAME, REMOVED, ADDED = Kept.SAME, Kept.REMOVED, Kept.ADDED


def told(old, new):
    return [(one.kept.value, one.words) for one in stretches(old, new)]


def test_changed_phrases_are_told_whole():
    assert told("Tổ tự quản bản Cò Phạt góp công.", "Tổ tự quản bản Khe Rạn góp công mở đường.") == [
        ("same", "Tổ tự quản bản "),
        ("removed", "Cò Phạt"),
        ("added", "Khe Rạn"),
        ("same", " góp công"),
        ("added", " mở đường"),
        ("same", "."),
    ]  # fmt: skip


def test_nothing_changed_and_everything_changed():
    assert told("", "") == []
    assert told("Như cũ.", "Như cũ.") == [("same", "Như cũ.")]
    assert told("", "Mới.") == [("added", "Mới.")]
    assert told("Cũ", "Mới") == [("removed", "Cũ"), ("added", "Mới")]


def test_a_text_too_long_to_look_through_is_told_as_replaced():
    long = "a" * (LONGEST + 1)
    assert stretches(long, "b") == [Stretch(REMOVED, long), Stretch(ADDED, "b")]


WORDS = st.lists(st.sampled_from(["bản", "góp", "công", " ", "\n", ",", "12,5"]), max_size=12).map(
    "".join
)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_stretches(old, new):
    found = stretches(old, new)
    assert "".join(one.words for one in found if one.kept != ADDED) == old
    assert "".join(one.words for one in found if one.kept != REMOVED) == new
    assert all(one.words for one in found)
