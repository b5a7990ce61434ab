"""What was handed over: seen and accepted by whom it waits for, passed on to another who took over, told at home."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment, assign_commitments
from danvan.organisations.enums import HandOverState
from danvan.organisations.models import HandOver
from danvan.organisations.services.reorganising import (
    add_new_unit,
    apply_reorganisation,
    set_passing,
)
from tests.desk.reorganising import a_draft, a_merger
from tests.factories.province import Province, make_grant

TODAY = date(2026, 12, 31)


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = TODAY
    province = Province()
    work = [
        Assignment(front.pk, f"Sửa cầu treo bản {number}", "Biên bản", TODAY)
        for number, front in enumerate(province.fronts, 1)
    ]
    assign_commitments(work, assigner=province.committee, actor=None)
    return province


@pytest.fixture
def merged(province):
    """The first two communes are one; an officer of the first answers for it."""
    province.officer = make_grant(province.communes[0], "commune_officer")
    province.event = apply_reorganisation(a_merger(province), actor=None)
    return province


@pytest.fixture
def divided(province):
    """The first commune is two; its work waits for the first of them."""
    draft = a_draft(province.place, "divide", title="Chia xã Môn Sơn", measure="equal")
    made = [
        add_new_unit(
            draft, actor=None, name=name, level="commune", type_word="Xã", code=code,
            parent_id=province.place.pk,
        )
        for name, code in (("Xã Môn Thượng", "17201"), ("Xã Môn Hạ", "17202"))
    ]  # fmt: skip
    for at, new in enumerate(made):
        set_passing(draft, province.communes[0].pk, new_unit_id=new.pk, heir=not at, actor=None)
    province.event = apply_reorganisation(draft, actor=None)
    province.upper, province.lower = (
        one.unit for one in province.event.new_units.order_by("pk").select_related("unit")
    )
    return province


URL = "desk:hand-overs"


def waiting():
    """What waits, rights aside: those an administrator takes over."""
    found = HandOver.objects.filter(state=HandOverState.WAITING)
    return found.exclude(holder="accounts.grants")


def work(number):
    return HandOver.objects.get(holder="commitments.lead", title__endswith=f"bản {number}")


def test_the_heirs_officer_sees_what_waits_by_kind(client, merged):
    client.force_login(merged.officer)

    page = client.get(reverse(URL))

    titles = [line.title for line in page.context["lines"]]
    assert len(titles) == waiting().count() == page.context["waiting"]
    assert "Sửa cầu treo bản 1" in page.text
    assert "Sửa cầu treo bản 2" in page.text
    assert "Sửa cầu treo bản 3" not in page.text


def test_ticked_matters_are_accepted_together(client, merged):
    client.force_login(merged.officer)
    ids = [work(number).pk for number in (1, 2)]

    answer = client.post(reverse(URL), {"viec": "nhan", "chon": ids}, follow=True)

    assert "Đã nhận 2 việc bàn giao" in answer.text
    assert {(work(n).state, work(n).decided_by) for n in (1, 2)} == {("accepted", merged.officer)}
    accepted = client.get(reverse(URL), {"tinh_trang": "da-nhan"})
    assert [line.pk for line in accepted.context["lines"] if line.decided_at] == ids[::-1]


def test_everything_is_accepted_where_as_much_waits_as_the_page_said(client, merged):
    client.force_login(merged.officer)
    number = waiting().count()

    refused = client.post(reverse(URL), {"viec": "nhan-het", "dem": number + 1})
    left = waiting().count()
    taken = client.post(reverse(URL), {"viec": "nhan-het", "dem": number}, follow=True)

    assert (refused.status_code, left) == (422, number)
    assert "Số việc chờ nhận vừa thay đổi" in refused.text
    assert f"Đã nhận {number} việc" in taken.text
    assert waiting().count() == 0
    assert "Không có việc nào chờ nhận" in taken.text


@pytest.mark.parametrize("picked", [[], ["²"], ["999999"]])
def test_nothing_or_something_else_ticked_is_told(client, merged, picked):
    client.force_login(merged.officer)
    number = waiting().count()

    answer = client.post(reverse(URL), {"viec": "nhan", "chon": picked})

    assert answer.status_code == 422
    assert "Đồng chí vui lòng" in answer.text
    assert waiting().count() == number


def test_rights_wait_for_whoever_may_give_rights(client, merged):
    client.force_login(merged.officer)
    page = client.get(reverse(URL))
    assert "1 quyền người dùng" in page.text
    client.force_login(make_grant(merged.place, "administrator"))

    page = client.get(reverse(URL))
    assert page.context["waiting"] == waiting().count() + 1 == 3
    answer = client.post(reverse(URL), {"viec": "nhan-het", "dem": 3}, follow=True)

    assert "Đã nhận 3 việc" in answer.text
    assert not HandOver.objects.filter(state=HandOverState.WAITING).exists()


def test_what_waits_for_others_is_not_accepted(client, merged):
    client.force_login(make_grant(merged.communes[2], "commune_officer"))

    page = client.get(reverse(URL))
    answer = client.post(reverse(URL), {"viec": "nhan", "chon": [work(1).pk]})

    assert page.context["waiting"] == 0
    assert answer.status_code == 422
    assert work(1).state == HandOverState.WAITING
    assert client.get(reverse("desk:hand-over", args=[work(1).pk])).status_code == 404


def test_a_matter_is_passed_on_to_the_other_who_took_over(client, divided):
    client.force_login(make_grant(divided.place, "specialist"))
    url = reverse("desk:hand-over", args=[work(1).pk])
    assert url in client.get(reverse(URL)).text
    page = client.get(url)
    [(to, name)] = page.context["form"].fields["to"].choices
    assert "Môn Hạ" in name

    unsaid = client.post(url, {})
    answer = client.post(url, {"to": to}, follow=True)

    assert "chọn đơn vị nhận" in unsaid.text
    assert "chờ nơi ấy nhận" in answer.text
    assert (work(1).taker_id, work(1).state) == (to, HandOverState.WAITING)
    lead = Commitment.objects.get(title__endswith="bản 1").lead
    assert lead.versions.get().place == divided.lower


def test_where_one_took_over_alone_nothing_is_passed_on(client, merged):
    client.force_login(merged.officer)
    url = reverse("desk:hand-over", args=[work(1).pk])

    assert "không chuyển tiếp được" in client.get(url).text
    assert url not in client.get(reverse(URL)).text
    assert client.post(url, {"to": merged.fronts[2].pk}).status_code == 422


def test_the_page_of_the_event_tells_who_has_accepted(client, merged):
    client.force_login(make_grant(merged.place, "administrator"))
    HandOver.objects.filter(pk=work(1).pk).update(state=HandOverState.ACCEPTED)

    page = client.get(reverse("desk:reorganisation", args=[merged.event.pk]))

    rest = HandOver.objects.filter(state=HandOverState.WAITING).count()
    assert page.context["hand_overs"].words == f"{rest} chờ nhận, 1 đã nhận"
    assert page.context["hand_overs"].total == rest + 1


def test_what_waits_stands_in_the_list_of_the_day(client, merged):
    client.force_login(merged.officer)

    page = client.get(reverse("desk:home"), {"loai": "ban-giao"})

    assert "Sửa cầu treo bản 1" in page.text
    assert "Chờ nhận" in page.text
    assert reverse(URL) in page.text


def test_the_list_costs_the_same_however_much_waits(client, merged):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(merged.officer)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(URL))
        return len(queries)

    cost()
    several = cost()
    waiting().exclude(pk=work(1).pk).delete()
    assert cost() == several
