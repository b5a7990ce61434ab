"""What is said of one event of a clock."""

import pytest

from danvan.law.clock_events import ChangeKind, End, Extend, Pause, Resume, Transfer
from danvan.law.clock_words import event_words
from tests.law.test_clockwork import PAUSED, START, d, wd


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (START, "Bắt đầu: 07 ngày làm việc"),
        (Pause(d(25), "Chờ", 10, d(30)), "Tạm dừng: Chờ, chạy tiếp 30/11/2026, tối đa 10 ngày"),
        (PAUSED, "Tạm dừng: Chờ giám định"),
        (Resume(d(30), "QĐ 2"), "Chạy tiếp (QĐ 2)"),
        (Resume(d(30)), "Chạy tiếp"),
        (Transfer(d(25), 2), "Chuyển đơn vị"),
        (Transfer(d(25), 2, wd(3)), "Chuyển đơn vị, phần của đơn vị 03 ngày làm việc"),
        (Extend(d(25), "QĐ 1", wd(3)), "Gia hạn 03 ngày làm việc (QĐ 1)"),
        (Extend(d(25), "QĐ 1", until=d(30)), "Gia hạn đến 30/11/2026 (QĐ 1)"),
        (ChangeKind(d(25), wd(3), "Là tố cáo"), "Đổi loại việc: 03 ngày làm việc (Là tố cáo)"),
        (End(d(25)), "Kết thúc"),
    ],
)
def test_each_event_is_told_in_a_few_words(event, words):
    assert event_words(event) == words
