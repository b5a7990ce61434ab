"""What every act on the ledger does first and last: the row under lock, unchanged since it was seen; its step."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from danvan.commitments.enums import HEARD, NEXT, Party, State, StepKind
from danvan.commitments.events import CommitmentMoved
from danvan.commitments.models import Commitment, CommitmentStep
from danvan.commitments.selectors.parties import others_among
from danvan.foundation import audit, clock, events
from danvan.foundation.acting import says_something
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

SYMBOL = 80  # letters of a document's number
SHORTEST_SYMBOL = 3  # "1/a": with less no paper is found
SHORT, LONG = 600, 10_000  # letters of a reason or an opinion; of a result, a finding or an answer


def locked(commitment: Commitment, *, seen: int | None = None) -> Commitment:
    """Re-read the row under a lock; RuleError where somebody acted since the page showed it (`seen`)."""
    found = Commitment.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(_moved_since(found))
    return found


def locked_many(commitments: Iterable[Commitment]) -> list[Commitment]:
    """The rows under lock, in one order for everybody, so that two acts never wait for each other."""
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=[one.pk for one in commitments]).order_by("pk"))


def move(commitment: Commitment, to: str, *, by: Party, refusal: str) -> None:
    """Put the row into its next state on the word of a party; RuleError that says where it stands and what to do.

    Several ways lead to "in progress": whose word it is tells the one that is meant.
    """
    if by not in NEXT[commitment.state].get(to, ()):
        label = str(State(commitment.state).label).lower()
        raise RuleError(f"Việc {commitment.number} đang ở tình trạng “{label}”. {refusal}")
    commitment.state = to


def in_their_stead(actor: "User | None", unit_ids: Iterable[int], *, said: bool) -> list[Fault]:
    """Who acts for a unit that is not their own says so; what is missing where they did not."""
    names = [] if said else others_among(actor, unit_ids)
    if not names:
        return []
    few = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    words = (
        f"Việc này thuộc {few}, không phải đơn vị của đồng chí. "
        "Đồng chí vui lòng đánh dấu làm thay, hoặc để đơn vị đó làm."
    )
    return [Fault(words, column="instead")]


def step(
    commitment: Commitment,
    kind: str,
    *,
    actor: "User | None",
    words: str = "",
    on: date | None = None,
    code_id: int | None = None,
    giver_id: int | None = None,
) -> None:
    """Write one line of the timeline, in full."""
    CommitmentStep.objects.create(
        commitment=commitment,
        kind=kind,
        on=on or clock.today(),
        at=clock.now(),
        by=actor,
        words=words,
        code_id=code_id,
        giver_id=giver_id,
    )
    _heard([commitment], kind)


def told(
    commitment: Commitment,
    kind: StepKind,
    act: str,
    actor: "User | None",
    words: str = "",
    *,
    on: date | None = None,
    giver_id: int | None = None,
    **ids: int | None,
) -> None:
    """The step, the audit line and the event of a move; `ids` stand in the audit line."""
    step(
        commitment,
        kind,
        actor=actor,
        words=words,
        on=on,
        code_id=ids.get("code_id"),
        giver_id=giver_id,
    )
    audit.record(actor, act, commitment, **ids)
    events.publish(
        CommitmentMoved(
            commitment_id=commitment.pk, step=kind.value, by_id=actor.pk if actor else None
        )
    )


def steps(
    commitments: Sequence[Commitment],
    kind: str,
    *,
    actor: "User | None",
    words: str = "",
    on: date | None = None,
) -> None:
    """Write the same line on many timelines and count the act on each row. Two queries."""
    now, today = clock.now(), clock.today()
    CommitmentStep.objects.bulk_create(
        CommitmentStep(
            commitment=one, kind=kind, on=on or today, at=now, by=actor, words=cut(words)
        )
        for one in commitments
    )
    Commitment.objects.filter(pk__in=[one.pk for one in commitments]).update(
        changes=F("changes") + 1
    )
    _heard(commitments, kind)


def _heard(commitments: Sequence[Commitment], kind: str) -> None:
    """An act of the lead, or one that puts the work into its hands anew, ends its silence."""
    if kind in HEARD:
        pks = [one.pk for one in commitments]
        Commitment.objects.filter(pk__in=pks).update(heard_on=clock.today())


def save(commitment: Commitment, *fields: str) -> None:
    """Keep these fields and count the act."""
    commitment.changes += 1
    commitment.save(update_fields=[*fields, "changes"])


def text_of(words: str, *, missing: str, most: int = SHORT, column: str = "words") -> str:
    """The words as they are stored; RuleError with `missing` where they say nothing, or where they are too long."""
    kept = canonical(words).strip()
    if not says_something(kept):
        raise RuleError(missing, faults=[Fault(missing, column=column)])
    if len(kept) > most:
        long = f"Phần này dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
        raise RuleError(long, faults=[Fault(long, column=column)])
    return kept


def symbol_of(words: str, *, missing: str, column: str) -> str:
    """The symbol of a paper as it is stored; RuleError where it is none, or too short to find the paper by."""
    kept = text_of(words, missing=missing, most=SYMBOL, column=column)
    if len(kept) < SHORTEST_SYMBOL:
        raise refuse(
            f"“{kept}” quá ngắn để tìm lại văn bản. Đồng chí vui lòng ghi đủ số, ký hiệu, ví dụ 12-KL/TU.",
            column=column,
        )
    return kept


def cut(words: str) -> str:
    """Words that fit one line of a timeline; the whole text stands on its own row."""
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def refuse(sentence: str, *, column: str = "") -> RuleError:
    """A refusal with its fault beside one field."""
    return RuleError(sentence, faults=[Fault(sentence, column=column)])


def by_whom(actor: Any) -> str:
    """Who acted, at the front of a sentence."""
    return f"Đồng chí {actor}" if actor is not None else "Phần mềm"


def _moved_since(commitment: Commitment) -> str:
    last = commitment.steps.select_related("by").order_by("-at", "-pk").first()
    if last is None:
        return f"Việc {commitment.number} vừa thay đổi. Đồng chí vui lòng mở lại trang để xem."
    at = timezone.localtime(last.at)
    done = str(StepKind(last.kind).label).lower()
    return (
        f"{by_whom(last.by)} vừa {done} ở việc {commitment.number} lúc {at:%H:%M} ngày "
        f"{format_date(at.date())}. Đồng chí vui lòng xem lại trang rồi quyết định."
    )
