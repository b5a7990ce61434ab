"""The chart: what is drawn follows from the numbers, and letters are never squeezed."""

import pytest

from danvan.desk.board.chart import HEIGHT, Bar, Break, Label, Line, Point, draw


def points(*values):
    return [Point(f"{number:02}/2026", value, "lời") for number, value in enumerate(values, 1)]


def test_a_bar_is_as_high_as_its_share_of_the_highest_line():
    found = draw([*points(50.0, None), Point("3", 100.0, "ước", "estimated")], suffix=" %", top=100)
    assert found.bars == [
        Bar("4.67", "24", "116", "116", "sure", "lời"),
        Bar("71.33", "24", "0", "232", "estimated", "ước"),
    ]
    assert found.lines == [
        Line("232", "0 %"), Line("174", "25 %"), Line("116", "50 %"), Line("58", "75 %"), Line("0", "100 %"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ((), ["0", "1"]),
        ((None, None), ["0", "1"]),
        ((0.0,), ["0", "1"]),
        ((3.0,), ["0", "1", "2", "3"]),
        ((0.3,), ["0", "0,1", "0,2", "0,3"]),
        ((130.0, 90.0), ["0", "50", "100", "150"]),
        ((12345.0,), ["0", "5.000", "10.000", "15.000"]),
        ((1e6, 3e6), ["0", "1.000.000", "2.000.000", "3.000.000"]),
    ],
)
def test_lines_stand_at_round_figures_above_every_bar(values, lines):
    found = draw(points(*values))
    assert [line.words for line in found.lines] == lines
    assert [line.y for line in (found.lines[0], found.lines[-1])] == [str(HEIGHT), "0"]
    assert all(float(bar.y) >= 0 for bar in found.bars)


def test_a_phone_reads_every_second_label():
    found = draw(points(*range(1, 19)))
    assert [(label.words, label.wide) for label in found.labels] == [
        ("01/2026", False), ("05/2026", True), ("09/2026", False), ("13/2026", True), ("17/2026", False),
    ]  # fmt: skip
    assert found.labels[0] == Label("2.78", "01/2026", wide=False)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (1, Break("10", "dài", "ngắn", "start")),
        (5, Break("50", "dài", "ngắn", "middle")),
        (9, Break("90", "dài", "ngắn", "end")),
    ],
)
def test_a_break_stands_between_two_bars_and_its_words_stay_inside(at, found):
    drawn = draw(points(*range(1, 11)), breaks=[(at, "dài", "ngắn")])
    assert drawn.breaks == [found]
    assert (found.y, drawn.rows) == (-14, 1)


def test_the_words_of_several_breaks_stand_above_each_other():
    drawn = draw(points(*range(1, 11)), breaks=[(at, f"{at}", "ngắn") for at in (2, 4, 6, 8)])
    assert [(one.words, one.row, one.y, one.anchor) for one in drawn.breaks] == [
        ("ngắn", 0, -14, "start"), ("4", 1, -30, "end"), ("6", 2, -46, "end"), ("8", 0, -14, "end"),
    ]  # fmt: skip
    assert drawn.rows == 3
    assert draw(points(1)).breaks == []
