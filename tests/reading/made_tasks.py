"""Documents made up at test time that give out work: random doers, days and products, with what they carry.

`make_tasks(seed)` gives the text and the tasks that the reading engine must find again, between sentences
that tell of the past, state targets or only praise. All sentences are our own.
"""

import random
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

# Doers: words -> kinds of organisation, levels, place.
DOERS = (
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy", ("advisory_board",), ("province",), ""),
    ("Ủy ban MTTQ tỉnh", ("front_committee",), ("province",), ""),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", ("front_committee",), ("province",), ""),
    ("Đảng ủy các xã, phường", ("party_committee",), ("commune",), ""),
    ("đảng ủy cấp xã", ("party_committee",), ("commune",), ""),
    ("UBND các xã, phường", ("peoples_committee",), ("commune",), ""),
    ("Ủy ban nhân dân xã Con Cuông", ("peoples_committee",), ("commune",), "xã Con Cuông"),
    ("UBND phường Trường Vinh", ("peoples_committee",), ("commune",), "phường Trường Vinh"),
    ("Đảng ủy xã Môn Sơn", ("party_committee",), ("commune",), "xã Môn Sơn"),
    ("Ban Thường vụ Đảng ủy xã Tri Lễ", ("party_committee",), ("commune",), "xã Tri Lễ"),
    ("Ủy ban Mặt trận Tổ quốc các cấp", ("front_committee",), (), ""),
    ("Hội Nông dân tỉnh", ("farmers_union",), ("province",), ""),
    ("Hội Liên hiệp Phụ nữ xã Keng Đu", ("womens_union",), ("commune",), "xã Keng Đu"),
    ("Đảng ủy, UBND các xã, phường", ("party_committee", "peoples_committee"), ("commune",), ""),
    ("các xã, phường", ("place",), ("commune",), ""),
    ("Sở Nội vụ", ("",), (), ""),
    ("Công an tỉnh", ("",), (), ""),
)
SUPPORTS = (
    ("Văn phòng Tỉnh ủy", ("",)),
    ("Ủy ban MTTQ tỉnh", ("front_committee",)),
    ("UBND các xã, phường", ("peoples_committee",)),
    ("Hội Nông dân tỉnh và Tỉnh Đoàn", ("farmers_union", "youth_union")),
    ("các cơ quan, đơn vị liên quan", ("",)),
)
# What is to be done: the words, and the product they name ("" where they name none).
DEEDS = (
    ("xây dựng kế hoạch thực hiện Nghị quyết", "kế hoạch"),
    ("tham mưu Ban Thường vụ Tỉnh ủy ban hành hướng dẫn công tác dân vận", "hướng dẫn"),
    ("rà soát danh sách hộ dân vùng sạt lở", ""),
    ("tổng hợp, báo cáo kết quả về Tỉnh ủy", "báo cáo"),
    ("sửa chữa ngầm tràn bản Xiềng", ""),
    ("lập biên bản bàn giao công trình cho bản quản lý", "biên bản"),
    ("kiểm tra việc thực hiện quy chế dân chủ ở cơ sở", ""),
    ("xây dựng mô hình dân vận khéo về giữ rừng", "mô hình"),
    ("trình tờ trình về kinh phí hỗ trợ di dời", "tờ trình"),
    ("niêm yết công khai số điện thoại tiếp dân tại nhà văn hóa", ""),
    ("nắm tình hình Nhân dân ở vùng đồng bào dân tộc", ""),
)
NOISE = (
    "Năm {year}, Tỉnh ủy đã giao Ban Dân vận theo dõi {n} mô hình.",
    "Đảng ủy xã Môn Sơn đã tổ chức {n} cuộc đối thoại trước ngày 30/9/{year}.",
    "Phấn đấu đến năm {next}, 9{d}% hộ dân được dùng nước sạch.",
    "Hằng năm, Ủy ban Mặt trận Tổ quốc cấp xã chủ trì ít nhất 0{d} nội dung giám sát.",
    "Công tác dân vận là trách nhiệm của cả hệ thống chính trị.",
    "Việc tiếp dân ở một số nơi chưa đi vào nền nếp, còn lúng túng.",
    "Trong kỳ đã trả lời {n} kiến nghị của Nhân dân, đạt 9{d},5%.",
)


