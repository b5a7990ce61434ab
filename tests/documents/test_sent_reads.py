"""What was sent on, as its readers see it: reading follows the sending, counts open, cards say where from."""

import pytest

from danvan.documents.selectors import (
    Counts,
    allowed_distributions,
    allowed_documents,
    counts_of,
    incoming,
    kept_documents,
    recipients,
    related_by,
    relations_of,
    sent_lines,
    standing_of,
    waiting_to_enter,
)
from danvan.documents.selectors.registers import RegisterFilter
from danvan.documents.services import (
    open_distribution,
    recall_document,
    receive_document,
)
from tests.documents.acts import enter
from tests.documents.papers import Paper
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db


def test_reading_follows_the_sending_and_nothing_else_does(province, letter, sent):
    here = make_grant(province.communes[0], "commune_officer")
    assert list(allowed_documents(here, "documents.view")) == [letter]
    for action in ("documents.register", "documents.distribute"):
        assert list(allowed_documents(here, action)) == []
    assert list(kept_documents(here, "documents.view")) == []
    assert list(incoming(here, RegisterFilter())) == []
    beside = make_grant(province.place, "clerk", follows="line")
    assert list(allowed_documents(beside, "documents.view")) == []
    recall_document(letter, unit_ids=[sent[0].unit_id], reason="nhầm", actor=None)
    assert list(allowed_documents(here, "documents.view")) == []
    assert allowed_distributions(here, "documents.view").count() == 1  # that it came is not erased


def test_what_waits_is_shown_to_the_units_own_people_first(province, letter, sent):
    officer, above = make_grant(province.communes[0], "commune_officer"), make_grant(province.place, "clerk")  # fmt: skip
    assert list(waiting_to_enter(officer)) == [sent[0]]
    assert list(waiting_to_enter(above)) == []
    assert set(waiting_to_enter(above, everywhere=True)) == set(sent)
    [(one, unit, sender)] = sent_lines(waiting_to_enter(officer))
    assert (one, unit, sender) == (sent[0], "Đảng ủy Xã Môn Sơn", "Tỉnh ủy Nghệ An")
    receive_document(sent[0], actor=None)
    assert list(waiting_to_enter(officer)) == []


def test_the_counts_open_to_those_behind_them(province, letter, sent):
    open_distribution(sent[0], actor=None)
    receive_document(sent[1], actor=None)
    recall_document(letter, unit_ids=[sent[2].unit_id], reason="nhầm", actor=None)
    counts = counts_of([letter.pk])[letter.pk]
    assert counts == Counts(sent=2, opened=2, entered=1, recalled=1)
    assert counts.waiting == 1
    by_state = {
        state: [one.pk for one in recipients(letter, state)]
        for state in ("", "da-mo", "da-vao-so", "chua-vao-so", "thu-hoi", "x")
    }
    first, second, third = (one.pk for one in sent)
    assert by_state == {
        "": [first, second, third], "da-mo": [first, second], "da-vao-so": [second],
        "chua-vao-so": [first], "thu-hoi": [third], "x": [first, second, third],
    }  # fmt: skip
    assert counts_of([]) == {}


def test_a_card_says_where_a_document_came_from_and_went(province, letter, sent, clerk):
    received = receive_document(sent[0], actor=None)
    officer = make_grant(province.communes[0], "commune_officer")
    here = standing_of(officer, received)
    assert (here.came_by.sender, here.came_by.distribution.pk) == ("Tỉnh ủy Nghệ An", sent[0].pk)
    assert (here.may_amend, here.may_send, here.counts) == (True, False, None)
    there = standing_of(clerk, letter)
    assert (there.may_amend, there.may_send, there.came_by) == (True, True, None)
    assert there.counts.sent == 3
    alone = enter(province, unit=province.front, content=Paper(symbol="9-NQ/TU").as_txt(), name="c.txt")  # fmt: skip
    assert standing_of(clerk, alone).came_by is None
    assert (relations_of(clerk, letter), related_by(clerk, letter)) == ([], [])
