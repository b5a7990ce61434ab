"""Officers: the people who hold posts. A name and an account, nothing more is kept of them."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.models import Officer, OfficerTraining
from danvan.organisations.services.officers.rules import length_faults, refuse_if, written
from danvan.organisations.titles import without_honorific
from danvan.vietnamese.collation import name_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold, looks_damaged


@transaction.atomic
def add_officer(full_name: str, *, actor: Any, user_id: int | None = None) -> Officer:
    """Make an officer known by name, with the account they sign in with if any."""
    full_name = without_honorific(written(full_name))
    refuse_if(_faults(full_name, user_id, None), "Chưa ghi được cán bộ")
    officer = Officer.objects.create(user_id=user_id, **named(full_name))
    audit.record(actor, "organisations.add_officer", officer)
    return officer


@transaction.atomic
def edit_officer(
    officer: Officer, *, full_name: str, actor: Any, user_id: int | None = None
) -> Officer:
    """Correct an officer's name, or the account they sign in with."""
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    full_name = without_honorific(written(full_name))
    refuse_if(_faults(full_name, user_id, officer), "Chưa sửa được cán bộ")
    for field, value in named(full_name).items():
        setattr(officer, field, value)
    officer.user_id = user_id
    officer.save(update_fields=["full_name", "name_key", "folded", "user_id"])
    audit.record(actor, "organisations.edit_officer", officer)
    return officer


@transaction.atomic
def record_training(
    officer: Officer,
    course: str,
    *,
    begun_on: date,
    finished_on: date,
    actor: Any,
    held_by: str = "",
    certificate: str = "",
) -> OfficerTraining:
    """Record a course that an officer finished."""
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    course = written(course)
    faults = length_faults(course, 300, "course")
    faults += length_faults(held_by, 200, "held_by") + length_faults(
        certificate, 200, "certificate"
    )
    if not course:
        faults.append(Fault("Đồng chí vui lòng ghi tên lớp.", column="course"))
    if finished_on < begun_on:
        faults.append(
            Fault(
                "Ngày kết thúc lớp phải từ ngày khai giảng trở đi. Đồng chí vui lòng xem lại.",
                column="finished_on",
            )
        )
    if OfficerTraining.objects.filter(officer=officer, course=course, begun_on=begun_on).exists():
        faults.append(
            Fault(
                f"Lớp này (từ ngày {format_date(begun_on)}) đã được ghi cho cán bộ. Đồng chí vui lòng"
                " không ghi lại.",
                column="course",
            )
        )
    refuse_if(faults, "Chưa ghi được lớp")
    found = OfficerTraining.objects.create(
        officer=officer,
        course=course,
        held_by=written(held_by),
        begun_on=begun_on,
        finished_on=finished_on,
        certificate=written(certificate),
    )
    audit.record(actor, "organisations.record_training", officer, training=found.pk)
    return found


def named(full_name: str) -> dict[str, str]:
    """The columns of an officer that hold the name: as written, in the order of people, folded."""
    return {"full_name": full_name, "name_key": name_key(full_name), "folded": fold(full_name)}


def name_faults(full_name: str) -> list[Fault]:
    """What is wrong with a name."""
    if not full_name:
        return [Fault("Đồng chí vui lòng ghi họ và tên.", column="full_name")]
    if damaged := looks_damaged(full_name):
        return [Fault(damaged, column="full_name")]
    if not any(letter.isalpha() for letter in full_name):
        return [Fault("Họ và tên phải có chữ. Đồng chí vui lòng ghi lại.", column="full_name")]
    return length_faults(full_name, 120, "full_name")


def _faults(full_name: str, user_id: int | None, officer: Officer | None) -> list[Fault]:
    faults = name_faults(full_name)
    if user_id is None:
        return faults
    if not get_user_model().objects.filter(pk=user_id).exists():
        faults.append(
            Fault("Tài khoản này không có. Đồng chí vui lòng chọn lại.", column="user_id")
        )
    others = Officer.objects.filter(user_id=user_id)
    if officer:
        others = others.exclude(pk=officer.pk)
    if others.exists():
        faults.append(
            Fault(
                "Tài khoản này đã gắn với cán bộ khác. Đồng chí vui lòng chọn tài khoản khác.",
                column="user_id",
            )
        )
    return faults
