"""Pages of the catalogue of indicators: found, read, defined, given a new meaning, ended, broken down."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.indicators.models import Breakdown, Indicator, IndicatorVersion
from danvan.indicators.services import define_breakdown, end_indicator
from tests.desk.catalogued import Catalogued, signed_in
from tests.desk.pages import page, send, sheet_of
from tests.indicators.figures import a_ratio, an_indicator, give
from tests.indicators.goals import a_goal
from tests.indicators.scales import SCALE
from tests.once import once, own
from tests.reporting.months import NOVEMBER, TODAY

pytestmark = pytest.mark.django_db
NEW = {
    "code": "qđ-01", "owner": "", "name": "Số buổi đối thoại", "definition": "Đếm mỗi buổi một lần.",
    "valid_from": "01/01/2027", "kind": "flow", "unit_label": "buổi", "at_break": "share",
}  # fmt: skip


_world = once(Catalogued, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_world)


class TestTheList:
    def test_words_are_found_without_marks(self, client, world):
        told = page(signed_in(client, world.leader), "indicators", q="mo hinh dan van kheo")
        assert "Số mô hình Dân vận khéo" in told
        assert "DV-01" not in told

    @pytest.mark.parametrize(
        ("asked", "codes"),
        [
            ({"loai": "quality"}, ["DT-01"]),
            ({"loai": "ratio"}, ["DV-09"]),
            ({"cach": "counted"}, ["DV-01"]),
            ({"cach": "computed"}, ["DV-08", "DV-09"]),
            ({"chu_tri": "own"}, ["DT-01", "TL-02"]),
        ],
    )
    def test_it_is_filtered_by_kind_owner_and_how_the_figure_is_got(
        self, client, world, asked, codes
    ):
        if asked.get("chu_tri"):
            asked = {"chu_tri": world.place.pk}
        response = signed_in(client, world.leader).get(reverse("desk:indicators"), asked)
        assert [line.indicator.code for line in response.context["lines"]] == codes

    def test_what_is_measured_no_longer_is_shown_only_when_asked_for(self, client, world):
        end_indicator(world.own, on=date(2026, 2, 1), actor=None)
        client = signed_in(client, world.leader)
        assert "TL-02" not in page(client, "indicators")
        told = page(client, "indicators", het="on", q="TL-02")
        assert "hết hiệu lực từ 01/02/2026" in told

    def test_it_goes_on_by_key(self, client, world):
        for number in range(30):
            an_indicator(f"XX-{number:02}")
        client = signed_in(client, world.leader)
        first = client.get(reverse("desk:indicators"), {"q": "XX"}).context["page"]
        assert (len(first), first.count) == (25, 30)
        second = client.get(f"{reverse('desk:indicators')}?{first.next_url_params}")
        assert second.context["lines"][0].indicator.code == "XX-25"

    def test_it_costs_the_same_at_more_rows(self, client, world, django_assert_max_num_queries):
        client = signed_in(client, world.leader)
        client.get(reverse("desk:indicators"))
        for number in range(20):
            an_indicator(f"XX-{number:02}")
        with django_assert_max_num_queries(20):
            client.get(reverse("desk:indicators"))

    def test_it_is_taken_away_as_excel(self, client, world):
        client = signed_in(client, world.leader)
        rows = sheet_of(client.get(reverse("desk:indicators-workbook"), {"cach": "computed"}))
        assert [row[0] for row in rows] == ["Mã", "DV-08", "DV-09"]
        assert "DV-05 + DV-06" in rows[1]

    def test_what_is_no_filter_is_told(self, client, world):
        client = signed_in(client, world.leader)
        response = client.get(reverse("desk:indicators"), {"loai": "x"})
        assert response.status_code == 422


class TestTheCard:
    def test_it_says_in_words_how_the_figure_is_got_and_goes_up(self, client, world):
        told = page(
            signed_in(client, world.leader), "indicator", world.month.indicators["DV-01"].pk
        )
        assert "Đếm từ hồ sơ: " in told
        assert "Cộng các tháng (năm: cộng 12 tháng); cộng các đơn vị." in told
        assert "Báo cáo công tác dân vận" in told
        assert "câu “Số hội nghị đối thoại”" in told

    def test_the_parts_of_a_formula_open(self, client, world):
        told = page(
            signed_in(client, world.leader), "indicator", world.month.indicators["DV-08"].pk
        )
        for code in ("DV-05", "DV-06"):
            assert reverse("desk:indicator", args=[world.month.indicators[code].pk]) in told

    def test_a_ratio_names_its_sides_and_what_is_built_on_it(self, client, world):
        client = signed_in(client, world.leader)
        told = page(client, "indicator", world.month.indicators["DV-09"].pk)
        assert "Không cộng tỷ lệ" in told
        part = page(client, "indicator", world.month.indicators["DV-04"].pk)
        assert "Tỷ lệ trả lời tại chỗ" in part

    def test_it_tells_how_complete_the_last_month_is_and_opens_to_it(self, client, world):
        response = signed_in(client, world.leader).get(
            reverse("desk:indicator", args=[world.whole.pk])
        )
        done = response.context["card"].completeness
        assert (done.given, done.owed, done.month) == (1, 3, NOVEMBER)
        assert done.url in response.content.decode().replace("&amp;", "&")

    def test_the_figures_are_those_of_the_readers_own_place(self, client, world):
        client = signed_in(client, world.officer)
        response = client.get(reverse("desk:indicator", args=[world.whole.pk]))
        found = response.context["card"]
        assert found.scope.place_id == world.communes[0].pk
        assert found.trend.latest[-1].text in ("1.412", "–")
        assert [one.text for one in found.trend.latest if one.period == NOVEMBER] == ["1.412"]

    def test_targets_out_of_reach_are_only_counted(self, client, world):
        a_goal(world.place, world.own, goal=10, title="Một nghìn mô hình")
        found = page(signed_in(client, world.leader), "indicator", world.own.pk)
        assert "Một nghìn mô hình" in found
        hidden = page(signed_in(client, world.officer), "indicator", world.own.pk)
        assert "Một nghìn mô hình" not in hidden
        assert "1 chỉ tiêu ngoài phạm vi" in hidden

    def test_acts_stand_there_only_for_who_may(self, client, world):
        address = reverse("desk:indicator-redefine", args=[world.own.pk])
        assert address in page(signed_in(client, world.specialist), "indicator", world.own.pk)
        assert address not in page(signed_in(client, world.leader), "indicator", world.own.pk)
        common = reverse("desk:indicator-redefine", args=[world.whole.pk])
        assert common not in page(signed_in(client, world.specialist), "indicator", world.whole.pk)
        assert common in page(signed_in(client, world.national), "indicator", world.whole.pk)

    def test_one_that_is_broken_down_leads_both_ways(self, client, world):
        sexes = define_breakdown(name="Giới", options=[("NU", "Nữ"), ("NAM", "Nam")], actor=None)
        client = signed_in(client, world.specialist)
        send(client, "indicator-break-down", world.own.pk, breakdown=sexes.pk,
             valid_from="01/01/2026")  # fmt: skip
        part = Indicator.objects.get(code="TL-02.NU")
        assert reverse("desk:indicator", args=[part.pk]) in page(client, "indicator", world.own.pk)
        assert "Nữ của giới" in page(client, "indicator", part.pk)


class TestDefining:
    def test_one_is_defined_at_ones_own_place(self, client, world):
        client = signed_in(client, world.specialist)
        response = send(client, "indicator-add", **NEW | {"owner": world.place.pk})
        made = Indicator.objects.get(code="QĐ-01")
        assert response.headers["Location"] == reverse("desk:indicator", args=[made.pk])
        version = made.versions.get()
        assert (made.owner, version.name, version.over_time) == (
            world.place, "Số buổi đối thoại", "sum",
        )  # fmt: skip

    def test_nobody_defines_one_for_another_place(self, client, world):
        client = signed_in(client, world.specialist)
        for owner in ("", world.province.country.pk, world.communes[0].pk):
            response = send(client, "indicator-add", **NEW | {"owner": owner})
            assert response.status_code == 422
        assert not Indicator.objects.filter(code="QĐ-01").exists()

    def test_a_formula_is_put_together_of_lines(self, client, world):
        lines = {
            "code_0": "dv-05", "sign_0": "+", "code_1": "DV-06", "times_1": "0,5", "code_3": "DV-04",
            "sign_3": "-", "divisor": "DV-02",
        }  # fmt: skip
        send(signed_in(client, world.national), "indicator-add", **NEW | lines)
        assert IndicatorVersion.objects.get(indicator__code="QĐ-01").formula == {
            "divide": [
                {"difference": [{"sum": ["DV-05", {"times": [0.5, "DV-06"]}]}, "DV-04"]}, "DV-02",
            ]
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("said", "field", "told"),
        [
            ({"code": "có dấu"}, "code", "chữ in hoa không dấu"),
            ({"code": "DV-01"}, "code", "đã dùng cho một chỉ số khác"),
            ({"code_0": "KHONG-CO", "code_1": "DV-01"}, "code_0", "Chưa có chỉ số mã KHONG-CO"),
            ({"code_0": "DV-09", "code_1": "DV-01"}, "code_0", "Không tính được từ một tỷ lệ"),
            ({"code_0": "DT-01", "code_1": "DV-01"}, "code_0", "không có con số"),
            ({"divisor": "DV-01"}, "code_0", "chọn chỉ số được chia"),
            ({"code_0": "DV-01", "sign_0": "-"}, "code_0", "ít nhất một chỉ số được cộng"),
            ({"code_0": "DV-01", "times_0": "hai"}, "times_0", ""),
            ({"kind": "ratio"}, "numerator", "Tỷ lệ cần mã của tử số và của mẫu số"),
            ({"kind": "ratio", "numerator": "DV-01", "denominator": "DV-01"}, "numerator", "hai chỉ số khác nhau"),
            ({"factor": "1000"}, "factor", "Chỉ tỷ lệ mới tính trên"),
            ({"kind": "persons", "over_tree": "sum"}, "over_tree", "một người sẽ bị đếm nhiều lần"),
            ({"kind": "quality"}, "steps", "từ 2 đến 9 bậc"),
            ({"kind": "quality", "steps": "Tốt: làm tốt\nKém"}, "steps", "thế nào thì được bậc này"),
            ({"steps": "Tốt: làm tốt\nKém: làm kém"}, "steps", "Chỉ chỉ số định tính mới có thang bậc"),
            ({"valid_from": "31/02/2026"}, "valid_from", ""),
            ({"places": "9"}, "places", ""),
            ({"kind": ""}, "kind", ""),
        ],
    )  # fmt: skip
    def test_what_is_wrong_stands_at_its_box_and_nothing_is_kept(
        self, client, world, said, field, told
    ):
        response = send(signed_in(client, world.national), "indicator-add", **NEW | said)
        errors = response.context["form"].errors
        assert response.status_code == 422
        assert field in errors
        assert told in " ".join(errors[field])
        assert not Indicator.objects.filter(code="QĐ-01").exists()

    def test_a_qualitative_one_takes_its_scale_in_lines(self, client, world):
        steps = "\n".join(f"{name}: {meaning}" for name, meaning in SCALE)
        said = {"kind": "quality", "steps": steps, "unit_label": ""}
        send(signed_in(client, world.national), "indicator-add", **NEW | said)
        version = IndicatorVersion.objects.get(indicator__code="QĐ-01")
        assert list(version.steps.values_list("name", "meaning")) == SCALE


class TestANewVersion:
    def shown(self, client, indicator):
        """What the form says of itself, to be sent again."""
        response = client.get(reverse("desk:indicator-redefine", args=[indicator.pk]))
        form = response.context["form"]
        told = {name: form[name].value() for name in form.fields}
        told = {name: value for name, value in told.items() if value not in (None, "", False)}
        for name in ("valid_from", "steps"):
            if name in told:
                told[name] = form.fields[name].prepare_value(told[name])
        return told

    def test_it_is_looked_at_before_and_nothing_is_kept(self, client, world):
        give(world.communes[0], "2026-12", {world.own: 3})
        ratio = a_ratio("TL-09", world.own, world.whole, valid_from=date(2026, 1, 1))
        client = signed_in(client, world.specialist)
        said = self.shown(client, world.own) | {
            "viec": "xem", "name": "Số mô hình được công nhận", "valid_from": "01/12/2026",
        }  # fmt: skip
        response = send(client, "indicator-redefine", world.own.pk, **said)
        changes = response.context["changes"]
        assert response.status_code == 200
        assert [one.what for one in changes.differences] == ["Tên", "Từ ngày"]
        assert [one.indicator for one in changes.used.built] == [ratio]
        assert changes.values == 1
        assert world.own.versions.count() == 1

    def test_it_is_published_and_the_old_one_stays(self, client, world):
        client = signed_in(client, world.specialist)
        said = self.shown(client, world.own) | {"viec": "ghi", "places": "1"}
        send(client, "indicator-redefine", world.own.pk, **said | {"valid_from": "01/01/2027"})
        versions = world.own.versions.values_list("number", "places", "valid_to")
        assert list(versions) == [(1, 0, date(2027, 1, 1)), (2, 1, None)]

    def test_the_scale_and_the_formula_come_with_it(self, client, world):
        client = signed_in(client, world.national)
        assert self.shown(client, world.scale)["steps"].startswith("Tốt: Cả bốn")
        said = self.shown(client, world.month.indicators["DV-08"])
        assert (said["code_0"], said["code_1"]) == ("DV-05", "DV-06")

    def test_a_formula_of_many_storeys_stays_unless_it_is_written_anew(self, client, world):
        tree = {"divide": [{"sum": ["DV-01", {"difference": ["DV-02", "DV-03"]}]}, "DV-04"]}
        deep = an_indicator("TL-05", formula=tree, valid_from=date(2026, 1, 1))
        client = signed_in(client, world.national)
        said = self.shown(client, deep) | {"valid_from": "01/01/2027", "viec": "ghi"}
        assert "(DV-01 + (DV-02 − DV-03)) ÷ DV-04" in page(client, "indicator-redefine", deep.pk)
        send(client, "indicator-redefine", deep.pk, **said)
        assert deep.versions.get(number=2).formula == tree
        again = {name: value for name, value in said.items() if name != "keeps"}
        send(client, "indicator-redefine", deep.pk, **again | {"valid_from": "01/02/2027"})
        assert deep.versions.get(number=3).formula is None

    def test_a_circle_is_named_with_its_chain(self, client, world):
        client = signed_in(client, world.national)
        part = world.month.indicators["DV-05"]
        said = self.shown(client, part) | {
            "code_0": "DV-08", "code_1": "DV-01", "viec": "ghi", "valid_from": "01/01/2027",
        }  # fmt: skip
        response = send(client, "indicator-redefine", part.pk, **said)
        told = " ".join(response.context["form"].errors["code_0"])
        assert "DV-05 → DV-08 → DV-05" in told
        assert part.versions.count() == 1

    def test_who_does_not_answer_for_it_changes_nothing(self, client, world):
        client = signed_in(client, world.specialist)
        for name in ("redefine", "end", "break-down"):
            response = send(client, f"indicator-{name}", world.whole.pk)
            assert response.status_code == 404


class TestEnding:
    def test_it_ends_where_nothing_needs_it(self, client, world):
        client = signed_in(client, world.specialist)
        send(client, "indicator-end", world.own.pk, on="01/12/2026")
        assert world.own.versions.get().valid_to == date(2026, 12, 1)

    def test_a_form_that_asks_it_forbids_it(self, client, world):
        client = signed_in(client, world.national)
        response = send(client, "indicator-end", world.whole.pk, on="01/12/2026")
        assert response.status_code == 422
        assert "BM-02 Báo cáo công tác dân vận" in " ".join(response.context["form"].errors["on"])
        assert world.whole.versions.get().valid_to is None


class TestBreakdowns:
    def test_one_is_defined_with_a_line_for_each_part(self, client, world):
        client = signed_in(client, world.specialist)
        send(client, "breakdowns", name="Lứa tuổi", options="TRE Dưới 30\n\nGIA Trên 60")
        options = Breakdown.objects.get().options.values_list("code", "name")
        assert list(options) == [("TRE", "Dưới 30"), ("GIA", "Trên 60")]
        assert "Dưới 30 (TRE)" in page(client, "breakdowns")

    def test_what_is_wrong_names_the_line(self, client, world):
        response = send(
            signed_in(client, world.specialist), "breakdowns", name="Tuổi", options="TRE Trẻ\n? "
        )
        told = " ".join(response.context["form"].errors["options"])
        assert "Dòng 2: " in told
        assert not Breakdown.objects.exists()

    def test_a_part_is_added_at_the_root_only(self, client, world):
        ages = define_breakdown(name="Tuổi", options=[("TRE", "Trẻ"), ("GIA", "Già")], actor=None)
        said = {"code": "TN", "name": "Trung niên", "valid_from": "01/12/2026"}
        refused = send(signed_in(client, world.specialist), "breakdown-option", ages.pk, **said)
        assert (refused.status_code, ages.options.count()) == (403, 2)
        send(signed_in(client, world.national), "breakdown-option", ages.pk, **said)
        assert ages.options.count() == 3
