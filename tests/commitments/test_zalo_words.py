"""What is sent to a Zalo group: short, plain, with a link and a picture, and nothing about a person."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.selectors import Asked, Tab
from danvan.commitments.services import (
    Asking,
    Found,
    assign_commitments,
    claim_done,
    follow_up,
    issue_follow_code,
)
from danvan.commitments.zalo_words import commitment_words, list_words, names_somebody
from tests.commitments.conftest import TODAY
from tests.commitments.test_pages import as_, text  # noqa: F401


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Giải quyết đơn của ông Lô Văn Thắng", True),
        ("Ông Vi Văn Dần đề nghị sửa cầu", True),
        ("Gọi lại số 0912 345 678", True),
        ("Hỗ trợ hộ Vi Thị Mai", True),
        ("Đổ bê tông 1,2 km đường vào bản Khe Rạn", False),
        ("Ban hành kế hoạch giám sát năm 2026", False),
    ],
)
def test_words_that_name_somebody_are_known(words, found):
    assert names_somebody(words) is found


def test_one_commitment_in_four_lines(ledger):
    row = ledger.one(due_on=date(2026, 11, 1))
    assert commitment_words(row, on=TODAY).split("\n") == [
        f"[Dân Vận Số] Việc {row.number}: Đổ bê tông 1,2 km đường vào bản Khe Rạn",
        "Đơn vị chủ trì: Ủy ban nhân dân Xã Môn Sơn",
        "Hạn: 01/11/2026, quá 19 ngày",
        "Tình trạng: đã giao",
    ]
    soon = commitment_words(ledger.one(due_on=date(2026, 11, 21)), on=TODAY)
    assert "còn 1 ngày" in soon
    assert "là hôm nay" in commitment_words(ledger.one(due_on=TODAY), on=TODAY)
    assert "không có hạn" in commitment_words(ledger.one(due_on=None), on=TODAY)
    claimed = claim_done(row, result="Xong", actor=None)
    assert "Hạn: 01/11/2026\n" in commitment_words(claimed, on=TODAY)


def test_what_somebody_asked_for_is_told_only_in_its_public_words(ledger):
    row = ledger.one(title="Sửa đường trước nhà bà Vi Thị Mai")
    assert "Mai" not in commitment_words(row, on=TODAY)
    issue_follow_code(
        [row], actor=None, asking=Asking(), public_words={row.pk: "Sửa đường liên bản"}
    )
    row.refresh_from_db()
    told = commitment_words(row, on=TODAY)
    assert ("Mai" in told, "Sửa đường liên bản" in told) == (False, True)


def test_a_list_is_told_by_unit_and_the_pages_work_without_a_script(as_, ledger):  # noqa: F811
    rows = ledger.assign(
        ledger.assignment(due_on=date(2026, 11, 1)), ledger.assignment(due_on=date(2026, 11, 9)),
        ledger.assignment(due_on=date(2026, 11, 9), lead_id=ledger.other.pk),
    )  # fmt: skip
    told = list_words(ledger.leader, Asked(tab=Tab.OVERDUE), on=TODAY)
    assert told.split("\n") == [
        "[Dân Vận Số] 3 việc quá hạn của 2 đơn vị, tính đến 20/11/2026",
        "- Ủy ban nhân dân Xã Môn Sơn: 2 việc, hạn sớm nhất 01/11/2026",
        "- Ủy ban nhân dân Xã Con Cuông: 1 việc, hạn sớm nhất 09/11/2026",
    ]
    client = as_(ledger.leader)
    page = text(client.get(reverse("commitments:share-list"), {"muc": "qua-han", "la": "1"}))
    assert "http://testserver/viec-phai-lam/?muc=qua-han</textarea>" in page
    assert 'src="data:image/png;base64,' in page
    wrong = client.get(reverse("commitments:share-list"), {"don_vi": "không có"})
    assert wrong.status_code == 302
    assert rows[0].number in text(client.get(reverse("commitments:share", args=[rows[0].pk])))
    act = follow_up(rows, kind="urge", found=Found("Bà Mai hỏi", answer_by=TODAY), actor=None)
    page = text(client.get(reverse("commitments:share-follow-up", args=[act.pk])))
    assert "Đôn đốc 3 việc, ngày 20/11/2026\nĐề nghị trả lời trước ngày 20/11/2026" in page
    assert "Bà Mai" not in page


def test_a_long_list_is_cut_and_says_how_many_are_left(ledger):
    units = [*ledger.province.fronts, *ledger.province.committees, *ledger.province.governments]
    units += [ledger.province.front, ledger.province.committee]
    given = [ledger.assignment(lead_id=unit.pk) for unit in units]
    rows = assign_commitments(
        given, assigner=ledger.assigner, actor=None, assigned_on=date(2026, 8, 14)
    )
    assert list_words(ledger.leader, Asked(), on=TODAY).endswith("\n- và 1 đơn vị khác")
    assert len(rows) == 11
