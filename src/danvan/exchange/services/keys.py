"""Keys for other systems: made and shown once, revoked, and known again when they are used."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.exchange.marks import mark_of
from danvan.exchange.models import ApiKey
from danvan.exchange.selectors.keys import MANAGE
from danvan.foundation import audit, clock
from danvan.foundation.acting import refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import unit_on
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

HEAD = "dvs"  # so that whoever finds one in a file knows what it is
PREFIX_OCTETS, SECRET_OCTETS = 4, 32
LONGEST = 120  # letters of a key that are looked at


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, with its words: they can be read this once."""

    key: ApiKey
    words: str


@transaction.atomic
def make_key(
    *,
    name: str,
    contact: str,
    unit_id: int,
    reads: bool,
    sends: bool,
    valid_to: date | None,
    actor: "User | None",
) -> NewKey:
    """Give another system a key for a unit, from today up to but not including a day. The key itself is shown this once."""
    hold_units([unit_id])
    today = clock.today()
    name, faults = words_of(
        name, column="name", missing="Đồng chí vui lòng ghi tên hệ thống được nối.", most=120
    )
    contact, also = words_of(
        contact, column="contact", missing="Đồng chí vui lòng ghi ai chịu trách nhiệm ở hệ thống đó.", most=200
    )  # fmt: skip
    faults += also
    if not (reads or sends):
        faults.append(Fault("Đồng chí vui lòng chọn khóa được làm gì.", column="reads"))
    if valid_to is not None and valid_to <= today:
        faults.append(
            Fault("Ngày hết hạn phải sau hôm nay, đồng chí vui lòng chọn lại.", column="valid_to")
        )
    refuse([*faults, *_unit_faults(unit_id, today, actor)])
    prefix, secret = secrets.token_hex(PREFIX_OCTETS), secrets.token_urlsafe(SECRET_OCTETS)
    words = f"{HEAD}_{prefix}_{secret}"
    key = ApiKey.objects.create(
        prefix=prefix,
        digest=mark_of("key", words),
        name=name,
        contact=contact,
        unit_id=unit_id,
        reads=reads,
        sends=sends,
        valid_from=today,
        valid_to=valid_to,
        made_by=actor,
    )
    audit.record(actor, "exchange.make_key", key, unit=unit_id, reads=reads, sends=sends)
    return NewKey(key, words)


@transaction.atomic
def revoke_key(key: ApiKey, *, reason: str, actor: "User | None") -> ApiKey:
    """From now on the key opens nothing; what came by it stays."""
    key = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if key.revoked_on is not None:
        day = format_date(key.revoked_on)
        raise RuleError(f"Khóa này đã thu hồi ngày {day}.")
    why, faults = words_of(
        reason, column="reason", missing="Đồng chí vui lòng ghi lý do thu hồi.", most=300
    )
    refuse(faults)
    key.revoked_on, key.revoked_by, key.reason = clock.today(), actor, why
    key.save(update_fields=["revoked_on", "revoked_by", "reason"])
    audit.record(actor, "exchange.revoke_key", key, unit=key.unit_id)
    return key


def use_key(words: str) -> ApiKey | None:
    """The key that somebody shows, if it opens anything today; its last day of use is noted once a day."""
    head, _, rest = words.partition("_")
    prefix = rest.partition("_")[0]
    if len(words) > LONGEST or head != HEAD or not prefix:
        return None
    today = clock.today()
    key = ApiKey.objects.filter(prefix=prefix).first() or ApiKey(digest="")
    # who shows a wrong key waits as long as who shows one that has ended
    if not hmac.compare_digest(key.digest, mark_of("key", words)):
        return None
    ended = key.valid_to is not None and key.valid_to <= today
    if ended or key.revoked_on is not None or key.valid_from > today:
        return None
    if key.used_on != today:
        key.used_on = today
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)
    return key


def _unit_faults(unit_id: int, today: date, actor: "User | None") -> list[Fault]:
    if unit_on(unit_id, today) is None:
        return [Fault("Đơn vị này không còn trong sổ, đồng chí vui lòng chọn lại.", column="unit")]
    if actor is not None and not reaches(actor, MANAGE, unit_id):
        return [
            Fault(
                "Đơn vị này nằm ngoài phạm vi quản trị của đồng chí, vui lòng chọn đơn vị khác.",
                column="unit",
            )
        ]
    return []
