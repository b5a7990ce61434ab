"""A province with public petitions, and systems that were given keys to it."""

from datetime import date

from danvan.exchange.services import make_key
from danvan.petitions.models import PublicPetition
from danvan.petitions.services import ask_to_publish
from danvan.topics.models import Topic
from danvan.topics.services import load_topics
from tests.petitions import papers

TODAY = papers.TODAY
ROOT = "/open311/v2"


class Connected(papers.Office):
    """Three public petitions of the first commune, one that is not public, a key that sends and one that reads."""

    def __init__(self):
        super().__init__()
        load_topics()
        self.land = Topic.objects.get(code="dat-dai")
        place = {"place_id": self.province.communes[0].pk}
        self.lamp = public(
            self,
            1,
            title="Đèn đường hỏng",
            topic_id=self.land.pk,
            text="Tối <quá> & nguy hiểm",
            **place,
        )
        self.bridge = public(self, 2, kind="proposal", title="Xây cầu treo", **place)
        self.road = public(self, 3, on=date(2026, 7, 1), title="Đường lầy", topic_id=self.land.pk)
        self.kept = papers.received(self.unit, papers.matter("feedback", "Không công khai"))
        self.sender = key_of(self.province.place, sends=True)
        self.reader = key_of(self.unit, name="Báo Nghệ An")


def key_of(
    unit, *, name="Cổng phản ánh hiện trường", reads=True, sends=False, valid_to=None, actor=None
):
    return make_key(
        name=name, contact="Trung tâm CNTT, 0238 000", unit_id=unit.pk, reads=reads, sends=sends, valid_to=valid_to,
        actor=actor,
    )  # fmt: skip


def public(office, number, *, on=papers.RECEIVED, kind="feedback", answer="", **matter):
    petition = papers.received(office.unit, papers.matter(kind, **matter), on=on)
    return made_public(petition, number, answer=answer)


def made_public(petition, number, *, answer=""):
    row = ask_to_publish(petition, on=petition.received_on, actor=None)
    PublicPetition.objects.filter(pk=row.pk).update(
        state="shown",
        number=f"YK-2026-{number:04}",
        shown_on=TODAY,
        title=petition.title,
        text=petition.text,
        answer=answer,
    )
    return PublicPetition.objects.select_related("petition").get(pk=row.pk)


def get(client, path, **told):
    return client.get(f"{ROOT}/{path}", told)


def listed(client, path="requests.json", **told):
    answer = get(client, path, **told)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def sent(client, world, **more):
    told = {
        "api_key": world.sender.words, "service_code": "dat-dai", "description": "Cột điện nghiêng sắp đổ ở ngã ba.",
        "address_string": "Ngã ba chợ, Xã Con Cuông", **more,
    }  # fmt: skip
    return client.post(f"{ROOT}/requests.json", told)
