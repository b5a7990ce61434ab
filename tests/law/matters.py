"""Clocks for tests: a kind of matter that a module might hold, and what is said to it."""

from datetime import date

import pytest

from danvan.law import holders, holding
from danvan.law.services import Starting, Term, start_clock

KIND = "tests.matter"
RECEIVED = date(2026, 11, 20)


def begin(subject_id=1, n=7, counted="WD", on=RECEIVED, **more):
    """A clock of this kind: 07 ngày làm việc từ 20/11/2026 unless said."""
    return start_clock(KIND, Starting(subject_id, Term(n, counted), on, **more), actor=None)


class Petitions:
    """Who holds these matters: names them, and keeps what it is told."""

    kind, label = KIND, "đơn thư"

    def __init__(self):
        self.told, self.looked = [], []

    def titles(self, subject_ids):
        return {one: f"Đơn số {one}" for one in subject_ids}

    def moved(self, moves, *, actor):
        self.told += moves

    def look_again(self, *, on):
        self.looked.append(on)


@pytest.fixture
def petitions(monkeypatch):
    """The holder, registered for one test."""
    monkeypatch.setattr(holding, "_holders", {})
    holder = Petitions()
    holders.register(holder)
    return holder
