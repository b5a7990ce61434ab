"""A topic ends with an heir, with several, or with none; what was filed under it is still found. And back again."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.topics.models import Topic, TopicHeir
from danvan.topics.selectors import growth, kinds_of_use, read_on, reading_under, told_topics
from danvan.topics.services import (
    add_topic,
    end_topic,
    foresee_end,
    hold_topics,
    move_topic,
    name_aliases,
    rename_topic,
    take_back_end,
)
from tests.topics.test_growing import refusal, state
from tests.topics.trees import SINCE, TODAY, grown, paths

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)


def counted(day):
    [kind] = kinds_of_use(growth(), on=day, actions={"law.view"})
    assert (kind.label, kind.address(7)) == ("hồ sơ thử", "/thu/?linh_vuc=7")
    return kind.counts


def ended(topic, *heirs, on=DAY):
    return end_topic(topic, heirs=heirs, reason="Quyết định 12-QĐ/TU", on=on, actor=None)


def test_a_merged_topic_is_read_through_its_heir_from_the_day_on():
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội")
    housing, land = made["Nhà ở"].pk, made["Đất đai"].pk
    ended(made["Nhà ở"], made["Đất đai"])
    assert paths(BEFORE) == ["Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội"]
    assert paths(DAY) == ["Đất đai", "Đất đai › Nhà ở xã hội"]
    assert [read_on(housing, day) for day in (BEFORE, DAY, TODAY)] == [housing, land, land]
    assert reading_under(land, TODAY) == {land, housing, made["Nhà ở xã hội"].pk}
    assert reading_under(land, BEFORE) == {land}
    assert reading_under(housing, TODAY) == reading_under(land, TODAY)
    assert reading_under(0, TODAY) == frozenset()
    told = told_topics([housing, land, None], on=TODAY)
    assert (told[housing].path, told[housing].was, told[housing].id) == ("Đất đai", "Nhà ở", land)
    assert (told[land].path, told[land].was) == ("Đất đai", "")
    assert told_topics([None], on=TODAY) == {}


def test_a_split_topic_is_read_through_its_first_heir_and_the_others_read_it_before_they_began():
    made = grown("Đất đai")
    new = {
        name: add_topic(name=name, parent=None, on=DAY, actor=None)
        for name in ("Quy hoạch", "Bồi thường")
    }
    ended(made["Đất đai"], new["Quy hoạch"], new["Bồi thường"])
    land = made["Đất đai"].pk
    assert read_on(land, TODAY) == new["Quy hoạch"].pk
    assert [read_on(one.pk, BEFORE) for one in new.values()] == [land, land]
    assert list(TopicHeir.objects.values_list("heir_id", "place")) == [
        (new["Quy hoạch"].pk, 0), (new["Bồi thường"].pk, 1)
    ]  # fmt: skip


def test_a_topic_that_came_from_several_or_from_none_is_read_above_before_it_began():
    made = grown("Đất đai", "Đất đai › Thu hồi", "Đất đai › Bồi thường", "Rừng")
    both = add_topic(name="Giải phóng mặt bằng", parent=made["Đất đai"], on=DAY, actor=None)
    ended(made["Thu hồi"], both)
    ended(made["Bồi thường"], both)
    assert read_on(both.pk, BEFORE) == made["Đất đai"].pk
    new = add_topic(name="Biển đảo", parent=None, on=DAY, actor=None)
    assert read_on(new.pk, BEFORE) is None
    ended(made["Rừng"])
    assert read_on(made["Rừng"].pk, TODAY) is None
    assert reading_under(made["Rừng"].pk, TODAY) == {made["Rừng"].pk}
    assert told_topics([made["Rừng"].pk], on=TODAY)[made["Rừng"].pk].path == "Rừng"


def test_counts_go_up_the_tree_and_through_heirs(records):
    made = grown("Đất đai", "Đất đai › Bồi thường", "Nhà ở", "Rừng")
    ids = {name: one.pk for name, one in made.items()}
    records.filed = {ids["Đất đai"]: 2, ids["Bồi thường"]: 3, ids["Nhà ở"]: 5}
    ended(made["Nhà ở"], made["Bồi thường"])
    assert counted(TODAY) == {
        ids["Đất đai"]: 10, ids["Bồi thường"]: 8, ids["Rừng"]: 0
    }  # fmt: skip
    assert counted(BEFORE) == {
        ids["Đất đai"]: 5, ids["Bồi thường"]: 3, ids["Nhà ở"]: 5, ids["Rừng"]: 0
    }  # fmt: skip


def test_what_is_in_use_or_has_children_ends_only_with_an_heir(records):
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội")
    records.filed = {made["Nhà ở"].pk: 4}
    told = refusal(end_topic, made["Nhà ở"], reason="Không dùng", on=DAY)
    assert "Dưới “Nhà ở” còn “Nhà ở xã hội”." in told
    assert "“Nhà ở” đang dùng cho 4 hồ sơ thử." in told
    ended(made["Nhà ở"], made["Đất đai"])
    records.filed = {made["Nhà ở"].pk: 4}
    assert "đang dùng cho 4 hồ sơ thử" in refusal(end_topic, made["Đất đai"], reason="x")


def test_the_preview_says_what_an_end_touches_and_changes_nothing(records):
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội")
    records.filed = {made["Nhà ở"].pk: 4, made["Nhà ở xã hội"].pk: 9}
    before = state()
    seen = foresee_end(made["Nhà ở"], heirs=[made["Đất đai"]], on=DAY)
    assert (seen.count, seen.children, seen.above, seen.faults) == (
        4, ["Nhà ở › Nhà ở xã hội"], "Đất đai", []
    )  # fmt: skip
    assert len(foresee_end(made["Nhà ở"], heirs=[], on=DAY).faults) == 2
    assert state() == before


@pytest.mark.parametrize(
    ("heirs", "on", "reason", "told"),
    [
        (["Nhà ở"], DAY, "x", "“Nhà ở” chính là lĩnh vực kết thúc, hoặc nằm dưới nó"),
        (["Nhà ở xã hội"], DAY, "x", "“Nhà ở xã hội” chính là lĩnh vực kết thúc, hoặc nằm dưới nó"),
        (["Mới"], DAY, "x", "“Mới” không dùng trong suốt thời gian từ 01/06/2026"),
        (["Đất đai"], SINCE, "x", "“Nhà ở” mới có, hoặc mới đổi, từ ngày 01/01/2025."),
        (["Đất đai"], date(2026, 12, 1), "x", "Ngày 01/12/2026 chưa tới."),
        (["Đất đai"], DAY, " ", "Đồng chí vui lòng ghi lý do"),
        (["Đất đai"], DAY, "x" * 301, "Lý do dài quá 300 ký tự."),
        (["Rừng"], DAY, "x", "Đã có lĩnh vực “Rừng › Nhà ở xã hội”"),
    ],
)
def test_an_end_that_cannot_be_is_refused(heirs, on, reason, told):
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội", "Rừng")
    add_topic(name="Nhà ở xã hội", parent=made["Rừng"], on=SINCE, actor=None)
    made["Mới"] = add_topic(name="Mới", parent=None, on=TODAY, actor=None)
    chosen = [made[name] for name in heirs]
    message = refusal(end_topic, made["Nhà ở"], heirs=chosen, reason=reason, on=on)
    assert told in message
    assert "Đồng chí vui lòng" in message


def test_a_back_dated_end_does_not_take_the_place_of_what_stood_there_since():
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội", "Rừng")
    move_topic(made["Nhà ở xã hội"], parent=made["Rừng"], on=TODAY, actor=None)
    told = refusal(end_topic, made["Nhà ở"], heirs=[made["Đất đai"]], reason="x", on=DAY)
    assert "“Nhà ở xã hội” còn thuộc lĩnh vực này đến ngày 28/11/2026." in told
    move_topic(made["Nhà ở xã hội"], parent=made["Nhà ở"], on=TODAY, actor=None)
    rename_topic(made["Nhà ở xã hội"], name="Nhà cho công nhân", on=TODAY, actor=None)
    told = refusal(end_topic, made["Nhà ở"], heirs=[made["Đất đai"]], reason="x", on=DAY)
    assert "Lần thay đổi gần nhất của “Nhà cho công nhân”" in told
    ended(made["Rừng"], made["Đất đai"], on=TODAY)
    told = refusal(end_topic, made["Đất đai"], heirs=[made["Nhà ở"]], reason="x", on=DAY)
    assert "nhận kế thừa từ lĩnh vực khác sau ngày 01/06/2026" in told


def test_an_end_is_taken_back_with_the_children_that_did_not_change_since():
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Nhà ở xã hội", "Nhà ở › Thuê nhà")
    before = growth().topics
    ended(made["Nhà ở"], made["Đất đai"])
    take_back_end(made["Nhà ở"], actor=None, seen=1)
    assert growth().topics == before
    ended(made["Nhà ở"], made["Đất đai"])
    rename_topic(made["Thuê nhà"], name="Cho thuê", on=DAY, actor=None)
    take_back_end(made["Nhà ở"], actor=None)
    assert paths() == ["Đất đai", "Đất đai › Cho thuê", "Nhà ở", "Nhà ở › Nhà ở xã hội"]
    assert Topic.objects.get(pk=made["Nhà ở"].pk).ending == ""


def test_a_child_that_something_above_moved_under_stays_when_an_end_is_taken_back():
    made = grown("An sinh", "An sinh › Nhà ở", "An sinh › Nhà ở › Thuê nhà", "Đất đai")
    ended(made["Nhà ở"], made["Đất đai"])
    move_topic(made["An sinh"], parent=made["Thuê nhà"], on=TODAY, actor=None)
    take_back_end(made["Nhà ở"], actor=None)
    assert paths() == [
        "Đất đai", "Đất đai › Thuê nhà", "Đất đai › Thuê nhà › An sinh",
        "Đất đai › Thuê nhà › An sinh › Nhà ở",
    ]  # fmt: skip


def test_an_end_is_not_taken_back_where_the_name_was_given_again_or_nothing_ended():
    made = grown("Đất đai", "Rừng", "Rừng › Rừng ngập mặn")
    ended(made["Đất đai"])
    add_topic(name="Đất đai", parent=None, on=TODAY, actor=None)
    assert "Đã có lĩnh vực “Đất đai”" in refusal(take_back_end, made["Đất đai"])
    told = refusal(take_back_end, made["Rừng"])
    assert (
        told == "Lĩnh vực “Rừng” đang dùng nên không cần mở lại. Đồng chí vui lòng tải lại trang."
    )
    ended(made["Rừng ngập mặn"])
    ended(made["Rừng"], on=TODAY)
    assert "“Rừng” không dùng" in refusal(take_back_end, made["Rừng ngập mặn"])


def test_nothing_is_filed_under_a_topic_that_ended_or_is_not_there():
    made = grown("Đất đai", "Nhà ở", "Rừng")
    hold_topics([made["Nhà ở"].pk, None])
    hold_topics([None])
    ended(made["Nhà ở"], made["Đất đai"])
    ended(made["Rừng"])
    hold_topics([made["Nhà ở"].pk], on=BEFORE)
    with pytest.raises(RuleError) as refused:
        hold_topics([made["Nhà ở"].pk, made["Rừng"].pk, 9_999_999])
    assert [fault.message for fault in refused.value.faults] == [
        "Lĩnh vực “Nhà ở” đã kết thúc từ 01/06/2026. Đồng chí vui lòng chọn “Đất đai”.",
        "Lĩnh vực “Rừng” đã kết thúc từ 01/06/2026. Đồng chí vui lòng chọn lĩnh vực khác.",
        "Không có lĩnh vực này. Đồng chí vui lòng chọn lại.",
    ]


def test_rows_name_themselves_and_a_tree_knows_who_stands_in_it():
    made = grown("Đất đai", "Nhà ở")
    housing, land = made["Nhà ở"], made["Đất đai"]
    name_aliases(land, aliases=["ruộng"], actor=None)
    ended(housing, land)
    heir = housing.heirs.get()
    named = [housing, housing.versions.get(), land.aliases.get(), heir]
    assert [str(one) for one in named] == ["nha-o", "Nhà ở", "ruộng", f"{housing.pk}:{land.pk}"]
    tree = growth().tree_on(TODAY)
    assert (land.pk in tree, housing.pk in tree) == (True, False)
