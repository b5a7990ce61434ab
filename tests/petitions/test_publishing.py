"""What becomes public of proposals and feedback: who asked, what a person confirmed, what is never shown."""

from datetime import date

import pytest

from danvan.foundation.models import AuditEntry
from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors import (
    proposed_covers,
    public_matter,
    publication_of,
    published_petitions,
)
from danvan.petitions.services import (
    accept_cluster,
    accept_petition,
    answer_cluster,
    ask_to_publish,
    decline_publication,
    dispute_answer,
    moderate_again,
    open_cluster,
    publish_petition,
    unpublish_petition,
)
from danvan.reading.covering import Covering
from danvan.reading.redacting import PrivateKind, PrivateSpan
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.published import ASKED, answered, asked, fresh, proposed, shown

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def test_who_asks_is_noted_once_with_the_day_by_which_a_person_looks(office, settings):
    settings.DANVAN_PUBLISH_DAYS = 10
    row = asked(office)
    again = ask_to_publish(row.petition, on=papers.TODAY, actor=None)
    assert (row.state, row.asked_on, row.due_on) == ("waiting", ASKED, date(2026, 10, 12))
    assert (again, again.due_on) == (row, row.due_on)
    assert (row.waits, row.late(row.due_on), row.late(date(2026, 10, 13))) == (True, False, True)
    assert (row.tone, str(row), publication_of(row.petition)) == (
        "orange",
        f"{row.petition_id}",
        row,
    )
    assert list(published_petitions()) == []
    assert papers.fresh(row.petition).wants_public


def test_a_complaint_is_never_made_public(office):
    petition = papers.received(office.unit)
    told = papers.refused(ask_to_publish, petition, on=ASKED)
    assert "khiếu nại, tố cáo thì không" in told.message
    assert not PublicPetition.objects.exists()


