import json
import logging
import sys
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from config import logs


def line_of(record):
    return json.loads(logs.JsonLines().format(record))


def record_of(message, *args, fault=None, **extra):
    exc_info = None
    if fault is not None:
        try:
            raise fault
        except Exception:  # noqa: BLE001 - only its traceback is wanted
            exc_info = sys.exc_info()
    record = logging.LogRecord("danvan.x", logging.INFO, "f.py", 1, message, args, exc_info)
    record.created = 1796050800.5
    for name, value in extra.items():
        setattr(record, name, value)
    return record


def test_a_line_is_one_json_object_in_utc_with_vietnamese_as_written():
    text = logs.JsonLines().format(record_of("nạp xong %s xã", 130))
    assert "\n" not in text
    assert json.loads(text) == {
        "time": "2026-11-30T15:00:00.500+00:00",
        "level": "info",
        "logger": "danvan.x",
        "message": "nạp xong 130 xã",
    }
    assert "nạp xong" in text


@pytest.mark.parametrize(
    ("fault", "begins"),
    [
        (ValueError("Nguyễn Văn An, 0912345678"), "ValueError at "),
        (ImproperlyConfigured("DANVAN_X"), "ImproperlyConfigured: DANVAN_X at "),
    ],
)
def test_the_words_of_a_fault_are_told_only_where_they_cannot_quote_a_person(fault, begins):
    error = line_of(record_of("hỏng", fault=fault))["error"]
    assert error.startswith(begins)
    assert "record_of" in error
    assert "Nguyễn" not in error


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.DEBUG, logger="danvan.request")
    return caplog


def answer(request, response=None):
    return logs.RequestLog(lambda _: response or HttpResponse("ok"))(request)


def test_each_request_has_an_id_and_one_line_without_its_query(lines):
    request = RequestFactory().get("/don-vi/tim/?q=Nguyễn Văn An")
    response = answer(request, HttpResponse(status=404))
    (line,) = lines.records
    told = line_of(line)
    assert len(response["X-Request-ID"]) == 16
    assert {key: told[key] for key in ("method", "path", "status", "user")} == {
        "method": "GET",
        "path": "/don-vi/tim/",
        "status": 404,
        "user": None,
    }
    assert "Nguy" not in json.dumps(told, ensure_ascii=False)
    assert told["ms"] >= 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abcd-1234", True), ("ngắn", False), ("a" * 65, False), ("x y\nz-123456", False)],
)
def test_a_sound_id_from_the_proxy_is_kept_and_any_other_is_replaced(given, kept):
    request = RequestFactory().get("/")
    request.META["HTTP_X_REQUEST_ID"] = given
    assert (answer(request)["X-Request-ID"] == given) is kept


def test_the_id_stands_on_every_line_written_during_the_request():
    seen = []

    def view(_):
        seen.append(line_of(record_of("giữa chừng"))["request"])
        return HttpResponse()

    response = logs.RequestLog(view)(RequestFactory().get("/"))
    assert seen == [response["X-Request-ID"]]
    assert "request" not in line_of(record_of("sau đó"))


def test_files_of_the_pages_are_not_worth_a_line(lines):
    answer(RequestFactory().get("/static/app.css"))
    assert [line.levelname for line in lines.records] == ["DEBUG"]


def test_a_line_looks_nobody_up(lines):
    """The user is lazy: asking for it after the response would be a query, or a fault of its own."""

    def refuse():
        raise AssertionError

    request = RequestFactory().get("/")
    request.user = SimpleLazyObject(refuse)
    assert answer(request).status_code == 200
    request._cached_user = SimpleNamespace(pk=7)
    answer(request)
    assert [line_of(line)["user"] for line in lines.records] == [None, 7]


def test_the_key_in_an_address_stands_in_no_line_of_either_layout():
    layouts = logs.configuration(level="INFO", layout="text")["formatters"]
    plain = layouts["text"]["()"](layouts["text"]["format"])
    for path in ("/theo-doi/lich/kEy-123.ics", "/theo-doi/tep/kEy:1tY:abc/"):
        record = record_of("Not Found: %s for %r", path, path)
        for line in (logs.JsonLines().format(record), plain.format(record)):
            assert "kEy" not in line
            assert " for '" in line


def test_which_page_of_the_vault_was_opened_stands_in_no_line_of_either_layout():
    layouts = logs.configuration(level="INFO", layout="text")["formatters"]
    plain = layouts["text"]["()"](layouts["text"]["format"])
    for path in ("/to-cao/0e5f-4c/viec/accept/", "/to-cao/tu-don/4711/"):
        record = record_of("Not Found: %s for %r", path, path)
        for line in (logs.JsonLines().format(record), plain.format(record)):
            assert "/to-cao/…" in line
            assert not any(part in line for part in ("0e5f", "4711", "tu-don", "accept"))