@dataclass(frozen=True)
class ExpectedTask:
    """One task the text carries."""

    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    place: str
    supports: tuple[str, ...]
    title: str
    product: str
    due_on: date | None = None
    due_words: str = ""
    regular: bool = False
    every: str = ""


@dataclass(frozen=True)
class MadeTasks:
    """A made-up document that gives out work."""

    text: str
    tasks: list[ExpectedTask]
    targets: int


def make_tasks(seed: int) -> MadeTasks:
    """A document from this seed: the same seed gives the same text and tasks."""
    pick = random.Random(seed)
    year = pick.randint(2025, 2029)
    makers = (_given, _given, _led, _told, _continued)
    lines: list[str] = []
    tasks: list[ExpectedTask] = []
    targets = 0
    for number in range(1, pick.randint(4, 9)):
        words, expected = pick.choice(makers)(pick, year)
        lines.append(f"{number}. {words}")
        tasks += expected
        if pick.random() < 0.4:
            noise = pick.choice(NOISE)
            targets += noise.startswith(("Phấn đấu", "Hằng năm"))
            lines.append(
                noise.format(
                    year=year - 1, next=year + 2, n=pick.randint(11, 99), d=pick.randint(2, 9)
                )
            )
    words, expected = _listed(pick, year)
    lines += words
    tasks += expected
    head = [
        "TỈNH ỦY SÔNG LAM", "*", f"Số {pick.randint(1, 90):02}-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM",
        f"Sông Lam, ngày {pick.randint(1, 28):02} tháng {pick.randint(1, 12):02} năm {year}",
        "KẾ HOẠCH", "công tác dân vận của hệ thống chính trị",
    ]  # fmt: skip
    body = [
        f"Căn cứ Nghị quyết số {pick.randint(1, 90):02}-NQ/TU, ngày 10/3/{year - 1} của Ban Thường vụ Tỉnh ủy;",
        "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch với các nội dung sau:",
        pick.choice(("II. Tổ chức thực hiện", "II. TỔ CHỨC THỰC HIỆN", "II. Phân công thực hiện")),
        *lines,
    ]
    return MadeTasks("\n".join([*head, *body, "T/M BAN THƯỜNG VỤ"]), tasks, targets)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


Due = tuple[str, dict[str, object]]


def _due(pick: random.Random, year: int) -> Due:
    """How the last day is worded behind a deed, and what must be read of it."""
    month, quarter = pick.randint(1, 12), pick.randint(1, 4)
    day = pick.randint(1, 28)
    roman = ("I", "II", "III", "IV")[quarter - 1]
    month_end = date(year, month, monthrange(year, month)[1])
    quarter_end = date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
    return pick.choice(
        (
            (f", hoàn thành trước ngày {day}/{month}/{year}", {"due_on": date(year, month, day)}),
            (f"; hoàn thành trước ngày {day:02}/{month:02}/{year}", {"due_on": date(year, month, day)}),
            (f", xong trong tháng {month}/{year}", {"due_on": month_end}),
            (f" trong quý {roman}/{year}", {"due_on": quarter_end}),
            (f"; xong trong quý {roman} năm {year}", {"due_on": quarter_end}),
            (f" trong năm {year}", {"due_on": date(year, 12, 31)}),
            (f", chậm nhất ngày {day} tháng {month} năm {year}", {"due_on": date(year, month, day)}),
            (f" đến hết năm {year}", {"due_on": date(year, 12, 31)}),
            (" trong thời hạn 30 ngày", {"due_words": "trong thời hạn 30 ngày"}),
            (" ngay sau khi nhận được Kế hoạch này", {"due_words": "ngay sau khi nhận được Kế hoạch này"}),
            (" trong quý III", {"due_words": "trong quý III"}),
            ("", {}),
        )
    )  # fmt: skip


def _expected(who: tuple[object, ...], deed: tuple[str, str], due: dict[str, object], supports: tuple[str, ...] = (), product: str = "") -> list[ExpectedTask]:  # fmt: skip
    _, kinds, levels, place = who
    return [
        ExpectedTask(kinds, levels, place, supports, deed[0], product or deed[1], **due)  # type: ignore[arg-type]
    ]


