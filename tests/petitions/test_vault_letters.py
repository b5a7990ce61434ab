"""A denunciation sent without an account: straight into the vault, to named people above the accused, behind a quiet code."""

import pytest
from django.db import IntegrityError

from danvan.commitments.models import FollowCode
from danvan.commitments.services import try_code
from danvan.foundation.errors import RuleError
from danvan.petitions.models import Denunciation, Paper, Petition
from danvan.petitions.selectors.vault import letters_told, vault_office
from danvan.petitions.services.vault import (
    SealedDraft,
    send_denunciation,
    sending,
    verify_log,
)
from danvan.petitions.vault_enums import Part, VaultState
from danvan.petitions.vault_seals import accused_of, persons_of
from tests.once import once, own
from tests.petitions import cases
from tests.petitions.papers import member

pytestmark = pytest.mark.django_db
WORDS = "Ông Hoàng Quốc Tí khai khống 12 hộ nghèo."
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(_vault, settings):
    settings.DANVAN_TODAY = cases.TODAY
    found = own(_vault)
    found.intake = found.police  # at the office of the province
    found.commune = found.province.communes[0].pk
    return found


def sent(vault, seed="phiếu", **more):
    draft = {"text": WORDS, "accused": "Hoàng Quốc Tí", "place_id": vault.commune}
    return send_denunciation(SealedDraft(**{**draft, **more}), seed=seed)


def test_it_is_sealed_for_the_people_above_the_accused_and_nowhere_else(vault):
    code = sent(vault, name="Vừ Bá Sáng", phone="0987 111 222", post="Phó chủ tịch")
    case = Denunciation.objects.get()
    assert (case.unit_id, case.channel, case.anonymous) == (
        vault.above.pk, "portal", False,
    )  # fmt: skip
    assert [(one.user, one.part) for one in case.readers.all()] == [(vault.intake, Part.INTAKE)]
    assert accused_of(case)[0]["name"] == "Hoàng Quốc Tí"
    assert persons_of(case)[0]["phone"] == "0987111222"
    assert [one.unit_id for one in case.exclusions.all()] == [vault.commune]
    assert not Denunciation.objects.allowed(vault.officer, "vault.enter").exists()
    assert Denunciation.objects.allowed(vault.intake, "vault.enter").exists()
    assert not Petition.objects.exists()
    assert not Paper.objects.exists()
    assert not FollowCode.objects.exists()
    assert verify_log().faults == []
    assert code.replace("-", "") not in str(Denunciation.objects.values())


def test_an_officer_whom_the_letter_names_is_no_reader_of_it(vault):
    other = member("nguoikhac", vault.above, "petition_officer")
    named = vault.intake.full_name = "Lô Văn Bảo"
    vault.intake.save()
    sent(vault, text=f"Ông Tí và ({named.upper()}) chia nhau tiền.")
    case = Denunciation.objects.get()
    assert [one.user for one in case.readers.all()] == [other]
    assert vault.intake.pk in case.exclusions.values_list("user", flat=True)
    assert not Denunciation.objects.allowed(vault.intake, "vault.enter").exists()
    other.grants.all().delete()
    with pytest.raises(RuleError, match="chưa có người được giao"):
        sent(vault, seed="nữa", accused=named)


def test_its_code_tells_how_it_stands_and_nothing_else_and_no_table_of_codes_knows_it(vault):
    code = sent(vault)
    [told] = letters_told(code.lower())
    assert (told.received_on, told.standing) == (cases.TODAY, "Đã nhận, đang xem xét")
    assert try_code(code, address="") == "wrong"
    Denunciation.objects.update(state=VaultState.ACCEPTED)
    assert letters_told(code)[0].standing == "Đang giải quyết"
    Denunciation.objects.update(state=VaultState.FILED, closed_on=cases.TODAY)
    assert letters_told(code)[0].standing == "Đã xem xét xong"
    assert letters_told("7K4-M92-CXTH-3RN5") == []
    assert letters_told("không phải mã") == []


def test_the_same_form_twice_is_one_case_and_one_code(vault, monkeypatch):
    assert sent(vault) == sent(vault)
    assert Denunciation.objects.count() == 1

    def late(*_, **__):
        raise IntegrityError

    code = sent(vault, seed="khác")
    with monkeypatch.context() as racing:
        racing.setattr(sending, "why_closed", _forget_first(racing))
        assert sent(vault, seed="khác") == code
    monkeypatch.setattr(sending, "write_case", late)
    with pytest.raises(IntegrityError):
        sent(vault, seed="mới")


def _forget_first(racing):
    """As seen by who asked before the other had written."""
    real, asked = Denunciation.objects.filter, []

    def look(*args, **more):
        asked.append(args)
        return real(pk=0) if len(asked) == 1 else real(*args, **more)

    racing.setattr(Denunciation.objects, "filter", look)
    return lambda: ""


@pytest.mark.parametrize(
    ("said", "column", "words"),
    [
        ({"text": "a"}, "text", "ghi việc muốn tố cáo"),
        ({"text": "a" * 20_001}, "text", "dài quá"),
        ({"accused": " "}, "accused", "Bà con vui lòng ghi họ tên"),
        ({"phone": "1"}, "phone", "Bà con vui lòng xem lại"),
        ({"place_id": 987654}, "place", "chọn lại"),
    ],
)
def test_what_is_wrong_is_told_in_words_for_people(vault, said, column, words):
    with pytest.raises(RuleError) as broken:
        sent(vault, **said)
    assert words in {one.column: one.message for one in broken.value.faults}[column]
    assert not Denunciation.objects.exists()


def test_a_closed_vault_and_one_without_readers_say_so_and_where_to_go(vault, settings):
    settings.DANVAN_SECOND_FACTOR = "offered"
    settings.VAULT_OPENS_ON_TRIAL = False
    with pytest.raises(RuleError, match="đang đóng"):
        sent(vault)
    settings.DANVAN_SECOND_FACTOR = "required"
    vault.intake.grants.all().delete()
    with pytest.raises(RuleError, match="chưa có người được giao"):
        sent(vault)
    with pytest.raises(RuleError, match="ghi xã, phường của người bị tố cáo"):
        sent(vault, place_id=None)
    assert not Denunciation.objects.exists()


def test_who_works_below_the_accused_place_too_is_no_reader(vault):
    from tests.factories.province import make_grant

    make_grant(vault.unit, "leader", user=vault.intake)
    assert vault_office(vault.commune).readers == ()
    assert vault_office(vault.province.communes[1].pk).readers == (vault.intake.pk,)


def test_no_place_and_places_of_elsewhere(vault, monkeypatch):
    from danvan.petitions.selectors.vault import sending as where

    assert vault_office(vault.unit.pk) is None
    assert vault_office(None).readers == ()
    monkeypatch.setattr(where, "top_unit", lambda: vault.province.communes[1])
    assert where.vault_office(vault.commune) is None


def test_who_leaves_a_telephone_and_no_name_is_taken_in_too(vault):
    sent(vault, phone="0987 111 222")
    case = Denunciation.objects.get()
    assert case.anonymous
    assert [(one["name"], one["phone"]) for one in persons_of(case)] == [("", "0987111222")]
