"""What people ask about their own data: the list with the day of each, and one of them."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from danvan.accounts.selectors import reaches
from danvan.foundation import clock
from danvan.foundation.sealing import unseal
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import clock_of, clocks, parameter
from danvan.organisations.selectors import bare_place_of, last_names
from danvan.organisations.selectors.following import told_names
from danvan.petitions.models import DataRequest, Petition, Petitioner
from danvan.petitions.models.subjects import DataRequestQuerySet
from danvan.petitions.moves import HANDLE
from danvan.petitions.selectors.cards import PersonTold, persons_open_to
from danvan.petitions.selectors.reading import allowed_petitions
from danvan.petitions.subject_enums import (
    CARRY_OUT,
    CARRY_OUT_KEYS,
    DATA_SUBJECT,
    LONGER,
    RESPOND,
    DataRequestState,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST = 200  # petitions of one person that a paper names
LABELS = {RESPOND: "Phản hồi", CARRY_OUT: "Thực hiện"}


@dataclass(frozen=True, slots=True)
class DataRequestLine:
    """One request of a list: whose, what is due next and when; `words` tells how the day was counted."""

    request: DataRequest
    unit_name: str
    due_label: str
    due_on: date | None
    words: str
    late: bool


@dataclass(frozen=True, slots=True)
class DataRequestTold:
    """What the page and the paper of one request say: each term in one line, and for the minutes for which the reader has the
    identity open who the person is, where they stand behind the paper, who came for them, and their petitions.
    """

    request: DataRequest
    unit_name: str
    place: str
    terms: list[tuple[str, str]]
    senders: list[PersonTold]  # all behind the paper, for the marks in the words
    person: PersonTold | None
    agent: str
    agent_paper: str
    petitions: list[Petition]


def allowed_data_requests(user: "User", action: str) -> DataRequestQuerySet:
    """Where every view of such a request starts."""
    return DataRequest.objects.allowed(user, action)


def data_requests_of(user: "User") -> QuerySet[DataRequest]:
    """What the reader may see, ready for `data_request_lines`."""
    return allowed_data_requests(user, HANDLE).select_related("petition")


def data_request_lines(rows: Collection[DataRequest], *, on: date) -> list[DataRequestLine]:
    """What a list shows of each. Two queries, however many there are."""
    names = told_names({one.unit_id for one in rows}, on=on)
    running = clocks().filter(
        subject_kind=DATA_SUBJECT, subject_id__in=[one.pk for one in rows], ended_on=None
    )
    nearest: dict[int, tuple[date | None, str, str]] = {}
    for pk, due_on, name, words in running.order_by("due_on", "pk").values_list(
        "subject_id", "due_on", "name", "words"
    ):
        nearest.setdefault(pk, (due_on, name, words))
    found = []
    for one in rows:
        day, name, words = nearest.get(one.pk, (None, "", ""))
        late = day is not None and day < on
        found.append(
            DataRequestLine(one, names.get(one.unit_id, ""), LABELS.get(name, ""), day, words, late)
        )
    return found


def data_request_acts(user: "User", request: DataRequest) -> list[str]:
    """Which acts the page offers to this reader, by name."""
    if not reaches(user, HANDLE, request.unit_id):
        return []
    kept = [] if request.extended or not _may_take_longer(request) else ["extend"]
    if request.state == DataRequestState.RECEIVED:
        return ["respond", "carry-out", "refuse"]
    if request.state == DataRequestState.ANSWERED:
        return ["carry-out", "refuse", *kept]
    return []


def data_request_told(user: "User", request: DataRequest) -> DataRequestTold:
    """One request as its page and its paper tell it to this reader."""
    today = clock.today()
    held = clocks().filter(subject_kind=DATA_SUBJECT, subject_id=request.pk)
    words = dict(held.values_list("name", "words"))
    terms = [(LABELS[name], words.get(name, "")) for name in (RESPOND, CARRY_OUT)]
    person = Petitioner.objects.select_related("key").get(pk=request.petitioner_id)
    signers = request.petition.paper.signatures.order_by("pk")
    senders = persons_open_to(user, request.petition.paper)
    shown = next(
        (
            one
            for one, pk in zip(
                senders, signers.values_list("petitioner_id", flat=True), strict=False
            )
            if pk == person.pk and not one.erased
        ),
        None,
    )
    agent = agent_paper = ""
    if shown is not None and request.agent:
        agent = unseal(person.key, request.agent, name="data_request.agent")
        agent_paper = unseal(person.key, request.agent_paper, name="data_request.agent_paper")
    own = allowed_petitions(user, HANDLE).filter(paper__signatures__petitioner=person)
    return DataRequestTold(
        request=request,
        unit_name=last_names([request.unit_id], today).get(request.unit_id, ""),
        place=bare_place_of(request.unit_id, today),
        terms=terms,
        senders=senders,
        person=shown,
        agent=agent,
        agent_paper=agent_paper,
        petitions=list(own.order_by("received_on", "pk")[:MOST]) if shown is not None else [],
    )


def _may_take_longer(request: DataRequest) -> bool:
    """Whether a term runs that a row of the law lets be longer."""
    if clock_of(DATA_SUBJECT, request.pk, CARRY_OUT) is None:
        return False
    with suppress(UnknownParameter):
        return parameter(CARRY_OUT_KEYS[request.kind] + LONGER, on=clock.today()) is not None
    return False
