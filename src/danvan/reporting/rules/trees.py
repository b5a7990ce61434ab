"""The language of rules: JSON trees over figures. What a tree may be, and every fault of one that is none.

A tree is a number (a whole number, or a text such as "1.5"), true or false, or one word with its parts:

- figures: {"item": code}, {"previous": code}, {"same_period_last_year": code}, {"of_form": [form, code]},
  {"median": [code, months, least]} and {"spread": [code, months, least]} (the median of the figures of the months
  before, and the median of their distances from it; unknown where fewer than `least` are known)
- sums: {"+": [...]}, {"-": [a, b]}, {"x": [a, b]}, {"sum": [code, ...]}, {"max": [...]}, {"min": [...]}
- conditions: {"<": [a, b]}, "<=", ">", ">=", "=", "!=", {"all": [...]}, {"any": [...]}, {"not": tree}
- {"if": [condition, tree, tree]}
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_DEPTH = 12
MOST_NODES = 200
MOST_MONTHS = 24  # that a rule looks back
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", re.ASCII)

CODED = frozenset({"item", "previous", "same_period_last_year"})
LOOKING_BACK = frozenset({"median", "spread"})
COMPARING = frozenset({"<", "<=", ">", ">=", "=", "!="})
SUMMING = frozenset({"+", "max", "min"})  # two parts or more
PAIRING = frozenset({"-", "x"})
JOINING = frozenset({"all", "any"})


class Sort(StrEnum):
    """What a tree gives."""

    NUMBER = "number"
    TRUTH = "truth"


MEANT = {
    Sort.NUMBER: "phải là một số hoặc một phép tính",
    Sort.TRUTH: "phải là một điều kiện đúng hoặc sai",
}


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that a tree may name: of the form's numbers, and of those of other forms by form code."""

    items: Collection[str]
    forms: Mapping[str, Collection[str]]


def tree_faults(tree: Any, known: Known, *, meant: Sort = Sort.TRUTH) -> list[str]:
    """Why a tree cannot be used, each in a whole sentence; none where it can."""
    if _depth(tree) > MOST_DEPTH * 2:  # a word and the list of its parts are one storey
        return [f"Quy tắc lồng sâu quá {MOST_DEPTH} tầng, đồng chí vui lòng viết gọn lại."]
    if _size(tree) > MOST_NODES:
        return [f"Quy tắc dài quá {MOST_NODES} phần, đồng chí vui lòng tách làm nhiều quy tắc."]
    return list(dict.fromkeys(_faults(tree, known, meant)))


def parts_of(tree: Any) -> Iterator[tuple[str, Any]]:
    """Every word of a tree with what stands under it, from the top."""
    if isinstance(tree, dict):
        for word, under in tree.items():
            yield word, under
            if word not in CODED | LOOKING_BACK | {"of_form", "sum"}:
                yield from parts_of(under)
    elif isinstance(tree, list):
        for part in tree:
            yield from parts_of(part)


def items_in(tree: Any) -> list[str]:
    """The items of the form whose answers of now a tree looks at, each once."""
    found: list[str] = []
    for word, under in parts_of(tree):
        if word == "item":
            found.append(under)
        elif word == "sum":
            found += under
    return list(dict.fromkeys(found))


def items_before(tree: Any) -> list[str]:
    """The items whose figures of before a tree looks at, each once."""
    found: list[str] = []
    for word, under in parts_of(tree):
        if word in LOOKING_BACK:
            found.append(under[0])
        elif word in {"previous", "same_period_last_year"}:
            found.append(under)
    return list(dict.fromkeys(found))


def questions_in(tree: Any) -> set[str]:
    """The items of the form that a tree looks at, as they are answered now or were before."""
    return {*items_in(tree), *items_before(tree)}


def months_back(tree: Any) -> int:
    """How many months before a tree looks at."""
    asked = [under[1] for word, under in parts_of(tree) if word in LOOKING_BACK]
    return max(asked, default=0)


def looks_back(tree: Any) -> bool:
    """Whether a tree looks at figures given before."""
    before = LOOKING_BACK | {"previous", "same_period_last_year"}
    return any(word in before for word, _ in parts_of(tree))


def forms_in(tree: Any) -> list[tuple[str, str]]:
    """The items of other forms that a tree looks at."""
    return [(under[0], under[1]) for word, under in parts_of(tree) if word == "of_form"]


def circle_in(refers: Mapping[str, Collection[str]]) -> list[str]:
    """Items that are worked out from one another in a circle, in order; none where there is no circle."""
    done: set[str] = set()
    for start in refers:
        path: list[str] = []
        if circle := _circle(start, refers, path, done):
            return circle
    return []


def _circle(
    at: str, refers: Mapping[str, Collection[str]], path: list[str], done: set[str]
) -> list[str]:
    if at in path:
        return path[path.index(at) :]
    if at in done:
        return []
    path.append(at)
    for part in refers.get(at, ()):
        if circle := _circle(part, refers, path, done):
            return circle
    path.pop()
    done.add(at)
    return []


def _depth(tree: Any, so_far: int = 0) -> int:
    """How many words and lists stand in one another; no deeper than the first storey too many is looked at."""
    if so_far > MOST_DEPTH * 2 or not isinstance(tree, dict | list):
        return so_far
    under = tree.values() if isinstance(tree, dict) else tree
    return max((_depth(part, so_far + 1) for part in under), default=so_far + 1)


