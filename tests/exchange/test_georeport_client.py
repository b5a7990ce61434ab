"""The client `georeport` reads us over HTTP, and the conformance suite tries us as it tries any server."""

import pytest
from georeport import GeoReport

from danvan.exchange.pace import READS
from tests.exchange.connected import Connected
from tests.exchange.open311_conformance import main
from tests.petitions import papers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings):
    settings.DANVAN_TODAY = papers.TODAY
    READS.forget()
    return Connected()


def test_the_client_and_the_suite_read_us_over_http(live_server, world, capsys):
    root = f"{live_server.url}/open311/v2"
    for form in ("json", "xml"):
        client = GeoReport(root, jurisdiction="40", output_format=form)
        services = {one["service_code"]: one["service_name"] for one in client.get_service_list()}
        assert (services["dat-dai"], services["chua-phan"]) == ("Đất đai", "Việc khác")
        asked = client.get_service_definition("dat-dai")
        assert asked["service_code"] == "dat-dai"
        found = client.get_service_requests(
            start_date="2026-09-01T00:00:00Z", end_date="2026-11-20T00:00:00Z", status="open"
        )
        assert [one["service_request_id"] for one in found] == ["YK-2026-0002", "YK-2026-0001"]
        one = client.get_service_request("YK-2026-0001")
        assert one["description"] == "Đèn đường hỏng\n\nTối <quá> & nguy hiểm"
        assert one["requested_datetime"] == "2026-10-01T00:00:00+07:00"

    discovery = f"{live_server.url}/open311/discovery.json"
    told = [
        root,
        "--key",
        world.sender.words,
        "--jurisdiction",
        "40",
        "--discovery",
        discovery,
        "--updates",
    ]
    assert main(told) == 0
    assert "left out" not in capsys.readouterr().out
    assert main([root]) == 0
    assert "left out no key was given" not in capsys.readouterr().out