def test_it_is_not_asked_before_the_paper_came(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn"))
    told = papers.refused(ask_to_publish, petition, on=date(2026, 9, 1))
    assert [one.column for one in told.faults] == ["on"]


def test_what_is_shown_is_covered_where_it_tells_who_somebody_is_answered_or_not(office):
    row = shown(office)
    told = public_matter("YK-2026-0001")
    assert told.text == (
        "Tôi là [họ tên], ở bản Xiềng, gọi [số điện thoại]. Đèn đường trước nhà ông [họ tên] hỏng đã lâu."
    ).replace("bản Xiềng", told.text.split("ở ")[1].split(", gọi")[0])
    assert not any(words in told.text for words in ("Nam", "0912", "Tý"))
    assert (told.title, told.answer, told.standing) == (
        "Đèn đường hỏng", "", "Đã nhận, đang xem thuộc ai giải quyết",
    )  # fmt: skip
    assert (told.kind_label, told.look, told.open, told.unit_id) == (
        "Phản ánh", "watch", True, office.unit.pk,
    )  # fmt: skip
    assert (row.state, str(row), row.decided_by, row.waits) == (
        "shown", "YK-2026-0001", office.officer, False,
    )  # fmt: skip
    assert AuditEntry.objects.filter(action="petitions.publish").count() == 1
    assert row.petition.steps.filter(kind="shown").count() == 1
    assert not hasattr(told, "petition")


def test_the_sender_is_never_left_open_whatever_is_ticked(office):
    row = asked(office)
    told = papers.refused(publish_petition, row, Covering(), actor=office.officer)
    assert [one.column for one in told.faults] == ["text"]
    assert fresh(row).state == "waiting"


def test_without_the_key_file_nothing_is_published(office, settings, tmp_path):
    row = asked(office)
    covering = proposed(row)
    settings.DANVAN_KEYS = tmp_path / "none.json"
    told = papers.refused(publish_petition, row, covering, actor=office.officer)
    assert "kho khóa" in told.message
    assert proposed_covers(row)[1].marks


def test_an_officer_covers_more_words_and_leaves_open_what_names_no_private_person(office):
    row = asked(
        office,
        text="Cột đèn số 12 ở ngã ba hỏng. Bác sĩ Vi Văn Tý trạm y tế biết.",
        anonymous=True,
        persons=(),
    )
    row = publish_petition(row, Covering(words=("nga ba", "ngã ba hỏng")), actor=office.officer)
    assert row.text == "Cột đèn số 12 ở [đã che]. Bác sĩ Vi Văn Tý trạm y tế biết."
    [title, text, _] = proposed_covers(fresh(row), chosen=(), more=("trạm y tế",))
    assert [(one.words, one.covered) for one in text.marks] == [
        ("ngã ba hỏng", False), ("Vi Văn Tý", False), ("trạm y tế", True),
    ]  # fmt: skip
    assert text.shown.endswith("[đã che] biết.")
    assert "".join(words for words, _ in text.pieces) == text.text
    assert title.marks == []


def test_covers_longer_than_the_names_make_no_title_too_long(office):
    row = asked(office, title="ông Lê A, " * 30, anonymous=True, persons=())
    assert len(publish_petition(row, proposed(row), actor=None).title) == 400


def test_covers_that_fit_no_word_are_refused_all_at_once(office):
    row = asked(office, text="Đèn hỏng", anonymous=True, persons=())
    wrong = {
        "text": [PrivateSpan(4, 99, PrivateKind.NAME)],
        "other": [PrivateSpan(0, 1, PrivateKind.NAME)],
    }
    covering = Covering(spans=wrong, words=("cột điện", "đ"))
    told = papers.refused(publish_petition, row, covering, actor=office.officer)
    assert [one.column for one in told.faults] == ["text", "other", "words", "words"]


def test_what_overlaps_is_covered_as_one(office):
    row = asked(office, text="abc def ghi", anonymous=True, persons=())
    spans = [
        PrivateSpan(0, 5, PrivateKind.NAME),
        PrivateSpan(2, 7, PrivateKind.PHONE),
        PrivateSpan(3, 4, PrivateKind.NAME),
    ]
    row = publish_petition(row, Covering(spans={"text": spans}), actor=office.officer)
    assert row.text == "[đã che] ghi"


@pytest.mark.parametrize("stale", [{"seen": 99}, {"of": 99}])
def test_words_that_changed_since_the_page_was_opened_are_not_published(office, stale):
    row = asked(office)
    told = papers.refused(publish_petition, row, proposed(row), actor=office.officer, **stale)
    assert "Có người vừa" in told.message


def test_an_answer_asks_again_and_the_old_words_stay_until_a_person_looked(office):
    row = shown(office)
    accept_petition(row.petition, on=papers.ACCEPTED, actor=None)
    answered(papers.fresh(row.petition))
    row = fresh(row)
    assert (row.state, row.again_on, row.waits) == ("shown", papers.TODAY, True)
    assert public_matter(row.number).answer == ""
    assert public_matter(row.number).standing == "Đã trả lời"
    row = publish_petition(row, proposed(row), actor=office.officer)
    told = public_matter(row.number)
    assert (told.answer, told.answered_on) == ("Kính gửi ông [họ tên]: đã thay đèn.", papers.TODAY)
    assert (row.waits, row.number) == (False, "YK-2026-0001")
    dispute_answer(papers.fresh(row.petition), why="Chưa sáng", on=papers.TODAY, actor=None)
    assert public_matter(row.number).answer == "Kính gửi ông [họ tên]: đã thay đèn."


def test_the_answer_of_a_cluster_asks_each_of_its_members_again(office):
    rows = [shown(office), shown(office)]
    cluster = open_cluster([one.petition_id for one in rows], title="Đèn", actor=None)
    accept_cluster(cluster, on=papers.ACCEPTED, actor=None)
    papers.replied(papers.fresh(rows[0].petition))
    answer_cluster(
        cluster, text="Đã thay.", channel="code", outcome="resolved", on=papers.TODAY, actor=None
    )
    assert [fresh(one).again_on for one in rows] == [papers.TODAY, papers.TODAY]


def test_declined_for_a_reason_and_looked_through_again(office):
    row = asked(office)
    assert (
        papers.refused(decline_publication, row, reason=" ", actor=office.officer).faults[0].column
        == "reason"
    )
    row = decline_publication(row, reason="Lời lẽ xúc phạm người khác", actor=office.officer)
    assert (row.state, row.reason, row.title) == ("declined", "Lời lẽ xúc phạm người khác", "")
    for act in (publish_petition, decline_publication, unpublish_petition):
        more = {"covering": Covering()} if act is publish_petition else {"reason": "x"}
        assert papers.refused(act, row, actor=office.officer, **more).message
    row = moderate_again(row, actor=office.officer)
    assert (row.state, row.reason) == ("waiting", "")
    assert papers.refused(moderate_again, row, actor=office.officer).message
    assert publish_petition(row, proposed(row), actor=office.officer).state == "shown"
