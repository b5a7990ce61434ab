"""Words of a paper that were written down before read otherwise: who sent it became known, or a part of it left these tables."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from danvan.commitments.services import reword
from danvan.foundation import audit, search
from danvan.law.services import calendar_in_force
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import (
    Cluster,
    Paper,
    Petition,
    PetitionAnswer,
    PetitionRequest,
    PetitionStep,
    PetitionTransfer,
    PublicPetition,
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.selectors.paper_words import WordsLeft, words_of_paper
from danvan.petitions.sender_marks import numbered
from danvan.petitions.services import rows
from danvan.petitions.services.comparing import let_go_of_texts
from danvan.petitions.services.filing_papers import keep_as_written
from danvan.petitions.services.hiding import hiding, places_of
from danvan.petitions.services.identities import PersonDraft, senders_of
from danvan.petitions.services.publishing import hide_of
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

Owner = Petition | VisitMatter | ReceptionVisit | Cluster
REWORDED = (
    "Nội dung được xem lại; nơi giải quyết sẽ duyệt công khai lần nữa nếu người gửi vẫn muốn."
)


def hold_paper(petition: Petition) -> None:
    """Hold every petition of its paper, by key, after their units and the calendar: two acts on the words of one paper wait for
    each other, and nobody writes to them between their reading and their writing.
    """
    rows_of = Petition.objects.filter(paper=petition.paper_id)
    hold_units(set(rows_of.values_list("unit_id", flat=True)))
    calendar_in_force()
    list(rows_of.select_for_update(of=("self",), no_key=True).order_by("pk").only("pk"))


def hide_in_all(paper: Paper, before: list[PersonDraft], *, actor: "User | None") -> None:
    """Hide who stands behind a paper now in every text of it that was written down while only those `before` did; how these
    read is kept sealed among its files. Where there was one sender and now are several, the marks of the first say which.

    Whoever calls holds the paper.
    """
    now = senders_of(paper)
    hide, alone = hiding(now), len(set(places_of(before))) == 1 < len(set(places_of(now)))
    changed, written = [], []
    for one in words_of_paper(paper):
        words = hide(one.words, one.most)
        if words != canonical(one.words):
            written.append(f"{one.label}: {one.words}")
        marked = numbered(words) if alone else words
        words = marked if len(marked) <= one.most else words
        if words != canonical(one.words):
            changed.append((one, words))
    if written:
        keep_as_written(paper, "\n\n".join(written), actor=actor)
    write_anew(changed, actor=actor)
    shown = PublicPetition.objects.filter(petition__paper=paper).select_related("petition")
    for public in shown:
        said = (public.title, public.text, public.answer)
        if any(hide(words) != canonical(words) for words in said):
            hide_of(public.petition, REWORDED, actor=actor)


def write_anew(texts: Iterable[tuple[WordsLeft, str]], *, actor: "User | None") -> None:
    """Let each of these texts read as is said: neither the index nor the audit keeps how it read before."""
    changed: dict[Owner, list[str]] = {}
    elsewhere: dict[Any, dict[str, str]] = {}
    for one, words in texts:
        owner = _owner(one)
        if owner is None:
            elsewhere.setdefault(one.row, {})[one.column] = words
            continue
        setattr(one.row, one.column, words)
        one.row.save(update_fields=[one.column])
        changed.setdefault(owner, []).append(one.column)
    for row, columns in changed.items():
        row.refresh_from_db()
        search.erase(row)  # the words that went leave the index at once
        if isinstance(row, Petition):
            rows.save(row)
            rows.index(row)
        elif isinstance(row, VisitMatter):
            search.index(row, row.title)
        elif isinstance(row, Cluster):
            row.changes += 1
            row.save(update_fields=["changes"])
        audit.record(actor, "petitions.reword", row, fields=columns)
    if any(isinstance(row, Petition) for row in changed):
        let_go_of_texts()
    for copy, said in elsewhere.items():
        reword(copy, said, actor=actor)


def _owner(one: WordsLeft) -> "Owner | None":
    """Whose text it is: a petition, a row of the register, a visit, a cluster; None where it stands in the ledger."""
    row = one.row
    if isinstance(row, PetitionRequest | PetitionStep | PetitionAnswer | PetitionTransfer):
        return row.petition
    return row if isinstance(row, Petition | VisitMatter | ReceptionVisit | Cluster) else None
