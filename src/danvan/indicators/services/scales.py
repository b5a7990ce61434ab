"""The scale by which a qualitative indicator is answered: its steps in order, the best first, and what each means."""

from collections import Counter
from collections.abc import Sequence

from danvan.foundation.errors import Fault
from danvan.indicators.enums import MeasureKind
from danvan.vietnamese.text import canonical, fold

Scale = tuple[str, str]  # the name of a step and what it means
FEWEST_STEPS, MOST_STEPS = 2, 9
LONGEST_STEP, LONGEST_MEANING = 60, 400
STEP_UNIT = "bậc"


def scale_of(steps: Sequence[Scale]) -> list[Scale]:
    """The steps as they are kept."""
    return [(canonical(name).strip(), canonical(meaning).strip()) for name, meaning in steps]


def scale_faults(kind: str, scale: Sequence[Scale]) -> list[Fault]:
    """What is wrong with the scale of an indicator of a kind; each fault at its step, counted from 1."""
    if kind != MeasureKind.QUALITATIVE:
        message = "Chỉ chỉ số định tính mới có thang bậc."
        return [Fault(message, column="steps")] if scale else []
    faults = []
    if not FEWEST_STEPS <= len(scale) <= MOST_STEPS:
        message = (
            f"Chỉ số định tính có từ {FEWEST_STEPS} đến {MOST_STEPS} bậc, tốt nhất ghi trước,"
            " ví dụ Tốt, Khá, Đạt, Chưa đạt."
        )
        faults.append(Fault(message, column="steps"))
    times = Counter(fold(name) for name, _ in scale)
    for row, (name, meaning) in enumerate(scale, 1):
        if not 0 < len(name) <= LONGEST_STEP:
            message = f"Bậc thứ {row}: đồng chí vui lòng ghi tên, không quá {LONGEST_STEP} ký tự."
            faults.append(Fault(message, row, "steps"))
        elif times[fold(name)] > 1:
            faults.append(Fault(f"Bậc “{name}” ghi hai lần.", row, "steps"))
        if not 0 < len(meaning) <= LONGEST_MEANING:
            message = (
                f"Bậc “{name or row}”: đồng chí vui lòng ghi thế nào thì được bậc này,"
                f" không quá {LONGEST_MEANING} ký tự."
            )
            faults.append(Fault(message, row, "steps"))
    return faults
