"""How large pictures are, and the words in them where a reader is installed."""

import pytest

from danvan.foundation import pictures
from danvan.foundation.pictures import size_of, words_in_picture, words_in_scan
from tests.factories.pictures import jpeg, pdf, png, reader_of_words


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(30, 20), (30, 20)),
        (jpeg(30, 20), (30, 20)),
        (b"\xff\xd8\xff\xd9", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"%PDF-1.4", None),
        (b"\xff\xd8\xff\xe0\x00\x04ab", None),
    ],
)
def test_the_size_is_read_from_the_head(content, size):
    assert size_of(content) == size


def test_words_are_read_where_a_reader_is_installed(settings, tmp_path):
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, "Kính gửi Ủy ban")
    assert words_in_picture(png()) == "Kính gửi Ủy ban"
    assert words_in_scan(pdf("a")) == ["Kính gửi Ủy ban"]


def test_a_reader_without_vietnamese_reads_with_what_it_knows(settings, tmp_path):
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, "IDVNM", knows="eng")
    assert words_in_picture(png()) == "IDVNM"


def test_nothing_is_read_without_a_reader_or_by_one_that_fails(settings, tmp_path):
    settings.DANVAN_TESSERACT = str(tmp_path / "none")
    assert words_in_picture(png()) is None
    assert words_in_scan(pdf("a")) is None
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, "x", knows="lao")
    assert words_in_picture(png()) is None
    assert words_in_scan(pdf("a")) is None
    assert words_in_scan(b"%PDF-1.4 broken") is None


def test_a_reader_that_takes_too_long_is_not_waited_for(settings, tmp_path, monkeypatch):
    command = tmp_path / "slow"
    command.write_text("#!/bin/sh\nexec sleep 5\n", "utf-8")
    command.chmod(0o700)
    settings.DANVAN_TESSERACT = str(command)
    monkeypatch.setattr(pictures, "SECONDS", 0.05)
    assert words_in_picture(png()) is None


def test_a_picture_too_large_to_read_is_left(settings, tmp_path):
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, "x")
    huge = png()[:16] + b"\x00\x01\x00\x00" * 2 + png()[24:]
    assert words_in_picture(huge) is None
    assert words_in_picture(b"abc") is None
