"""Petitions for tests, brought by their acts as far as a test needs them."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Kind as Organisation
from danvan.petitions.enums import Channel, Finding, Kind
from danvan.petitions.models import Petition
from danvan.petitions.services import (
    DataAnswer,
    DataRequestDraft,
    MatterDraft,
    PaperDraft,
    PersonDraft,
    accept_petition,
    assign_verifier,
    receive_data_request,
    receive_paper,
    record_finding,
    reply_to_request,
)
from tests.factories import OrganisationFactory
from tests.factories.province import Province, make_grant, make_user

DONE = DataAnswer(answer="Đã làm theo yêu cầu.", measures="Đã mở sổ và làm.")
TODAY = date(2026, 11, 20)  # a Friday
RECEIVED = date(2026, 10, 1)  # a Thursday: seven working days end on the 12th
ACCEPTED = date(2026, 10, 8)
NAM = PersonDraft(
    name="Lô Văn Nam", address="Bản Xiềng", id_number="040090001234", phone="0912 345 678"
)


class Office:
    """A province of which the first commune receives petitions: its officer, its head, the head of the province."""

    def __init__(self):
        load_parameters()
        load_calendar([2025, 2026, 2027])
        self.province = Province()
        self.unit = self.province.governments[0]
        self.other = self.province.governments[1]
        self.above = OrganisationFactory(
            place=self.province.place, kind=Organisation.PEOPLES_COMMITTEE, name="UBND Tỉnh Nghệ An"
        )
        self.officer = member("canbo", self.unit, "petition_officer")
        self.head = member("chutich", self.unit, "leader")
        self.stranger = member("xakhac", self.other, "petition_officer")
        self.chief = member("chutichtinh", self.province.place, "leader")


def member(username, unit, role):
    user = make_user(username)
    make_grant(unit, role, user=user)
    return user


def matter(kind=Kind.COMPLAINT, title="Đo lại diện tích thu hồi đất", **more):
    return MatterDraft(kind=kind, title=title, **more)


def paper(
    unit, *matters, on=RECEIVED, channel=Channel.RECEPTION, persons=(NAM,), actor=None, **more
):
    draft = PaperDraft(
        unit_id=unit.pk,
        received_on=on,
        channel=channel,
        matters=matters or (matter(),),
        persons=persons,
        **more,
    )
    return receive_paper(draft, actor=actor)


def received(unit, *matters, **more):
    return fresh(paper(unit, *matters, **more).petitions.first())


def accepted(unit, *matters, by=ACCEPTED, **more):
    petition = received(unit, *matters, **more)
    accept_petition(petition, on=by, actor=None)
    return fresh(petition)


def verifying(office, *matters, finding=Finding.AGREES, **more):
    petition = accepted(office.unit, *matters, **more)
    assign_verifier(petition, verifier=office.officer, on=petition.accepted_on, actor=None)
    if finding:
        record_finding(
            petition, finding=finding, words="Đã đo lại.", on=petition.accepted_on, actor=None
        )
    return fresh(petition)


def replied(petition, on=None):
    for one in petition.requests.filter(withdrawn_on=None):
        reply_to_request(
            one,
            reply="Đo lại đúng 214 m2.",
            basis="Luật Đất đai Điều 79",
            on=on or petition.accepted_on,
            actor=None,
        )
    return fresh(petition)


def asked(petition, person, kind="see", *, on=RECEIVED, actor=None, **more):
    """What one of the senders asks about their own data."""
    draft = DataRequestDraft(kind=kind, wanted="Dữ liệu về tôi", **more)
    return receive_data_request(petition, person, draft=draft, on=on, actor=actor)


def fresh(petition):
    return Petition.objects.select_related("paper").get(pk=petition.pk)


def refused(act, *args, **more):
    """What an act that is refused says; nothing of the petition changed."""
    with pytest.raises(RuleError) as broken:
        act(*args, **{"actor": None, **more})
    return broken.value
