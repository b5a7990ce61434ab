"""Petitions of many about the same thing: put together, answered once, each with a clock, a step and a notice of its own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import clocks, parameter
from danvan.law.services import End, Starting, Term, add_to_clocks, calendar_in_force, start_clocks
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import (
    ANSWERED_KINDS,
    IDLE,
    MORE,
    OUTCOMES,
    RELAY,
    RELAY_KEY,
    REPLY,
    SENT_ON,
    SETTLE,
    SUBJECT,
    AnswerChannel,
    Kind,
    Outcome,
    State,
    StepKind,
    base_of,
)  # fmt: skip
from danvan.petitions.events import PetitionAnswered
from danvan.petitions.models import (
    Cluster,
    Petition,
    PetitionAnswer,
    PetitionRequest,
    PetitionStep,
)
from danvan.petitions.moves import HANDLE, MOVES
from danvan.petitions.selectors.clusters import asks_the_same, waiting_members
from danvan.petitions.services import rows
from danvan.petitions.services.classifying import accept_petition
from danvan.petitions.services.publishing import words_changed
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.law.models import ClockHeld

SERIES = "NH"
MOST_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member that an act on the cluster did not reach, and why, in a whole sentence."""

    petition: Petition
    why: str


@dataclass(frozen=True, slots=True)
class ClusterDone:
    """What an act on a cluster came to: whom it reached, and who was left out."""

    cluster: Cluster
    done: tuple[Petition, ...]
    left_out: tuple[LeftOut, ...]


@transaction.atomic
def open_cluster(petition_ids: Collection[int], *, title: str, actor: "User | None") -> Cluster:
    """Put petitions of one unit about the same thing together: at least two, proposals and feedback only."""
    members = _members_by_id(petition_ids)
    title, faults = rows.words_of(
        title, column="title", missing="Đồng chí vui lòng ghi nhóm đơn về việc gì.", most=300
    )
    if len(members) < 2:
        faults.append(Fault("Đồng chí vui lòng chọn từ hai đơn trở lên.", column="petitions"))
    faults += _join_faults(members, None, actor)
    rows.refuse(faults)
    today = clock.today()
    cluster = Cluster.objects.create(
        number=rows.number_of(SERIES, today.year),
        unit_id=members[0].unit_id,
        title=title,
        opened_on=today,
    )
    _join(cluster, members, actor)
    audit.record(actor, "petitions.open_cluster", cluster, ids=[one.pk for one in members])
    return cluster


@transaction.atomic
def join_cluster(
    cluster: Cluster, petition_ids: Collection[int], *, actor: "User | None", seen: int | None = None
) -> Cluster:  # fmt: skip
    """Put more petitions to a cluster of which some member waits still."""
    members = _members_by_id(petition_ids)
    cluster = _locked(cluster, seen=seen)
    faults = _join_faults(members, cluster, actor)
    if not members:
        faults.append(Fault("Đồng chí vui lòng chọn đơn để gộp.", column="petitions"))
    if cluster.ended_on is not None:
        words = f"Nhóm {cluster.number} không còn đơn nào chờ trả lời nên không gộp thêm đơn. Đồng chí vui lòng lập nhóm mới."
        faults.append(Fault(words))
    rows.refuse(faults)
    _join(cluster, members, actor)
    _count(cluster)
    audit.record(actor, "petitions.join_cluster", cluster, ids=[one.pk for one in members])
    return cluster


def accept_cluster(cluster: Cluster, *, on: date, actor: "User | None") -> ClusterDone:
    """Accept every member that waits for it, each by itself; the others are told, but for what is against `actor`."""
    done, left_out = [], []
    waiting = Petition.objects.filter(cluster=cluster, state__in=MOVES["accept"].sources)
    for one in waiting.not_against(actor).select_related("paper").order_by("pk"):
        if one.unit_id != cluster.unit_id:
            left_out.append(LeftOut(one, _elsewhere(one)))
            continue
        try:
            done.append(accept_petition(one, on=on, actor=actor))
        except RuleError as refused:
            left_out.append(LeftOut(one, refused.message))
    return ClusterDone(cluster, tuple(done), tuple(left_out))


