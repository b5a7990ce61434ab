from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.organisations.enums import Level, Manner, Rank
from danvan.organisations.models import Appointment, Assignment, Officer, Post
from tests.desk.pages import page, send, sheet_of
from tests.factories.province import Province, make_grant, make_place, make_user
from tests.organisations.officers import SINCE, TODAY, book, hold, lead, make_officer, make_post

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


class TestPosts:
    def test_the_page_tells_who_holds_what_on_a_day_and_what_is_vacant(
        self, client, keeper, committee
    ):
        head = make_post(committee, "Bí thư")
        hold(make_officer("Lô An"), head, Manner.ACTING, since=date(2026, 1, 1))
        make_post(committee, "Ủy viên", rank=Rank.MEMBER, seats=3)

        now = page(client, "posts", committee.pk)
        assert "Lô An" in now
        assert "Quyền" in now
        assert "còn khuyết 4" in now
        assert "khuyết 3 người" in now
        assert "Ghi người giữ" in now
        assert "Lô An" not in page(client, "posts", committee.pk, ngay="01/08/2025")
        assert "không tồn tại vào ngày" in page(client, "posts", committee.pk, ngay="01/01/2019")

    def test_a_place_shows_the_posts_of_every_organisation_there(
        self, client, keeper, province, committee
    ):
        make_post(committee, "Bí thư"), make_post(province.fronts[0], "Chủ tịch")
        whole = page(client, "posts", province.communes[0].pk)
        assert "Bí thư" in whole
        assert "Chủ tịch" in whole
        assert "Lập chức danh" not in whole
        bare = make_place("Xã Trống", under=province.place)
        assert "Chưa ghi tổ chức nào" in page(client, "posts", bare.pk)

    def test_readers_see_no_way_to_write(self, client, province, committee):
        hold(make_officer("Lô An"), make_post(committee, "Bí thư"))
        client.force_login(make_grant(province.communes[0], "commune_officer"))
        seen = page(client, "posts", committee.pk)
        assert "Lô An" in seen
        assert "Thôi giữ" not in seen
        assert "Nhập Excel" not in seen

    def test_an_unreadable_day_is_refused_and_an_unknown_unit_is_not_there(
        self, client, keeper, committee
    ):
        response = client.get(reverse("desk:posts", args=[committee.pk]), {"ngay": "x"})
        assert response.status_code == 422
        assert client.get(reverse("desk:posts", args=[10**9])).status_code == 404

    def test_a_post_is_set_up_corrected_and_closed(self, client, keeper, committee):
        said = {"title": "Bí thư", "rank": "head", "seats": "1", "on": "01/07/2025"}
        assert send(client, "post-add", committee.pk, **said).status_code == 302
        assert send(client, "post-add", committee.pk, **said).status_code == 422
        post = Post.objects.get()
        assert send(client, "post-edit", post.pk, **said | {"seats": "2"}).status_code == 302
        assert send(client, "post-edit", post.pk, **said | {"seats": "0"}).status_code == 422
        assert 'value="2"' in page(client, "post-edit", post.pk)
        assert send(client, "post-close", post.pk, on="01/07/2025").status_code == 422
        assert send(client, "post-close", post.pk, on="01/01/2026").status_code == 302
        post.refresh_from_db()
        assert (post.seats, post.valid_to) == (2, date(2026, 1, 1))

    def test_the_sheet_can_be_read_back(self, client, keeper, committee):
        hold(make_officer("Lô An"), make_post(committee, "Bí thư"), until=date(2026, 7, 1))
        make_post(committee, "Phó Bí thư", rank=Rank.DEPUTY)
        got = client.get(reverse("desk:posts-sheet", args=[committee.pk]), {"ngay": "01/01/2026"})
        rows = sheet_of(got)
        assert rows[1][0].startswith("Còn khuyết: Phó Bí thư")
        assert rows[3][:3] == ["Đảng ủy Xã Môn Sơn", "Bí thư", "Lô An"]
        Appointment.objects.all().delete()
        sent = SimpleUploadedFile("c.xlsx", got.content)
        assert send(client, "posts-import", sheet=sent).status_code == 302
        assert Appointment.objects.get().valid_to == date(2026, 7, 1)

    def test_a_list_is_imported_with_every_fault_at_once(self, client, keeper, committee):
        good = (
            "Đảng ủy Xã Môn Sơn",
            "Bí thư kiêm Chủ tịch HĐND",
            "Đ/c Lô An",
            None,
            "01/07/2025",
            None,
            DECISION,
        )
        bad = SimpleUploadedFile(
            "c.xlsx", book(good, ("Xã Không", None, None, None, None, None, None))
        )
        refused = send(client, "posts-import", sheet=bad)
        assert refused.status_code == 422
        assert "Các lỗi cần sửa" in refused.content.decode()
        assert send(client, "posts-import").status_code == 422
        assert "Nhập chức danh" in page(client, "posts-import")
        assert client.get(reverse("desk:posts-blank")).status_code == 200
        assert not Officer.objects.exists()

        rows = [
            (
                "Đảng ủy Xã Môn Sơn",
                f"Phó Bí thư {n}",
                f"Lô {n}",
                "kiêm nhiệm",
                "01/07/2025",
                None,
                DECISION,
                "x",
            )
            for n in range(7)
        ]
        headings = [
            "Đơn vị",
            "Chức vụ",
            "Họ và tên",
            "Cách giữ",
            "Từ ngày",
            "Đến ngày",
            "Quyết định",
            "Lạ",
        ]
        sent = SimpleUploadedFile("c.xlsx", book(*rows, headings=headings))
        done = client.post(
            reverse("desk:posts-import"), {"sheet": sent}, follow=True
        ).content.decode()
        assert "Đã ghi 7 lượt" in done
        assert "Và 2 điểm khác" in done
        assert "“Lạ”" in done

    @pytest.mark.parametrize("many", [1, 3])
    def test_a_page_costs_the_same_whatever_it_lists(
        self, client, keeper, committee, many, django_assert_num_queries
    ):
        for number in range(many):
            hold(make_officer(), make_post(committee, f"Phó {number}"))
        page(client, "posts", committee.pk)
        with django_assert_num_queries(11):
            page(client, "posts", committee.pk)


