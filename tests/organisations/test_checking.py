from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from danvan.organisations import known
from danvan.organisations.enums import Kind
from danvan.organisations.models import Lineage, Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors import check_register, disagreements
from danvan.organisations.services import found_organisation, load_register, reaching, rebuild_reach
from danvan.organisations.services.reaching import refresh_reach
from tests.organisations.conftest import SINCE, register_rows
from tests.organisations.lists import COUNTS, short_lists

DAY = date(2026, 1, 1)


def faults():
    """What is wrong beside the counts of the short lists."""
    return check_register().faults[1:]


def _lighter(short):
    Lineage.objects.filter(predecessor=short.old("00001")).update(weight=999_999)
    return "Đơn vị cũ có tỷ trọng kế thừa không cộng bằng 1.000.000: 1 ({}).", short.old("00001")


def _lighter_back(short):
    Lineage.objects.filter(predecessor=short.old("00001")).update(back_weight=999_999)
    sentence = "Đơn vị có tỷ trọng đọc ngược không cộng bằng 1.000.000: 1 ({})."
    return sentence, short.new("00001")


def _heirless(short):
    Lineage.objects.filter(predecessor=short.old("00001")).delete()
    rest = Lineage.objects.filter(successor=short.new("00001"), predecessor=short.old("00002"))
    rest.update(back_weight=1_000_000)
    rebuild_reach()
    return "Đơn vị đã kết thúc mà không có đơn vị kế tiếp: 1 ({}).", short.old("00001")


def _inherited_alive(short):
    Lineage.objects.create(
        predecessor_id=short.old("00006"), successor_id=short.new("00001"), weight=1_000_000,
        measure="whole", estimated=False, happened_on=SINCE,
    )  # fmt: skip
    return "Đơn vị còn hoạt động mà lại có đơn vị kế tiếp: 1 ({}).", short.old("00006")


def _code_twice(short):
    UnitCode.objects.create(unit_id=short.new("00002"), system="gso", code="00001", valid_from=DAY)
    return "Mã thuộc về hai đơn vị cùng lúc: 1 ({}).", "gso 00001"


def _two_versions(short):
    UnitVersion.objects.filter(unit_id=short.new("00006"), valid_from=SINCE).update(
        valid_from=SINCE - timedelta(days=1)
    )
    rebuild_reach()
    return "Đơn vị có hai bản ghi trùng ngày: 1 ({}).", short.new("00006")


def _gap(short):
    UnitVersion.objects.filter(unit_id=short.new("00001")).update(valid_from=DAY)
    rebuild_reach()
    return (
        "Đơn vị có ngày không có bản ghi, hoặc bản ghi ngoài thời gian tồn tại: 1 ({}).",
        short.new("00001"),
    )


def _orphan(short):
    UnitVersion.objects.filter(unit_id=short.new("00001")).update(parent=short.old("001"))
    rebuild_reach()
    return (
        "Đơn vị đứng dưới một đơn vị không tồn tại suốt thời gian ấy: 1 ({}).",
        short.new("00001"),
    )


def _reach_missing(short):
    Reach.objects.filter(top=short.new("01"), unit=short.new("00001")).delete()
    return "Quan hệ bao trùm theo địa bàn khác với tính lại: 1 ({}).", short.new("00001")


def _reach_too_much(short):
    front = found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    Reach.objects.create(
        top_id=short.new("01"), unit_id=front, follows="line", valid_from=SINCE, valid_to=None
    )
    return "Quan hệ bao trùm theo ngành dọc khác với tính lại: 1 ({}).", front


def _cycle(short):
    UnitVersion.objects.filter(unit_id=short.country).update(parent=short.country)
    return "Đơn vị đứng dưới chính mình: 1 ({}).", short.country


@pytest.mark.parametrize(
    "spoil",
    [
        _lighter, _lighter_back, _heirless, _inherited_alive, _code_twice, _two_versions, _gap, _orphan,
        _reach_missing, _reach_too_much, _cycle,
    ],
)  # fmt: skip
def test_the_check_tells_what_is_wrong(short, spoil):
    sentence, unit = spoil(short)
    assert faults() == [sentence.format(unit)]


def test_a_unit_that_goes_on_in_an_event_is_no_fault(short):
    before = faults()
    one = short.new("00001")
    Lineage.objects.create(
        predecessor_id=one, successor_id=one, weight=1_000_000, measure="whole",
        back_weight=1_000_000, back_measure="whole", estimated=False, happened_on=DAY,
    )  # fmt: skip
    assert faults() == before


