"""People register to come before a dialogue: counted, never past the seats, changed and taken back by the code."""

import pytest

from danvan.commitments.models import FollowCode
from danvan.dialogues import services
from danvan.dialogues.models import DialogueQuestion, DialogueRegistration
from danvan.dialogues.selectors import (
    named_registrations,
    registered,
    registration_behind,
    talk_behind,
)
from danvan.foundation.models import AuditEntry
from tests.dialogues import talks
from tests.dialogues.talks import COMING
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
_province = once(Province, DANVAN_TODAY=talks.TODAY)


@pytest.fixture
def unit(_province, settings):
    settings.DANVAN_TODAY = talks.TODAY
    return own(_province).committees[0]


@pytest.fixture
def taking(unit):
    """A dialogue of next week with ten seats."""
    one = talks.announced(unit, held_on=COMING)
    return services.open_questions(one, until=COMING, seats=10, actor=None)


def register(dialogue, people, content="", name="", seed=""):
    return services.send_question(
        dialogue,
        content=content,
        name=name,
        people=people,
        seed=seed or f"lần {FollowCode.objects.count()}",
        address="1.2.3.4",
    ).code


def refused(act, *args, **more):
    return talks.refused(lambda actor: act(*args, **more))


def test_people_are_counted_and_no_more_than_there_are_seats(taking):
    code = register(taking, 4, name=" Lô Văn Nam ")
    assert register(taking, 4, name="Lô Văn Nam", seed="lần 0") == code
    both = register(taking, 5, content="Cầu treo bao giờ sửa?")
    found = registered(taking)
    assert (found.people, found.entries, found.left) == (9, 2, 1)
    assert [one.name for one in named_registrations(taking)] == ["Lô Văn Nam"]
    assert DialogueQuestion.objects.get().slip == registration_behind(both).slip
    few = refused(register, taking, 2)
    assert [(one.column, "chỉ còn 1 chỗ" in one.message) for one in few.faults] == [
        ("people", True)
    ]
    register(taking, 1)
    assert "đã đủ người đăng ký" in refused(register, taking, 1).message
    assert registered(taking).people == 10
    assert FollowCode.objects.count() == 3
    assert "DialogueRegistration" not in str(AuditEntry.objects.values())
    assert "Lô Văn Nam" not in str([*AuditEntry.objects.values()])


@pytest.mark.parametrize("people", [-1, 21, 10**8])
def test_so_many_at_once_are_a_slip_of_the_finger(taking, people):
    assert "từ 1 đến 20 người" in refused(register, taking, people).message
    assert not DialogueRegistration.objects.exists()


def test_a_registration_is_changed_and_taken_back_by_its_code(taking, settings):
    code, other = register(taking, 4, name="Lô Văn Nam"), register(taking, 5)
    services.change_registration(code, people=5)
    assert "chỉ còn 5 chỗ" in refused(services.change_registration, code, people=6).message
    services.withdraw_registration(code)
    services.withdraw_registration(code)
    found = registration_behind(code)
    assert (found.withdrawn_on, found.name, registered(taking).people) == (talks.TODAY, "", 5)
    services.change_registration(other, people=8)
    assert "chỉ còn 2 chỗ" in refused(services.change_registration, code, people=3).message
    services.change_registration(code, people=2)
    assert registered(taking).people == 10
    for bad in ("7K4-M92-CXTH-3RN5", "x"):
        assert "không có đăng ký dự" in refused(services.withdraw_registration, bad).message
    settings.DANVAN_TODAY = COMING
    services.record_held(taking, attendance={"residents": 9}, households=None, actor=None)
    assert "thôi nhận đăng ký" in refused(services.change_registration, code, people=1).message
    assert "đã diễn ra" in refused(services.withdraw_registration, code).message
    told = talk_behind(code)
    assert (told.asked, told.why_no_grade) == ("", "Bà con đánh giá bằng phiếu nhận tại hội nghị.")


def test_seats_are_never_fewer_than_those_who_registered(taking):
    register(taking, 4)
    for seats, word in ((3, "Đã có 4 người"), (0, "từ 1 đến"), (100_001, "từ 1 đến")):
        broken = talks.refused(services.open_questions, taking, until=COMING, seats=seats)
        assert [(one.column, word in one.message) for one in broken.faults] == [("seats", True)]
    services.open_questions(taking, until=COMING, actor=None)
    assert registered(talks.fresh(taking)).left is None
    services.cancel_dialogue(talks.fresh(taking), why="Mưa lũ", actor=None)
    assert not DialogueRegistration.objects.exclude(name="").exists()


def test_the_pages_register_change_and_count(client, taking, unit):
    at = f"/theo-doi/doi-thoai/{taking.number}/"
    assert "Còn 10 chỗ" in client.get(at).content.decode()
    for typed in ("mười", "-3", "99", "9" * 30, "²"):
        page = client.post(at, {"so_nguoi": typed})
        assert page.status_code == 422
        assert "từ 1 đến 20 người" in page.content.decode()
    done = client.post(at, {"so_nguoi": " 7 ", "ten": "Vi Thị Mai"})
    code = done.context["slip"].code
    assert "Đã đăng ký 7 người dự" in done.content.decode()

    def follow(**said):
        return client.post("/theo-doi/", {"ma": code, **said})

    assert "Đã đăng ký <b>7</b> người" in follow().content.decode()
    assert follow(dang_ky="doi", so_nguoi="x").status_code == 422
    assert "Đã đổi số người" in follow(dang_ky="doi", so_nguoi="10").content.decode()
    assert "Đã đủ người đăng ký dự" in client.get(at).content.decode()
    officer = make_grant(unit, "leader")
    client.force_login(officer)
    card = client.get(f"/doi-thoai/{taking.pk}/").content.decode()
    assert "Đăng ký dự: <b>10</b> người" in card
    assert "Vi Thị Mai" not in card
    assert "Vi Thị Mai, 10 người" in client.get(f"/doi-thoai/{taking.pk}/cau-hoi/").content.decode()
    client.logout()
    assert "bà con thôi dự" in follow(dang_ky="thoi").content.decode()
    assert registered(taking).people == 0


def test_questions_that_wait_stand_on_the_day_of_who_handles_them(client, taking, unit):
    for words in ("Cầu?", "Rác?"):
        register(taking, 0, content=words)
    client.force_login(make_grant(unit, "commune_officer"))
    page = client.get("/").content.decode()
    assert "2 câu hỏi chờ xếp" in page
    assert f"/doi-thoai/{taking.pk}/cau-hoi/" in page
    services.group_questions(
        taking, list(taking.questions.values_list("pk", flat=True)), content="A?", actor=None
    )
    assert "câu hỏi chờ xếp" not in client.get("/").content.decode()
