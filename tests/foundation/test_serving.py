import socket
import time
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.django_db


def free_port():
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return asking.getsockname()[1]


def answer(port):
    """The status of the first page, None while nothing answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return page.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    except (urllib.error.URLError, ConnectionError, TimeoutError):  # or much to do elsewhere
        return None


@pytest.mark.parametrize("beside", [True, False])
def test_one_command_serves_the_pages_with_a_worker_beside_them(outside, beside):
    port = free_port()
    before = outside.script(
        "from danvan.foundation.models import JobWorker; JobWorker.objects.all().delete()\n"
        "from tests.foundation import work; work.count.enqueue('served')\n"
        "print(work.noted('served'))"
    )
    more = [] if beside else ["--no-worker"]
    process = outside.start("manage.py", "serve", "--port", str(port), *more)
    end = time.monotonic() + 120
    ask = "from tests.foundation import work; print(work.noted('served'))"
    try:
        while time.monotonic() < end and (answered := answer(port)) is None:
            time.sleep(0.2)
        while beside and time.monotonic() < end and outside.script(ask) == before:
            time.sleep(0.2)
        served = outside.script(ask)
    finally:  # or it works on in the database of the tests after this one
        process.terminate()
        out, err = process.communicate(timeout=60)
    assert answered is not None, err
    assert (served == before) is not beside
    assert f"http://127.0.0.1:{port}" in out
    assert process.returncode == 0
    left = outside.script(
        "from danvan.foundation.models import JobWorker; print(JobWorker.objects.count())"
    )
    assert left == "0"
