from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.law.models import LegalParameter
from danvan.law.parameter_file import COLUMNS, PARAMETERS, read_parameters
from danvan.law.selectors import find_parameters, history_of, parameter
from danvan.law.services import Loaded, load_parameters
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ROW = {
    "key": "petition.reply", "title": "Trả lời đơn", "numerator": "10", "denominator": "1",
    "unit": "WD", "scope": "", "valid_from": "2020-01-01", "valid_to": "",
    "citation": "Luật A Điều 1", "confidence": "S",
}  # fmt: skip


def written(path, *rows):
    lines = ["\t".join(COLUMNS)] + ["\t".join({**ROW, **row}.values()) for row in rows]
    path.write_text("# our own words\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def table():
    return list(
        LegalParameter.objects.order_by("pk").values_list(
            "key", "numerator", "valid_from", "valid_to", "loaded_on", "replaced_on"
        )
    )


def test_the_file_of_the_package_loads_and_loading_it_again_does_nothing():
    user = UserFactory()
    first = load_parameters(actor=user)
    rows = read_parameters()
    assert first == Loaded(added=len(rows), replaced=0, withdrawn=0, unchanged=0)
    assert len(rows) > 90
    before = table(), AuditEntry.objects.count()
    assert load_parameters(actor=user) == Loaded(0, 0, 0, len(rows))
    assert (table(), AuditEntry.objects.count()) == before
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (user, "law.load_parameters")
    assert len(entry.details["added"]) == len(rows)


def test_every_row_of_the_package_names_its_law():
    assert all(row.citation and row.title and row.line > 1 for row in read_parameters())


def test_a_changed_row_takes_the_place_of_the_old_one_which_stays(tmp_path, settings):
    settings.DANVAN_TODAY = date(2026, 6, 1)
    load_parameters(path=written(tmp_path / "p.tsv", {}, {"key": "petition.relay"}))
    old = parameter("petition.reply", on=date(2026, 6, 1))
    settings.DANVAN_TODAY = date(2026, 6, 9)
    changed = written(tmp_path / "p.tsv", {"numerator": "7"}, {"key": "petition.relay"})
    assert load_parameters(path=changed) == Loaded(0, 1, 0, 1)
    old.refresh_from_db()
    assert (old.numerator, old.replaced_on) == (10, date(2026, 6, 9))
    new = parameter("petition.reply", on=date(2026, 6, 1))
    assert (new.numerator, new.loaded_on, new.replaced_on) == (7, date(2026, 6, 9), None)
    assert list(history_of("petition.reply")) == [new, old]
    assert load_parameters(path=changed) == Loaded(0, 0, 0, 2)


def test_a_change_of_the_law_is_a_new_row_and_closes_the_old_period(tmp_path):
    load_parameters(path=written(tmp_path / "p.tsv", {}))
    path = written(
        tmp_path / "p.tsv",
        {"valid_to": "2026-07-01"},
        {"valid_from": "2026-07-01", "numerator": "5"},
    )
    assert load_parameters(path=path) == Loaded(1, 1, 0, 0)
    assert parameter("petition.reply", on=date(2026, 6, 30)).numerator == 10
    assert parameter("petition.reply", on=date(2026, 7, 1)).numerator == 5


def test_a_row_that_left_the_file_answers_no_more_but_stays(tmp_path, settings):
    settings.DANVAN_TODAY = date(2026, 6, 1)
    load_parameters(path=written(tmp_path / "p.tsv", {}, {"key": "petition.relay"}))
    assert load_parameters(path=written(tmp_path / "p.tsv", {})) == Loaded(0, 0, 1, 1)
    gone = LegalParameter.objects.get(key="petition.relay")
    assert gone.replaced_on == date(2026, 6, 1)
    with pytest.raises(LookupError):
        parameter("petition.relay", on=date(2026, 6, 1))
    assert AuditEntry.objects.order_by("-pk").first().details == {
        "added": [],
        "replaced": [gone.pk],
    }


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"unit": "moons"}, "unit"),
        ({"confidence": "sure"}, "confidence"),
        ({"numerator": "-7"}, "numerator"),
        ({"numerator": "7,5"}, "numerator"),
        ({"numerator": "²"}, "numerator"),
        ({"denominator": "0"}, "denominator"),
        ({"key": ""}, "key"),
        ({"title": " "}, "title"),
        ({"citation": ""}, "citation"),
        ({"scope": "x" * 121}, "scope"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "01/07/2026"}, "valid_from"),
        ({"valid_from": "20260701"}, "valid_from"),
        ({"valid_to": "2026-02-30"}, "valid_to"),
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"citation": "Luật A\tthừa"}, ""),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_loaded(tmp_path, row, column):
    load_parameters(path=written(tmp_path / "p.tsv", {}))
    before = table(), AuditEntry.objects.count()
    with pytest.raises(RuleError) as refused:
        load_parameters(path=written(tmp_path / "p.tsv", {"key": "a.good.one"}, row))
    [fault] = refused.value.faults
    assert (fault.row, fault.column) == (4, column)
    assert (table(), AuditEntry.objects.count()) == before


