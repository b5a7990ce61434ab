"""What of a published matter everybody reads on the portal: what a person confirmed, and nothing before."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.foundation.models import AuditEntry, PublicWords
from danvan.grassroots import selectors
from danvan.grassroots.models import MatterPosting
from danvan.grassroots.selectors import publicly
from danvan.grassroots.services import show_matter
from danvan.reading.covering import Covering
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.once import once, own

pytestmark = pytest.mark.django_db


class House(matters.Commune):
    """A commune with a matter that hangs at the office and in the villages, its title and a place naming somebody."""

    def __init__(self):
        super().__init__()
        self.officer = make_grant(self.place, "commune_officer")
        titled = matters.entered(self.unit, title="Hỗ trợ nhà ở cho bà Vi Thị Hoa")
        self.matter = matters.published(titled)
        MatterPosting.objects.filter(matter=titled, channel="village").update(place="Nhà ông Lô Văn Nam")  # fmt: skip


_house = once(House, DANVAN_TODAY=matters.TODAY)


@pytest.fixture
def house(settings, _house):
    settings.DANVAN_TODAY = matters.TODAY
    return own(_house)


def told():
    return publicly.told_matters(publicly.public_matters())


def test_nothing_stands_in_public_before_a_person_confirmed_it(house):
    assert told() == []
    assert list(selectors.matters_to_publish(house.officer)) == [house.matter]
    due = matters.entered(house.unit)
    assert not selectors.waits_to_be_published(house.officer, due)
    assert selectors.proposed_publication(due) == []
    refused = matters.refused(show_matter, due, Covering(), shown=["title"])
    assert "chưa công khai" in refused.message


def test_title_and_places_are_public_as_they_were_confirmed(house):
    matters.shown(house.matter)
    [one] = told()
    assert one.title == "Hỗ trợ nhà ở cho bà [họ tên]"
    assert {hang.place for hang in one.hangs} == {"Bảng tin xã", "Nhà ông [họ tên]"}
    assert list(selectors.matters_to_publish(house.officer)) == []
    assert AuditEntry.objects.filter(action="grassroots.show").count() == 1
    assert house.matter.steps.filter(kind="shown").count() == 1


def test_what_hangs_in_one_place_for_the_same_days_is_one_line(house):
    one = matters.published(matters.entered(house.unit), channels=("office", "village", "radio"))
    matters.shown(one)
    [line] = told()
    assert [(hang.channel, hang.place) for hang in line.hangs] == [
        (
            "Niêm yết tại trụ sở; niêm yết tại nhà văn hóa, điểm sinh hoạt cộng đồng; loa truyền thanh",
            "Bảng tin xã",
        )
    ]


def test_a_later_place_waits_and_what_is_not_chosen_is_gone(house):
    matters.shown(house.matter)
    later = matters.published(house.matter, channels=("radio",))
    assert len(told()[0].hangs) == 2
    assert list(selectors.matters_to_publish(house.officer)) == [later]
    show_matter(later, Covering(), shown=["title"], actor=house.officer)
    [one] = told()
    assert (one.title, one.hangs) == ("Hỗ trợ nhà ở cho bà Vi Thị Hoa", [])  # the officer decides
    show_matter(matters.fresh(later), Covering(), shown=[], actor=house.officer)
    assert told() == []
    assert not PublicWords.objects.exclude(words="").exists()


def test_faults_are_told_at_once_and_an_old_page_is_refused(house):
    wrong = Covering.of(["title:0:999:name"], ("cột điện",))
    refused = matters.refused(show_matter, house.matter, wrong, shown=["title"])
    assert [one.column for one in refused.faults] == ["title", "words"]
    old = matters.fresh(house.matter).changes - 1
    stale = matters.refused(show_matter, house.matter, Covering(), shown=[], seen=old)
    assert "vừa sửa" in stale.message


def test_what_was_withdrawn_is_neither_public_nor_waiting(house):
    matters.shown(house.matter)
    withdraw_matter_of(house.matter)
    assert told() == []
    assert list(selectors.matters_to_publish(house.officer)) == []


def withdraw_matter_of(matter):
    type(matter).objects.filter(pk=matter.pk).update(state="withdrawn")


def test_a_list_costs_the_same_for_one_and_for_three(house):
    def spent():
        with CaptureQueriesContext(connection) as queries:
            told()
        return len(queries)

    matters.shown(house.matter)
    first = spent()
    for _ in range(2):
        matters.shown(matters.published(matters.entered(house.unit)))
    assert (spent(), len(told())) == (first, 3)


def page(user, name, *args, data=None):
    client = Client()
    client.force_login(user)
    path = reverse(f"grassroots:{name}", args=args)
    return client.get(path) if data is None else client.post(path, data)


def test_pages_lead_to_what_waits_and_it_is_tried_out_then_confirmed(house):
    pk = house.matter.pk
    where = reverse("grassroots:publication", args=[pk])
    assert "Duyệt công khai (1)" in page(house.officer, "list").content.decode()
    assert where in page(house.officer, "publications").content.decode()
    assert where in page(house.officer, "card", pk).content.decode()
    first = page(house.officer, "publication", pk).content.decode()
    ticked = re.findall(r'name="che" value="([^"]+)" checked', first)
    shown = re.findall(r'name="hien" value="([^"]+)" checked', first)
    assert (len(ticked), len(shown)) == (2, 3)
    data = {"che": ticked, "hien": shown, "words": ""}
    tried = page(house.officer, "publication", pk, data=data | {"xem-thu": "1"})
    assert "Hỗ trợ nhà ở cho bà [họ tên]" in tried.content.decode()
    refused = page(house.officer, "publication", pk, data=data | {"words": "cột điện"})
    assert refused.status_code == 422
    assert told() == []
    assert page(house.officer, "publication", pk, data=data).status_code == 302
    assert told()[0].title == "Hỗ trợ nhà ở cho bà [họ tên]"
    due = matters.entered(house.unit)
    assert "Chưa có gì để công khai" in page(house.officer, "publication", due.pk).content.decode()
