import json

import pytest
from django.core.management import CommandError, call_command

from tests.reading.resolutions import make_resolution


@pytest.fixture
def files(tmp_path):
    made = make_resolution(3)
    text = tmp_path / "nghị quyết.txt"
    text.write_text(made.text, encoding="utf-8")
    word = tmp_path / "nghị quyết.docx"
    word.write_bytes(made.to_docx())
    return made, text, word


def test_json_is_one_line_a_file_in_order(files, capsys):
    made, text, word = files
    call_command("read", "--json", text, word)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["file"] for row in rows] == [str(text), str(word)]
    for row in rows:
        assert row["head"]["symbol"] == made.symbol
        assert len(row["targets"]) == len(made.targets)


def test_offsets_count_the_characters_of_the_file(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_bytes("Đã họp.\r\nTheo Kế hoạch số 05-KH/ĐU xã mở 12 lớp.\r\n".encode())
    call_command("read", "--json", path)
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = path.read_bytes().decode()
    (cited,), (figure,) = row["citations"], row["statistics"]
    assert text[cited["start"] : cited["end"]] == "05-KH/ĐU"
    assert text[figure["start"] : figure["end"]] == "12 lớp"


def test_without_json_it_tells_in_vietnamese(files, capsys):
    made, text, _ = files
    call_command("read", text)
    told = capsys.readouterr().out
    assert told.startswith(f"{text}\nVăn bản: Nghị quyết {made.symbol}")
    assert f"Chỉ tiêu: {len(made.targets)}" in told


def test_an_unreadable_file_is_said_and_the_others_are_still_read(files, tmp_path, capsys):
    _, text, _ = files
    scan, lost, other = tmp_path / "a.pdf", tmp_path / "b.txt", tmp_path / "c.odt"
    scan.write_bytes(b"%PDF-1.7 broken")
    lost.write_text("H? N?i, ng?y 26 th?ng 9 n?m 2025, ?y ban nh?n d?n t?nh", encoding="utf-8")
    other.write_bytes(b"x")
    gone = tmp_path / "không có.txt"
    with pytest.raises(CommandError, match="Có 5 tệp không đọc được") as refused:
        call_command("read", "--json", scan, lost, other, gone, tmp_path, text)
    assert refused.value.returncode == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    told = err.splitlines()
    assert [line.split(": ")[0] for line in told] == [
        str(path) for path in (scan, lost, other, gone, tmp_path)
    ]
    assert all(line.rstrip().endswith(".") and "Đồng chí vui lòng" in line for line in told)
