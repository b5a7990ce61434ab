"""Every move by every part from every state; what each asks for besides; who never acts, whatever they were named."""

from datetime import date

import pytest

from danvan.law.models import LegalParameter
from danvan.petitions.models import Denunciation, VaultClockEvent, VaultEntry
from danvan.petitions.selectors.vault import card_of_case
from danvan.petitions.services.vault import (
    act_on_case,
    enter_denunciation,
    name_reader,
)
from danvan.petitions.services.vault.leaking import leaks_of
from danvan.petitions.vault_clocks import tell_clocks
from danvan.petitions.vault_enums import SHUT, Part, VaultState
from danvan.petitions.vault_moves import RELAYED, VAULT_MOVES
from tests.once import once, own
from tests.petitions import cases

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)
LIVE = [one for one in VaultState if one not in SHUT]
# What each move needs to go through, beside words, a paper and a day.
SAID = {
    "accept": cases.READY,
    "refuse": {"not_taken": "TC01"},
    "file": {"not_taken": "KX02"},
    "assign": {"until": date(2026, 11, 30)},
    "extend": {"signs": ["a"]},
    "suspend": {"ground": "result"},
    "terminate": {"ground": "death"},
    "conclude": {"outcome": "right"},
    "publish": {"way": "posted"},
    "withdraw": {"form": "02"},
    "withdraw_part": {"form": "03"},
    "review": {"result": "again"},
}


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def standing(vault, state):
    """A case put into a state as far as a test of the table needs it, with all four parts given."""
    case = cases.found(vault)
    name_reader(case, user=vault.police, part=Part.PROTECTION, actor=vault.head)
    before = VaultState.VERIFYING if state == VaultState.SUSPENDED else ""
    closed = cases.ACCEPTED if state in SHUT else None
    Denunciation.objects.filter(pk=case.pk).update(state=state, before=before, closed_on=closed)
    return cases.fresh(case)


def ready(vault, name, state):
    """A case from which the move may be made, with what must have been done before it."""
    if name == "resume":
        return cases.act(
            cases.found(vault),
            "suspend",
            vault.head,
            said={"ground": "result"},
            on=date(2026, 10, 20),
        )
    case = standing(vault, state)
    if name == "finish":
        VaultClockEvent.objects.bulk_create(
            VaultClockEvent(clock=one, kind="end", on=cases.ACCEPTED)
            for one in case.clocks.filter(name="notify")
        )
    return case


@pytest.mark.parametrize("name", VAULT_MOVES)
def test_a_move_is_made_by_its_parts_from_its_states_and_by_nobody_else(vault, name):
    move = VAULT_MOVES[name]
    people = {
        Part.INTAKE: vault.officer, Part.RESOLVER: vault.head, Part.VERIFIER: vault.verifier,
        Part.PROTECTION: vault.police,
    }  # fmt: skip
    case = standing(vault, min(move.sources))
    if name in RELAYED:
        Denunciation.objects.filter(pk=case.pk).update(channel="press")
        case = cases.fresh(case)
    more = {"on": cases.ACCEPTED, "words": "Theo hồ sơ.", "symbol": "1/QĐ", "said": SAID.get(name)}
    for part, person in people.items():
        if part not in move.parts:
            assert "Việc này do" in str(
                cases.refused(act_on_case, case, name, actor=person, **more)
            )
    refused = cases.refused(act_on_case, case, name, actor=vault.chief, **more)
    assert "Việc này do" in str(refused)
    for state in VaultState:
        if state not in move.sources:
            Denunciation.objects.filter(pk=case.pk).update(
                state=state, closed_on=cases.ACCEPTED if state in SHUT else None
            )
            broken = cases.refused(act_on_case, case, name, actor=people[min(move.parts)], **more)
            assert f"“{VaultState(state).label}”" in str(broken)
    case = ready(vault, name, min(move.sources))
    if name in RELAYED:
        Denunciation.objects.filter(pk=case.pk).update(channel="press")
    if name == "resume":
        more["on"] = date(2026, 10, 21)
    after = cases.act(case, name, people[min(move.parts)], **more)
    wanted = {
        "resume": VaultState.VERIFYING, "review": VaultState.ACCEPTED,
    }.get(name, move.target or case.state)  # fmt: skip
    assert after.state == wanted
    assert VaultEntry.objects.latest("sequence").act == name