def test_a_fault_of_many_units_names_five(short):
    Lineage.objects.update(weight=1)
    (fault,) = faults()
    assert fault.count(",") == 5
    assert fault.endswith(", ...).")


def test_the_command_fails_with_everything_that_is_wrong(short, capsys):
    Lineage.objects.filter(predecessor=short.old("00001")).delete()
    with pytest.raises(
        CommandError, match=r"(?s)Sổ đơn vị có chỗ sai.*34 / 3\.321.*không có đơn vị kế"
    ):
        call_command("register", "check")
    assert "2 / 8 / 3 / 4 / 8" in capsys.readouterr().out


def test_the_command_tells_a_refused_load_with_its_faults(short):
    with pytest.raises(CommandError, match="khác với danh mục"):
        call_command("register", "load")


def test_the_closure_is_mended_from_the_versions(short):
    before = register_rows()["Reach"]
    Reach.objects.filter(top=short.new("01")).delete()
    Reach.objects.filter(unit=short.old("00001")).update(valid_from=date(2010, 1, 1))
    assert rebuild_reach() == (6 + 4 + 12, 4 + 2)
    assert [row[1:] for row in register_rows()["Reach"]] != []
    assert {row[1:] for row in register_rows()["Reach"]} == {row[1:] for row in before}


def test_an_organisation_that_ended_without_a_successor_is_told_and_is_no_fault(short):
    seat = found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    Unit.objects.filter(pk=seat).update(ended_on=DAY)
    UnitVersion.objects.filter(unit_id=seat).update(valid_to=DAY)
    rebuild_reach()
    checked = check_register()
    assert checked.faults[1:] == []
    assert any(line.startswith("1 tổ chức kết thúc cùng địa bàn") for line in checked.lines)


def test_much_that_is_written_at_once_has_the_database_count_again(short, monkeypatch):
    monkeypatch.setattr(reaching, "BULK", 1)
    Reach.objects.filter(top=short.new("01")).delete()
    added, removed = refresh_reach([short.new("01")])
    assert (added > 0, removed, rebuild_reach()) == (True, 0, (0, 0))


def test_the_counts_are_those_published(db):
    assert known.EXPECTED == (34, 3_321, 63, 696, 10_035)
    load_register(source=short_lists(), expected=None)
    assert check_register().lines[0] == " / ".join(map(str, COUNTS))
    assert Unit.objects.count() == 1 + 3 + 4 + 8 + 1 + 7


def test_what_the_lists_leave_open_is_told_and_not_guessed(short):
    assert disagreements() == [
        "Số đơn vị quanh ngày sắp xếp là 2 / 8 / 3 / 4 / 8, số đã công bố là 34 / 3.321 / 63 / 696 / 10.035.",
        (
            "3 xã cũ được chia cho nhiều xã mới: 3 xã chia cho 2. Danh mục không cho tỷ trọng; tạm tính theo"
            " diện tích đơn vị mới (2), chia đều (1), chờ số thật của địa phương."
        ),
        "Chưa rõ diện tích của 1 đơn vị: Phường Ba (00003).",
        (
            "Danh mục không có diện tích, dân số của đơn vị cũ: 5 đơn vị mới gồm nhiều đơn vị cũ được đọc ngược"
            " theo phần bằng nhau của các đơn vị ấy, một ước tính thô."
        ),
        "1 huyện không có xã trong danh mục cũ: Huyện Đảo Xa.",
    ]


def test_a_type_that_the_name_does_not_bear_and_a_whole_commune_under_another_name_are_told(short):
    UnitVersion.objects.filter(unit_id=short.new("00007")).update(type_word="phường")
    Lineage.objects.filter(predecessor=short.old("00008"), weight__lt=1_000_000).filter(
        successor=short.new("00007")
    ).delete()
    Lineage.objects.filter(predecessor=short.old("00008")).update(weight=1_000_000)
    told = disagreements()
    assert "Tên và loại hình không khớp ở “xã bảy” ghi loại hình “phường”; sổ giữ cả hai như nguồn." in told  # fmt: skip
    assert (
        "1 xã mới là trọn một xã cũ nhưng danh mục ghi khác tên hoặc mã (Xã Tám nay là Xã Chín): sổ ghi là đơn"
        " vị mới."
    ) in told


def test_an_empty_register_disagrees_about_its_counts_only(db):
    assert len(disagreements()) == 1
