"""Who reads a case: named one by one, for a time, by who may name them. A superior enters only so."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault, RuleError
from danvan.petitions.models import Denunciation, VaultReader
from danvan.petitions.models.vault import units_over
from danvan.petitions.selectors.vault.readers import is_shut_out, parts_of
from danvan.petitions.services.vault import cases, chain, entering
from danvan.petitions.vault_enums import Part, VaultStepKind
from danvan.petitions.vault_moves import ENTER

if TYPE_CHECKING:
    from danvan.accounts.models import User

# Who may name whom: the intake officer hands the case to who resolves it, who names the others.
NAMED_BY: dict[Part, frozenset[Part]] = {
    Part.INTAKE: frozenset({Part.RESOLVER}),
    Part.RESOLVER: frozenset({Part.INTAKE, Part.RESOLVER}),
    Part.VERIFIER: frozenset({Part.RESOLVER}),
    Part.PROTECTION: frozenset({Part.INTAKE, Part.RESOLVER}),
}
BARRED = "Người này thuộc đối tượng bị tố cáo hoặc đơn vị bị tố cáo nên không được đọc hồ sơ."


@transaction.atomic
def name_reader(
    case: Denunciation, *, user: "User", part: str, actor: "User", until: date | None = None, seen: int | None = None
) -> VaultReader:  # fmt: skip
    """Let one person read a case as this part, from today."""
    case = cases.locked(case, seen=seen)
    if part not in Part.values:
        refuse([Fault("Đồng chí vui lòng chọn vai của người được đọc.", column="part")])
    cases.refuse_others(case, actor, NAMED_BY[Part(part)])
    faults = []
    if not may(user, ENTER):
        faults.append(
            Fault("Người này chưa có quyền vào vùng niêm phong, đồng chí vui lòng chọn người khác.", column="user")
        )  # fmt: skip
    if is_shut_out(case, user):
        faults.append(Fault(BARRED, column="user"))
    if until is not None and until < clock.today():
        faults.append(
            Fault("Ngày cuối phải từ hôm nay trở đi, đồng chí vui lòng xem lại.", column="until")
        )
    refuse(faults)
    row, _ = VaultReader.objects.update_or_create(
        denunciation=case, user=user, part=part,
        defaults={"named_by": actor, "since": clock.today(), "until": until},
    )  # fmt: skip
    _done(case, VaultStepKind.NAMED, user, part, actor)
    return row


@transaction.atomic
def end_reading(
    case: Denunciation, *, user: "User", part: str, actor: "User", seen: int | None = None
) -> None:
    """Let somebody read a case no longer, from now on."""
    case = cases.locked(case, seen=seen)
    row = VaultReader.objects.filter(denunciation=case, user=user, part=part).first()
    if row is None:
        raise RuleError("Người này không được đọc hồ sơ với vai ấy, đồng chí vui lòng xem lại.")
    cases.refuse_others(case, actor, NAMED_BY[Part(part)])
    resolvers = VaultReader.objects.filter(denunciation=case, part=part).exclude(pk=row.pk)
    if part in (Part.RESOLVER, Part.INTAKE) and not any(
        part in parts_of(case, one.user) for one in resolvers.select_related("user")
    ):
        raise RuleError(
            "Hồ sơ phải còn người giữ vai này. Đồng chí vui lòng giao người khác trước."
        )
    row.until = clock.today() - timedelta(days=1)
    row.save(update_fields=["until"])
    _done(case, VaultStepKind.UNNAMED, user, part, actor)


@transaction.atomic
def bar_accused(
    case: Denunciation, *, actor: "User", users: tuple[int, ...] = (), units: tuple[int, ...] = (),
    seen: int | None = None,
) -> None:  # fmt: skip
    """Write down that somebody, or a unit, is accused: they and everybody at or below it are shut out, named readers too."""
    case = cases.locked(case, seen=seen)
    cases.refuse_others(case, actor, frozenset({Part.INTAKE, Part.RESOLVER}))
    if not users and not units:
        refuse([Fault("Đồng chí vui lòng chọn người hoặc đơn vị bị tố cáo.", column="user")])
    if actor.pk in users or units_over(actor) & set(units):
        raise RuleError(
            "Đồng chí không tự ghi mình hoặc đơn vị mình; vui lòng giao hồ sơ cho người khác trước, để hồ sơ không bị bỏ."
        )
    entering.bar(case, users=users, units=units)
    cases.step(case, VaultStepKind.BARRED, clock.today(), actor)
    cases.save(case)
    chain.record(actor, "bar", case, users=list(users), units=list(units))


def _done(case: Denunciation, kind: VaultStepKind, user: "User", part: str, actor: "User") -> None:
    words = f"{Part(part).label}: {user}"
    cases.step(case, kind, clock.today(), actor, words=words)
    cases.save(case)
    chain.record(actor, kind, case, user_id=user.pk, part=part)
