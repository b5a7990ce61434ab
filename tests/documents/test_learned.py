"""What people made of proposals, told rule by rule; nothing of it changes what the engine reads."""

import json

import pytest
from django.core.management import CommandError, call_command

from danvan.documents.enums import ProposalKind, Verdict
from danvan.documents.selectors import corrections, learned
from tests.documents.acts import propose, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(document):
    """Five proposals of two rules: taken, completed, corrected, set aside; and one still open."""
    document.proposals.all().delete()
    rows = [
        (task(document, start=10), Verdict.ACCEPTED, None),
        (task(document, start=40), Verdict.ACCEPTED, {"product": "Báo cáo"}),
        (task(document, start=70), Verdict.CORRECTED, {"due_on": "2027-06-30", "regular": False}),
        (task(document, start=100), Verdict.REJECTED, None),
        (propose(document, ProposalKind.FIGURE, start=130), Verdict.ACCEPTED, None),
    ]
    for proposal, verdict, changed in rows:
        proposal.verdict = verdict
        proposal.correction = {**proposal.body, **changed} if changed else None
        proposal.save()
    task(document, start=160)
    return document


def test_each_rule_has_its_record(decided):
    tasks, figures = learned()
    assert (tasks.kind, tasks.rule, tasks.decided) == ("task", "test", 4)
    assert (tasks.as_read, tasks.completed, tasks.corrected, tasks.rejected) == (1, 1, 1, 1)
    assert (tasks.right_percent, tasks.said_percent) == (50, 95)
    assert dict(tasks.changed) == {"hạn": 1}
    assert (figures.kind, figures.right_percent) == ("figure", 100)


def test_what_was_wrong_is_kept_as_an_example_with_its_words(decided):
    rejected, corrected = sorted(corrections(), key=lambda one: -one.start)
    assert rejected.corrected is None
    assert corrected.corrected["due_on"] == "2027-06-30"
    assert corrected.read["due_on"] == "2027-03-31"
    assert corrected.words == decided.text[70:90]


def test_the_command_tells_it_in_vietnamese_and_as_json(decided, capsys):
    call_command("read", "--learned")
    told = capsys.readouterr().out
    assert (
        "Nhiệm vụ, yêu cầu, quy tắc test: 4 mục đã kiểm lại; đúng 50 % (máy nói 95 %); bổ sung 1; "
        "sửa 1 (hạn 1); bỏ 1." in told
    )
    call_command("read", "--learned", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [(one["rule"], one["decided"], one["right"]) for one in told["rules"]] == [
        ("test", 4, 2), ("test", 1, 1),
    ]  # fmt: skip
    assert len(told["examples"]) == 2
    assert told["rules"][0]["changed"] == {"hạn": 1}


def test_without_decisions_it_says_so(db, capsys):
    call_command("read", "--learned")
    assert "Chưa có đề xuất nào" in capsys.readouterr().out


def test_files_or_the_report_but_not_both(tmp_path):
    for given in ((), ("--learned", tmp_path / "a.txt")):
        with pytest.raises(CommandError, match="nêu tệp cần đọc, hoặc chỉ ghi --learned"):
            call_command("read", *given)
