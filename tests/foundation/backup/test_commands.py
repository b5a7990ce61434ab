"""What an administrator types and reads."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danvan.foundation.backup import contents
from tests.foundation.backup.installations import (
    PHRASE,
    rows,
)


@pytest.fixture
def here(source, settings, monkeypatch):
    """The commands, as if the source were this installation."""
    monkeypatch.setitem(settings.DATABASES, "default", source.database)
    for name in ("HOME", "MEDIA_ROOT", "SEALED_ROOT", "DANVAN_KEYS"):
        place = {"HOME": "home", "MEDIA_ROOT": "media", "SEALED_ROOT": "sealed"}.get(name, "keys")
        setattr(settings, name, getattr(source, place))


def command(*words):
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, words), stdout=out, stderr=err)
    except CommandError as refused:  # the program then ends with 1
        return False, out.getvalue() + err.getvalue() + str(refused)
    return True, out.getvalue() + err.getvalue()


def test_the_commands_back_up_verify_and_refuse(here, tmp_path):
    phrase = tmp_path / "phrase"
    phrase.write_text(f"{PHRASE}\n")
    place, keys = tmp_path / "place", tmp_path / "apart"
    well, told = command("backup", place, "--keys", keys, "--passphrase-file", phrase)
    assert well
    assert "Để đối chiếu nhật ký: 3:" in told
    well, told = command("verify", place, "--keys", keys, "--passphrase-file", phrase)
    assert well
    assert "Khóa mở được 3 khóa nội dung." in told
    assert "3 khóa nội dung cần tệp khóa" in command("verify", place)[1]
    well, told = command("restore", place)
    assert not well
    assert "--replace hai lần" in told
    [made] = contents.whole_ones(place)
    gone = next(made.glob("media/*/*"))
    gone.unlink()
    well, told = command("verify", place)
    assert not well
    assert f"Thiếu tệp {gone.relative_to(made)}." in told
    for wrong in (tmp_path / "none", tmp_path):
        assert "câu mật khẩu" in command("verify", place, "--passphrase-file", wrong)[1]


def test_the_command_says_what_is_lost_and_what_needs_keys(here, settings, tmp_path):
    assert "3 khóa nội dung chỉ mở được" in command("backup", tmp_path / "place")[1]
    settings.SEALED_ROOT = tmp_path / "nothing"
    well, told = command("backup", tmp_path / "other")
    assert not well
    assert "3 tệp không còn trên ổ đĩa" in told
    settings.DANVAN_KEYS = tmp_path / "nothing" / "keys.json"
    well, told = command("backup", tmp_path / "third", "--keys", tmp_path / "apart")
    assert not well
    assert "Không có tệp khóa" in told


def test_the_command_puts_back_and_says_what_stays_closed(
    kept, target, settings, monkeypatch, tmp_path
):
    monkeypatch.setitem(settings.DATABASES, "default", target.database)
    settings.HOME, settings.MEDIA_ROOT = target.home, target.media
    settings.SEALED_ROOT, settings.DANVAN_KEYS = target.sealed, target.keys
    well, told = command("restore", kept[0])
    assert well
    assert "3 khóa nội dung còn đóng" in told
    assert "danvan audit verify --expect 3:" in told
    assert rows(target).tables == contents.read(kept[0]).tables
