"""The rules of GeoReport v2 that any server can be tried by: each is one sentence of the specification."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from tests.exchange.open311_server import (
    Asked,
    LeftOut,
    hold,
    instant,
    plain,
    refused,
    same_in_both,
)

TYPES = {"realtime", "batch", "blackbox"}
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
STATES = {"open", "closed"}
WORDS = "Thử nghiệm kết nối GeoReport: đề nghị bỏ qua nội dung này."
MOST, DAYS = 1_000, 90


def the_discovery_names_an_endpoint(asked: Asked) -> None:
    if not asked.discovery:
        raise LeftOut("no address of a discovery was given")
    for form in ("json", "xml"):
        reply = asked.server.ask("GET", f"{asked.discovery}.{form}", {})
        hold(reply.status == 200, f"the discovery answers {reply.status}")
        told = reply.json if form == "json" else plain(reply.xml)
        hold({"changeset", "contact", "key_service", "endpoints"} <= set(told), "a part is missing")
        for one in told["endpoints"]:
            wanted = {"specification", "url", "changeset", "type", "formats"}
            hold(wanted <= set(one), f"an endpoint lacks {wanted - set(one)}")
            hold("text/xml" in one["formats"], "XML is required of everyone")


def services_are_told_in_both_forms(asked: Asked) -> None:
    same_in_both(asked, "/services", "services")


def each_service_has_what_it_must(asked: Asked) -> None:
    found = asked.services()
    hold(bool(found), "there is no service")
    for one in found:
        hold(bool(str(one.get("service_code", ""))), "a service without code")
        hold(bool(one.get("service_name")), f"{one['service_code']} has no name")
        hold(one.get("type") in TYPES, f"{one['service_code']} has the type {one.get('type')}")
        hold(
            isinstance(one.get("metadata"), bool), f"{one['service_code']}: metadata is no boolean"
        )
    codes = [str(one["service_code"]) for one in found]
    hold(len(codes) == len(set(codes)), "two services have one code")


def an_empty_argument_is_as_good_as_none(asked: Asked) -> None:
    usual = asked.listed("/requests")
    empty = dict.fromkeys(
        ("service_code", "status", "start_date", "end_date", "service_request_id"), ""
    )
    hold(asked.listed("/requests", **empty) == usual, "empty arguments change the answer")


def a_jurisdiction_that_is_none_is_not_found(asked: Asked) -> None:
    if not asked.jurisdiction:
        raise LeftOut("no jurisdiction was given: a server of one alone may pass over it")
    reply = asked.server.ask("GET", "/services.json", {"jurisdiction_id": "khong-co.vn"})
    refused(reply, 404, 400)


def a_definition_tells_what_is_asked(asked: Asked) -> None:
    with_more = [one for one in asked.services() if one["metadata"]]
    if not with_more:
        raise LeftOut("no service asks more")
    code = str(with_more[0]["service_code"])
    same_in_both(asked, f"/services/{quote(code)}", "service_definition")
    told = asked.get(f"/services/{quote(code)}.json").json
    hold(str(told["service_code"]) == code, "the definition is of another service")
    orders = [one["order"] for one in told["attributes"]]
    hold(all(isinstance(one, int) and one > 0 for one in orders), "an order is no positive number")
    hold(len(orders) == len(set(orders)), "two attributes have one order")
    for one in told["attributes"]:
        hold(one["datatype"] in DATATYPES, f"{one['code']} has the type {one['datatype']}")
        hold(isinstance(one["variable"], bool), f"{one['code']}: variable is no boolean")
        hold(isinstance(one["required"], bool), f"{one['code']}: required is no boolean")
        if one["datatype"].endswith("list"):
            hold(bool(one.get("values")), f"{one['code']} offers nothing")
            hold(
                all({"key", "name"} <= set(each) for each in one["values"]), "a value without name"
            )


def a_service_that_is_none_is_not_found(asked: Asked) -> None:
    for form in ("json", "xml"):
        refused(asked.get(f"/services/khong-co-dau.{form}"), 404, 400, form=form)


def requests_are_told_in_both_forms(asked: Asked) -> None:
    same_in_both(asked, "/requests", "service_requests")


def each_request_has_what_it_must(asked: Asked) -> None:
    for one in asked.requests():
        who = one.get("service_request_id")
        hold(bool(who), "a request without id")
        hold(one.get("status") in STATES, f"{who} has the status {one.get('status')}")
        hold(bool(str(one.get("service_code", ""))), f"{who} has no service")
        instant(one.get("requested_datetime"), f"{who}: requested_datetime")
        for name in ("updated_datetime", "expected_datetime"):
            if one.get(name):
                instant(one[name], f"{who}: {name}")
        for name, most in (("lat", 90), ("long", 180)):
            if one.get(name) not in (None, ""):
                hold(abs(float(one[name])) <= most, f"{who}: {name} is {one[name]}")
    ids = [one["service_request_id"] for one in asked.requests()]
    hold(len(ids) == len(set(ids)), "a request is told twice")


def the_usual_question_spans_90_days_and_1000_requests(asked: Asked) -> None:
    found = asked.requests()
    hold(len(found) <= MOST, f"{len(found)} requests at once")
    days = [instant(one["requested_datetime"], "requested_datetime") for one in found]
    hold(max(days) - min(days) <= timedelta(days=DAYS + 1), "more than 90 days at once")


def a_status_narrows(asked: Asked) -> None:
    usual = {one["service_request_id"]: one["status"] for one in asked.requests()}
    for state in sorted(STATES):
        told = {
            one["service_request_id"]: one["status"]
            for one in asked.listed("/requests", status=state)
        }
        hold(set(told.values()) <= {state}, f"status={state} tells others")
        hold(
            {who for who, one in usual.items() if one == state} <= set(told),
            f"status={state} misses some",
        )
    both = {one["service_request_id"] for one in asked.listed("/requests", status="open,closed")}
    hold(both >= set(usual), "both statuses tell fewer than none")


def a_service_narrows(asked: Asked) -> None:
    code = str(asked.requests()[0]["service_code"])
    found = asked.listed("/requests", service_code=code)
    hold(bool(found) and {str(one["service_code"]) for one in found} == {code}, "others are told")


def days_narrow(asked: Asked) -> None:
    some = asked.requests()[0]
    at = instant(some["requested_datetime"], "requested_datetime").astimezone(UTC)
    form = "%Y-%m-%dT%H:%M:%SZ"
    around = {
        "start_date": (at - timedelta(days=1)).strftime(form),
        "end_date": (at + timedelta(days=1)).strftime(form),
    }
    ids = {one["service_request_id"] for one in asked.listed("/requests", **around)}
    hold(
        some["service_request_id"] in ids, "it is not told between the day before and the day after"
    )
    before = {
        "start_date": (at - timedelta(days=20)).strftime(form),
        "end_date": (at - timedelta(days=10)).strftime(form),
    }
    ids = {one["service_request_id"] for one in asked.listed("/requests", **before)}
    hold(some["service_request_id"] not in ids, "it is told of days long before it")


def ids_override_everything(asked: Asked) -> None:
    ids = [str(one["service_request_id"]) for one in asked.requests()[:2]]
    wrong = {"start_date": "2001-01-01T00:00:00Z", "end_date": "2001-01-02T00:00:00Z"}
    found = asked.listed("/requests", service_request_id=",".join(ids), **wrong)
    hold({str(one["service_request_id"]) for one in found} == set(ids), "others are told")


def one_request_is_told_as_in_the_list(asked: Asked) -> None:
    some = asked.requests()[0]
    path = f"/requests/{quote(str(some['service_request_id']))}"
    same_in_both(asked, path, "service_requests")
    hold(asked.listed(path) == [some], "the list tells it otherwise")


def a_request_that_is_none_is_not_found(asked: Asked) -> None:
    for form in ("json", "xml"):
        refused(asked.get(f"/requests/khong-co-9999999.{form}"), 404, 400, form=form)


def more_than_90_days_are_refused(asked: Asked) -> None:
    span = {"start_date": "2020-01-01T00:00:00Z", "end_date": "2021-01-01T00:00:00Z"}
    refused(asked.get("/requests.json", **span), 400)


def a_day_that_is_none_is_refused(asked: Asked) -> None:
    refused(asked.get("/requests.json", start_date="31/12/2026"), 400)


def a_form_that_is_none_is_not_found(asked: Asked) -> None:
    status = asked.get("/services.khac").status
    hold(status in (400, 404, 406), f"{status} for a form that is none")


def without_a_key_nothing_is_taken(asked: Asked) -> None:
    told = {"service_code": "x", "lat": "19.05", "long": "104.87", "description": WORDS}
    refused(asked.post("/requests.json", **told), 403, 401, 400)
    refused(asked.post("/requests.xml", api_key="sai", **told), 403, 401, 400, form="xml")


def what_lacks_a_service_or_a_place_is_refused(asked: Asked) -> None:
    if not asked.key:
        raise LeftOut("no key was given")
    refused(asked.post("/requests.json", api_key=asked.key, description=WORDS), 400)
    told = {"service_code": _service(asked), "description": WORDS}
    refused(asked.post("/requests.json", api_key=asked.key, **told), 400)
    told = {"service_code": "khong-co-dau", "description": WORDS, "lat": "19.05", "long": "104.87"}
    refused(asked.post("/requests.json", api_key=asked.key, **told), 404, 400)


def what_is_sent_gets_an_id_or_a_token(asked: Asked) -> None:
    if not asked.key:
        raise LeftOut("no key was given")
    told = {"service_code": _service(asked), "description": WORDS, "lat": "19.05", "long": "104.87"}
    reply = asked.post("/requests.json", api_key=asked.key, **told)
    hold(reply.status in (200, 201), f"sending answers {reply.status}: {reply.body[:300]!r}")
    hold(len(reply.json) == 1, "one request makes several answers")
    [made] = reply.json
    hold(
        bool(made.get("service_request_id")) != bool(made.get("token")), "neither or both came back"
    )
    if made.get("token"):
        path = f"/tokens/{quote(str(made['token']))}"
        same_in_both(asked, path, "service_requests")
        [behind] = asked.listed(path)
        hold(behind["token"] == made["token"], "another token came back")
        hold("service_request_id" in behind, "the token tells no id")


def updates_are_told_in_both_forms(asked: Asked) -> None:
    if not asked.updates:
        raise LeftOut("the extension was not asked for")
    same_in_both(asked, "/servicerequestupdates", "service_request_updates")
    for one in asked.listed("/servicerequestupdates"):
        hold(
            bool(one.get("update_id")) and bool(one.get("service_request_id")),
            "an update without id",
        )
        hold(
            str(one.get("status")).lower() in STATES,
            f"an update with the status {one.get('status')}",
        )
        instant(one.get("updated_datetime"), "updated_datetime")
        hold("description" in one, "an update without words")


def an_update_without_a_key_is_refused(asked: Asked) -> None:
    if not asked.updates:
        raise LeftOut("the extension was not asked for")
    told = {"update_id": "1", "service_request_id": "1", "status": "OPEN", "description": WORDS}
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    refused(asked.post("/servicerequestupdates.json", updated_datetime=when, **told), 403, 401, 400)


def _service(asked: Asked) -> str:
    return asked.service or str(asked.services()[-1]["service_code"])


RULES: tuple[Callable[[Asked], None], ...] = (
    the_discovery_names_an_endpoint, services_are_told_in_both_forms, each_service_has_what_it_must,
    an_empty_argument_is_as_good_as_none, a_jurisdiction_that_is_none_is_not_found, a_definition_tells_what_is_asked,
    a_service_that_is_none_is_not_found, requests_are_told_in_both_forms, each_request_has_what_it_must,
    the_usual_question_spans_90_days_and_1000_requests, a_status_narrows, a_service_narrows, days_narrow,
    ids_override_everything, one_request_is_told_as_in_the_list, a_request_that_is_none_is_not_found,
    more_than_90_days_are_refused, a_day_that_is_none_is_refused, a_form_that_is_none_is_not_found,
    without_a_key_nothing_is_taken, what_lacks_a_service_or_a_place_is_refused, what_is_sent_gets_an_id_or_a_token,
    updates_are_told_in_both_forms, an_update_without_a_key_is_refused,
)  # fmt: skip
