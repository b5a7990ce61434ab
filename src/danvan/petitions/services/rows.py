"""What every act on a petition does first and last: the row under lock, its move, its step, its clocks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max

from danvan.foundation import clock, search
from danvan.foundation.acting import LONG, day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_number
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import clocks, parameters
from danvan.law.services import (
    End,
    Event,
    Starting,
    Term,
    add_to_clocks,
    calendar_in_force,
    start_clock,
    start_clock_by_law,
    start_clocks,
)
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import CLOSED, IDLE, SUBJECT, State, StepKind, base_of
from danvan.petitions.models import Cluster, FreedNumber, Petition, PetitionStep
from danvan.petitions.moves import MOVES, Move
from danvan.petitions.selectors.act_days import DATED, last_of
from danvan.petitions.selectors.clusters import waiting_members

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.law.models import ClockHeld

__all__ = [
    "LONG", "add", "allowed_move", "close", "day_faults", "end", "end_cluster", "index", "index_new", "last_day", "locked", "move",
    "number_of", "open_clock", "refuse", "run", "run_each", "run_house", "run_until", "save", "step", "stop", "stop_all", "take_days",
    "words_of", "wrong_state",
]  # fmt: skip
TEXT = 100_000  # letters of what a paper says
DAYS = ("due_on", "due_name")

# What is to be done before a second complaint can be taken in.
NOT_YET: dict[str, str] = {
    State.DECIDED: (
        "Đơn {} đã có quyết định lần đầu nhưng chưa gửi, nên người khiếu nại chưa có gì để khiếu nại tiếp. Đồng chí vui lòng "
        "ghi “Gửi quyết định” rồi nhận khiếu nại lần hai."
    ),
    State.SUSPENDED: (
        "Đơn {} đang tạm đình chỉ, thời hạn lần đầu không tính trong lúc này nên chưa quá hạn để khiếu nại lần hai. Đồng chí "
        "vui lòng ghi “Tiếp tục giải quyết”, hoặc “Đình chỉ” nếu có căn cứ."
    ),
}  # fmt: skip


def locked(petition: Petition, *, seen: int | None = None, also: Iterable[int] = ()) -> Petition:
    """Re-read the row under a lock, after its units and the calendar; RuleError where somebody acted since the page
    showed it (`seen`). `also` are other units that the act names.
    """
    hold_units({petition.unit_id, *also})
    calendar_in_force()
    found = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("paper")
    row = found.get(pk=petition.pk)
    if seen is not None and seen != row.changes:
        raise RuleError(
            f"Có người vừa sửa đơn {row.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    if row.unit_id != petition.unit_id:  # the right of who acts was asked at the unit that had it
        raise RuleError(
            f"Đơn {row.number} vừa chuyển đơn vị khác giải quyết. Đồng chí vui lòng mở lại danh sách đơn."
        )
    return row


def allowed_move(petition: Petition, name: str) -> Move:
    """The move, where it fits how the petition stands; RuleError that says where it stands where not."""
    move = MOVES[name]
    if not move.fits(petition.kind, petition.state, petition.round):
        raise wrong_state(petition, move)
    return move


def move(petition: Petition, name: str) -> None:
    """Put the row where the move leads."""
    target = allowed_move(petition, name).target
    if target is not None:
        petition.state = target


def wrong_state(petition: Petition, move: Move) -> RuleError:
    """The refusal of an act that does not fit where the petition stands."""
    if move.name == "appeal" and petition.round == 1 and petition.state in NOT_YET:
        return RuleError(NOT_YET[petition.state].format(petition.number))
    if (petition.kind, petition.state) in move.but:
        return RuleError(
            f"Khiếu nại {petition.number} đã thụ lý, nên khi người khiếu nại rút thì người có thẩm quyền ra quyết định đình chỉ. "
            f"Đồng chí vui lòng dùng “{MOVES['end_withdrawn'].label}”."
        )
    label = str(State(petition.state).label).lower()
    if petition.kind not in move.kinds:
        kinds = ", ".join(str(one.label).lower() for one in sorted(move.kinds))
        return RuleError(
            f"“{move.label}” chỉ dùng cho {kinds}; đơn {petition.number} là "
            f"{petition.get_kind_display().lower()}. Đồng chí vui lòng chọn việc khác."
        )
    if move.round not in (None, petition.round):
        only = "lần đầu" if move.round == 1 else "lần hai"
        return RuleError(
            f"“{move.label}” chỉ dùng cho đơn giải quyết {only}; đơn {petition.number} không phải đơn đó. Đồng chí vui "
            "lòng chọn việc khác."
        )
    return RuleError(
        f"Đơn {petition.number} đang ở tình trạng “{label}” nên chưa dùng được “{move.label}”. Đồng chí vui lòng xem "
        "mục “Được làm gì tiếp”."
    )


def close(
    petition: Petition, on: date, *, actor: "User | None", owed: tuple[str, ...] = ()
) -> None:
    """Nothing more is to be done: the day, and all clocks end but those of what is `owed` still. The caller saves
    `closed_on` and `DAYS`.
    """
    if petition.state not in CLOSED:
        raise AssertionError(petition.state)
    petition.closed_on = on
    stop_all(petition, on=on, actor=actor, owed=owed)


def save(petition: Petition, *fields: str) -> None:
    """Keep these fields and the nearest day, and count the act."""
    take_days(petition)
    petition.changes += 1
    petition.save(update_fields=[*dict.fromkeys((*fields, *DAYS)), "changes"])
    if petition.cluster_id is not None and (petition.answered_on or petition.closed_on):
        end_cluster(petition.cluster_id)


def end_cluster(cluster_id: int) -> None:
    """A cluster of which no member waits any more is done, and answered where it has words. Whoever calls holds the calendar,
    as every act on one does.
    """
    open_ones = Cluster.objects.filter(pk=cluster_id, ended_on=None)
    for cluster in open_ones.exclude(pk__in=waiting_members().values("cluster")):
        cluster.ended_on, cluster.changes = clock.today(), cluster.changes + 1
        cluster.answered_on = cluster.ended_on if cluster.answer else None
        cluster.save(update_fields=["ended_on", "answered_on", "changes"])


def step(
    petition: Petition, kind: StepKind, *, on: date, actor: "User | None", words: str = "", symbol: str = ""
) -> PetitionStep:  # fmt: skip
    """Write one line of the history."""
    return PetitionStep.objects.create(
        petition=petition, kind=kind, on=on, at=clock.now(), by=actor, words=words[:600],
        symbol=symbol[:80],
    )  # fmt: skip


def last_day(petition: Petition) -> date:
    """The day of the last act on it, or on which it was received: nothing after is dated before."""
    return last_days([petition])[petition.pk]


def last_days(petitions: Sequence[Petition]) -> dict[int, date]:
    """The day of the last act on each, in one query."""
    ids = [one.pk for one in petitions]
    dated = PetitionStep.objects.filter(petition__in=ids, kind__in=DATED).order_by()
    steps = dict(dated.values_list("petition").annotate(last=Max("on")))
    return {one.pk: last_of(one, filter(None, [steps.get(one.pk)])) for one in petitions}


def number_of(series: str, year: int) -> str:
    """The next number of a series, e.g. KN-2026-0148; one whose row was taken out whole is taken first."""
    key = f"petitions.{series}.{year}"
    freed = FreedNumber.objects.select_for_update().filter(series=key).order_by("number").first()
    if freed is not None:
        number = freed.number
        freed.delete()
    else:
        number = next_number(key)
    return f"{series}-{year}-{number:04}"


# Clocks


def run(petition: Petition, name: str, key: str, *, on: date, actor: "User | None") -> bool:
    """Begin a clock by the row of the law in force on the day of its event; False where there is none: then nothing is
    computed, and the card says so.
    """
    free = _free(petition, name)
    try:
        start_clock_by_law(
            SUBJECT, petition.pk, key, on=on, unit_id=petition.unit_id, name=free, actor=actor
        )
    except UnknownParameter:
        return False
    return True


def run_each(
    petition: Petition, wanted: Mapping[str, tuple[str, date]], *, actor: "User | None", new: bool = False
) -> list["ClockHeld"]:  # fmt: skip
    """`run` for several clocks at once, by name the row of the law and the day; those that began. A `new` petition has none."""
    keys = [key for key, _ in wanted.values()]
    law = {on: parameters(keys, on=on) for on in {day for _, day in wanted.values()}}
    startings = []
    for name, (key, on) in wanted.items():
        if (row := law[on].get(key)) is not None:
            free, term = name if new else _free(petition, name), Term(row.numerator, row.unit)
            startings.append(Starting(petition.pk, term, on, petition.unit_id, row, name=free))
    return start_clocks(SUBJECT, startings, actor=actor)


def run_house(petition: Petition, name: str, *, on: date, actor: "User | None") -> None:
    """Begin a clock for which the law has no number, by the term that this house set itself."""
    term = Term(settings.DANVAN_PROPOSAL_DAYS, "D")
    starting = Starting(petition.pk, term, on, petition.unit_id)
    start_clock(SUBJECT, starting, name=_free(petition, name), actor=actor)


def run_until(
    petition: Petition, name: str, until: date, *, on: date, actor: "User | None"
) -> None:
    """Begin a clock that ends on a day which was named."""
    term = Term((until - on).days, "D")
    starting = Starting(petition.pk, term, on, petition.unit_id, until=until)
    start_clock(SUBJECT, starting, name=_free(petition, name), actor=actor)


def add(petition: Petition, name: str, events: Sequence[Event], *, actor: "User | None") -> None:
    """Add events to an open clock of this name; nothing where none runs."""
    held = open_clock(petition, name)
    if held is not None:
        add_to_clocks(SUBJECT, {petition.pk: list(events)}, name=held.name, actor=actor)


def stop(petition: Petition, *names: str, on: date, actor: "User | None") -> None:
    """End the open clocks of these names."""
    for held in _open(petition):
        if base_of(held.name) in names:
            end(petition, held, on=on, actor=actor)


def stop_all(
    petition: Petition, *, on: date, actor: "User | None", owed: tuple[str, ...] = ()
) -> None:
    """End every open clock but those of what is `owed` still."""
    for held in _open(petition):
        if base_of(held.name) in owed:
            continue
        end(petition, held, on=on, actor=actor)


def end(petition: Petition, held: "ClockHeld", *, on: date, actor: "User | None") -> None:
    """End this one of its clocks."""
    add_to_clocks(SUBJECT, {petition.pk: [End(on)]}, name=held.name, actor=actor)


def open_clock(petition: Petition, name: str) -> "ClockHeld | None":
    """The clock of this name that has not ended; the oldest, where more are owed."""
    return next((one for one in _open(petition) if base_of(one.name) == name), None)


def take_days(petition: Petition, among: "Sequence[ClockHeld] | None" = None) -> None:
    """Set the nearest day of the open clocks that run (`among`: where they are known). That of long idleness is an alarm
    of its own, never the nearest.
    """
    known = _open(petition) if among is None else among
    found = [one for one in known if one.paused_on is None and base_of(one.name) != IDLE]
    nearest = min(found, key=lambda one: (one.due_on, one.pk), default=None)
    petition.due_on = nearest.due_on if nearest else None
    petition.due_name = base_of(nearest.name) if nearest else ""


def _open(petition: Petition) -> list["ClockHeld"]:
    held = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk, ended_on=None)
    return list(held.order_by("pk"))


def _free(petition: Petition, name: str) -> str:
    """The name itself, or with a number where a clock of that name ended before."""
    taken = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk, name__startswith=name)
    number = sum(base_of(one) == name for one in taken.values_list("name", flat=True))
    return name if not number else f"{name}.{number + 1}"


def index(petition: Petition) -> None:
    """The words it is found by: what is asked, never who asks."""
    search.index(petition, _words_found_by(petition))


def index_new(petition: Petition) -> None:
    """As `index`, for one that was just written down."""
    search.index_many([(petition, _words_found_by(petition))])


def _words_found_by(petition: Petition) -> str:
    parts = (petition.number, petition.title, petition.text, petition.decision_symbol)
    return "\n".join(one for one in parts if one)


def before_faults(petition: Petition, on: date, *, column: str = "on") -> list[Fault]:
    """What is wrong with the day of an act on it."""
    since = last_day(petition)
    return day_faults(on, column=column, since=since, what="ngày")
