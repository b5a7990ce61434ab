"""The reorganisation workbench: drafts within reach, their steps, what is refused, and what stands afterwards."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.organisations.enums import EventKind
from danvan.organisations.models import NewUnit, Passing, Reorganisation
from tests.factories.province import Province, make_grant

TODAY = date(2026, 12, 31)
DAY = date(2026, 7, 1)


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = TODAY
    return Province()


@pytest.fixture
def administrator(client, province):
    user = make_grant(province.place, "administrator")
    client.force_login(user)
    return user


def began(client, kind=EventKind.MERGE, **more):
    """A draft begun on the first page."""
    said = {
        "kind": kind.value,
        "title": "Nhập ba đơn vị thành xã Con Cuông",
        "effective_on": "01/07/2026",
        "decision": "Nghị quyết số 1678/NQ-UBTVQH15",
        "measure": "population",
        "scope": "Tỉnh Nghệ An",
        **more,
    }
    return client.post(reverse("desk:reorganise-new"), said)


def merging(province):
    """What the page of units of a merger of the three communes sends."""
    names = ["Xã Môn Sơn", "Xã Con Cuông", "Xã Châu Khê"]
    return {
        "so_cu": "3",
        "so_moi": "1",
        **{f"gives_{at}": name for at, name in enumerate(names)},
        "founds_0_name": "Xã Con Cuông",
        "founds_0_type_word": "Xã",
        "founds_0_code": "17254",
    }


def test_a_draft_is_begun_and_asks_for_its_units(client, administrator, province):
    answer = began(client)

    draft = Reorganisation.objects.get()
    assert (draft.number, draft.kind, draft.state) == ("SX-2026-001", "merge", "draft")
    assert (draft.effective_on, draft.scope, draft.made_by) == (DAY, province.place, administrator)
    assert answer["Location"] == reverse("desk:reorganise-units", args=[draft.pk])
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "Đơn vị cũ 1" in page.text


def test_a_merger_is_drafted_by_hand(client, administrator, province):
    began(client)
    draft = Reorganisation.objects.get()

    answer = client.post(reverse("desk:reorganise-units", args=[draft.pk]), merging(province))

    assert answer.status_code == 302, answer.text
    new = NewUnit.objects.get()
    assert (new.name, new.parent, new.code, new.level) == (
        "Xã Con Cuông", province.place, "17254", "commune"
    )  # fmt: skip
    found = Passing.objects.order_by("pk").values_list("predecessor_id", "successor_new_id")
    assert list(found) == [(one.pk, new.pk) for one in province.communes]
    for step in ("units", "shares", "check", "preview", "apply"):
        page = client.get(reverse(f"desk:reorganise-{step}", args=[draft.pk]))
        assert page.status_code == 200, step
        assert "Xã Con Cuông" in page.text
