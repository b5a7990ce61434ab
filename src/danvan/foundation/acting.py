"""What every act asks of the words and days it is given: everything that is wrong with them, told at once."""

from collections.abc import Iterable
from datetime import date

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

LONG = 20_000  # letters of an answer


def words_of(
    words: str, *, column: str, missing: str = "", most: int = LONG
) -> tuple[str, list[Fault]]:
    """The words as they are stored, and what is wrong with them: too long, or where `missing` says they are needed nothing but
    marks, which say nothing.
    """
    kept = canonical(words).strip()
    if missing and not says_something(kept):
        return kept, [Fault(missing, column=column)]
    if len(kept) > most:
        long = f"Phần này dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
        return kept, [Fault(long, column=column)]
    return kept, []


def says_something(words: str) -> bool:
    """Whether there is a letter or a digit in it: dots and dashes are how an empty answer is typed past a form."""
    return any(one.isalnum() for one in words)


def day_faults(on: date, *, column: str, since: date, what: str) -> list[Fault]:
    """What is wrong with the day of an act: not come yet, or before what it follows (`what`)."""
    if on > clock.today():
        return [
            Fault(f"Ngày {format_date(on)} chưa đến, đồng chí vui lòng xem lại.", column=column)
        ]
    if on < since:
        words = f"Ngày này phải từ {what} {format_date(since)} trở đi, đồng chí vui lòng xem lại."
        return [Fault(words, column=column)]
    return []


def refuse(faults: Iterable[Fault]) -> None:
    """RuleError with every fault at once, where there is one."""
    found = list(faults)
    if found:
        raise RuleError(" ".join(one.message for one in found), faults=found)
