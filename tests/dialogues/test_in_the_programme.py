"""A dialogue and the line of the monthly programme that it was planned from."""

from datetime import date

import pytest

from danvan.commitments.services.programme_entries import EntryPlan, add_entry
from danvan.commitments.services.programmes import issue_programme, make_programme
from danvan.dialogues.selectors import checks_of
from tests.dialogues.talks import TODAY, planned
from tests.factories.province import Province, make_grant


@pytest.fixture
def committee(db, settings):
    settings.DANVAN_TODAY = TODAY
    return Province(communes=1).committees[0]


def test_a_dialogue_planned_from_a_line_of_the_programme_is_known_by_it(client, committee):
    programme = make_programme(committee.pk, "2026-12", actor=None)
    day = date(2026, 12, 7)
    entry = add_entry(
        programme,
        EntryPlan(starts_on=day, kind="dialogue", content="Đối thoại về cầu treo"),
        actor=None,
    )
    before = {
        one.rule: one.word for one in checks_of(planned(committee, held_on=day), [], unowned=0)
    }
    issue_programme(programme, symbol="12-CTr/ĐU", on=TODAY, reason="Đủ", actor=None)
    client.force_login(make_grant(committee, "leader"))
    path = f"/doi-thoai/muc-chuong-trinh/{entry.pk}/"

    asked = client.get(path)
    page = client.get(asked["Location"]).content.decode()
    made = planned(committee, held_on=day, entry_id=entry.pk)

    assert asked["Location"].endswith(f"?muc={entry.pk}")
    assert "Đối thoại về cầu treo" in page
    assert client.get(path)["Location"] == f"/doi-thoai/{made.pk}/"
    rule = "Trong chương trình công tác tháng"
    assert before[rule] == "Chưa có chương trình tháng"
    after = {one.rule: one for one in checks_of(made, [], unowned=0)}
    assert (after[rule].word, after[rule].note) == ("Có", "Chương trình số 12-CTr/ĐU")
    other = planned(committee, held_on=date(2026, 12, 9))
    assert {one.rule: one.word for one in checks_of(other, [], unowned=0)}[rule] == "Chưa có"
