"""The file of topics: each names its requirement; loading it again does nothing, and what people keep stays."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.topics.models import Topic, TopicAlias, TopicHeir, TopicVersion
from danvan.topics.seed_file import COLUMNS, read_topics
from danvan.topics.selectors import growth
from danvan.topics.services import (
    Loaded,
    add_topic,
    end_topic,
    load_topics,
    move_topic,
    rename_topic,
)
from tests.topics.trees import paths

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def written(folder, *rows):
    path = folder / "t.tsv"
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in rows)]
    path.write_text("# our own words\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(code, parent="", name="", aliases="", since="2020-01-01", source="R260"):
    return code, parent, name or code.title(), aliases, since, source


def topic(code):
    return Topic.objects.get(code=code)


def test_the_file_of_the_package_loads_and_loading_it_again_does_nothing():
    rows = read_topics()
    assert load_topics() == Loaded(len(rows), 0, 0, 0)
    assert "Đất đai › Bồi thường, tái định cư" in paths()
    before = growth().topics, AuditEntry.objects.count()
    assert load_topics() == Loaded(0, 0, 0, len(rows))
    assert (growth().topics, AuditEntry.objects.count()) == before


def test_each_topic_of_the_package_names_its_requirement_and_those_named_are_there():
    sources = {one.source for one in read_topics()}
    assert {"R260", "R261", "R262", "R263"} <= sources
    assert all(one[0] == "R" and one[1:].isdigit() for one in sources)


def test_a_changed_row_holds_from_today_unless_somebody_keeps_the_topic(tmp_path):
    load_topics(path=written(tmp_path, row("a"), row("b"), row("c", "a")))
    rename_topic(topic("b"), name="Của ta", on=DAY, actor=None)
    changed = written(
        tmp_path, row("a", name="Mới", aliases="x; y"), row("b"), row("c", "b"), row("d", "a")
    )
    assert load_topics(path=changed) == Loaded(1, 2, 1, 0)
    assert paths() == ["Của ta", "Của ta › C", "Mới", "Mới › D"]
    assert paths(date(2026, 11, 28)) == ["A", "A › C", "A › D", "Của ta"]
    assert load_topics(path=changed) == Loaded(0, 0, 1, 3)
    only = written(tmp_path, row("a", name="Mới", aliases="y; z", source="R262"))
    assert load_topics(path=only) == Loaded(0, 1, 0, 0)
    assert [one.words for one in topic("a").aliases.all()] == ["y", "z"]
    assert topic("a").source == "R262"
    assert len(paths()) == 4


def test_a_row_that_would_clash_with_what_people_keep_is_left_out(tmp_path):
    load_topics(path=written(tmp_path, row("a"), row("b"), row("e")))
    add_topic(name="Đã có", parent=None, on=DAY, actor=None)
    move_topic(topic("a"), parent=topic("b"), on=DAY, actor=None)
    end_topic(topic("e"), reason="x", on=DAY, actor=None)
    clash = written(
        tmp_path, row("a"), row("b", "a"), row("d", name="Đã có"), row("e"),
        row("f", "e", "Dưới cũ", since="2020-01-01"), row("g", "f", "Dưới nữa", since="2019-01-01"),
    )  # fmt: skip
    assert load_topics(path=clash) == Loaded(2, 0, 4, 0)
    assert paths() == ["B", "B › A", "Dưới cũ", "Dưới cũ › Dưới nữa", "Đã có"]
    assert topic("g").valid_from == date(2020, 1, 1)


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path):
    path = written(
        tmp_path, row("A"), row("b", "z"), row("b"), ("x",), row("c", name="x" * 121),
        row("d", aliases="y" * 121), row("e", since="1/1/2020"), row("f", source=""), row("g"),
        row("h", name="g"),
    )  # fmt: skip
    with pytest.raises(RuleError, match="có 9 lỗi, chưa nạp gì") as refused:
        load_topics(path=path)
    assert [fault.row for fault in refused.value.faults] == [3, 4, 5, 6, 7, 8, 9, 10, 12]
    assert Topic.objects.count() == 0


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(RuleError, match="Không đọc được tệp"):
        load_topics(path=tmp_path / "none.tsv")
    (tmp_path / "t.tsv").write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(RuleError, match="Dòng đầu của tệp"):
        load_topics(path=tmp_path / "t.tsv")


def test_the_command_loads_and_tells(tmp_path):
    said = StringIO()
    call_command("topics", "load", file=written(tmp_path, row("a")), stdout=said)
    assert said.getvalue() == "Lĩnh vực: thêm 1, sửa 0, giữ nguyên 0, để yên 0.\n"
    with pytest.raises(CommandError, match="dòng 3: Mã “A”"):
        call_command("topics", "load", file=written(tmp_path, row("A")))


def test_no_record_of_a_person_refers_to_a_topic():
    """Ethnic and religious affairs are fields of work: nothing that names or describes a person may carry one."""
    ours = {Topic, TopicVersion, TopicAlias, TopicHeir}
    refers = {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if model not in ours
        and field.concrete
        and field.is_relation
        and field.related_model in ours
    }
    # What is filed under a topic is work that was given, said or asked: add to this list only such a thing.
    assert refers == {
        "commitments.commitment", "commitments.commitmentseries", "commitments.difficulty", "dialogues.dialogue",
        "dialogues.dialogueopinion", "grassroots.mattercomment", "petitions.petition",
    }  # fmt: skip
    people = ("accounts", "organisations", "notifications")
    assert not any(label.startswith(people) for label in refers)
