"""What units are called, and the forms of a name that are searched."""

from datetime import date

from danvan.organisations.enums import Kind, Level
from danvan.vietnamese.text import canonical, fold

# From this day a committee's boards for propaganda and for mass mobilisation are one. Provinces merged
# theirs between February and March 2025; the register takes the first of March for all.
ADVISORY_BOARDS_MERGED = date(2025, 3, 1)

_COMMITTEE = {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}  # fmt: skip

_CENTRAL = {
    Kind.PARTY_COMMITTEE: "Ban Chấp hành Trung ương Đảng",
    Kind.FRONT_COMMITTEE: "Ủy ban Trung ương MTTQ Việt Nam",
    Kind.TRADE_UNION: "Tổng Liên đoàn Lao động Việt Nam",
    Kind.FARMERS_UNION: "Trung ương Hội Nông dân Việt Nam",
    Kind.WOMENS_UNION: "Trung ương Hội LHPN Việt Nam",
    Kind.YOUTH_UNION: "Trung ương Đoàn TNCS Hồ Chí Minh",
    Kind.VETERANS_ASSOCIATION: "Trung ương Hội CCB Việt Nam",
}
_LOCAL = {
    Kind.PEOPLES_COUNCIL: "HĐND",
    Kind.PEOPLES_COMMITTEE: "UBND",
    Kind.FRONT_COMMITTEE: "Ủy ban MTTQ Việt Nam",
    Kind.TRADE_UNION: "Công đoàn",
    Kind.FARMERS_UNION: "Hội Nông dân",
    Kind.WOMENS_UNION: "Hội LHPN",
    Kind.YOUTH_UNION: "Đoàn TNCS Hồ Chí Minh",
    Kind.VETERANS_ASSOCIATION: "Hội CCB",
}

# Folded words that begin a name and mean the same, each before those it begins with.
_SAME = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("uy ban mat tran to quoc viet nam", "uy ban mat tran to quoc", "uy ban mttq viet nam", "uy ban mttq"),
    ("hoi lien hiep phu nu", "hoi lhpn"),
    ("hoi cuu chien binh", "hoi ccb"),
    ("doan thanh nien", "doan tncs ho chi minh"),
)  # fmt: skip

EVERYWHERE = frozenset({Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE})
# The levels at which each kind stands.
LEVELS: dict[Kind, frozenset[Level]] = dict.fromkeys(Kind, EVERYWHERE) | {
    Kind.PEOPLES_COUNCIL: EVERYWHERE - {Level.COUNTRY},
    Kind.PEOPLES_COMMITTEE: EVERYWHERE - {Level.COUNTRY},
}


def bare_name(name: str, type_word: str) -> str:
    """The name without its type word: Con Cuông for Xã Con Cuông."""
    if type_word and name.lower().startswith(f"{type_word.lower()} "):
        return name[len(type_word) + 1 :]
    return name


def within_sentence(name: str, type_word: str) -> str:
    """The name as it stands after other words: xã Con Cuông."""
    bare = bare_name(name, type_word)
    return name if bare == name else f"{type_word.lower()} {bare}"


def other_spellings(folded: str) -> list[str]:
    """What a name may be called in a register instead: "uy ban nhan dan xa x" is "ubnd xa x", and the other way."""
    for same in _SAME:
        said = next((one for one in same if f"{folded} ".startswith(f"{one} ")), None)
        if said is not None:
            return [other + folded[len(said) :] for other in same if other != said]
    return []


def searchable(name: str, *, bare: str) -> dict[str, str]:
    """The columns of a version that hold its name: as written, lower case, folded, folded and bare."""
    name = canonical(name)
    return {"name": name, "lowered": name.lower(), "folded": fold(name), "bare": fold(bare)}


def organisation_name(kind: str, level: str, place: str, type_word: str, day: date) -> str:
    """What an organisation of this kind in this place is called on a day."""
    if kind == Kind.ADVISORY_BOARD:
        return _advisory_name(level, place, type_word, day)
    if level == Level.COUNTRY:
        return _CENTRAL.get(Kind(kind)) or f"{Kind(kind).label} Trung ương"
    bare, seat = bare_name(place, type_word), within_sentence(place, type_word)
    if kind == Kind.PARTY_COMMITTEE:
        if level == Level.COMMUNE:
            return f"Đảng ủy {seat}"
        return f"{_COMMITTEE[type_word.lower()]} {place if bare.isdigit() else bare}"
    if level == Level.PROVINCE and kind == Kind.TRADE_UNION:
        return f"Liên đoàn Lao động {seat}"
    if level == Level.PROVINCE and kind == Kind.YOUTH_UNION:
        head = "Thành Đoàn" if type_word.lower() == "thành phố" else "Tỉnh Đoàn"
        return f"{head} {bare}"
    # A temporary body has a name of its own; this one stands in where nobody gave it one.
    return f"{_LOCAL.get(Kind(kind)) or Kind(kind).label} {seat}"


def _advisory_name(level: str, place: str, type_word: str, day: date) -> str:
    """The body that advises a Party committee on mass mobilisation.

    In a commune since 01/07/2025 that is the board for Party building; in a special zone, which has four
    agencies, the board for propaganda and mass mobilisation. Before, a commune had a bloc.
    """
    merged = day >= ADVISORY_BOARDS_MERGED
    if level == Level.COUNTRY:
        return "Ban Tuyên giáo và Dân vận Trung ương" if merged else "Ban Dân vận Trung ương"
    if level != Level.COMMUNE:
        committee = organisation_name(Kind.PARTY_COMMITTEE, level, place, type_word, day)
        return f"{'Ban Tuyên giáo và Dân vận' if merged else 'Ban Dân vận'} {committee}"
    if not merged:
        return f"Khối Dân vận {within_sentence(place, type_word)}"
    special = type_word.lower() == "đặc khu"
    board = "Ban Tuyên giáo và Dân vận" if special else "Ban Xây dựng Đảng"
    return f"{board} {within_sentence(place, type_word)}"
