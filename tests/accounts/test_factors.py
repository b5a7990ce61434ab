"""Second factors: kept sealed, spent once, taken away with a reason, told, and every other session ends."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret

from danvan.accounts.models import FactorLoss, User
from danvan.accounts.selectors import codes_left, factors_of, has_factor, last_loss
from danvan.accounts.services import (
    create_user,
    keep_passkey,
    keep_totp,
    remove_factor,
    rename_passkey,
    renew_codes,
    set_password,
    spend_code,
    take_factors,
)
from danvan.foundation.errors import RuleError, SealingError
from danvan.foundation.models import AuditEntry
from danvan.notifications.models import Notification
from tests.accounts.factors import app_of, code_of, key_ring, with_app

pytestmark = pytest.mark.django_db
LOST = "Mất điện thoại ngày 12/11, đã gặp trực tiếp"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    return key_ring(settings, tmp_path)


@pytest.fixture
def an(house):
    return house.people["specialist"]


def acts(user):
    found = AuditEntry.objects.filter(target=f"accounts.user:{user.pk}")
    return [entry.action for entry in found.order_by("pk")]


def words(user):
    return [one.words for one in Notification.objects.filter(user=user).order_by("pk")]


def test_an_app_is_kept_sealed_and_comes_with_ten_recovery_codes(
    an, django_capture_on_commit_callbacks
):
    secret = generate_totp_secret()
    with django_capture_on_commit_callbacks(execute=True):
        kept = keep_totp(an, secret=secret, code=code_of(secret))
    assert len(set(kept.codes)) == 10
    assert kept.user.session_round == 1
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in kept.codes)
    told = json.dumps(list(AuditEntry.objects.values_list("details", flat=True)))
    assert secret not in told
    assert acts(an) == ["accounts.totp_added"]
    assert "vừa cài ứng dụng xác thực" in words(an)[0]


def test_a_second_app_and_a_wrong_code_are_refused(an):
    secret = generate_totp_secret()
    with pytest.raises(RuleError, match="Mã không đúng"):
        keep_totp(an, secret=secret, code="000000" if code_of(secret) != "000000" else "1")
    assert not factors_of(an).exists()
    with_app(an)
    with pytest.raises(RuleError, match="đã có ứng dụng"):
        keep_totp(an, secret=secret, code=code_of(secret))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_one_step_off_is_taken_and_no_code_counts_twice(an, steps):
    user, secret = with_app(an)
    code = code_of(secret, steps)
    assert spend_code(user, f"{code[:3]} {code[3:]}") == app_of(user)
    assert spend_code(user, code) is None


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_clock_further_off_is_not_taken(an, steps):
    user, secret = with_app(an)
    assert spend_code(user, code_of(secret, steps)) is None


def test_an_older_code_does_not_count_after_a_newer_one(an):
    user, secret = with_app(an)
    assert spend_code(user, code_of(secret, 1)) is not None
    assert spend_code(user, code_of(secret, 0)) is None


def test_the_code_that_set_up_the_app_is_spent(an):
    secret = generate_totp_secret()
    code = code_of(secret)
    keep_totp(an, secret=secret, code=code)
    assert spend_code(an, code) is None


def test_a_recovery_code_counts_once_and_is_told(an, django_capture_on_commit_callbacks):
    user, _ = with_app(an)
    code, *_ = renew_codes(user).codes
    with django_capture_on_commit_callbacks(execute=True):
        assert spend_code(user, f"{code[:4]} {code[4:]}").type == "recovery_codes"
    assert spend_code(user, code) is None
    assert codes_left(factors_of(user).get(type="recovery_codes")) == 9
    assert "accounts.spend_recovery_code" in acts(user)
    assert "mã dự phòng của đồng chí vừa được dùng" in words(user)[-1]


@pytest.mark.parametrize("code", ["", "abc", "²²²²²²", "1" * 4000, "000000\x00"])
def test_what_is_no_code_is_nobodys(an, code):
    user, _ = with_app(an)
    assert spend_code(user, code) is None


def test_new_codes_end_the_old_ones(an):
    user, _secret = with_app(an)
    old = renew_codes(user).codes
    new = renew_codes(user).codes
    assert spend_code(user, old[0]) is None
    assert spend_code(user, new[0]) is not None


def test_codes_alone_are_no_second_factor(an):
    with pytest.raises(RuleError, match="đi kèm"):
        renew_codes(an)


def test_passkeys_are_named_renamed_and_limited(an):
    kept = keep_passkey(an, name="  Máy   cơ quan ", credential={"id": "a"})
    assert len(kept.codes) == 10
    assert keep_passkey(an, name="Điện thoại", credential={"id": "b"}).codes == []
    passkey = factors_of(an).filter(type="webauthn").first()
    assert passkey.data["name"] == "Máy cơ quan"
    rename_passkey(an, passkey, name="Máy ở nhà")
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Máy ở nhà"
    for name, said in (("  ", "đặt tên"), ("x" * 61, "dài quá")):
        with pytest.raises(RuleError, match=said):
            rename_passkey(an, passkey, name=name)
    for number in range(8):
        keep_passkey(an, name=f"Khóa {number}", credential={"id": str(number)})
    with pytest.raises(RuleError, match="nhiều nhất 10"):
        keep_passkey(an, name="Thừa", credential={"id": "x"})


def test_recovery_codes_go_with_the_last_factor(an):
    user, _ = with_app(an)
    keep_passkey(user, name="Máy", credential={"id": "a"})
    remove_factor(user, app_of(user))
    assert {one.type for one in factors_of(user)} == {"webauthn", "recovery_codes"}
    remove_factor(user, factors_of(user).get(type="webauthn"))
    assert not factors_of(user).exists()
    assert acts(user)[-2:] == ["accounts.totp_removed", "accounts.passkey_removed"]


def test_a_factor_of_somebody_else_is_not_found(an, house):
    user, _ = with_app(an)
    with pytest.raises(Authenticator.DoesNotExist):
        remove_factor(house.people["leader"], app_of(user))


def test_lost_factors_are_taken_away_with_a_reason_and_told(
    an, house, django_capture_on_commit_callbacks
):
    user, _ = with_app(an)
    with django_capture_on_commit_callbacks(execute=True):
        take_factors(user, actor=house.people["admin"], reason=LOST)
    assert not has_factor(user)
    assert User.objects.get(pk=user.pk).session_round == user.session_round + 1
    loss = last_loss(user)
    assert (loss.taken_by, loss.reason) == (house.people["admin"], LOST)
    assert str(loss).startswith(f"{user.pk}@")
    assert acts(user)[-1] == "accounts.taken_away"
    assert LOST not in json.dumps(AuditEntry.objects.latest("pk").details)
    assert "vừa được gỡ theo đề nghị báo mất" in words(user)[-1]


@pytest.mark.parametrize(
    ("who", "reason", "said"),
    [
        ("stranger", LOST, "không thuộc phạm vi"),
        ("admin", "mất máy", "ghi rõ lý do"),
        ("admin", "a a a a a", "ghi rõ lý do"),
        ("admin", "một lý do rất dài " * 20, "dài quá 300"),
    ],
)
def test_taking_away_is_refused_whole(an, house, who, reason, said):
    user, _ = with_app(an)
    with pytest.raises(RuleError, match=said):
        take_factors(user, actor=house.people[who], reason=reason)
    assert has_factor(user)
    assert not FactorLoss.objects.exists()


def test_all_that_is_wrong_with_taking_away_is_said_at_once(an, house):
    with pytest.raises(RuleError) as refused:
        take_factors(an, actor=house.people["admin"], reason="mất")
    assert len(refused.value.faults) == 2


def test_nobody_takes_away_their_own(house):
    admin, _ = with_app(house.people["admin"])
    with pytest.raises(RuleError, match="tự gỡ"):
        take_factors(admin, actor=admin, reason=LOST)


def test_a_given_password_is_told(an, house, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_password(an, actor=house.people["admin"])
    assert "mật khẩu dùng một lần" in words(an)[0]


def test_without_the_key_file_no_code_is_right_and_the_sentence_says_so(an, settings, tmp_path):
    user, secret = with_app(an)
    settings.DANVAN_KEYS = tmp_path / "gone" / "keys.json"
    with pytest.raises(SealingError):
        spend_code(user, code_of(secret))


def test_a_new_person_has_nothing(house):
    made = create_user(username="tran.an", full_name="Trần An", actor=None)
    assert not has_factor(made.user)
    assert last_loss(made.user) is None