class TestAppointing:
    SAID = {"manner": "full", "entry": "appointed", "decision": DECISION, "on": "01/07/2025"}

    def test_somebody_new_is_appointed(self, client, keeper, committee):
        post = make_post(committee, "Bí thư")
        assert "Họ và tên cán bộ" in page(client, "post-appoint", post.pk)
        assert (
            send(client, "post-appoint", post.pk, officer="Đ/c Lô An", **self.SAID).status_code
            == 302
        )
        assert Appointment.objects.get().officer.full_name == "Lô An"

    def test_a_refusal_leaves_no_officer_behind(self, client, keeper, committee):
        post = make_post(committee, "Bí thư")
        refused = send(
            client, "post-appoint", post.pk, officer="Lô An", **self.SAID | {"on": "01/01/2020"}
        )
        assert refused.status_code == 422
        assert "có từ ngày 01/07/2025" in refused.content.decode()
        assert send(client, "post-appoint", post.pk, officer="", **self.SAID).status_code == 422
        assert not Officer.objects.exists()

    @pytest.mark.parametrize("typed", ["lô an", "lo an"])
    def test_somebody_of_that_name_is_asked_about(self, client, keeper, committee, typed):
        known, post = make_officer("Lô An"), make_post(committee, "Bí thư")
        asked = send(client, "post-appoint", post.pk, officer=typed, **self.SAID)
        assert asked.status_code == 422
        assert f"(mã {known.pk}): hiện không giữ chức danh" in asked.content.decode()
        done = send(
            client, "post-appoint", post.pk, officer="Lô An", who=str(known.pk), **self.SAID
        )
        assert done.status_code == 302
        assert Appointment.objects.get().officer == known
        other = make_post(committee, "Phó Bí thư")
        send(client, "post-appoint", other.pk, officer="Lô An", who="moi", **self.SAID)
        assert Officer.objects.count() == 2

    def test_a_suggestion_names_the_officer(self, client, keeper, committee):
        known, post = make_officer("Lô An"), make_post(committee, "Bí thư")
        said = self.SAID | {"manner": "concurrent"}
        done = client.post(
            reverse("desk:post-appoint", args=[post.pk]),
            {"officer": "Lô An", "officer_id": known.pk, **said}, follow=True,
        )  # fmt: skip
        assert "chưa ghi chức danh chính" in done.content.decode()

    def test_somebody_leaves_and_moves(self, client, keeper, province, committee):
        held = hold(make_officer("Lô An"), make_post(committee, "Bí thư"))
        target = make_post(province.fronts[0], "Chủ tịch")
        assert "Chuyển đến đơn vị" in page(client, "appointment-rotate", held.pk)
        found = page(client, "appointment-rotate", held.pk, q="ubmttq")
        assert "Không có đơn vị nào khớp" in found
        listed = page(client, "appointment-rotate", held.pk, q="mon son", don_vi="")
        assert f"?don_vi={province.fronts[0].pk}" in listed
        empty = page(client, "appointment-rotate", held.pk, don_vi=province.governments[0].pk)
        assert "chưa có chức danh" in empty
        out = page(client, "appointment-rotate", held.pk, don_vi=province.fronts[1].pk)
        assert "Chuyển đến đơn vị" in out

        to = f"?don_vi={province.fronts[0].pk}"
        said = {"post": str(target.pk), "manner": "full", "on": "01/03/2026"}
        assert send(client, "appointment-rotate", held.pk, to=to, **said).status_code == 422
        assert (
            send(client, "appointment-rotate", held.pk, to=to, decision="QĐ 5", **said).status_code
            == 302
        )
        assert Appointment.objects.get(post=target).entry == "rotated"
        new = Appointment.objects.get(post=target)
        assert send(client, "appointment-end", new.pk, on="01/01/2026", why="").status_code == 422
        assert (
            send(client, "appointment-end", new.pk, on="01/05/2026", why="Nghỉ").status_code == 302
        )
        new.refresh_from_db()
        assert (new.valid_to, new.ended_why) == (date(2026, 5, 1), "Nghỉ")

    def test_a_mistake_is_taken_out(self, client, keeper, committee):
        held = hold(make_officer("Lô An"), make_post(committee, "Bí thư"))
        given = Assignment.objects.create(
            unit=committee, officer=held.officer, field="A", decision="T", valid_from=SINCE
        )
        assert send(client, "post-close", held.post_id, mistake="on").status_code == 422
        for name, pk in (
            ("appointment-end", held.pk),
            ("post-close", held.post_id),
            ("assignment-end", given.pk),
        ):
            assert send(client, name, pk, mistake="on").status_code == 302
        assert (Appointment.objects.count(), Post.objects.count(), Assignment.objects.count()) == (
            0,
            0,
            0,
        )

    def test_a_rotation_that_leaves_a_warning_tells_it(self, client, keeper, province, committee):
        held = hold(make_officer("Lô An"), make_post(committee, "Bí thư"))
        target = make_post(province.fronts[0], "Chủ tịch")
        done = client.post(
            reverse("desk:appointment-rotate", args=[held.pk]) + f"?don_vi={province.fronts[0].pk}",
            {"post": target.pk, "manner": "concurrent", "on": "01/03/2026", "decision": "Q"}, follow=True,
        )  # fmt: skip
        assert "Đã ghi luân chuyển" in done.content.decode()


