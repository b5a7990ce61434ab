import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from config import env
from config.checks import fit_for_real_use, settings_are_known, settings_are_usable

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, home, **settings):
    """One `danvan` command in a process of its own, with only these settings."""
    return alone([sys.executable, "manage.py", *arguments], ROOT, home, settings)


def alone(command, folder, home, settings):
    ours = ("DANVAN_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, "DANVAN_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def faults(monkeypatch):
    found = []
    monkeypatch.setattr(env, "FAULTS", found)
    monkeypatch.setattr(env, "KNOWN", set())
    return found


WRONG = [
    ("DANVAN_DEBUG", "có", env.switch, "“có” không phải là 1 hay 0"),
    ("DANVAN_TODAY", "31/12/2026", env.day, "“31/12/2026” không phải là một ngày"),
    ("DANVAN_MAX_FILE_MB", "nhiều", env.whole, "“nhiều” không phải là số nguyên"),
    ("DANVAN_MAX_FILE_MB", "0", env.whole, "0 phải lớn hơn 0"),
    ("DANVAN_PROXIES", "-1", env.count, "-1 phải lớn hơn 0"),
    ("DANVAN_TOP_UNIT", "4", env.province, "“4” không phải là mã tỉnh gồm hai chữ số"),
    ("DANVAN_TOP_UNIT", "NA", env.province, "“NA” không phải là mã tỉnh gồm hai chữ số"),
    (
        "DANVAN_HOSTS",
        "https://danvan.vn",
        env.hosts,
        "“https://danvan.vn” không phải là tên miền (không ghi https:// hay đường dẫn)",
    ),
    ("DANVAN_ORIGINS", "danvan.vn", env.origins, "“danvan.vn” thiếu http:// hoặc https://"),
    (
        "DANVAN_ORIGINS",
        "https://danvan.vn/x",
        env.origins,
        "“https://danvan.vn/x” có phần thừa sau tên miền",
    ),
    (
        "DANVAN_LOG_LEVEL",
        "loud",
        env.one_of("info", "error"),
        "“loud” không thuộc các giá trị: info, error",
    ),
    (
        "DANVAN_MAIL_HOST",
        "a.vn,b.vn",
        env.one_host,
        "“a.vn,b.vn” phải là đúng một tên máy chủ, không kèm số cổng",
    ),
    (
        "DANVAN_MAIL_HOST",
        "a.vn:25",
        env.one_host,
        "“a.vn:25” phải là đúng một tên máy chủ, không kèm số cổng",
    ),
    (
        "DANVAN_MAIL_FROM",
        "Ban <a@b.vn>",
        env.address,
        "“Ban <a@b.vn>” không phải là một địa chỉ thư điện tử",
    ),
    ("DANVAN_MAIL_FROM", "a@b@c", env.address, "“a@b@c” không phải là một địa chỉ thư điện tử"),
    ("DANVAN_MAIL_HOUR", "24", env.hour, "24 lớn hơn 23"),
    ("DANVAN_PETITION_CLOSING_DAY", "29", env.closing_day, "29 lớn hơn 28"),
    (
        "DANVAN_MAIL_SITE",
        "https://a.vn,https://b.vn",
        env.origin,
        "“https://a.vn,https://b.vn” phải là đúng một địa chỉ",
    ),
    ("DANVAN_DATABASE", "mysql://a/b", env.database, "không biết loại cơ sở dữ liệu “mysql”"),
    (
        "DANVAN_DATABASE",
        "postgresql://a",
        env.database,
        "thiếu tên cơ sở dữ liệu ở cuối địa chỉ",
    ),
    (
        "DANVAN_DATABASE",
        "postgresql://a:x/b",
        env.database,
        "cổng của máy chủ cơ sở dữ liệu không phải là một số",
    ),
]


@pytest.mark.parametrize(("name", "raw", "convert", "wrong"), WRONG)
def test_a_wrong_setting_keeps_its_default_and_is_told(
    monkeypatch, faults, name, raw, convert, wrong
):
    monkeypatch.setenv(name, raw)
    assert env.read(name, "mặc định", convert, write="giá trị đúng") == "mặc định"
    assert faults == [env.Fault(name, wrong, "giá trị đúng")]


RIGHT = [
    (" 1 ", env.switch, True),
    ("off", env.switch, False),
    ("2026-12-31", env.day, date(2026, 12, 31)),
    ("25", env.whole, 25),
    ("0", env.count, 0),
    ("2", env.count, 2),
    ("40", env.province, "40"),
    ("a.vn, b.vn,", env.hosts, ["a.vn", "b.vn"]),
    ("mail.a.vn", env.one_host, "mail.a.vn"),
    ("a@b.vn", env.address, "a@b.vn"),
    ("0", env.hour, 0),
    ("0", env.closing_day, 0),
    ("https://a.vn/", env.origin, "https://a.vn"),
    ("https://a.vn/,http://b:8000", env.origins, ["https://a.vn", "http://b:8000"]),
    ("INFO", env.one_of("info", "error"), "info"),
]


@pytest.mark.parametrize(("raw", "convert", "value"), RIGHT)
def test_a_right_setting_is_read(monkeypatch, faults, raw, convert, value):
    monkeypatch.setenv("DANVAN_SOME", raw)
    assert env.read("DANVAN_SOME", None, convert, write="") == value
    assert faults == []


def test_a_setting_that_is_not_given_keeps_its_default(monkeypatch, faults):
    monkeypatch.delenv("DANVAN_SOME", raising=False)
    assert env.read("DANVAN_SOME", 7, env.whole, write="") == 7
    assert faults == []


def test_a_database_address_is_taken_apart():
    server = env.database("postgresql://dân:m%40t@10.0.0.1:6543/danvan")
    assert [server[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "dân",
        "m@t",
        "10.0.0.1",
        "6543",
        "danvan",
    ]
    assert env.database("postgresql://danvan@/danvan")["PORT"] == "5432"
    assert env.database("sqlite:////srv/danvan/a.sqlite3")["NAME"] == "/srv/danvan/a.sqlite3"


def test_a_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="là một tệp, không phải thư mục"):
        env.folder(str(tmp_path / "file" / "below"))
    assert env.folder(str(tmp_path / "new" / "below")) == tmp_path / "new" / "below"


def test_the_signing_key_is_made_once_and_kept_to_its_owner(monkeypatch, tmp_path):
    monkeypatch.delenv("DANVAN_SECRET_KEY", raising=False)
    key = env.secret(tmp_path)
    assert len(key) >= 50
    assert env.secret(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_given_signing_key_is_used_and_a_short_one_is_told(monkeypatch, tmp_path, faults):
    monkeypatch.setenv("DANVAN_SECRET_KEY", "k" * 50)
    assert env.secret(tmp_path) == "k" * 50
    assert faults == []
    monkeypatch.setenv("DANVAN_SECRET_KEY", "ngắn")
    env.secret(tmp_path)
    assert [fault.name for fault in faults] == ["DANVAN_SECRET_KEY"]
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_made_is_told(monkeypatch, tmp_path, faults):
    monkeypatch.delenv("DANVAN_SECRET_KEY", raising=False)
    (tmp_path / "file").write_text("")
    assert len(env.secret(tmp_path / "file" / "home")) >= 50
    assert [fault.name for fault in faults] == ["DANVAN_HOME"]


def test_the_check_tells_each_fault_with_what_to_write(settings):
    settings.DANVAN_FAULTS = [env.Fault("DANVAN_TODAY", "“x” không phải là một ngày", "2026-12-31")]
    (error,) = settings_are_usable(None)
    assert (error.id, error.msg, error.hint) == (
        "config.E001",
        "Thiết lập DANVAN_TODAY chưa dùng được: “x” không phải là một ngày.",
        "Đồng chí vui lòng ghi DANVAN_TODAY = 2026-12-31.",
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("DANVAN_DATABSE", "Có phải đồng chí muốn ghi DANVAN_DATABASE?"),
        ("DANVAN_QQQQ", "Đồng chí vui lòng bỏ tên này."),
    ],
)
def test_a_misspelt_setting_is_told(monkeypatch, name, hint):
    for known in list(os.environ):
        if known.startswith("DANVAN_"):
            monkeypatch.delenv(known)
    assert settings_are_known(None) == []
    monkeypatch.setenv(name, "1")
    assert [(one.msg, one.hint) for one in settings_are_known(None)] == [
        (f"Không có thiết lập nào tên là {name}.", hint)
    ]


def test_real_use_is_warned_of_what_suits_only_a_trial(settings, monkeypatch, tmp_path):
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.HTTPS = False
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.DANVAN_KEYS = settings.HOME / "keys" / "keys.json"
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    settings.STATIC_ROOT = tmp_path
    numbers = [one.id for one in fit_for_real_use(None)]
    assert numbers == [f"config.W{number}" for number in (101, 103, 104, 105, 106, 108, 109)]
    settings.ALLOWED_HOSTS, settings.HTTPS = ["*"], True
    settings.DANVAN_SECOND_FACTOR = "required"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    numbers = [one.id for one in fit_for_real_use(None)]
    assert numbers == [f"config.W{number}" for number in (102, 104, 105, 107, 106, 109)]


def test_no_command_runs_on_wrong_settings_and_all_faults_are_told_at_once(tmp_path):
    wrong = {"DANVAN_TODAY": "hôm nay", "DANVAN_MAX_FILE_MB": "0"}
    answer = run("migrate", home=tmp_path, **wrong)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Thiết lập DANVAN_TODAY chưa dùng được" in answer.stderr
    assert "Thiết lập DANVAN_MAX_FILE_MB chưa dùng được" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "danvan.sqlite3").exists()


