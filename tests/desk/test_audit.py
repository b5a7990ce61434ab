"""The audit log shows the acts of the people within reach, in words."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from danvan.desk.audit.wording import ACTS, MODULES, act_words, thing_words
from danvan.foundation import audit, clock
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Level
from tests.factories import GrantFactory, UnitFactory, UserFactory

SOURCES = Path(__file__).resolve().parents[2] / "src/danvan"
NAMED = re.compile(r'(?:audit\.record\(\s*[^,]+,\s*|Verdict\.[A-Z]+: )"([a-z]+\.[a-z_]+)"')


def act(actor, action="documents.register", target=None):
    audit.record(actor, action, target or actor)
    return AuditEntry.objects.latest("pk")


def people(client, **params):
    return [line.person for line in client.get("/nhat-ky/", params).context["lines"]]


@pytest.fixture
def country(db):
    return UnitFactory(level=Level.COUNTRY)


@pytest.fixture
def province(country):
    return UnitFactory(under=country, name="Nghệ An")


@pytest.fixture
def reader(client, province):
    user = GrantFactory(role="administrator", unit=province).user
    client.force_login(user)
    return user


def colleague(province, name):
    user = UserFactory(full_name=name, folded=name.lower())
    return GrantFactory(role="clerk", unit=province, user=user).user


def test_every_act_that_is_recorded_has_words():
    found = {name for file in SOURCES.rglob("*.py") for name in NAMED.findall(file.read_text())}
    assert found - set(ACTS) == set()
    assert {name.split(".")[0] for name in ACTS} == set(MODULES)


@pytest.mark.parametrize(
    ("target", "words", "url"),
    [
        ("documents.document:12", "Văn bản số 12", "/van-ban/12/"),
        ("organisations.unit:7", "Đơn vị số 7", "/don-vi/7/"),
        ("accounts.grant:3", "Quyền số 3", ""),
        ("a.stranger:3", "a.stranger số 3", ""),
        ("documents.document:None", "Văn bản", ""),
    ],
)
def test_an_object_is_called_by_its_name_and_opens_where_it_has_a_page(target, words, url):
    assert thing_words(target, frozenset({"documents.view", "register.view"})) == (words, url)
    assert thing_words(target, frozenset()) == (words, "")


def test_an_act_without_words_shows_its_own_name():
    assert act_words("a.new_act") == "a.new_act"


def test_the_latest_act_stands_first_in_words(client, reader, province):
    an = colleague(province, "Lê Thị Hoài An")
    act(an, "documents.register", province)
    act(an, "documents.read", province)
    text = client.get("/nhat-ky/").content.decode()
    assert text.index("Đọc văn bản</td>") < text.index("Vào sổ văn bản</td>")
    assert f'href="/don-vi/{province.pk}/"' in text
    assert "đang chờ" in text
    audit.seal()
    assert "đang chờ" not in client.get("/nhat-ky/").content.decode()


def test_nobody_reads_the_acts_of_another_province_or_of_the_system(
    client, reader, country, province
):
    act(GrantFactory(role="clerk", unit=UnitFactory(under=country)).user)
    act(colleague(province, "an"))
    audit.record(None, "documents.read", province)
    assert people(client) == ["an"]


def test_whoever_reads_for_the_whole_country_reads_everything(client, country, province):
    act(colleague(province, "an"))
    audit.record(None, "documents.read", province)
    client.force_login(GrantFactory(role="administrator", unit=country).user)
    assert people(client) == ["Hệ thống", "an"]


def test_the_log_is_narrowed_by_person_module_and_day(client, reader, province):
    an, binh = colleague(province, "an"), colleague(province, "binh")
    act(an)
    act(binh, "activities.record")
    assert people(client, nguoi="binh") == ["binh"]
    assert people(client, muc="documents") == ["an"]
    today = timezone.localdate(clock.now())
    assert people(client, ngay=f"{today:%d/%m/%Y}") == ["binh", "an"]
    assert people(client, ngay="01/01/2020") == []


def test_what_is_no_day_is_refused_in_words(client, reader):
    response = client.get("/nhat-ky/", {"ngay": "31/02/2026"})
    assert response.status_code == 422
    assert "Tháng 2/2026 chỉ có 28 ngày" in response.content.decode()


def test_the_log_costs_the_same_at_one_row_and_at_three(client, reader, province):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get("/nhat-ky/")
        return len(caught)

    act(colleague(province, "an"))
    client.get("/nhat-ky/")
    at_one = cost()
    for name in ("binh", "chi"):
        act(colleague(province, name))
    assert cost() == at_one
