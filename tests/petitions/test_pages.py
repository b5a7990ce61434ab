"""What the pages of petitions show and take in: words, forms, refusals, the sealed identity."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.accounts.models import Grant
from danvan.foundation.models import AuditEntry
from danvan.organisations.models import UnitVersion
from danvan.petitions.forms.acts import ActForm
from danvan.petitions.models import IdentityOpening, Paper, Petition
from danvan.petitions.moves import MOVES, SLUGS, moves_from
from tests.factories.province import make_place
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
SENT = {
    "kind": "proposal", "title": "Xây cầu treo bản Xiềng", "text": "Kính đề nghị xã xây cầu.", "requests": "Xây cầu\nLàm đường",
    "received_on": "16/11/2026", "channel": "reception", "language": "vi", "name": "Lô Văn Nam", "people": "1",
    "kind_of_person": "person",
}  # fmt: skip


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def page(user, name, *args, data=None, follow=False):
    client = Client()
    client.force_login(user)
    path = reverse(f"petitions:{name}", args=args)
    return client.post(path, data, follow=follow) if data is not None else client.get(path)


def act(user, petition, name, data=None):
    from danvan.petitions.templatetags.petitions import move_url

    client = Client()
    client.force_login(user)
    path = move_url(name, petition.pk)
    return client.get(path) if data is None else client.post(path, data)


def test_a_paper_is_received_and_its_sender_sealed(office):
    sent = page(office.officer, "receive", data=SENT | {"unit": office.unit.pk})
    petition = Petition.objects.get()
    assert sent.url == reverse("petitions:card", args=[petition.pk])
    assert [one.words for one in petition.requests.all()] == ["Xây cầu", "Làm đường"]
    shown = page(office.officer, "card", petition.pk).content.decode()
    assert "Lô Văn Nam" not in shown
    assert "còn" in shown.lower()


def test_every_fault_of_a_paper_is_told_at_once_and_nothing_is_written(office):
    wrong = SENT | {
        "unit": office.unit.pk, "kind": "", "title": "", "name": "", "id_number": "12", "received_on": "31/12/2026",
        "channel": "forwarded",
    }  # fmt: skip
    refused = page(office.officer, "receive", data=wrong)
    told = refused.content.decode()
    assert refused.status_code == 422
    for sentence in (
        "chọn loại đơn", "tóm tắt nội dung", "9 hoặc 12 chữ số", "chưa đến", "người chuyển đơn đến", "ghi họ tên",
    ):  # fmt: skip
        assert told.count(sentence) == 1, sentence
    unread = wrong | {
        "unit": "",
        "received_on": "xx",
        "people": "x",
        "written_on": "x",
        "id_number": "",
    }
    told = page(office.officer, "receive", data=unread).content.decode()
    for sentence in ("chọn đơn vị nhận", "chọn loại đơn", "tóm tắt nội dung", "ghi người gửi"):
        assert told.count(sentence) == 1, sentence
    assert (
        "không hoạt động" not in told
    )  # of a unit that was not chosen, on a day that was not written
    later = page(office.officer, "receive", data=wrong | {"kind": "proposal", "title": "Cầu"})
    for sentence in ("9 hoặc 12 chữ số", "chưa đến", "người chuyển đơn đến", "ghi họ tên"):
        assert later.content.decode().count(sentence) == 1, sentence
    assert not Paper.objects.exists()


def test_places_near_to_who_receives_are_offered_first(office):
    form = page(office.officer, "receive").content.decode()
    assert 'data-typeahead="/don-vi/tim/?gan=1&amp;loai="' in form
    far, own = make_place("Xã Gần"), office.province.communes[0]
    UnitVersion.objects.filter(unit=far).update(lowered="xã gần", bare="gan")
    UnitVersion.objects.filter(unit=own).update(
        name="Xã Gần Nhất", lowered="xã gần nhất", folded="xa gan nhat", bare="gan nhat"
    )
    client = Client()
    client.force_login(office.officer)

    def found(**asked):
        answer = client.get(
            "/don-vi/tim/", {"q": "gan", **asked}, headers={"Accept": "application/json"}
        )
        return [row["id"] for row in answer.json()["results"]]

    assert found(loai="") == [far.pk, own.pk]
    assert found(gan="1", loai="") == [own.pk, far.pk]
    told = page(office.officer, "receive", data=SENT | {"unit": office.unit.pk, "place": "gan"})
    assert "như vậy: Xã Gần Nhất" in told.content.decode()


def test_the_identity_opens_for_a_purpose_and_is_logged(office, settings):
    petition = papers.received(office.unit)
    bare = page(office.officer, "open-names", petition.pk, data={"purpose": ""})
    assert (bare.status_code, IdentityOpening.objects.count()) == (422, 0)
    page(office.officer, "open-names", petition.pk, data={"purpose": "contact"})
    mine, other = (
        page(one, "card", petition.pk).content.decode() for one in (office.officer, office.head)
    )
    assert "Lô Văn Nam" in mine
    assert "040090001234" in mine
    assert "Lô Văn Nam" not in other
    assert AuditEntry.objects.filter(action="petitions.open_identity").count() == 1
    IdentityOpening.objects.update(until=IdentityOpening.objects.get().at)
    assert "Lô Văn Nam" not in page(office.officer, "card", petition.pk).content.decode()


def test_a_page_with_an_identity_is_kept_by_nobody(office):
    petition = papers.received(office.unit)
    assert page(office.officer, "card", petition.pk)["Cache-Control"] == "no-store, private"


def test_a_complaint_goes_its_way_through_the_pages(office):
    petition = papers.received(office.unit)
    steps = (
        (office.officer, "accept", {"on": "08/10/2026"}, "accepted"),
        (office.officer, "assign", {"on": "08/10/2026", "verifier": office.officer.pk}, "verifying"),
        (office.officer, "find", {"on": "12/10/2026", "finding": "differs", "words": "Thiếu 38,5 m2"}, "verifying"),
        (office.officer, "invite", {"on": "12/10/2026", "held_on": "19/10/2026", "place": "Trụ sở"}, "dialogue"),
        (office.officer, "hold", {"held_on": "19/10/2026", "words": "Đã thống nhất"}, "dialogue"),
        (office.head, "suspend", {"on": "20/10/2026", "ground": "result", "words": "Chờ giám định", "symbol": "1/QĐ"}, "suspended"),
        (office.head, "resume", {"on": "22/10/2026", "symbol": "2/QĐ"}, "dialogue"),
    )  # fmt: skip
    for user, name, data, state in steps:
        opened = act(user, papers.fresh(petition), name)
        assert opened.status_code == 200, name
        done = act(user, papers.fresh(petition), name, data)
        assert (done.status_code, papers.fresh(petition).state) == (302, state), (
            name,
            done.content.decode()[-3000:],
        )
    page(
        office.officer,
        "reply",
        petition.pk,
        1,
        data={"reply": "Đo lại", "basis": "Điều 79", "on": "22/10/2026"},
    )
    act(office.head, petition, "decide", {"on": "23/10/2026", "outcome": "right", "symbol": "3/QĐ"})
    act(office.officer, petition, "send", {"on": "26/10/2026"})
    assert papers.fresh(petition).state == "sent"
    shown = page(office.officer, "card", petition.pk).content.decode()
    assert "3/QĐ" in shown
    assert "Đã gửi quyết định" in shown


@pytest.mark.parametrize("name", sorted(SLUGS))
def test_each_act_has_a_page_where_it_fits_and_a_word_where_not(office, name):
    petition = papers.received(office.unit)
    fits = MOVES[name] in moves_from(petition.kind, petition.state)
    user = office.head
    opened = act(user, petition, name)
    assert opened.status_code == (200 if fits else 302)
    if fits:
        before = list(petition.steps.values_list("pk"))
        assert act(user, petition, name, {}).status_code in (302, 422)
        if act(user, petition, name, {}).status_code == 422:
            assert list(petition.steps.values_list("pk")) == before


def test_an_act_behind_another_right_is_not_there(office):
    petition = papers.received(office.unit)
    assert page(office.officer, "act", petition.pk, "quyet-dinh").status_code == 404
    assert page(office.officer, "act", petition.pk, "khong-co").status_code == 404
    assert page(office.officer, "act-deciding", petition.pk, "dinh-chi").status_code == 403


def test_whom_it_is_against_neither_sees_nor_lists_it(office):
    petition = papers.received(office.unit)
    assert act(office.officer, petition, "bar", {"user": office.head.pk}).status_code == 302
    assert page(office.head, "card", petition.pk).status_code == 404
    assert petition.title not in page(office.head, "list").content.decode()
    assert petition.title in page(office.officer, "list").content.decode()


def test_a_transfer_keeps_the_petition_open_at_the_other_unit(office):
    petition = papers.received(office.unit, papers.matter("proposal", "Sửa đường"))
    sent = act(office.officer, petition, "transfer", {
        "to_unit": "Ủy ban nhân dân Xã Con Cuông", "to_unit_id": office.other.pk, "reason": "Thuộc xã bạn", "on": "05/10/2026",
    })  # fmt: skip
    slip = petition.transfers.get()
    assert sent.url == reverse("petitions:slip", args=[slip.pk]), sent.content.decode()[-2000:]
    moved = papers.fresh(petition)
    assert (moved.unit_id, moved.received_on, moved.at_unit_on) == (
        office.other.pk,
        papers.RECEIVED,
        date(2026, 10, 5),
    )
    assert page(office.officer, "card", petition.pk).status_code == 404
    assert page(office.stranger, "card", petition.pk).status_code == 200


def test_the_list_has_tabs_filters_and_a_sheet(office):
    papers.received(office.unit, papers.matter("proposal", "Xây cầu treo"))
    papers.accepted(office.unit, papers.matter("complaint", "Đền bù đất"))
    client = Client()
    client.force_login(office.officer)
    path = reverse("petitions:list")
    assert "Xây cầu treo" in client.get(path, {"o": "cho-phan-loai"}).content.decode()
    late = client.get(path, {"o": "qua-han"}).content.decode()
    assert "Đền bù đất" in late
    assert "Quá" in late
    assert "Xây cầu treo" in client.get(path, {"q": "cau treo"}).content.decode()
    assert "Đền bù đất" not in client.get(path, {"loai": "proposal"}).content.decode()
    assert client.get(reverse("petitions:list-sheet")).status_code == 200


def test_the_list_costs_the_same_queries_at_one_and_three_rows(office, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    papers.received(office.unit)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(office.officer, "list")
        counts.append(len(seen))
        papers.received(office.unit)
        papers.received(office.unit)
    assert counts[0] == counts[1]


def test_work_is_given_from_a_request_and_leads_back_to_it(office):
    petition = papers.accepted(office.unit, papers.matter("proposal", "Sửa đường"))
    sent = page(office.officer, "give", petition.pk, 1, data={
        "title": "Sửa đường bản", "lead": "Ủy ban nhân dân Xã Môn Sơn", "lead_id": office.unit.pk,
        "product": "Đường sửa xong", "due_on": "20/12/2026",
    })  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    shown = page(office.officer, "card", petition.pk).content.decode()
    assert "Sửa đường bản" in shown
    back = page(office.officer, "of-request", petition.requests.get().pk)
    assert back.url == reverse("petitions:card", args=[petition.pk]) + "#yc-1"


def test_nobody_is_offered_a_superior_to_verify(client, office):
    one = papers.accepted(office.unit, papers.matter("complaint"))
    client.force_login(office.officer)
    shown = client.get(reverse("petitions:act", args=[one.pk, "giao-xac-minh"])).content.decode()
    assert f'value="{office.officer.pk}"' in shown
    assert f'value="{office.head.pk}"' in shown
    assert f'value="{office.chief.pk}"' not in shown
    Grant.objects.filter(user__in=(office.officer, office.head)).update(valid_to=papers.TODAY)
    form = ActForm(move=MOVES["assign"], petition=one)
    assert str(office.chief.pk) in form.users