def _size(tree: Any) -> int:
    if not isinstance(tree, dict | list):
        return 1
    under = tree.values() if isinstance(tree, dict) else tree
    return 1 + sum(map(_size, under))


def _faults(tree: Any, known: Known, meant: Sort) -> Iterator[str]:
    if isinstance(tree, bool):
        yield from _unless(meant is Sort.TRUTH, f"“{_said(tree)}” {MEANT[meant]}.")
    elif isinstance(tree, int | str):
        if not _NUMBER.fullmatch(str(tree)):
            yield f'“{_said(tree)}” không phải là một số; số viết như 12 hoặc "12.5".'
        else:
            yield from _unless(meant is Sort.NUMBER, f"“{_said(tree)}” {MEANT[meant]}.")
    elif not isinstance(tree, dict) or len(tree) != 1:
        yield f"Mỗi phần của quy tắc là một số hoặc một phép có tên; “{_said(tree)}” không phải."
    else:
        [(word, under)] = tree.items()
        yield from _word_faults(word, under, known, meant)


def _word_faults(word: Any, under: Any, known: Known, meant: Sort) -> Iterator[str]:
    if word == "if":
        yield from _if_faults(under, known, meant)
    elif word in JOINING | COMPARING | {"not"}:
        yield from _unless(
            meant is Sort.TRUTH, f"Phép “{word}” cho đúng hoặc sai, chỗ này {MEANT[meant]}."
        )
        yield from _condition_faults(word, under, known)
    elif word in CODED | LOOKING_BACK | SUMMING | PAIRING | {"of_form", "sum"}:
        yield from _unless(
            meant is Sort.NUMBER, f"Phép “{word}” cho một số, chỗ này {MEANT[meant]}."
        )
        yield from _number_faults(word, under, known)
    else:
        yield f"Không có phép “{_said(word)}” trong quy tắc kiểm tra."


def _condition_faults(word: str, under: Any, known: Known) -> Iterator[str]:
    if word == "not":
        yield from _faults(under, known, Sort.TRUTH)
    elif word in JOINING:
        yield from _list_faults(word, under, known, Sort.TRUTH, least=1)
    else:
        yield from _list_faults(word, under, known, Sort.NUMBER, least=2, most=2)


def _number_faults(word: str, under: Any, known: Known) -> Iterator[str]:
    if word in CODED:
        yield from _code_faults(under, known.items)
    elif word == "of_form":
        yield from _form_faults(under, known)
    elif word in LOOKING_BACK:
        yield from _history_faults(word, under, known)
    elif word == "sum":
        if not isinstance(under, list) or not under:
            yield "Phép “sum” cần danh sách mã câu hỏi."
        else:
            for code in under:
                yield from _code_faults(code, known.items)
    else:
        most = 2 if word in PAIRING else None
        yield from _list_faults(word, under, known, Sort.NUMBER, least=2, most=most)


def _list_faults(
    word: str, under: Any, known: Known, meant: Sort, *, least: int, most: int | None = None
) -> Iterator[str]:
    if not isinstance(under, list) or len(under) < least or (most and len(under) > most):
        many = f"đúng {least}" if most else f"ít nhất {least}"
        yield f"Phép “{word}” cần danh sách {many} phần."
        return
    for part in under:
        yield from _faults(part, known, meant)


def _if_faults(under: Any, known: Known, meant: Sort) -> Iterator[str]:
    if not isinstance(under, list) or len(under) != 3:
        yield "Phép “if” cần đúng 3 phần: điều kiện, khi đúng, khi sai."
        return
    yield from _faults(under[0], known, Sort.TRUTH)
    for part in under[1:]:
        yield from _faults(part, known, meant)


def _form_faults(under: Any, known: Known) -> Iterator[str]:
    if not _texts(under, 2):
        yield "Phép “of_form” cần mã biểu và mã câu hỏi."
    elif under[0] not in known.forms:
        yield f"Không có biểu mã “{under[0]}” đang áp dụng ở nơi đặt biểu này."
    elif under[1] not in known.forms[under[0]]:
        yield f"Biểu “{under[0]}” không có câu hỏi số mã “{under[1]}”."


def _history_faults(word: str, under: Any, known: Known) -> Iterator[str]:
    if not isinstance(under, list) or len(under) != 3 or not all(map(_whole, under[1:])):
        yield f"Phép “{word}” cần mã câu hỏi, số tháng nhìn lại và số tháng ít nhất phải có số liệu."
        return
    code, months, least = under
    yield from _code_faults(code, known.items)
    if not 1 <= least <= months <= MOST_MONTHS:
        yield f"Phép “{word}” nhìn lại từ 1 đến {MOST_MONTHS} tháng, và không đòi nhiều tháng hơn số nhìn lại."


def _code_faults(code: Any, codes: Collection[str]) -> Iterator[str]:
    if not isinstance(code, str) or code not in codes:
        yield f"Biểu này không có câu hỏi số mã “{_said(code)}” để kiểm tra."


def _whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _texts(under: Any, many: int) -> bool:
    return (
        isinstance(under, list)
        and len(under) == many
        and all(isinstance(part, str) for part in under)
    )


def _unless(right: bool, sentence: str) -> Iterator[str]:  # noqa: FBT001  reads as a sentence
    if not right:
        yield sentence


def _said(tree: Any) -> str:
    text = str(tree)
    return text if len(text) <= 40 else f"{text[:40]}…"
