"""`danvan exchange`: files in, files out, and what was not taken told on the screen."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danvan.indicators.models import Value
from danvan.indicators.services import recompute_dirty
from tests.exchange.made import BIRTHS, DISTRICT, NATION, OTHER, WARD, metadata, value, values

pytestmark = pytest.mark.django_db


def run(*words):
    out = StringIO()
    call_command("exchange", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "metadata.json").write_bytes(metadata()[0][1])
    rows = [value(BIRTHS, "202607", "3"), value(BIRTHS, "202607", "4", unit=OTHER)]
    (tmp_path / "values.json").write_bytes(values(*rows)[0][1])
    return tmp_path


def bring(folder):
    table = folder / "table.csv"
    return run(
        "dhis2-metadata", folder / "metadata.json", "--table", table, "--since", "01/01/2020"
    )


def test_files_come_in_and_go_out_again(folder):
    told = bring(folder)
    assert "Đơn vị: lập 4, đã có 0. Chỉ tiêu: lập 7, đã có 0. Không nhận: 0." in told
    table = folder / "table.csv"
    told = run("dhis2-values", folder / "values.json", "--table", table)
    assert told == "Đã đọc 2 giá trị: 2 mới, 0 thay bản mới, 0 xóa, 0 như cũ.\n"
    told = run(
        "export", folder / "out.json", "--format", "dhis2", "--from", "2026-07", "--to", "2026-07",
        "--table", table,
    )  # fmt: skip
    assert told.startswith("Đã ghi 2 giá trị vào")
    sent = json.loads((folder / "out.json").read_text())["dataValues"]
    assert [(row["orgUnit"], row["value"]) for row in sent] == [(WARD, "3"), (OTHER, "4")]
    assert "2 như cũ" in run("dhis2-values", folder / "out.json", "--table", table)


def test_rolled_figures_go_out_as_sdmx(folder):
    bring(folder)
    run("dhis2-values", folder / "values.json", "--table", folder / "table.csv")
    recompute_dirty()
    told = run(
        "export", folder / "out.csv", "--from", "2026-01", "--to", "2026-12", "--rolled", "--every",
        "year", "--indicator", "DV-BIRTHS",
    )  # fmt: skip
    assert told == f"Đã ghi 2 số liệu vào {folder / 'out.csv'}.\n"
    with (folder / "out.csv").open(encoding="utf-8") as file:
        rows = [
            (row["REF_AREA"], row["TIME_PERIOD"], row["OBS_VALUE"]) for row in csv.DictReader(file)
        ]
    assert rows == [(NATION, "2026", "7"), (DISTRICT, "2026", "7")]
    assert not list(folder.glob("*.part"))


def test_what_is_not_taken_over_is_on_the_screen(folder):
    (folder / "metadata.json").write_bytes(
        metadata(dataSets=[{"id": "set"}], organisationUnits=[])[0][1].replace(
            b'"valueType": "BOOLEAN"', b'"valueType": "TEXT"'
        )
    )
    told = bring(folder)
    assert "Không nhận stockoutst1 Số stockoutst1: kiểu TEXT không phải là số" in told
    assert "Cần biết: Công thức" in told
    assert "Không đọc: dataSets (1)" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dhis2-metadata", "nowhere.json", "--table", "t.csv"], "Không có tệp nowhere.json"),
        (["dhis2-metadata", "{m}", "--table", "{t}", "--since", "hôm qua"], "hôm qua"),
        (["dhis2-metadata", "{m}", "--table", "{t}", "--levels", "country,area"], "Không có cấp “area”"),
        (["dhis2-values", "{m}", "--table", "{m}"], "Bảng đối chiếu metadata.json thiếu cột"),
        (["export", "{t}", "--from", "2026", "--to", "2026-02"], "tháng đầu và tháng cuối"),
        (["export", "{t}", "--from", "2026-01", "--to", "2026-02", "--format", "dhis2"], "--table"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_a_sentence(folder, words, told):
    places = {"m": folder / "metadata.json", "t": folder / "none.csv"}
    with pytest.raises(CommandError, match=told):
        run(*[word.format(**places) for word in words])
    assert not (folder / "none.csv").exists()
    assert not Value.objects.exists()


def test_every_fault_of_a_file_is_on_the_screen(folder):
    bring(folder)
    (folder / "values.json").write_bytes(
        values(value(BIRTHS, "202607", "x"), value("whowhowhow1", "202607", "1"))[0][1]
    )
    with pytest.raises(CommandError) as refused:
        run("dhis2-values", folder / "values.json", "--table", folder / "table.csv")
    lines = str(refused.value).splitlines()
    assert lines[0].startswith("Chưa nhập số liệu nào vì có 2 chỗ chưa đúng.")
    assert [line[:27] for line in lines[1:]] == [
        "  - values.json, dòng 2: “x"[:27],
        "  - values.json, dòng 3: phầ"[:27],
    ]
