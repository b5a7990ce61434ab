"""Short lists of units made up for tests: every sort of change that the merger of 2025 knew, once or twice."""

from decimal import Decimal

from danvan.organisations.known import Counts
from danvan.organisations.source import ListedPlace, Source

COUNTS = Counts(2, 8, 3, 4, 8)

PROVINCES = [("an", "01", "Tỉnh An Bình"), ("cam", "03", "Tỉnh Cẩm Thủy")]
COMMUNES = [
    ("n1", "00001", "Xã Một", "an", 30),
    ("n2", "00002", "Xã Hai Mới", "an", 20),
    ("n3", "00003", "Phường Ba", "an", None),
    ("n4", "00004", "Phường Bốn", "an", 10),
    ("n5", "00099", "Đặc khu Đảo Xa", "an", 3),
    ("n6", "00006", "Xã Sáu", "cam", 40),
    ("n7", "00007", "Xã Bảy", "cam", 50),
    ("n8", "00009", "Xã Chín", "cam", 25),
]
OLD_PROVINCES = [
    ("an", "01", "Tỉnh An Bình"),
    ("binh", "02", "Tỉnh Bình Hòa"),
    ("cam", "03", "Tỉnh Cẩm Thủy"),
]
OLD_DISTRICTS = [
    ("a1", "001", "Huyện Ba Vì", "an"),
    ("b1", "002", "Thành phố Hòa Bình", "binh"),
    ("b2", "003", "Huyện Đảo Xa", "binh"),
    ("d1", "004", "Huyện Cẩm", "cam"),
]
OLD_COMMUNES = [
    ("c1", "00001", "Xã Một", "a1"),
    ("c2", "00002", "Xã Hai", "a1"),
    ("c3", "00003", "Thị trấn Ba", "a1"),
    ("c4", "00004", "Phường Bốn", "b1"),
    ("c5", "00005", "Xã Năm", "b1"),
    ("c6", "00006", "Xã Sáu", "d1"),
    ("c7", "00007", "Xã Bảy", "d1"),
    ("c8", "00008", "Xã Tám", "d1"),
]
LINKS = {
    "c1": ["n1"],
    "c2": ["n1", "n2"],
    "c3": ["n3"],
    "c4": ["n3", "n4"],  # the area of n3 is not known
    "c5": ["n4"],
    "b2": ["n5"],  # a district without communes
    "c6": ["n6"],  # the same unit
    "c7": ["n7"],
    "c8": ["n7", "n8"],
}
TYPES = ("Thị trấn", "Thành phố", "Đặc khu")


def _place(key, code, name, above="", area=None):
    word = next((one for one in TYPES if name.startswith(one)), name.split()[0])
    return ListedPlace(
        key, code, name, word.lower(), above, area_km2=None if area is None else Decimal(area)
    )


def short_lists():
    """The lists as `load_register` takes them."""
    return Source(
        provinces={row[0]: _place(*row) for row in PROVINCES},
        communes={row[0]: _place(*row) for row in COMMUNES},
        old_provinces={row[0]: _place(*row) for row in OLD_PROVINCES},
        old_districts={row[0]: _place(*row) for row in OLD_DISTRICTS},
        old_communes={row[0]: _place(*row) for row in OLD_COMMUNES},
        links={old: list(news) for old, news in LINKS.items()},
        merged={"an": "an", "binh": "an", "cam": "cam"},
    )
