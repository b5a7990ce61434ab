"""The duty matrix in the browser: from a regulation's clauses to who leads and where nobody does."""

import pytest

from tests.desk.test_duties import regulation
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.reading.test_duties import TEXT


@pytest.fixture
def province(transactional_db):
    return Province()


def test_a_specialist_makes_the_matrix_from_a_regulation(page, live_server, client, province):
    person = make_grant(province.place, "specialist")
    client.force_login(person)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    paper = regulation(province.committee, TEXT)
    page.goto(f"{live_server.url}/van-ban/{paper.pk}/")
    page.get_by_role("link", name="Lập ma trận nhiệm vụ").click()
    look(page, "duties-from")
    assert_accessible(page)
    for box in page.get_by_role("checkbox").all()[:6]:
        box.check()
    page.get_by_role("button", name="Ghi những dòng đã đánh dấu").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ma trận nhiệm vụ: Tỉnh Nghệ An"
    assert page.get_by_role("row").count() == 7
    look(page, "duties")
    assert_accessible(page)
    page.get_by_role("link", name="Tiếp công dân, đối thoại").click()
    look(page, "duty")
    assert_accessible(page)
