"""Topics are added, renamed, moved and found by other names; what is refused changes nothing."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.topics.models import Topic, TopicAlias, TopicVersion
from danvan.topics.selectors import find_topics, growth
from danvan.topics.services import add_topic, end_topic, move_topic, name_aliases, rename_topic
from tests.factories import UserFactory
from tests.topics.trees import SINCE, TODAY, grown, paths

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)


def state():
    return (
        list(Topic.objects.order_by("pk").values()),
        list(TopicVersion.objects.order_by("pk").values()),
        list(TopicAlias.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
    )


def refusal(act, *args, **said):
    before = state()
    with pytest.raises(RuleError) as refused:
        act(*args, **said, actor=None)
    assert state() == before
    assert [fault.message for fault in refused.value.faults] or refused.value.message
    return refused.value.message


def test_a_topic_begins_under_another_with_a_code_of_its_name():
    user = UserFactory()
    land = add_topic(name=" Đất  đai ", parent=None, actor=user, on=SINCE, source="R260")
    below = add_topic(
        name="Bồi thường, tái định cư", parent=land, actor=user, on=SINCE,
        aliases=["thu hồi đất", "Thu hồi đất", "", "bồi thường tái định cư"],
    )  # fmt: skip
    assert (land.code, land.source, land.kept) == ("dat-dai", "R260", True)
    assert below.code == "boi-thuong-tai-dinh-cu"
    assert paths() == ["Đất đai", "Đất đai › Bồi thường, tái định cư"]
    assert [one.words for one in below.aliases.all()] == ["bồi thường tái định cư", "thu hồi đất"]
    assert paths(date(2024, 12, 31)) == []
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["topics.add"] * 2


def test_the_code_of_a_second_topic_of_one_name_is_numbered():
    made = grown("Đất đai", "Môi trường")
    twin = add_topic(name="Đất đai", parent=made["Môi trường"], actor=None, on=SINCE)
    third = add_topic(name="ខ្មែរ", parent=None, actor=None, on=SINCE)
    assert (twin.code, third.code) == ("dat-dai-2", "linh-vuc")


def test_a_renamed_topic_keeps_its_former_name_for_the_past_and_for_finding():
    topic = grown("Nhà đất")["Nhà đất"]
    rename_topic(topic, name="Đất đai", on=LATER, actor=None, seen=0)
    assert (paths(date(2026, 5, 31)), paths(LATER)) == (["Nhà đất"], ["Đất đai"])
    [found] = find_topics("nha dat", on=TODAY)
    assert (found.name, found.note) == ("Đất đai", "tên cũ: Nhà đất")
    topic.refresh_from_db()
    assert (topic.changes, topic.code) == (1, "nha-dat")


def test_a_second_change_of_one_day_replaces_the_first():
    topic = grown("Nhà đất")["Nhà đất"]
    rename_topic(topic, name="Đất", on=LATER, actor=None)
    rename_topic(topic, name="Đất đai", on=LATER, actor=None)
    assert topic.versions.count() == 2
    assert paths(LATER) == ["Đất đai"]


def test_a_topic_moves_with_all_that_stands_under_it():
    made = grown("An sinh", "Việc làm", "Việc làm › Dạy nghề")
    move_topic(made["Việc làm"], parent=made["An sinh"], on=LATER, actor=None, seen=0)
    assert paths(LATER) == ["An sinh", "An sinh › Việc làm", "An sinh › Việc làm › Dạy nghề"]
    assert paths(SINCE) == ["An sinh", "Việc làm", "Việc làm › Dạy nghề"]
    move_topic(made["Việc làm"], parent=None, actor=None)
    assert paths() == ["An sinh", "Việc làm", "Việc làm › Dạy nghề"]


@pytest.mark.parametrize(
    ("name", "parent", "on", "told"),
    [
        (" ", None, SINCE, "Đồng chí vui lòng ghi tên lĩnh vực."),
        ("…", None, SINCE, "Đồng chí vui lòng ghi tên lĩnh vực."),
        ("x" * 121, None, SINCE, "Tên lĩnh vực dài quá 120 ký tự."),
        ("Rừng", None, date(2026, 11, 30), "Ngày 30/11/2026 chưa tới."),
        ("DAT DAI", None, SINCE, "Đã có lĩnh vực “Đất đai” từ ngày 01/01/2025."),
        ("dat dai", None, date(2020, 1, 1), "Đã có lĩnh vực “Đất đai” từ ngày 01/01/2025."),
        ("Rừng", "Đất đai", date(2024, 1, 1), "“Đất đai” không dùng trong suốt thời gian từ 01/01/2024."),
        ("Rừng", "Bốn", SINCE, "Cây lĩnh vực sâu nhất 4 cấp."),
    ],
)  # fmt: skip
def test_a_topic_that_cannot_stand_is_refused(name, parent, on, told):
    made = grown("Đất đai", "Một", "Một › Hai", "Một › Hai › Ba", "Một › Hai › Ba › Bốn")
    message = refusal(add_topic, name=name, parent=made.get(parent), on=on)
    assert told in message
    assert "Đồng chí vui lòng" in message


def test_a_topic_does_not_move_below_itself():
    made = grown("Một", "Một › Hai", "Một › Hai › Ba", "Khác", "Khác › Sâu", "Khác › Sâu › Hơn")
    for below in ("Một", "Hai", "Ba"):
        told = refusal(move_topic, made["Một"], parent=made[below], on=LATER)
        assert "xuống dưới chính nó" in told
    assert "sâu nhất 4 cấp" in refusal(move_topic, made["Một"], parent=made["Hơn"], on=LATER)


def test_a_topic_does_not_move_below_what_stood_under_it_since():
    """Ba left Một only in June: from May on the move would have made a ring."""
    made = grown("Một", "Một › Ba", "Khác")
    move_topic(made["Ba"], parent=made["Khác"], on=LATER, actor=None)
    told = refusal(move_topic, made["Một"], parent=made["Ba"], on=date(2026, 5, 1))
    assert "xuống dưới chính nó" in told
    move_topic(made["Một"], parent=made["Ba"], on=LATER, actor=None)
    assert paths() == ["Khác", "Khác › Ba", "Khác › Ba › Một"]


def test_a_change_before_the_last_one_or_of_an_ended_topic_is_refused():
    made = grown("Nhà đất", "Rừng")
    rename_topic(made["Nhà đất"], name="Đất đai", on=LATER, actor=None)
    told = refusal(rename_topic, made["Nhà đất"], name="Đất", on=date(2026, 5, 1))
    assert "Lần thay đổi gần nhất của “Đất đai” là ngày 01/06/2026." in told
    told = refusal(move_topic, made["Nhà đất"], parent=made["Rừng"], on=date(2026, 5, 1))
    assert "Lần thay đổi gần nhất" in told
    end_topic(made["Rừng"], reason="Không dùng", actor=None, on=LATER)
    assert "đã kết thúc từ 01/06/2026" in refusal(rename_topic, made["Rừng"], name="Lâm nghiệp")
    assert "“Rừng” không dùng" in refusal(add_topic, name="Mới", parent=made["Rừng"])


def test_two_editors_at_once_do_not_both_win():
    topic = grown("Nhà đất")["Nhà đất"]
    rename_topic(topic, name="Đất đai", actor=None, seen=0)
    for act, said in (
        (rename_topic, {"name": "Đất"}),
        (move_topic, {"parent": None}),
        (name_aliases, {"aliases": ["đất"]}),
        (end_topic, {"reason": "Không dùng"}),
    ):
        told = refusal(act, topic, seen=0, **said)
        assert told == (
            "Lĩnh vực “Đất đai” vừa được người khác sửa. Đồng chí vui lòng mở lại trang, xem rồi quyết định."
        )


def test_other_names_are_set_anew_and_refused_where_too_many_or_too_long():
    topic = grown("Đất đai")["Đất đai"]
    name_aliases(topic, aliases=["nhà đất", "thổ nhưỡng"], actor=None)
    kept = topic.aliases.get(words="nhà đất").pk
    name_aliases(topic, aliases=["NHÀ ĐẤT", "ruộng"], actor=None)
    assert growth().topics[topic.pk].aliases == ("nhà đất", "ruộng")
    assert topic.aliases.get(words="nhà đất").pk == kept
    assert "nhiều nhất 20 tên khác" in refusal(
        name_aliases, topic, aliases=[f"tên {number}" for number in range(21)]
    )
    assert "dài quá 120 ký tự" in refusal(name_aliases, topic, aliases=["x" * 121])
