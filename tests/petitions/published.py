"""Matters that their senders wish to be public, brought as far as a test needs them."""

from datetime import date

from danvan.petitions.models import Petition, PublicPetition
from danvan.petitions.selectors import (
    proposed_covers,
)
from danvan.petitions.services import (
    answer_petition,
    ask_to_publish,
    publish_petition,
)
from danvan.reading.covering import Covering
from tests.petitions import papers

ASKED = date(2026, 10, 2)
TEXT = (
    "Tôi là Lô Văn Nam, ở bản Xiềng, gọi 0912345678. Đèn đường trước nhà ông Vi Văn Tý hỏng đã lâu."
)


def asked(office, title="Đèn đường hỏng", text=TEXT, kind="feedback", **more):
    petition = papers.received(office.unit, papers.matter(kind, title, text=text), **more)
    Petition.objects.filter(pk=petition.pk).update(text=text)  # of before senders were hidden
    return ask_to_publish(papers.fresh(petition), on=ASKED, actor=None)


def proposed(row):
    """Everything that is proposed, as an officer who changes nothing sends it."""
    return Covering(
        spans={one.part: [mark.span for mark in one.marks] for one in proposed_covers(row)}
    )


def shown(office, **more):
    row = asked(office, **more)
    return publish_petition(row, proposed(row), actor=office.officer)


def fresh(row):
    return PublicPetition.objects.select_related("petition__paper").get(pk=row.pk)


def answered(petition, text="Kính gửi ông Lô Văn Nam: đã thay đèn."):
    answer_petition(papers.replied(petition), text=text, channel="code", outcome="resolved", on=papers.TODAY, actor=None)  # fmt: skip
