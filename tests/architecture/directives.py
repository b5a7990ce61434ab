"""The pages of a directive's roll-out, with the objects they are tried on."""

from danvan.documents.models import DirectiveQuestion
from danvan.foundation import clock


def directive_pages(document, distribution):
    """A clause of a document, a question about it of the same unit, and where its recipient asks."""
    question = DirectiveQuestion.objects.create(
        document=document, unit_id=document.unit_id, words="Có áp dụng không?", asked_at=clock.now()
    )
    return {
        **{
            f"documents:{name}": {"pk": document.pk, "start": 0}
            for name in ("roll-out-clause", "waive-clause", "give-clause")
        },
        "documents:ask": {"pk": distribution.pk},
        "documents:question": {"pk": question.pk},
    }
