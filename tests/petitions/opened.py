"""Which petition each page is tried on, for the tests that open every page."""

from datetime import timedelta

from django.core import signing

from danvan.foundation import clock
from danvan.notifications.models import SenderLetter
from danvan.notifications.services.senders import SALT, STOP
from danvan.organisations.enums import Kind as Organisation
from danvan.petitions.models import Petition, PetitionTransfer
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.services import (
    add_petition_file,
    ask_to_publish,
    carry_out_data_request,
    file_petition,
    open_cluster,
    publish_petition,
    transfer_petition,
)
from danvan.petitions.services.reception import take_sentence, write_conclusion
from danvan.petitions.services.vault import enter_denunciation
from danvan.reading.covering import Covering
from tests.factories.province import make_grant, make_organisation
from tests.petitions import cases, papers, receptions

# Of the vault nobody sees what does not name them, whatever they may do elsewhere.
SEALED_PAGES = {
    "vault:readings", "vault:card", "vault:open", "vault:act", "vault:beside", "vault:file", "vault:task-done",
    "vault:guard",
}  # fmt: skip


def petitioned_at(government):
    """A proposal that waits to be classified, with one request."""
    petition = papers.received(government, papers.matter("proposal", "Xây cầu treo"))
    one = {"pk": petition.pk}
    file_petition(papers.received(government), closing="LD01", on=papers.RECEIVED, actor=None)
    printed = {"pk": Petition.objects.get(state="filed").pk, "slug": "thong-bao-khong-thu-ly"}
    members = [
        papers.received(government, papers.matter("feedback", "Đèn đường hỏng")).pk
        for _ in range(2)
    ]
    cluster = {"pk": open_cluster(members, title="Đèn đường", actor=None).pk}
    scan = add_petition_file(petition, b"Bien ban", name="bien-ban.txt", actor=None)
    member = {"pk": members[0]}
    passed = papers.received(government, papers.matter("feedback", "Đường liên xã"))
    there = make_organisation(government.versions.get().place, Organisation.TEAM)
    transfer_petition(passed, to_unit_id=there.pk, on=papers.RECEIVED, reason="Đội", actor=None)
    slip = {"pk": PetitionTransfer.objects.get(petition=passed).pk}
    request = one | {"number": 1}
    public = {"pk": ask_to_publish(petition, on=papers.RECEIVED, actor=None).pk}
    person = petition.paper.signatures.get().petitioner
    asked = papers.asked(petition, person)
    answered = papers.asked(petition, person)
    carry_out_data_request(answered, told=papers.DONE, checked=True, on=papers.RECEIVED, actor=None)
    now = clock.now()
    asks = SenderLetter.objects.create(petition=petition, key=f"{petition.pk}:asks", asks=True, due_at=now, sent_at=now)  # fmt: skip
    read = publish_petition(asked_anonymously(government), Covering(), actor=None)
    return one, {
        "people:matter": {"number": read.number},
        "portal:together": {"number": read.number},
        "portal:mail": {"token": signing.dumps(asks.pk, salt=SALT)},
        "portal:stop": {"token": signing.dumps(asks.pk, salt=STOP)},
        "petitions:reply": request,
        "petitions:give": request,
        "petitions:of-request": {"pk": petition.requests.get().pk},
        "petitions:data-request": {"pk": asked.pk},
        "petitions:data-request-paper": {"pk": answered.pk},
        "petitions:data-request-docx": {"pk": answered.pk},
        "petitions:data-request-act": {"pk": asked.pk, "slug": "respond"},
        "petitions:publication": public,
        "petitions:publication-act": public | {"slug": "khong"},
        "petitions:paper": printed,
        "petitions:paper-docx": printed,
        **{f"petitions:{name}": cluster for name in ("cluster", "accept-all", "answer-all")},
        "petitions:part": member,
        "petitions:slip": slip,
        "petitions:slip-docx": slip,
        "petitions:case-file": one | {"file": scan.pk, "of": "vu-viec"},
        "petitions:act": one | {"slug": "thu-ly"},
        "petitions:act-receiving": one | {"slug": "tach-don"},
        "petitions:act-deciding": one | {"slug": "dinh-chi"},
    }


def asked_anonymously(government):
    """A proposal without a name whose sender wishes everybody to read it."""
    unnamed = papers.received(
        government, papers.matter("proposal", "Mở lớp xóa mù chữ"), persons=(), anonymous=True
    )
    return ask_to_publish(unnamed, on=papers.RECEIVED, actor=None)


def sealed_at(government):
    """A denunciation that its intake officer alone reads."""
    officer = make_grant(government, "petition_officer")
    case = enter_denunciation(cases.draft(government), actor=officer)
    one = {"uuid": case.uuid}
    return {
        "vault:card": one,
        "vault:open": one,
        "vault:act": one | {"slug": "file"},
        "vault:beside": one | {"slug": "viec"},
        "vault:file": one | {"place": 1},
        "vault:task-done": one | {"place": 1},
        "vault:guard": one | {"place": 1, "slug": "quyet-dinh"},
    }


def received_at(government):
    """A day on which the head received, with a sentence that is work, and a visit that was refused on paper."""
    on = clock.today() - timedelta(days=3)
    day = receptions.held(government, on)
    write_conclusion(day, text="Giao Phòng Kinh tế đo lại đất.", actor=None)
    conclusion = take_sentence(day, start=0, actor=None)
    visit = receptions.visited(
        government, receptions.matter(way=MatterWay.REFUSED), on=on, refusal="4.1h", refusal_why="Đã trả lời"
    )  # fmt: skip
    one, at = {"pk": day.pk}, {"visit": visit.pk}
    month = {"pk": government.pk, "month": f"{on:%Y-%m}"}
    return one, {
        "reception:schedule": month,
        "reception:post-month": month,
        **{
            f"reception:{name}": at
            for name in ("visit", "refusal", "refusal-told", "receipt", "minutes", "joined")
        },
        "reception:answer": at | {"matter": visit.matters.get().pk},
        "reception:of-conclusion": {"conclusion": conclusion.pk},
        "reception:sentence": one | {"what": "tach"},
        "reception:own": one | {"conclusion": conclusion.pk},
        "reception:put-back": one | {"conclusion": conclusion.pk},
    }
