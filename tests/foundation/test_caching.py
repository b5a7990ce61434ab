"""Answers that nobody keeps."""

from pathlib import Path

from django.http import HttpResponse

from danvan.foundation import caching
from danvan.foundation.caching import kept_nowhere

SOURCE = Path(caching.__file__).parents[1]


def test_an_answer_is_kept_by_no_browser_and_by_nothing_on_the_way():
    @kept_nowhere
    def view(request, number):
        return HttpResponse(f"{request}{number}", status=422)

    answer = view("a", 1)
    assert (answer.content, answer.status_code) == (b"a1", 422)
    assert answer["Cache-Control"] == "no-store, private"


# Public answers of which each says for itself how long a proxy may keep it.
ANSWERS_TO_ALL = {
    "exchange/views/api/refusing.py", "exchange/views/api/serving.py", "exchange/views/telling.py", "portal/views/kept.py",
    "portal/views/people.py", "portal/views/sending.py",
}  # fmt: skip


def test_no_other_place_writes_that_heading():
    written = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if '["Cache-Control"] =' in (words := path.read_text()) or "cache_control(no_store" in words
    ]
    assert sorted(set(written) - ANSWERS_TO_ALL) == ["foundation/caching.py"]