def test_every_fault_is_told_at_once_and_nothing_is_half_written(vault):
    case = cases.handed(vault)
    broken = cases.refused(
        act_on_case,
        case,
        "accept",
        on=date(2026, 12, 1),
        actor=vault.head,
        words=" ",
        symbol="x" * 90,
    )
    assert {one.column for one in broken.faults} == {
        "words", "symbol", "on", "form_ok", "capacity_ok", "competent", "basis_ok",
    }  # fmt: skip
    assert cases.fresh(case).changes == case.changes


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("refuse", "not_taken"), ("file", "not_taken"), ("assign", "until"), ("extend", "signs"), ("suspend", "ground"),
        ("terminate", "ground"), ("conclude", "outcome"), ("publish", "way"), ("withdraw", "form"),
        ("withdraw_part", "form"), ("review", "result"),
    ],
)  # fmt: skip
def test_what_must_be_chosen_is_asked_for(vault, name, column):
    move = VAULT_MOVES[name]
    case = standing(vault, min(move.sources))
    person = vault.head if Part.RESOLVER in move.parts else vault.officer
    for said in ({}, {column: "không có"} if column not in ("until", "signs") else {}):
        broken = cases.refused(
            act_on_case,
            case,
            name,
            on=cases.TODAY,
            actor=person,
            words="Rõ.",
            symbol="1",
            said=said,
        )
        assert column in {one.column for one in broken.faults}


def test_an_act_on_a_page_that_others_changed_since_is_refused(vault):
    case = cases.handed(vault)
    broken = cases.refused(
        act_on_case,
        case,
        "places",
        on=cases.ACCEPTED,
        actor=vault.officer,
        words="Hai xã",
        seen=case.changes - 1,
    )
    assert "Có người vừa ghi" in str(broken)


def test_more_time_only_by_signs_and_as_often_as_the_law_allows(vault):
    case = cases.verifying(vault)
    case = cases.act(case, "extend", vault.head, said={"signs": ["a"]})
    broken = cases.refused(
        act_on_case,
        case,
        "extend",
        on=cases.ACCEPTED,
        actor=vault.head,
        words="x",
        symbol="1",
        said={"signs": ["a"]},
    )
    assert "chỉ được gia hạn 1 lần" in str(broken)
    case = cases.act(case, "extend", vault.head, said={"signs": ["a", "b"]})
    broken = cases.refused(
        act_on_case, case, "extend", on=cases.ACCEPTED, actor=vault.head, words="x", symbol="1",
        said={"signs": ["a", "b", "c"]},
    )  # fmt: skip
    assert "chỉ được gia hạn 2 lần" in str(broken)


@pytest.mark.parametrize(
    "words",
    [
        "Theo đơn của ông VỪ BÁ SÁNG", "theo don cua ong vu  ba  sang.", "ông Vừ\nBá\nSáng", "gọi +84 987.111.222",
        "số 0400 8800 7654", "ở bản huồi thum, xã",
    ],
)  # fmt: skip
def test_nothing_is_published_in_which_the_denouncer_is_known(vault, words):
    case = cases.concluded(vault)
    broken = cases.refused(
        act_on_case,
        case,
        "publish",
        on=date(2026, 11, 4),
        actor=vault.officer,
        words=words,
        said={"way": "posted"},
    )
    assert "nhận ra người tố cáo" in str(broken)
    assert leaks_of(case, "Ông Tí khai khống 12 hộ nghèo, tố cáo đúng.") == []
    cases.act(case, "waive", vault.officer, on=date(2026, 11, 4))
    done = cases.act(
        case, "publish", vault.officer, on=date(2026, 11, 4), words=words, said={"way": "posted"}
    )
    assert done.state == "concluded"


