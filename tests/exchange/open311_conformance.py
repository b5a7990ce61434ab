"""Whether a server speaks Open311 GeoReport v2: rules of the specification, tried over HTTP on any server.

    python -m tests.exchange.open311_conformance https://city.example/open311/v2 [--key KEY] [--jurisdiction ID]
        [--discovery URL] [--service CODE] [--updates]

Only standard Python. Nothing is sent unless a key is given: then one request is made, marked as a test. Each rule tells
passed, failed with the reason, or left out with the reason; the exit status is the number of failed rules.
"""

import argparse
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from tests.exchange.open311_rules import RULES
from tests.exchange.open311_server import Asked, LeftOut, Reply


def tried(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """(rule, passed | failed | left out, why) of each rule."""
    for rule in RULES:
        name = rule.__name__.replace("_", " ")
        try:
            rule(asked)
        except LeftOut as why:
            yield name, "left out", str(why)
        except (AssertionError, KeyError, TypeError, ValueError, ET.ParseError) as why:
            yield name, "failed", f"{type(why).__name__}: {why}"
        else:
            yield name, "passed", ""


class Remote:
    """A server somewhere on the network."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")

    def ask(self, method: str, path: str, told: Mapping[str, str]) -> Reply:
        """One request; a path may be a whole address."""
        url = path if "://" in path else f"{self.root}{path}"
        body = urlencode(told).encode() if method == "POST" else None
        if method == "GET" and told:
            url = f"{url}?{urlencode(told)}"
        sent = urllib.request.Request(url, data=body, method=method)
        try:
            with urllib.request.urlopen(sent, timeout=30) as answer:
                return Reply(answer.status, answer.headers.get("Content-Type", ""), answer.read())
        except urllib.error.HTTPError as wrong:
            return Reply(wrong.code, wrong.headers.get("Content-Type", ""), wrong.read())


def main(arguments: list[str] | None = None) -> int:
    """Try a server and tell of each rule."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("url")
    for name in ("key", "jurisdiction", "discovery", "service"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--updates", action="store_true")
    said = parser.parse_args(arguments)
    asked = Asked(
        Remote(said.url), said.key, said.jurisdiction,
        said.discovery.removesuffix(".json").removesuffix(".xml"), said.service, said.updates,
    )  # fmt: skip
    failed = 0
    for name, came, why in tried(asked):
        failed += came == "failed"
        print(f"{came:8} {name}{f': {why}' if why else ''}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
