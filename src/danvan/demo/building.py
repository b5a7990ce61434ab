"""Builds the demonstration province, only by calling the services that people's own acts call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from danvan.accounts.services import create_user, grant_role
from danvan.activities.enums import ActivityKind
from danvan.activities.services import Draft, add_evidence, record_activities
from danvan.demo.minutes import make_minutes
from danvan.demo.people import OFFICERS, PEOPLE, PROVINCE, Person
from danvan.demo.resolution import (
    FILE_NAME,
    PLAN_FILE_NAME,
    PLAN_RECEIVED_ON,
    RECEIVED_ON,
    make_docx,
    make_plan_docx,
)
from danvan.demo.work import FIRST, Chronicle, Seat, steadiness_of
from danvan.documents.enums import ProposalKind
from danvan.documents.errors import IncompleteError
from danvan.documents.services import (
    accept_proposal,
    finish_review,
    register_document,
    register_issued_document,
    reject_proposal,
)
from danvan.foundation import audit
from danvan.indicators.enums import Quality
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Follows, Kind, Level
from danvan.organisations.selectors import by_code, children, identities, organisations_at, units_on
from danvan.organisations.services import found_organisations, load_register
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.activities.models import Activity

Tell = Callable[[str], None]
PROVED = (ActivityKind.WORKING_SESSION, ActivityKind.SUPERVISION, ActivityKind.SOCIAL_CRITICISM)


@dataclass(slots=True)
class Built:
    """What a build made: the sign-ins to print, and how much of each."""

    sign_ins: list[tuple[Person, str]] = field(default_factory=list)
    organisations: int = 0
    targets: int = 0
    activities: int = 0
    papers: int = 0


def build(stage: str, tell: Tell) -> Built:
    """Build the province up to `stage`: `empty` (register, people) or `year-end` (eighteen months of work)."""
    load_register(progress=tell)
    tell("Nạp tham số pháp luật và lịch làm việc")
    load_parameters()
    load_calendar()
    tell("Lập các tổ chức của tỉnh Nghệ An và 130 xã, phường")
    built = Built()
    province = by_code(PROVINCE, on=FIRST)
    if province is None:
        raise LookupError(f"the register has no province {PROVINCE}")
    communes = [branch.unit.id for branch in children(province.pk, on=FIRST)]
    founded = found_organisations([province.pk, *communes], list(Kind), actor=None, on=FIRST)
    built.organisations = len(founded)
    tell("Tạo người dùng mẫu")
    people = _people(province.pk, communes, built)
    if stage == "year-end":
        tell("Vào sổ Nghị quyết 04-NQ/TU, máy đọc, chuyên viên nhận chỉ tiêu")
        built.targets = _receive_resolution(province.pk, people["chuyenvien"], people["vanthu"])
        tell("Ghi công việc từ tháng 7/2025 đến tháng 12/2026")
        _work(_seats([province.pk, *communes]), built)
    tell("Niêm phong nhật ký")
    audit.seal()
    return built


def _people(province_id: int, communes: Iterable[int], built: Built) -> dict[str, "User"]:
    units = units_on(communes, FIRST)
    by_name = {unit.name.split(" ", 1)[1]: unit for unit in units.values()}
    people = [(person, province_id) for person in PEOPLE]
    people += [
        (
            Person(
                username,
                name,
                f"{post}, {by_name[commune].name.lower()[0]}{by_name[commune].name[1:]}",
                "commune_officer",
                "",
            ),
            by_name[commune].id,
        )
        for username, name, post, commune in OFFICERS
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


def _receive_resolution(province_id: int, specialist: "User", clerk: "User") -> int:
    """A clerk registers the file, the engine reads it, a specialist completes and accepts what it proposes."""
    board = next(iter(organisations_at([province_id], kinds=[Kind.ADVISORY_BOARD], on=FIRST)))
    document = register_document(
        unit=identities([board])[board],
        content=make_docx(),
        name=FILE_NAME,
        actor=clerk,
        received_on=RECEIVED_ON,
    )
    document.refresh_from_db()
    for proposal in document.proposals.order_by("start", "pk"):
        _decide(proposal, specialist)
    finish_review(document, actor=specialist)
    register_document(
        unit=identities([board])[board],
        content=make_plan_docx(),
        name=PLAN_FILE_NAME,
        actor=clerk,
        received_on=PLAN_RECEIVED_ON,
    )
    made = document.proposals.filter(kind=ProposalKind.TARGET)
    return sum(len(proposal.became_ids) for proposal in made)


def _decide(proposal: Any, specialist: "User") -> None:
    """Accept; where parts are asked for, give those a specialist would; set aside what stays unclear."""
    known = {
        "levels": (Level.PROVINCE.value, Level.COMMUNE.value),
        "every": "year",
        "valid_from": FIRST,
    }
    for parts in ({}, known, {**known, "quality": Quality.QUALITATIVE}):
        try:
            accept_proposal(proposal, actor=specialist, completed=parts)
        except IncompleteError:
            continue
        return
    reject_proposal(proposal, actor=specialist)


def _seats(places: list[int]) -> list[Seat]:
    standing = units_on(organisations_at(places, on=FIRST), FIRST)
    named = units_on(places, FIRST)
    seats = []
    for place in places:
        mine = {unit.kind: unit.id for unit in standing.values() if unit.place_id == place}
        name = named[place].name
        seats.append(Seat(place, lower_first(name), mine, steadiness_of(name)))
    return seats


def _work(seats: list[Seat], built: Built) -> None:
    papers = identities([unit for seat in seats for unit in seat.organisations.values()])
    for seat in seats:
        chronicle = Chronicle(seat)
        drafts = sorted(chronicle.activities(), key=lambda draft: draft.held_on)
        activities = record_activities(drafts, actor=None)
        built.activities += len(activities)
        for activity, draft in zip(activities, drafts, strict=True):
            if draft.kind in PROVED and activity.pk % 4 == 0:
                _prove(activity, draft, seat)
        for paper in sorted(chronicle.papers(), key=lambda one: one.issued_on):
            register_issued_document(
                unit=papers[paper.unit_id],
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
