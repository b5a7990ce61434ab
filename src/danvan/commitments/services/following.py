"""Codes for those who asked: issued once, withdrawn, tried. What was tried is counted, never kept."""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import State, Tried
from danvan.commitments.follow_codes import digest_of, new_code, read_code
from danvan.commitments.models import Commitment, FollowCode, FollowedCommitment, WrongTry
from danvan.commitments.selectors.following import tries_are_left
from danvan.commitments.services import rows
from danvan.commitments.services.answering import note_askers
from danvan.commitments.services.public_words import public_faults
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_numbers
from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.selectors import deadline_by
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LIFE = "follow.code.life"  # the row of the law that says how long a code opens its page
MOST_SLIPS = 100  # of one sheet
WORDS = 400  # letters of what one commitment is called in public
POST = 160
NOBODYS = "-" * 64  # as long as a digest, so that comparing with it costs the same


@dataclass(frozen=True, slots=True)
class Asking:
    """What whoever has the code reads first: what was asked, when, and the post of who concluded. No name."""

    asked: str = ""
    asked_on: date | None = None
    post: str = ""
    source_kind: str = ""
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A code at the only moment when it can be read, with the number of its slip."""

    number: str
    code: str


def issue_follow_code(
    commitments: Iterable[Commitment],
    *,
    actor: "User | None",
    asking: Asking | None = None,
    public_words: Mapping[int, str] | None = None,
) -> str:
    """One code for the commitments; it is shown this once and cannot be read again."""
    [slip] = issue_follow_codes(
        commitments, actor=actor, asking=asking, public_words=public_words, number=1
    )
    return slip.code


@transaction.atomic
def issue_follow_codes(
    commitments: Iterable[Commitment],
    *,
    actor: "User | None",
    number: int,
    asking: Asking | None = None,
    public_words: Mapping[int, str] | None = None,
) -> list[Slip]:
    """A sheet of codes for the same commitments, one for each who asked. Queries do not grow with the number.

    `public_words` say by commitment what it is called in public; else its title stands.
    """
    asking, words = asking or Asking(), public_words or {}
    today = clock.today()
    found = rows.locked_many(commitments)
    faults = [
        *_issue_faults(found, number, actor),
        *asking_faults(asking, today),
        *(fault for one in found for fault in _word_faults(words.get(one.pk, one.title))),
    ]
    if faults:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa cấp được mã theo dõi. {sentences}", faults=faults)
    slips, codes = write_codes(asking, [new_code() for _ in range(number)], actor)
    FollowedCommitment.objects.bulk_create(
        FollowedCommitment(
            code=code,
            commitment=one,
            words=canonical(words.get(one.pk, one.title)).strip(),
        )
        for code in codes
        for one in found
    )
    note_askers(found, on=today)
    ids = {"ids": [one.pk for one in found], "codes": [code.pk for code in codes]}
    audit.record(actor, "commitments.issue_codes", found[0], **ids)
    return slips


def write_codes(
    asking: Asking, codes: Sequence[str], actor: "User | None"
) -> tuple[list[Slip], list[FollowCode]]:
    """Give these codes their slips and keep their digests, for as long as the parameter says."""
    today = clock.today()
    numbers = next_numbers(f"commitments.slips.{today.year}", len(codes))
    slips = [Slip(f"{today.year}-{one:05}", code) for one, code in zip(numbers, codes, strict=True)]
    ends_on = _ends_on(today)
    made = FollowCode.objects.bulk_create(
        FollowCode(
            digest=digest_of(read_code(slip.code)),
            slip=slip.number,
            asked=canonical(asking.asked).strip(),
            asked_on=asking.asked_on or today,
            post=canonical(asking.post).strip(),
            source_kind=asking.source_kind,
            source_id=asking.source_id,
            issued_on=today,
            issued_by=actor,
            ends_on=ends_on,
        )
        for slip in slips
    )
    return slips, made


@transaction.atomic
def withdraw_follow_code(code: FollowCode, *, actor: "User | None") -> FollowCode:
    """Nobody opens anything with the code any more; what was answered by it stays."""
    code = FollowCode.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if code.withdrawn_on is not None:
        raise RuleError(f"Phiếu {code.slip} đã thu hồi ngày {format_date(code.withdrawn_on)}.")
    code.withdrawn_on, code.withdrawn_by = clock.today(), actor
    code.save(update_fields=["withdrawn_on", "withdrawn_by"])
    audit.record(actor, "commitments.withdraw_code", code)
    return code


def try_code(typed: str, *, address: str) -> Tried:
    """Whether a code opens something, for whoever types it from `address`. A wrong one is counted, and never written down.

    A right one is never refused for what others typed: the network of a whole district may stand behind one address
    (decision 15). A wrong code and a withdrawn one take the same way and get the same answer. A slip of the finger is
    told by the check mark without asking the database, and is not counted.
    """
    marks = read_code(typed)
    if not marks:
        return Tried.MISTYPED
    digest = digest_of(marks)
    code = FollowCode.objects.filter(digest=digest).first() or FollowCode(digest=NOBODYS)
    if hmac.compare_digest(code.digest, digest) and code.withdrawn_on is None:
        return Tried.EXPIRED if code.ends_on < clock.today() else Tried.RIGHT
    hour = clock.machine().replace(minute=0, second=0, microsecond=0)
    place = digest_of(f"{hour:%Y%m%d%H} {address}")
    if not tries_are_left(place, hour):
        return Tried.TOO_MANY
    count_wrong_try(place, hour)
    return Tried.WRONG


@transaction.atomic
def count_wrong_try(place: str, hour: datetime, *, everybody: str = "") -> None:
    """Count one wrong try of this hour from this address and by everybody; older hours are forgotten."""
    WrongTry.objects.filter(hour__lt=hour).delete()
    for address in (everybody, place):
        WrongTry.objects.bulk_create([WrongTry(address=address, hour=hour)], ignore_conflicts=True)
        WrongTry.objects.filter(address=address, hour=hour).update(number=F("number") + 1)


def _issue_faults(
    found: Sequence[Commitment], number: int, actor: "User | None"
) -> Iterator[Fault]:
    if not found:
        yield Fault("Đồng chí vui lòng chọn ít nhất một việc để người hỏi theo dõi.")
    if not 1 <= number <= MOST_SLIPS:
        most = format_number(MOST_SLIPS)
        yield Fault(f"Mỗi lần in được từ 1 đến {most} phiếu.", column="number")
    for one in found:
        if actor is not None and not reaches(actor, "commitments.assign", one.assigner_id):
            yield Fault(f"Đồng chí chưa có quyền cấp mã cho việc {one.number}.")
        if one.state == State.WITHDRAWN:
            yield Fault(f"Việc {one.number} đã rút nên không cấp mã theo dõi.")


def asking_faults(asking: Asking, today: date) -> list[Fault]:
    """Everything that is wrong with what whoever has the code reads first."""
    faults = public_faults(asking.asked, label="Điều đã hỏi", column="asked")
    faults += public_faults(asking.post, label="Chức vụ", most=POST, column="post")
    if asking.asked_on is not None and asking.asked_on > today:
        day = format_date(asking.asked_on)
        sentence = f"Ngày {day} chưa đến, đồng chí vui lòng xem lại ngày hỏi."
        faults.append(Fault(sentence, column="asked_on"))
    return faults


def _ends_on(today: date) -> date:
    """The last day on which a code that is issued today opens its page; the settings' where no row of the law stands."""
    try:
        return deadline_by(LIFE, today).due_on
    except (UnknownParameter, NotADuration):
        return today + timedelta(days=settings.DANVAN_CODE_DAYS)


def _word_faults(words: str) -> list[Fault]:
    missing = "Đồng chí vui lòng ghi việc này bằng lời mà người hỏi đọc được."
    return public_faults(
        words, label="Lời công khai về việc", missing=missing, most=WORDS, column="public_words"
    )
