"""A commitment carries a topic of the shared tree: given, changed, filtered with what stands below, in Excel."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments.enums import StepKind
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Asked, Tab, lines_of, listed
from danvan.commitments.services import file_commitment, file_commitments
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.topics.services import end_topic
from tests.commitments.conftest import TODAY
from tests.topics.trees import grown

LIST = "/viec-phai-lam/"


@pytest.fixture
def topics(db):
    return grown("Đất đai", "Đất đai › Bồi thường", "Nhà ở", "Rừng")


@pytest.fixture
def as_(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def text(response):
    return " ".join(response.content.decode().split())


def merged(topics):
    end_topic(topics["Nhà ở"], heirs=[topics["Đất đai"]], reason="x", on=TODAY, actor=None)


def test_a_commitment_is_given_with_its_topic(ledger, topics):
    assert ledger.one(topic_id=topics["Rừng"].pk).topic_id == topics["Rừng"].pk
    assert ledger.one().topic_id is None


def test_nothing_is_given_under_a_topic_that_ended_and_every_fault_is_told_at_once(ledger, topics):
    merged(topics)
    wrong = ledger.assignment(topic_id=topics["Nhà ở"].pk, title=" ")
    with pytest.raises(RuleError) as refused:
        ledger.assign(wrong)
    assert [(fault.column, fault.message[:40]) for fault in refused.value.faults] == [
        ("topic", "Lĩnh vực “Nhà ở” đã kết thúc từ 20/11/20"),
        ("title", "Đồng chí vui lòng ghi nội dung việc phải"),
    ]
    assert Commitment.objects.count() == 0


def test_filing_under_another_topic_writes_a_line_and_counts_as_an_act(ledger, topics):
    one = ledger.one(topic_id=topics["Rừng"].pk)
    file_commitment(one, topic_id=topics["Bồi thường"].pk, actor=ledger.checker, seen=0)
    with pytest.raises(RuleError, match="vừa phân lĩnh vực ở việc"):
        file_commitment(one, topic_id=None, actor=ledger.leader, seen=0)
    file_commitment(one, topic_id=topics["Bồi thường"].pk, actor=ledger.leader, seen=1)
    file_commitment(one, topic_id=None, actor=ledger.leader)
    one.refresh_from_db()
    filed = one.steps.filter(kind=StepKind.FILED).order_by("pk")
    assert (one.topic_id, one.changes) == (None, 2)
    assert [(step.by, step.words) for step in filed] == [
        (ledger.checker, "Đất đai › Bồi thường"), (ledger.leader, "Bỏ phân lĩnh vực")
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="commitments.file").count() == 2


def test_a_refused_filing_changes_nothing(ledger, topics):
    one = ledger.one(topic_id=topics["Rừng"].pk)
    merged(topics)
    for wrong in (topics["Nhà ở"].pk, 9_999_999):
        with pytest.raises(RuleError):
            file_commitment(one, topic_id=wrong, actor=None)
    one.refresh_from_db()
    assert (one.topic_id, one.changes, one.steps.count()) == (topics["Rừng"].pk, 0, 1)


def test_the_list_takes_what_is_read_at_or_under_a_topic(ledger, topics):
    ids = {name: one.pk for name, one in topics.items()}
    given = {name: ledger.one(title=name, topic_id=pk) for name, pk in ids.items()}
    bare = ledger.one(title="không")
    merged(topics)

    def names(topic_id):
        asked = Asked(tab=Tab.ALL, topic_id=topic_id)
        return sorted(one.title for one in listed(ledger.leader, asked, on=TODAY))

    assert names(ids["Đất đai"]) == ["Bồi thường", "Nhà ở", "Đất đai"]
    assert names(ids["Bồi thường"]) == ["Bồi thường"]
    assert names(ids["Nhà ở"]) == names(ids["Đất đai"])
    assert names(9_999_999) == []
    assert names(0) == ["không"]
    assert len(names(None)) == 5
    told = lines_of([given["Nhà ở"], given["Bồi thường"], bare], on=TODAY)
    assert [(one.topic.path, one.topic.was) if one.topic else None for one in told] == [
        ("Đất đai", "Nhà ở"), ("Đất đai › Bồi thường", ""), None
    ]  # fmt: skip


def test_pages_show_filter_and_change_the_topic(as_, ledger, topics):
    one = ledger.one(topic_id=topics["Nhà ở"].pk)
    ledger.one(title="Việc khác")
    merged(topics)
    client = as_(ledger.leader)
    land = topics["Đất đai"].pk
    page = text(client.get(LIST, {"linh_vuc": land}))
    assert "Lĩnh vực: Đất đai" in page
    assert "Việc khác" not in page
    assert client.get(LIST, {"linh_vuc": "x"}).status_code == 422
    assert "Việc khác" in text(client.get(LIST, {"linh_vuc": "0"}))
    card = text(client.get(f"{LIST}{one.pk}/"))
    assert "ghi là “Nhà ở”" in card
    assert f'href="{LIST}{one.pk}/linh-vuc/"' in card
    url = f"{LIST}{one.pk}/linh-vuc/"
    assert 'data-typeahead="/linh-vuc/tim/"' in text(client.get(url))
    assert client.post(url, {"topic": topics["Nhà ở"].pk, "seen": 0}).status_code == 422
    assert client.post(url, {"topic": land, "seen": 0})["Location"] == f"{LIST}{one.pk}/"
    one.refresh_from_db()
    assert one.topic_id == land
    book = openpyxl.load_workbook(BytesIO(client.get(f"{LIST}tai-excel/?linh_vuc={land}").content))
    cells = [[cell.value for cell in row] for row in book.active.rows]
    assert [row[-1] for row in cells if row[0] == one.number] == ["Đất đai"]
    assert as_(ledger.officer).get(url).status_code == 403


def test_work_is_given_by_hand_with_its_topic(as_, ledger, topics):
    said = {
        "assigner": ledger.assigner.pk, "title": "Rà soát đất ở", "lead": "x", "lead_id": ledger.lead.pk,
        "product": "Biên bản", "assigned_on": "20/11/2026", "due_on": "31/12/2026",
        "topic": topics["Bồi thường"].pk,
    }  # fmt: skip
    said["lead"] = "Ủy ban nhân dân Xã Môn Sơn"
    as_(ledger.leader).post(f"{LIST}giao/", said)
    [made] = Commitment.objects.all()
    assert (made.topic_id, made.due_on) == (topics["Bồi thường"].pk, date(2026, 12, 31))


def test_many_are_filed_at_once_from_the_list(as_, ledger, topics):
    ids = [ledger.one(title=f"Việc {number}").pk for number in range(3)]
    file_commitment(Commitment.objects.get(pk=ids[0]), topic_id=topics["Rừng"].pk, actor=None)
    client = as_(ledger.leader)
    asked = client.post(f"{LIST}hang-loat/", {"viec": "linh-vuc", "chon": ids})
    assert "Phân lĩnh vực 3 việc" in text(asked)
    sent = {"viec": "linh-vuc", "chon": ids, "gui": "1", "topic": topics["Rừng"].pk}
    assert client.post(f"{LIST}hang-loat/", sent)["Location"] == LIST
    assert {one.topic_id for one in Commitment.objects.all()} == {topics["Rừng"].pk}
    assert sorted(Commitment.objects.values_list("changes", flat=True)) == [1, 1, 1]
    assert "Đã ghi lĩnh vực cho 2 việc của 1 đơn vị." in text(client.get(LIST))
    merged(topics)
    with pytest.raises(RuleError, match="đã kết thúc từ 20/11/2026"):
        file_commitments(Commitment.objects.all(), topic_id=topics["Nhà ở"].pk, actor=None)
    assert file_commitments([], topic_id=None, actor=None) == []


def test_filing_many_costs_the_same_queries_at_one_and_at_three(ledger, topics):
    one, *three = [ledger.one() for _ in range(4)]
    with CaptureQueriesContext(connection) as few:
        file_commitments([one], topic_id=topics["Rừng"].pk, actor=None)
    with CaptureQueriesContext(connection) as many:
        file_commitments(three, topic_id=topics["Rừng"].pk, actor=None)
    assert len(few) == len(many)
