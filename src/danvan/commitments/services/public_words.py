"""Words that anybody may read: nothing in them may lead to a person."""

import re

from danvan.commitments.services import rows
from danvan.foundation.acting import says_something
from danvan.foundation.errors import Fault
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

# Nine figures in a row or more, also in groups: a telephone, an identity paper, a bank account. Days and sums stay.
NUMBER_OF_A_PERSON = re.compile(r"(?<![\d/])\+?\d(?:[ .-]?\d){8,14}(?![\d/])")
MONEY = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")


def leads_to_a_person(words: str) -> bool:
    """Whether the words hold a telephone, the number of a paper or an e-mail address."""
    without_sums = MONEY.sub("", words)
    return "@" in words or NUMBER_OF_A_PERSON.search(without_sums) is not None


def public_faults(
    words: str, *, label: str, missing: str = "", most: int = rows.SHORT, column: str = "words"
) -> list[Fault]:
    """What is wrong with words that are to be public; `missing` says what to do where there are none."""
    kept = canonical(words).strip()
    if not kept and not missing:
        return []
    if missing and not says_something(kept):
        return [Fault(missing, column=column)]
    faults = []
    if len(kept) > most:
        long = f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
        faults.append(Fault(long, column=column))
    if leads_to_a_person(kept):
        told = "có số điện thoại, số giấy tờ hoặc hộp thư; ai có mã cũng đọc được"
        faults.append(Fault(f"{label} {told}. Đồng chí vui lòng bỏ đi.", column=column))
    return faults
