"""What every process of the server keeps for comparing is told that words went."""

from django.db.models import F

from danvan.petitions.models import ComparedTexts

ONE = 1  # the row


def let_go_of_texts() -> None:
    """From this act on no process keeps what it read for comparing: each begins anew at its next look. For acts by which words
    of a petition leave the ordinary tables, in their transaction.
    """
    ComparedTexts.objects.get_or_create(pk=ONE)
    ComparedTexts.objects.filter(pk=ONE).update(number=F("number") + 1)
