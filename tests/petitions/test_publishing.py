"""What becomes public of proposals and feedback: who asked, what a person confirmed, what is never shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation import search
from danvan.foundation.models import AuditEntry
from danvan.foundation.models import OutboxEvent as Event
from danvan.petitions.models import Petition, PublicPetition
from danvan.petitions.selectors import (
    late_publications,
    moderation_lines,
    proposed_covers,
    public_matter,
    public_matters,
    publication_of,
    publications_by_unit,
    publications_listed,
    published_petitions,
    waiting_publications,
)
from danvan.petitions.services import (
    accept_cluster,
    accept_petition,
    answer_cluster,
    answer_petition,
    ask_to_publish,
    bar_user,
    carry_out_data_request,
    decline_publication,
    dispute_answer,
    give_code,
    keep_private_by_code,
    moderate_again,
    open_cluster,
    publish_petition,
    reclassify_petition,
    take_wish_back,
    unpublish_petition,
    withdraw_petition,
)
from danvan.petitions.services.publishing import OWN_WISH
from danvan.petitions.services.vault import AccusedDraft, seal_petition
from danvan.reading.covering import Covering
from danvan.reading.redacting import PrivateKind, PrivateSpan
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ASKED = date(2026, 10, 2)
TEXT = (
    "Tôi là Lô Văn Nam, ở bản Xiềng, gọi 0912345678. Đèn đường trước nhà ông Vi Văn Tý hỏng đã lâu."
)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def asked(office, title="Đèn đường hỏng", text=TEXT, kind="feedback", **more):
    petition = papers.received(office.unit, papers.matter(kind, title, text=text), **more)
    Petition.objects.filter(pk=petition.pk).update(text=text)  # of before senders were hidden
    return ask_to_publish(papers.fresh(petition), on=ASKED, actor=None)


def proposed(row):
    """Everything that is proposed, as an officer who changes nothing sends it."""
    return Covering(
        spans={one.part: [mark.span for mark in one.marks] for one in proposed_covers(row)}
    )


def shown(office, **more):
    row = asked(office, **more)
    return publish_petition(row, proposed(row), actor=office.officer)


def fresh(row):
    return PublicPetition.objects.select_related("petition__paper").get(pk=row.pk)


def answered(petition, text="Kính gửi ông Lô Văn Nam: đã thay đèn."):
    answer_petition(papers.replied(petition), text=text, channel="code", outcome="resolved", on=papers.TODAY, actor=None)  # fmt: skip


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


def test_taken_down_its_words_are_gone_and_found_no_more(office):
    row = shown(office)
    assert list(search.find(published_petitions(), "đèn đường")) == [row]
    row = unpublish_petition(row, reason="Trùng nội dung", actor=office.officer)
    assert (row.state, row.title, row.text, row.text_spans) == ("taken_down", "", "", [])
    assert list(search.find(PublicPetition.objects.all(), "đèn đường")) == []
    assert public_matter("YK-2026-0001") is None
    row = moderate_again(row, actor=office.officer)
    assert publish_petition(row, proposed(row), actor=office.officer).number == "YK-2026-0001"


def test_reclassified_as_a_complaint_it_is_public_no_longer(office):
    row = shown(office)
    reclassify_petition(row.petition, kind="complaint", why="Khiếu nại quyết định", actor=None)
    row = fresh(row)
    assert (row.state, row.reason) == ("taken_down", "Đơn được phân loại lại thành khiếu nại.")
    assert papers.refused(moderate_again, row, actor=office.officer).message.startswith(
        "Chỉ kiến nghị"
    )
    Petition.objects.filter(pk=row.petition_id).update(kind="complaint")
    PublicPetition.objects.filter(pk=row.pk).update(state="shown", title="x")
    assert list(published_petitions()) == []


def test_an_erased_sender_is_public_no_longer_and_never_again(office):
    row, waits = shown(office, kind="proposal"), asked(office, kind="proposal")
    for one in (row, waits):
        withdraw_petition(papers.fresh(one.petition), on=papers.TODAY, actor=None)
    person = row.petition.paper.signatures.get().petitioner
    wish = papers.asked(row.petition, person, "erase", on=papers.TODAY)
    carry_out_data_request(wish, told=papers.DONE, checked=True, on=papers.TODAY, actor=None)
    assert [(fresh(one).state, fresh(one).text) for one in (row, waits)] == [
        ("taken_down", ""), ("declined", ""),
    ]  # fmt: skip
    told = papers.refused(moderate_again, fresh(row), actor=office.officer)
    assert "không công khai lại" in told.message


def test_moved_into_the_vault_nothing_of_it_is_left_in_public(office):
    row = shown(office)
    accused = (AccusedDraft(name="Hoàng Quốc Tí", post="Phó chủ tịch", organisation="UBND xã"),)
    seal_petition(row.petition, accused=accused, actor=office.officer)
    assert not PublicPetition.objects.exists()
    assert list(search.find(PublicPetition.objects.all(), "đèn đường")) == []


def test_the_list_shows_what_waits_within_reach_and_nothing_against_the_reader(office):
    late, again = asked(office), shown(office)
    PublicPetition.objects.filter(pk=again.pk).update(
        again_on=papers.TODAY, due_on=date(2026, 11, 30)
    )
    against = asked(office)
    bar_user(against.petition, user=office.officer, actor=None)
    listed = publications_listed(office.officer, "waiting").order_by("due_on")
    assert [(one.row, one.late) for one in moderation_lines(listed)] == [
        (late, True),
        (again, False),
    ]
    assert (waiting_publications(office.officer), waiting_publications(office.stranger)) == (2, 0)
    assert list(publications_listed(office.officer, "shown")) == [again]


@pytest.mark.parametrize("which", ["public", "list"])
def test_a_list_costs_the_same_queries_at_one_and_three_rows(office, which):
    def read():
        with CaptureQueriesContext(connection) as seen:
            if which == "public":
                assert public_matters(published_petitions())
            else:
                assert moderation_lines(publications_listed(office.officer, "shown"))
        return len(seen)

    shown(office)
    one = read()
    shown(office), shown(office)
    assert read() == one


NEVER = (
    "waiting",
    "declined",
    "Người gửi không muốn công khai",
    "Không công khai trên Cổng Nhân dân",
    "decline_publication",
)
STOOD = ("shown", "taken_down", "Đã gỡ", "Gỡ khỏi Cổng Nhân dân", "unpublish")


@pytest.mark.parametrize(("state", "after", "standing", "step", "act"), [NEVER, STOOD])
def test_who_sent_it_takes_the_wish_back_at_once_until_they_wish_it_again(
    office, state, after, standing, step, act
):
    row = asked(office) if state == "waiting" else shown(office)
    code = give_code(papers.fresh(row.petition), actor=None).code
    before = Event.objects.filter(name="petitions.hidden").count()
    keep_private_by_code(code)
    row = fresh(row)
    assert (row.state, row.reason, row.title, row.text) == (after, OWN_WISH, "", "")
    last = row.petition.steps.order_by("pk").last()
    assert (row.standing, last.get_kind_display(), last.words) == (standing, step, OWN_WISH)
    assert AuditEntry.objects.filter(action=f"petitions.{act}").count() == 1
    assert list(published_petitions()) == []
    assert list(search.find(PublicPetition.objects.all(), "đèn đường")) == []
    assert not papers.fresh(row.petition).wants_public
    assert AuditEntry.objects.filter(action="petitions.take_wish_back", actor=None).count() == 1
    assert Event.objects.filter(name="petitions.hidden").count() == before + 1
    keep_private_by_code(code)  # said again
    assert AuditEntry.objects.filter(action="petitions.take_wish_back").count() == 1
    told = papers.refused(moderate_again, row, actor=office.officer)
    assert "Người gửi không muốn công khai nữa" in told.message
    assert ask_to_publish(papers.fresh(row.petition), on=papers.TODAY, actor=office.officer) == row
    assert papers.fresh(row.petition).wants_public
    assert moderate_again(fresh(row), actor=office.officer).state == "waiting"


def test_an_officer_who_was_reading_it_meanwhile_publishes_nothing(office):
    row = asked(office)
    covering, seen = proposed(row), row.changes
    take_wish_back(row.petition, actor=None)
    told = papers.refused(publish_petition, row, covering, actor=office.officer, seen=seen)
    assert "vừa duyệt" in told.message
    assert "thôi công khai" in papers.refused(publish_petition, fresh(row), covering, actor=office.officer).message  # fmt: skip


def test_each_unit_is_seen_with_what_is_late_and_what_was_not_made_public(office):
    late, open_one, gone = asked(office), shown(office), asked(office)
    decline_publication(gone, reason="Xúc phạm", actor=office.officer)
    against = asked(office)
    bar_user(against.petition, user=office.officer, actor=None)
    [line] = publications_by_unit(office.officer)
    assert (line.unit_id, line.waiting, line.late, line.shown, line.declined, line.taken_down) == (
        office.unit.pk, 1, 1, 1, 1, 0,
    )  # fmt: skip
    assert line.unit_name
    assert list(late_publications(office.officer)) == [late]
    assert list(publications_listed(office.officer, "shown", unit_id=office.unit.pk)) == [open_one]
    assert list(publications_listed(office.officer, "shown", unit_id=office.other.pk)) == []
    assert publications_by_unit(office.stranger) == []
