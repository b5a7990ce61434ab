"""Topics are found without tones through names, aliases and former names; a sentence may name one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.topics.fields import TopicField
from danvan.topics.selectors import (
    every_topic,
    find_topics,
    growth,
    topic_said_in,
    tree_on,
    uses,
)
from danvan.topics.services import end_topic, load_topics, name_aliases
from tests.topics.trees import TODAY, grown

pytestmark = pytest.mark.django_db


def found(words, on=TODAY):
    return [(one.name, one.context, one.note) for one in find_topics(words, on=on)]


def test_what_people_type_finds_by_name_then_alias_then_path():
    made = grown("Đất đai", "Đất đai › Bồi thường, tái định cư", "Môi trường")
    name_aliases(made["Bồi thường, tái định cư"], aliases=["GPMB", "môi trường đầu tư"], actor=None)
    assert found("boi thuong") == [("Bồi thường, tái định cư", "Đất đai", "")]
    assert found("gpmb") == [("Bồi thường, tái định cư", "Đất đai", "tên khác: GPMB")]
    assert found("moi truong") == [
        ("Môi trường", "", ""),
        ("Bồi thường, tái định cư", "Đất đai", "tên khác: môi trường đầu tư"),
    ]
    assert found("dat dai") == [("Đất đai", "", ""), ("Bồi thường, tái định cư", "Đất đai", "")]
    assert found("khong co") == found("…") == found("") == []
    assert found("dat dai", on=date(2024, 1, 1)) == []


def test_an_ended_topic_finds_the_one_that_goes_on_with_it():
    made = grown("Đất đai", "Nhà ở", "Rừng")
    end_topic(made["Nhà ở"], heirs=[made["Đất đai"]], reason="x", on=date(2026, 6, 1), actor=None)
    end_topic(made["Rừng"], reason="x", on=date(2026, 6, 1), actor=None)
    assert found("nha o") == [("Đất đai", "", "trước là: Nhà ở, đến 01/06/2026")]
    assert found("rung") == []


def test_what_a_sentence_names_is_the_longest_name_in_it_or_nothing():
    load_topics()
    ids = {one.code: one.pk for one in every_topic()}
    said = {
        "Đẩy nhanh bồi thường, giải phóng mặt bằng quốc lộ 7": ids["boi-thuong"],
        "Tháo gỡ vướng mắc về đất đai": ids["dat-dai"],
        "Công tác dân tộc, tôn giáo năm 2026": ids["dan-toc-ton-giao"],
        "Rà soát hộ nghèo": ids["giam-ngheo"],
        "Tổ chức hội nghị": None,
        "Đất đai và môi trường": ids["moi-truong"],
        "quyết toán": None,
        "Dạy tiếng dân tộc": None,
    }
    assert {text: topic_said_in(text, on=TODAY) for text in said} == said


def test_a_sentence_that_names_two_equally_names_none():
    grown("Ao cạn", "Ao sâu")
    assert topic_said_in("ao cạn, ao sâu", on=TODAY) is None


def test_the_whole_tree_costs_the_same_queries_at_one_and_at_many():
    grown("Một")
    with CaptureQueriesContext(
        connection,
    ) as few:
        tree_on(TODAY)
    load_topics()
    with CaptureQueriesContext(connection) as many:
        assert len(list(tree_on(TODAY))) == 22
    assert len(few) == len(many) == 4


def test_uses_are_told_kind_by_kind_with_their_list(records):
    made = grown("Đất đai", "Đất đai › Bồi thường")
    records.filed = {made["Đất đai"].pk: 1, made["Bồi thường"].pk: 2}
    land = made["Đất đai"].pk
    told = [
        one for one in uses(land, growth().reading_under(land, TODAY)) if one.label == "hồ sơ thử"
    ]
    assert [(one.count, one.address, one.passes) for one in told] == [
        (3, f"/thu/?linh_vuc={land}", "Hồ sơ giữ lĩnh vực đã ghi.")
    ]  # fmt: skip


def test_the_field_offers_paths_and_takes_only_what_stands():
    made = grown("Đất đai", "Đất đai › Bồi thường", "Nhà ở")
    end_topic(made["Nhà ở"], heirs=[made["Đất đai"]], reason="x", on=TODAY, actor=None)
    field = TopicField()
    assert [label for _, label in field.choices] == [
        "Chưa phân lĩnh vực", "Đất đai", "Đất đai › Bồi thường"
    ]  # fmt: skip
    assert field.clean(str(made["Bồi thường"].pk)) == made["Bồi thường"].pk
    assert field.clean("") is None
    for wrong in (str(made["Nhà ở"].pk), "9999999", "x"):
        with pytest.raises(Exception, match="không có trong danh mục đang dùng"):
            field.clean(wrong)
