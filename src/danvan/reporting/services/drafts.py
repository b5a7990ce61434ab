"""What the acts on a form being written share: the row under lock, as the page showed it, and its saving."""

from typing import TYPE_CHECKING

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.reporting.models import FormDraft

if TYPE_CHECKING:
    from danvan.accounts.models import User


def locked(draft: FormDraft, changes: int) -> FormDraft:
    """The draft under lock, as the page showed it. RuleError where it was changed or published meanwhile."""
    found = FormDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is None or found.changes != changes:
        raise RuleError(
            "Bản soạn này vừa được người khác sửa hoặc ban hành. Đồng chí vui lòng mở lại trang rồi làm tiếp."
        )
    return found


def saved(draft: FormDraft, actor: "User | None") -> FormDraft:
    """The draft with what was changed, counted and audited."""
    draft.changes += 1
    draft.written_by, draft.changed_at = actor, clock.now()
    draft.save()
    audit.record(actor, "reporting.change_form_draft", draft, changes=draft.changes)
    return draft
