"""Documents sent on: who may do what, in which state, what it leaves behind; reading follows the sending."""

from datetime import date

import pytest

from danvan.documents.enums import Direction, Stage
from danvan.documents.errors import DuplicateError
from danvan.documents.events import (
    DocumentDistributed,
    DocumentRecalled,
    DocumentReceived,
    DocumentReminded,
)
from danvan.documents.models import Distribution, Document
from danvan.documents.selectors import (
    free_numbers,
    group_of,
)
from danvan.documents.services import (
    distribute_document,
    match_received,
    open_distribution,
    propose_again,
    recall_document,
    receive_document,
    register_issued_document,
    remind_recipients,
)
from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries, OutboxEvent, StoredFile
from danvan.organisations.models import Lineage
from tests.documents.acts import enter
from tests.documents.papers import Paper
from tests.factories.province import make_grant, make_organisation

pytestmark = pytest.mark.django_db


def state():
    rows = Distribution.objects.order_by("pk").values()
    return (
        list(rows),
        Document.objects.count(),
        AuditEntry.objects.count(),
        OutboxEvent.objects.count(),
    )


def events_named(event):
    return [row.body for row in OutboxEvent.objects.filter(name=event.name).order_by("pk")]


def test_a_document_is_sent_to_many_units_in_one_act(province, letter, clerk):
    wanted = [one.pk for one in province.committees]
    made = distribute_document(letter, [*wanted, wanted[0]], actor=clerk)
    assert [one.unit_id for one in made] == wanted
    assert {(one.sent_by, one.opened_at, one.received_at) for one in made} == {(clerk, None, None)}
    assert events_named(DocumentDistributed) == [{"document_id": letter.pk, "unit_ids": wanted}]
    entry = AuditEntry.objects.get(action="documents.distribute")
    assert entry.details == {"unit_ids": wanted}
    more = distribute_document(letter, [wanted[0], province.front.pk], actor=clerk)
    assert [one.unit_id for one in more] == [province.front.pk]
    assert str(more[0]) == f"{letter.pk}>{province.front.pk}"


def test_the_units_of_a_group_are_those_of_the_day_without_the_sender(province, letter):
    make_organisation(province.communes[0], "party_committee", ended=date(2025, 7, 1))
    assert group_of(letter, "party_committee.commune") == [one.pk for one in province.committees]
    assert group_of(letter, "front_committee.commune") == [one.pk for one in province.fronts]
    assert group_of(letter, "everybody") == []
    own = register_issued_document(
        unit=province.committees[0], document_type="plan", abstract="x", issued_on=date(2026, 3, 2),
        actor=None,
    )  # fmt: skip
    assert group_of(own, "party_committee.commune") == []


def test_a_unit_that_cannot_take_it_is_refused_by_name_and_nobody_gets_it(province, letter):
    ended = make_organisation(
        province.place, "party_committee", name="Huyện ủy Con Cuông", ended=date(2025, 7, 1)
    )
    Lineage.objects.create(
        predecessor=ended, successor=province.committees[1], weight=1_000_000, measure="whole",
        estimated=False, happened_on=date(2025, 7, 1),
    )  # fmt: skip
    early = make_organisation(
        province.place, "party_committee", name="Đảng ủy Mới", founded=date(2027, 5, 1)
    )
    good = province.committees[0].pk
    before = state()
    with pytest.raises(RuleError) as refused:
        distribute_document(
            letter,
            [good, province.committee.pk, province.communes[0].pk, ended.pk, early.pk, 999_999],
            actor=None,
        )
    said = refused.value.message
    for words in (
        "Tỉnh ủy Nghệ An là nơi ban hành", "Xã Môn Sơn là địa bàn",
        "Huyện ủy Con Cuông đã kết thúc hoạt động từ 01/07/2025",
        "Nay là: Đảng ủy Xã Con Cuông", "Đảng ủy Mới chưa hoạt động", "không có trong sổ đơn vị",
    ):  # fmt: skip
        assert words in said
    assert len(refused.value.faults) == 5
    assert state() == before


