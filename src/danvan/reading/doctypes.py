"""Kinds of documents: the words they are called by, the abbreviations in symbols, and what mood they are in.

Sources: Decree 30/2020, Article 7 and its abbreviations; Party Regulation 399-QĐ/TW. A symbol alone never
decides the kind: QĐ is a decision or a rule, TT a circular or a Front notice.
"""

import re

# Words (longest first wins) -> key.
WORDS: dict[str, str] = {
    "nghị quyết liên tịch": "resolution",
    "nghị quyết": "resolution",
    "chỉ thị": "directive",
    "thông báo kết luận": "conclusion_notice",
    "thông báo": "notice",
    "kết luận": "conclusion",
    "quyết định": "decision",
    "quy chế phối hợp": "coordination_regulation",
    "quy chế": "regulation",
    "quy định": "rule",
    "đề án": "scheme",
    "kế hoạch phối hợp": "plan",
    "kế hoạch liên tịch": "plan",
    "kế hoạch": "plan",
    "chương trình phối hợp": "coordination_programme",
    "chương trình hành động": "programme",
    "chương trình": "programme",
    "hướng dẫn": "guidance",
    "báo cáo": "report",
    "tờ trình": "submission",
    "công văn": "official_letter",
    "công điện": "official_letter",
    "biên bản": "minutes",
    "nghị định": "decree",
    "thông tư liên tịch": "circular",
    "thông tư": "circular",
    "thông tri": "circular",
    "bộ luật": "law",
    "luật": "law",
    "pháp lệnh": "law",
    "hiến pháp": "law",
    "lệnh": "other",
    "văn bản": "other",
    "phương án": "other",
    "dự án": "other",
    "điều lệ": "other",
    "thông cáo": "other",
    "lời kêu gọi": "other",
    "giấy mời": "other",
    "tài liệu": "other",
}
# Part of a symbol -> key, used only where no word stands in front.
CODES: dict[str, str] = {
    "nq": "resolution", "nqlt": "resolution", "ct": "directive", "kl": "conclusion", "tbkl": "conclusion_notice",
    "tb": "notice", "qđ": "decision", "qc": "regulation", "qcph": "coordination_regulation", "qđi": "rule",
    "qyđ": "rule", "qyd": "rule", "đa": "scheme", "kh": "plan", "khph": "plan", "khlt": "plan", "khln": "plan",
    "ctr": "programme", "cthđ": "programme", "ctrhđ": "programme", "ctph": "coordination_programme",
    "ctrph": "coordination_programme", "hd": "guidance", "hdlt": "guidance", "bc": "report", "ttr": "submission",
    "cv": "official_letter", "cđ": "official_letter", "bb": "minutes", "nđ": "decree", "tt": "circular",
    "ttlt": "circular", "pl": "law", "l": "law", "pa": "other", "da": "other", "tc": "other", "gm": "other",
    "hđ": "other", "bgn": "other", "btt": "other", "guq": "other", "ggt": "other", "gcn": "other",
    "gnp": "other", "pg": "other", "pc": "other", "pb": "other",
}  # fmt: skip
# Who stands behind the organ part of a symbol.
ISSUERS: dict[str, str] = {
    "tw": "Trung ương", "tu": "Tỉnh ủy, Thành ủy", "đu": "Đảng ủy", "hu": "Huyện ủy", "cb": "Chi bộ",
    "qh": "Quốc hội", "ubtvqh": "Ủy ban Thường vụ Quốc hội", "cp": "Chính phủ", "ttg": "Thủ tướng Chính phủ",
    "hđnd": "Hội đồng nhân dân", "ubnd": "Ủy ban nhân dân", "ub": "Ủy ban nhân dân",
    "mttw": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "mttq": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "bdvtw": "Ban Dân vận Trung ương", "bdvtu": "Ban Dân vận Tỉnh ủy", "btgdvtw": "Ban Tuyên giáo và Dân vận Trung ương",
    "btgdvtu": "Ban Tuyên giáo và Dân vận Tỉnh ủy", "vptw": "Văn phòng Trung ương Đảng",
    "đctubtwmttqvn": "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "hnd": "Hội Nông dân", "hpn": "Hội Liên hiệp Phụ nữ", "hlhpn": "Hội Liên hiệp Phụ nữ", "ccb": "Hội Cựu chiến binh",
    "hccb": "Hội Cựu chiến binh", "lđlđ": "Liên đoàn Lao động", "đtn": "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "bnv": "Bộ Nội vụ", "btp": "Bộ Tư pháp", "snv": "Sở Nội vụ", "stp": "Sở Tư pháp", "stc": "Sở Tài chính",
    "ubkttw": "Ủy ban Kiểm tra Trung ương", "tttp": "Thanh tra Chính phủ", "ttcp": "Thanh tra Chính phủ",
}  # fmt: skip
# Forward: the text says what shall be. Backward: it says what was.
FORWARD = frozenset(
    {
        "resolution",
        "directive",
        "scheme",
        "plan",
        "programme",
        "coordination_programme",
        "guidance",
        "submission",
    }
)
BACKWARD = frozenset({"report", "minutes"})
# They say what holds for everybody; nobody is given a task in them, nothing is reported, asked or assessed.
OF_LAW = frozenset({"law", "decree", "circular"})

LONGEST_FIRST = "|".join(sorted((re.escape(word) for word in WORDS), key=len, reverse=True))


def key_of_words(words: str) -> str:
    """The key of a kind called by these lower-case words, else ""."""
    return WORDS.get(" ".join(words.split()), "")


def key_of_symbol(symbol: str) -> str:
    """A guess of the kind from the parts of a symbol, else ""."""
    if re.fullmatch(r"\d+[a-zđ]?/\d{4}/QH\d+", symbol):
        return "law"
    for part in re.split(r"[-/ ]", symbol.lower())[1:]:
        if part in CODES:
            return CODES[part]
    return "official_letter" if "/" in symbol else ""


def organ_of_symbol(symbol: str) -> str:
    """The part of a symbol that names who issued it: TW, UBND, MTTQ-BTT."""
    pieces = [piece for piece in re.split(r"[/]", symbol)[1:] if not piece.isdigit()]
    parts = [part for piece in pieces for part in piece.split("-")]
    while len(parts) > 1 and parts[0].lower() in CODES:
        parts = parts[1:]
    return "-".join(parts)


def issuers_of_organ(organ: str) -> tuple[str, ...]:
    """Everyone behind the organ code of a joint document, as far as the code tells."""
    bare = (re.sub(r"\d+$", "", part.lower()) for part in organ.split("-"))
    return tuple(dict.fromkeys(ISSUERS[part] for part in bare if part in ISSUERS))


def issuer_of_organ(organ: str) -> str:
    """The issuer's name behind an organ code, as far as the code tells it."""
    for part in organ.split("-"):
        bare = re.sub(r"\d+$", "", part.lower())
        if bare in ISSUERS:
            return ISSUERS[bare]
    return ""
