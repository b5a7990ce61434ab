"""Numbers of the installation for tests: only those asked for, not the whole file."""

from datetime import date

from danvan.law.models import LegalParameter

CLOCK = {
    "clock.warn.half": (50, 100, "share of term"),
    "clock.warn.most": (80, 100, "share of term"),
    "clock.warn.before": (2, 1, "WD before"),
    "clock.silence": (15, 1, "D"),
    "clock.escalate.first": (1, 1, "WD"),
    "clock.escalate.second": (5, 1, "WD"),
    "clock.pause.cap": (180, 1, "D"),
    "clock.age.soon": (7, 1, "D"),
    "clock.age.first": (10, 1, "D"),
    "clock.age.second": (30, 1, "D"),
    "clock.age.third": (90, 1, "D"),
    "clock.series.ahead": (30, 1, "D"),
}


def make_parameters(*keys):
    """The rows of these keys as the file has them; all that clocks need, where none is named."""
    return LegalParameter.objects.bulk_create(
        LegalParameter(
            key=key, title=key, numerator=CLOCK[key][0], denominator=CLOCK[key][1],
            unit=CLOCK[key][2], valid_from=date(2020, 1, 1), citation="Cài đặt ban đầu",
            confidence="K", loaded_on=date(2026, 1, 1),
        )
        for key in keys or CLOCK
    )  # fmt: skip
