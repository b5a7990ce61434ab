"""What a unit carries, as its pages write it: words, forms, who writes it down and who ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from danvan.desk.register.forms import FlagForm, LinkForm, MarkForm, TermForm
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import UnitOnDay, find_units
from danvan.organisations.selectors.standing import flag_of, link_of, mark_of
from danvan.organisations.services.standing import (
    begin_term,
    end_link,
    end_mark,
    link_units,
    lower_flag,
    raise_flag,
    record_mark,
)


def _link(unit_id: int, *, other: str, other_id: str, **said: Any) -> Any:
    return link_units(unit_id, _other(other, other_id), **said)


def _other(words: str, picked: str) -> int:
    """The organisation that was picked, else the only one that the words mean."""
    if picked.isascii() and picked.isdigit() and len(picked) < 18:
        return int(picked)
    found = [row for row in find_units(words, on=clock.today(), limit=5) if row.kind]
    exact = [row for row in found if row.name.lower() == words.strip().lower()]
    meant = exact or found
    if len(meant) != 1:
        sentence = (
            "Có nhiều tổ chức như vậy: " + "; ".join(f"{r.name}, {r.context}" for r in meant[:4])
            + ". Đồng chí vui lòng gõ đủ tên."
            if meant
            else "Không thấy tổ chức này, đồng chí vui lòng gõ lại tên."
        )  # fmt: skip
        raise RuleError(sentence, faults=[Fault(sentence, column="other")])
    return meant[0].id


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing that a unit carries: its words, its form, who writes it down and who ends it."""

    title: str
    done: str
    at: str  # where it stands on the card
    form: type[Any]
    record: Callable[..., Any]
    row: Callable[[int, int], Any] | None
    end: Callable[..., Any] | None
    fits: Callable[[UnitOnDay], bool]


CARRIED: dict[str, Carried] = {
    "ky-hieu": Carried("Ký hiệu, con dấu", "Đã ghi ký hiệu, con dấu.", "dau", MarkForm, record_mark, mark_of, end_mark, lambda unit: not unit.is_place),
    "nhiem-ky": Carried("Nhiệm kỳ", "Đã ghi nhiệm kỳ.", "nhiem-ky", TermForm, begin_term, None, None, lambda unit: unit.kind == Kind.PARTY_COMMITTEE),
    "vung": Carried("Vùng khó khăn, biên giới, hải đảo", "Đã ghi vùng của địa bàn.", "vung", FlagForm, raise_flag, flag_of, lower_flag, lambda unit: unit.is_place),
    "quan-he": Carried("Quan hệ với tổ chức khác", "Đã ghi quan hệ.", "quan-he", LinkForm, _link, link_of, end_link, lambda unit: not unit.is_place),
}  # fmt: skip
