"""What is done inside a case beside its moves: opened for a while, files, work given, protection; its key destroyed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from danvan.foundation import clock, sealed_files, sealing
from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import (
    Denunciation,
    VaultFile,
    VaultOpening,
    VaultProtection,
    VaultTask,
)
from danvan.petitions.selectors.vault.readers import own_cases, parts_of
from danvan.petitions.services.vault import cases, chain, entering
from danvan.petitions.vault_enums import SHUT, Guarding, GuardingEnd, Part, Purpose, VaultStepKind
from danvan.petitions.vault_moves import ANYBODY, BODY, DESK, HEAD
from danvan.petitions.vault_seals import open_value, seal_value

if TYPE_CHECKING:
    from danvan.accounts.models import User

SHORT = 2_000


@transaction.atomic
def open_case(case: Denunciation, *, purpose: str, actor: "User") -> VaultOpening:
    """Let a reader see what is sealed for a short while, for a purpose that the protection body reads."""
    case = cases.locked(case)
    cases.refuse_others(case, actor, ANYBODY)
    if purpose not in Purpose.values:
        refuse([Fault("Đồng chí vui lòng chọn mở hồ sơ để làm gì.", column="purpose")])
    now = clock.now()
    until = now + timedelta(minutes=settings.DANVAN_IDENTITY_MINUTES)
    made = VaultOpening.objects.create(
        denunciation=case, by=actor, purpose=purpose, at=now, until=until
    )
    chain.record(actor, "open", case, purpose=purpose)
    return made


@transaction.atomic
def open_register(*, actor: "User") -> list[int]:
    """Open every case that names `actor` a reader, to write the register: all of them or none. Returns which they are."""
    mine = own_cases(actor)
    hold_units(set(mine.order_by().values_list("unit_id", flat=True)))
    held = mine.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = list(held.only("pk", "uuid", "destroyed_on"))
    now = clock.now()
    until = now + timedelta(minutes=settings.DANVAN_IDENTITY_MINUTES)
    for case in found:
        if case.destroyed_on is None:
            VaultOpening.objects.create(
                denunciation=case, by=actor, purpose=Purpose.REGISTER, at=now, until=until
            )
            chain.record(actor, "open", case, purpose=Purpose.REGISTER)
    return [case.pk for case in found]


@transaction.atomic
def add_vault_file(
    case: Denunciation, *, name: str, content: bytes, actor: "User", seen: int | None = None
) -> VaultFile:
    """Add a paper to a case; it is sealed at once."""
    case = cases.locked(case, seen=seen)
    cases.refuse_others(case, actor, frozenset({Part.INTAKE, Part.RESOLVER, Part.VERIFIER}))
    made = entering.keep_file(case, name, content, actor=actor)
    cases.step(case, VaultStepKind.FILE, clock.today(), actor)
    cases.save(case)
    chain.record(actor, "file_added", case, file_id=made.pk)
    return made


@transaction.atomic
def read_vault_file(file: VaultFile, *, actor: "User") -> tuple[str, bytes]:
    """The true name and the bytes of a file, for a reader who has opened the case; the reading is a line of the log."""
    case = cases.locked(file.denunciation)
    cases.refuse_others(case, actor, ANYBODY)
    opened = VaultOpening.objects.filter(denunciation=case, by=actor, until__gt=clock.now())
    if not opened.exists():
        raise RuleError("Đồng chí vui lòng mở hồ sơ, ghi mục đích, rồi tải tệp.")
    chain.record(actor, "file_read", case, file_id=file.pk)
    return str(open_value(case, "file", file.name)), sealed_files.read(file.file)


@transaction.atomic
def give_task(
    case: Denunciation, *, doer: "User", words: str, due_on: date, actor: "User", seen: int | None = None
) -> VaultTask:  # fmt: skip
    """Give work of a case to one of its readers; it stands here alone."""
    case = cases.locked(case, seen=seen)
    cases.refuse_others(case, actor, HEAD)
    missing = "Đồng chí vui lòng ghi việc phải làm."
    words, faults = words_of(words, column="words", missing=missing, most=SHORT)
    if not parts_of(case, doer):
        faults.append(
            Fault("Chỉ giao việc cho người được đọc hồ sơ, đồng chí vui lòng chọn lại.", column="doer")
        )  # fmt: skip
    if due_on < clock.today():
        faults.append(
            Fault("Hạn phải từ hôm nay trở đi, đồng chí vui lòng xem lại.", column="due_on")
        )
    if case.state in SHUT:
        faults.append(Fault("Hồ sơ đã đóng nên không giao việc được.", column="words"))
    refuse(faults)
    made = VaultTask.objects.create(
        denunciation=case, doer=doer, words=seal_value(case, "task", words), due_on=due_on
    )
    cases.step(case, VaultStepKind.TASK, clock.today(), actor, words=words)
    cases.save(case)
    chain.record(actor, "task", case, task_id=made.pk, user_id=doer.pk)
    return made


@transaction.atomic
def finish_task(task: VaultTask, *, result: str, on: date, actor: "User") -> VaultTask:
    """Who was given work says what came of it."""
    case = cases.locked(task.denunciation)
    task = VaultTask.objects.get(pk=task.pk)
    if task.doer_id != actor.pk or not parts_of(case, actor):
        raise RuleError("Việc này do người được giao ghi kết quả.")
    missing = "Đồng chí vui lòng ghi kết quả."
    result, faults = words_of(result, column="result", missing=missing, most=SHORT)
    faults += day_faults(on, column="on", since=case.received_on, what="ngày nhận")
    if task.done_on is not None:
        faults.append(Fault("Việc này đã ghi xong rồi.", column="on"))
    refuse(faults)
    task.result, task.done_on = seal_value(case, "task", result), on
    task.save(update_fields=["result", "done_on"])
    cases.step(case, VaultStepKind.TASK_DONE, on, actor, words=result)
    cases.save(case)
    chain.record(actor, "task_done", case, task_id=task.pk)
    return task


@transaction.atomic
def ask_protection(
    case: Denunciation, *, guards: str, words: str, on: date, actor: "User", seen: int | None = None
) -> VaultProtection:
    """The denouncer asks to be protected, or the resolver sees that they must be."""
    case = cases.locked(case, seen=seen)
    cases.refuse_others(case, actor, DESK | BODY)
    missing = "Đồng chí vui lòng ghi căn cứ yêu cầu bảo vệ."
    words, faults = words_of(words, column="words", missing=missing, most=SHORT)
    faults += day_faults(on, column="on", since=case.received_on, what="ngày nhận")
    if guards not in Guarding.values:
        faults.append(Fault("Đồng chí vui lòng chọn bảo vệ điều gì.", column="guards"))
    refuse(faults)
    made = VaultProtection.objects.create(
        denunciation=case, guards=guards, asked_on=on, asked=seal_value(case, "asked", words)
    )
    cases.step(case, VaultStepKind.PROTECTION_ASKED, on, actor, words=words)
    cases.save(case)
    chain.record(actor, "protection_asked", case, protection_id=made.pk)
    return made


@transaction.atomic
def decide_protection(
    protection: VaultProtection, *, on: date, grounds: str, person: str, measures: str, begins_on: date, actor: "User",
    symbol: str = "",
) -> VaultProtection:  # fmt: skip
    """The decision to protect: its day, the grounds, whom, by which measures, from when."""
    case = cases.locked(protection.denunciation)
    cases.refuse_others(case, actor, BODY)
    protection = VaultProtection.objects.get(pk=protection.pk)
    faults = day_faults(on, column="on", since=protection.asked_on, what="ngày yêu cầu")
    kept = {}
    for column, words, missing in (
        ("grounds", grounds, "Đồng chí vui lòng ghi căn cứ ra quyết định."),
        ("person", person, "Đồng chí vui lòng ghi người được bảo vệ."),
        ("measures", measures, "Đồng chí vui lòng ghi nội dung, biện pháp bảo vệ."),
    ):
        kept[column], more = words_of(words, column=column, missing=missing, most=SHORT)
        faults += more
    if begins_on < on:
        faults.append(
            Fault(
                "Thời điểm bắt đầu phải từ ngày quyết định, đồng chí vui lòng xem lại.",
                column="begins_on",
            )
        )
    if protection.decided_on is not None:
        faults.append(Fault("Yêu cầu này đã có quyết định.", column="on"))
    refuse(faults)
    protection.decided_on, protection.begins_on = on, begins_on
    for column, words in kept.items():
        setattr(protection, column, seal_value(case, column, words))
    protection.save()
    cases.step(case, VaultStepKind.PROTECTED, on, actor, words=kept["measures"], symbol=symbol)
    cases.save(case)
    chain.record(actor, "protected", case, protection_id=protection.pk)
    return protection


@transaction.atomic
def end_protection(
    protection: VaultProtection, *, on: date, end: str, actor: "User", words: str = ""
) -> VaultProtection:
    """Protection ends: the case is closed, a decision says so, or who is protected breaks their duties."""
    case = cases.locked(protection.denunciation)
    cases.refuse_others(case, actor, BODY)
    protection = VaultProtection.objects.get(pk=protection.pk)
    words, faults = words_of(words, column="words", most=SHORT)
    since = protection.decided_on or protection.asked_on
    faults += day_faults(on, column="on", since=since, what="ngày quyết định")
    if not end or end not in GuardingEnd.values:
        faults.append(Fault("Đồng chí vui lòng chọn lý do chấm dứt.", column="end"))
    if end == GuardingEnd.CLOSED and case.concluded_on is None and case.closed_on is None:
        faults.append(Fault("Hồ sơ chưa kết luận, chưa đóng.", column="end"))
    if protection.decided_on is None or protection.ended_on is not None:
        faults.append(Fault("Không có biện pháp nào đang áp dụng.", column="on"))
    refuse(faults)
    protection.ended_on, protection.end = on, end
    protection.save(update_fields=["ended_on", "end"])
    cases.step(case, VaultStepKind.PROTECTION_ENDED, on, actor, words=words)
    cases.save(case)
    chain.record(actor, "protection_ended", case, protection_id=protection.pk, end=end)
    return protection


@transaction.atomic
def destroy_case(case: Denunciation, *, actor: "User", symbol: str) -> None:
    """Erase a closed case for ever by destroying its key: its files go too, what stays are state and days for the totals."""
    case = cases.locked(case)
    cases.refuse_others(case, actor, HEAD)
    missing = "Đồng chí vui lòng ghi số, ký hiệu quyết định hủy."
    symbol, faults = words_of(symbol, column="symbol", missing=missing, most=80)
    if case.state not in SHUT:
        faults.append(Fault("Chỉ hủy hồ sơ đã đóng.", column="symbol"))
    refuse(faults)
    files = list(case.files.select_related("file"))
    case.files.all().delete()
    for one in files:
        sealed_files.remove(one.file)
    case.destroyed_on = clock.today()
    case.changes += 1
    case.save(update_fields=["destroyed_on", "changes"])
    sealing.destroy(case.key)
    chain.record(actor, "destroyed", case, symbol=symbol)