def test_check_explains_wrong_settings(tmp_path):
    answer = run("check", home=tmp_path, DANVAN_DATABASE="oracle://a/b")
    assert answer.returncode == 1
    assert "config.E001" in answer.stderr
    assert "Đồng chí vui lòng ghi DANVAN_DATABASE = sqlite:////srv" in answer.stderr


def test_a_server_does_not_start_on_wrong_settings(tmp_path):
    command = [sys.executable, "-c", "import config.wsgi"]
    answer = alone(command, ROOT / "src", tmp_path, {"DANVAN_HTTPS": "bật"})
    assert answer.returncode == 1
    assert "Thiết lập DANVAN_HTTPS chưa dùng được: “bật” không phải là 1 hay 0." in answer.stderr


def test_a_database_that_does_not_open_is_told_in_a_sentence(tmp_path):
    place = f"sqlite:///{tmp_path}/không có/a.sqlite3"
    answer = run("migrate", home=tmp_path, DANVAN_DATABASE=place)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Không dùng được cơ sở dữ liệu: unable to open database file.")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("arguments", [(), ("--help",), ("help",)])
def test_danvan_alone_tells_its_commands(tmp_path, arguments):
    answer = run(*arguments, home=tmp_path)
    assert answer.returncode == 0
    assert answer.stdout.startswith("Dân Vận Số")
    assert "\n  setup " in answer.stdout


def test_setup_may_be_repeated_and_prepares_the_files_of_a_new_home(emptied, tmp_path):
    """On nothing at all it has run before every test: it made the database they are copied from (tests/outside.py)."""
    answer = emptied.run("manage.py", "setup")
    assert (answer.returncode, answer.stderr) == (0, "")
    manifest = json.loads((tmp_path / "static/staticfiles.json").read_text())
    assert manifest["paths"] != {}
