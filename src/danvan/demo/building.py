"""Builds the demonstration province, only by calling the services that people's own acts call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan.accounts.services import create_user, grant_role
from danvan.activities.enums import ActivityKind
from danvan.activities.services import Draft, add_evidence, record_activities
from danvan.demo.denouncing import Denouncing
from danvan.demo.directing import Directing
from danvan.demo.ledger import deeds
from danvan.demo.minutes import make_minutes
from danvan.demo.noticing import read_old_notices
from danvan.demo.people import HEADS, OFFICERS, PEOPLE, PETITIONS, PROVINCE, Person
from danvan.demo.petitions import COMMUNES, Petitions
from danvan.demo.planning import Planning
from danvan.demo.receiving import (
    performers_of,
    receive_conclusion,
    receive_plan,
    receive_resolution,
)
from danvan.demo.receptions import Receptions
from danvan.demo.register import fill_register, report_before_the_merger
from danvan.demo.reports import reports
from danvan.demo.talks import Talks
from danvan.demo.telling import Telling
from danvan.demo.travelling import live_through
from danvan.demo.wards import Wards
from danvan.demo.work import FIRST, Chronicle, Seat, steadiness_of
from danvan.documents.services import register_issued_document
from danvan.exchange.services.keys import make_key
from danvan.foundation import audit
from danvan.grassroots.services import load_kinds
from danvan.indicators.services import recompute_dirty
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import STANDING, Follows
from danvan.organisations.selectors import (
    by_code,
    children,
    identities,
    organisations_at,
    top_unit,
    units_on,
)
from danvan.organisations.services import found_organisations, load_register
from danvan.topics.services import load_topics
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.activities.models import Activity
    from danvan.organisations.models import Unit

Tell = Callable[[str], None]
STAGES = ("empty", "reporting", "year-end")
PROVED = (ActivityKind.WORKING_SESSION, ActivityKind.SUPERVISION, ActivityKind.SOCIAL_CRITICISM)


@dataclass(slots=True)
class Built:
    """What a build made: the sign-ins to print, and how much of each."""

    sign_ins: list[tuple[Person, str]] = field(default_factory=list)
    organisations: int = 0
    targets: int = 0
    activities: int = 0
    papers: int = 0
    commitments: int = 0
    reports: int = 0
    dialogues: int = 0
    promised: int = 0  # commitments that came of dialogues
    reviews: int = 0  # commitments that came of reviews
    sessions: int = 0
    matters: int = 0  # of grassroots democracy
    petitions: int = 0
    denunciations: int = 0
    receptions: int = 0  # days of heads
    visits: int = 0
    concluded: int = 0  # notices of what heads concluded on such days
    articles: int = 0  # that the people read
    follow_codes: list[tuple[str, str]] = field(default_factory=list)
    key: str = ""  # of another system, to try the API and Open311


def build(stage: str, tell: Tell, *, communes: int | None = None) -> Built:
    """Build the province up to `stage`.

    `empty`: register and people; `reporting`: eighteen months of activities and monthly reports;
    `year-end`: with them the documents, their targets, and the commitments as they were carried out.
    `communes` keeps organisations, reports and work to so many of them; all 130 unless said.
    """
    load_register(progress=tell)
    tell("Nạp tham số pháp luật, lịch làm việc và cây lĩnh vực")
    load_parameters()
    load_calendar()
    load_topics()
    load_kinds()
    tell("Lập các tổ chức của tỉnh Nghệ An và 130 xã, phường")
    built = Built()
    province = by_code(PROVINCE, on=FIRST)
    if province is None:
        raise LookupError(f"the register has no province {PROVINCE}")
    places = [branch.unit.id for branch in children(province.pk, on=FIRST)][:communes]
    founded = found_organisations([province.pk, *places], STANDING, actor=None, on=FIRST)
    built.organisations = len(founded)
    tell("Tạo người dùng mẫu")
    people = _people(province.pk, places, built)
    if stage != "empty":
        seats = _seats([province.pk, *places])
        tell("Ghi chức danh, thôn bản, nhiệm kỳ; soạn dự thảo sắp xếp")
        fill_register(seats, province.pk, people)
        if stage == "year-end":
            tell("Vào sổ Nghị quyết 04-NQ/TU, máy đọc, chuyên viên nhận chỉ tiêu")
            built.targets = receive_resolution(province.pk, people)
        tell("Ghi công việc từ tháng 7/2025 đến tháng 12/2026")
        _work(seats, built, papers=stage == "year-end")
        _live(stage, seats, identities([province.pk])[province.pk], people, built, tell)
        read_old_notices(people.values())
    tell("Niêm phong nhật ký")
    audit.seal()
    return built


def _people(province_id: int, communes: Iterable[int], built: Built) -> dict[str, "User"]:
    units = units_on(communes, FIRST)
    by_name = {unit.name.split(" ", 1)[1]: unit for unit in units.values()}
    top = top_unit(on=FIRST).id
    people = [(person, province_id if person.place_code else top) for person in PEOPLE]
    people += [
        (
            Person(
                username,
                name,
                f"{post}, {by_name[commune].name.lower()[0]}{by_name[commune].name[1:]}",
                role,
                "",
            ),
            by_name[commune].id,
        )
        for role, those in (
            ("commune_officer", OFFICERS),
            ("leader", HEADS),
            ("petition_officer", PETITIONS),
        )
        for username, name, post, commune in those
        if commune in by_name
    ]
    made = {}
    for person, place_id in people:
        new = create_user(
            username=person.username,
            full_name=person.full_name,
            position=person.position,
            actor=None,
        )
        unit_id = place_id
        if person.kind:
            unit_id = next(iter(organisations_at([place_id], kinds=[person.kind], on=FIRST)))
        grant_role(new.user, unit_id=unit_id, role=person.role, actor=None, valid_from=FIRST,
                   follows=Follows.LINE if person.kind else Follows.PLACE)  # fmt: skip
        built.sign_ins.append((person, new.password))
        made[person.username] = new.user
    return made


def _live(
    stage: str,
    seats: list[Seat],
    province: "Unit",
    people: dict[str, "User"],
    built: Built,
    tell: Tell,
) -> None:
    """Month by month: reports are sent and decided about, tasks are carried out and checked."""
    officers, heads = (
        {
            seat.place_id: people[username]
            for username, _, _, commune in those
            for seat in seats
            if username in people and seat.name.endswith(f" {commune}")
        }
        for those in (OFFICERS, HEADS)
    )
    office, acts = reports(
        seats,
        province,
        specialist=people["chuyenvien"],
        leader=people["lanhdao"],
        senders=officers,
    )
    report_before_the_merger(seats, people["chuyenvien"])
    wards = Wards(province, people["chuyenvien"], people["lanhdao"], officers, heads)
    lived = [*acts, *wards.acts(seats)]
    if stage == "year-end":
        tell("Vào sổ Kết luận 18-KL/TU, giao việc cho 130 xã, phường")
        performers = performers_of(seats, officers)
        ledger = receive_conclusion(province.pk, people, performers)
        built.commitments = len(ledger.commitments)
        lived += deeds(
            ledger,
            {unit: seat.steadiness for seat in seats for unit in seat.organisations.values()},
        )
        # Those first where somebody may sign in and look at it.
        known = sorted(seats[1:], key=lambda seat: seat.place_id not in officers)
        talks = Talks([seats[0], *known])
        lived += talks.acts()
        directing = Directing(
            [seats[0], *known], people["chuyenvien"], people["lanhdao"], performers
        )
        planning = Planning([seats[0], *known], people["chuyenvien"])
        petitions = Petitions([seats[0], *known[:COMMUNES]], people)
        telling = Telling([seats[0], *known[:COMMUNES]], people)
        receptions = Receptions([seats[0], *known[:COMMUNES]], people)
        denouncing = Denouncing([seats[0], *known[:COMMUNES]], people)
        lived += [*directing.acts(), *planning.acts(), *petitions.acts(), *telling.acts()]
        lived += [*receptions.acts(), *denouncing.acts()]
    tell("130 xã, phường gửi báo cáo tháng, thực hiện và báo kết quả việc được giao")
    live_through(lived)
    if stage == "year-end":
        built.dialogues, built.promised = talks.number, talks.given
        built.follow_codes = talks.codes
        built.reviews, built.sessions = directing.reviews, directing.sessions
        built.matters, built.petitions = planning.matters, petitions.number + receptions.petitions
        built.receptions, built.visits = receptions.days, receptions.visits
        built.concluded, built.denunciations = receptions.notices, denouncing.number
        built.articles = telling.number
        receive_plan(province.pk, people)
        built.key = make_key(
            name="Ứng dụng phản ánh (mẫu)", contact="Người xem thử", unit_id=province.pk, reads=True, sends=True,
            valid_to=None, actor=None,
        ).words  # fmt: skip
    built.reports = office.sent + wards.sent
    while recompute_dirty():
        pass


def _seats(places: list[int]) -> list[Seat]:
    standing = units_on(organisations_at(places, on=FIRST), FIRST)
    named = units_on(places, FIRST)
    seats = []
    for place in places:
        mine = {unit.kind: unit.id for unit in standing.values() if unit.place_id == place}
        name = named[place].name
        seats.append(Seat(place, lower_first(name), mine, steadiness_of(name)))
    return seats


def _work(seats: list[Seat], built: Built, *, papers: bool) -> None:
    units = identities([unit for seat in seats for unit in seat.organisations.values()])
    for seat in seats:
        chronicle = Chronicle(seat)
        drafts = sorted(chronicle.activities(), key=lambda draft: draft.held_on)
        activities = record_activities(drafts, actor=None)
        built.activities += len(activities)
        for activity, draft in zip(activities, drafts, strict=True):
            if draft.kind in PROVED and activity.pk % 4 == 0:
                _prove(activity, draft, seat)
        issued = sorted(chronicle.papers(), key=lambda one: one.issued_on) if papers else []
        for paper in issued:
            register_issued_document(
                unit=units[paper.unit_id],
                document_type=paper.document_type,
                abstract=paper.abstract,
                issued_on=paper.issued_on,
                actor=None,
            )
            built.papers += 1


def _prove(activity: "Activity", draft: Draft, seat: Seat) -> None:
    lines = (
        "BIÊN BẢN",
        draft.title,
        f"Ngày {draft.held_on:%d/%m/%Y}, tại {draft.place}",
        f"Đơn vị: {seat.name}",
    )
    add_evidence(
        activity, name=f"bien-ban-{activity.pk}.docx", content=make_minutes(lines), actor=None
    )
