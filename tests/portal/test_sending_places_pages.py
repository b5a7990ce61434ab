"""Where a matter is: a place by its old name, chosen among several, or by a tap on the map."""

import pytest

from danvan.portal.places import communes_on_map, nearest_on_map, place_typed, places_meant
from tests.once import once
from tests.petitions.cases import Vault
from tests.portal.filled import TEXT, TODAY, carried, ready, step, words

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    return ready(_office, settings, monkeypatch)


def test_places_are_found_by_old_names_and_one_is_chosen_where_several_fit(client, office):
    found = [one.name for one in office.province.communes]
    answer = client.get("/gui/dia-ban/", {"q": found[0].removeprefix("Xã ")}).json()["results"]
    assert answer[0]["name"].startswith(found[0])
    assert place_typed("") == (None, [])
    pk, choices = place_typed("xa")
    assert pk is None
    assert len(choices) > 1
    response = step(client, None, "2", noi_dung=TEXT, xa="xa")
    assert "chọn một nơi" in words(response)
    chosen = step(client, None, "2", noi_dung=TEXT, xa="xa", chon=str(choices[0].id))
    assert ("dia_ban", str(choices[0].id)) in chosen.context["written"].hidden


def test_the_country_needs_a_place(client, office, settings):
    settings.DANVAN_TOP_UNIT = ""
    assert "vui lòng ghi xã" in words(step(client, None, "2", noi_dung=TEXT))
    assert communes_on_map() == []
    assert nearest_on_map(1, 1) is None


def test_who_taps_the_map_gets_the_nearest_commune(client, office, settings):
    from danvan.organisations.models import UnitVersion

    first, second = (one.pk for one in office.province.communes[:2])
    UnitVersion.objects.filter(unit_id=first).update(latitude="18.1", longitude="104.1")
    UnitVersion.objects.filter(unit_id=second).update(latitude="19.9", longitude="105.9")
    drawn = client.get("/gui/ban-do.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert words(drawn).count("<circle") == 2
    page = client.post("/gui/", {"noi_dung": TEXT, "buoc": "ban-do"})
    assert TEXT in words(page)
    tapped = client.post("/gui/", {**carried(page), "diem.x": "270", "diem.y": "10"})
    assert tapped.context["written"].dia_ban == second
    assert tapped.context["written"].noi_dung == TEXT
    odd = client.post("/gui/", {"diem.x": "²", "diem.y": "9" * 9})
    assert odd.context["written"].dia_ban is None


def test_old_names_stand_as_who_took_over(office):
    assert [one.label for one in places_meant("không có")] == []
