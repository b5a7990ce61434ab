import re
from datetime import date

import pytest
from django.contrib.auth import authenticate

from danvan.accounts.models import Grant, User
from danvan.accounts.selectors import anybody, may
from danvan.accounts.services import (
    choose_password,
    create_user,
    deactivate_user,
    reactivate_user,
    set_email,
    set_password,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from tests.accounts.conftest import TODAY
from tests.factories import GrantFactory, UserFactory
from tests.factories.rivals import meanwhile

pytestmark = pytest.mark.django_db
WHO = ["root", "admin", "commune_admin", "leader", "stranger", "nobody"]


def standing():
    people = User.objects.order_by("pk").values_list("pk", "password", "is_active", "username")
    grants = Grant.objects.order_by("pk").values_list("pk", "valid_to")
    return list(people), list(grants), AuditEntry.objects.count()


def test_a_new_person_signs_in_with_a_one_time_password_and_may_do_nothing(house):
    user, password = create_user(
        username=" Tran.Thi.An ",
        full_name="  Trần  Thị An ",
        position=" Chuyên viên ",
        email=" an@example.vn ",
        actor=house.people["admin"],
    )
    user = User.objects.get(pk=user.pk)
    assert (user.username, user.full_name, user.position) == (
        "tran.thi.an",
        "Trần Thị An",
        "Chuyên viên",
    )
    assert (user.email, user.created_by) == ("an@example.vn", house.people["admin"])
    assert user.folded == "tran thi an tran.thi.an chuyen vien"
    assert user.name_key < UserFactory(full_name="Nguyễn Bình").name_key
    assert user.must_change_password is True
    assert re.fullmatch(r"(?:[a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", password)
    assert authenticate(username="tran.thi.an", password=password) == user
    assert may(user, "accounts.own") is False
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.details) == (
        house.people["admin"],
        "accounts.create",
        {},
    )


def test_no_two_one_time_passwords_are_alike():
    made = {
        create_user(username=f"can.bo{n}", full_name="An", actor=None).password for n in range(20)
    }
    assert len(made) == 20


@pytest.mark.parametrize(
    ("username", "full_name", "position", "columns"),
    [
        ("an", "An", "", ["username"]),
        ("trần.an", "An", "", ["username"]),
        ("tran an", "An", "", ["username"]),
        (".tran", "An", "", ["username"]),
        ("x" * 61, "An", "", ["username"]),
        ("co.roi", "An", "", ["username"]),
        ("CO.ROI", "An", "", ["username"]),
        ("tran.an", "  ", "", ["full_name"]),
        ("tran.an", "A" * 121, "", ["full_name"]),
        ("tran.an", "An", "B" * 201, ["position"]),
        ("", "", "B" * 201, ["username", "full_name", "position"]),
    ],
)
def test_a_person_is_refused_with_all_faults_at_once(username, full_name, position, columns):
    UserFactory(username="co.roi")
    before = standing()
    with pytest.raises(RuleError) as refused:
        create_user(username=username, full_name=full_name, position=position, actor=None)
    assert [fault.column for fault in refused.value.faults] == columns
    assert standing() == before


# Over whom each may decide: a person of the commune, one of the province, one of both provinces.
OVER = {
    "commune": {"root", "admin", "commune_admin"},
    "province": {"root", "admin"},
    "both": {"root"},
    "made": {"root", "admin"},
}


