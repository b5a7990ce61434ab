from datetime import date

import pytest
from django.urls import reverse

from danvan.desk.posts.reading import posts_section, read_uncharged, read_vacancies, unit_head
from danvan.organisations.enums import Kind, Level, Manner, Rank
from danvan.organisations.models import Assignment, Officer, Unit, UnitLink
from danvan.organisations.services.officers import found_temporary_body
from tests.desk.pages import page, send, sheet_of
from tests.factories.province import Province, make_grant, make_organisation, make_place
from tests.organisations.officers import SINCE, TODAY, hold, lead, make_officer, make_post

DECISION = "QĐ 12-QĐ/TU"


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = TODAY
    return Province()


@pytest.fixture
def committee(province):
    return province.committees[0]


@pytest.fixture
def keeper(client, province):
    """An administrator of the first commune, signed in."""
    user = make_grant(province.communes[0], "administrator")
    client.force_login(user)
    return user


class TestAssignments:
    def test_fields_villages_and_blank_spots(self, client, keeper, province, committee):
        bac, nam = (
            make_place(name, level=Level.VILLAGE, under=province.communes[0])
            for name in ("Thôn Bắc", "Thôn Nam")
        )
        assert "Chưa phân công lĩnh vực nào" in page(client, "assignments", committee.pk)
        said = {"officer": "Lô An", "decision": "TB 3", "on": "01/07/2025"}
        asked = page(client, "assignment-add", committee.pk, dia_ban=bac.pk)
        assert f'value="{bac.pk}" selected' in asked
        assert send(client, "assignment-add", committee.pk, **said).status_code == 422
        assert send(client, "assignment-add", committee.pk, place=bac.pk, **said).status_code == 302
        known = Officer.objects.get()
        again = said | {"who": str(known.pk)}
        assert (
            send(client, "assignment-add", committee.pk, field="Dân tộc", **again).status_code
            == 302
        )
        assert (
            send(client, "assignment-add", committee.pk, field="Dân tộc", **again).status_code
            == 422
        )
        shown = page(client, "assignments", committee.pk)
        assert "trong 2 thôn, tổ dân phố chưa có người phụ trách" in shown
        assert "Dân tộc" in shown
        assert f"dia_ban={nam.pk}" in shown
        one = Assignment.objects.get(place=bac)
        assert send(client, "assignment-end", one.pk, on="01/07/2025").status_code == 422
        assert send(client, "assignment-end", one.pk, on="01/01/2026").status_code == 302
        assert "không tồn tại" in page(client, "assignments", committee.pk, ngay="01/01/2019")

    def test_what_has_ended_assigns_no_more(self, client, keeper, province):
        place = make_place("Xã Cũ", under=province.communes[0], ended=date(2026, 1, 1))
        client.force_login(make_grant(province.country, "administrator"))
        assert client.get(reverse("desk:assignment-add", args=[place.pk])).status_code == 404

    def test_villages_without_anybody_are_listed(self, client, keeper, province):
        make_place("Thôn Bắc", level=Level.VILLAGE, under=province.communes[0])
        assert "Thôn Bắc" in page(client, "uncharged", province.place.pk)
        assert "Không có thôn nào" in page(client, "uncharged", province.communes[1].pk)