def _given(pick: random.Random, year: int) -> tuple[str, list[ExpectedTask]]:
    """`Giao A chủ trì, phối hợp với B làm gì, hoàn thành trước ngày ...`."""
    who, deed, (words, due) = pick.choice(DOERS), pick.choice(DEEDS), _due(pick, year)
    give = pick.choice(("Giao", "Yêu cầu", "Phân công", "Đề nghị", "Ban Thường vụ Tỉnh ủy giao"))
    support, kinds = pick.choice(SUPPORTS)
    if who[1] == kinds or set(kinds) & set(who[1]) - {""}:
        support, kinds = "Văn phòng Tỉnh ủy", ("",)
    if pick.random() < 0.5:
        text = f"{give} {who[0]} chủ trì, phối hợp với {support} {deed[0]}{words}."
        return text, _expected(who, deed, due, kinds)
    return f"{give} {who[0]} {deed[0]}{words}.", _expected(who, deed, due)


def _led(pick: random.Random, year: int) -> tuple[str, list[ExpectedTask]]:
    """`A có trách nhiệm làm gì ...`, `A chủ trì ...`."""
    who, deed, (words, due) = pick.choice(DOERS), pick.choice(DEEDS), _due(pick, year)
    lead = pick.choice(("có trách nhiệm", "chịu trách nhiệm", "chủ trì"))
    return f"{_capital(who[0])} {lead} {deed[0]}{words}.", _expected(who, deed, due)


def _told(pick: random.Random, year: int) -> tuple[str, list[ExpectedTask]]:
    """`A làm gì trước ngày ...`, `Trước ngày ..., A làm gì`, `A thường xuyên làm gì`, `A hằng quý ...`."""
    who = pick.choice([one for one in DOERS if one[1] != ("",)])
    deed = pick.choice(DEEDS)
    shape = pick.randint(0, 3)
    if shape == 0:
        words, due = _due(pick, year)
        while not due:
            words, due = _due(pick, year)
        return f"{_capital(who[0])} {deed[0]}{words}.", _expected(who, deed, due)
    if shape == 1:
        day = date(year, pick.randint(1, 12), pick.randint(1, 28))
        text = f"Trước ngày {day.day}/{day.month}/{day.year}, {who[0]} {deed[0]}."
        return text, _expected(who, deed, {"due_on": day})
    if shape == 2:
        text = f"{_capital(who[0])} thường xuyên {deed[0]}."
        return text, _expected(who, deed, {"regular": True, "due_words": "thường xuyên"})
    every, words = pick.choice(
        (("quarter", "hằng quý"), ("month", "hằng tháng"), ("year", "hằng năm"))
    )
    text = f"{_capital(who[0])} {words} {deed[0]}."
    return text, _expected(who, deed, {"regular": True, "every": every, "due_words": words})


def _continued(pick: random.Random, year: int) -> tuple[str, list[ExpectedTask]]:
    """Two doers in one sentence, and a product in the next."""
    first, second = pick.sample([one for one in DOERS if one[1] != ("",)], 2)
    one, two = pick.sample(DEEDS, 2)
    (words, due), (more, other) = _due(pick, year), _due(pick, year)
    words, more = words.replace(";", ","), more.replace(";", ",")
    text = f"Giao {first[0]} {one[0]}{words}; {second[0]} chủ trì {two[0]}{more}."
    expected = _expected(first, one, due) + _expected(second, two, other, product="hồ sơ, ảnh chụp")
    return f"{text} Sản phẩm: hồ sơ, ảnh chụp.", expected


def _listed(pick: random.Random, year: int) -> tuple[list[str], list[ExpectedTask]]:
    """A doer as a heading, with what it has to do below."""
    who = pick.choice([one for one in DOERS if one[1] != ("",)])
    lines, tasks = [f"10. {_capital(who[0])}:"], []
    for deed in pick.sample(DEEDS, 2):
        words, due = _due(pick, year)
        lines.append(f"- {_capital(deed[0])}{words}.")
        tasks += _expected(who, deed, due)
    return lines, tasks
