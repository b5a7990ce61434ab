from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danvan.accounts.models import Grant, User
from danvan.accounts.selectors import has_factor, may_at_root
from danvan.foundation.models import AuditEntry
from tests.accounts.factors import key_ring, with_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(*args, **options):
    said = StringIO()
    call_command("user", *args, stdout=said, **options)
    return said.getvalue()


def test_the_first_administrator_is_made_at_the_top(house):
    said = told("add", "tran.an", name="Trần Thị An")
    user = User.objects.get(username="tran.an")
    assert may_at_root(user, "accounts.grant")
    assert user.check_password(said.rpartition(": ")[2].strip())
    assert user.must_change_password is True


def test_a_role_can_be_given_at_a_unit_by_its_code(house):
    told("add", "tran.an", name="Trần Thị An", role="leader", unit="17329")
    grant = Grant.objects.get(user__username="tran.an")
    assert (grant.unit, grant.role) == (house.commune, "leader")


@pytest.mark.parametrize(
    ("username", "name", "unit", "words"),
    [
        ("tran.an", "Trần Thị An", "99999", "99999"),
        ("trần an", "", "", "họ và tên"),
        ("co.roi", "An", "", "đã có người dùng"),
    ],
)
def test_a_person_that_cannot_be_made_is_refused_in_words(house, username, name, unit, words):
    UserFactory(username="co.roi")
    before = User.objects.count(), Grant.objects.count()
    with pytest.raises(CommandError, match=words):
        told("add", username, name=name, unit=unit)
    assert (User.objects.count(), Grant.objects.count()) == before


def test_an_empty_register_is_said_and_nobody_is_made():
    with pytest.raises(CommandError, match="danvan register load"):
        told("add", "tran.an", name="An")
    assert not User.objects.exists()


def test_a_new_password_for_whoever_is_locked_out(house):
    said = told("password", house.people["root"].username)
    house.people["root"].refresh_from_db()
    assert house.people["root"].check_password(said.rpartition(": ")[2].strip())
    with pytest.raises(CommandError, match=r"khong\.co"):
        told("password", "khong.co")


def test_lost_factors_are_taken_away_from_the_command_line(house, settings, tmp_path):
    key_ring(settings, tmp_path)
    user, _ = with_app(UserFactory(username="mat.may"))
    with pytest.raises(CommandError, match="ghi rõ lý do"):
        told("factors", "mat.may")
    said = told("factors", "mat.may", reason="Không còn người quản trị nào có mã")
    assert "mat.may" in said
    assert not has_factor(user)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor) == ("accounts.taken_away", None)
    with pytest.raises(CommandError, match="Không có tên đăng nhập"):
        told("factors", "khong.co", reason="Không còn người quản trị nào có mã")
