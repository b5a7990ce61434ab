"""Every proposal is marked where it stands, and no letter of the text is lost."""

import re
import time
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.documents.models import Proposal
from danvan.documents.selectors import marked_lines
from danvan.documents.templatetags.documents import source_text


def spans(*given):
    return [
        Proposal(pk=place + 1, kind=kind, start=start, end=end)
        for place, (kind, start, end) in enumerate(given)
    ]


def plain(html):
    return unescape(re.sub(r"<sup>\d+</sup>|<[^>]+>", "", html))


def test_a_span_is_one_link_to_its_item_with_its_number():
    html = source_text("Có 168 người dự.", spans(("figure", 3, 12)), "so-lieu", None)
    assert html == (
        '<p>Có <a class="sp sp-fig" id="s1" href="#p1">168 người<sup>1</sup></a> dự.</p>\n'
    )


def test_an_item_of_another_tab_is_reached_by_its_tab():
    html = source_text("Có 168 người dự.", spans(("figure", 3, 12)), "chi-tieu", 1)
    assert 'class="sp sp-fig now"' in html
    assert 'href="?nhom=so-lieu&amp;muc=1#p1"' in html


def test_a_span_inside_another_is_shown_inside_it():
    found = spans(("target", 0, 10), ("figure", 4, 6))
    html = source_text("Đạt 90 % xã", found, "chi-tieu", None)
    assert re.findall("sp-(tgt|fig)", html) == ["tgt", "fig", "tgt"]
    assert html.count('id="s1"') == html.count('id="s2"') == 1
    assert plain(html).strip() == "Đạt 90 % xã"


def test_two_spans_from_one_place_both_have_their_anchor():
    html = source_text("Luật này", spans(("citation", 0, 4), ("target", 0, 8)), "chi-tieu", None)
    assert html.count('id="s1"') == html.count('id="s2"') == 1


def test_a_span_over_two_lines_is_marked_in_both():
    lines = marked_lines("một hai\n\nba bốn", spans(("target", 4, 11)))
    marks = [[segment.mark for segment in line.segments] for line in lines]
    assert marks == [[None, 0], [0, None]]
    assert lines[0].segments[1].begins == (0,)
    assert lines[1].segments[0].ends == (0,)


def test_what_a_text_holds_is_never_markup():
    html = source_text("<script>alert('x')</script> & “y”", [], "chi-tieu", None)
    assert "<script" not in html
    assert plain(html).strip() == "<script>alert('x')</script> & “y”"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", True),
        ("NGHỊ QUYẾT", True),
        ("Nghị quyết", False),
        ("* * * *", False),
        ("A" * 200, False),
        ("1234", False),
    ],
)
def test_a_line_of_capitals_is_a_heading(line, heading):
    assert marked_lines(line, [])[0].heading is heading


@st.composite
def marked_texts(draw):
    text = draw(st.text(alphabet="ab \n\r\x0bĐ<&", max_size=60))
    pairs = draw(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 25)), max_size=8).map(sorted)
    )
    return text, spans(*(("target", start, start + length) for start, length in pairs))


@given(marked_texts())
@settings(max_examples=300)
def test_no_letter_is_lost_and_every_span_within_the_text_is_anchored_once(case):
    text, proposals = case
    html = source_text(text, proposals, "chi-tieu", None)
    assert "".join(plain(html).split()) == "".join(text.split())
    for place, proposal in enumerate(proposals, start=1):
        inside = text[proposal.start : proposal.end]
        if inside.strip():
            assert html.count(f'id="s{place}"') == 1


def test_a_megabyte_with_hundreds_of_proposals_is_marked_fast():
    line = "Thực hiện tốt việc đối thoại với Nhân dân trên địa bàn toàn tỉnh năm 2026.\n"
    text = line * (1_000_000 // len(line))
    found = spans(*(("target", place, place + 40) for place in range(0, len(text) - 50, 2_000)))
    began = time.perf_counter()
    html = source_text(text, found, "chi-tieu", None)
    assert time.perf_counter() - began < 3
    assert html.count("<sup>") == len(found)
