"""What villages are called: the type words in use, the columns of the sheet that lists them."""

from danvan.foundation.sheet import Wanted, heading_key
from danvan.organisations.naming import bare_name
from danvan.vietnamese.text import canonical, fold

# Longer words first: "tổ dân phố 3" is no "tổ".
TYPE_WORDS = (
    "tổ dân phố", "khu dân cư", "tiểu khu", "khu phố", "khối phố", "khu vực", "thôn", "bản", "xóm",
    "khóm", "ấp", "buôn", "làng", "khối", "phum", "sóc", "plei", "bon", "chòm", "cụm", "đội", "khu", "tổ",
)  # fmt: skip
SHORT = {"tdp": "tổ dân phố", "kdc": "khu dân cư", "kp": "khu phố", "tk": "tiểu khu"}
BY_WORD = {fold(word): word for word in TYPE_WORDS} | SHORT

# field: (heading of our own template, other headings in use)
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "code": ("Mã xã", ("mã", "mã đơn vị", "mã ĐVHC", "mã đơn vị hành chính", "mã xã, phường", "mã phường", "mã địa bàn")),
    "commune": ("Tên xã", ("xã", "xã, phường", "phường", "tên xã, phường", "tên đơn vị", "đơn vị", "xã/phường", "tên phường")),
    "name": (
        "Tên thôn",
        ("thôn", "tên thôn, tổ dân phố", "thôn, tổ dân phố", "tên tổ dân phố", "tên bản", "tên ấp", "tên xóm",
         "tên khóm", "tên buôn", "tên làng", "tên khu phố", "tên", "thôn/tổ dân phố", "tên thôn/tổ dân phố",
         "tên thôn (bản, xóm)", "tên khu dân cư", "thôn, bản", "tên thôn, bản", "thôn/bản", "tên thôn/bản", "xóm, bản",
         "tên xóm, bản", "khối, xóm", "tên khối, xóm", "khối, xóm, bản", "tên khối, xóm, bản", "tên khối", "thôn, xóm",
         "tên thôn, xóm", "thôn, bản, tổ dân phố", "tên thôn, bản, tổ dân phố", "tên làng, bản"),
    ),
    "type_word": ("Loại hình", ("loại", "loại thôn", "kiểu")),
    "households": ("Số hộ", ("hộ", "tổng số hộ", "số hộ gia đình", "số hộ dân", "hộ dân")),
    "population": ("Nhân khẩu", ("số nhân khẩu", "số khẩu", "khẩu", "dân số", "số dân", "tổng số nhân khẩu")),
    "decision": ("Quyết định", ("văn bản", "văn bản quyết định", "quyết định thành lập", "nghị quyết", "căn cứ", "số quyết định")),
    "since": ("Từ ngày", ("ngày thành lập", "ngày", "thời điểm thành lập", "ngày có hiệu lực", "hiệu lực từ ngày")),
}  # fmt: skip
HEADINGS = {field: heading for field, (heading, _) in COLUMNS.items()}
MOST_ROWS = 20_000
WANTED = Wanted(
    "thôn, tổ dân phố",
    "Mã xã, Tên thôn, Loại hình, Số hộ, Nhân khẩu",
    synonyms={
        heading_key(word): field
        for field, (heading, others) in COLUMNS.items()
        for word in (heading, *others)
    },
    needed=("name",),
    most_rows=MOST_ROWS,
)


def type_in(name: str) -> str:
    """The type word a name begins with (tdp 3 too); empty where it begins with none."""
    words = fold(name).replace(".", " ").split()
    for length in (3, 2, 1):
        found = BY_WORD.get(" ".join(words[:length]))
        if found and len(words) > length:
            return found
    return ""


def full_name(name: str, type_word: str) -> str:
    """The name with its type word spelt out before it: Thôn Đoài, Tổ dân phố 3."""
    words, length = name.split(), len(type_word.split())
    head = " ".join(words[:length])
    if type_in(name) == type_word:
        # "TDP 3" and "Tdp.3" have their type in one word.
        if fold(head) != fold(type_word):
            first = name.replace(".", " ").split()
            words, length = first, 1
        words = words[length:]
    return f"{type_word.capitalize()} {' '.join(words)}"


def village_key(name: str, type_word: str) -> str:
    """What two villages of one commune may not share: the name without its type word, in small letters, without
    a leading "số" and noughts (Thôn 03 and Thôn số 3 are both 3).
    """
    bare = bare_name(canonical(name), type_word).lower().removeprefix("số ").strip()
    return bare.lstrip("0") or "0" if bare.isdigit() else bare
