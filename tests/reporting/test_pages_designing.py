"""Writing a form on its pages, without a script: begun, filled with questions, refused politely, published."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.reporting.models import Form, FormDraft
from danvan.reporting.services import begin_form_draft
from tests.desk.months import plain
from tests.factories.province import Province, make_grant
from tests.reporting.months import indicators, make_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 10)


@pytest.fixture
def province():
    indicators()
    return Province()


@pytest.fixture
def specialist(province, client):
    client.force_login(make_grant(province.place, "specialist"))
    return client


def written(province):
    return begin_form_draft(
        unit=province.place, code="BM-09", name="Báo cáo", level="commune", due_day=5, actor=None
    )


def posted(client, draft, act, **said):
    draft.refresh_from_db()
    said = {"viec": act, "ban": draft.changes, **said}
    return client.post(reverse("reporting:design", args=[draft.pk]), said)


def test_a_form_is_written_from_nothing_and_published(specialist, province):
    assert "Soạn biểu mẫu mới" in plain(specialist.get(reverse("reporting:manage")))
    head = {
        "unit": province.place.pk,
        "code": "BM-09",
        "name": "Báo cáo",
        "level": "commune",
        "due_day": 5,
    }
    assert specialist.post(reverse("reporting:design-new"), head).status_code == 302
    draft = FormDraft.objects.get()
    assert (
        posted(specialist, draft, "them-muc", title="Đối thoại", may_be_nil="on").status_code == 302
    )
    number = {
        "muc": 0,
        "label": "Số cuộc",
        "kind": "number",
        "indicator_code": "DV-01",
        "required": "on",
    }
    assert posted(specialist, draft, "them-cau", **number).status_code == 302
    words = {
        "muc": 0,
        "label": "Khó khăn",
        "kind": "text",
        "indicator_code": "DV-02",
        "part_of": "dv-01",
    }
    assert posted(specialist, draft, "them-cau", **words).status_code == 302
    page = plain(specialist.get(reverse("reporting:design", args=[draft.pk])))
    assert "1. Đối thoại được báo không phát sinh" in page
    assert "Khó khăn không bắt buộc Lời" in page
    assert "Báo cáo" in plain(specialist.get(reverse("reporting:manage")))
    seen = plain(specialist.get(reverse("reporting:design-preview", args=[draft.pk])))
    assert "Số cuộc" in seen
    answer = posted(specialist, draft, "ban-hanh", valid_from="01/01/2027")
    assert answer.url == reverse("reporting:manage")
    form = Form.objects.get(code="BM-09")
    assert (form.number, form.valid_from) == (1, date(2027, 1, 1))
    assert not FormDraft.objects.exists()


def test_questions_and_sections_are_changed_moved_and_left_out(specialist, province):
    draft = written(province)
    posted(specialist, draft, "them-muc", title="Một")
    posted(specialist, draft, "them-muc", title="Hai")
    for label in ("A", "B"):
        posted(specialist, draft, "them-cau", muc=0, label=label, kind="text")
    asked = reverse("reporting:design", args=[draft.pk])
    assert 'value="A"' in specialist.get(asked, {"muc": 0, "cau": 0}).content.decode()
    assert 'value="Hai"' in specialist.get(asked, {"muc": 1}).content.decode()
    assert "Thêm câu hỏi" in plain(specialist.get(asked, {"muc": 1, "them": 1}))
    posted(specialist, draft, "sua-cau", muc=0, cau=0, label="A mới", kind="text")
    posted(specialist, draft, "len", muc=0, cau=1)
    posted(specialist, draft, "xuong", muc=0, cau=1)
    posted(specialist, draft, "sua-muc", muc=1, title="Hai mới")
    posted(specialist, draft, "len-muc", muc=1)
    draft.refresh_from_db()
    told = [
        (one["title"], [item["label"] for item in one["items"]])
        for one in draft.content["sections"]
    ]
    assert told == [("Hai mới", ["A mới"]), ("Một", ["B"])]
    posted(specialist, draft, "bo", muc=1, cau=0)
    posted(specialist, draft, "bo-muc", muc=0)
    posted(specialist, draft, "dau", name="Tên mới", level="province", due_day=9, due_moves="on")
    draft.refresh_from_db()
    assert [one["items"] for one in draft.content["sections"]] == [[]]
    assert (draft.name, draft.level, draft.due_day, draft.due_moves) == (
        "Tên mới",
        "province",
        9,
        True,
    )
    assert posted(specialist, draft, "bo-ban").url == reverse("reporting:manage")
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize(
    ("act", "said", "words"),
    [
        ("them-muc", {"title": " "}, "Trường này không được để trống"),
        ("them-cau", {"muc": 0, "label": "Số", "kind": "number"}, "Câu hỏi số cần một chỉ số"),
        ("them-cau", {"muc": 7, "label": "Lời", "kind": "text"}, "không còn trong bản soạn"),
        ("sua-cau", {"muc": 0, "cau": 5, "label": "Lời", "kind": "text"}, "không còn trong bản soạn"),
        ("bo", {"muc": 0, "cau": 5}, "không còn trong bản soạn"),
        ("la", {}, "Không có việc nào như vậy"),
        ("ban-hanh", {"valid_from": "32/01/2027"}, "Chưa"),
        ("ban-hanh", {"valid_from": "01/01/2027"}, "Mục 1 chưa có câu hỏi nào"),
        ("dau", {"name": "", "level": "commune", "due_day": 40}, "28"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_nothing_is_half_written(
    specialist, province, act, said, words
):
    draft = written(province)
    posted(specialist, draft, "them-muc", title="Đối thoại")
    draft.refresh_from_db()
    before = draft.content
    answer = posted(specialist, draft, act, **said)
    assert answer.status_code == 422
    assert words in plain(answer) or act in ("them-muc", "ban-hanh")
    draft.refresh_from_db()
    assert draft.content == before


def test_who_writes_on_an_old_page_is_told(specialist, province):
    draft = written(province)
    posted(specialist, draft, "them-muc", title="Một")
    answer = specialist.post(
        reverse("reporting:design", args=[draft.pk]), {"viec": "them-muc", "title": "Hai", "ban": 0}
    )
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in plain(answer)


def test_the_next_version_is_begun_or_gone_on_with(specialist, province):
    form = make_form(province)
    first = specialist.post(reverse("reporting:design-next", args=[form.pk]))
    again = specialist.post(reverse("reporting:design-next", args=[form.pk]))
    assert first.url == again.url == reverse("reporting:design", args=[FormDraft.objects.get().pk])
    assert "Phiên bản tiếp theo phiên bản 1" in plain(specialist.get(first.url))


def test_a_new_form_that_says_too_little_is_refused(specialist, province):
    answer = specialist.post(reverse("reporting:design-new"), {"unit": 0, "code": "", "name": "x"})
    assert answer.status_code == 422
    written(province)
    said = {
        "unit": province.place.pk,
        "code": "BM-09",
        "name": "x",
        "level": "commune",
        "due_day": 5,
    }
    assert "đang có một bản soạn" in plain(specialist.post(reverse("reporting:design-new"), said))


@pytest.mark.parametrize("questions", [1, 3])
def test_a_page_asks_as_many_questions_of_one_as_of_three(
    specialist, province, questions, django_assert_num_queries
):
    draft = written(province)
    posted(specialist, draft, "them-muc", title="Một")
    for number in range(questions):
        posted(specialist, draft, "them-cau", muc=0, label=f"Câu {number}", kind="text")
    page = reverse("reporting:design", args=[draft.pk])
    specialist.get(page)
    with django_assert_num_queries(6):
        specialist.get(page, headers={"HX-Request": "true"})
