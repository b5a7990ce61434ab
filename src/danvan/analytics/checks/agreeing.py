"""Checks that need no sum: shares, denominators, figures told twice, records behind figures."""

from danvan.analytics.checks.again import Again
from danvan.analytics.checks.counting import gap
from danvan.analytics.checks.gaps import Check
from danvan.analytics.figures import Figure
from danvan.analytics.summary import Summary
from danvan.vietnamese.numbers import format_number, format_share

SHOWN = 3  # shares told as an example


def shares(summary: Summary) -> Check:
    """Each share follows from its numerator and denominator, and no part is larger than its whole."""
    found = [figure for figure in summary.figures if figure.denominator is not None]
    failed = []
    for figure in found:
        whole = figure.denominator or 0
        if figure.numerator > whole:
            part, of = format_number(figure.numerator), format_number(whole)
            failed.append(gap(figure, f"tử số {part} lớn hơn mẫu số {of}."))
    told = [format_share(one.numerator, one.denominator) for one in found[:SHOWN]]
    return Check("Tỷ lệ tính lại từ tử số, mẫu số", len(found), tuple(failed), "; ".join(told))


def clear_wholes(summary: Summary, again: Again) -> Check:
    """Every denominator is known, and is the population that the register holds on that day."""
    failed, tried = [], 0
    for figure in summary.notes:
        wanted = again.population_of(figure)
        if wanted is None:
            continue
        tried += 1
        if figure.denominator != wanted:
            told, there = format_number(figure.denominator or 0), format_number(wanted)
            failed.append(gap(figure, f"mẫu số ghi {told}, sổ đơn vị có {there}."))
    return Check("Mẫu số rõ ràng", tried, tuple(failed), "Theo sổ đơn vị và kỳ đã mở")


def same(summary: Summary) -> Check:
    """A figure told twice is the same figure."""
    first: dict[str, Figure] = {}
    failed = []
    for figure in summary.figures:
        told = first.setdefault(figure.key, figure)
        if figure.numerator != told.numerator or figure.denominator != told.denominator:
            failed.append(gap(figure, f"một nơi ghi {told.text}, nơi khác ghi {figure.text}."))
    return Check("Lời và biểu khớp nhau", len(first), tuple(failed))


def backed(summary: Summary, again: Again) -> Check:
    """A count above nothing has records behind it, as many as it says, whose sum is the figure."""
    failed = [one for figure in summary.notes for one in again.unbacked(figure)]
    return Check("Hồ sơ mở được", len(summary.notes), tuple(failed))