@pytest.mark.parametrize(
    ("which", "said"),
    [("incoming", "văn bản đi"), ("nobody", "ít nhất một"), ("again", "đã gửi tới tất cả")],
)
def test_what_is_not_sent(province, letter, which, said):
    unit_ids = [province.committees[0].pk]
    document = letter
    if which == "incoming":
        document = enter(province, unit=province.front)
    elif which == "nobody":
        unit_ids = []
    else:
        distribute_document(letter, unit_ids, actor=None)
    before = state()
    with pytest.raises(RuleError, match=said):
        distribute_document(document, unit_ids, actor=None)
    assert state() == before


def test_opening_is_noted_once_with_who(province, sent, clerk):
    officer = make_grant(province.communes[0], "commune_officer")
    opened = open_distribution(sent[0], actor=officer)
    assert opened.opened_by == officer
    again = open_distribution(sent[0], actor=clerk)
    assert (again.opened_by, again.opened_at) == (officer, opened.opened_at)
    assert AuditEntry.objects.filter(action="documents.open").count() == 1


def test_receiving_enters_it_in_the_recipients_register_with_the_same_file(province, letter, sent):
    officer = make_grant(province.communes[0], "commune_officer")
    enter(province, unit=province.committees[0], content=Paper(symbol="1-KH/ĐU").as_txt(), name="b.txt")  # fmt: skip
    stored = StoredFile.objects.count()
    document = receive_document(sent[0], actor=officer, kept_by="Bí thư", note="x")
    document.refresh_from_db()
    assert (document.unit, document.direction) == (province.committees[0], Direction.INCOMING)
    assert (document.register_number, document.register_year) == (2, 2026)
    assert (document.symbol, document.issuer, document.signer) == (
        "07-NQ/TU", province.committee, "Trần Văn Bình",
    )  # fmt: skip
    assert (document.abstract, document.priority, document.pages) == ("về đối thoại", 1, 4)
    assert (document.due_on, document.kept_by) == (date(2027, 2, 1), "Bí thư")
    assert (document.file_id, StoredFile.objects.count()) == (letter.file_id, stored)
    assert files.read(document.file) == files.read(letter.file)
    assert (document.text, document.stage) == (letter.text, Stage.FILED)
    row = Distribution.objects.get(pk=sent[0].pk)
    assert (row.received, row.opened_by) == (document, officer)
    assert events_named(DocumentReceived) == [{"distribution_id": row.pk}]
    assert AuditEntry.objects.get(action="documents.receive").target == f"documents.document:{document.pk}"  # fmt: skip
    assert propose_again(document, actor=officer).stage == Stage.TO_REVIEW


def test_a_document_without_a_file_is_sent_and_received_too(province):
    letter = register_issued_document(
        unit=province.committee, document_type="plan", abstract="Kế hoạch", actor=None,
        issued_on=date(2026, 3, 2), due_on=date(2026, 4, 1),
    )  # fmt: skip
    [one] = distribute_document(letter, [province.front.pk], actor=None)
    received = receive_document(one, actor=None, received_on=date(2026, 5, 1))
    assert (received.file, received.text, received.symbol) == (None, "", "")
    assert received.due_on is None  # it had gone by when it came


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"received_on": date(2027, 1, 1)}, "received_on"),
        ({"received_on": date(2026, 3, 1)}, "received_on"),
        ({"register_number": "9"}, "register_number"),
    ],
)
def test_what_cannot_be_received_leaves_no_trace(province, sent, wrong, column):
    before = (*state(), list(NumberSeries.objects.values()))
    with pytest.raises(RuleError) as refused:
        receive_document(sent[0], actor=None, **wrong)
    assert column in {fault.column for fault in refused.value.faults}
    assert (*state(), list(NumberSeries.objects.values())) == before


