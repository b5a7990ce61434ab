"""Việc hôm nay of whoever holds dialogues: the notice due, the result unsaid, the conclusions nobody owns."""

from datetime import date

import pytest
from django.urls import reverse

from tests.dialogues import talks
from tests.factories.province import Province, make_grant
from tests.grassroots import matters

pytestmark = pytest.mark.django_db


def test_dialogues_wait_for_the_next_act_of_their_host_alone(client, settings):
    settings.DANVAN_TODAY = talks.TODAY
    province = Province(communes=2)
    unit = province.committees[0]
    talks.planned(unit, subject="Chưa báo dân", held_on=date(2026, 11, 25))
    talks.planned(unit, subject="Còn lâu", held_on=date(2027, 3, 1))
    talks.announced(unit, subject="Không biết đã họp chưa", held_on=date(2026, 11, 18))
    talks.taken(talks.written(unit, subject="Còn kết luận trống"))
    talks.written(unit, subject="Chưa ra thông báo")
    talks.written(province.committees[1], subject="Của xã khác")
    client.force_login(make_grant(province.communes[0], "commune_officer"))
    text = client.get(reverse("desk:home")).content.decode()
    for said in (
        "Chưa báo dân",
        "Không biết đã họp chưa",
        "1 kết luận chưa có chủ trì",
        "Chưa ra thông báo kết luận",
    ):
        assert said in text
    assert "Còn lâu" not in text
    assert "Của xã khác" not in text
    client.force_login(make_grant(province.communes[0], "clerk"))
    assert "Chưa báo dân" not in client.get(reverse("desk:home")).content.decode()


def test_words_that_nobody_confirmed_for_the_people_wait_for_their_unit_alone(client, settings):
    settings.DANVAN_TODAY = matters.TODAY
    commune = matters.Commune()
    told = talks.announced(commune.province.committees[0], held_on=talks.COMING)
    hung = matters.published(matters.entered(commune.unit))
    client.force_login(make_grant(commune.place, "commune_officer"))
    for url in (
        reverse("dialogues:publication", args=[told.pk]),
        reverse("grassroots:publication", args=[hung.pk]),
    ):
        assert url in client.get(reverse("desk:home")).content.decode()
    talks.published(told)
    matters.shown(hung)
    assert "Chưa duyệt công khai" not in client.get(reverse("desk:home")).content.decode()
    client.force_login(make_grant(commune.province.communes[1], "commune_officer"))
    assert "Chưa duyệt công khai" not in client.get(reverse("desk:home")).content.decode()