def test_an_office_is_answered_where_one_sent_it_on_alone(vault):
    plain = cases.handed(vault)
    assert "tell_sender" not in {one.name for one in card_of_case(vault.officer, plain).moves}
    told = cases.refused(
        act_on_case,
        plain,
        "tell_sender",
        on=cases.ACCEPTED,
        actor=vault.officer,
        words="x",
        symbol="1",
    )
    assert "không do cơ quan nào chuyển đến" in str(told)
    sent = cases.handed(vault, channel="press", sender="Báo Nghệ An")
    assert "tell_sender" in {one.name for one in card_of_case(vault.officer, sent).moves}


def test_what_has_no_row_of_the_law_computes_nothing_and_says_so(vault):
    LegalParameter.objects.filter(
        key__in=("denunciation.initial", "denunciation.reply_to_press")
    ).delete()
    case = cases.handed(vault, channel="press", sender="Báo Nghệ An")
    assert [(one.row.name, one.told) for one in tell_clocks(case)] == [
        ("initial", None),
        ("press", None),
    ]
    case = cases.act(case, "tell_sender", vault.officer)
    case = cases.act(case, "accept", vault.head, said=cases.READY)
    told = {one.row.name: one for one in tell_clocks(case)}
    assert told["resolve"].told.due_on == date(2026, 11, 9)
    assert not told["initial"].open
    LegalParameter.objects.filter(key__startswith="denunciation.").delete()
    broken = cases.refused(
        act_on_case,
        case,
        "extend",
        on=cases.ACCEPTED,
        actor=vault.head,
        words="x",
        symbol="1",
        said={"signs": ["a"]},
    )
    assert "Chưa có tham số" in str(broken)


def test_a_renewed_denunciation_is_reviewed_by_the_superior(vault):
    first = cases.concluded(vault)
    again = cases.fresh(
        enter_denunciation(
            cases.draft(
                vault.unit,
                renewal="overdue",
                former_number=first.number,
                received_on=date(2026, 11, 3),
            ),
            actor=vault.officer,
        )
    )
    assert (again.renews, again.state) == (first, "reviewing")
    assert {one.row.name for one in tell_clocks(again)} == {"ask", "review"}
    name_reader(again, user=vault.head, part=Part.RESOLVER, actor=vault.officer)
    again = cases.act(again, "ask_report", vault.head, on=date(2026, 11, 4))
    again = cases.act(again, "answer_report", vault.officer, on=date(2026, 11, 6))
    for result, state in (("settled", "settled"), ("competence", "transferred")):
        Denunciation.objects.filter(pk=again.pk).update(state="reviewing", closed_on=None)
        done = cases.act(again, "review", vault.head, on=date(2026, 11, 9), said={"result": result})
        assert (done.state, done.closed_on) == (state, date(2026, 11, 9))


def test_taken_back_it_ends_or_goes_on_all_the_same(vault):
    case = cases.accepted(vault)
    said = {"form": "02", "going_on": "forced"}
    case = cases.act(case, "withdraw", vault.officer, said=said)
    assert case.state == "accepted"
    broken = cases.refused(
        act_on_case, case, "withdraw", on=cases.ACCEPTED, actor=vault.officer, words="x",
        said={"form": "02", "going_on": "?"},
    )  # fmt: skip
    assert {one.column for one in broken.faults} == {"going_on"}
    case = cases.act(case, "withdraw", vault.officer, said={"form": "03"})
    assert (case.state, case.closed_on) == ("withdrawn", cases.ACCEPTED)


def test_who_is_not_named_is_never_accepted_and_filed_as_that(vault):
    case = cases.handed(vault, anonymous=True, persons=())
    broken = cases.refused(
        act_on_case,
        case,
        "accept",
        on=cases.ACCEPTED,
        actor=vault.head,
        words="x",
        symbol="1",
        said=cases.READY,
    )
    assert "không rõ người tố cáo" in str(broken)
    broken = cases.refused(
        act_on_case,
        case,
        "file",
        on=cases.ACCEPTED,
        actor=vault.officer,
        words="x",
        said={"not_taken": "KX05"},
    )
    assert "KX01" in str(broken)
    case = cases.act(case, "file", vault.officer, said={"not_taken": "KX01", "inspected": True})
    assert (case.state, case.not_taken) == ("filed", "KX01")
