"""What of a dialogue becomes public: what is proposed, what a person confirms, what nobody reads before."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.dialogues import selectors
from danvan.dialogues.models import DialogueOpinion
from danvan.dialogues.selectors import publicly
from danvan.dialogues.services import cancel_dialogue, publish_dialogue
from danvan.foundation.models import AuditEntry, PublicWords
from danvan.reading.covering import Covering
from tests.dialogues import talks
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
NAMED = "Việc đất của ông Lô Văn Nam"
SENTENCE = "Giao Ủy ban nhân dân xã sửa xong cầu treo"


class House:
    """A commune whose committee holds dialogues; one is over, one is to come."""

    def __init__(self):
        self.province = Province()
        self.committee, self.government = (
            self.province.committees[0],
            self.province.governments[0],
        )
        self.officer = make_grant(self.province.communes[0], "commune_officer")
        self.over, self.given = talks.concluded(self.committee, self.government)
        self.coming = talks.announced(self.committee, held_on=talks.COMING, subject=NAMED)
        self.opinion = self.over.opinions.get()
        DialogueOpinion.objects.filter(pk=self.opinion.pk).update(name="Vi Thị Hoa", content="Tôi là Vi Thị Hoa: cầu mục ván")  # fmt: skip


_house = once(House, DANVAN_TODAY=talks.TODAY)


@pytest.fixture
def house(settings, _house):
    settings.DANVAN_TODAY = talks.TODAY
    return own(_house)


def waiting(house):
    return set(selectors.dialogues_to_publish(house.officer))


def test_nothing_stands_in_public_before_a_person_confirmed_it(house):
    assert list(publicly.dialogues_to_come()) == list(publicly.dialogues_held()) == []
    assert list(publicly.public_conclusions()) == []
    assert publicly.talk_held(house.over.number) is None
    told = publicly.told_coming([house.coming])[0]
    assert (told.subject, told.place) == (f"Cuộc đối thoại {house.coming.number}", "")
    assert waiting(house) == {house.over, house.coming}


def test_the_notice_is_public_as_it_was_confirmed(house):
    talks.published(house.coming)
    told = publicly.told_coming(publicly.dialogues_to_come())
    assert [(one.subject, one.place) for one in told] == [
        ("Việc đất của ông [họ tên]", "Nhà văn hóa bản Hòa Sơn")
    ]
    assert waiting(house) == {house.over}
    assert not selectors.waits_to_be_published(house.officer, house.coming)
    cancel_dialogue(talks.fresh(house.coming), why="Mưa lũ", actor=None)
    assert list(publicly.dialogues_to_come()) == []
    assert "đã hủy" in talks.refused(publish_dialogue, house.coming, Covering(), shown=[]).message


def test_a_dialogue_that_is_only_planned_has_nothing_to_publish(house):
    one = talks.planned(house.committee, held_on=talks.COMING)
    assert selectors.proposed_publication(one) == []
    told = talks.refused(publish_dialogue, one, Covering(), shown=["notice"])
    assert "chưa thông báo" in told.message
    assert not PublicWords.objects.exists()


def test_conclusions_are_public_and_what_a_citizen_asked_only_where_it_was_chosen(house):
    groups = selectors.proposed_publication(house.over)
    assert [(one.key[0], one.official, one.shown) for one in groups] == [
        ("n", True, True), ("c", True, True), ("q", False, False),
    ]  # fmt: skip
    talks.published(house.over)
    held = publicly.talk_held(house.over.number)
    assert held.asked == []
    assert [words[: len(SENTENCE)] for _, words in held.conclusions] == [SENTENCE]
    assert waiting(house) == {house.coming}
    talks.published(house.over, also=[house.opinion])
    held = publicly.talk_held(house.over.number)
    assert held.asked == [("Tôi là [họ tên]: cầu mục ván", "Đã trả lời")]
    assert AuditEntry.objects.filter(action="dialogues.publish").count() == 2
    assert house.over.steps.filter(kind="shown").count() == 2
    assert [one.shown for one in selectors.proposed_publication(house.over)] == [True] * 3


def test_what_is_not_chosen_any_more_is_gone_at_once(house):
    talks.published(house.over, also=[house.opinion])
    publish_dialogue(house.over, Covering(), shown=[], actor=house.officer)
    assert publicly.talk_held(house.over.number) is None
    assert list(publicly.public_conclusions()) == []
    assert not PublicWords.objects.exclude(words="").exists()
    assert waiting(house) == {house.coming}  # it was decided
    assert [one.shown for one in selectors.proposed_publication(house.over)] == [False] * 3


def test_a_conclusion_is_told_by_its_number_where_the_notice_is_not_public(house):
    conclusion = house.over.conclusions.get()
    publish_dialogue(house.over, Covering(), shown=[f"c{conclusion.pk}"], actor=None)
    told = publicly.told_conclusions([conclusion.pk])[conclusion.pk]
    assert (told.subject, told.open) == (f"Cuộc đối thoại {house.over.number}", False)
    assert publicly.told_conclusions([0]) == {}


def test_the_name_of_who_asked_is_never_left_open_whatever_is_ticked(house):
    key = f"q{house.opinion.pk}"
    told = talks.refused(publish_dialogue, house.over, Covering(), shown=[key])
    assert [one.message for one in told.faults] == [
        "Ý kiến 1 còn chỗ nêu tên người hỏi chưa che. Đồng chí vui lòng giữ dấu chọn ở các chỗ ấy."
    ]
    assert not PublicWords.objects.exists()


def test_every_fault_is_told_at_once_and_a_page_that_is_old_is_refused(house):
    wrong = Covering.of(["subject:0:999:name"], ("cột điện",))
    told = talks.refused(publish_dialogue, house.over, wrong, shown=[])
    assert [one.column for one in told.faults] == ["subject", "words"]
    old = talks.fresh(house.over).changes - 1
    stale = talks.refused(publish_dialogue, house.over, Covering(), shown=[], seen=old)
    assert "vừa sửa" in stale.message


def test_public_words_are_found_and_lead_to_what_was_asked(house):
    talks.published(house.over, also=[house.opinion])
    conclusion = house.over.conclusions.get()
    DialogueOpinion.objects.filter(pk=house.opinion.pk).update(conclusion=conclusion)
    assert publicly.conclusions_found("cau treo", most=5) == [conclusion.pk]
    assert list(publicly.dialogues_found("rác thải", most=5)) == [house.over]
    assert list(publicly.dialogues_found("Vi Thị Hoa", most=5)) == []
    assert publicly.asked_behind(conclusion.pk) == ["Tôi là [họ tên]: cầu mục ván"]


def test_a_list_costs_the_same_for_one_and_for_three(house):
    def spent():
        with CaptureQueriesContext(connection) as queries:
            publicly.told_coming(publicly.dialogues_to_come())
        return len(queries)

    talks.published(house.coming)
    first = spent()
    for _ in range(2):
        talks.published(talks.announced(house.committee, held_on=talks.COMING))
    assert spent() == first


def page(user, name, *args, data=None):
    client = Client()
    client.force_login(user)
    path = reverse(f"dialogues:{name}", args=args)
    return client.get(path) if data is None else client.post(path, data)


def test_the_list_and_the_card_lead_to_what_waits(house):
    assert "Duyệt công khai (2)" in page(house.officer, "list").content.decode()
    listed = page(house.officer, "publications").content.decode()
    where = reverse("dialogues:publication", args=[house.coming.pk])
    assert where in listed
    assert where in page(house.officer, "card", house.coming.pk).content.decode()


def test_places_are_proposed_tried_out_then_confirmed(house):
    pk = house.coming.pk
    first = page(house.officer, "publication", pk).content.decode()
    ticked = re.findall(r'name="che" value="([^"]+)" checked', first)
    assert ticked == ["subject:17:27:name"]
    assert "Vì: có dạng họ tên người" in first
    data = {"che": ticked, "hien": ["notice"], "words": "đất"}
    tried = page(house.officer, "publication", pk, data=data | {"xem-thu": "1"})
    assert tried.status_code == 200
    assert "Việc [đã che] của ông [họ tên]" in tried.content.decode()
    assert not PublicWords.objects.exists()
    refused = page(house.officer, "publication", pk, data=data | {"words": "cột điện"})
    assert refused.status_code == 422
    assert "Không thấy “cột điện”" in refused.content.decode()
    done = page(house.officer, "publication", pk, data=data)
    assert done.status_code == 302
    assert [one.subject for one in publicly.told_coming(publicly.dialogues_to_come())] == [
        "Việc [đã che] của ông [họ tên]"
    ]


def test_before_the_notice_there_is_nothing_on_the_page(house):
    one = talks.planned(house.committee, held_on=talks.COMING)
    shown = page(house.officer, "publication", one.pk).content.decode()
    assert "Chưa có gì để công khai" in shown
