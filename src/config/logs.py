"""Structured logs: one JSON object a line, with the request's id and no personal values.

A line holds ids, paths without their query, status and duration. The words of an exception are
written only for kinds that cannot quote what a person typed; its type and frames always are.
"""

import contextvars
import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from danvan.foundation.citizens import of_citizens
from danvan.foundation.faults import told

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
logger = logging.getLogger("danvan.request")

# What stands behind these is told nowhere: the key of somebody's calendar or file, the code of who sent something; all of an address in the vault, by which
# its cases could be counted and their readers be known.
SECRET = re.compile(
    r"(/theo-doi/(?:lich|tep|thu)/|/open311/v2/tokens/)[^/\s\"']+|(/to-cao/)[^\s\"'?]+|(/gui/)kin/[^\s\"'?]*"
)
HIDDEN = r"\1\2\3…"
FIELDS = ("method", "path", "status", "ms", "user")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class JsonLines(logging.Formatter):
    """One JSON object a line; the time is UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": SECRET.sub(HIDDEN, record.getMessage()),
        }
        if known := request_id.get():
            line["request"] = known
        for name in FIELDS:
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """The same as plain text, to be read by a person."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another may have written the words of the fault there
        return SECRET.sub(HIDDEN, super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """As in the other layout: the words of a fault may quote what a person typed."""
        return told(ei[1])


def untold(request: HttpRequest) -> bool:
    """Whether no line tells of the request, for lines count: what is sent into the closed letter box."""
    met = request.resolver_match
    return met is not None and getattr(met.func, "unlogged", False)


class RequestLog:
    """Give each request an id (a sound X-Request-ID is kept), write one line about it, send the id back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        own = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        request.META["HTTP_X_REQUEST_ID"] = own  # error pages show it
        token = request_id.set(own)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            ms = round((time.perf_counter() - began) * 1000, 1)
            # only a user who was looked up already: a line of the log may cost no query
            user = getattr(request, "_cached_user", None)
            path = SECRET.sub(HIDDEN, request.path)
            about: dict[str, Any] = {
                "method": request.method,
                "path": path,
                "status": response.status_code,
                "ms": ms,
                "user": None if of_citizens(request) else getattr(user, "pk", None),
            }
            static = path.startswith(settings.STATIC_URL)
            level = logging.DEBUG if static else logging.INFO
            if not untold(request):
                logger.log(level, "%s %s", request.method, path, extra=about)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = own
        return response


def configuration(*, level: str, layout: str) -> dict[str, Any]:
    """The value of LOGGING: everything to the standard error stream, as JSON or as plain text."""
    plain = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}, "text": {"()": PlainLines, "format": plain}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": layout}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "danvan": {"level": level.upper()},
            # Django's own handlers write e-mails and plain text: all goes through the root instead
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # its lines hold the query, which may hold the code of somebody who asked; RequestLog tells the rest
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
            # its line quotes the page that a form came from, with its query; foundation.views tells the rest
            "django.security.csrf": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django_tasks": {"level": "INFO"},
            "psycopg.pool": {"level": "ERROR"},  # it tells each try; the refusal says it once
        },
    }
