"""Two communes merge by the register's own act while work is under way, and it is undone: all as it was, told exactly once."""

from collections import Counter
from datetime import date

import pytest
from django.apps import apps

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, StaleTally
from danvan.commitments.services import (
    accept_risk,
    ask_about,
    ask_extension,
    claim_done,
    close_commitment,
    decline_commitment,
    issue_follow_code,
    say_not_yet,
    start_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.models import Delivery, OutboxEvent
from danvan.organisations.services import reorganising
from tests.commitments.conftest import Ledger
from tests.factories.merging import apply_merger
from tests.notifications.hearing import heard
from tests.once import once, own

MERGED = date(2026, 11, 19)
OPEN = (
    "Mới giao",
    "Không nhận",
    "Đang làm",
    "Chờ gia hạn",
    "Rủi ro",
    "Báo xong",
    "Người hỏi: chưa xong",
)
ENDED = ("Đã kiểm tra", "Đã đóng", "Đã rút")  # fmt: skip


class Work:
    """One commitment in each state, led by the two communes that merge; one of the third; an explanation asked."""

    def __init__(self):
        self.ledger = ledger = Ledger()
        leads = (ledger.lead, ledger.other)
        titles = (*OPEN, *ENDED)
        self.rows = dict(zip(titles, ledger.assign(*(
            ledger.assignment(lead_id=leads[n % 2].pk, title=title) for n, title in enumerate(titles)
        )), strict=True))  # fmt: skip
        ledger.one(lead_id=ledger.province.governments[2].pk, title="Xã khác")
        row, day = self.rows, {"actor": None}
        decline_commitment(row["Không nhận"], words="Không đúng thẩm quyền", **day)
        for title in ("Đang làm", "Chờ gia hạn"):
            start_commitment(row[title], **day)
        ask_extension(row["Chờ gia hạn"], until=date(2027, 1, 31), reason="Mưa lũ", **day)
        accept_risk(
            row["Rủi ro"], until=date(2027, 3, 31), reason="Chờ vốn", document="1-QĐ/TU", **day
        )
        for title in ("Báo xong", "Người hỏi: chưa xong", "Đã kiểm tra", "Đã đóng"):
            claim_done(row[title], result="Xong", **day)
        for title in ("Người hỏi: chưa xong", "Đã kiểm tra", "Đã đóng"):
            verify_commitment(row[title], finding="Đã xem", **day)
        close_commitment(row["Đã đóng"], **day)
        withdraw_commitment(row["Đã rút"], words="Giao nhầm", **day)
        code = issue_follow_code([row["Người hỏi: chưa xong"]], **day)
        say_not_yet(code, row["Người hỏi: chưa xong"], "Còn thiếu cọc tiêu")
        ask_about([row["Đang làm"]], question="Vì sao chậm?", due_on=date(2026, 11, 27), **day)


_work = once(Work, DANVAN_TODAY=date(2026, 11, 18))


@pytest.fixture
def work(db, _work):
    return own(_work)


def whole():
    """Every row of every table of the ledger; whose counts are to be made again is no part of it."""
    tables = set(apps.get_app_config("commitments").get_models()) - {StaleTally}
    return {table.__name__: list(table._base_manager.order_by("pk").values()) for table in tables}


def published(since):
    return Counter(OutboxEvent.objects.filter(pk__gt=since).values_list("name", flat=True))


def test_open_work_passes_to_the_heir_and_comes_back_and_each_is_told_once(work):
    heard()
    before, last = whole(), OutboxEvent.objects.order_by("pk").last().pk
    applied = apply_merger(work.ledger.province, on=MERGED)
    heir = Commitment.objects.get(title="Mới giao").lead
    leads = dict(Commitment.objects.values_list("title", "lead_id"))
    assert heir.versions.get().name == "UBND xã Chi Khê"
    assert {title for title, lead in leads.items() if lead == heir.pk} == set(OPEN)
    states = {one["title"]: one["state"] for one in before["Commitment"]}
    assert dict(Commitment.objects.values_list("title", "state")) == states
    assert set(states.values()) == set(State) - {State.SUPERSEDED}
    asked = f"Việc {work.rows['Đang làm'].number}: Đang làm"
    assert sorted((who, words) for who, words, _ in heard()) == [
        ("Lô Văn Thắng", f"7 việc chuyển đến theo {applied.number} để chủ trì"),
        ("Lô Văn Thắng", f"Chuyển đến theo {applied.number} để trả lời: {asked}"),
    ]
    passed = {"organisations.units_reorganised": 1, "commitments.passed": 2}  # leads, explainers
    assert published(last) == passed

    reorganising.undo_reorganisation(applied, why="Sai ngày", actor=None)
    assert heard() == []
    assert whole() == before
    assert published(last) == {**passed, "organisations.reorganisation_undone": 1}
    assert not Delivery.objects.filter(delivered_at=None).exists()
