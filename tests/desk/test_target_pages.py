"""Pages of targets of figures: what a leader reads, what is drawn, how a target is set, amended, divided, answered."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from danvan.indicators.enums import Aim, Bound, ChangeBy, MeasureKind, OverTime, Quality
from danvan.indicators.models import Target, TargetRefusal
from danvan.indicators.selectors import cascade_of
from danvan.indicators.services import (
    amend_target,
    cover_share,
    decline_share,
    divide_target,
    recompute_dirty,
)
from danvan.organisations.enums import Level
from tests.desk.months import plain
from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.goals import a_goal, give_months
from tests.indicators.test_evaluate import make_target
from tests.once import once, own

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


class Measured:
    """A province whose people read, set and answer targets."""

    def __init__(self):
        self.province = Province()
        self.place, self.communes = self.province.place, self.province.communes
        self.flow = an_indicator("DV-01", name="Số cuộc đối thoại")
        self.stock = an_indicator(
            "DV-02", name="Số mô hình", kind=MeasureKind.STOCK, over_time=OverTime.LAST
        )
        self.leader = make_grant(self.place, "leader")
        self.specialist = make_grant(self.place, "specialist")
        self.officer = make_grant(self.communes[0], "commune_officer")
        for place, amounts in zip(self.communes, ([7] * 8 + [6], [12] * 9, []), strict=True):
            give_months(place, self.flow, amounts)


_measured = once(Measured, DANVAN_TODAY=TODAY)


@pytest.fixture
def measured(_measured, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_measured)


def page_of(target, name="desk:target", *more):
    return reverse(name, args=[target.pk, *more])


def rows_of(response):
    return list(openpyxl.load_workbook(BytesIO(response.content)).active.values)


def test_the_page_says_why_and_draws_the_path(client, measured):
    target = a_goal(measured.communes[0], measured.flow, goal=100)
    client.force_login(measured.leader)

    response = client.get(page_of(target))

    told = plain(response)
    assert "Đến 30/09/2026 cần ít nhất 75 cuộc, có 62 cuộc." in told
    assert "Nguy cơ không đạt" in told
    assert "Mỗi năm: ít nhất 100 cuộc." in told
    course = response.context["sheet"].course
    assert [one.need for one in course.lines][:3] == ["9 cuộc", "17 cuộc", "25 cuộc"]
    assert [one.have for one in course.lines][7:10] == ["56 cuộc", "62 cuộc", "–"]
    assert (len(course.chart.rungs), len(course.chart.bars)) == (12, 9)
    assert "chi_so=DV-01" in response.context["sheet"].own.url
    assert client.get(response.context["sheet"].own.url).status_code == 200


def test_each_unit_of_a_population_opens_to_its_figure(client, measured):
    target = a_goal(measured.place, measured.flow, goal=100, population_levels=[Level.COMMUNE])
    client.force_login(measured.leader)

    response = client.get(page_of(target))

    told = plain(response)
    first, second, third = measured.communes
    assert "1 đơn vị đạt hoặc theo kịp, 1 đơn vị còn thiếu, 1 đơn vị chưa đánh giá được" in told
    assert [line.unit_id for line in response.context["sheet"].lines] == [
        first.pk, second.pk, third.pk,
    ]  # fmt: skip
    assert "Xã Môn Sơn" not in plain(client.get(page_of(target), {"q": "keng"}))
    moved = client.get(page_of(target, "desk:target-unit", first.pk))
    assert moved.status_code == 302
    assert f"don_vi={first.pk}" in moved.url
    assert client.get(page_of(target, "desk:target-unit", measured.place.pk)).status_code == 404
    rows = rows_of(client.get(page_of(target, "desk:target-workbook")))
    assert ("Xã Con Cuông", "75 cuộc", "108 cuộc", "Đã đạt", "Đến 30/09/2026 cần ít nhất 75 cuộc, có 108 cuộc.") in rows  # fmt: skip


def test_nobody_to_hold_is_said_so(client, measured):
    client.force_login(measured.leader)
    nobody = a_goal(
        measured.place, measured.flow, population_levels=[Level.DISTRICT], title="Không ai"
    )
    later = a_goal(measured.place, measured.flow, valid_from=date(2026, 1, 1), title="Sau này")

    assert "chưa ghi đơn vị nào thuộc đối tượng" in plain(client.get(page_of(nobody)))
    assert "chưa có phần nào của chỉ tiêu" in plain(client.get(page_of(later), {"ky": "2027"}))


def test_the_board_and_its_workbook_tell_every_kind(client, measured):
    make_target(measured.province)
    own_figure = a_goal(measured.place, measured.flow, goal=300)
    a_goal(measured.place, measured.flow, goal=100, population_levels=[Level.COMMUNE])
    a_goal(
        measured.place, measured.stock, title="Mô hình", goal=9,
        bound=Bound.AT_MOST, aim=Aim.CHANGE, change_by=ChangeBy.AMOUNT,
    )  # fmt: skip
    while recompute_dirty():
        pass
    client.force_login(measured.leader)

    told = plain(client.get(reverse("desk:targets")))

    assert "170 cuộc" in told
    assert "Đến 30/09/2026 cần ít nhất 225 cuộc, có 170 cuộc." in told
    assert "Mỗi địa bàn cấp xã: ít nhất 100 cuộc" in told
    assert "trong 4 chỉ tiêu" in told
    assert "Chưa có số" in told
    rows = rows_of(client.get(reverse("desk:targets-workbook")))
    assert "Đến 30/09/2026 cần ít nhất 225 cuộc, có 170 cuộc." in [row[-1] for row in rows]
    board = client.get(reverse("desk:board"))
    assert "Đến 30/09/2026 cần ít nhất 225 cuộc" in plain(board)
    assert client.get(page_of(own_figure)).status_code == 200


def test_the_map_of_the_board_shows_a_target_of_figures(client, measured):
    target = a_goal(measured.place, measured.flow, goal=100, population_levels=[Level.COMMUNE])
    client.force_login(measured.leader)

    told = plain(client.get(reverse("desk:board"), {"ban_do": f"ct-{target.pk}"}))

    assert "Đạt hoặc kịp lộ trình" in told
    assert client.get(reverse("desk:board-workbook")).status_code == 200


ASKED = {
    "title": "Tổ chức đối thoại", "quality": "figure", "every": "year", "valid_from": "01/01/2026",
    "aim": "threshold", "bound": "ge", "goal": "120", "comparator": "ge",
}  # fmt: skip


def test_a_target_is_set_by_hand(client, measured):
    client.force_login(measured.specialist)
    page = reverse("desk:target-add")
    assert client.get(page).status_code == 200
    said = ASKED | {"unit": measured.place.pk, "indicator": measured.flow.pk}

    response = client.post(page, said)

    target = Target.objects.get()
    assert (response.status_code, response.url) == (302, page_of(target))
    assert (target.unit, target.indicator, target.goal) == (measured.place, measured.flow, 120)
    assert (target.quality, target.valid_from) == (Quality.FIGURE, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "bắt buộc"),
        ({"goal": "1.5"}, "có thể hiểu hai cách"),
        ({"goal": ""}, "ghi mức phải đạt"),
        ({"indicator": ""}, "chọn chỉ số để đo"),
        ({"share": "80 phần trăm"}, "viết tỷ lệ như 80/100"),
        ({"aim": "path", "milestones": "31/12/2025"}, "mỗi dòng một ngày rồi một số"),
        ({"aim": "path", "milestones": "hôm qua 3"}, "hôm"),
        ({"aim": "path", "milestones": "31/12/2025 1\n" * 13}, "nhiều nhất 12 mốc"),
        ({"counter_0": "activities.supervision", "minimum_0": "2"}, "không có điều kiện đếm"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(client, measured, changes, sentence):
    client.force_login(measured.specialist)
    said = ASKED | {
        "unit": measured.place.pk,
        "indicator": measured.flow.pk,
        "evidence": "Biên bản",
    }

    response = client.post(reverse("desk:target-add"), said | changes)

    assert response.status_code == 422
    assert sentence in plain(response)
    assert 'value="Biên bản"' in response.content.decode()
    assert not Target.objects.exists()


def test_a_path_and_a_counted_target_are_set_by_hand(client, measured):
    client.force_login(measured.specialist)
    said = ASKED | {"unit": measured.place.pk, "indicator": measured.stock.pk, "aim": "path"}
    said |= {"goal": "", "milestones": "31/12/2025 60\n31/12/2028 90,5"}
    client.post(reverse("desk:target-add"), said)
    counted = ASKED | {"unit": measured.place.pk, "quality": "counted", "share": "2/3"}
    counted |= {"counter_0": "activities.supervision", "minimum_0": "2"}
    counted |= {"population_kind": "front_committee", "population_levels": ["commune"]}
    client.post(reverse("desk:target-add"), counted)

    path, other = Target.objects.all()

    assert [(one.day, one.amount) for one in path.milestones.all()] == [
        (date(2025, 12, 31), 60), (date(2028, 12, 31), Decimal("90.5")),
    ]  # fmt: skip
    assert (other.share, [one.minimum for one in other.rules.all()]) == ((2, 3), [2])
    assert (other.indicator, other.aim) == (None, "")
    assert client.get(page_of(path)).status_code == 200
    shown = client.get(page_of(path, "desk:target-amend")).content.decode()
    assert "31/12/2028 90,5" in shown
    assert client.get(page_of(other, "desk:target-amend")).status_code == 200


def test_a_target_is_amended_from_a_day_on_and_the_old_one_stays(client, measured):
    target = a_goal(measured.place, measured.flow, goal=100)
    client.force_login(measured.specialist)
    page = page_of(target, "desk:target-amend")
    said = ASKED | {"indicator": measured.flow.pk, "goal": "150", "on": "01/11/2026"}

    refused = client.post(page, said)
    assert refused.status_code == 422
    response = client.post(page, said | {"decision": "Công văn 12"})

    old, new = Target.objects.order_by("pk")
    assert (response.url, old.valid_to, old.goal) == (page_of(new), date(2026, 11, 1), 100)
    assert (new.goal, new.decision, new.first_version) == (150, "Công văn 12", old)
    told = plain(client.get(page_of(new)))
    assert "2 bản của chỉ tiêu này" in told
    assert "theo Công văn 12" in told


def test_a_target_is_ended(client, measured):
    target = a_goal(measured.place, measured.flow, goal=100)
    client.force_login(measured.specialist)
    page = page_of(target, "desk:target-end")

    assert client.get(page).status_code == 200
    assert client.post(page, {"on": "01/01/2026"}).status_code == 422
    assert client.post(page, {"on": "01/11/2026"}).status_code == 302
    assert Target.objects.get().valid_to == date(2026, 11, 1)


def shares(measured, *amounts):
    return {f"phan_{one.pk}": said for one, said in zip(measured.communes, amounts, strict=False)}


def test_a_target_is_divided_on_a_page(client, measured):
    target = a_goal(measured.place, measured.flow, goal=100)
    client.force_login(measured.specialist)
    page = page_of(target, "desk:target-divide")
    assert "cộng lại phải đúng bằng 100. " in client.get(page).content.decode()
    day = {"valid_from": "15/10/2026"}

    wrong = client.post(page, day | shares(measured, "40", "-3", ""))
    assert wrong.status_code == 422
    assert "không được nhỏ hơn 0" in plain(wrong)
    short = client.post(page, day | shares(measured, "40", "30", ""))
    assert "thiếu 30 so với mức 100" in plain(short)
    response = client.post(page, day | shares(measured, "40", "30,5", "") | {"reserve": "29,5"})

    assert response.url.endswith("#phan-bo")
    cascade = cascade_of(target, on=TODAY)
    assert [one.amount for one in cascade.lines] == [40, Decimal("30.5")]
    assert "30,5" in client.get(page).content.decode()


def divided(measured):
    target = a_goal(measured.place, measured.flow, goal=100, title="Đối thoại toàn tỉnh")
    given = [
        (one.pk, Decimal(part)) for one, part in zip(measured.communes, (40, 30, 20), strict=True)
    ]
    divide_target(target, given, reserve=Decimal(10), actor=None, decision="Kế hoạch 8")
    return target


def test_the_page_tells_who_covers_who_gave_a_reason_and_who_is_silent(client, measured):
    target = divided(measured)
    child = cover_share(target, measured.communes[0].pk, actor=None)
    decline_share(target, measured.communes[1].pk, reason="Thiếu cán bộ", actor=None)
    client.force_login(measured.leader)

    response = client.get(page_of(target))

    told = plain(response)
    assert "1 đã đưa vào kế hoạch; 1 nêu lý do không nhận; 1 chưa trả lời" in told
    assert "Thiếu cán bộ (15/10/2026)" in told
    assert "theo Kế hoạch 8" in told
    assert page_of(child) in response.content.decode()
    assert [line.may_answer for line in response.context["cascade"].lines] == [False, False, False]
    rows = rows_of(client.get(page_of(target, "desk:target-workbook")))
    assert ("Cộng", "100 cuộc", None, None, None) in rows


def test_a_commune_answers_for_its_own_share_only(client, measured):
    target = divided(measured)
    first, second = measured.communes[:2]
    client.force_login(measured.officer)

    told = plain(client.get(page_of(target)))
    assert "Xã Môn Sơn" in told
    assert "Xã Con Cuông" not in told
    assert "ngoài phạm vi của đồng chí" in told
    assert client.get(page_of(target, "desk:target-share", second.pk)).status_code == 404
    assert client.get(page_of(target, "desk:target-divide")).status_code == 404
    page = page_of(target, "desk:target-share", first.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Thiếu cán bộ"}).url == page_of(target)
    assert TargetRefusal.objects.get().unit == first
    assert "Lý do đã ghi: Thiếu cán bộ" in plain(client.get(page))
    taken = client.post(page, {"viec": "nhan"})
    child = Target.objects.get(covers=target)
    assert (taken.url, child.goal, child.unit) == (page_of(child), 40, first)
    assert "Đơn vị đã đưa chỉ tiêu này vào kế hoạch" in plain(client.get(page))
    assert client.post(page, {"viec": "nhan"}).status_code == 422
    assert "Cụ thể hóa" in plain(client.get(page_of(child)))
    above = client.get(reverse("desk:target-add")).content.decode()
    assert "Đối thoại toàn tỉnh" in above


def test_a_counted_target_tells_its_versions_too(client, measured):
    target = make_target(measured.province)
    amend_target(target, on=date(2026, 11, 1), decision="CV 3", actor=None)
    client.force_login(measured.specialist)

    told = plain(client.get(page_of(target)))

    assert "2 bản của chỉ tiêu này" in told
    assert "Sửa đổi" in told


def test_what_is_behind_waits_on_the_page_of_today(client, measured):
    behind = a_goal(measured.communes[0], measured.flow, goal=100, title="Chậm lộ trình")
    a_goal(measured.communes[1], measured.flow, goal=100, title="Kịp lộ trình")
    client.force_login(measured.officer)

    response = client.get(reverse("desk:home"))

    told = plain(response)
    assert "Chậm lộ trình" in told
    assert "Đến 30/09/2026 cần ít nhất 75 cuộc, có 62 cuộc." in told
    assert "Kịp lộ trình" not in told
    assert page_of(behind) in response.content.decode()
