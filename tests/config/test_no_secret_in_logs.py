"""Whatever fails, no line of the log quotes what a person typed, a password or a key, in either layout."""

import logging
from base64 import b64encode
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from config import logs
from danvan.foundation import jobs, key_file, sealing
from danvan.vietnamese.text import fold
from tests.config import leaking

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Nông Thị Mẩy 0987654321"
PASSWORD = "mat-khau-go-nham-9731"


@pytest.fixture
def written():
    """All that either layout writes, at the levels of an installation that tells everything it can."""
    told = logs.configuration(level="debug", layout="json")
    plain = logs.PlainLines(told["formatters"]["text"]["format"])
    streams = []
    root = logging.getLogger()
    for formatter in (plain, logs.JsonLines()):
        handler = logging.StreamHandler(StringIO())
        handler.setFormatter(formatter)
        root.addHandler(handler)
        streams.append(handler)
    levels = {name: logging.getLogger(name).level for name in told["loggers"]}
    for name, chosen in told["loggers"].items():
        logging.getLogger(name).setLevel(chosen["level"])
    yield lambda: [handler.stream.getvalue() for handler in streams]
    for handler in streams:
        root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def quoted(lines):
    """What of the text, the password and the keys stands there, however it is written."""
    ring = key_file.load()
    secrets = [key.secret for key in (*ring.wrapping, ring.marking)]
    forms = [TEXT, fold(TEXT), TEXT.lower(), quote(TEXT), "0987654321", PASSWORD]
    forms += [TEXT.encode("unicode_escape").decode(), b64encode(TEXT.encode()).decode()]
    forms += [
        form for key in secrets for form in (key.hex(), b64encode(key).decode(), repr(key)[2:-1])
    ]
    return [form for form in forms if form in lines]


def test_no_line_quotes_what_was_typed_a_password_or_a_key(written, settings):
    settings.ROOT_URLCONF = "tests.config.leaking"
    settings.DANVAN_JOBS_INLINE = False
    client = Client(raise_request_exception=False)
    sign_in = reverse("account_login")
    client.post(sign_in, {"login": TEXT, "password": PASSWORD})
    client.post(sign_in, {"login": "an.nv", "password": PASSWORD})
    statuses = [
        client.get("/khong-co/", {"q": TEXT}).status_code,
        *(
            client.post(f"{page}?how={how}&q={quote(TEXT)}", {"text": TEXT}).status_code
            for page, how in (
                ("/hong/", "loud"),
                ("/hong/", "broken"),
                ("/dong/", "twice"),
                ("/dong/", "long"),
            )
        ),
        client.post("/hong/", {"file": SimpleUploadedFile(f"{TEXT}.pdf", b"x")}).status_code,
    ]
    assert statuses == [404, 500, 500, 500, 500, 500]
    strict = Client(enforce_csrf_checks=True)
    referer = {"HTTP_REFERER": f"https://elsewhere.vn/?q={quote(TEXT)}"}
    assert strict.post(sign_in, {"login": TEXT}, secure=True, **referer).status_code == 403
    leaking.job.enqueue(TEXT)
    assert jobs.run_all("w") == 1
    for lines in written():
        assert lines.count("LookupError at ") == 2
        assert "SealBroken at " in lines
        assert "IntegrityError at " in lines
        assert (
            "csrf: Referer checking failed\n" in lines or '"csrf: Referer checking failed"' in lines
        )
        assert quoted(lines) == []
        assert "Traceback" not in lines
    [row] = DBTaskResult.objects.all()
    assert quoted(row.traceback) == []
    assert row.traceback.startswith("LookupError at ")


def test_the_search_for_canaries_would_find_them():
    opened = key_file.load().newest("vault").secret
    for line in (f"x {TEXT} y", f"q={quote(TEXT)}", PASSWORD, f"{opened!r}", fold(TEXT)):
        assert quoted(line)
    assert quoted(sealing.KeyUnavailable("x").message) == []
