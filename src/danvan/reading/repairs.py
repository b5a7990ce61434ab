"""Small damage of copying and scanning, mended for the reader's eye only: doubled words, torn lines, misread letters.

Each rule is named. A rule stands here only where the mended words are certain: "luôn luôn" and "dần dần"
are Vietnamese, "số số" and "tại tại" are slips.
"""

import re
from dataclasses import dataclass

from danvan.reading.proposals import Note

_DOUBLED = re.compile(
    r"(?<!\w)(số|của|các|về|tại|được|cho|theo|trong|và|với|hội đồng|ủy ban|nghị quyết|quyết định|kế hoạch)(\s{1,2}\1)(?!\w)"
    r"|(?<!\w)(ngày|tháng|năm)(\s{1,2}\3)(?=\s{1,2}\d)",
    re.IGNORECASE,
)
# Whether there is one at all: most texts hold none, and this is looked for many times faster.
_PERHAPS_DOUBLED = re.compile(
    "|".join(
        rf"{word}\s{{1,2}}{word}"
        for word in (
            *(
                "số",
                "của",
                "các",
                "về",
                "tại",
                "được",
                "cho",
                "theo",
                "trong",
                "và",
                "với",
                "hội đồng",
                "ủy ban",
            ),
            *("nghị quyết", "quyết định", "kế hoạch", "ngày", "tháng", "năm"),
        )
    )
)
# "46-\nCT/TW", "12/KH-\nUBND": the line broke inside a symbol.
_TORN_SYMBOL = re.compile(
    r"[ \t\n](?<=[\dA-ZĐ][-/][ \t\n])(?:(?<=\n)|(?<!\n)[ \t]?\n)[ \t]{0,2}(?=[A-ZĐ]{2}[A-Za-zĐđ]{0,8}(?![^\W\d_a-zđ]))"
)
_IN_SYMBOL = re.compile(r"(?<!\w)\d{1,5}[a-z]?(?:[-/][\dA-ZĐ][\dA-Za-zĐđ]{0,9}){0,5}[-/]$")
# "tuyên-\ntruyền": the line broke at a hyphen between two syllables.
_TORN_WORD = re.compile(r"-(?<=[^\W\d_A-ZĐ]-)[ \t]{0,2}\n[ \t]{0,2}(?=[^\W\d_A-ZĐ])")
# What a scanner misreads, where no other reading is possible: pattern, new letters.
_MISREAD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\$(?<![\w$]\$)(?=[^\W\d_A-ZĐ])"), "s"),
    (re.compile(r"§(?<![\w§]§)(?=ố)"), "S"),
    (re.compile(r"[oO](?<=\d.)(?=\d)"), "0"),
    # "1O", "3.4OO": capitals at the end of a number, where a small letter would be a sign or a word.
    (
        re.compile(r"O(?<=\dO)(?=O{0,2}(?![\w°]))|O(?<=\dOO)(?=O?(?![\w°]))|O(?<=\dOOO)(?![\w°])"),
        "0",
    ),
    # "93 ,4 %": the comma of a number set apart.
    (re.compile(r" (?<=\d )(?=,\d{1,2} ?%)"), ""),
    (re.compile(r"[lI](?<=số .)(?=\d{1,4}[-/][A-ZĐ\d])"), "1"),
    (re.compile(r"[lI](?<=\d.)(?=\d|[-/][A-ZĐ]{2})"), "1"),
)
_TOLD = 160


@dataclass(frozen=True, slots=True)
class Repair:
    """A stretch of the composed text that is read as other words; `rule` says why."""

    start: int
    end: int
    words: str
    rule: str


def find_repairs(text: str) -> list[Repair]:
    """Every repair in order, none overlapping another."""
    found = [
        Repair(match.start(2 if match[2] else 4), match.end(), "", "doubled")
        for match in (_DOUBLED.finditer(text) if _PERHAPS_DOUBLED.search(text.casefold()) else ())
    ]
    found += [
        Repair(*match.span(), "", "torn")
        for match in _TORN_SYMBOL.finditer(text)
        if _IN_SYMBOL.search(text[max(0, match.start() - 40) : match.start()])
    ]
    found += [Repair(*match.span(), " ", "torn") for match in _TORN_WORD.finditer(text)]
    for pattern, letters in _MISREAD:
        found += [Repair(*match.span(), letters, "misread") for match in pattern.finditer(text)]
    kept: list[Repair] = []
    for one in sorted(found, key=lambda repair: (repair.start, repair.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def as_note(span: tuple[int, int], raw: str, repair: Repair) -> Note:
    """What a person should know of a repair: where it stands, what it says, how it was read."""
    was = " ".join(raw[span[0] : span[1]].split())[:_TOLD]
    sentence = {
        "doubled": f"Chữ “{was}” lặp lại hai lần liền nhau; phần mềm đọc một lần.",
        "torn": "Dòng bị ngắt giữa một từ hoặc một số ký hiệu; phần mềm đọc liền lại.",
    }.get(
        repair.rule, f"Chữ “{was}” có thể do máy quét nhận sai; phần mềm đọc là “{repair.words}”."
    )
    return Note(*span, "repair", sentence)
