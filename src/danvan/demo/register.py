"""What the demonstration's register holds beyond its units: people in posts, villages, terms, a merger being drafted,
and what the communes before 01/07/2025 had reported. Names and figures are invented and say so.
"""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from danvan.demo.forms import BASIS
from danvan.demo.people import OFFICERS, PEOPLE
from danvan.demo.town import TOWN
from danvan.demo.travelling import on_day
from danvan.demo.work import FIRST, Seat
from danvan.foundation.periods import Every, Period
from danvan.foundation.workbook import write_table
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.selectors import indicators_by_code
from danvan.indicators.services import Entry, record_values
from danvan.organisations.enums import (
    Entry as Came,
)
from danvan.organisations.enums import (
    EventKind,
    FlagKind,
    Kind,
    Level,
    Manner,
    MarkKind,
    Measure,
    Rank,
)
from danvan.organisations.selectors import identities, places_at, predecessors
from danvan.organisations.selectors.spans import spans_of
from danvan.organisations.services import (
    add_new_unit,
    draft_reorganisation,
    set_passing,
)
from danvan.organisations.services.officers import (
    Draft,
    add_officer,
    appoint_many,
    found_post,
    import_posts,
)
from danvan.organisations.services.sizing import Counted, record_sizes
from danvan.organisations.services.standing import begin_term, raise_flag, record_mark
from danvan.organisations.services.villages import import_villages
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

SAMPLE = "Số liệu mẫu"
DECISION = "Quyết định mẫu"
CONGRESS = date(2025, 10, 1)
BEFORE = tuple(
    Period.parse("2025").parts(Every.MONTH)[3:6]
)  # the last three months of the old communes
EARLIER = ("DV-01", "DV-02", "DV-04", "DV-05", "DV-11")
BORDER = ("Keng Đu", "Mường Xén", "Na Ngoi", "Tri Lễ", "Thông Thụ", "Tam Quang")
FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Võ",
    "Lô",
    "Vi",
    "Moong",
    "Hồ",
    "Đặng",
)
MIDDLES = ("Văn", "Thị", "Đình", "Hữu", "Thanh", "Ngọc", "Xuân", "Minh", "Đức", "Thu")
GIVEN = ("An", "Bình", "Cường", "Dung", "Hà", "Hải", "Hạnh", "Hùng", "Lan", "Long", "Nga", "Sơn", "Thủy", "Tuấn", "Yến")  # fmt: skip
HEADS = (
    (Kind.PARTY_COMMITTEE, "Bí thư"),
    (Kind.ADVISORY_BOARD, "Trưởng ban"),
    (Kind.PEOPLES_COMMITTEE, "Chủ tịch"),
    (Kind.FRONT_COMMITTEE, "Chủ tịch"),
)
MERGING = ("Môn Sơn", "Con Cuông", "Mậu Thạch")


def fill_register(seats: list[Seat], province_id: int, people: dict[str, "User"]) -> None:
    """Posts and who holds them, villages, marks and terms, border communes, and a merger that waits as a draft."""
    actor = people["quantri"]
    with on_day(FIRST):
        import_posts(_posts(seats), name="chuc-danh.xlsx", actor=actor)
        committee = next(seat for seat in seats if seat.place_id == province_id)
        _mark(committee.organisations, actor)
        _seat_leader(committee.organisations[Kind.PARTY_COMMITTEE], people["lanhdao"], actor)
        for seat in seats:
            if seat.name.endswith(BORDER):
                raise_flag(
                    seat.place_id, kind=FlagKind.BORDER, decision=DECISION, valid_from=FIRST, actor=actor
                )  # fmt: skip
        _villages(seats, actor)
    with on_day(CONGRESS):
        begin_term(
            committee.organisations[Kind.PARTY_COMMITTEE], ordinal="XX", name="2025 - 2030",
            valid_from=CONGRESS, decision=DECISION, actor=actor,
        )  # fmt: skip
    _draft_merger(seats, province_id, actor)


def _seat_leader(committee_id: int, leader: "User", actor: "User") -> None:
    """Who signs in as the leader holds the post that the page says: commitments may be given into that hand."""
    title = "Phó Bí thư Thường trực"
    unit = identities([committee_id])[committee_id]
    post = found_post(unit, title, Rank.DEPUTY, on=FIRST, decision=DECISION, actor=actor)
    officer = add_officer(leader.full_name, user_id=leader.pk, actor=actor)
    draft = Draft(officer.pk, post.pk, Manner.FULL, Came.APPOINTED, DECISION, FIRST)
    appoint_many([draft], actor=actor)


def _mark(organisations: dict[str, int], actor: "User") -> None:
    symbols = {Kind.PARTY_COMMITTEE: "TU", Kind.ADVISORY_BOARD: "BTGDVTU"}
    for kind, text in symbols.items():
        record_mark(
            organisations[kind], kind=MarkKind.SYMBOL, text=text, decision=DECISION, valid_from=FIRST,
            actor=actor,
        )  # fmt: skip