class TestMissing:
    def test_vacancies_under_a_place_and_as_excel(self, client, keeper, province, committee):
        assert "Chưa lập chức danh nào" in page(client, "vacancies", province.place.pk)
        post = make_post(committee, "Bí thư")
        hold(make_officer(), post, Manner.ACTING)
        seen = page(client, "vacancies", province.place.pk)
        assert "đang có 1 người quyền hoặc phụ trách" in seen
        rows = sheet_of(client.get(reverse("desk:vacancies-sheet", args=[province.place.pk])))
        assert rows[2] == ["Đảng ủy Xã Môn Sơn", "Bí thư", "Cấp trưởng", 1, 0, 1, 1]
        hold(make_officer(), post)
        assert "Đủ cả 1 người" in page(client, "vacancies", committee.pk)

    def test_a_sheet_says_where_it_was_cut(self, client, keeper, province, committee, monkeypatch):
        monkeypatch.setattr("danvan.desk.posts.sheets.MOST_ROWS", 1)
        make_post(committee, "A"), make_post(committee, "B")
        rows = sheet_of(client.get(reverse("desk:vacancies-sheet", args=[province.place.pk])))
        assert rows[1] == ["Chỉ gồm 1 dòng đầu."]

    def test_one_person_in_both_posts(self, client, keeper, province):
        board = make_organisation(
            province.communes[0], Kind.ADVISORY_BOARD, name="Ban Xây dựng Đảng"
        )
        make_organisation(province.communes[1], Kind.ADVISORY_BOARD, name="Ban Xây dựng Đảng 2")
        both = lead(board, "Lô An")
        lead(province.fronts[0], "", title="Chủ tịch", manner=Manner.CONCURRENT, officer=both)
        seen = page(client, "concurrent-heads", province.place.pk)
        assert "1/2 = 50" in seen
        assert "khuyết người đứng đầu ban" in seen
        rows = sheet_of(client.get(reverse("desk:concurrent-sheet", args=[province.place.pk])))
        assert rows[0][0].startswith("Một người đứng đầu ban dân vận và MTTQ: 1/2")
        assert "Chưa có ban" in page(client, "concurrent-heads", province.communes[2].pk)

    @pytest.mark.parametrize("many", [1, 3])
    def test_reads_do_not_grow(self, province, many, django_assert_num_queries):
        for unit in province.committees[:many]:
            make_post(unit, "Bí thư")
            make_place("Thôn", level=Level.VILLAGE, under=province.communes[0])
        user, place = make_grant(province.place, "administrator"), province.place.pk
        with django_assert_num_queries(4):
            assert len(read_vacancies(place, TODAY, {}).lines) == many
        with django_assert_num_queries(3):
            assert len(read_uncharged(place, TODAY, {}).lines) == many
        with django_assert_num_queries(4):
            unit_head(user, place, TODAY)

    def test_a_units_card_names_its_people(self, client, keeper, province, committee):
        lead(committee, "Lô An", title="Bí thư", manner=Manner.ACTING)
        seen = page(client, "unit", province.communes[0].pk)
        assert "Lô An" in seen
        assert reverse("desk:posts", args=[committee.pk]) in seen

    def test_the_section_of_a_card(self, province, committee, django_assert_num_queries):
        lead(committee, "Lô An"), make_post(province.fronts[0], "Chủ tịch")
        with django_assert_num_queries(3):
            section = posts_section(province.communes[0].pk, TODAY)
        assert (len(section.known), section.vacant, section.unit_id) == (
            2,
            1,
            province.communes[0].pk,
        )
        assert posts_section(committee.pk, date(2019, 1, 1)).groups == ()


class TestTemporary:
    SAID = {"kind": "bloc_agency", "name": "Cơ quan khối", "words": "Phục vụ chung", "decision": "QĐ 5",
            "on": "01/07/2025", "until": "01/03/2026"}  # fmt: skip

    def test_a_body_is_set_up_shown_and_ended(self, client, keeper, province, committee):
        assert "Không có tổ chức lâm thời nào" in page(client, "temporary-bodies", committee.pk)
        assert "Đơn vị thành lập" in page(client, "temporary-found", committee.pk)
        said = self.SAID | {"place": province.communes[0].pk, "serves": [province.fronts[0].pk]}
        assert (
            send(client, "temporary-found", committee.pk, **said | {"name": ""}).status_code == 422
        )
        made = send(client, "temporary-found", committee.pk, **said)
        body = Unit.objects.latest("pk")
        assert made["Location"] == reverse("desk:posts", args=[body.pk])
        assert UnitLink.objects.get(unit=body).other == province.fronts[0]
        lead(body, "Lô An", title="Trưởng khối")
        hold(make_officer("Vi Bình"), make_post(body, "Thành viên", rank=Rank.MEMBER))
        seen = page(client, "temporary-bodies", province.communes[0].pk)
        assert "quá 305 ngày" in seen
        assert "Lô An" in seen
        assert "Vi Bình" in seen
        assert send(client, "temporary-end", body.pk, on="01/07/2025").status_code == 422
        assert (
            send(client, "temporary-end", body.pk, on="01/04/2026", decision="QĐ 6").status_code
            == 302
        )
        body.refresh_from_db()
        assert body.ended_on == date(2026, 4, 1)

    def test_only_organisations_set_up_bodies_and_only_bodies_are_ended(
        self, client, keeper, province, committee
    ):
        assert (
            client.get(reverse("desk:temporary-found", args=[province.communes[0].pk])).status_code
            == 404
        )
        assert client.get(reverse("desk:temporary-end", args=[committee.pk])).status_code == 404
        assert (
            client.get(
                reverse("desk:temporary-found", args=[province.committees[1].pk])
            ).status_code
            == 404
        )

    def test_bodies_are_kept_by_days_left(self, client, keeper, province, committee):
        found_temporary_body(
            "team", "Tổ 1", founder_id=committee.pk, place_id=province.communes[0].pk, words="A",
            decision="Q", on=SINCE, until=date(2027, 1, 10), actor=None,
        )  # fmt: skip
        assert "còn 10 ngày" in page(client, "temporary-bodies", committee.pk)