@transaction.atomic
def answer_cluster(
    cluster: Cluster, *, text: str, channel: str, outcome: str, on: date, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> ClusterDone:  # fmt: skip
    """One answer to each member that can be answered; who asks for something else is told and left out. What is against
    `actor` is neither answered nor told of: it waits for somebody else, and the cluster with it.

    What is asked for is answered by what was answered to the same request of another member: one member's requests are
    answered, the others' follow. Queries do not grow with the members, but for one line of the outbox each.
    """
    hold_units({cluster.unit_id})
    calendar_in_force()
    cluster = _locked(cluster, seen=seen)
    found = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("paper")
    waiting = found.filter(cluster=cluster, answered_on=None, closed_on=None)
    members = list(waiting.not_against(actor).order_by("pk"))
    text, faults = rows.words_of(
        text, column="text", missing="Đồng chí vui lòng ghi nội dung trả lời; không đóng đơn khi chưa trả lời."
    )  # fmt: skip
    if channel not in AnswerChannel.values:
        faults.append(Fault("Đồng chí vui lòng chọn trả lời bằng cách nào.", column="channel"))
    if outcome not in OUTCOMES[Kind.FEEDBACK, 1]:
        faults.append(Fault("Đồng chí vui lòng chọn kết quả.", column="outcome"))
    faults += rows.day_faults(on, column="on", since=cluster.opened_on, what="ngày lập nhóm")
    rows.refuse(faults)
    reached, left_out = _sorted(members, cluster, on)
    if not reached:
        first = left_out[0].why if left_out else "Nhóm không còn đơn nào chờ trả lời."
        raise RuleError(f"Chưa trả lời được đơn nào của nhóm {cluster.number}. {first}")
    _answer_all(reached, text, channel, Outcome(outcome), on, actor, symbol or cluster.number)
    cluster.answer = text
    cluster.answered_on = cluster.ended_on = None if waiting_members(cluster).exists() else on
    _count(cluster, "answer", "answered_on", "ended_on")
    audit.record(actor, "petitions.answer_cluster", cluster, outcome=outcome, number=len(reached))
    for one in reached:
        events.publish(PetitionAnswered(petition_id=one.pk))
    return ClusterDone(cluster, tuple(reached), tuple(left_out))


def _locked(cluster: Cluster, *, seen: int | None) -> Cluster:
    row = Cluster.objects.select_for_update(of=("self",), no_key=True).get(pk=cluster.pk)
    if seen is not None and seen != row.changes:
        raise RuleError(
            f"Có người vừa sửa nhóm {row.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return row


def _elsewhere(petition: Petition) -> str:
    return f"Đơn {petition.number} đã chuyển đơn vị khác giải quyết."


def _members_by_id(petition_ids: Collection[int]) -> list[Petition]:
    chosen = set(petition_ids)
    if len(chosen) > MOST_AT_ONCE:
        raise RuleError(
            f"Mỗi lần gộp tối đa {format_number(MOST_AT_ONCE)} đơn, đồng chí vui lòng gộp làm nhiều lần."
        )
    units = Petition.objects.filter(pk__in=chosen).values_list("unit_id", flat=True)
    hold_units(set(units))
    found = Petition.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=chosen)
    return list(found.order_by("pk"))


def _join_faults(
    members: Sequence[Petition], cluster: Cluster | None, actor: "User | None"
) -> list[Fault]:
    """Everything that keeps these from standing together."""
    faults = []
    unit_id = cluster.unit_id if cluster else members[0].unit_id if members else None
    for one in members:
        if one.kind not in ANSWERED_KINDS:
            faults.append(
                f"Đơn {one.number} là khiếu nại: mỗi khiếu nại có quyết định riêng nên không gộp nhóm."
            )
        elif one.unit_id != unit_id:
            faults.append(f"Đơn {one.number} do đơn vị khác giải quyết nên không gộp được.")
        elif not one.open or one.answered_on is not None:
            faults.append(f"Đơn {one.number} đã trả lời hoặc đã đóng nên không gộp được.")
        elif one.cluster_id is not None:
            faults.append(f"Đơn {one.number} đã thuộc một nhóm rồi.")
    if actor is not None and unit_id is not None and not reaches(actor, HANDLE, unit_id):
        faults.append("Đồng chí chưa được giao xử lý đơn của đơn vị này nên không gộp được.")
    return [Fault(one, column="petitions") for one in faults]


def _join(cluster: Cluster, members: Sequence[Petition], actor: "User | None") -> None:
    for one in members:
        one.cluster = cluster
        one.changes += 1
    Petition.objects.bulk_update(members, ["cluster", "changes"], batch_size=500)
    _steps(members, StepKind.JOINED, clock.today(), actor, words=cluster.number)


def _count(cluster: Cluster, *fields: str) -> None:
    cluster.changes += 1
    cluster.save(update_fields=[*fields, "changes"])


def _steps(
    members: Iterable[Petition], kind: StepKind, on: date, actor: "User | None", *, words: str = "", symbol: str = ""
) -> None:  # fmt: skip
    now = clock.now()
    PetitionStep.objects.bulk_create(
        PetitionStep(
            petition=one, kind=kind, on=on, at=now, by=actor, words=words[:600], symbol=symbol[:80]
        )
        for one in members
    )


def _sorted(
    members: Sequence[Petition], cluster: Cluster, on: date
) -> tuple[list[Petition], list[LeftOut]]:
    """Who can be answered now, with the replies to their requests; and who cannot, and why."""
    asked = defaultdict(list)
    everything = PetitionRequest.objects.filter(petition__cluster=cluster, withdrawn_on=None)
    everything = everything.order_by("petition_id", "number")
    for one in everything:
        asked[one.petition_id].append(one)
    given, last = _replies_given(everything), rows.last_days(members)
    reached, left_out, followed = [], [], []
    for petition in members:
        why, replies = _why_not(petition, cluster, asked[petition.pk], given, on, last[petition.pk])
        if why:
            left_out.append(LeftOut(petition, why))
        else:
            reached.append(petition)
            followed += replies
    for one in followed:
        one.replied_on = on
    PetitionRequest.objects.bulk_update(followed, ["reply", "basis", "replied_on"], batch_size=500)
    return reached, left_out


def _why_not(
    petition: Petition, cluster: Cluster, asked: Sequence[PetitionRequest], given: Sequence[PetitionRequest], on: date,
    since: date,
) -> tuple[str, list[PetitionRequest]]:  # fmt: skip
    """Why a petition cannot be answered with its cluster, or else the replies that its requests take over."""
    if petition.unit_id != cluster.unit_id:
        return _elsewhere(petition), []
    if not MOVES["answer"].fits(petition.kind, petition.state, petition.round):
        label = petition.get_state_display().lower()
        return f"Đơn {petition.number} đang ở tình trạng “{label}” nên chưa trả lời được.", []
    if faults := rows.day_faults(on, column="on", since=since, what="ngày"):
        return f"Đơn {petition.number}: {faults[0].message}", []
    replies = []
    for one in asked:
        if one.replied_on is not None:
            continue
        same = next((other for other in given if asks_the_same(one.words, other.words)), None)
        if same is None:
            why = (
                f"Đơn {petition.number} có yêu cầu khác với nhóm: “{one.words[:100]}”. Đồng chí vui lòng trả lời yêu cầu "
                "này hoặc tách đơn khỏi nhóm."
            )
            return why, []
        one.reply, one.basis = same.reply, same.basis
        replies.append(one)
    return "", replies


def _replies_given(everything: Iterable[PetitionRequest]) -> list[PetitionRequest]:
    """One request of each wording that has its answer."""
    given: dict[str, PetitionRequest] = {}
    for one in everything:
        if one.replied_on is not None:
            given.setdefault(fold(one.words), one)
    return list(given.values())


def _answer_all(
    petitions: Sequence[Petition], text: str, channel: str, outcome: Outcome, on: date, actor: "User | None", symbol: str
) -> None:  # fmt: skip
    PetitionAnswer.objects.bulk_create(
        PetitionAnswer(petition=one, on=on, text=text, channel=channel, outcome=outcome, by=actor)
        for one in petitions
    )
    words_changed([one.pk for one in petitions], on=on)
    _steps(petitions, StepKind.ANSWERED, on, actor, symbol=symbol)
    _stop_clocks(petitions, on, actor)
    _begin_relays([one for one in petitions if one.paper.channel in SENT_ON], on, actor)
    nearest = _nearest_days(petitions)
    for one in petitions:
        one.state, one.answer, one.answer_channel = State.ANSWERED, text, channel
        one.outcome, one.answered_on, one.changes = outcome, on, one.changes + 1
        held = nearest.get(one.pk)
        one.due_on = held.due_on if held else None
        one.due_name = base_of(held.name) if held else ""
    columns = ["state", "answer", "answer_channel", "outcome", "answered_on", "changes", *rows.DAYS]
    Petition.objects.bulk_update(petitions, columns, batch_size=200)
    audit.record_each(
        actor, "petitions.answer", [(one, {"outcome": str(outcome)}) for one in petitions]
    )


def _stop_clocks(petitions: Sequence[Petition], on: date, actor: "User | None") -> None:
    by_name: dict[str, list[int]] = defaultdict(list)
    for held in _open_clocks(petitions):
        if base_of(held.name) in (SETTLE, REPLY, MORE):
            by_name[held.name].append(held.subject_id)
    for name, ids in by_name.items():
        add_to_clocks(SUBJECT, {pk: [End(on)] for pk in ids}, name=name, actor=actor)


def _begin_relays(petitions: Sequence[Petition], on: date, actor: "User | None") -> None:
    """Who sent a paper on is owed what came of it; nothing where the law has no row."""
    if not petitions:
        return
    try:
        row = parameter(RELAY_KEY, on=on)
    except UnknownParameter:
        return
    ids = [one.pk for one in petitions]
    taken: dict[int, int] = defaultdict(int)
    before = clocks().filter(subject_kind=SUBJECT, subject_id__in=ids, name__startswith=RELAY)
    for pk in before.values_list("subject_id", flat=True):
        taken[pk] += 1
    by_name: dict[str, list[Starting]] = defaultdict(list)
    for one in petitions:
        name = f"{RELAY}.{taken[one.pk] + 1}" if taken[one.pk] else RELAY
        term = Term(row.numerator, row.unit)
        by_name[name].append(Starting(one.pk, term, on, one.unit_id, row))
    for name, startings in by_name.items():
        start_clocks(SUBJECT, startings, name=name, actor=actor)


def _nearest_days(petitions: Sequence[Petition]) -> dict[int, "ClockHeld"]:
    """The open clock of each that ends first, but for that of long idleness."""
    found: dict[int, ClockHeld] = {}
    for held in _open_clocks(petitions):
        if held.paused_on is None and base_of(held.name) != IDLE:
            kept = found.get(held.subject_id)
            if kept is None or held.due_on < kept.due_on:
                found[held.subject_id] = held
    return found


def _open_clocks(petitions: Sequence[Petition]) -> list["ClockHeld"]:
    held = clocks().filter(subject_kind=SUBJECT, subject_id__in=[one.pk for one in petitions])
    return list(held.filter(ended_on=None).order_by("pk"))