def _posts(seats: list[Seat]) -> bytes:
    """The list of heads as a province keeps it. In some communes one person heads the board and the Front."""
    names = _names()
    units = spans_of([unit for seat in seats for unit in seat.organisations.values()])
    called = {one.unit_id: one.name for one in units if one.holds_on(FIRST)}
    rows = []
    for seat in seats:
        chance = random.Random(f"posts:{seat.name}")  # noqa: S311  no secret is drawn
        both = chance.random() < 0.35
        board = ""
        for kind, title in HEADS:
            if chance.random() < 0.04:  # vacant
                continue
            name = next(names)
            manner = "quyền" if chance.random() < 0.05 else ""
            if kind == Kind.ADVISORY_BOARD:
                board = name
            elif kind == Kind.FRONT_COMMITTEE and both and board:
                name, manner = board, "kiêm nhiệm"
            rows.append(
                [called[seat.organisations[kind]], title, name, manner, format_date(FIRST), "", DECISION]
            )  # fmt: skip
    headings = ["Đơn vị hoặc mã", "Chức danh", "Họ tên", "Cách giữ", "Từ ngày", "Đến ngày", "Quyết định"]  # fmt: skip
    return write_table("Chức danh", headings, rows)


def _names() -> Iterator[str]:
    """Invented names, each once."""
    signing = {person.full_name for person in PEOPLE}
    every = [f"{a} {b} {c}" for a in FAMILIES for b in MIDDLES for c in GIVEN]
    every = [name for name in every if name not in signing]
    random.Random("names").shuffle(every)  # noqa: S311
    yield from every


def _villages(seats: list[Seat], actor: "User") -> None:
    """Villages of the communes that have an officer here, with invented households."""
    for _, _, _, commune in OFFICERS:
        for seat in seats:
            if not seat.name.endswith(f" {commune}"):
                continue
            chance = random.Random(f"villages:{commune}")  # noqa: S311
            sort = "khối" if TOWN in seat.name.split() else "bản"
            rows = [
                [f"{sort.capitalize()} {commune} {number}", sort, chance.randint(60, 240), chance.randint(280, 1_000),
                 DECISION, format_date(FIRST)]
                for number in range(1, chance.randint(7, 13))
            ]  # fmt: skip
            sheet = write_table(
                "Thôn, bản",
                ["Tên thôn", "Loại hình", "Số hộ", "Nhân khẩu", "Quyết định", "Từ ngày"],
                rows,
            )
            top = identities([seat.place_id])[seat.place_id]
            import_villages(sheet, name="thon-ban.xlsx", top=top, counted_on=FIRST, actor=actor)


def _draft_merger(seats: list[Seat], province_id: int, actor: "User") -> None:
    """A merger of neighbouring communes from next year, with sizes, left for the reader to check and apply."""
    merging = [seat for name in MERGING for seat in seats if seat.name.endswith(f" {name}")]
    if len(merging) < 2:  # a smaller province, in tests
        merging = [seat for seat in seats if seat.place_id != province_id][:2]
    chance = random.Random("merger")  # noqa: S311
    counted = [
        Counted(seat.place_id, population=chance.randint(9_000, 24_000), households=chance.randint(2_100, 5_600))
        for seat in merging
    ]  # fmt: skip
    record_sizes(counted, counted_on=date(2026, 6, 30), source=SAMPLE, actor=actor)
    draft = draft_reorganisation(
        EventKind.MERGE, title=f"Nhập {', '.join(seat.name for seat in merging)} (dự thảo mẫu)",
        scope_id=province_id, effective_on=date(2027, 1, 1), decision="Tờ trình mẫu", actor=actor,
        measure=Measure.POPULATION,
    )  # fmt: skip
    new = add_new_unit(
        draft, name=f"Xã {merging[0].name.split(' ', 1)[1]}", type_word="xã", level=Level.COMMUNE,
        parent_id=province_id, actor=actor,
    )  # fmt: skip
    for seat in merging:
        set_passing(draft, seat.place_id, new_unit_id=new.pk, heir=True, actor=actor)


def report_before_the_merger(seats: list[Seat], actor: "User") -> int:
    """What the communes that ended on 30/06/2025 had reported for its last three months; how many values."""
    known = indicators_by_code(EARLIER)
    communes = set(places_at([Level.COMMUNE], on=BEFORE[-1].last))
    before = {kin.id for seat in seats for kin in predecessors(seat.place_id)}
    olds = sorted(communes & (before | {seat.place_id for seat in seats}))
    given = 0
    for old in olds:
        chance = random.Random(f"before:{old}")  # noqa: S311
        models = chance.randint(1, 3)
        for month in BEFORE:
            held = chance.randint(0, 1)
            asked = held * chance.randint(3, 20)
            at_once = sum(chance.random() < 0.55 for _ in range(asked))
            amounts = (held, held * chance.randint(30, 120), asked, at_once, models)
            entries = [
                Entry(known[code].pk, Decimal(amount), Origin.ENTERED)
                for code, amount in zip(EARLIER, amounts, strict=True)
            ]
            given += len(record_values(old, month, entries, actor=actor, source_kind=BASIS, level=Approval.LOCKED))  # fmt: skip
    return given
