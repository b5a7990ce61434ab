"""One matter of a mixed paper goes into the vault: what stays was read word by word and file by file, and holds nothing of it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.selectors import behind_code
from danvan.commitments.selectors.copies import all_given
from danvan.commitments.services import Assignment, divide_commitment, withdraw_commitment
from danvan.foundation import sealed_files, search
from danvan.foundation.models import AuditEntry, SealedFile
from danvan.petitions.enums import REQUEST_SOURCE
from danvan.petitions.models import (
    Cluster,
    Denunciation,
    PaperFile,
    Petition,
    PetitionFile,
    PublicPetition,
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.selectors import published_petitions
from danvan.petitions.selectors.vault import card_of_case, files_left, words_left
from danvan.petitions.services import (
    accept_petition,
    add_petition_file,
    answer_petition,
    ask_to_publish,
    dispute_answer,
    give_code,
    give_work,
    open_cluster,
    split_petition,
    transfer_petition,
)
from danvan.petitions.services.filing_papers import add_paper_file
from danvan.petitions.services.vault import Left, open_case, seal_petition
from tests.once import once, own
from tests.petitions import cases, papers, receptions
from tests.petitions.canary import ACCUSED, NAME, TEXT, database, disk, found
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
KEPT = "Loa rè cả tháng nay"
MIXED = f"{KEPT}. {TEXT}, do {ACCUSED} làm."
SCAN, PHOTO = PNG + TEXT.encode(), PNG + KEPT.encode()
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def mixed(vault):
    """A paper whose first petition says everything; the denunciation was made a petition of its own."""
    person = papers.PersonDraft(name=NAME)
    first = papers.received(
        vault.unit, papers.matter("feedback", title=f"{KEPT}; {TEXT}", text=MIXED, requests=(f"Xem xét {ACCUSED}",)),
        persons=(person,),
    )  # fmt: skip
    add_paper_file(first.paper, name="don.png", content=SCAN, actor=vault.officer)
    add_paper_file(first.paper, name="loa.png", content=PHOTO, actor=vault.officer)
    add_petition_file(first, name="bienban.png", content=SCAN, actor=vault.officer)
    [part] = split_petition(papers.fresh(first), [papers.matter(title=TEXT)], actor=vault.officer)
    return papers.fresh(first), papers.fresh(part)


def looked_at(part, *, files=()):
    """Every text that stays without a word of the denunciation."""
    words = {one.key: KEPT if found(one.words.encode()) else one.words for one in words_left(part)}
    return Left(words=words, files=files, cleared=True)


def sealed(vault, part, left):
    return seal_petition(
        papers.fresh(part),
        accused=[cases.AccusedDraft(name=ACCUSED)],
        actor=vault.officer,
        left=left,
    )


def readable():
    """The bytes of every file that still hangs on an ordinary petition or paper, opened."""
    rows = [*PaperFile.objects.all(), *PetitionFile.objects.all()]
    return b"".join(sealed_files.read(one.file) for one in rows)


def test_nothing_of_it_stays_in_words_files_index_or_on_the_disk(vault, settings):
    first, part = mixed(vault)
    assert set(found(database())) == {TEXT, ACCUSED}
    assert found(readable()) == [TEXT]
    photo = next(one.key for one in files_left(part) if sealed_files.read(one.row.file) == PHOTO)
    case = sealed(vault, part, looked_at(part, files=(photo,)))
    assert found(database()) == []
    assert (found(readable()), KEPT.encode() in readable()) == ([], True)
    assert found(disk(settings.SEALED_ROOT)) == []
    first = papers.fresh(first)
    assert (first.title, first.text, first.requests.get().words) == (KEPT, KEPT, KEPT)
    assert list(Petition.objects.all()) == [first]
    open_case(case, purpose="classify", actor=vault.officer)
    card = card_of_case(vault.officer, cases.fresh(case))
    told = " ".join(step.words for step in card.steps)
    assert MIXED in told  # how it read before is kept, sealed
    assert "Để lại ở sổ thường, không có nội dung tố cáo: Tệp 2 của đơn" in told
    assert len(card.files) == 2
    entry = AuditEntry.objects.get(action="petitions.reword")
    assert set(entry.details["fields"]) == {"title", "text", "words"}


def test_what_a_sibling_shows_to_everybody_is_taken_down(vault):
    _, part = mixed(vault)
    sibling = Petition.objects.exclude(pk=part.pk).get()
    shown = ask_to_publish(sibling, on=cases.TODAY, actor=None)
    PublicPetition.objects.filter(pk=shown.pk).update(
        state="shown", number="YK-2026-0001", shown_on=cases.TODAY, title=TEXT, text=MIXED
    )
    assert published_petitions().exists()
    sealed(vault, part, looked_at(part, files=()))
    assert not published_petitions().exists()
    assert PublicPetition.objects.get().state == "taken_down"


def given_and_told(vault, first):
    """Work given from the sibling, a part of it, a code with that work behind it; an answer and a transfer of the sibling."""
    accept_petition(first, on=cases.TODAY, actor=None)
    first = papers.fresh(first)
    asked = first.requests.get()
    work = Assignment(
        lead_id=vault.unit.pk, title=f"Xem {TEXT}", product=f"Biên bản {ACCUSED}", due_on=date(2028, 1, 10)
    )  # fmt: skip
    code = give_code(first, actor=None).code
    given = give_work(asked, work, actor=vault.officer)
    first = papers.replied(papers.fresh(first), on=cases.TODAY)
    answer_petition(
        first, text=f"Đã hỏi {ACCUSED}", channel="paper", outcome="noted", on=cases.TODAY, actor=vault.officer
    )  # fmt: skip
    dispute_answer(papers.fresh(first), why="Chưa", on=cases.TODAY, actor=None)
    transfer_petition(
        papers.fresh(first), to_unit_id=vault.other.pk, on=cases.TODAY, reason=TEXT, actor=None
    )
    return code, given


def test_what_a_sibling_was_answered_why_it_went_on_and_its_copies_in_the_ledger_hold_nothing_of_it(
    vault,
):
    first, part = mixed(vault)
    code, given = given_and_told(vault, first)
    kinds = {type(one.row).__name__ for one in words_left(part) if found(one.words.encode())}
    assert kinds >= {
        "PetitionAnswer", "PetitionTransfer", "Commitment", "FollowCode", "FollowedCommitment",
    }  # fmt: skip
    sealed(vault, part, looked_at(part))
    assert found(database()) == []
    first = papers.fresh(first)
    assert (first.answers.get().text, first.transfers.get().reason) == (KEPT, KEPT)
    assert behind_code(code).asked == KEPT
    given.refresh_from_db()
    assert (given.title, given.product, given.source_sentence) == (KEPT, KEPT, KEPT)
    assert search.find(type(given).objects.all(), "khăm khoẳn").count() == 0
    assert search.find(type(given).objects.all(), "loa rè").get() == given


def test_work_that_was_withdrawn_and_parts_of_work_are_copies_as_well(vault):
    first, part = mixed(vault)
    _, given = given_and_told(vault, first)
    withdraw_commitment(given, words="Giao nhầm", actor=vault.officer)
    assert [one.pk for one in all_given(REQUEST_SOURCE, [first.requests.get().pk])] == [given.pk]
    type(given).objects.filter(pk=given.pk).update(state="in_progress", lead=vault.above)
    given.refresh_from_db()
    [child] = divide_commitment(
        given, [Assignment(lead_id=vault.unit.pk, title=TEXT, product="Biên bản", due_on=given.due_on)],
        actor=None,
    )  # fmt: skip
    kept = [one.row for one in words_left(part) if found(one.words.encode())]
    assert child in kept


def test_what_gave_work_itself_does_not_go_even_if_the_work_was_withdrawn(vault):
    petition = papers.accepted(vault.unit, papers.matter(title=TEXT), by=cases.TODAY)
    work = Assignment(lead_id=vault.unit.pk, title="Đo", product="Sổ", due_on=date(2028, 1, 10))
    given = give_work(petition.requests.get(), work, actor=vault.officer)
    withdraw_commitment(given, words="Giao nhầm", actor=vault.officer)
    said = cases.refused(sealed, vault, petition, None).message
    assert "Đơn đã giao việc" in said


def test_what_a_cluster_is_called_and_answers_is_looked_at_though_the_paper_goes_whole(vault):
    person = papers.PersonDraft(name=NAME)
    petition = papers.received(vault.unit, papers.matter("feedback", TEXT), persons=(person,))
    others = [papers.received(vault.unit, papers.matter("feedback", "Cầu")) for _ in range(2)]
    ids = [petition.pk, *(one.pk for one in others)]
    cluster = open_cluster(ids, title=TEXT, actor=vault.officer)
    Cluster.objects.filter(pk=cluster.pk).update(answer=f"Đã hỏi {ACCUSED}")
    broken = cases.refused(sealed, vault, petition, None)
    assert {one.column for one in broken.faults} == {
        f"cluster-{cluster.pk}-title", f"cluster-{cluster.pk}-answer", "cleared",
    }  # fmt: skip
    sealed(vault, petition, looked_at(petition))
    assert found(database()) == []
    cluster.refresh_from_db()
    assert (cluster.title, cluster.answer, cluster.petitions.count()) == (KEPT, KEPT, 2)


def test_every_part_of_the_paper_is_held_by_key_before_one_leaves(vault):
    _, part = mixed(vault)
    left = looked_at(part)
    with CaptureQueriesContext(connection) as asked:
        sealed(vault, part, left)
    read = [one["sql"] for one in asked if 'FROM "petitions_petition"' in one["sql"]]
    alone = next(n for n, sql in enumerate(read) if '"petitions_petition"."id" = ' in sql)
    held = [sql for sql in read[alone + 1 :] if sql.startswith('SELECT "petitions_petition"."id"')]
    assert any('"paper_id" = ' in sql and "ORDER BY" in sql for sql in held[:1])


def test_it_is_refused_until_each_text_and_all_of_it_was_looked_at(vault):
    first, part = mixed(vault)
    whole = looked_at(part)
    keys = {one.key for one in words_left(part)}
    broken = cases.refused(sealed, vault, part, None)
    assert {one.column for one in broken.faults} == keys | {"cleared"}
    title = f"petition-{first.pk}-title"
    for left, column in (
        (replace(whole, words={**whole.words, title: " "}), title),
        (replace(whole, words={**whole.words, title: "x" * 301}), title),
        (replace(whole, files=("paper-0",)), "files"),
        (replace(whole, cleared=False), "cleared"),
    ):
        broken = cases.refused(sealed, vault, part, left)
        assert [one.column for one in broken.faults] == [column]
    assert (Petition.objects.count(), Denunciation.objects.count()) == (2, 0)


def test_what_was_not_changed_is_not_written_again(vault):
    first, part = mixed(vault)
    words = {one.key: one.words.replace("\n", "\r\n") for one in words_left(part)}
    sealed(vault, part, Left(words=words, cleared=True))
    assert not AuditEntry.objects.filter(action="petitions.reword").exists()
    assert papers.fresh(first).text == MIXED


def test_other_matters_of_the_visit_stay_in_the_register_and_are_looked_at_too(vault):
    visit = receptions.visited(
        vault.unit, receptions.matter(TEXT),
        receptions.matter(f"Rác chợ, {ACCUSED}", MatterWay.GUIDED, guided_to="Ban quản lý chợ"),
        persons=(papers.PersonDraft(name=NAME),), documents=f"Đơn của {NAME}",
    )  # fmt: skip
    petition = visit.matters.get(way="received").petition
    case = sealed(vault, petition, looked_at(petition))
    assert found(database()) == []
    [kept] = VisitMatter.objects.all()
    assert (kept.title, kept.guided_to, ReceptionVisit.objects.get().documents) == (
        KEPT, "Ban quản lý chợ", "Đơn của [họ tên]",
    )  # fmt: skip
    assert (case.people, Petition.objects.count(), PaperFile.objects.count()) == (1, 0, 0)
    assert SealedFile.objects.count() == case.files.count() == 1  # the words as they were said


def test_a_paper_that_goes_whole_asks_for_none_of_this(vault):
    petition = papers.received(vault.unit)
    assert (words_left(petition), files_left(petition)) == ([], [])


def test_the_page_shows_each_text_as_it_reads_and_takes_what_stays(vault, client):
    first, part = mixed(vault)
    client.force_login(vault.officer)
    address = reverse("vault:move-in", args=[part.pk])
    body = client.get(address).content.decode()
    for words in ("Phần để lại ở sổ thường", "Lời đang ghi", MIXED, "Tệp 2 của đơn"):
        assert words in body
    typed = {"accused": ACCUSED, **looked_at(part).words}
    refused = client.post(address, typed)
    assert (refused.status_code, "xác nhận đã đọc hết" in refused.content.decode()) == (422, True)
    assert client.post(address, {**typed, "files": ["paper-0"], "cleared": "on"}).status_code == 422
    made = client.post(address, {**typed, "cleared": "on"})
    assert made.status_code == 302
    assert (papers.fresh(first).text, PaperFile.objects.count()) == (KEPT, 0)
