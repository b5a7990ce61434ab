"""Resolutions made up at test time: random thresholds, doers and wordings, with the targets they carry.

`make_resolution(seed)` gives the text, a function that makes the Word file, and the targets that the
reading engine must find again. All sentences are our own.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

import docx

# Doers: words -> kinds of organisation, levels.
DOERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("cấp ủy các cấp", ("party_committee",), ()),
    ("cấp ủy cấp xã", ("party_committee",), ("commune",)),
    ("đảng ủy xã, phường", ("party_committee",), ("commune",)),
    ("chính quyền các cấp", ("peoples_committee",), ()),
    ("Ủy ban nhân dân cấp xã", ("peoples_committee",), ("commune",)),
    ("cấp ủy, chính quyền các cấp", ("party_committee", "peoples_committee"), ()),
    ("Hội đồng nhân dân cấp xã", ("peoples_council",), ("commune",)),
    ("Ủy ban Mặt trận Tổ quốc các cấp", ("front_committee",), ()),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã", ("front_committee",), ("commune",)),
    ("Hội Nông dân cấp xã", ("farmers_union",), ("commune",)),
    ("Hội Liên hiệp Phụ nữ cấp xã", ("womens_union",), ("commune",)),
    ("Đoàn Thanh niên cấp xã", ("youth_union",), ("commune",)),
    ("Hội Cựu chiến binh cấp xã", ("veterans_association",), ("commune",)),
    ("Công đoàn cấp xã", ("trade_union",), ("commune",)),
)
# Measures as something done at least once.
DONE: dict[str, tuple[str, ...]] = {
    "working_session": (
        "làm việc với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội cùng cấp",
        "tổ chức buổi làm việc với Mặt trận Tổ quốc cùng cấp",
    ),
    "orientation_document": (
        "ban hành văn bản định hướng hoạt động cho các đoàn thể",
        "có văn bản định hướng hoạt động của Mặt trận",
    ),
    "coordination_regulation": (
        "có quy chế phối hợp với Mặt trận Tổ quốc",
        "ký quy chế phối hợp với các đoàn thể cùng cấp",
    ),
    "coordination_evaluation": (
        "tổ chức đánh giá kết quả thực hiện quy chế phối hợp",
        "đánh giá việc thực hiện quy chế phối hợp",
    ),
    "dialogue": ("tổ chức đối thoại với Nhân dân", "mở hội nghị tiếp xúc, đối thoại trực tiếp"),
    "dialogue_in_programme": (
        "đưa nội dung đối thoại với Nhân dân vào chương trình công tác",
        "đưa việc tiếp xúc, đối thoại vào kế hoạch công tác",
    ),
    "conclusion_review": (
        "rà soát việc thực hiện các kết luận sau tiếp dân",
        "rà soát, đôn đốc thực hiện kết luận của người đứng đầu sau tiếp xúc, đối thoại",
    ),
    "dissemination": ("tổ chức hội nghị quán triệt nghị quyết cho cán bộ",),
    "training": ("mở lớp tập huấn nghiệp vụ cho cán bộ cơ sở",),
}
# Measures that are counted: unit and words behind the number.
COUNTED: dict[str, str] = {
    "supervision": "nội dung giám sát",
    "social_criticism": "nội dung phản biện xã hội",
    "dialogue": "cuộc đối thoại với Nhân dân",
    "inspection": "cuộc kiểm tra cơ sở",
    "training": "lớp tập huấn nghiệp vụ",
    "dissemination": "hội nghị tuyên truyền pháp luật",
}
EVERY = {
    "year": ("Hằng năm", "Mỗi năm", "Hàng năm"),
    "quarter": ("Hằng quý", "Mỗi quý"),
    "month": ("Hằng tháng", "Mỗi tháng"),
    "half": ("Định kỳ 6 tháng", "Mỗi 6 tháng"),
}
QUALITATIVE = (
    "thực hiện tốt việc lắng nghe ý kiến hội viên",
    "thường xuyên đổi mới cách tiếp xúc với người dân",
    "giải quyết kịp thời vướng mắc ngay từ cơ sở",
)
SITUATION = (
    "Năm {year}, toàn tỉnh đã tổ chức {a} cuộc giám sát và {b} hội nghị phản biện xã hội.",
    "Trong kỳ đã tiếp {a} lượt công dân, nhận {b} đơn thư; đã giải quyết {b} đơn.",
    "Nhân dân đã hiến trên {a}.000 m2 đất, góp {b} ngày công làm đường.",
    "Đến nay có {a} mô hình được công nhận, tăng {b} mô hình so với năm trước.",
    "Đã trả lời {b} kiến nghị, đạt 91,5%.",
)
BASES = (
    "Căn cứ Quyết định số {n}-QĐ/TW, ngày {d}/{m}/{y} của Bộ Chính trị về quy chế công tác dân vận;",
    "Căn cứ Kết luận số {n}-KL/TU ngày {d}/{m}/{y} của Ban Thường vụ Tỉnh ủy;",
    "Căn cứ Luật số {n}/{y}/QH15 ngày {d}/{m}/{y} của Quốc hội;",
    "Xét Tờ trình số {n}-TTr/BDVTU ngày {d} tháng {m} năm {y} của Ban Dân vận Tỉnh ủy;",
)


@dataclass(frozen=True)
class ExpectedTarget:
    """One target the text carries; `share` None means each of the population, without a percentage."""

    kinds: frozenset[str]
    levels: tuple[str, ...] = ()
    every: str = ""
    conditions: dict[str, int] = field(default_factory=dict)
    share: int | None = None
    comparator: str = "eq"
    qualitative: bool = False


@dataclass(frozen=True)
class MadeResolution:
    """A made-up resolution."""

    text: str
    to_docx: Callable[[], bytes]
    targets: list[ExpectedTarget]
    symbol: str
    citations: list[str]
    first_year: int
    last_year: int


def make_resolution(seed: int) -> MadeResolution:
    """A resolution from this seed: the same seed gives the same text and targets."""
    pick = random.Random(seed)
    first_year = pick.randint(2021, 2027)
    last_year = first_year + 4
    symbol = f"{pick.randint(1, 60):02}-NQ/TU"
    bases, citations = _bases(pick, first_year)
    makers = (_shared, _shared, _counted, _counted_pair, _shared_counted)
    items, targets = [], []
    for number in range(1, pick.randint(4, 8)):
        words, expected = pick.choice(makers)(pick)
        items.append(f"{number}. {words}")
        targets += expected
    left = ["TỈNH ỦY SÔNG LAM", "*", f"Số {symbol}"]
    day = f"ngày {pick.randint(1, 28):02} tháng {pick.randint(1, 12):02} năm {first_year}"
    right = ["ĐẢNG CỘNG SẢN VIỆT NAM", f"Sông Lam, {day}"]
    title = [
        "NGHỊ QUYẾT",
        f"về công tác dân vận của hệ thống chính trị, giai đoạn {first_year}-{last_year}",
    ]
    situation = [
        line.format(year=first_year - 1, a=pick.randint(11, 990), b=pick.randint(11, 990))
        for line in pick.sample(SITUATION, 3)
    ]
    body = [
        *bases,
        "Ban Thường vụ Tỉnh ủy ban hành Nghị quyết với các nội dung sau:",
        "I. Tình hình",
        *situation,
        pick.choice(("II. Mục tiêu", "II. Chỉ tiêu", "II. Các chỉ tiêu cụ thể", "II. MỤC TIÊU")),
        *items,
        "III. Tổ chức thực hiện",
        "Các cấp ủy xây dựng kế hoạch và báo cáo kết quả về Tỉnh ủy trước ngày 15/12.",
    ]

    def to_docx() -> bytes:
        return _docx(left, right, title, body)

    text = "\n".join([*left, *right, *title, *body])
    return MadeResolution(text, to_docx, targets, symbol, citations, first_year, last_year)


def _bases(pick: random.Random, year: int) -> tuple[list[str], list[str]]:
    lines, symbols = [], []
    for base in pick.sample(BASES, 2):
        number = f"{pick.randint(1, 300):02}"
        told = {
            "n": number,
            "d": f"{pick.randint(1, 28):02}",
            "m": pick.randint(3, 12),
            "y": year - 1,
        }
        lines.append(base.format(**told))
        form = base.split("số ")[1].split(",")[0].split(" ngày")[0]
        symbols.append(form.format(**told))
    return lines, symbols


def _every(pick: random.Random) -> tuple[str, str]:
    every = pick.choice(list(EVERY))
    return every, pick.choice(EVERY[every])


def _level(pick: random.Random) -> tuple[str, int, str]:
    """The wording of a percentage, its value and its comparator."""
    value = pick.choice((100, 100, 95, 90, 85, 80))
    if value == 100:
        return "100% {who}", value, "eq"
    return pick.choice(
        (
            (f"{value}% {{who}}", value, "eq"),
            (f"ít nhất {value}% {{who}}", value, "ge"),
            (f"trên {value}% {{who}}", value, "gt"),
            (f"từ {value}% {{who}} trở lên", value, "ge"),
        )
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _shared(pick: random.Random) -> tuple[str, list[ExpectedTarget]]:
    """`Hằng năm, 100% cấp ủy ... làm việc với ... và ban hành văn bản ...`."""
    who, kinds, levels = pick.choice(DOERS)
    every, prefix = _every(pick)
    share, value, comparator = _level(pick)
    measures = pick.sample(sorted(DONE), pick.choice((1, 2)))
    if set(measures) == {"dialogue", "dialogue_in_programme"}:
        measures = measures[:1]
    done = " và ".join(pick.choice(DONE[measure]) for measure in measures)
    share = share.format(who=who)
    words = pick.choice(
        (
            f"{prefix}, {share} {done}.",
            f"Phấn đấu {prefix.lower()} có {share} {done}.",
            f"{_capital(share)} {prefix.lower()} {done}.",
        )
    )
    expected = ExpectedTarget(
        frozenset(kinds), levels, every, dict.fromkeys(measures, 1), value, comparator
    )
    return words, [expected]


def _floor(pick: random.Random, measure: str) -> tuple[str, int]:
    number = pick.randint(1, 12)
    return (
        pick.choice(
            (
                f"ít nhất {number:02} {COUNTED[measure]}",
                f"tối thiểu {number:02} {COUNTED[measure]}",
                f"từ {number:02} {COUNTED[measure]} trở lên",
            )
        ),
        number,
    )


def _counted(pick: random.Random) -> tuple[str, list[ExpectedTarget]]:
    """`Mỗi năm, mỗi Ủy ban Mặt trận ... tổ chức ít nhất 03 cuộc ...`, sometimes with a qualitative tail."""
    who, kinds, levels = pick.choice(DOERS)
    every, prefix = _every(pick)
    measure = pick.choice(sorted(COUNTED))
    floor, number = _floor(pick, measure)
    words = pick.choice(
        (
            f"{prefix}, {who} tổ chức {floor}",
            f"{prefix}, mỗi {who} chủ trì {floor}",
            f"{_capital(who)} {prefix.lower()} tổ chức {floor}",
        )
    )
    expected = [ExpectedTarget(frozenset(kinds), levels, every, {measure: number}, None, "ge")]
    if pick.random() < 0.3:
        words += f"; {pick.choice(QUALITATIVE)}"
        expected.append(ExpectedTarget(frozenset(kinds), levels, qualitative=True))
    return f"{words}.", expected


def _counted_pair(pick: random.Random) -> tuple[str, list[ExpectedTarget]]:
    """`ít nhất 02 nội dung giám sát, 03 nội dung phản biện`: the floor holds for both."""
    who, kinds, levels = pick.choice(DOERS)
    every, prefix = _every(pick)
    one, other = pick.sample(sorted(COUNTED), 2)
    first, second = pick.randint(1, 9), pick.randint(1, 9)
    glue = pick.choice((",", " và"))
    start = pick.choice(("ít nhất", "tối thiểu"))
    words = f"{prefix}, {who} chủ trì {start} {first:02} {COUNTED[one]}{glue} {second:02} {COUNTED[other]}."
    return words, [
        ExpectedTarget(frozenset(kinds), levels, every, {one: first}, None, "ge"),
        ExpectedTarget(frozenset(kinds), levels, every, {other: second}, None, "ge"),
    ]


def _shared_counted(pick: random.Random) -> tuple[str, list[ExpectedTarget]]:
    """`95% cấp ủy cấp xã tổ chức ít nhất 03 cuộc đối thoại mỗi năm`: one target, a share and a minimum."""
    who, kinds, levels = pick.choice(DOERS)
    every, prefix = _every(pick)
    share, value, comparator = _level(pick)
    measure = pick.choice(sorted(COUNTED))
    number = pick.randint(2, 9)
    share = share.format(who=who)
    floor = f"{pick.choice(('ít nhất', 'tối thiểu'))} {number:02} {COUNTED[measure]}"
    words = pick.choice(
        (
            f"{prefix}, {share} tổ chức {floor}.",
            f"{_capital(share)} tổ chức {floor} {prefix.lower()}.",
        )
    )
    return words, [
        ExpectedTarget(frozenset(kinds), levels, every, {measure: number}, value, comparator)
    ]


def _docx(left: list[str], right: list[str], title: list[str], body: list[str]) -> bytes:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    for cell, lines in zip(head.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    for line in [*title, *body, "T/M BAN THƯỜNG VỤ", "BÍ THƯ"]:
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
