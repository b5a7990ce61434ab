"""After a merger an officer of the heir looks at everything of the units before it, and acts only on what passed."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.accounts.models import Grant
from danvan.accounts.selectors import units_granted
from danvan.commitments.services import (
    Assignment,
    assign_commitments,
    claim_done,
    verify_commitment,
)
from danvan.documents.selectors import allowed_documents
from danvan.foundation.errors import RuleError
from danvan.organisations.models import HandOver, Unit
from danvan.organisations.services.reorganising import (
    accept_hand_overs,
    pass_on_hand_over,
    undo_reorganisation,
)
from danvan.reporting.services import accept_report, open_period, submit_report
from tests.factories import DocumentFactory
from tests.factories.merging import apply_merger
from tests.factories.province import Province, make_grant
from tests.reporting.months import GOOD, Period, indicators, make_form

pytestmark = pytest.mark.django_db


class World:
    """What two communes left: finished and open work, an accepted and an unsent report, a document in a register."""

    def __init__(self):
        self.province = Province()
        indicators()
        self.officer = make_grant(self.province.communes[0], "commune_officer")
        self.admin = make_grant(self.province.place, "administrator")
        form = make_form(self.province)
        self.accepted, self.unsent, _ = open_period(form, Period.parse("2026-05"), actor=None)
        submit_report(self.accepted, answers=GOOD, actor=None)
        accept_report(self.accepted, actor=None)
        self.open, self.done = assign_commitments(
            [
                Assignment(one.pk, "Việc", "Báo cáo", date(2026, 9, 1))
                for one in self.province.committees[:2]
            ],
            assigner=self.province.committee,
            actor=None,
            assigned_on=date(2026, 5, 1),
        )
        claim_done(self.done, result="Xong", actor=None, on=date(2026, 6, 1))
        verify_commitment(self.done, finding="Đã xem", actor=None, on=date(2026, 6, 2))
        self.filed = DocumentFactory(unit=self.province.committees[1], stage="filed")
        self.reorganisation = apply_merger(self.province)
        self.place = self.reorganisation.new_units.get().unit

    def waiting(self, **narrowed):
        return HandOver.objects.filter(state="waiting", **narrowed).order_by("pk")


@pytest.fixture
def world(db, settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 7, 2)
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.mark.parametrize(
    ("page", "thing"),
    [
        ("commitments:card", "open"),
        ("commitments:card", "done"),
        ("reporting:report", "accepted"),
        ("reporting:entry", "unsent"),
        ("documents:card", "filed"),
    ],
)
def test_the_heirs_officer_opens_what_the_former_units_left(world, client, page, thing):
    client.force_login(world.officer)
    assert client.get(reverse(page, args=[getattr(world, thing).pk])).status_code == 200


def test_and_acts_on_what_passed_only(world, client):
    client.force_login(world.officer)
    begun = client.post(
        reverse("commitments:start", args=[world.open.pk]), {"seen": str(world.open.changes + 1)}
    )
    assert begun.status_code == 302
    for name, thing in (
        ("commitments:start", world.done),
        ("reporting:entry", world.accepted),
        ("documents:amend", world.filed),
    ):
        answer = client.post(reverse(name, args=[thing.pk]), {"seen": "1"})
        assert answer.status_code in (404, 422, 409)
    assert not allowed_documents(world.officer, "documents.register").exists()


def test_the_officers_work_lists_show_it_under_the_heir(world, client):
    client.force_login(world.officer)
    home = client.get(reverse("desk:home")).content.decode()
    assert reverse("reporting:entry", args=[world.unsent.pk]) in home
    assert world.open.title in client.get(reverse("commitments:list")).content.decode()


def test_a_role_is_taken_over_by_who_gives_roles_and_work_by_the_officer(world):
    within = units_granted(world.officer, "handovers.accept")
    roles = list(world.waiting(holder="accounts.grants").values_list("pk", flat=True))
    with pytest.raises(RuleError, match="do người quản trị của đơn vị tiếp nhận nhận"):
        accept_hand_overs(roles, actor=world.officer, within=within)
    assert world.waiting(pk__in=roles).count() == len(roles) == 1
    work = list(world.waiting().exclude(holder="accounts.grants").values_list("pk", flat=True))
    assert accept_hand_overs(work, actor=world.officer, within=within) == len(work)
    by_admin = units_granted(world.admin, "handovers.accept")
    assert accept_hand_overs(roles, actor=world.admin, within=by_admin) == 1


def test_of_two_who_take_it_over_at_once_the_second_is_told(world):
    within = units_granted(world.officer, "handovers.accept")
    [work] = world.waiting(holder="commitments.lead").values_list("pk", flat=True)
    accept_hand_overs([work], actor=world.officer, within=within)
    with pytest.raises(RuleError, match="không còn chờ nhận"):
        accept_hand_overs([work], actor=world.admin, within=within)
    with pytest.raises(RuleError, match="không còn chờ nhận"):
        pass_on_hand_over(work, world.place.pk, actor=world.admin, within=within)


def test_undone_after_the_heir_worked_and_sent_the_register_stands_as_before(world):
    officer, place = world.officer, world.place
    submit_report(world.unsent, answers=GOOD, actor=officer)
    undo_reorganisation(world.reorganisation, why="Nhầm", actor=None)
    world.open.refresh_from_db()
    assert world.open.lead_id == world.province.committees[0].pk
    assert not Unit.objects.filter(pk=place.pk).exists()
    assert Grant.objects.get(user=officer).valid_to is None