def subject_of(house, kind):
    if kind == "made":
        return UserFactory(created_by=house.people["admin"])
    if kind == "both":
        user = GrantFactory(unit=house.commune).user
        # Not in force yet, and all the same beyond everyone's reach but the root's.
        GrantFactory(user=user, unit=house.beside, valid_from=date(2026, 9, 1))
        return user
    return GrantFactory(unit=getattr(house, kind)).user


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", OVER)
def test_who_may_give_a_new_password_to_whom(house, who, kind):
    subject, actor = subject_of(house, kind), house.people[who]
    before = standing()
    if who in OVER[kind]:
        _, password = set_password(subject, actor=actor)
        subject.refresh_from_db()
        assert subject.check_password(password)
        assert subject.must_change_password is True
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.action) == (actor, "accounts.set_password")
    else:
        with pytest.raises(RuleError):
            set_password(subject, actor=actor)
        assert standing() == before


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", OVER)
def test_who_may_block_whom_and_what_it_ends(house, who, kind):
    subject, actor = subject_of(house, kind), house.people[who]
    own = GrantFactory(user=subject, unit=house.commune, role="leader") if kind != "made" else None
    lent = GrantFactory(unit=house.commune, delegated_from=own) if own else None
    before = standing()
    if who in OVER[kind]:
        deactivate_user(subject, actor=actor)
        subject.refresh_from_db()
        assert subject.is_active is False
        assert not Grant.objects.filter(user=subject, valid_to=None).exists()
        if lent:
            lent.refresh_from_db()
            assert lent.valid_to == TODAY
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.action) == (actor, "accounts.deactivate")
    else:
        with pytest.raises(RuleError):
            deactivate_user(subject, actor=actor)
        assert standing() == before


@pytest.mark.parametrize("who", WHO)
def test_who_may_let_in_again_and_with_what(house, who):
    held = GrantFactory(unit=house.commune, user__is_active=False, valid_to=date(2026, 1, 1))
    before = standing()
    if who in OVER["commune"]:
        user, password = reactivate_user(held.user, actor=house.people[who])
        assert authenticate(username=user.username, password=password) == user
        assert user.must_change_password is True
        assert may(user, "accounts.own") is False
    else:
        with pytest.raises(RuleError):
            reactivate_user(held.user, actor=house.people[who])
        assert standing() == before


def test_one_does_not_decide_about_oneself_or_twice(house):
    admin, blocked = house.people["admin"], UserFactory(is_active=False)
    before = standing()
    for act, subject, actor in (
        (set_password, admin, admin),
        (deactivate_user, admin, admin),
        (deactivate_user, blocked, house.people["root"]),
        (reactivate_user, house.people["leader"], admin),
    ):
        with pytest.raises(RuleError):
            act(subject, actor=actor)
    assert standing() == before


def test_the_last_administrator_is_not_blocked_even_by_the_system(house):
    before = standing()
    with pytest.raises(RuleError, match="quản trị cuối cùng"):
        deactivate_user(house.people["root"], actor=None)
    assert standing() == before
    set_password(house.people["root"], actor=None)
    assert User.objects.get(pk=house.people["root"].pk).must_change_password is True


def test_a_new_installation_has_nobody_in_it():
    assert anybody() is False
    UserFactory(is_active=False)
    assert anybody() is True


def test_a_chosen_password_uses_up_the_one_time_one():
    user, _ = create_user(username="tran.an", full_name="An", actor=None)
    choose_password(user, "mot-mat-khau-dai")
    user.refresh_from_db()
    assert user.check_password("mot-mat-khau-dai")
    assert user.must_change_password is False
    assert AuditEntry.objects.order_by("-pk").first().action == "accounts.choose_password"


def test_a_name_taken_a_moment_ago_is_refused_in_words(house):
    def make():
        return create_user(username="tran.van.ba", full_name="Trần Văn Ba", actor=None)

    with (
        meanwhile("accounts_user", make),
        pytest.raises(RuleError, match="đã có người dùng"),
    ):
        make()


def test_a_person_s_address_is_kept_changed_and_taken_away(house):
    user = house.people["specialist"]
    for written, kept in ((" a@b.vn ", "a@b.vn"), ("c@d.vn", "c@d.vn"), ("", "")):
        assert set_email(user, written, actor=user).email == kept
    acts = AuditEntry.objects.filter(action="accounts.set_email")
    assert acts.count() == 3
    set_email(user, "", actor=user)  # nothing new, nothing on the record
    assert acts.count() == 3


@pytest.mark.parametrize(
    "written", ["a", "a@", "@b.vn", "a b@c.vn", "a@b.vn, c@d.vn", "a@b.vn\nBcc: x@y.vn"]
)
def test_what_is_no_address_is_refused(house, written):
    user = house.people["specialist"]
    with pytest.raises(RuleError) as refused:
        set_email(user, written, actor=user)
    assert [fault.column for fault in refused.value.faults] == ["email"]
    user.refresh_from_db()
    assert user.email == ""
