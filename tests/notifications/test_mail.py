"""Letters: written once, sent once, tried again after a failure; nothing goes out without a mail server."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail as django_mail

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.notifications.enums import Topic, Way
from danvan.notifications.models import Letter, MailPreference, Notification
from danvan.notifications.selectors import latest, mail_state
from danvan.notifications.services import (
    mark_all_read,
    post_letters,
    send_digests,
    send_mail_due,
    set_mail_preference,
    tell,
)
from danvan.notifications.services.posting import NOWHERE, TRIES
from tests.factories import UserFactory
from tests.notifications.conftest import TODAY

pytestmark = pytest.mark.django_db
SAID = {"topic": Topic.REPORT, "words": "Báo cáo tháng 10/2026 được trả lại", "url": "/bieu-mau/7/"}


def reader(way=None, **given):
    user = UserFactory(full_name="Lê Thị Hoài An", **{"email": "an@danvan.test", **given})
    if way:
        MailPreference.objects.create(user=user, way=way)
    return user


class TestChoosing:
    def test_a_person_chooses_where_and_how_and_it_is_on_the_record(self):
        user = reader(email="")
        kept = set_mail_preference(user, way=Way.AT_ONCE, email=" an@moi.vn ", actor=user)
        user.refresh_from_db()
        assert (kept.way, user.email) == (Way.AT_ONCE, "an@moi.vn")
        kept = set_mail_preference(user, way=Way.NEVER, email="", actor=user)
        user.refresh_from_db()
        assert (kept.way, user.email) == (Way.NEVER, "")
        acts = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
        assert list(acts) == ["accounts.set_email", "notifications.set_mail_preference"] * 2
        assert all("an@" not in str(one.details) for one in AuditEntry.objects.all())

    @pytest.mark.parametrize(
        ("way", "email", "columns"),
        [
            ("", "an@moi.vn", ["way"]),
            ("thư", "", ["way", "email"]),
            (Way.DIGEST, " ", ["email"]),
            (Way.AT_ONCE, "an@", ["email"]),
        ],
    )
    def test_what_does_not_fit_together_is_refused_and_nothing_is_kept(self, way, email, columns):
        user = reader()
        with pytest.raises(RuleError) as refused:
            set_mail_preference(user, way=way, email=email, actor=user)
        assert [fault.column for fault in refused.value.faults] == columns
        user.refresh_from_db()
        assert (user.email, MailPreference.objects.count()) == ("an@danvan.test", 0)

    def test_the_page_is_told_how_it_stands(self, mail):
        user = reader()
        assert mail_state(user).way == Way.DIGEST
        assert mail_state(user).goes_out
        tell([user.pk], key="a", **SAID)
        send_digests()
        send_mail_due()
        state = mail_state(user)
        assert (state.email, state.stuck, state.last_sent_at is not None) == (user.email, 0, True)


class TestAtOnce:
    def test_what_is_new_goes_out_at_once_and_only_once(self, mail):
        user = reader(Way.AT_ONCE)
        tell([user.pk], key="a", **SAID)
        assert send_mail_due() == 1
        assert send_mail_due() == 0
        assert send_digests() == 0
        [letter] = mail
        assert letter.to == ["an@danvan.test"]
        assert letter.from_email == "danvan@danvan.test"
        assert letter.subject == "Dân Vận Số: Báo cáo tháng 10/2026 được trả lại"
        assert letter.body == (
            "Kính gửi đồng chí Lê Thị Hoài An,\n\n"
            "BÁO CÁO, BIỂU MẪU (1)\n"
            "- Báo cáo tháng 10/2026 được trả lại\n"
            "  https://danvan.test/bieu-mau/7/\n\n"
            "Tất cả thông báo: https://danvan.test/thong-bao/\n"
            "Đổi cách nhận thư: https://danvan.test/thong-bao/cach-nhan/\n\n"
            "Thư này do phần mềm gửi. Đồng chí vui lòng không trả lời thư.\n"
        )
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
        notice = latest(user)[0]
        assert letter.extra_headers["Message-ID"] == f"<notice.{notice.pk}@danvan.test>"
        assert notice.mailed_at is not None

    def test_several_at_a_time_are_one_letter_and_later_ones_another(self, mail):
        user = reader(Way.AT_ONCE)
        for key in "ab":
            tell([user.pk], key=key, **SAID)
        assert send_mail_due() == 1
        tell([user.pk], key="c", **SAID)
        assert send_mail_due() == 1
        assert [one.subject for one in mail] == [
            "Dân Vận Số: 2 thông báo mới",
            "Dân Vận Số: Báo cáo tháng 10/2026 được trả lại",
        ]

    def test_a_long_subject_is_cut(self, mail):
        user = reader(Way.AT_ONCE)
        tell([user.pk], key="a", **SAID | {"words": "dài " * 60})
        send_mail_due()
        assert mail[0].subject == "Dân Vận Số: " + ("dài " * 60)[:90] + "…"

    @pytest.mark.parametrize(
        "given",
        [
            {"way": Way.NEVER},
            {"way": Way.DIGEST},
            {"way": None},
            {"way": Way.AT_ONCE, "email": ""},
            {"way": Way.AT_ONCE, "is_active": False},
        ],
    )
    def test_whoever_does_not_want_it_or_cannot_get_it_gets_none(self, mail, given):
        user = reader(**given)
        tell([user.pk], key="a", **SAID)
        assert send_mail_due() == 0
        assert Letter.objects.count() == 0

    def test_what_was_read_in_the_meantime_is_not_sent(self, mail):
        user = reader(Way.AT_ONCE)
        tell([user.pk], key="a", **SAID)
        mark_all_read(actor=user)
        assert send_mail_due() == 0

    def test_old_news_is_not_sent_when_a_mail_server_is_set_late(self, mail, settings):
        user = reader(Way.AT_ONCE)
        tell([user.pk], key="a", **SAID)
        settings.DANVAN_TODAY = TODAY + timedelta(days=4)
        assert send_mail_due() == 0


class TestWithoutAMailServer:
    def test_nothing_is_written_or_sent(self, settings, mailoutbox):
        settings.DANVAN_MAIL_HOST = ""
        user = reader(Way.AT_ONCE)
        tell([user.pk, reader().pk], key="a", **SAID)
        assert (send_mail_due(), send_digests(), post_letters()) == (0, 0, 0)
        assert Letter.objects.count() == 0
        assert not mail_state(user).goes_out
        assert mailoutbox == []


class TestDigest:
    def test_one_letter_a_day_and_only_when_there_is_something(self, mail, settings):
        user = reader()
        assert send_digests() == 0
        for key in "ab":
            tell([user.pk], key=key, **SAID)
        tell([user.pk], key="c", **SAID | {"topic": Topic.COMMITMENT, "words": "Việc mới giao: A"})
        assert send_digests() == 1
        tell([user.pk], key="d", **SAID)
        assert send_digests() == 0
        assert send_mail_due() == 1
        assert mail[0].subject == "Dân Vận Số: 3 thông báo mới"
        assert mail[0].body.index("VIỆC PHẢI LÀM (1)") < mail[0].body.index("BÁO CÁO, BIỂU MẪU (2)")
        settings.DANVAN_TODAY = TODAY + timedelta(days=1)
        assert send_digests() == 1
        settings.DANVAN_TODAY = TODAY + timedelta(days=2)
        assert send_digests() == 0
        assert send_mail_due() == 1
        assert len(mail) == 2

    def test_not_before_the_hour_of_the_settings(self, mail, settings):
        tell([reader().pk], key="a", **SAID)
        settings.DANVAN_MAIL_HOUR = 24
        assert send_digests() == 0
        settings.DANVAN_MAIL_HOUR = 0
        assert send_digests() == 1

    @pytest.mark.parametrize("way", [Way.NEVER, Way.AT_ONCE])
    def test_whoever_wants_none_gets_none(self, mail, way):
        tell([reader(way).pk], key="a", **SAID)
        assert send_digests() == 0

    def test_a_long_group_is_cut_and_says_how_much_more_there_is(self, mail):
        user = reader()
        for number in range(25):
            tell([user.pk], key=str(number), **SAID)
        send_digests()
        send_mail_due()
        assert mail[0].body.count("được trả lại") == 20
        assert "- và 5 dòng khác" in mail[0].body
        assert "BÁO CÁO, BIỂU MẪU (25)" in mail[0].body

    def test_queries_grow_with_the_letters_only(self, mail, django_assert_max_num_queries):
        users = [reader(email=f"{n}@danvan.test") for n in range(3)]
        for key in range(30):
            tell([one.pk for one in users], key=str(key), **SAID)
        with django_assert_max_num_queries(10 + 10 * len(users)):
            assert send_digests() == 3


class FailingServer:
    """Answers the first messages with these faults, then takes them: a mail server of the tests."""

    def __init__(self, *faults):
        self.faults = list(faults)

    def install(self, monkeypatch):
        from django.core.mail.backends.locmem import EmailBackend

        server = self

        class Backend(EmailBackend):
            def send_messages(self, messages):
                if server.faults:
                    raise server.faults.pop(0)
                return super().send_messages(messages)

        monkeypatch.setattr(django_mail, "get_connection", lambda *a, **k: Backend())


def waits():
    return Letter.objects.update(due_at=clock.machine() - timedelta(seconds=1))


class TestFailure:
    @pytest.mark.parametrize(
        "fault", [smtplib.SMTPServerDisconnected("x"), ConnectionRefusedError(), TimeoutError()]
    )
    def test_a_failure_is_tried_again_later_and_nothing_is_lost_or_doubled(
        self, mail, monkeypatch, fault
    ):
        FailingServer(fault).install(monkeypatch)
        user = reader(Way.AT_ONCE)
        tell([user.pk], key="a", **SAID)
        assert send_mail_due() == 0
        letter = Letter.objects.get()
        assert (letter.tries, letter.sent_at, letter.failure) == (1, None, type(fault).__name__)
        assert mail_state(user).stuck == 1
        assert send_mail_due() == 0  # not due yet
        waits()
        assert send_mail_due() == 1
        waits()
        assert send_mail_due() == 0
        assert len(mail) == 1
        letter.refresh_from_db()
        assert (letter.tries, letter.failure, letter.body) == (2, "", "")
        assert mail_state(user).stuck == 0

    def test_one_that_fails_does_not_hold_up_the_next(self, mail, monkeypatch):
        FailingServer(smtplib.SMTPRecipientsRefused({})).install(monkeypatch)
        for number in range(2):
            tell([reader(Way.AT_ONCE, email=f"{number}@a.vn").pk], key=str(number), **SAID)
        assert send_mail_due() == 1
        assert [one.to for one in mail] == [["1@a.vn"]]

    def test_it_is_given_up_in_the_end_and_said_on_the_page(self, mail, monkeypatch):
        FailingServer(*[OSError()] * (TRIES + 5)).install(monkeypatch)
        user = reader(Way.AT_ONCE)
        tell([user.pk], key="a", **SAID)
        for _ in range(TRIES + 2):
            send_mail_due()
            waits()
        assert Letter.objects.get().tries == TRIES
        assert mail_state(user).stuck == 1

    def test_waits_grow_to_six_hours(self, mail, monkeypatch):
        FailingServer(*[OSError()] * TRIES).install(monkeypatch)
        tell([reader(Way.AT_ONCE).pk], key="a", **SAID)
        waited = []
        for _ in range(11):
            send_mail_due()
            letter = Letter.objects.get()
            waited.append(round((letter.due_at - clock.machine()).total_seconds() / 60))
            waits()
        assert waited == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]

    @pytest.mark.parametrize("gone", [{"email": ""}, {"is_active": False}])
    def test_whoever_went_away_after_it_was_written_is_not_written_to(self, mail, gone):
        user = reader()
        tell([user.pk], key="a", **SAID)
        send_digests()
        type(user).objects.update(**gone)
        assert post_letters() == 0
        assert (Letter.objects.get().failure, mail) == (NOWHERE, [])

    def test_a_letter_in_another_worker_s_hands_is_left_to_it_until_its_lease_is_over(self, mail):
        tell([reader().pk], key="a", **SAID)
        send_digests()
        Letter.objects.update(claimed_until=clock.machine() + timedelta(minutes=5))
        assert post_letters() == 0
        Letter.objects.update(claimed_until=clock.machine() - timedelta(seconds=1))
        assert post_letters() == 1
        assert len(mail) == 1

    def test_a_claim_lost_between_the_look_and_the_lock_sends_nothing(self, mail, monkeypatch):
        from danvan.notifications.services import posting

        tell([reader().pk], key="a", **SAID)
        send_digests()
        letter = Letter.objects.get()
        Letter.objects.update(sent_at=clock.machine())
        assert posting._post(letter.pk, django_mail.get_connection()) is False
        assert mail == []


def test_a_letter_written_by_another_worker_a_moment_ago_is_not_written_again(mail):
    from danvan.notifications.services import letters

    user = reader()
    tell([user.pk], key="a", **SAID)
    assert letters._write_digest(user.pk, [], date(2026, 11, 20)) is True
    assert letters._write_digest(user.pk, [], date(2026, 11, 20)) is False
    assert letters._write_at_once(user.pk) is False
    assert Letter.objects.count() == 1
    assert Notification.objects.get().mailed_at is not None
