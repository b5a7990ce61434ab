"""What is too large is refused by its size, with nothing of it read."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from danvan.foundation.errors import RuleError
from danvan.foundation.uploads import read_sent
from danvan.foundation.views import BodyLimit

MB = 1024 * 1024


class Unreadable:
    """A file that was sent and must not be read."""

    name = "to.pdf"

    def __init__(self, size):
        self.size = size

    def read(self):
        raise AssertionError("the file was read")


class Readable(Unreadable):
    def read(self):
        return b"chu"


def test_a_file_larger_than_one_may_be_is_not_read(settings):
    settings.DANVAN_MAX_FILE_MB = 2
    with pytest.raises(RuleError, match=r"“to\.pdf” nặng 2,5 MB, vượt mức 2 MB"):
        read_sent(Unreadable(2 * MB + MB // 2))
    assert read_sent(Readable(2 * MB)) == b"chu"
    assert read_sent(Readable(None)) == b"chu"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("length", "status"),
    [(8 * MB + 1, 413), ("9" * 30, 413), (8 * MB, 403), ("", 403), ("x", 403)],
)
def test_a_request_that_carries_too_much_is_refused_before_it_is_read(
    client, settings, length, status
):
    settings.DANVAN_MAX_FILE_MB = 2
    client.handler.enforce_csrf_checks = True  # reads the body where nothing stops it before

    response = client.post(
        reverse("account_login"), {"login": "a"}, headers={}, CONTENT_LENGTH=str(length)
    )

    assert response.status_code == status
    assert ("quá lớn" in response.content.decode()) == (status == 413)


@pytest.mark.django_db
def test_a_text_too_long_for_a_box_is_told_to_come_as_a_file(client, settings):
    client.handler.enforce_csrf_checks = True
    client.get(reverse("account_login"))  # gives the token without which nothing is read
    response = client.post(
        reverse("account_login"), {"login": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    )
    assert response.status_code == 413
    assert "lưu thành tệp" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["get", "post"])
@pytest.mark.parametrize("sent", [{"q": "a\0b"}, {"a\0b": "q"}, {"q": ["a", "\0"]}])
def test_a_box_with_a_nul_is_refused_before_any_page_reads_it(client, act, sent):
    response = getattr(client, act)("/thong-bao/", sent)
    assert response.status_code == 400
    assert "không đúng dạng" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "known", "held"),
    [
        ("/to-cao/nhan/", True, "InMemoryUploadedFile"),
        ("/to-cao/nhan/", False, "TemporaryUploadedFile"),
        ("/van-ban/", True, "TemporaryUploadedFile"),
    ],
)
def test_what_is_to_be_sealed_touches_no_disk_on_its_way_in(path, known, held, settings):
    large = SimpleUploadedFile("a.pdf", b"x" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    request = RequestFactory().post(path, {"scan": large})
    request.user = SimpleNamespace(is_authenticated=known)
    answer = BodyLimit(lambda sent: HttpResponse(type(sent.FILES["scan"]).__name__))(request)
    request.close()
    assert answer.content.decode() == held
