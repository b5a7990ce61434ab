"""What people answered, read as they write it: numbers as 1.234,56, and every fault at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from danvan.foundation.errors import Fault
from danvan.reporting.questions import Question, Questions
from danvan.reporting.rules import Figures, implied_rules, judge
from danvan.vietnamese.numbers import format_number, meanings, parse_in, parse_number
from danvan.vietnamese.text import canonical

MOST = Decimal(10) ** 15  # more is a slip of the keyboard, and would not be kept exactly
MOST_BROKEN = Decimal(10) ** 9  # nor would this with a fraction
LONGEST_WORDS = 4_000

Answer = str | Decimal | int | None


@dataclass(slots=True)
class Answers:
    """The answers as read: an amount for each number that is given (None: no answer), words for each text."""

    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_answers(
    questions: Questions, answers: Mapping[str, Answer], nil_sections: Collection[int] = ()
) -> Answers:
    """Read what was answered. A section said to be "không phát sinh" answers each of its numbers with 0."""
    read = Answers()
    nil = frozenset(nil_sections)
    for position in sorted(nil - questions.nil_positions):
        read.faults.append(Fault(f"Mục {position} không đánh dấu “Không phát sinh” được."))
    for code in sorted(set(answers) - set(questions.by_code)):
        read.faults.append(Fault(f"Biểu này không có câu hỏi mã “{code}”."))
    nought = questions.codes_in(nil)
    for code, question in questions.by_code.items():
        if question.computed:
            continue
        given = answers.get(code)
        if question.number:
            _read_number(read, question, Decimal(0) if code in nought else given)
        elif question.steps and code not in nought:
            _read_step(read, question, given)
        elif code not in nought:
            _read_words(read, question, given)
    found = judge(implied_rules(questions), Figures(read.amounts))
    read.faults += [Fault(one.message, column=one.item) for one in found]
    return read


def in_figures(text: str, amount: Decimal | None) -> str:
    """What was typed, in figures alone where it was read with words: "4 tỷ" in a box of "tỷ đồng" stands as 4."""
    if amount is None:
        return text
    try:
        parse_number(text)
    except ValueError:
        return format_number(amount.normalize() if amount else Decimal(0))
    return text


def is_answered(given: Answer) -> bool:
    """Whether anything at all stands there."""
    return given is not None and str(given).strip() != ""


def _read_number(read: Answers, question: Question, given: Answer) -> None:
    if not is_answered(given):
        read.amounts[question.code] = None
        if question.required:
            message = f"Đồng chí vui lòng trả lời “{question.label}”; không có thì ghi 0."
            read.faults.append(Fault(message, column=question.code))
        return
    try:
        amount = (
            parse_in(given, question.unit_label, whole=question.places == 0)
            if isinstance(given, str)
            else Decimal(given or 0)
        )
    except ValueError as wrong:
        message = _as_it_can_be(question, given) or str(wrong)
        read.faults.append(Fault(message, column=question.code))
        return
    fault = _two_ways(question, given, amount) or _unfit(question, amount)
    if fault:
        read.faults.append(Fault(fault, column=question.code))
    else:
        read.amounts[question.code] = amount


def meant(question: Question, given: Answer) -> list[str]:
    """The figures that an answer may mean where it can be read in two ways, as they would be written here."""
    if not isinstance(given, str):
        return []
    fit = [one for one in meanings(given) if not _unfit(question, one)]
    return [format_number(one) for one in fit]


def _two_ways(question: Question, given: Answer, amount: Decimal) -> str:
    """Whole numbers are asked for, and a comma stands where thousands are parted elsewhere."""
    found = meant(question, given)
    if question.places or not found or amount == int(amount):
        return ""
    return (
        f"Đồng chí viết “{str(given).strip()}”: có phải là {found[0]} không? Câu này hỏi số nguyên;"
        " dấu chấm ngăn hàng nghìn, dấu phẩy đứng trước phần lẻ."
    )


def _as_it_can_be(question: Question, given: Answer) -> str:
    """Of the ways in which an answer can be read, those that its box can hold; empty where it can hold them all."""
    ways, fit = meanings(str(given)), meant(question, given)
    if len(fit) == len(ways):
        return ""
    said = f"Đồng chí viết “{str(given).strip()}”"
    why = next(fault for one in ways if (fault := _unfit(question, one)))
    return f"{said}: có phải là {' hay '.join(fit)} không? {why}" if fit else f"{said}. {why}"


def _unfit(question: Question, amount: Decimal) -> str:
    if not amount.is_finite() or abs(amount) >= MOST:
        return "Số này lớn quá mức có thể, đồng chí vui lòng xem lại."
    if amount < 0:
        return "Số này không thể âm, đồng chí vui lòng xem lại."
    if amount != round(amount, question.places):
        if question.places == 0:
            return "Đồng chí vui lòng nhập số nguyên, ví dụ 1.234."
        return f"Đồng chí vui lòng ghi nhiều nhất {question.places} chữ số sau dấu phẩy."
    if amount != int(amount) and amount >= MOST_BROKEN:
        return f"Số từ {format_number(MOST_BROKEN)} trở lên chỉ ghi số nguyên."
    return ""


def _read_step(read: Answers, question: Question, given: Answer) -> None:
    """A step of the scale, by its name; nothing else is taken, least of all a number."""
    names = "; ".join(one.name for one in question.steps)
    words = canonical(str(given or "")).strip()
    step = question.step_named(words)
    if step is not None:
        read.words[question.code] = step.name
    elif words:
        message = (
            f"“{words[:60]}” không phải là một bậc, đồng chí vui lòng chọn một trong: {names}."
        )
        read.faults.append(Fault(message, column=question.code))
    elif question.required:
        message = f"Đồng chí vui lòng chọn bậc của “{question.label}”: {names}."
        read.faults.append(Fault(message, column=question.code))


def _read_words(read: Answers, question: Question, given: Answer) -> None:
    words = canonical(str(given or "")).strip()
    if question.required and not words:
        message = f"Đồng chí vui lòng trả lời “{question.label}”."
        read.faults.append(Fault(message, column=question.code))
    elif len(words) > LONGEST_WORDS:
        most = format_number(LONGEST_WORDS)
        message = f"Phần này dài quá {most} ký tự, đồng chí vui lòng viết gọn lại."
        read.faults.append(Fault(message, column=question.code))
    elif words:
        read.words[question.code] = words
