"""Who supervises a commitment, what it is divided into, and the figure that stands beside its claim."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import CommitmentHead, CommitmentPart
from danvan.commitments.selectors import Asked, Side, Tab, listed
from danvan.commitments.selectors.ties import posts_offered, ties_of
from danvan.commitments.services import (
    claim_done,
    divide_commitment,
    measure_commitment,
    pass_heads,
    set_head,
    set_heads,
    tie_part,
    untie_part,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.events import deliver
from danvan.foundation.models import OutboxEvent
from danvan.notifications.models import Notification
from danvan.organisations.enums import Entry, Kind, Manner, Rank
from danvan.organisations.services.officers.appointing import appoint, end_appointment
from danvan.organisations.services.officers.people import add_officer
from danvan.organisations.services.officers.posts import close_post, found_post
from danvan.organisations.services.officers.removing import remove_post
from tests.commitments.conftest import TODAY, Ledger
from tests.factories.province import make_grant, make_organisation, make_user
from tests.indicators.figures import an_indicator, give
from tests.once import once, own

SINCE = date(2026, 1, 1)


class Headed(Ledger):
    """The committee has a deputy whose account may read the province; the communes' governments lead."""

    def __init__(self):
        super().__init__()
        self.deputy_user = make_grant(self.province.place, "leader", user=make_user("Vi Văn An"))
        self.post = found_post(
            self.assigner, "Phó Bí thư", Rank.DEPUTY, on=SINCE, actor=None, decision="QĐ 1"
        )
        self.specialist = found_post(
            self.assigner, "Chuyên viên", Rank.SPECIALIST, on=SINCE, actor=None, decision="QĐ 1"
        )
        self.held = self.sits("Vi Văn An", self.deputy_user, SINCE)
        self.village = make_organisation(
            self.province.communes[0], Kind.YOUTH_UNION, name="Đoàn Thanh niên xã"
        )
        self.job = self.one()

    def sits(self, name, user, on):
        officer = add_officer(name, actor=None, user_id=user.pk)
        made = appoint(
            officer, self.post, manner=Manner.FULL, entry=Entry.APPOINTED, decision="QĐ 2",
            on=on, actor=None,
        )  # fmt: skip
        return made.appointments[0]

    def head(self):
        return ties_of(self.job, on=TODAY).head

    def fresh(self):
        self.job.refresh_from_db()
        return self.job


