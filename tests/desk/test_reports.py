"""The report page: the same figures as the command, in the reader's reach, refused in words."""

import sys
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity, withdraw_activity
from danvan.analytics.models import Review
from danvan.analytics.selectors import summary_of
from danvan.analytics.services import sign_review
from danvan.analytics.summary import compose_summary
from danvan.commitments.models import Commitment
from danvan.foundation import files
from danvan.foundation.periods import Period
from danvan.indicators.models import CubeCell
from tests.analytics.test_pdf import drawn
from tests.analytics.thread import QUARTER, TODAY, Thread
from tests.documents.papers import received
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")


@pytest.fixture
def province(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    province = Province()
    for front in province.fronts:
        record_activity(
            unit=front, kind=ActivityKind.SUPERVISION, title="Giám sát đường liên bản",
            held_on=date(2026, 5, 1), attendance=30, actor=None,
        )  # fmt: skip
    return province


def asked(place, period="2026"):
    return {"don_vi": place.pk, "ky": period}


def test_nothing_is_composed_before_a_unit_is_chosen(client, province):
    client.force_login(make_grant(province.place, "leader"))
    response = client.get(reverse("desk:summary"))
    assert (response.status_code, response.context["summary"]) == (200, None)
    assert [name for _, name in response.context["form"]["don_vi"].field.choices] == [
        "Tỉnh Nghệ An", "Xã Châu Khê", "Xã Con Cuông", "Xã Môn Sơn",
    ]  # fmt: skip


def test_the_page_tells_each_figure_with_its_note_and_its_link(client, province):
    client.force_login(make_grant(province.place, "leader"))

    response = client.get(reverse("desk:summary"), asked(province.place))

    summary = compose_summary(province.place.pk, YEAR)
    page = response.content.decode()
    assert response.status_code == 200
    assert len(summary.notes) == 3
    for number, figure in enumerate(summary.notes, 1):
        assert figure.text in page.replace("\xa0", " ")
        assert f'id="c{number}"' in page
        assert figure.href.replace("&", "&amp;") in page
    assert [check.passed for check in response.context["checks"]] == [True] * 6


def test_every_figure_opens(client, province):
    client.force_login(make_grant(province.place, "leader"))
    page = client.get(reverse("desk:summary"), asked(province.place))

    for figure in page.context["summary"].notes:
        opened = client.get(figure.href)
        assert opened.status_code == 200
        assert opened.content.decode().count("Giám sát đường liên bản") >= 3


@pytest.mark.parametrize("period", ["2026", "2026-H1", "2026-Q2"])
def test_a_figure_of_activities_opens_to_exactly_the_records_it_counts(client, province, period):
    front, other = province.fronts[:2]
    given = {"unit": front, "title": "Không tính", "actor": None}
    record_activity(**given, kind=ActivityKind.DIALOGUE, held_on=date(2026, 5, 2))
    record_activity(**given, kind=ActivityKind.SUPERVISION, held_on=date(2025, 5, 2))
    withdrawn = record_activity(**given, kind=ActivityKind.SUPERVISION, held_on=date(2026, 5, 2))
    withdraw_activity(withdrawn, why="Ghi nhầm", actor=None)
    record_activity(
        unit=other, title="Của xã khác", kind=ActivityKind.SUPERVISION, held_on=date(2026, 5, 2),
        actor=None,
    )  # fmt: skip
    client.force_login(make_grant(province.place, "leader"))
    page = client.get(reverse("desk:summary"), asked(province.communes[0], period))

    figures = [one for one in page.context["summary"].notes if one.key.startswith("activities:sup")]
    assert [figure.records for figure in figures] == [1, 1, 1]
    for figure in figures:
        opened = client.get(figure.href)
        assert [row.title for row in opened.context["page"].rows] == ["Giám sát đường liên bản"]


def test_the_word_file_is_the_same_review(client, province):
    client.force_login(make_grant(province.place, "leader"))

    response = client.get(reverse("desk:summary-docx"), asked(province.place))

    assert response["Content-Disposition"].startswith("attachment; filename=")
    words = "\n".join(p.text for p in docx.Document(BytesIO(response.content)).paragraphs)
    assert "kết quả công tác dân vận năm 2026 của tỉnh Nghệ An" in words
    assert "90 lượt người dự" in words


@pytest.mark.parametrize("name", ["desk:summary", "desk:summary-docx"])
@pytest.mark.parametrize(
    ("place", "period", "says"),
    [
        ("elsewhere", "2026", "vui lòng chọn đơn vị trong danh sách"),
        ("here", "2026-13", "vui lòng chọn một kỳ"),
        ("here", "2025", "chưa lập được báo cáo"),
        ("nowhere", "2026", "vui lòng chọn đơn vị"),
    ],
)
def test_what_cannot_be_composed_is_refused_in_words(client, province, name, place, period, says):
    client.force_login(make_grant(province.communes[0], "leader"))
    places = {"here": province.communes[0].pk, "elsewhere": province.communes[1].pk, "nowhere": "x"}

    response = client.get(reverse(name), {"don_vi": places[place], "ky": period})

    assert response.status_code == 422
    assert says in response.content.decode()


_thread = once(lambda: Thread(5, communes=3), DANVAN_TODAY=TODAY)


@pytest.fixture
def thread(_thread, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_thread)


def quarter(thread):
    return {"don_vi": thread.place.pk, "ky": QUARTER.code}


def broken(thread):
    """Five more than the units gave, in one sum."""
    cells = CubeCell.objects.filter(indicator__code="DV-02", unit=thread.place, level=1)
    cell = cells.exclude(whole=None).first()
    CubeCell.objects.filter(pk=cell.pk).update(whole=cell.whole + 5)


def test_a_review_that_adds_up_offers_to_sign(client, thread):
    client.force_login(thread.leader)

    page = client.get(reverse("desk:summary"), quarter(thread)).content.decode()

    assert "Trình, ký" in page
    assert "disabled" not in page
    assert "không khớp" not in page


def test_who_may_not_sign_is_not_offered_to(client, thread):
    client.force_login(make_grant(thread.place, "specialist"))

    page = client.get(reverse("desk:summary"), quarter(thread)).content.decode()

    assert "Trình, ký" not in page


def test_a_broken_sum_stands_beside_the_sheet_with_its_parts(client, thread):
    broken(thread)
    client.force_login(thread.leader)

    response = client.get(reverse("desk:summary"), quarter(thread))

    page = response.content.decode()
    [gap] = response.context["gaps"]
    assert "Chưa thể trình: 1 số liệu không khớp" in page
    assert "Lượt người dự (DV-02)" in page
    assert gap.difference == 5
    for part in gap.parts:
        assert part.label in page
        assert part.text in page
    assert 'aria-describedby="tuchoi"' in page
    assert "is-wrong" in page


def test_copies_of_a_broken_review_say_that_they_are_drafts(client, thread):
    broken(thread)
    client.force_login(thread.leader)

    response = client.get(reverse("desk:summary-docx"), quarter(thread))

    headers = [
        paragraph.text
        for section in docx.Document(BytesIO(response.content)).sections
        for paragraph in (*section.header.paragraphs, *section.first_page_header.paragraphs)
    ]
    assert headers.count("Dự thảo, chưa đối chiếu xong") == 2


def test_signing_keeps_the_review_and_shows_it(client, thread):
    client.force_login(thread.leader)

    response = client.post(
        reverse("desk:summary-sign"), {**quarter(thread), "ban": "0"}, follow=True
    )

    review = Review.objects.get()
    assert response.redirect_chain == [(reverse("desk:review", args=[review.pk]), 302)]
    page = response.content.decode()
    assert "Đã ký báo cáo" in page
    assert "mọi số liệu vẫn như lúc ký" in page
    assert "Nguyễn Hải Yến" in page
    listed = client.get(reverse("desk:reviews")).content.decode()
    assert reverse("desk:review", args=[review.pk]) in listed
    assert "Tỉnh Nghệ An, quý IV/2026" in listed


@pytest.mark.parametrize(("ban", "says"), [("0", "không khớp"), ("3", "không khớp")])
def test_signing_what_does_not_add_up_is_refused_with_the_list(client, thread, ban, says):
    broken(thread)
    client.force_login(thread.leader)

    response = client.post(reverse("desk:summary-sign"), {**quarter(thread), "ban": ban})

    assert response.status_code == 422
    assert says in response.content.decode()
    assert "Lượt người dự (DV-02)" in response.content.decode()
    assert Review.objects.count() == 0


def test_signing_what_another_signed_meanwhile_names_the_other(client, thread):
    sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    client.force_login(thread.leader)

    response = client.post(reverse("desk:summary-sign"), {**quarter(thread), "ban": "0"})

    assert response.status_code == 422
    assert "vừa ký bản 1" in response.content.decode()
    assert Review.objects.count() == 1


@pytest.mark.parametrize("ban", ["9" * 5000, "x", "²"])
def test_an_edition_that_is_no_number_is_left_out(client, thread, ban):
    client.force_login(thread.leader)

    response = client.post(reverse("desk:summary-sign"), {**quarter(thread), "ban": ban})

    assert (response.status_code, Review.objects.count()) == (302, 1)


def test_signing_elsewhere_is_refused(client, thread):
    client.force_login(make_grant(thread.province.communes[0], "leader"))

    response = client.post(reverse("desk:summary-sign"), quarter(thread))

    assert response.status_code == 422
    assert "vui lòng chọn đơn vị trong danh sách" in response.content.decode()
    assert Review.objects.count() == 0


def test_a_signed_review_keeps_its_numbers_and_tells_what_changed(client, thread):
    review = sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    activity = thread.activities[0]
    before = {figure.key: figure.text for figure in summary_of(review).figures}
    withdraw_activity(activity, why="Ghi nhầm", actor=None)
    client.force_login(thread.leader)

    response = client.get(reverse("desk:review", args=[review.pk]))

    assert {figure.key: figure.text for figure in response.context["summary"].figures} == before
    changed = {(one.then or one.now).key for one, _ in response.context["changes"]}
    assert f"activities:{activity.kind}:quantity" in changed
    assert "Lúc ký" in response.content.decode()
    assert f"Số liệu đã đổi sau khi ký: {len(changed)} số." in response.content.decode()
    assert {who for _, who in response.context["changes"]} == {""}  # no unit reported these


def test_the_signed_file_is_what_was_registered(client, thread):
    review = sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    client.force_login(thread.leader)

    response = client.get(reverse("desk:review-docx", args=[review.pk]))

    assert received(response) == files.read(review.document.file)


@pytest.fixture(params=["summary", "review"])
def pdf_of(request, client, thread):
    client.force_login(thread.leader)
    if request.param == "summary":
        return f"{reverse('desk:summary-pdf')}?{urlencode(quarter(thread))}"
    review = sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    return reverse("desk:review-pdf", args=[review.pk])


def test_reviews_are_taken_away_as_pdf(client, pdf_of):
    drawn()

    response = client.get(pdf_of)

    assert response["Content-Type"] == "application/pdf"
    assert response.content[:5] == b"%PDF-"


def test_without_the_libraries_the_page_says_what_to_install(client, pdf_of, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    response = client.get(pdf_of)

    assert response.status_code == 503
    assert "apt-get install libpango-1.0-0" in response.content.decode()
    assert "kết quả công tác dân vận quý IV/2026" in response.content.decode()


def test_a_pdf_of_nothing_is_refused_in_words(client, thread):
    client.force_login(thread.leader)

    response = client.get(reverse("desk:summary-pdf"), {"don_vi": thread.place.pk, "ky": "2024"})

    assert response.status_code == 422


def test_a_lost_file_is_not_found(client, thread):
    review = sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    files.path_of(review.file.sha256).unlink()
    client.force_login(thread.leader)
    assert client.get(reverse("desk:review-docx", args=[review.pk])).status_code == 404


def test_the_list_of_signed_reviews_costs_the_same_at_one_and_three(client, thread):
    client.force_login(thread.leader)
    spent = []
    for more in (1, 2):
        for _ in range(more):
            sign_review(thread.place.pk, QUARTER, actor=thread.leader)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("desk:reviews")).context["page"].count in (1, 3)
        spent.append(len(seen))

    assert spent[0] == spent[1]


def test_every_figure_of_the_thread_opens_to_as_many_records_as_it_says(client, thread):
    client.force_login(thread.leader)
    summary = client.get(reverse("desk:summary"), quarter(thread)).context["summary"]

    listed = 0
    for figure in summary.notes:
        opened = client.get(figure.href)
        assert opened.status_code == 200, figure.key
        if figure.key.startswith(("commitments:", "reports:")):
            listed += 1
            assert len(opened.context["found"].rows) == figure.records
            for row in opened.context["found"].rows:
                assert client.get(row.href).status_code == 200
    assert listed >= 6


def test_the_records_of_a_figure_are_those_that_it_counts(client, thread):
    client.force_login(thread.leader)
    summary = client.get(reverse("desk:summary"), quarter(thread)).context["summary"]
    claimed = next(one for one in summary.notes if one.key == "commitments:claimed")

    page = client.get(claimed.href)

    done = [
        one.number
        for one in Commitment.objects.order_by("due_on", "pk")
        if one.claimed_on is not None and QUARTER.first <= one.due_on < QUARTER.end
    ]
    assert done
    assert [row.title.split(":")[0] for row in page.context["found"].rows] == done


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 302),
        ({"so": "commitments:nothing"}, 404),
        ({"so": "activities:dialogue:quantity"}, 404),
        ({"ky": "2024", "so": "commitments:due"}, 404),
        ({"don_vi": "elsewhere", "so": "commitments:due"}, 302),
    ],
)
def test_records_of_no_figure_are_not_found(client, thread, asked, status):
    client.force_login(make_grant(thread.province.communes[0], "leader"))
    commune = thread.province.communes[0].pk
    given = {"don_vi": commune, "ky": QUARTER.code, **asked} if asked else {}
    if given.get("don_vi") == "elsewhere":
        given["don_vi"] = thread.place.pk

    assert client.get(reverse("desk:summary-records"), given).status_code == status
