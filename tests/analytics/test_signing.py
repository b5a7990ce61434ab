"""Signing freezes a report, enters it into the register once, and refuses with the list of what does not add up."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from danvan.activities.enums import ActivityKind
from danvan.activities.services import withdraw_activity
from danvan.analytics.models import Review
from danvan.analytics.selectors import allowed_reviews, changes_since, reviews_of, summary_of
from danvan.analytics.services import sign_review
from danvan.analytics.summary import compose_summary
from danvan.documents.models import Document
from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries, OutboxEvent
from danvan.foundation.periods import Period
from danvan.organisations.enums import Kind
from tests.analytics.conftest import did
from tests.analytics.test_docx_review import parts_of, words
from tests.factories.province import make_grant, make_organisation, make_place, make_user

YEAR = Period.parse("2026")


@pytest.fixture
def leader(province):
    province.board = make_organisation(
        province.place, Kind.ADVISORY_BOARD, name="Ban Tuyên giáo và Dân vận Tỉnh ủy Nghệ An"
    )
    user = make_user("Nguyễn Hải Yến")
    user.position = "Trưởng Ban"
    user.save()
    return make_grant(province.place, "leader", user=user)


def told(summary):
    return [(figure.key, figure.text, figure.note_text) for figure in summary.figures]


def everything():
    return (
        Review.objects.count(),
        Document.objects.count(),
        AuditEntry.objects.count(),
        OutboxEvent.objects.count(),
        list(NumberSeries.objects.order_by("key").values_list("key", "last")),
    )


def test_signing_keeps_every_figure_and_registers_the_report(province, leader):
    composed = compose_summary(province.place.pk, YEAR)

    review = sign_review(province.place.pk, YEAR, actor=leader)

    assert told(summary_of(review)) == told(composed)
    assert (review.number, review.replaces, review.as_of) == (1, None, date(2026, 12, 31))
    assert review.checks[0]["label"] == "Tổng bằng các phần"
    document = review.document
    assert document.unit == province.board
    assert (document.direction, document.document_type, document.signer) == ("outgoing", "report", "Nguyễn Hải Yến")  # fmt: skip
    assert document.abstract == "Báo cáo kết quả công tác dân vận năm 2026 của tỉnh Nghệ An"
    assert document.file == review.file
    body, *_ = parts_of(files.read(review.file))
    text = words(body)
    assert "BAN TUYÊN GIÁO VÀ DÂN VẬN" in text
    assert "-BC/BTGDVTU" in text
    assert "Trưởng Ban" in text
    assert "(chưa ký)" not in text
    entry = AuditEntry.objects.get(action="analytics.sign_review")
    assert (entry.actor, entry.details) == (
        leader,
        {"unit_id": province.place.pk, "document_id": document.pk},
    )
    event = OutboxEvent.objects.get(name="analytics.review_signed")
    assert event.body == {
        "review_id": review.pk,
        "unit_id": province.place.pk,
        "replaces_id": None,
    }


def test_what_was_signed_stays_and_what_changed_since_is_told(province, leader):
    review = sign_review(province.place.pk, YEAR, actor=leader)
    signed = told(summary_of(review))
    assert changes_since(review) == []

    did(province.fronts[1], ActivityKind.SUPERVISION)
    did(province.fronts[1], ActivityKind.DIALOGUE)

    review.refresh_from_db()
    assert told(summary_of(review)) == signed
    changes = {(one.then or one.now).key: one for one in changes_since(review)}
    two = province.two.pk
    assert set(changes) == {
        f"target:{two}:met",
        f"target:{two}:missing",
        "activities:supervision:quantity",
        "activities:dialogue:quantity",
        "activities:dialogue:units",
    }
    moved = changes["activities:supervision:quantity"]
    assert (moved.then.numerator, moved.now.numerator) == (3, 4)
    assert moved.number == summary_of(review).numbers[moved.then.key]
    assert (changes["activities:dialogue:units"].then, changes["activities:dialogue:units"].number) == (None, None)  # fmt: skip


def test_a_report_whose_records_are_all_gone_tells_every_figure_as_changed(settings, db):
    place = make_place("Tỉnh Nghệ An")
    make_organisation(place, Kind.PARTY_COMMITTEE, name="Tỉnh ủy Nghệ An")
    record = did(make_organisation(place), ActivityKind.DIALOGUE)
    review = sign_review(place.pk, YEAR, actor=make_grant(place, "leader"))

    withdraw_activity(record, actor=None, why="Ghi nhầm")

    changes = changes_since(review)
    assert [one.number for one in changes] == [1, 2]
    assert {one.now for one in changes} == {None}


def test_signing_again_is_a_new_edition_that_replaces_the_last(province, leader):
    first = sign_review(province.place.pk, YEAR, actor=leader)
    did(province.fronts[1], ActivityKind.SUPERVISION)

    second = sign_review(province.place.pk, YEAR, actor=leader, seen=1)

    assert (second.number, second.replaces) == (2, first)
    assert summary_of(second).edition == "Bản 2, thay thế bản 1 ngày 31/12/2026"
    assert "thay thế bản 1" in second.document.abstract
    assert second.document.pk != first.document.pk
    assert reviews_of(province.place.pk, YEAR) == [second, first]
    assert summary_of(first).edition == ""


def test_the_same_again_is_still_its_own_document(province, leader):
    first = sign_review(province.place.pk, YEAR, actor=leader)

    second = sign_review(province.place.pk, YEAR, actor=leader)

    assert first.file != second.file


def test_who_signed_in_between_is_named_and_nothing_is_kept(province, leader):
    sign_review(province.place.pk, YEAR, actor=leader, seen=0)
    before = everything()

    with pytest.raises(RuleError, match="Đồng chí Nguyễn Hải Yến vừa ký bản 1"):
        sign_review(province.place.pk, YEAR, actor=leader, seen=0)

    assert everything() == before


@pytest.mark.parametrize(
    ("role", "where", "period", "says"),
    [
        ("specialist", "place", "2026", "chưa được ký"),
        ("leader", "commune", "2026", "chưa được ký"),
        ("leader", "place", "2027", "chưa bắt đầu"),
        ("leader", "place", "2020", "nên chưa lập được báo cáo"),
    ],
)
def test_signing_is_refused_in_words_and_leaves_no_trace(province, role, where, period, says):
    unit = {"place": province.place, "commune": province.communes[0]}[where]
    actor = make_grant(unit, role)
    before = everything()

    with pytest.raises(RuleError, match=says):
        sign_review(province.place.pk, Period.parse(period), actor=actor)

    assert everything() == before


def test_a_place_without_an_organisation_that_issues_cannot_sign(province):
    special = make_place("Đặc khu Phú Quốc", under=province.place)
    did(make_organisation(special), ActivityKind.DIALOGUE)
    before = everything()

    with pytest.raises(RuleError, match="chưa có ban tham mưu hay cấp ủy"):
        sign_review(special.pk, YEAR, actor=make_grant(special, "leader"))

    assert everything() == before


def test_reviews_are_read_where_reports_may_be_composed(province, leader):
    review = sign_review(province.place.pk, YEAR, actor=leader)

    assert list(allowed_reviews(leader, "reports.compose")) == [review]
    elsewhere = make_grant(province.communes[0], "leader")
    assert list(allowed_reviews(elsewhere, "reports.compose")) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_one_is_told_of_the_other(province, leader):
    together, ended = Barrier(2), []

    def sign():
        together.wait()
        try:
            ended.append(sign_review(province.place.pk, YEAR, actor=leader, seen=0).number)
        except RuleError as refused:
            ended.append(refused.message[:8])
        finally:
            connections.close_all()

    threads = [Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, ended)) == ["1", "Đồng chí"]
    assert Review.objects.count() == 1
