"""The report page: the same figures as the command, in the reader's reach, refused in words."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity, withdraw_activity
from danvan.analytics.summary import compose_summary
from danvan.foundation.periods import Period
from tests.factories.province import Province, make_grant

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

    assert response.status_code == 200
    assert response.context["summary"] is None
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

    figures = [
        one for one in page.context["summary"].notes if one.key.startswith("activities:sup")
    ]
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
