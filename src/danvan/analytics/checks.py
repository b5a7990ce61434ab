"""What a composed summary is held against before anybody signs it: its sums and shares, computed anew."""

from dataclasses import dataclass

from danvan.analytics.figures import Figure
from danvan.analytics.summary import Summary


@dataclass(frozen=True, slots=True)
class Check:
    """One test over a summary: how many were tried, and what failed, in words."""

    label: str
    tried: int
    failed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Nothing failed."""
        return not self.failed


def check_summary(summary: Summary) -> list[Check]:
    """The checks of a summary: parts and wholes, shares within their wholes, records behind every figure."""
    figures = {figure.key: figure for figure in summary.figures}
    return [_wholes(figures), _shares(figures), _same(summary), _backed(figures)]


def _wholes(figures: dict[str, Figure]) -> Check:
    """Those who fulfil a target and those who do not make up its population."""
    pairs = [
        (figure, figures[key.removesuffix("met") + "missing"])
        for key, figure in figures.items()
        if key.endswith(":met") and key.removesuffix("met") + "missing" in figures
    ]
    failed = tuple(
        f"{met.definition}: {met.numerator} + {missing.numerator} khác {met.denominator}"
        for met, missing in pairs
        if met.numerator + missing.numerator != met.denominator
    )
    return Check("Tổng bằng các phần", len(pairs), failed)


def _shares(figures: dict[str, Figure]) -> Check:
    """No part is larger than its whole."""
    shared = [figure for figure in figures.values() if figure.denominator is not None]
    failed = tuple(
        f"{figure.definition}: {figure.text}"
        for figure in shared
        if figure.numerator > (figure.denominator or 0)
    )
    return Check("Tỷ lệ tính lại từ tử số, mẫu số", len(shared), failed)


def _same(summary: Summary) -> Check:
    """A figure told twice is the same figure."""
    first: dict[str, Figure] = {}
    for figure in summary.figures:
        first.setdefault(figure.key, figure)
    failed = tuple(
        f"{figure.definition}: {first[figure.key].numerator} và {figure.numerator}"
        for figure in summary.figures
        if figure.numerator != first[figure.key].numerator
    )
    return Check("Lời và biểu khớp nhau", len(first), failed)


def _backed(figures: dict[str, Figure]) -> Check:
    """A count above nothing has records behind it."""
    failed = tuple(
        f"{figure.definition}: {figure.text}, không có hồ sơ"
        for figure in figures.values()
        if figure.numerator and not figure.records and not figure.key.endswith(":missing")
    )
    return Check("Hồ sơ mở được", len(figures), failed)
