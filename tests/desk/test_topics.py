"""The pages of the tree of topics: everyone reads, who keeps the whole installation keeps; an end is seen first."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments.services import Assignment, assign_commitments
from danvan.topics.models import Topic
from danvan.topics.selectors import find_topics, growth
from danvan.topics.services import end_topic, rename_topic
from tests.factories.province import Province, make_grant
from tests.topics.trees import TODAY, grown, paths

pytestmark = pytest.mark.django_db
HOME = "/linh-vuc/"


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def province(db):
    return Province()


@pytest.fixture
def keeper(client, province):
    client.force_login(make_grant(province.country, "administrator"))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def plain(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def given(province, *topic_ids):
    return assign_commitments(
        [
            Assignment(province.governments[0].pk, f"Việc {number}", "Biên bản", None, topic_id=pk)
            for number, pk in enumerate(topic_ids)
        ],
        assigner=province.committee,
        actor=None,
    )


def test_the_tree_counts_what_the_reader_sees_and_each_count_is_the_list_it_opens(client, province):
    made = grown("Đất đai", "Đất đai › Bồi thường", "Nhà ở", "Môi trường")
    land, pay, housing = (made[name].pk for name in ("Đất đai", "Bồi thường", "Nhà ở"))
    given(province, land, pay, pay, housing, None)
    end_topic(made["Nhà ở"], heirs=[made["Bồi thường"]], reason="x", actor=None)
    client.force_login(make_grant(province.place, "leader"))
    rows = client.get(HOME).context["rows"]
    told = {row.node.path: [(one.number, one.address) for one in row.counts] for row in rows}
    where = "/viec-phai-lam/?muc=tat-ca&linh_vuc="
    none = [
        (0, "")
    ] * 5  # difficulties, dialogues, opinions, matters of grassroots democracy, petitions
    assert told == {
        "Đất đai": [(4, f"{where}{land}"), *none],
        "Đất đai › Bồi thường": [(3, f"{where}{pay}"), *none],
        "Môi trường": [(0, ""), *none],
    }
    for (number, address), *_ in told.values():
        if address:
            assert len(client.get(address).context["lines"]) == number
    past = client.get(HOME, {"ngay": "28/11/2026"}).context["rows"]
    assert [(row.node.name, row.counts[0].number, row.counts[0].address) for row in past] == [
        ("Đất đai", 3, ""), ("Bồi thường", 2, ""), ("Môi trường", 0, ""), ("Nhà ở", 1, ""),
    ]  # fmt: skip
    client.force_login(make_grant(province.communes[1], "leader"))
    assert [row.counts[0].number for row in client.get(HOME).context["rows"]] == [0, 0, 0]
    client.force_login(make_grant(province.place, "clerk"))
    page = client.get(HOME)
    assert (page.context["kinds"], "Việc phải làm</th>" in text(page)) == ([], False)
    assert "Thêm lĩnh vực" not in text(page)


def test_words_narrow_the_tree_and_a_day_that_cannot_be_read_is_told(client, province):
    made = grown("Đất đai", "Đất đai › Bồi thường")
    rename_topic(made["Bồi thường"], name="Bồi thường, tái định cư", actor=None)
    client.force_login(make_grant(province.place, "clerk"))
    page = plain(client.get(HOME, {"q": "boi thuong"}))
    assert "Bồi thường, tái định cư thuộc Đất đai" in page
    assert "Không có lĩnh vực nào khớp" in plain(client.get(HOME, {"q": "rung"}))
    wrong = client.get(HOME, {"ngay": "32/13/2026"})
    assert (wrong.status_code, "Chưa đọc được ngày" in plain(wrong)) == (422, True)
    assert "Chưa có lĩnh vực nào ngày 01/01/2020" in plain(client.get(HOME, {"ngay": "01/01/2020"}))


def test_an_empty_tree_says_how_it_is_filled(keeper):
    assert "danvan topics load, hoặc đồng chí thêm lĩnh vực" in plain(keeper.get(HOME))


def test_the_combobox_and_the_page_find_the_same(client, province):
    land = grown("Đất đai")["Đất đai"]
    client.force_login(make_grant(province.place, "clerk"))
    answer = client.get(f"{HOME}tim/", {"q": "dat"}, headers={"Accept": "application/json"})
    assert answer.json() == {
        "results": [{"id": land.pk, "name": "Đất đai", "context": "", "note": ""}]
    }
    unfiled = client.get(
        f"{HOME}tim/", {"q": "chua phan", "chua-phan": "1"}, headers={"Accept": "application/json"}
    )
    assert [one["name"] for one in unfiled.json()["results"]] == ["Chưa phân lĩnh vực"]
    assert client.get(f"{HOME}tim/", {"q": "dat"})["Location"] == "/linh-vuc/?q=dat"


def test_a_keeper_adds_renames_moves_and_names(keeper):
    answer = keeper.post(
        f"{HOME}moi/",
        {
            "name": "Đất",
            "parent": "",
            "on": "01/01/2025",
            "aliases": "ruộng\nvườn",
            "source": "R260",
        },
    )
    land = Topic.objects.get()
    assert answer["Location"] == f"{HOME}{land.pk}/"
    keeper.post(f"{HOME}moi/", {"name": "Ở", "parent": land.pk, "on": "01/01/2025"})
    [home] = [one for one in growth().topics.values() if one.last.name == "Ở"]
    assert paths() == ["Đất", "Đất › Ở"]
    keeper.post(f"{HOME}{land.pk}/doi-ten/", {"name": "Đất đai", "on": "01/06/2026", "seen": 0})
    keeper.post(f"{HOME}{home.id}/chuyen/", {"parent": "", "on": "02/06/2026", "seen": 0})
    keeper.post(f"{HOME}{land.pk}/ten-khac/", {"aliases": "nhà đất", "seen": 1})
    assert paths() == ["Đất đai", "Ở"]
    assert [one.note for one in find_topics("nha dat", on=TODAY)] == ["tên khác: nhà đất"]
    page = plain(keeper.get(f"{HOME}{home.id}/"))
    assert "Ở Cấp trên cùng 02/06/2026 – Ở Đất 01/01/2025 02/06/2026" in page
    assert "0 việc phải làm" not in page  # an administrator does not read the ledger


def test_what_is_refused_stands_by_its_field_and_changes_nothing(keeper):
    made = grown("Đất đai", "Nhà ở")
    land = made["Đất đai"].pk
    for url, said, told in (
        ("moi/", {"name": "nha o", "parent": "", "on": "01/01/2025"}, "Đã có lĩnh vực “Nhà ở”"),
        ("moi/", {"name": "", "parent": "", "on": "x"}, "Đồng chí vui lòng ghi tên lĩnh vực."),
        ("moi/", {"name": "x", "parent": "9", "on": "01/01/2025"}, "không có trong danh mục"),
        (f"{land}/doi-ten/", {"name": "nhà ở", "on": "01/06/2026", "seen": 0}, "Đã có lĩnh vực"),
        (f"{land}/chuyen/", {"parent": land, "on": "01/06/2026", "seen": 0}, "xuống dưới chính nó"),
        (f"{land}/ten-khac/", {"aliases": "x" * 121, "seen": 0}, "dài quá 120 ký tự"),
        (f"{land}/ten-khac/", {"aliases": "x", "seen": 7}, "vừa được người khác sửa"),
        (
            f"{land}/ket-thuc/",
            {"second": made["Nhà ở"].pk, "on": "01/06/2026", "reason": "x", "seen": 0},
            "chọn lĩnh vực kế thừa thứ nhất",
        ),
        (f"{land}/ket-thuc/", {"on": "01/01/2025", "reason": "x", "seen": 0}, "mới có, hoặc mới"),
    ):
        answer = keeper.post(f"{HOME}{url}", said)
        assert (answer.status_code, told in plain(answer)) == (422, True), (url, plain(answer))
    assert paths() == ["Đất đai", "Nhà ở"]


def test_a_merge_is_seen_first_saved_when_seen_and_taken_back(keeper, province):
    made = grown("Đất đai", "Nhà ở", "Nhà ở › Thuê nhà")
    land, housing = made["Đất đai"].pk, made["Nhà ở"].pk
    given(province, housing, housing)
    url = f"{HOME}{housing}/ket-thuc/"
    said = {"heirs": land, "on": "01/06/2026", "reason": "Quyết định 12", "seen": 0}
    shown = keeper.post(url, said)
    page = plain(shown)
    assert (shown.status_code, len(paths())) == (200, 3)
    for words in (
        "Chưa ghi gì.", "2 việc phải làm: Việc giữ lĩnh vực đã ghi",
        "Chuyển xuống dưới “Đất đai”: Nhà ở › Thuê nhà", "Kế thừa: Đất đai",
    ):  # fmt: skip
        assert words in page
    mark = re.search(r'name="da_xem" value="(\w+)"', text(shown))[1]
    given(province, housing)  # what was seen is not what is there any more
    assert "3 việc phải làm" in plain(keeper.post(url, {**said, "da_xem": mark}))
    assert len(paths()) == 3
    mark = re.search(r'name="da_xem" value="(\w+)"', text(keeper.post(url, said)))[1]
    assert "Chưa ghi gì." in plain(keeper.post(url, {**said, "da_xem": mark, "xem": "1"}))
    assert keeper.post(url, {**said, "da_xem": mark})["Location"] == f"{HOME}{housing}/"
    assert paths() == ["Đất đai", "Đất đai › Thuê nhà"]
    page = plain(keeper.get(f"{HOME}{housing}/"))
    assert "Kết thúc từ 01/06/2026 Quyết định 12" in page
    assert "Kế thừa từ Nhà ở" in plain(keeper.get(f"{HOME}{land}/"))
    refused = keeper.post(f"{HOME}{housing}/mo-lai/", {"seen": "0"}, follow=True)
    assert "vừa được người khác sửa" in plain(refused)
    keeper.post(f"{HOME}{housing}/mo-lai/", {"seen": "1"})
    assert paths() == ["Đất đai", "Nhà ở", "Nhà ở › Thuê nhà"]
    assert keeper.get(f"{HOME}9999999/").status_code == 404


def test_a_split_names_the_first_heir_as_the_one_that_reads_what_was_filed(keeper):
    made = grown("Đất đai", "Quy hoạch", "Bồi thường")
    ids = {name: one.pk for name, one in made.items()}
    url = f"{HOME}{ids['Đất đai']}/ket-thuc/"
    said = {
        "heirs": ids["Bồi thường"], "second": ids["Quy hoạch"], "third": ids["Quy hoạch"],
        "on": "01/06/2026", "reason": "x", "seen": 0,
    }  # fmt: skip
    shown = keeper.post(url, said)
    assert "Kế thừa: Bồi thường; Quy hoạch (“Bồi thường” đọc những gì đã ghi trước)" in plain(shown)
    mark = re.search(r'name="da_xem" value="(\w+)"', text(shown))[1]
    keeper.post(url, {**said, "da_xem": mark})
    assert growth().topics[ids["Đất đai"]].heirs == (ids["Bồi thường"], ids["Quy hoạch"])


def test_the_tree_costs_the_same_at_one_topic_and_at_many(client, province):
    grown("Một")
    client.force_login(make_grant(province.place, "leader"))
    client.get(HOME)
    with CaptureQueriesContext(connection) as one:
        client.get(HOME)
    grown("Hai", "Hai › Ba", "Hai › Ba › Bốn", on=date(2025, 2, 1))
    with CaptureQueriesContext(connection) as four:
        client.get(HOME)
    assert len(one) == len(four)
