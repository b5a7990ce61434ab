"""What everybody can read, brought by its acts: an article of each kind, opinions in several states, promises, dialogues."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from danvan.commitments.services import Assignment
from danvan.dialogues.services import open_questions
from danvan.petitions.selectors import proposed_covers
from danvan.petitions.services import (
    answer_petition,
    ask_to_publish,
    give_work,
    publish_petition,
)
from danvan.reading.covering import Covering
from tests.dialogues import talks
from tests.grassroots import matters
from tests.news.articles import Newsroom, shown, with_everything
from tests.petitions import papers

TODAY = papers.TODAY
TEXT = "Tôi là Lô Văn Nam, gọi 0912345678. Việc này nói nhiều lần rồi."


def photo():
    made = BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    return made.getvalue()


class People:
    """A commune that answers, and one that does not."""

    def __init__(self):
        self.office = papers.Office()
        matters.load_kinds()
        self.unit, self.head = self.office.unit, self.office.head
        self.room = Newsroom.__new__(Newsroom)
        self.room.province, self.room.unit = self.office.province, self.unit
        self.room.writer = papers.member("vietbai", self.unit, "commune_officer")
        self.room.head = self.head
        self.articles = [
            with_everything(self.room, photo(), title="Cầu đã xong", kind="result"),
            shown(self.room, title="Hỗ trợ nhà ở", kind="plain", basis="QĐ 12"),
            shown(self.room, title="Làm đường chung", kind="deed"),
        ]
        self.dialogue = talks.announced(self.office.province.committees[0], held_on=talks.COMING)
        open_questions(self.dialogue, until=talks.COMING, actor=None)
        talks.published(self.dialogue)
        self.posted = matters.shown(matters.published(matters.entered(self.unit)))
        plan = matters.entered(self.unit, "YK02", title="Kế hoạch đất của ông Lô Văn Nam")
        self.asked = matters.shown(matters.published(plan))
        self.waiting = opinion(self, "Sửa cầu treo")
        self.answered = opinion(
            self, "Đèn đường hỏng", kind="feedback", answer="Kính gửi ông Lô Văn Nam: đã thay đèn."
        )


def opinion(people, title, *, kind="proposal", answer="", on=None, publish=True, unit=None):
    """One opinion whose sender wishes it public; answered where there is an answer."""
    petition = papers.accepted(unit or people.unit, papers.matter(kind, title, text=TEXT))
    row = ask_to_publish(petition, on=papers.ACCEPTED, actor=None)
    if answer:
        day = on or papers.ACCEPTED + timedelta(days=5)
        petition = papers.replied(papers.fresh(petition), on=day)
        answer_petition(
            petition, text=answer, channel="code", outcome="resolved", on=day, actor=None
        )
    if not publish:
        return row
    row.refresh_from_db()
    row.petition = papers.fresh(row.petition)
    spans = {one.part: [mark.span for mark in one.marks] for one in proposed_covers(row)}
    return publish_petition(row, Covering(spans=spans), actor=people.head)


def promised(people, row, *, due_on=date(2026, 12, 31)):
    """Work given from what a public opinion asks for."""
    lead = people.office.province.committees[0]
    request = row.petition.requests.get()
    one = Assignment(lead.pk, "Việc ghi trong sổ, nêu Lô Văn Nam", "Biên bản", due_on)
    return give_work(request, one, actor=None)
