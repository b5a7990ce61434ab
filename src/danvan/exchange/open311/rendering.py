"""What is told, as JSON or as XML: the same names in both. XML is only ever written here, never read."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

JSON, XML = "json", "xml"
TYPES = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
# What one thing of a list is called in XML.
ITEMS = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_request_updates": "request_update",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
# Marks that no XML document may hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: `root` is its outermost name in XML; JSON has the list or the object alone."""

    root: str
    content: Sequence[Mapping[str, Any]] | Mapping[str, Any]


def rendered(told: Told, form: str) -> bytes:
    """The bytes that go out, in UTF-8."""
    if form == JSON:
        return json.dumps(told.content, ensure_ascii=False, default=str).encode()
    root = ET.Element(told.root)
    _fill(root, told.content)
    ET.indent(root)
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _fill(element: ET.Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ET.SubElement(element, name), value)
    elif isinstance(content, list | tuple):
        for one in content:
            _fill(ET.SubElement(element, ITEMS[element.tag]), one)
    elif content is not None:
        element.text = _words(content)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _FORBIDDEN.sub("", str(value))
