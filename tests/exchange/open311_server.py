"""How a server of GeoReport is asked, for the rules that are tried on it: what it answers, and what makes a rule hold."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from xml.etree import ElementTree as ET

W3 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    kind: str  # Content-Type
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body.decode("utf-8"))

    @property
    def xml(self) -> ET.Element:
        """The body as XML: what declares entities is refused before it is read."""
        if b"<!DOCTYPE" in self.body or b"<!ENTITY" in self.body:
            raise Broken("the XML declares a document type or entities")
        return ET.fromstring(self.body.decode("utf-8").encode())


class Server(Protocol):
    """How a server is asked."""

    def ask(self, method: str, path: str, told: Mapping[str, str]) -> Reply:
        """One request: `told` in the address of a GET, in the form of a POST."""


class Broken(AssertionError):  # noqa: N818
    """A rule does not hold."""


class LeftOut(Exception):  # noqa: N818
    """A rule cannot be tried here."""


@dataclass
class Asked:
    """What is tried, and with what."""

    server: Server
    key: str = ""
    jurisdiction: str = ""
    discovery: str = ""
    service: str = ""
    updates: bool = False
    _kept: dict[str, Any] = field(default_factory=dict)

    def get(self, path: str, **told: str) -> Reply:
        """Read something."""
        if self.jurisdiction:
            told = {"jurisdiction_id": self.jurisdiction, **told}
        return self.server.ask("GET", path, told)

    def post(self, path: str, **told: str) -> Reply:
        """Send something."""
        if self.jurisdiction:
            told = {"jurisdiction_id": self.jurisdiction, **told}
        return self.server.ask("POST", path, told)

    def listed(self, path: str, **told: str) -> list[dict[str, Any]]:
        """A list in JSON that was read without a fault."""
        reply = self.get(f"{path}.json", **told)
        hold(reply.status == 200, f"{path}.json {told} answers {reply.status}")
        hold(isinstance(reply.json, list), f"{path}.json is no list")
        return list(reply.json)

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What several rules need, asked for once."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def services(self) -> list[dict[str, Any]]:
        """The list of services."""
        return list(self.kept("services", lambda: self.listed("/services")))

    def requests(self) -> list[dict[str, Any]]:
        """The requests of the usual question; left out where there is none to look at."""
        found = list(self.kept("requests", lambda: self.listed("/requests")))
        if not found:
            raise LeftOut("the server shows no request of the last 90 days")
        return found


def hold(true: object, why: str) -> None:
    """The rule is broken where this is not so."""
    if not true:
        raise Broken(why)


def plain(element: ET.Element) -> Any:
    """XML as the same values that JSON would have, all as text."""
    if len(element) == 0:
        return (element.text or "").strip()
    names = {child.tag for child in element}
    if len(names) == 1 and element.tag != "discovery" and element.tag.rstrip("s") != element.tag:
        return [plain(child) for child in element]
    return {child.tag: plain(child) for child in element}


def as_text(value: Any) -> Any:
    """JSON with all values as the text that XML has."""
    if isinstance(value, dict):
        return {name: as_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value] or ""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).strip()


def same_in_both(asked: Asked, path: str, root: str, **told: str) -> None:
    """The same values in JSON and in XML, each with its type and its encoding."""
    one, other = asked.get(f"{path}.json", **told), asked.get(f"{path}.xml", **told)
    hold((one.status, other.status) == (200, 200), f"{path}: {one.status} and {other.status}")
    hold(
        one.kind.lower().replace(" ", "") == "application/json;charset=utf-8", f"JSON as {one.kind}"
    )
    hold(other.kind.lower().replace(" ", "") == "text/xml;charset=utf-8", f"XML as {other.kind}")
    first = other.body[:60].lower().replace(b"'", b'"')
    hold(first.startswith(b"<?xml") and b'encoding="utf-8"' in first, "the XML declares no UTF-8")
    hold(other.xml.tag == root, f"the root is {other.xml.tag}, not {root}")
    hold(plain(other.xml) == as_text(one.json), f"{path}: JSON and XML tell different things")


def refused(reply: Reply, *statuses: int, form: str = "json") -> None:
    """A refusal with one of these statuses, in the form of errors."""
    hold(reply.status in statuses, f"{reply.status} instead of {' or '.join(map(str, statuses))}")
    if form == "json":
        told = reply.json
        hold(isinstance(told, list) and bool(told), "the refusal is no list of errors")
        hold(all({"code", "description"} <= set(one) for one in told), "an error lacks its words")
        hold(
            {str(one["code"]) for one in told} == {str(reply.status)}, "the code is not the status"
        )
        return
    hold(reply.xml.tag == "errors", f"the root of a refusal is {reply.xml.tag}")
    for one in reply.xml:
        hold(
            one.tag == "error" and one.findtext("code") == str(reply.status),
            "an error without code",
        )
        hold(bool(one.findtext("description")), "an error without words")


def instant(words: Any, name: str) -> datetime:
    """A moment with its zone."""
    hold(bool(W3.fullmatch(str(words))), f"{name} {words!r} is no moment with a zone")
    return datetime.fromisoformat(str(words))
