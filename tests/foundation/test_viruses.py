"""What carries a virus is refused: the test file in every packing, and what the scanner of this machine finds."""

import socket
import struct
import threading
import zlib

import pytest

from danvan.foundation import viruses
from danvan.foundation.errors import RuleError
from danvan.foundation.viruses import SIGNATURE, refuse_virus
from tests.factories.pictures import packed, png


def zipped(content, depth=1):
    for _ in range(depth):
        content = packed(**{"word/a.bin": content})
    return content


CARRIERS = {
    "alone": SIGNATURE,
    "behind other words": b"abc\n" + SIGNATURE + b"\n",
    "in an office file": zipped(SIGNATURE),
    "in a file in a file": zipped(SIGNATURE, 2),
    "in a PDF": b"%PDF-1.4\n1 0 obj\nstream\n" + zlib.compress(SIGNATURE) + b"\nendstream\n%%EOF",
    "in a PDF behind a broken stream": b"%PDF-1.4\nstream\nxx\nstream\n" + zlib.compress(SIGNATURE),
}


@pytest.mark.parametrize("content", CARRIERS.values(), ids=CARRIERS)
def test_the_test_file_is_refused_however_it_is_packed(settings, content):
    settings.DANVAN_SCANNER = None
    with pytest.raises(RuleError, match="EICAR"):
        refuse_virus(content, name="don.pdf")


@pytest.mark.parametrize(
    "content",
    [b"", b"abc", png(), packed(a=b"abc"), b"PK\x03\x04broken", b"%PDF-1.4\nstream\nbroken"],
)
def test_what_carries_none_passes(settings, content):
    settings.DANVAN_SCANNER = None
    refuse_virus(content, name="don.pdf")


def test_what_is_packed_without_end_is_looked_at_as_far_as_the_bound(settings, monkeypatch):
    settings.DANVAN_SCANNER = None
    monkeypatch.setattr(viruses, "UNPACKED_MOST", 10)
    refuse_virus(packed(a=b"0123456789", b=SIGNATURE), name="a.docx")
    two = (
        b"%PDF-1.4\nstream\n"
        + zlib.compress(b"0123456789")
        + b"\nstream\n"
        + zlib.compress(SIGNATURE)
    )
    refuse_virus(two, name="a.pdf")
    refuse_virus(zipped(SIGNATURE, 4), name="a.docx")


@pytest.fixture
def scanner(tmp_path, settings):
    """A scanner that answers one question with what it is told to."""
    place = str(tmp_path / "clamd")
    settings.DANVAN_SCANNER = place
    asked = []
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(place)
    listening.listen(1)

    def serve(answer):
        def answer_one():
            opened, _ = listening.accept()
            with opened, opened.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                got = b""
                while length := struct.unpack("!L", stream.read(4))[0]:
                    got += stream.read(length)
                asked.append(got)
                opened.sendall(answer)

        thread = threading.Thread(target=answer_one)
        thread.start()
        return thread

    yield serve, asked
    listening.close()


def test_the_scanner_sees_the_whole_file_and_passes_what_is_clean(scanner):
    serve, asked = scanner
    content = bytes(range(256)) * 600
    thread = serve(b"stream: OK\0")
    refuse_virus(content, name="a.pdf")
    thread.join()
    assert asked == [content]


def test_what_the_scanner_finds_is_refused_by_its_name(scanner):
    thread = scanner[0](b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    with pytest.raises(RuleError, match=r"mã độc \(Win.Test.EICAR_HDB-1\)"):
        refuse_virus(b"abc", name="a.pdf")
    thread.join()


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_a_scanner_that_cannot_say_lets_nothing_pass(scanner, answer):
    thread = scanner[0](answer)
    with pytest.raises(RuleError, match="Chưa quét được"):
        refuse_virus(b"abc", name="a.pdf")
    thread.join()


def test_a_scanner_that_is_not_there_lets_nothing_pass(settings, tmp_path):
    settings.DANVAN_SCANNER = tmp_path / "nowhere"
    with pytest.raises(RuleError, match="không trả lời"):
        refuse_virus(b"abc", name="a.pdf")