def test_all_faults_are_named_at_once(tmp_path):
    path = written(
        tmp_path / "p.tsv",
        {"unit": "moons", "valid_from": "yesterday"},
        {"numerator": "x"},
        {"key": "b"},
        {"key": "b", "valid_from": "2021-01-01"},
    )
    with pytest.raises(RuleError) as refused:
        load_parameters(path=path)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (3, "unit"),
        (3, "valid_from"),
        (4, "numerator"),
        (6, "valid_from"),
    ]
    assert "4 lỗi" in refused.value.message
    assert "chồng lên dòng 5" in refused.value.faults[-1].message


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (("2020-01-01", ""), ("2021-01-01", ""), True),
        (("2020-01-01", "2021-01-02"), ("2021-01-01", ""), True),
        (("2020-01-01", "2021-01-01"), ("2021-01-01", ""), False),
        (("2020-01-01", ""), ("2020-01-01", ""), True),
        (("2021-01-01", ""), ("2020-01-01", "2021-01-01"), False),
    ],
)
def test_periods_of_one_key_do_not_overlap(tmp_path, first, second, overlap):
    rows = [{"valid_from": start, "valid_to": end} for start, end in (first, second)]
    path = written(tmp_path / "p.tsv", *rows)
    if overlap:
        with pytest.raises(RuleError):
            read_parameters(path)
    else:
        assert len(read_parameters(path)) == 2


@pytest.mark.parametrize(
    "content", [None, b"\xff\xfe\x00", b"", b"# only words\n", b"key\ttitle\n"]
)
def test_a_file_that_is_none_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "p.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RuleError, match=r"p\.tsv"):
        load_parameters(path=path)
    assert table() == []


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("tra loi", {"petition.reply"}),
        ("TRẢ LỜI đơn", {"petition.reply"}),
        ("luat b", {"petition.relay"}),
        ("dieu 1", {"petition.reply", "petition.relay"}),
        ("tra loi luat b", set()),
        ("", {"petition.reply", "petition.relay"}),
    ],
)
def test_parameters_are_found_by_words_without_tones(tmp_path, words, keys):
    relay = {"key": "petition.relay", "title": "Báo lại kết quả", "citation": "Luật B Điều 1"}
    load_parameters(path=written(tmp_path / "p.tsv", {}, relay))
    assert {row.key for row in find_parameters(words)} == keys
    assert {row.key for row in find_parameters(words, on=date(2026, 1, 1))} == keys
    assert not find_parameters(words, on=date(2019, 1, 1)).exists()


def test_the_command_loads_both_and_says_what_it_did():
    told = StringIO()
    call_command("law", "load", stdout=told)
    assert f"thêm {len(read_parameters(PARAMETERS))}" in told.getvalue()
    assert "Lịch làm việc: bản 1." in told.getvalue()
    told = StringIO()
    call_command("law", "load", stdout=told)
    assert "thêm 0, thay 0, rút 0" in told.getvalue()
    assert "Lịch làm việc: không đổi." in told.getvalue()


def test_the_command_names_every_fault(tmp_path):
    path = written(tmp_path / "p.tsv", {"unit": "moons"}, {"key": "b", "numerator": "x"})
    with pytest.raises(CommandError) as refused:
        call_command("law", "load", file=path)
    assert "dòng 3:" in str(refused.value)
    assert "dòng 4:" in str(refused.value)
    assert table() == []