_world = once(Headed, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def told(user):
    """What they were told once everything that happened was delivered."""
    for row in OutboxEvent.objects.order_by("pk"):
        deliver(row.pk)
    return list(Notification.objects.filter(user=user).values_list("words", flat=True))


def page(client, user, address):
    client.force_login(user)
    return unescape(client.get(address).content.decode())


def test_the_holder_of_the_post_supervises_sees_their_list_and_is_told(world, client):
    card = f"/viec-phai-lam/{world.job.pk}/"
    assert "Chưa giao" in page(client, world.checker, card)
    body = page(client, world.checker, f"{card}lanh-dao/")
    assert "Vi Văn An" in body
    assert "Chuyên viên" not in body
    assert client.post(f"{card}lanh-dao/", {"post": "x"}).status_code == 422
    assert client.post(f"{card}lanh-dao/", {"post": world.post.pk}).status_code == 302
    assert world.head().names == ("Vi Văn An",)
    assert "Vi Văn An" in page(client, world.checker, card)
    asked = Asked(tab=Tab.ALL, side=Side.FOLLOWS)
    assert list(listed(world.deputy_user, asked, on=TODAY)) == [world.job]
    assert not listed(world.leader, asked, on=TODAY).exists()
    by_post = page(client, world.leader, f"/viec-phai-lam/?muc=tat-ca&theo_doi={world.post.pk}")
    assert "Phó Bí thư" in by_post
    assert world.job.number in by_post
    claim_done(world.fresh(), result="Xong", actor=world.officer)
    assert set(told(world.deputy_user)) == {
        f"Đồng chí theo dõi việc: {world.job.title}",
        f"Việc đồng chí theo dõi đã báo xong: {world.job.title}",
    }


def test_one_is_named_for_many_at_once_and_as_they_are_given(client, world):
    one, two = world.one(), world.one()
    client.force_login(world.checker)
    ticked = {"viec": "lanh-dao", "chon": [one.pk, two.pk]}
    many = "/viec-phai-lam/hang-loat/"
    assert "Vi Văn An" in unescape(client.post(many, ticked).content.decode())
    assert client.post(many, {**ticked, "gui": "1", "post": "x"}).status_code == 422
    done = client.post(many, {**ticked, "gui": "1", "post": world.post.pk}, follow=True)
    assert "Đã ghi lãnh đạo theo dõi của 2 việc." in unescape(done.content.decode())
    assert told(world.deputy_user) == ["Đồng chí được giao theo dõi 2 việc"]
    asked = Asked(tab=Tab.ALL, side=Side.FOLLOWS)
    assert set(listed(world.deputy_user, asked, on=TODAY)) == {one, two}
    set_heads([one, two], post_id=None, actor=world.checker)
    assert not listed(world.deputy_user, asked, on=TODAY).exists()
    withdraw_commitment(two, words="Nhầm", actor=None)
    with pytest.raises(RuleError, match="đã kết thúc"):
        set_heads([one, two], post_id=world.post.pk, actor=None)
    assert CommitmentHead.objects.count() == 0

    given = {
        "assigner": world.assigner.pk, "title": "Rà soát tổ dân vận", "product": "Báo cáo",
        "lead": "Ủy ban nhân dân Xã Môn Sơn", "assigned_on": f"{TODAY:%d/%m/%Y}", "due_on": "31/12/2026",
        "post": world.post.pk,
    }  # fmt: skip
    with pytest.raises(RuleError) as broken:
        world.assign(world.assignment(product=""), post_id=world.specialist.pk)
    assert [fault.column for fault in broken.value.faults] == ["product", "post"]  # at once
    assert client.post("/viec-phai-lam/giao/", given).status_code == 302
    [new] = listed(world.deputy_user, asked, on=TODAY)
    assert (new.title, new.head.post_id) == ("Rà soát tổ dân vận", world.post.pk)


def test_it_passes_with_the_post_and_says_when_nobody_holds_it(world):
    set_head(world.job, post_id=world.post.pk, actor=world.checker)
    assert told(world.deputy_user) == [f"Đồng chí theo dõi việc: {world.job.title}"]
    assert pass_heads() == 0
    end_appointment(world.held, on=date(2026, 11, 1), why="Chuyển công tác", actor=None)
    assert world.head().names == ()
    assert pass_heads() == 1
    assert pass_heads() == 0
    last = world.job.steps.filter(kind=StepKind.HEAD_PASSED).last()
    assert "đang khuyết" in last.words
    other = make_grant(world.province.place, "leader", user=make_user("Moong Văn Nghệ"))
    held = world.sits("Moong Văn Nghệ", other, date(2026, 11, 10))
    assert pass_heads() == 1
    assert told(other) == ["Đồng chí nhận theo dõi 1 việc của chức danh đang giữ"]
    assert world.head().names == ("Moong Văn Nghệ",)
    end_appointment(held, on=TODAY, why="Nghỉ hưu", actor=None)
    close_post(world.post, on=TODAY, actor=None)
    assert pass_heads() == 1
    assert world.head().closed
    with pytest.raises(RuleError, match="không thuộc nơi giao"):
        set_head(world.fresh(), post_id=world.post.pk, actor=None)
    set_head(world.fresh(), post_id=None, actor=None)
    assert world.head() is None


def test_a_post_taken_out_of_the_register_leaves_its_title(world):
    gone = found_post(world.assigner, "Bí thư", Rank.HEAD, on=SINCE, actor=None, decision="QĐ 1")
    set_head(world.job, post_id=gone.pk, actor=None)
    assert world.head().names == ()
    remove_post(gone, actor=None)
    assert world.head().closed
    assert world.head().title.startswith("Bí thư")
    assert pass_heads() == 0
    withdraw_commitment(world.fresh(), words="Nhầm", actor=None)
    with pytest.raises(RuleError, match="đã kết thúc"):
        set_head(world.fresh(), post_id=world.post.pk, actor=None)
    assert CommitmentHead.objects.count() == 1
    assert len(posts_offered([world.assigner.pk], on=TODAY)) == 1


def parts(world, *leads, **changes):
    given = {"title": "Vận động hộ dân", "product": "Biên bản", **changes}
    made = [world.assignment(lead_id=one.pk, **given) for one in leads]
    return divide_commitment(world.fresh(), made, actor=world.officer)


def test_a_lead_divides_its_work_and_cannot_claim_over_an_open_part_without_a_reason(world, client):
    card = f"/viec-phai-lam/{world.job.pk}/"
    address = f"{card}chia-viec/"
    said = {"title": "Việc con", "product": "Biên bản", "due_on": "31/12/2026"}
    client.force_login(world.officer)
    assert client.get(address).status_code == 200
    for wrong in ("", "đâu đó", "\n".join(["x"] * 201)):
        assert client.post(address, {**said, "units": wrong}).status_code == 422
    youth = {**said, "units": "Đoàn Thanh niên xã"}
    assert client.post(address, {**youth, "due_on": "31/12/2031"}).status_code == 422
    assert client.post(address, youth).status_code == 302
    child = CommitmentPart.objects.get(parent=world.job).child
    assert child.assigner_id == world.lead.pk
    assert world.job.number in page(client, world.officer, f"/viec-phai-lam/{child.pk}/")
    assert "0/1 xong" in page(client, world.officer, card)
    claim = {"result": "Xong", "on": "20/11/2026"}
    refused = client.post(f"{card}bao-xong/", claim)
    assert refused.status_code == 422
    assert child.number in unescape(refused.content.decode())
    assert world.fresh().state == State.ASSIGNED
    done = client.post(f"{card}bao-xong/", {**claim, "reason": "Đã làm xong phần chung"})
    assert done.status_code == 302
    over = world.job.steps.get(kind=StepKind.CLAIMED_OVER)
    assert "Đã làm xong phần chung" in over.words


def test_parts_found_done_let_the_whole_be_claimed(world):
    [child] = parts(world, world.village)
    assert ties_of(world.job, on=TODAY).parts.open == [child]
    claim_done(child, result="Xong", actor=None)
    child.refresh_from_db()
    verify_commitment(child, finding="Đạt", actor=world.officer)
    assert ties_of(world.job, on=TODAY).parts.done == 1
    claim_done(world.fresh(), result="Xong", actor=world.officer)
    with pytest.raises(RuleError, match="chưa báo xong"):
        parts(world, world.village)


def test_what_is_not_below_or_is_due_later_is_refused_row_by_row(world):
    with pytest.raises(RuleError) as refused:
        parts(world, world.lead, world.other, world.village, due_on=date(2027, 5, 1))
    assert [(one.row, one.column) for one in refused.value.faults] == [
        (1, "lead"), (1, "due_on"), (2, "lead"), (2, "due_on"), (3, "due_on"),
    ]  # fmt: skip
    assert not CommitmentPart.objects.exists()


def test_no_commitment_is_a_part_of_itself_through_others(world):
    first, second, third = world.job, world.one(), world.one()
    tie_part(first, second, actor=None)
    tie_part(second, third, actor=None)
    for parent, child in ((third, first), (first, first)):
        with pytest.raises(RuleError, match="ngược lại"):
            tie_part(parent, child, actor=None)
    with pytest.raises(RuleError, match="đã là một phần"):
        tie_part(first, third, actor=None)
    many = [world.one() for _ in range(6)]
    for one in many:
        tie_part(third, one, actor=None)
    assert "và 1 việc khác" in ties_of(third, on=TODAY).doubts[0]


def test_the_figure_stands_beside_the_claim_and_asks_for_a_reason_where_it_is_not_reached(
    world, client
):
    measure = an_indicator("DV-77")
    card = f"/viec-phai-lam/{world.job.pk}/"
    address = f"{card}do-bang-chi-so/"
    client.force_login(world.checker)
    assert client.get(address).status_code == 200
    said = {"code": "DV-77", "period": "2026-10", "bound": "ge", "level": "10"}
    for name, wrong in (("code", "X"), ("period", "10/2026"), ("bound", "x"), ("level", "mười")):
        assert client.post(address, {**said, name: wrong}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert "Chưa có số" in page(client, world.checker, card)
    assert ties_of(world.job, on=TODAY).doubts == []
    give(world.province.communes[0], "2026-10", {measure: 7})
    shown = ties_of(world.job, on=TODAY).measured
    assert (shown.reached, shown.figure) == (False, "7 cuộc")
    assert "Chưa đạt mức" in page(client, world.checker, card)
    with pytest.raises(RuleError, match="là 7 cuộc, cần ít nhất 10 cuộc"):
        claim_done(world.fresh(), result="Xong", actor=world.officer)
    measure_commitment(
        world.fresh(), code="DV-77", period="2026-10", bound="le", level=Decimal(8), actor=None
    )
    assert ties_of(world.job, on=TODAY).measured.reached is True
    give(world.lead, "2026-10", {measure: 9})
    assert ties_of(world.job, on=TODAY).measured.reached is False
    claim_done(world.fresh(), result="Xong", reason="Số sẽ sửa", actor=world.officer)
    assert world.fresh().state == State.CLAIMED


def test_a_measure_that_means_nothing_is_refused_with_every_fault(world):
    with pytest.raises(RuleError) as refused:
        measure_commitment(
            world.job, code="X", period="x", bound="gt", level=Decimal("Infinity"), actor=None
        )
    assert [one.column for one in refused.value.faults] == ["code", "period", "bound", "level"]
    claim_done(world.job, result="Xong", actor=world.officer)
    with pytest.raises(RuleError, match="chưa báo xong"):
        measure_commitment(
            world.fresh(), code="X", period="x", bound="ge", level=Decimal(1), actor=None
        )


def test_an_old_promise_is_entered_with_its_source_once_whoever_types_says_so(world, client):
    client.force_login(world.checker)
    said = {
        "assigner": world.assigner.pk,
        "title": "Trả lời kiến nghị về nước sạch",
        "product": "Văn bản trả lời",
        "lead": "Ủy ban nhân dân Xã Môn Sơn",
        "lead_id": world.lead.pk,
        "assigned_on": "01/08/2026",
        "due_on": "12/10/2026",
        "old_reason": "Nay mới ghi",
        "source_kind": "petition",
        "source_symbol": "Đơn số 5",
        "source_sentence": "Đề nghị xã cấp nước sạch cho bản.",
    }
    address = "/viec-phai-lam/giao/"
    for wrong in (
        {},
        {"old": "on", "source_kind": "x"},
        {"old": "on", "source_sentence": "a" * 2001},
    ):
        refused = client.post(address, {**said, **wrong})
        assert refused.status_code == 422
    assert "đã qua 39 ngày" in unescape(client.post(address, said).content.decode())
    done = client.post(address, {**said, "old": "on"})
    assert done.status_code == 302
    body = page(client, world.checker, done.url)
    assert "Việc cũ ghi vào sổ ngày 20/11/2026, khi hạn 12/10/2026 đã qua." in body
    assert "Kiến nghị, phản ánh" in body
    assert "Đề nghị xã cấp nước sạch cho bản." in body
    asked = Asked(tab=Tab.ALL, source="petition")
    assert [one.title for one in listed(world.leader, asked, on=TODAY)] == [said["title"]]


def test_work_is_written_as_a_part_of_other_work_on_its_page_and_taken_out_again(client, world):
    whole, part = world.one(), world.one()
    here = f"/viec-phai-lam/{part.pk}/viec-chung/"
    assert "Số của việc chung" in page(client, world.checker, here)
    for number, words in (("", "Đồng chí vui lòng ghi số"), ("CV-1", "Không thấy việc số CV-1")):
        refused = client.post(here, {"whole": number})
        assert (refused.status_code, words in unescape(refused.content.decode())) == (422, True)
    assert client.post(here, {"whole": whole.number}).status_code == 302
    assert whole.number in page(client, world.checker, f"/viec-phai-lam/{part.pk}/")
    assert f'value="{whole.number}"' in page(client, world.checker, here)
    assert client.post(here, {"whole": ""}).status_code == 302
    assert not CommitmentPart.objects.exists()
    assert "không còn là một phần" in whole.steps.last().words
    [divided] = parts(world, world.village)
    with pytest.raises(RuleError, match="không tách được"):
        untie_part(divided, actor=world.checker)
