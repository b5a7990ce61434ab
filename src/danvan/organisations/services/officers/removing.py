"""Taking out of the register of posts what was entered by mistake: never what was so once; the audit log keeps it."""

from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import RuleError
from danvan.organisations.models import Appointment, Assignment, Post, Unit


@transaction.atomic
def remove_post(post: Post, *, actor: Any) -> int:
    """Take out a post that was entered by mistake and that nobody was recorded in; returns its id."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if held := post.appointments.count():
        raise RuleError(
            f"Chức danh đã ghi {held} lượt người giữ nên không bỏ hẳn được. Đồng chí vui lòng bỏ các lượt ghi"
            " nhầm trước, hoặc bỏ chức danh từ một ngày."
        )
    audit.record(actor, "organisations.remove_post", Unit(pk=post.unit_id), post=post.pk)
    return _gone(post)


@transaction.atomic
def remove_appointment(appointment: Appointment, *, actor: Any) -> int:
    """Take out an appointment that was entered by mistake; returns its id."""
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("post")
        .get(pk=appointment.pk)
    )
    audit.record(
        actor, "organisations.remove_appointment", Unit(pk=appointment.post.unit_id),
        appointment=appointment.pk, post=appointment.post_id, officer=appointment.officer_id,
    )  # fmt: skip
    return _gone(appointment)


@transaction.atomic
def remove_assignment(assignment: Assignment, *, actor: Any) -> int:
    """Take out an assignment that was entered by mistake; returns its id."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    audit.record(
        actor, "organisations.remove_assignment", Unit(pk=assignment.unit_id),
        assignment=assignment.pk, officer=assignment.officer_id,
    )  # fmt: skip
    return _gone(assignment)


def _gone(row: Post | Appointment | Assignment) -> int:
    pk = row.pk
    row.delete()
    return pk
