"""The pages of the vault: closed to all but named readers, for existence too; sealed until opened; never kept."""

import pytest
from django.urls import reverse

from danvan.petitions.models import Denunciation, VaultOpening
from tests.once import once, own
from tests.petitions import cases

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"vault:{name}", args=args))


def typed(vault, **more):
    return {
        "unit": vault.unit.pk, "received_on": "01/10/2026", "channel": "post", "language": "vi", "people": "1",
        "name": "Vừ Bá Sáng", "address": "Bản Huồi Thum", "phone": "0987 111 222", "title": "Khai khống hộ nghèo",
        "text": "Ông Tí khai khống.", "accused": "Hoàng Quốc Tí, Phó chủ tịch, UBND xã", **more,
    }  # fmt: skip


def test_a_denunciation_is_taken_in_and_opened_for_minutes(vault, client):
    client.force_login(vault.officer)
    assert client.get(reverse("vault:enter")).status_code == 200
    answer = client.post(reverse("vault:enter"), typed(vault))
    case = Denunciation.objects.get()
    assert answer["Location"] == reverse("vault:card", args=[case.uuid])
    shown = client.get(answer["Location"])
    assert shown["Cache-Control"] == "no-store, private"
    body = shown.content.decode()
    assert "Người tố cáo TC-2026-0001" in body
    assert "Sáng" not in body and "khai khống" not in body.lower()
    refused = client.post(reverse("vault:open", args=[case.uuid]), {})
    assert refused.status_code == 422
    client.post(reverse("vault:open", args=[case.uuid]), {"purpose": "classify"})
    body = page(client, vault.officer, "card", case.uuid).content.decode()
    assert "Vừ Bá Sáng" in body and "Ông Tí khai khống." in body and "Phó chủ tịch" in body
    [opening] = VaultOpening.objects.all()
    assert (opening.by, opening.purpose) == (vault.officer, "classify")
