"""Who gives a report: the organisation that issues it, the one above it, and how its documents are marked."""

from dataclasses import dataclass
from datetime import date

from danvan.organisations.enums import Kind
from danvan.organisations.selectors import names_on, organisations_at, unit_on
from danvan.vietnamese.text import fold

# Whoever advises the Party committee on mass mobilisation reports for the place; failing that, the committee.
ISSUING = (Kind.ADVISORY_BOARD, Kind.PARTY_COMMITTEE)
PLACE_WORDS = ("Tỉnh ", "Thành phố ", "Xã ", "Phường ", "Đặc khu ")
UNMARKED = {"và", "của"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a report. `issuer_id` is None where no organisation of the place can issue one."""

    issuer_id: int | None
    superior: list[str]
    issuer: str
    mark: str  # BC/BTGDVTU


def head_of(place_id: int, place_name: str, day: date) -> Head:
    """Who reports for a place on a day: its advisory board, else its Party committee, else the place itself."""
    found = {kind: list(organisations_at([place_id], kinds=[kind], on=day)) for kind in ISSUING}
    boards, committees = found[Kind.ADVISORY_BOARD], found[Kind.PARTY_COMMITTEE]
    names = names_on([*boards, *committees], day)
    if boards:
        above = names[committees[0]] if committees else ""
        name = names[boards[0]]
        if above and name.endswith(f" {above}"):  # the line above names it already
            name = name.removesuffix(f" {above}")
            return _head(boards[0], above, name, initials(name) + _committee_mark(above))
        return _head(boards[0], above, name, initials(name))
    if committees:
        name = names[committees[0]]
        return _head(committees[0], _above(committees[0], day), name, _committee_mark(name))
    return _head(None, "", place_name, initials(place_name))


def _head(issuer_id: int | None, above: str, name: str, mark: str) -> Head:
    superior = [above.upper()] if above else []
    return Head(issuer_id, superior, name.upper(), f"BC/{mark}")


def _committee_mark(name: str) -> str:
    """TU for Tỉnh ủy Nghệ An, ĐU for Đảng ủy xã Môn Sơn."""
    return initials(" ".join(name.split()[:2]))


def _above(unit_id: int, day: date) -> str:
    """The organisation above on the same line, where there is one."""
    unit = unit_on(unit_id, day)
    above = unit_on(unit.parent_id, day) if unit and unit.parent_id else None
    return above.name if above else ""


def initials(name: str) -> str:
    """The mark of an organisation in a symbol: BTGDVTU for Ban Tuyên giáo và Dân vận Tỉnh ủy."""
    letters = (word[0].upper() for word in name.split() if word.lower() not in UNMARKED)
    return "".join("Đ" if letter == "Đ" else fold(letter).upper() for letter in letters)


def place_and_day(place_name: str, day: date) -> str:
    """`Nghệ An, ngày 05 tháng 02 năm 2026`: a nought before one-figure days and the first two months."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{_bare(place_name)}, ngày {day.day:02} tháng {month} năm {day.year}"


def _bare(name: str) -> str:
    word = next((word for word in PLACE_WORDS if name.startswith(word)), "")
    return name.removeprefix(word)