class TestOfficers:
    def test_officers_are_found_and_suggested(self, client, keeper, committee):
        officer = make_officer("Điểu K’Ré")
        hold(officer, make_post(committee, "Bí thư"), Manner.CONCURRENT)
        make_officer("Lô An")
        listed = page(client, "officers", q="dieu")
        assert "Điểu K’Ré" in listed
        assert "Lô An" not in listed
        assert "kiêm nhiệm" in listed
        assert "Không có cán bộ nào tên như vậy" in page(client, "officers", q="zz")
        assert client.get(reverse("desk:officers"), {"q": "x" * 200}).status_code == 422
        answer = client.get(
            reverse("desk:officers"), {"q": "kre"}, headers={"Accept": "application/json"}
        )
        assert answer.json()["results"] == []
        answer = client.get(
            reverse("desk:officers"), {"q": "k're"}, headers={"Accept": "application/json"}
        )
        [one] = answer.json()["results"]
        assert (one["id"], one["context"]) == (officer.pk, "Bí thư, Đảng ủy Xã Môn Sơn")

    def test_a_page_holds_the_whole_record(self, client, keeper, province, committee):
        officer = make_officer("Lô An")
        hold(officer, make_post(committee, "Bí thư"), until=date(2026, 1, 1))
        village = make_place("Thôn Bắc", level=Level.VILLAGE, under=province.communes[0])
        for given in ({"place": village}, {"field": "Dân tộc"}):
            Assignment.objects.create(
                unit=committee, officer=officer, decision="T", valid_from=SINCE, **given
            )
        course = {"course": "Dân vận", "begun_on": "01/03/2026", "finished_on": "05/03/2026"}
        assert "Ghi đào tạo" in page(client, "officer-training", officer.pk)
        assert send(client, "officer-training", officer.pk, **course).status_code == 302
        assert send(client, "officer-training", officer.pk, **course).status_code == 422
        whole = page(client, "officer", officer.pk)
        for words in (
            "Bí thư",
            "Hết thời hạn",
            "Thôn Bắc",
            "Dân tộc",
            "Dân vận",
            "Hiện không giữ chức danh nào",
        ):
            assert words in whole
        assert client.get(reverse("desk:officer", args=[10**9])).status_code == 404

    def test_a_name_and_an_account_are_corrected(self, client, keeper, province, committee):
        officer = make_officer("Lô Anh")
        user = make_grant(province.communes[0], "leader")
        said = {"full_name": "Lô An", "user_id": user.username}
        assert send(client, "officer-edit", officer.pk, **said).status_code == 302
        officer.refresh_from_db()
        assert (officer.full_name, officer.user_id) == ("Lô An", user.pk)
        assert user.username in page(client, "officer-edit", officer.pk)
        assert send(client, "officer-edit", officer.pk, **said).status_code == 302
        stranger = make_user()
        assert (
            send(
                client, "officer-edit", officer.pk, **said | {"user_id": stranger.username}
            ).status_code
            == 422
        )
        assert send(client, "officer-edit", officer.pk, full_name="Lô An").status_code == 302
        officer.refresh_from_db()
        assert officer.user_id is None

    def test_an_officer_of_another_commune_is_not_there_to_be_written(
        self, client, keeper, province
    ):
        other = lead(province.committees[1], "Lô An")
        assert client.get(reverse("desk:officer-edit", args=[other.pk])).status_code == 404
        assert "Ghi đào tạo" not in page(client, "officer", other.pk)
