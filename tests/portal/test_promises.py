"""The pages of one promise and of one dialogue that is over: what stands on them, and nothing before a person confirmed it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.services import claim_done, show_publicly
from danvan.dialogues.services import publish_dialogue
from danvan.organisations.enums import Level
from danvan.petitions.services import unpublish_petition
from danvan.reading.covering import Covering
from tests.dialogues import talks
from tests.factories.province import make_place
from tests.once import once, own
from tests.portal import public_world

pytestmark = pytest.mark.django_db
_world = once(public_world.People, DANVAN_TODAY=public_world.TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = public_world.TODAY
    return own(_world)


def get(name, *args, data=None):
    return Client().get(reverse(f"people:{name}", args=args), data)


def text(name, *args, data=None):
    answer = get(name, *args, data=data)
    assert answer.status_code == 200
    return answer.content.decode()


def talked(world):
    """A dialogue that is over, all of it public, and the promise that it led to."""
    committee = world.office.province.committees[0]
    talk, given = talks.concluded(committee, world.unit)
    talks.published(talk, also=talk.opinions.all())
    return talk, given


def test_a_promise_has_a_page_from_asking_to_what_whoever_asked_says(world):
    given = public_world.promised(world, world.answered)
    claim_done(given, result="Đã làm", actor=None)
    show_publicly(given, words="Đã thay 12 bóng đèn", actor=None)
    where = reverse("people:promise", args=[given.pk])
    for page in (text("check"), text("matter", world.answered.number), text("find", data={"q": "den duong"})):  # fmt: skip
        assert f'href="{where}"' in page
    shown = text("promise", given.pk)
    for words in ("Đèn đường hỏng", "Đã thay 12 bóng đèn", "báo đã làm xong", "Trả lời người hỏi", "31/12/2026", world.answered.number):  # fmt: skip
        assert words in shown
    for words in ("Lô Văn Nam", "ghi trong sổ", given.number):
        assert words not in shown
    unpublish_petition(world.answered, reason="x", actor=world.head)
    assert get("promise", given.pk).status_code == 404


def test_a_dialogue_that_is_over_tells_what_was_asked_and_where_each_conclusion_stands(world):
    talk, given = talked(world)
    assert reverse("people:talk", args=[talk.number]) in text("discuss")
    shown = text("talk", talk.number.lower())
    for words in ("Cầu treo mục ván", "Đã trả lời", "sửa xong cầu treo", "Đang làm"):
        assert words in shown
    assert reverse("people:promise", args=[given.pk]) in shown
    promise = text("promise", given.pk)
    assert "Đối thoại: Cầu treo, rác thải" in promise
    assert reverse("people:talk", args=[talk.number]) in promise
    found = text("find", data={"q": "rac thai"})
    assert reverse("people:talk", args=[talk.number]) in found
    publish_dialogue(talk, Covering(), shown=[], actor=world.head)
    assert get("talk", talk.number).status_code == 404
    assert get("promise", given.pk).status_code == 404
    assert "sửa xong cầu treo" not in text("check") + text("find", data={"q": "cau treo"})


def test_a_promise_and_a_dialogue_may_be_kept_and_cost_the_same_however_much_they_tell(world):
    talk, given = talked(world)

    def spent(name, key):
        with CaptureQueriesContext(connection) as queries:
            assert "max-age=60" in get(name, key)["Cache-Control"]
        return len(queries)

    first = spent("talk", talk.number), spent("promise", given.pk)
    claim_done(given, result="Đã làm", actor=None)
    for words in ("Đã đổ bê tông", "Đã thông xe"):
        show_publicly(given, words=words, actor=None)
    assert (spent("talk", talk.number), spent("promise", given.pk)) == first


def test_the_page_for_questions_names_neither_subject_nor_place_before_they_were_confirmed(world):
    where = reverse("portal:ask", args=[world.dialogue.number])
    assert world.dialogue.place in Client().get(where).content.decode()
    publish_dialogue(world.dialogue, Covering(), shown=[], actor=world.head)
    shown = Client().get(where).content.decode()
    assert f"Cuộc đối thoại {world.dialogue.number}" in shown
    assert world.dialogue.place not in shown
    assert world.dialogue.subject not in shown


def test_a_province_finds_its_own_places_alone_and_says_whose_portal_it_is(world, settings):
    settings.DANVAN_TOP_UNIT = "40"
    assert "Xã Môn Sơn" in text("find", data={"q": "mon son"})
    elsewhere = make_place("Xã Cầu Kè", level=Level.COMMUNE, under=make_place("Vĩnh Long", level=Level.PROVINCE))  # fmt: skip
    assert elsewhere.versions.get().name not in text("find", data={"q": "cau ke"})
    assert "<small>Tỉnh Nghệ An</small>" in Client().get(reverse("portal:follow")).content.decode()


def test_the_first_page_tells_of_a_dialogue_to_come_only_words_that_were_confirmed(world):
    covering = Covering(words=("Cầu treo",))
    publish_dialogue(world.dialogue, covering, shown=["notice"], actor=None)
    shown = Client().get(reverse("people:front")).content.decode()
    assert reverse("portal:ask", args=[world.dialogue.number]) in shown
    assert "[đã che]" in shown
    assert world.dialogue.subject not in shown
