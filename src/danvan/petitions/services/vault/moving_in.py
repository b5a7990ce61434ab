"""A petition that turns out to be a denunciation leaves the ordinary tables whole: rows, clocks, words, files, its number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.selectors import standing_digest
from danvan.commitments.selectors.copies import all_given
from danvan.commitments.services import erase_codes
from danvan.commitments.services.standing import heir_standing
from danvan.foundation import clock, events, sealed_files, sealing, search
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault, SealingError
from danvan.organisations.services.reorganising import forget_hand_overs
from danvan.petitions.enums import REQUEST_SOURCE, SUBJECT, StepKind
from danvan.petitions.events import PetitionTakenOut
from danvan.petitions.models import (
    DataRequest,
    Denunciation,
    FreedNumber,
    Paper,
    PaperFile,
    Petition,
    Petitioner,
    PetitionFile,
    PublicPetition,
    ReceptionVisit,
    VaultReader,
    VisitMatter,
)
from danvan.petitions.reception_enums import VISIT
from danvan.petitions.selectors.duplicates import forget_texts
from danvan.petitions.selectors.vault.receipts import receipt_mark
from danvan.petitions.selectors.vault.siblings import is_mixed, siblings_of
from danvan.petitions.services import rows
from danvan.petitions.services.comparing import let_go_of_texts
from danvan.petitions.services.filing_papers import NAME
from danvan.petitions.services.identities import senders_of
from danvan.petitions.services.rewording import hold_paper
from danvan.petitions.services.together import erase_followers
from danvan.petitions.services.vault import cases, chain, entering
from danvan.petitions.services.vault.carrying import carry
from danvan.petitions.services.vault.leaving import (
    Left,
    clear_words,
    files_to_take,
    left_faults,
    note_files,
)
from danvan.petitions.vault_enums import Part, VaultStepKind
from danvan.petitions.vault_seals import seal_value

if TYPE_CHECKING:
    from danvan.accounts.models import User

# The holders whose lines in the protocol of a reorganisation name what goes.
PASSED, CLUSTER_PASSED = "petitions.unit", "petitions.clusters"


@transaction.atomic
def seal_petition(
    petition: Petition, *, accused: Sequence[entering.AccusedDraft], actor: "User", barred_users: tuple[int, ...] = (),
    barred_units: tuple[int, ...] = (), seen: int | None = None, left: Left | None = None,
) -> Denunciation:  # fmt: skip
    """Take a petition, or the part of a mixed paper that denounces, out of the ordinary tables into the vault.

    Nothing is left of it but ids in the audit; its number is free again, so that the register shows no gap. Of a mixed paper
    each text that stays was looked at (`left`), and the files go with it but for those that hold nothing of it.
    """
    left = left or Left()
    hold_paper(petition)
    petition = rows.locked(petition, seen=seen)
    draft = _draft(petition, accused, barred_users, barred_units)
    faults = [*_faults(petition), *left_faults(petition, left)]
    # what came before a merger is at a unit that was not there then
    faults += entering._faults(draft, actor, stands_on=clock.today())  # noqa: SLF001 - one door, one set of faults
    refuse([*faults, *entering.draft_faults(draft)])
    code, receipt = _codes_of(petition)
    case = entering.keep_case(draft, code=code, receipt=receipt)
    readers = VaultReader.objects
    readers.create(
        denunciation=case, user=actor, part=Part.INTAKE, named_by=actor, since=clock.today()
    )
    entering.begin_first(case, draft.channel)
    carry(petition, case)
    _take_history(petition, case)
    note_files(case, petition, left, actor)
    _take_files(petition, case, left)
    cases.step(case, VaultStepKind.SEALED, clock.today(), actor, words=petition.number)
    # what happened to a clock is never removed: its ids and days stay, and no word of the petition is among them
    rows.stop_all(petition, on=clock.today(), actor=actor)
    gone = PetitionTakenOut(petition_id=petition.pk, number=petition.number, at=clock.now())
    with sealing.written_over():
        clear_words(case, petition, left, actor)
        _take_out(petition)
    let_go_of_texts()
    chain.record(actor, "moved_in", case, unit_id=case.unit_id)
    events.publish(gone)
    transaction.on_commit(_leave_no_trace, robust=True)  # it is moved, whatever becomes of this
    return case


def _draft(
    petition: Petition, accused: Sequence[entering.AccusedDraft], users: tuple[int, ...], units: tuple[int, ...]
) -> entering.DenunciationDraft:  # fmt: skip
    paper, persons = petition.paper, tuple(senders_of(petition.paper))
    standing = petition.requests.filter(withdrawn_on=None)
    return entering.DenunciationDraft(
        unit_id=heir_standing(petition.unit_id, clock.today()),
        received_on=petition.received_on,
        channel=paper.channel,
        title=petition.title,
        text=petition.text,
        requests=tuple(one.words for one in standing),
        sender=paper.sender,
        persons=persons,
        accused=tuple(accused),
        barred_users=(*users, *petition.barred.values_list("user_id", flat=True)),
        barred_units=units,
        people=paper.people,
        language=paper.language,
        anonymous=paper.anonymous or not persons,
        spoken=paper.spoken,
        read_back=True,
    )


def _codes_of(petition: Petition) -> tuple[str | None, str]:
    """What is kept of the code by which its sender follows it, and of the receipt that it came in with beside that: each opens
    the case's page. A receipt for other matters too stays one for these.
    """
    own = standing_digest(SUBJECT, petition.pk)
    visit = ReceptionVisit.objects.filter(paper=petition.paper).first()
    receipt = standing_digest(VISIT, visit.pk) if visit else None
    if receipt is None:
        return own, ""
    if own is None and not is_mixed(petition):
        return receipt, ""
    return own, receipt_mark(receipt)


def _faults(petition: Petition) -> list[Fault]:
    """What was spread beyond the petition cannot be taken back whole."""
    faults = []
    asked = list(petition.requests.values_list("pk", flat=True))
    if all_given(REQUEST_SOURCE, asked):
        faults.append(
            Fault("Đơn đã giao việc trong sổ việc phải làm nên không chuyển trọn được. Đồng chí vui lòng báo lãnh đạo.")
        )  # fmt: skip
    if petition.steps.filter(kind__in=(StepKind.SUSPENDED, StepKind.COMPLEX)).exists():
        faults.append(
            Fault(
                "Lý do tạm đình chỉ, phức tạp đã ghi vào sổ hạn nên không chuyển trọn được. Đồng chí vui lòng báo lãnh đạo."
            )
        )
    if petition.data_requests.exists():
        faults.append(
            Fault(
                "Đơn đang có yêu cầu về dữ liệu cá nhân, đồng chí vui lòng giải quyết xong yêu cầu ấy trước."
            )
        )
    if same := [one.number for one in petition.duplicates.order_by("pk")]:
        faults.append(
            Fault(
                f"Đơn trùng {', '.join(same)} của cùng người gửi ghi cùng nội dung ở sổ thường. Đồng chí vui lòng chuyển các "
                "đơn ấy vào vùng niêm phong trước; đơn do đơn vị khác giữ thì nhờ đơn vị ấy chuyển."
            )
        )
    if petition.round > 1 or Petition.objects.filter(first_round=petition).exists():
        faults.append(Fault("Đơn đã qua hai lần khiếu nại nên không chuyển sang tố cáo được."))
    return faults


def _take_history(petition: Petition, case: Denunciation) -> None:
    """The lines of its history, sealed, with who wrote them when."""
    for one in petition.steps.select_related("by"):
        said = {"words": f"{one.get_kind_display()}. {one.words}".strip(), "symbol": one.symbol}
        case.steps.create(
            kind=VaultStepKind.SEALED, on=one.on, at=one.at, by=one.by,
            words=seal_value(case, "step", said),
        )  # fmt: skip


def _take_files(petition: Petition, case: Denunciation, left: Left) -> None:
    """Every scan of the paper and every paper of the case, sealed anew; what cannot be opened stops the act."""
    kept: list[PaperFile | PetitionFile] = [*petition.files.select_related("file__key")]
    if is_mixed(petition):
        kept += [one.row for one in files_to_take(petition, left)]
    else:
        kept += petition.paper.files.select_related("file__key")
    for one in kept:
        content = sealed_files.read(one.file)
        try:
            name = sealing.unseal(one.file.key, one.name, name=NAME)
        except SealingError:
            name = "tep"  # its bytes are whole; what it was called is not worth losing the case
        made = sealed_files.keep(content, key=case.key, media_type=one.file.media_type)
        case.files.create(
            file=made,
            name=seal_value(case, "file", name),
            added_at=one.added_at,
            added_by=one.added_by,
        )
        sealed = one.file
        one.delete()
        sealed_files.remove(sealed)


def _take_out(petition: Petition) -> None:
    """Delete it with all that hangs on it; of a paper that held nothing else, the paper and who was behind it alone."""
    paper, number = petition.paper, petition.number
    others, alone = siblings_of(petition), not is_mixed(petition)
    search.erase(petition)
    for matter in VisitMatter.objects.filter(petition=petition):
        search.erase(matter)  # its row of the register goes with it
    for public in PublicPetition.objects.filter(petition=petition):
        search.erase(public)
        erase_followers(public)
    erase_codes(SUBJECT, petition.pk)
    for step in [step for one in others for step in one.steps.filter(words__contains=number)]:
        if step.words in (f"Tách từ {number}", f"Tách thành {number}"):
            step.delete()  # with dots for the number it would say that something went
            continue
        step.words = _without(step.words, number)
        step.save(update_fields=["words"])
    for hanging in ("requests", "steps", "answers", "transfers", "barred"):
        getattr(petition, hanging).all().delete()
    cluster = petition.cluster
    forget_hand_overs(PASSED, [petition.pk])
    petition.delete()
    _free(number)
    if cluster is not None and cluster.petitions.exists():
        rows.end_cluster(cluster.pk)  # it does not wait for this one any more
    elif cluster is not None:  # its title says what this one did
        freed = cluster.number
        forget_hand_overs(CLUSTER_PASSED, [cluster.pk])
        cluster.delete()
        _free(freed)
    if alone:
        _take_paper_out(paper)


def _free(number: str) -> None:
    """Let the next of the series take this number."""
    series, _, place = number.rpartition("-")
    FreedNumber.objects.create(series=f"petitions.{series.replace('-', '.')}", number=int(place))


def _take_paper_out(paper: Paper) -> None:
    for visit in ReceptionVisit.objects.filter(paper=paper):
        erase_codes(VISIT, visit.pk)
    people = list(Petitioner.objects.filter(signatures__paper=paper).select_related("key"))
    paper.signatures.all().delete()
    paper.openings.all().delete()
    key = paper.key
    paper.delete()
    if key is not None:
        sealing.destroy(key)
    for person in people:
        asked = DataRequest.objects.filter(petitioner=person)
        if not person.signatures.exists() and not asked.exists():
            key = person.key
            person.delete()
            sealing.destroy(key)


def _without(words: str, number: str) -> str:
    """The line of a sibling without the number that is gone."""
    head, _, tail = words.partition("Tách thành ")
    kept = [one for one in tail.split(", ") if one != number]
    return f"{head}Tách thành {', '.join(kept)}" if kept and tail else words.replace(number, "…")


def _leave_no_trace() -> None:
    """Texts that were read for comparing are thrown away; SQLite writes its log back at once, which keeps written pages."""
    forget_texts()
    sealing.write_log_back()
