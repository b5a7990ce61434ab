"""The reorganisation workbench: drafts within reach, their steps, what is refused, and what stands afterwards."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.documents.enums import DocumentType
from danvan.documents.services import register_issued_document
from danvan.foundation import clock
from danvan.organisations.enums import EventKind
from danvan.organisations.models import (
    NewUnit,
    Passing,
    Reorganisation,
)
from danvan.organisations.services.reorganising import apply_reorganisation, set_passing
from tests.desk.reorganising import DAY, a_draft, a_merger, founding
from tests.factories.province import Province, make_grant, make_place

TODAY = date(2026, 12, 31)


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
    """What comes of the first page."""
    said = {
        "kind": str(kind),
        "title": "Nhập ba đơn vị thành xã Con Cuông",
        "effective_on": "01/07/2026",
        "decision": "Nghị quyết số 1678/NQ-UBTVQH15",
        "measure": "population",
        "scope": "Tỉnh Nghệ An",
        **more,
    }
    return client.post(reverse("desk:reorganise-new"), said)


def merging():
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


def page_of(client, name, *args):
    return client.get(reverse(f"desk:{name}", args=args))


# Beginning


def test_a_draft_is_begun_and_asks_for_its_units(client, administrator, province):
    answer = began(client)

    draft = Reorganisation.objects.get()
    assert (draft.number, draft.kind, draft.state) == ("SX-2026-001", "merge", "draft")
    assert (draft.effective_on, draft.scope, draft.made_by) == (DAY, province.place, administrator)
    assert answer["Location"] == reverse("desk:reorganise-units", args=[draft.pk])
    assert "Đơn vị cũ 1" in client.get(answer["Location"]).text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"kind": ""}, "chọn một loại sắp xếp"),
        ({"title": ""}, "đặt tên cho lần sắp xếp"),
        ({"effective_on": "31/02/2026"}, "31/02/2026"),
        ({"effective_on": "01/01/2000"}, "Ngày có hiệu lực phải từ 01/08/2008"),
        ({"decision": ""}, "ghi văn bản quyết định"),
        ({"scope": "Tỉnh Ở Đâu"}, "Không có đơn vị nào khớp"),
        ({"scope": "Ủy ban MTTQ Việt Nam Tỉnh Nghệ An"}, "chọn một địa bàn"),
    ],
)
def test_a_first_page_that_is_wrong_says_what_to_do(client, administrator, province, said, told):
    answer = began(client, **said)

    assert (answer.status_code, Reorganisation.objects.count()) == (422, 0)
    assert told in answer.text


def test_the_registered_decision_is_found_and_kept(client, province):
    user = make_grant(province.place, "administrator")
    make_grant(province.place, "specialist", user=user)
    client.force_login(user)
    paper = register_issued_document(
        unit=province.committee, document_type=DocumentType.DECISION, abstract="Về việc sắp xếp xã",
        issued_on=date(2026, 5, 1), actor=None,
    )  # fmt: skip
    found = client.get(reverse("desk:reorganise-documents"), {"q": "sap xep"}).json()["results"]
    assert [one["id"] for one in found] == [paper.pk]

    began(client, document=found[0]["name"], document_id=paper.pk)
    refused = began(client, document="Không có đâu")

    draft = Reorganisation.objects.get()
    assert (draft.source_kind, draft.source_id) == ("documents.document", paper.pk)
    assert (
        reverse("documents:card", args=[paper.pk])
        in page_of(client, "reorganise-units", draft.pk).text
    )
    assert refused.status_code == 422
    assert "Không có văn bản nào như vậy" in refused.text


def test_several_documents_that_fit_are_named(client, province):
    user = make_grant(province.place, "administrator")
    make_grant(province.place, "specialist", user=user)
    client.force_login(user)
    for day in (1, 2):
        register_issued_document(
            unit=province.committee, document_type=DocumentType.DECISION, abstract=f"Sắp xếp đợt {day}",
            issued_on=date(2026, 5, day), actor=None,
        )  # fmt: skip

    refused = began(client, document="sap xep")

    assert "Có nhiều văn bản khớp" in refused.text
    assert "Sắp xếp đợt 2" in refused.text


# Units


def test_a_merger_is_drafted_by_hand(client, administrator, province):
    began(client)
    draft = Reorganisation.objects.get()

    answer = client.post(reverse("desk:reorganise-units", args=[draft.pk]), merging())

    assert answer["Location"] == reverse("desk:reorganise-shares", args=[draft.pk])
    new = NewUnit.objects.get()
    assert (new.name, new.parent, new.code, new.level) == (
        "Xã Con Cuông", province.place, "17254", "commune"
    )  # fmt: skip
    found = Passing.objects.order_by("pk").values_list("predecessor_id", "successor_new_id")
    assert list(found) == [(one.pk, new.pk) for one in province.communes]


def test_one_more_row_is_asked_for_without_losing_what_was_typed(client, administrator, province):
    draft = a_draft(province.place, "merge")
    said = merging() | {"so_cu": "2", "viec": "gives", "gives_1_id": str(province.communes[1].pk)}

    page = client.post(reverse("desk:reorganise-units", args=[draft.pk]), said)

    assert page.status_code == 200
    assert 'name="gives_2"' in page.text
    assert 'value="Xã Môn Sơn"' in page.text
    assert f'name="gives_1_id" value="{province.communes[1].pk}"' in page.text
    assert 'value="17254"' in page.text
    assert (Passing.objects.count(), NewUnit.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"gives_0": "", "gives_1": "", "gives_2": ""}, "nêu ít nhất 2 đơn vị"),
        ({"gives_1": "Xã Môn Sơn"}, "Đơn vị này đã nêu ở trên"),
        ({"gives_1": "Xã Không Có"}, "Không có đơn vị nào khớp"),
        ({"gives_1": "Đảng ủy Xã"}, "Có nhiều đơn vị khớp"),
        ({"founds_0_name": ""}, "ghi tên đơn vị mới"),
        ({"founds_0_under": "Tỉnh Ở Đâu"}, "Không có đơn vị nào khớp"),
        ({"founds_0_name": "", "founds_0_type_word": "", "founds_0_code": ""}, "nêu đơn vị"),
    ],
)
def test_units_that_are_wrong_are_told_beside_their_boxes(client, administrator, province, said, told):  # fmt: skip
    draft = a_draft(province.place, "merge")

    answer = client.post(reverse("desk:reorganise-units", args=[draft.pk]), merging() | said)

    assert answer.status_code == 422
    assert told in answer.text
    assert (Passing.objects.count(), NewUnit.objects.count()) == (0, 0)


def test_a_unit_on_both_sides_and_too_few_takers_are_refused(client, administrator, province):
    draft = a_draft(province.place, "divide")
    said = {"so_cu": "1", "so_nhan": "2", "gives_0": "Xã Môn Sơn", "takes_0": "Xã Môn Sơn"}

    both = client.post(
        reverse("desk:reorganise-units", args=[draft.pk]), said | {"takes_1": "Xã Châu Khê"}
    )
    few = client.post(
        reverse("desk:reorganise-units", args=[draft.pk]), said | {"takes_0": "Xã Châu Khê"}
    )

    assert "Xã Môn Sơn đứng ở cả hai bên" in both.text
    assert "ít nhất 2 đơn vị nhận" in few.text
    assert (both.status_code, few.status_code, Passing.objects.count()) == (422, 422, 0)


def test_nothing_that_changes_is_refused(client, administrator, province):
    draft = a_draft(province.place, "rename")

    answer = client.post(
        reverse("desk:reorganise-units", args=[draft.pk]), {"so_cu": "1", "gives_0": "Xã Môn Sơn"}
    )

    assert answer.status_code == 422
    assert "ghi ít nhất một điều thay đổi" in answer.text


def test_a_unit_outside_the_administrators_reach_is_not_found(client, province):
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=province.country, code="42")
    make_place("Xã Hương Khê", under=other, code="18001")
    client.force_login(make_grant(province.place, "administrator"))
    draft = a_draft(province.place, "merge")

    answer = client.post(
        reverse("desk:reorganise-units", args=[draft.pk]),
        merging() | {"gives_0": "Xã Hương Khê"},
    )

    assert answer.status_code == 422
    assert "trong phạm vi đồng chí được sắp xếp" in answer.text


def test_what_somebody_changed_meanwhile_is_not_overwritten(client, administrator, province):
    draft = a_merger(province)
    seen = draft.changes
    set_passing(draft, province.communes[2].pk, new_unit_id=draft.new_units.get().pk, actor=None)

    answers = [
        client.post(
            reverse(f"desk:reorganise-{name}", args=[draft.pk]), said | {"seen": seen}, follow=True
        )
        for name, said in (
            ("units", merging()),
            ("children", {}),
            ("apply", {"sure": "on"}),
            ("drop", {}),
            ("amend", {"title": "Khác", "effective_on": "01/07/2026", "decision": "NQ", "measure": "equal"}),
        )
    ]  # fmt: skip

    told = ["vừa được người khác sửa" in one.text for one in answers]
    assert told == [True, False, True, True, True]
    draft.refresh_from_db()
    assert (draft.state, draft.title, draft.passings.count()) == (
        "draft",
        "Nhập thành Xã Chi Khê",
        3,
    )


# The list, and who reaches what


def test_drafts_stand_first_and_are_found_by_unit_decision_or_number(client, administrator, province):  # fmt: skip
    applied = apply_reorganisation(a_merger(province), actor=administrator)
    draft = founding(province.communes[2])

    def found(**asked):
        page = client.get(reverse("desk:reorganisations"), asked)
        return [line.reorganisation.number for line in page.context["lines"]]

    assert found() == [draft.number, applied.number]
    assert found(q="mon son") == [applied.number]
    assert found(q="Bắc Sơn") == [draft.number]
    assert found(q="1678") == [draft.number, applied.number]
    assert found(q=draft.number) == [draft.number]
    assert found(loai="merge") == [applied.number]
    assert found(tinh_trang="draft") == [draft.number]
    assert found(q="đâu có") == []


def test_the_list_costs_the_same_at_one_row_and_at_three(
    client, administrator, province, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page_of(client, "reorganisations")
        return len(queries)

    a_merger(province)
    cost()
    one = cost()
    for number in (1, 2):
        a_merger(province, name=f"Xã Mới {number}", code=f"1725{number}")
    assert cost() == one


def test_an_administrator_reaches_only_drafts_of_the_own_province(client, administrator, province):
    other = make_place("Tỉnh Hà Tĩnh", level="province", under=province.country, code="42")
    draft = a_draft(other, "merge")

    names = ["reorganisation", *(f"reorganise-{one}" for one in ("units", "shares", "check", "preview", "apply", "amend", "undo"))]  # fmt: skip
    found = {name: page_of(client, name, draft.pk).status_code for name in names}

    assert set(found.values()) == {404}
    assert page_of(client, "reorganisations").context["page"].count == 0


def test_whoever_may_not_reorganise_is_refused(client, province):
    client.force_login(make_grant(province.place, "specialist"))

    assert page_of(client, "reorganisations").status_code == 403
    assert began(client).status_code == 403
    assert Reorganisation.objects.count() == 0
    assert clock.today() == TODAY
