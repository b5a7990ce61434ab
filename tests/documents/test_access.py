"""Who may open and do what: every address of the module, every kind of reader, before and after."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.accounts.roles import ROLES
from danvan.documents.enums import Stage, Verdict
from danvan.documents.models import Document, Proposal
from danvan.documents.services import register_document, register_issued_document
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Level
from tests.documents.papers import Paper, received
from tests.factories.province import make_grant, make_organisation, make_place, make_user

pytestmark = pytest.mark.django_db

LISTS = {
    "incoming": "documents.view",
    "issued": "documents.view",
    "to-review": "documents.review",
    "register": "documents.register",
    "register-issued": "documents.register",
    "secrets": "documents.register",
    "to-enter": "documents.view",
    "incoming-sheet": "documents.view",
    "issued-sheet": "documents.view",
    "incoming-print": "documents.view",
    "issued-print": "documents.view",
    "free-numbers": "documents.register",
}
OF_A_DOCUMENT = {
    ("get", "card"): "documents.view",
    ("get", "file"): "documents.view",
    ("get", "review"): "documents.review",
    ("get", "waiting"): "documents.review",
    ("post", "read-again"): "documents.review",
    ("post", "finish"): "documents.review",
    ("post", "reopen"): "documents.review",
    ("post", "accept-sure"): "documents.review",
    ("post", "reject-open"): "documents.review",
    ("get", "amend"): "documents.register",
    ("get", "relate"): "documents.register",
    ("get", "send"): "documents.distribute",
    ("get", "recipients"): "documents.view",
    ("post", "remind"): "documents.distribute",
    ("post", "recall"): "documents.distribute",
}
OF_A_PROPOSAL = {("post", "decide"): "documents.review", ("get", "correct"): "documents.review"}
GRANTED = {"get": {200, 302}, "post": {302, 422}}


def people(province):
    """Each role at the province, at the commune beside, along a line that does not hold the register, elsewhere."""
    elsewhere = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, code="42")
    make_organisation(elsewhere)
    for role in ROLES:
        yield role, True, make_grant(province.place, role)
        yield role, True, make_grant(province.committee, role, follows="line")
        yield role, False, make_grant(province.communes[0], role)
        yield role, False, make_grant(province.front, role, follows="line")
        yield role, False, make_grant(elsewhere, role)


def answer(client, user, method, url, **given):
    client.force_login(user)
    response = getattr(client, method)(url, given)
    if response.streaming:
        received(response)
    return response.status_code


def expected(role, action, method, *, reached):
    if action not in ROLES[role]:
        return {403}
    return GRANTED[method] if reached else {404}


@pytest.mark.parametrize("name", LISTS)
def test_who_opens_a_list(client, province, name):
    for role, _, user in people(province):
        allowed = LISTS[name] in ROLES[role]
        status = answer(client, user, "get", reverse(f"documents:{name}"))
        assert (role, status) == (role, 200 if allowed else 403)


@pytest.mark.parametrize(("method", "name"), OF_A_DOCUMENT)
def test_who_reaches_a_document(client, province, document, method, name):
    action, url = OF_A_DOCUMENT[method, name], reverse(f"documents:{name}", args=[document.pk])
    for role, reached, user in people(province):
        status = answer(client, user, method, url)
        assert status in expected(role, action, method, reached=reached), (role, reached, status)


@pytest.mark.parametrize(("method", "name"), OF_A_PROPOSAL)
def test_who_reaches_a_proposal(client, province, document, method, name):
    proposal = document.proposals.filter(kind="citation").get()
    action, url = OF_A_PROPOSAL[method, name], reverse(f"documents:{name}", args=[proposal.pk])
    for role, reached, user in people(province):
        Proposal.objects.update(verdict=Verdict.OPEN)
        status = answer(client, user, method, url, viec="bo")
        wanted = expected(role, action, method, reached=reached)
        assert status in wanted, (role, reached, status)
        if method == "post":
            proposal.refresh_from_db()
            decided = status in GRANTED["post"]
            assert proposal.verdict == (Verdict.REJECTED if decided else Verdict.OPEN)


EVERY = [*(("get", name) for name in LISTS), *OF_A_DOCUMENT, *OF_A_PROPOSAL]


@pytest.mark.parametrize(("method", "name"), EVERY)
def test_nobody_unknown_comes_in(client, document, method, name):
    url = reverse(f"documents:{name}", args=[] if name in LISTS else [document.pk])
    answered = getattr(client, method)(url)
    assert answered.status_code == 302
    assert answered["Location"].startswith(reverse("account_login"))
    client.force_login(make_user())
    assert getattr(client, method)(url).status_code == 403


@pytest.mark.parametrize(
    ("who", "status", "verdict"),
    [
        ("nobody", 302, Verdict.OPEN),
        ("no grant", 403, Verdict.OPEN),
        ("leader", 403, Verdict.OPEN),
        ("clerk", 403, Verdict.OPEN),
        ("specialist elsewhere", 404, Verdict.OPEN),
        ("specialist", 302, Verdict.ACCEPTED),
    ],
)
def test_who_may_accept(client, province, document, who, status, verdict):
    proposal = document.proposals.filter(kind="citation").get()
    elsewhere = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE)
    people = {
        "no grant": make_user,
        "leader": lambda: make_grant(province.place, "leader"),
        "clerk": lambda: make_grant(province.place, "clerk"),
        "specialist elsewhere": lambda: make_grant(elsewhere, "specialist"),
        "specialist": lambda: make_grant(province.place, "specialist"),
    }
    if who in people:
        client.force_login(people[who]())
    audited = AuditEntry.objects.count()
    response = client.post(reverse("documents:decide", args=[proposal.pk]), {"viec": "nhan"})
    proposal.refresh_from_db()
    assert (response.status_code, proposal.verdict) == (status, verdict)
    assert AuditEntry.objects.count() == audited + (verdict == Verdict.ACCEPTED)


def test_a_list_holds_only_what_its_reader_may_see(client, province):
    near = register_document(
        unit=province.committees[0], content=Paper().as_txt(), name="a.txt", actor=None
    )
    far = register_document(
        unit=province.committees[1],
        content=Paper(about="ở nơi khác").as_txt(),
        name="b.txt",
        actor=None,
    )
    issued = register_issued_document(
        unit=province.fronts[0], document_type="plan", abstract="Kế hoạch của xã", actor=None,
        issued_on=date(2026, 1, 5),
    )  # fmt: skip
    client.force_login(make_grant(province.communes[0], "specialist"))
    for name, held in (("incoming", near), ("to-review", near), ("issued", issued)):
        page = client.get(reverse(f"documents:{name}")).content.decode()
        assert reverse("documents:card", args=[held.pk])[:-1] in page
        assert "ở nơi khác" not in page
    assert client.get(reverse("documents:card", args=[far.pk])).status_code == 404


def test_a_form_cannot_be_sent_for_a_register_out_of_reach(client, province):
    client.force_login(make_grant(province.communes[0], "clerk"))
    given = {
        "unit": str(province.front.pk), "document_type": "plan", "abstract": "Kế hoạch",
        "issued_on": "05/01/2026",
    }  # fmt: skip
    for unit in (str(province.front.pk), "abc", "-1", "9" * 30, ""):
        response = client.post(reverse("documents:register-issued"), {**given, "unit": unit})
        assert response.status_code == 422
    assert not Document.objects.exists()
    near = {**given, "unit": str(province.fronts[0].pk)}
    assert client.post(reverse("documents:register-issued"), near).status_code == 302
    assert Document.objects.get().unit == province.fronts[0]


def test_a_card_does_not_tell_of_documents_its_reader_may_not_see(client, province, document):
    from danvan.documents.services import accept_proposal

    hidden = register_document(
        unit=province.committees[0], content=Paper(about="khác").as_txt(), name="b.txt", actor=None,
        symbol="23-QĐ/TW", issued_on=date(2021, 7, 30), issuer_name="Bộ Chính trị",
    )  # fmt: skip
    citing = accept_proposal(document.proposals.get(kind="citation"), actor=None).citation
    citing.cited = hidden
    citing.save()
    client.force_login(make_grant(province.committee, "specialist", follows="line"))
    seen = client.get(reverse("documents:card", args=[document.pk])).content.decode()
    link = reverse("documents:card", args=[hidden.pk])
    assert "23-QĐ/TW" in seen
    assert (f'href="{link}"' in seen) == (province.committees[0].pk in lined(province))
    client.force_login(make_grant(province.front, "leader", follows="line"))
    assert client.get(link).status_code == 404


def lined(province):
    from danvan.organisations.selectors import units_under

    below = units_under([province.committee.pk], on=date(2026, 12, 31), follows="line")
    return set(below.values_list("unit_id", flat=True))


@pytest.mark.parametrize("stage", Stage.values)
def test_the_reading_page_opens_in_every_stage(client, document, reviewer, stage):
    Document.objects.update(stage=stage)
    client.force_login(reviewer)
    response = client.get(reverse("documents:review", args=[document.pk]))
    assert response.status_code == 200
    waiting = client.get(reverse("documents:waiting", args=[document.pk]))
    assert waiting.status_code == (200 if stage == Stage.READING else 302)
