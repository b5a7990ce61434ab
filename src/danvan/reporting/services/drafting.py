"""Keep what is typed: the draft of a report and its files. Of two people typing at once nobody's figures are lost."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.reporting.enums import How, Standing
from danvan.reporting.models import Obligation
from danvan.reporting.selectors import questions_for
from danvan.reporting.selectors.filling import typed_in
from danvan.reporting.services import acts
from danvan.reporting.services.behalf import Hand
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST_DRAFT = 20_000  # letters of one answer; more is not kept
LONGEST_REASON = 300
SHOWN = 60  # letters of an answer that are shown in a sentence


@dataclass(frozen=True, slots=True)
class Page:
    """The page that something was typed on: which saving of the draft it showed, and its own mark."""

    number: int
    mark: str = ""


@transaction.atomic
def save_draft(
    obligation: Obligation,
    answers: Mapping[str, str],
    *,
    actor: "User | None",
    nil_sections: Collection[int] = (),
    reasons: Mapping[str, str] | None = None,
    estimated: Collection[str] | None = None,
    page: Page | None = None,
) -> Obligation:
    """Keep what is typed as it is typed, faults and all. Not an act on the report: nothing of it is audited.

    `reasons` are what is said to warnings, by rule code; `estimated` the items whose figures are estimates, those
    that were where it is not given. Somebody of another unit is noted as typing for this one. With `page`, RuleError that names who saved something else
    since the page was opened, with both answers of each cell; saved again from the page that shows them, it is kept.
    """
    obligation = acts.locked(obligation)
    acts.refuse_unless_it_may_become(obligation, Standing.SENT)
    refuse_if_saved_meanwhile(obligation, answers, nil_sections, page, estimated)
    keep_in_draft(
        obligation, answers, Hand(actor), nil_sections=nil_sections, reasons=reasons, estimated=estimated, page=page
    )  # fmt: skip
    return obligation


def keep_in_draft(
    obligation: Obligation,
    answers: Mapping[str, str],
    hand: Hand,
    *,
    nil_sections: Collection[int],
    reasons: Mapping[str, str] | None = None,
    estimated: Collection[str] | None = None,
    page: Page | None = None,
    how: How = How.TYPED,
) -> None:
    """Write a draft into a row that the caller has locked, and found to take one."""
    marks = _estimates(obligation, estimated)
    behalf = hand.noted(obligation, how)
    said = {**obligation.draft.get("reasons", {}), **_cut(reasons or {}, LONGEST_REASON)}
    obligation.draft = {
        "answers": _cut(answers, LONGEST_DRAFT),
        "nil": sorted(set(nil_sections)),
        **({"reasons": said} if said else {}),
        **({"estimated": marks} if marks else {}),
        **({"behalf": behalf} if behalf else {}),
        **({"page": page.mark} if page and page.mark else {}),
    }
    obligation.draft_saved_at, obligation.draft_by = clock.now(), hand.actor
    obligation.draft_number += 1
    obligation.save(update_fields=["draft", "draft_saved_at", "draft_by", "draft_number"])


def _estimates(obligation: Obligation, given: Collection[str] | None) -> list[str]:
    kept: list[str] = obligation.draft.get("estimated", [])
    return kept if given is None else sorted(set(given))


def refuse_if_saved_meanwhile(
    obligation: Obligation,
    answers: Mapping[str, Any],
    nil_sections: Collection[int],
    page: Page | None,
    estimated: Collection[str] | None = None,
) -> None:
    """RuleError with both answers of each cell, where another page saved something else since this one was opened."""
    if page is None or page.number == obligation.draft_number:
        return
    if page.mark and page.mark == obligation.draft.get("page"):
        return  # this very page saved last, while it was being read
    questions = questions_for(obligation)
    there = typed_in(obligation, questions)
    faults = list(_differences(there.answers, answers, frozenset(questions.by_code)))
    faults += _ticked_differently(there.nil, frozenset(nil_sections))
    if estimated is not None:
        faults += _marked_differently(there.estimated, frozenset(estimated))
    if faults:
        raise RuleError(
            f"{_who_saved(obligation)} Đồng chí vui lòng xem hai bản ở các ô dưới đây;"
            " bấm lưu lần nữa thì giữ bản đồng chí đang ghi.",
            faults=[Fault(_who_saved(obligation)), *faults],
        )


def _differences(
    there: Mapping[str, str], here: Mapping[str, Any], codes: frozenset[str]
) -> Iterable[Fault]:
    for code in codes:
        theirs, ours = there.get(code, "").strip(), str(here.get(code) or "").strip()
        if code in here and theirs != ours:
            yield Fault(
                f"Bản vừa lưu ghi {_shown(theirs)}; đồng chí đang ghi {_shown(ours)}."
                " Đồng chí vui lòng chọn một rồi lưu lại.",
                column=code,
            )


def _ticked_differently(there: frozenset[int], here: frozenset[int]) -> Iterable[Fault]:
    for position in sorted(there ^ here):
        done = "đánh dấu" if position in there else "không đánh dấu"
        yield Fault(f"Mục {position}: bản vừa lưu {done} “Không phát sinh”, khác với đồng chí.")


def _marked_differently(there: frozenset[str], here: frozenset[str]) -> Iterable[Fault]:
    for code in sorted(there ^ here):
        done = "đánh dấu ước" if code in there else "không đánh dấu ước"
        message = (
            f"Số này bản vừa lưu {done}, khác với đồng chí. Đồng chí vui lòng chọn một rồi lưu lại."
        )
        yield Fault(message, column=code)


def _shown(text: str) -> str:
    if not text:
        return "để trống"
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN]}…”"


def _who_saved(obligation: Obligation) -> str:
    if obligation.draft_saved_at is None:
        return f"Báo cáo đã thay đổi sau khi đồng chí mở trang: {acts.last_act(obligation)}."
    local = timezone.localtime(obligation.draft_saved_at)
    who = f"Đồng chí {obligation.draft_by}" if obligation.draft_by else "Phần mềm"
    return (
        f"{who} đã lưu nháp lúc {local:%H:%M} ngày {format_date(local.date())},"
        " sau khi đồng chí mở trang."
    )


def _cut(texts: Mapping[str, str], longest: int) -> dict[str, str]:
    return {code: text[:longest] for code, text in texts.items()}
