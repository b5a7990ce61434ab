"""What the first page weighs for an officer who has never been here: page, styles, scripts, icons, fonts.

Everything gzipped as it is sent (fonts are compressed already). Uses the specialists of the home it is
given (`DANVAN_HOME=.demo make bench NAME=page-weight`), else one made for the measurement.
"""

import gzip
import posixpath
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from danvan.accounts.models import Grant, User
from danvan.foundation import clock
from danvan.organisations.models import Unit

LIMIT_KB = 220
PACKED = {".woff2", ".png", ".jpg"}


def an_officer() -> User:
    """A specialist who is there, else one made now."""
    held = Grant.objects.filter(role="specialist").select_related("user").order_by("pk").first()
    if held is not None:
        return held.user
    unit = Unit.objects.order_by("pk").first()
    unit = unit or Unit.objects.create(sort="place", founded_on=clock.today())
    user = User.objects.create(username="page-weight", full_name="Nguyễn Văn Cân")
    Grant.objects.create(user=user, unit=unit, role="specialist", valid_from=clock.today())
    return user


def weight(path: str) -> int:
    """Bytes of one static file as sent."""
    file = Path(found) if (found := find(path)) else None
    if file is None:
        raise LookupError(f"the page asks for {path}, which is not there: run `make install`")
    content = file.read_bytes()
    return len(content) if file.suffix in PACKED else len(gzip.compress(content, 6))


def asked_for(text: str, pattern: str) -> set[str]:
    """Static files named in a page or a stylesheet, without hash, query and fragment."""
    return {re.sub(r"[?#].*", "", name) for name in re.findall(pattern, text)}


def run() -> dict[str, Any]:
    """Kilobytes by kind, their sum and the limit."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    with transaction.atomic():
        client, officer = Client(), an_officer()
        User.objects.filter(pk=officer.pk).update(must_change_password=False)
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        response = client.get("/", follow=True)
        page = response.content.decode()
        transaction.set_rollback(True)
    if response.status_code != 200:
        raise LookupError(f"the first page answered {response.status_code}")
    kinds = {"page": len(gzip.compress(page.encode(), 6))}
    for path in sorted(asked_for(page, r'(?:href|src)="/static/([^"]+)"')):
        kind = Path(path).suffix[1:]
        kinds[kind] = kinds.get(kind, 0) + weight(path)
        if kind == "css":
            sheet = Path(str(find(path))).read_text(encoding="utf-8")
            for font in sorted(asked_for(sheet, r'url\("?([^")]+\.woff2)')):
                place = posixpath.normpath(posixpath.join(posixpath.dirname(path), font))
                kinds["fonts"] = kinds.get("fonts", 0) + weight(place)
    in_kb = {kind: round(size / 1000, 1) for kind, size in kinds.items()}
    total = round(sum(kinds.values()) / 1000, 1)
    path = response.request["PATH_INFO"]
    return {
        "path": path,
        "kb": in_kb,
        "total_kb": total,
        "limit_kb": LIMIT_KB,
        "within": total <= LIMIT_KB,
    }