def test_what_stands_in_the_register_already_is_matched_and_takes_no_second_number(province, sent):
    known = enter(province, unit=province.committees[0])
    with pytest.raises(DuplicateError) as refused:
        receive_document(sent[0], actor=None)
    assert refused.value.document_id == known.pk
    row = match_received(sent[0], known, actor=None)
    assert (row.received, Document.objects.count()) == (known, 2)
    assert free_numbers(known.unit_id, Direction.INCOMING, 2026) == []
    assert events_named(DocumentReceived) == [{"distribution_id": row.pk}]


def test_only_an_entry_of_that_register_that_came_no_other_way_is_matched(province, letter, sent):
    elsewhere = enter(province, unit=province.committees[1])
    taken = receive_document(sent[0], actor=None)
    again = register_issued_document(
        unit=province.committee, document_type="plan", abstract="Khác", actor=None,
        issued_on=date(2026, 3, 2),
    )  # fmt: skip
    [second] = distribute_document(again, [province.committees[0].pk], actor=None)
    for entry, said in ((elsewhere, "không thuộc sổ"), (taken, "đã gắn")):
        with pytest.raises(RuleError, match=said):
            match_received(second, entry, actor=None)
    second.refresh_from_db()
    assert second.received is None


STATES = ("sent", "opened", "received", "recalled")
ACTS = {
    "open": lambda one: open_distribution(one, actor=None),
    "receive": lambda one: receive_document(one, actor=None),
    "match": lambda one: match_received(
        one,
        Document.objects.filter(unit=one.unit, direction="incoming", came_by=None).get(),
        actor=None,
    ),
    "remind": lambda one: remind_recipients(one.document, unit_ids=[one.unit_id], actor=None),
    "recall": lambda one: recall_document(
        one.document, unit_ids=[one.unit_id], reason="nhầm", actor=None
    ),
    "send again": lambda one: distribute_document(one.document, [one.unit_id], actor=None),
}
# What each act leaves: (opened, received, reminded, recalled, rows of this unit); None where it is refused.
AFTER = {
    ("open", "sent"): (True, False, False, False, 1),
    ("open", "opened"): (True, False, False, False, 1),
    ("open", "received"): (True, True, False, False, 1),
    ("open", "recalled"): (False, False, False, True, 1),
    ("receive", "sent"): (True, True, False, False, 1),
    ("receive", "opened"): (True, True, False, False, 1),
    ("match", "sent"): (True, True, False, False, 1),
    ("match", "opened"): (True, True, False, False, 1),
    ("remind", "sent"): (False, False, True, False, 1),
    ("remind", "opened"): (True, False, True, False, 1),
    ("recall", "sent"): (False, False, False, True, 1),
    ("recall", "opened"): (True, False, False, True, 1),
    ("send again", "recalled"): (False, False, False, True, 2),
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_what_may_be_done_in_which_state_and_what_it_leaves(province, sent, act, before):
    one = sent[0]
    other = enter(
        province, unit=one.unit, content=Paper(symbol="1-KH/ĐU", body=()).as_txt(), name="b.txt"
    )
    assert other.unit == one.unit
    if before == "opened":
        open_distribution(one, actor=None)
    elif before == "received":
        receive_document(one, actor=None)
    elif before == "recalled":
        ACTS["recall"](one)
    stood = state()
    expected = AFTER.get((act, before))
    if expected is None:
        with pytest.raises(RuleError):
            ACTS[act](one)
        assert state() == stood
        return
    ACTS[act](one)
    rows = Distribution.objects.filter(unit=one.unit, document=one.document)
    first = rows.order_by("pk").first()
    found = (
        first.opened_at is not None, first.received_at is not None, first.reminded_at is not None,
        first.recalled_at is not None, rows.count(),
    )  # fmt: skip
    assert found == expected


def test_those_that_have_not_entered_it_are_reminded_once_a_day(province, letter, sent, settings):
    receive_document(sent[0], actor=None)
    assert remind_recipients(letter, actor=None) == 2
    left = [one.unit_id for one in sent[1:]]
    assert events_named(DocumentReminded) == [{"document_id": letter.pk, "unit_ids": left}]
    with pytest.raises(RuleError, match="Hôm nay đã nhắc"):
        remind_recipients(letter, actor=None)
    settings.DANVAN_TODAY = date(2027, 1, 4)
    assert remind_recipients(letter, unit_ids=left[:1], actor=None) == 1
    for one in sent[1:]:
        receive_document(one, actor=None)
    with pytest.raises(RuleError, match="đều đã vào sổ"):
        remind_recipients(letter, actor=None)


def test_taking_back_is_noted_and_refused_by_name_where_it_was_entered(
    province, letter, sent, clerk
):
    receive_document(sent[0], actor=None)
    before = state()
    with pytest.raises(RuleError, match="đã vào sổ ở: Đảng ủy Xã Môn Sơn"):
        recall_document(
            letter, unit_ids=[one.unit_id for one in sent], reason="gửi nhầm", actor=clerk
        )
    for reason in ("", "x" * 301):
        with pytest.raises(RuleError) as refused:
            recall_document(letter, reason=reason, actor=clerk)
        assert [fault.column for fault in refused.value.faults] == ["reason"]
    assert state() == before
    assert recall_document(letter, reason=" gửi  nhầm ", actor=clerk) == 2
    rows = Distribution.objects.exclude(recalled_at=None)
    assert {(one.recall_reason, one.recalled_by) for one in rows} == {("gửi nhầm", clerk)}
    assert events_named(DocumentRecalled) == [
        {"document_id": letter.pk, "unit_ids": [one.unit_id for one in sent[1:]]}
    ]
    with pytest.raises(RuleError, match="Không còn nơi nào"):
        recall_document(letter, reason="nữa", actor=clerk)
    with pytest.raises(RuleError, match="đã thu hồi văn bản này ngày 31/12/2026: gửi nhầm"):
        receive_document(sent[1], actor=None)


def test_a_refusal_names_ten_and_counts_the_others(province, letter):
    units = [
        make_organisation(province.place, "farmers_union", name=f"Hội {n:02}") for n in range(12)
    ]
    for one in distribute_document(letter, [unit.pk for unit in units], actor=None):
        receive_document(one, actor=None)
    with pytest.raises(RuleError, match="Hội 09 và 2 nơi khác"):
        recall_document(letter, unit_ids=[unit.pk for unit in units], reason="x", actor=None)


@pytest.mark.parametrize(
    ("act", "allowed_here"),
    [("send", {"clerk"}), ("remind", {"clerk"}), ("recall", {"clerk"})],
)
def test_who_may_send_on(province, letter, sent, act, allowed_here):
    acts = {
        "send": lambda actor: distribute_document(letter, [province.front.pk], actor=actor),
        "remind": lambda actor: remind_recipients(letter, actor=actor),
        "recall": lambda actor: recall_document(letter, reason="nhầm", actor=actor),
    }
    before = state()
    for place, role in (
        (province.place, "leader"), (province.place, "specialist"), (province.place, "administrator"),
        (province.communes[0], "clerk"), (province.communes[0], "commune_officer"),
    ):  # fmt: skip
        with pytest.raises(RuleError, match="ngoài phạm vi"):
            acts[act](make_grant(place, role))
    assert state() == before
    for role in allowed_here:
        acts[act](make_grant(province.place, role))
    assert state() != before


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        ("clerk", "here", True), ("commune_officer", "here", True), ("specialist", "here", True),
        ("leader", "here", False), ("administrator", "here", False), ("clerk", "beside", False),
        ("clerk", "above", True),
    ],
)  # fmt: skip
def test_who_may_receive(province, sent, role, where, may):
    places = {"here": province.communes[0], "beside": province.communes[1], "above": province.place}
    actor = make_grant(places[where], role)
    known = Document.objects.count()
    if may:
        assert receive_document(sent[0], actor=actor).registered_by == actor
        return
    with pytest.raises(RuleError) as refused:
        receive_document(sent[0], actor=actor)
    assert [fault.column for fault in refused.value.faults] == ["unit"]
    assert Document.objects.count() == known
