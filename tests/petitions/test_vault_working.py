"""What is done inside a case beside its moves; its log; its door; what a reorganisation and a destroyed key leave of it."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

from danvan.foundation.errors import RuleError
from danvan.foundation.models import SealedFile
from danvan.organisations.holders import Passage, holder_named
from danvan.petitions.models import (
    Denunciation,
    VaultEntry,
    VaultSeries,
)
from danvan.petitions.register_columns import SEALED, cells
from danvan.petitions.selectors.vault import (
    card_of_case,
    lines_of_cases,
    parts_of,
    register_rows,
    why_closed,
)
from danvan.petitions.services.vault import (
    act_on_case,
    add_vault_file,
    ask_protection,
    decide_protection,
    destroy_case,
    end_protection,
    finish_task,
    give_task,
    name_reader,
    open_case,
    read_vault_file,
    take_up_cases,
    verify_log,
)
from danvan.petitions.vault_enums import Part
from tests.factories.pictures import png, reader_of_words
from tests.once import once, own
from tests.petitions import cases
from tests.petitions.papers import member
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)
TODAY = cases.TODAY


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = TODAY
    return own(_vault)


def columns(broken):
    return {one.column for one in broken.faults}


def test_a_file_is_read_by_who_has_opened_the_case(vault):
    case = cases.entered(vault)
    made = add_vault_file(case, name="đơn.png", content=PNG, actor=vault.officer)
    assert "mở hồ sơ" in str(cases.refused(read_vault_file, made, actor=vault.officer))
    assert columns(cases.refused(open_case, case, purpose="?", actor=vault.officer)) == {"purpose"}
    open_case(case, purpose="classify", actor=vault.officer)
    assert read_vault_file(made, actor=vault.officer) == ("đơn.png", PNG)


def test_work_stays_in_the_case(vault):
    case = cases.verifying(vault)
    broken = cases.refused(
        give_task, case, doer=vault.chief, words="", due_on=date(2026, 11, 1), actor=vault.head
    )
    assert columns(broken) == {"words", "doer", "due_on"}
    task = give_task(case, doer=vault.verifier, words="Đo lại", due_on=TODAY, actor=vault.head)
    assert "người được giao" in str(
        cases.refused(finish_task, task, result="x", on=TODAY, actor=vault.head)
    )
    assert columns(
        cases.refused(finish_task, task, result=" ", on=date(2026, 12, 1), actor=vault.verifier)
    ) == {"result", "on"}
    finish_task(task, result="Xong", on=TODAY, actor=vault.verifier)
    assert "đã ghi xong" in str(
        cases.refused(finish_task, task, result="x", on=TODAY, actor=vault.verifier)
    )
    Denunciation.objects.update(state="done", closed_on=TODAY)
    broken = cases.refused(
        give_task, case, doer=vault.verifier, words="x", due_on=TODAY, actor=vault.head
    )
    assert "đã đóng" in str(broken)


def test_a_case_with_work_to_be_done_is_not_finished(vault):
    case = cases.concluded(vault)
    give_task(case, doer=vault.verifier, words="Đo lại", due_on=TODAY, actor=vault.head)
    case = cases.act(case, "act", vault.head, on=date(2026, 11, 9))
    broken = cases.refused(cases.act, case, "finish", vault.head, on=date(2026, 11, 13))
    assert "Còn việc đã giao" in str(broken)
    assert cases.fresh(case).closed_on is None


def test_a_card_that_its_words_give_away_is_not_kept_in_a_case_either(vault, settings, tmp_path):
    case = cases.entered(vault)
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, "IDVNM0900012345040090001234<<8")
    broken = cases.refused(add_vault_file, case, name="anh.png", content=png(), actor=vault.officer)
    assert "giấy tờ tùy thân" in str(broken)
    assert not case.files.exists()


def test_the_denouncer_is_protected_by_a_decision_with_its_five_fields(vault):
    case = cases.handed(vault)
    name_reader(case, user=vault.police, part=Part.PROTECTION, actor=vault.head)
    broken = cases.refused(
        ask_protection, case, guards="x", words="", on=date(2026, 12, 1), actor=vault.officer
    )
    assert columns(broken) == {"guards", "words", "on"}
    asked = ask_protection(case, guards="life", words="Bị đe dọa", on=TODAY, actor=vault.officer)
    broken = cases.refused(end_protection, asked, on=TODAY, end="closed", actor=vault.police)
    assert columns(broken) == {"end", "on"}
    broken = cases.refused(
        decide_protection, asked, on=TODAY, grounds="", person="", measures="", begins_on=date(2026, 11, 1),
        actor=vault.police,
    )  # fmt: skip
    assert columns(broken) == {"grounds", "person", "measures", "begins_on"}
    more = {"grounds": "Đơn", "person": "Bà S.", "measures": "Bố trí nơi ở", "begins_on": TODAY}
    made = decide_protection(asked, on=TODAY, actor=vault.police, **more)
    assert "đã có quyết định" in str(
        cases.refused(decide_protection, made, on=TODAY, actor=vault.police, **more)
    )
    assert columns(cases.refused(end_protection, made, on=TODAY, end="", actor=vault.police)) == {
        "end"
    }
    open_case(case, purpose="protect", actor=vault.police)
    card = card_of_case(vault.police, cases.fresh(case))
    assert card.opened.protections[made.pk]["measures"] == "Bố trí nơi ở"
    assert end_protection(made, on=TODAY, end="duties", actor=vault.police).ended_on == TODAY


def test_a_destroyed_key_takes_words_and_files_and_leaves_the_totals(vault):
    case = cases.handed(vault, files=(("a.png", PNG),))
    broken = cases.refused(destroy_case, case, actor=vault.head, symbol="")
    assert {one.message for one in broken.faults} == {
        "Đồng chí vui lòng ghi số, ký hiệu quyết định hủy.", "Chỉ hủy hồ sơ đã đóng.",
    }  # fmt: skip
    case = cases.act(case, "refuse", vault.head, said={"not_taken": "TC03"})
    destroy_case(case, actor=vault.head, symbol="9/QĐ")
    case = cases.fresh(case)
    assert (case.destroyed_on, SealedFile.objects.count()) == (TODAY, 0)
    assert "xóa vĩnh viễn" in str(
        cases.refused(open_case, case, purpose="verify", actor=vault.head)
    )
    [row] = register_rows([case], opened=True)
    assert cells(row)[2:5] == [case.pseudonym, SEALED, "Đã hủy khóa"]


def test_the_log_refuses_change_and_shows_what_was_cut(vault):
    case = cases.handed(vault)
    open_case(case, purpose="resolve", actor=vault.head)
    head = verify_log()
    assert verify_log(expect=(head.lines, head.head)).faults == []
    assert "không còn mang mã" in verify_log(expect=(1, head.head)).faults[0]
    for act in (
        lambda: VaultEntry.objects.update(act="x"),
        lambda: VaultEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    call_command("vault", "verify", expect=f"{head.lines}:{head.head}")
    with pytest.raises(CommandError, match="SỐ:MÃ"):
        call_command("vault", "verify", expect="x")
    VaultSeries.objects.filter(key="log").update(last=head.lines + 2)
    assert "bị cắt" in verify_log().faults[0]
    VaultEntry.objects.create(
        sequence=head.lines + 1, act="x", case=case.uuid, at=case.entered_at, sha256="0" * 64
    )
    VaultEntry.objects.create(
        sequence=head.lines + 5, act="x", case=case.uuid, at=case.entered_at, sha256="0" * 64
    )
    assert ["đã bị sửa" in one or "Thiếu dòng" in one for one in verify_log().faults] == [
        True,
        True,
    ]
    with pytest.raises(CommandError, match="đã bị sửa"):
        call_command("vault", "verify")


def test_the_door_is_closed_without_second_factors_or_without_keys(vault, settings, tmp_path):
    assert why_closed() == ""
    settings.VAULT_OPENS_ON_TRIAL = False
    assert "xác thực hai bước" in why_closed()
    settings.DANVAN_SECOND_FACTOR = "required"
    assert why_closed() == ""
    settings.DANVAN_KEYS = tmp_path / "none" / "keys.json"
    assert "tệp khóa" in why_closed()


def test_a_reorganisation_loses_no_case_and_tells_nothing(vault):
    case = cases.handed(vault)
    heir = vault.province.governments[1]
    passage = Passage(
        "QĐ 1", "Nhập xã", TODAY, {vault.unit.pk: heir.pk}, frozenset({vault.unit.pk})
    )
    holder = holder_named("petitions.vault")
    assert holder.faults(passage) == []
    assert holder.hand_over(passage, actor=None) == []
    assert (
        holder.count_open([vault.unit.pk], TODAY),
        holder.count_rows([heir.pk]),
        holder.export(),
    ) == ({}, {}, [])
    with pytest.raises(LookupError):
        holder.pass_on(None, 1, actor=None)
    case = cases.fresh(case)
    assert (case.unit, case.former) == (heir, vault.unit)
    head = member("truong-moi", heir, "leader")
    assert take_up_cases(head) == 0  # the old head still reads it
    vault.head.grants.all().delete()
    assert take_up_cases(vault.stranger) == 0
    assert (take_up_cases(head), take_up_cases(head)) == (1, 0)
    assert parts_of(case, head) == {Part.RESOLVER}
    holder.take_back([], passage, actor=None)
    assert (cases.fresh(case).unit, cases.fresh(case).former) == (vault.unit, None)
    founded = Passage("QĐ 2", "Lập xã", TODAY, founded=frozenset({vault.unit.pk}))
    with pytest.raises(RuleError, match="không hoàn tác được"):
        holder.take_back([], founded, actor=None)


def test_bad_drafts_are_told_all_at_once(vault):
    bad = cases.draft(
        vault.other, received_on=date(2026, 12, 1), channel="?", language="?", title=" ", people=0, accused=(),
        anonymous=True, spoken=True, renewal="?", requests=("x",) * 51, files=(("a.exe", b"MZ"),) * 5,
    )  # fmt: skip
    broken = cases.refused(cases.enter_denunciation, bad, actor=vault.officer)
    assert columns(broken) == {
        "unit", "received_on", "channel", "language", "title", "people", "accused", "anonymous", "read_back", "renewal",
        "requests", "files",
    }  # fmt: skip
    bad = cases.draft(
        vault.unit, received_on=date(2010, 1, 1), channel="press", persons=(cases.DENOUNCER,) * 51,
        accused=(cases.AccusedDraft(name=""),) * 21,
    )  # fmt: skip
    assert columns(cases.refused(cases.enter_denunciation, bad, actor=vault.officer)) == {
        "unit", "sender", "name", "accused",
    }  # fmt: skip
    bad = cases.draft(vault.unit, persons=(cases.DENOUNCER,) * 2)
    assert columns(cases.refused(cases.enter_denunciation, bad, actor=vault.officer)) == {"people"}
    bad = cases.draft(vault.unit, persons=())
    assert columns(cases.refused(cases.enter_denunciation, bad, actor=vault.officer)) == {"name"}
    assert not Denunciation.objects.exists()


def test_a_day_that_cannot_be_is_a_fault_of_that_day(vault):
    case = cases.verifying(vault)
    case = cases.act(case, "suspend", vault.head, on=date(2026, 10, 20), said={"ground": "result"})
    broken = cases.refused(
        act_on_case, case, "resume", on=date(2026, 10, 12), actor=vault.head, symbol="1"
    )
    assert columns(broken) == {"on"}
    broken = cases.refused(
        act_on_case,
        cases.handed(vault),
        "places",
        on=date(2026, 9, 1),
        actor=vault.officer,
        words="x",
    )
    assert columns(broken) == {"on"}


def test_several_places_give_the_longer_term_once(vault):
    case = cases.act(cases.entered(vault), "places", vault.officer)
    [line] = lines_of_cases([case])
    assert line.clock.told.due_on == date(2026, 10, 15)
    broken = cases.refused(
        act_on_case, case, "places", on=cases.ACCEPTED, actor=vault.officer, words="x"
    )
    assert "rồi" in str(broken)


def test_without_the_key_file_the_page_says_so(vault, settings, tmp_path):
    case = cases.entered(vault)
    open_case(case, purpose="classify", actor=vault.officer)
    settings.DANVAN_KEYS = tmp_path / "none.json"
    card = card_of_case(vault.officer, cases.fresh(case))
    assert card.opened is None
    assert "chưa dùng được khóa" in card.fault
