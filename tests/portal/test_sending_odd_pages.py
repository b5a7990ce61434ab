"""What nobody means to send, and what is too much: answered in words for citizens, with nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.once import once
from tests.petitions.cases import Vault
from tests.portal.filled import TODAY, ready, words

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    return ready(_office, settings, monkeypatch)


def test_a_text_of_ten_megabytes_is_refused_in_kind_words(client, office):
    response = client.post("/gui/", {"noi_dung": "a" * 10_000_000, "buoc": "2"})
    assert response.status_code == 413
    assert "viết ngắn hơn" in words(response)
    response = client.post("/gui/", {"anh": SimpleUploadedFile("a.jpg", b"a" * 21_000_000)})
    assert response.status_code == 413
    assert "chọn ảnh nhỏ hơn" in words(response)


def test_words_that_are_too_long_stand_there_again_whole_or_it_is_said_that_they_do_not(
    client, office
):
    long = "Đường hỏng. " * 5_000
    response = client.post("/gui/", {"noi_dung": long, "buoc": "2"})
    assert response.status_code == 422
    assert long.strip() in words(response)
    response = client.post("/gui/", {"noi_dung": long * 2, "buoc": "2"})
    assert (response.status_code, "chỉ giữ lại được một đoạn đầu" in words(response)) == (422, True)
