"""One commitment and one explanation with everything their pages show."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from danvan.commitments.enums import NEXT, UNDONE, Party, Ruling, State, StepKind
from danvan.commitments.models import (
    Commitment,
    CommitmentEvidence,
    CommitmentStep,
    Explanation,
    ExplanationStep,
    Extension,
    RiskAcceptance,
)
from danvan.commitments.selectors.clocks import (
    ClockShown,
    clock_shown,
    days_silent,
    silent_since,
)
from danvan.commitments.selectors.ledger import (
    allowed_commitments,
    allowed_explanations,
    own_units,
)
from danvan.commitments.selectors.lists import Clocked, days_late
from danvan.commitments.selectors.parties import day_named, superiors_of, why_not_judge
from danvan.organisations.selectors import last_names
from danvan.topics.selectors import Told, told_topics

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Card(Clocked):
    """One commitment with what its page shows beside it, and what the reader may do about it.

    Each `why_not_*` says in a whole sentence why an act is not open now; empty where it is.
    """

    commitment: Commitment
    lead: str
    assigner: str
    supports: list[str]
    evidence: list[CommitmentEvidence]
    steps: list[CommitmentStep]
    extensions: list[Extension]
    explanations: list[Explanation]
    days: int | None
    may_perform: bool
    may_verify: bool
    moves: frozenset[str]  # the states into which the reader may put it now
    risk: RiskAcceptance | None
    why_not_start: str
    why_not_claim: str
    why_not_verify: str
    why_not_ask_extension: str
    why_not_extend: str
    why_not_close: str
    clock: ClockShown
    day_named: date | None  # the earlier day of the claim, which nobody confirmed
    silent: int | None  # for how many days nothing was heard of the lead, where that is silence
    extension_asked: bool = False  # the card's head says it under Thời hạn
    topic: Told | None = None
    stands_in: bool = False  # the reader may speak for the lead, and is not of it
    superior: str = ""  # who checks what a unit gave to itself

    @property
    def blocked(self) -> list[tuple[str, str]]:
        """The acts of the reader that are not open now, each with its sentence; each sentence once."""
        acts: list[tuple[str, str]] = []
        if self.over:
            return []
        if self.may_perform:
            acts += [("Báo xong", self.why_not_claim), ("Xin gia hạn", self.why_not_ask_extension)]
        if self.may_verify:
            acts += [("Kiểm tra", self.why_not_verify), ("Gia hạn", self.why_not_extend)]
        told = dict.fromkeys(why for _, why in acts if why)
        return [(", ".join(act for act, why in acts if why == one), one) for one in told]

    @property
    def over(self) -> bool:
        """Whether it was found done, or ended otherwise: the acts on the way to it are offered no more, not even barred."""
        ended = (State.CLOSED, State.WITHDRAWN, State.SUPERSEDED)
        return self.commitment.verified_on is not None or self.commitment.state in ended

    @property
    def may_add_evidence(self) -> bool:
        """Whether the reader may add files now."""
        return self.may_perform and self.commitment.state in (*UNDONE, State.CLAIMED)

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader may take it back now."""
        return State.WITHDRAWN in self.moves

    @property
    def may_decline(self) -> bool:
        """Whether the reader may say for the lead that it does not accept it."""
        return State.DECLINED in self.moves

    @property
    def may_redirect(self) -> bool:
        """Whether the reader may decide about work that its lead does not accept."""
        return State.ASSIGNED in self.moves

    @property
    def may_close(self) -> bool:
        """Whether the reader may close it, with a public reason where somebody says "not yet"."""
        return State.CLOSED in self.moves

    @property
    def may_accept_risk(self) -> bool:
        """Whether the reader may accept that it is not done."""
        return State.RISK_ACCEPTED in self.moves

    @property
    def may_resume(self) -> bool:
        """Whether the reader may end an accepted risk."""
        return self.commitment.state == State.RISK_ACCEPTED and State.IN_PROGRESS in self.moves

    @property
    def may_supersede(self) -> bool:
        """Whether the reader may put another in its place."""
        return State.SUPERSEDED in self.moves

    def why_not(self, to: str) -> str:
        """Why the reader cannot put it into this state now; empty where they can."""
        if to in self.moves:
            return ""
        label = str(State(self.commitment.state).label).lower()
        return f"Việc đang ở tình trạng “{label}” nên không làm được bước này."

    @property
    def why_not_withdraw(self) -> str:
        """Why it cannot be taken back."""
        gone = "Chỉ rút được việc mới giao, khi đơn vị chưa nhận."
        return "" if State.WITHDRAWN in NEXT[self.commitment.state] else gone

    def _last(self, *kinds: str) -> CommitmentStep | None:
        return next((one for one in self.steps if one.kind in kinds), None)

    @property
    def claimed_before(self) -> CommitmentStep | None:
        """The claim that somebody's "not yet" undid."""
        return self._last(StepKind.CLAIMED) if self.reopened else None

    @property
    def verified_before(self) -> CommitmentStep | None:
        """The check that somebody's "not yet" undid; None where that claim was not checked."""
        if not self.reopened:
            return None
        last = self._last(StepKind.CLAIMED, StepKind.VERIFIED)
        return last if last is not None and last.kind == StepKind.VERIFIED else None

    @property
    def reopened(self) -> bool:
        """Whether the work goes on because whoever asked says that it is not done."""
        last = self._last(StepKind.RETURNED, StepKind.DISPUTED)
        undone = self.commitment.state in UNDONE
        return undone and last is not None and last.kind == StepKind.DISPUTED

    @property
    def declined(self) -> CommitmentStep | None:
        """Why the lead does not accept it, while that is undecided."""
        waits = self.commitment.state == State.DECLINED
        return self._last(StepKind.DECLINED) if waits else None

    @property
    def answers(self) -> list[CommitmentStep]:
        """The last answer of each who asked, the latest first."""
        found: dict[int, CommitmentStep] = {}
        outdated: set[int] = set()
        former = False  # past the claim that holds: who agreed before it, agreed to another
        for one in self.steps:
            former = former or one.kind in (StepKind.CLAIMED, StepKind.RETURNED)
            if one.code_id is not None:
                found.setdefault(one.code_id, one)
                if former and found[one.code_id] is one and one.kind == StepKind.AGREED:
                    outdated.add(one.code_id)
        return [one for code_id, one in found.items() if code_id not in outdated]

    @property
    def agreeing(self) -> int:
        """How many of those who asked say that it is done."""
        return sum(one.kind == StepKind.AGREED for one in self.answers)

    @property
    def not_yet(self) -> list[CommitmentStep]:
        """What those say for whom it is not done yet."""
        return [one for one in self.answers if one.kind == StepKind.DISPUTED]

    @property
    def granted(self) -> list[Extension]:
        """The extensions that were granted."""
        return [one for one in self.extensions if one.ruling == Ruling.GRANTED]

    @property
    def open_extension(self) -> Extension | None:
        """The request for more time that waits for a decision."""
        return next((one for one in self.extensions if one.ruling == Ruling.OPEN), None)

    @property
    def returned(self) -> CommitmentStep | None:
        """Why the last claim was sent back, while the work goes on."""
        last = self._last(StepKind.RETURNED, StepKind.DISPUTED)
        goes_on = self.commitment.state == State.IN_PROGRESS
        return last if goes_on and last is not None and last.kind == StepKind.RETURNED else None


@dataclass(frozen=True, slots=True)
class ExplanationCard:
    """One explanation with its lines, and what the reader may do about it."""

    explanation: Explanation
    unit: str
    asker: str
    steps: list[ExplanationStep]
    commitments: list[Commitment]
    may_answer: bool
    may_rule: bool
    late: bool


def card_of(user: "User", commitment: Commitment, *, on: date) -> Card:
    """What the page of one commitment shows; a fixed number of queries. The latest step first."""
    support_ids = list(commitment.supports.order_by("pk").values_list("unit_id", flat=True))
    above = superiors_of([commitment.lead_id], on=on) if _given_to_itself(commitment) else {}
    named = [commitment.lead_id, commitment.assigner_id, *support_ids, *above.values()]
    names = last_names(named, on)
    superior = names.get(above.get(commitment.lead_id, 0), "")
    extensions = list(commitment.extensions.select_related("asked_by", "ruled_by"))
    waiting = any(one.ruling == Ruling.OPEN for one in extensions)
    steps = list(commitment.steps.select_related("by").order_by("-at", "-pk"))
    parties = _parties_of(user, commitment)
    return Card(
        commitment=commitment,
        lead=names.get(commitment.lead_id, ""),
        assigner=names.get(commitment.assigner_id, ""),
        supports=[names.get(pk, "") for pk in support_ids],
        evidence=list(commitment.evidence.select_related("file", "added_by")),
        steps=steps,
        extensions=extensions,
        explanations=_explanations_of(user, commitment, steps),
        days=days_late(commitment, on),
        may_perform=Party.LEAD in parties,
        may_verify=Party.CHECKER in parties,
        moves=frozenset(to for to, by in NEXT[commitment.state].items() if parties & set(by)),
        risk=commitment.risks.select_related("accepted_by").last(),
        why_not_start=_why_not_start(commitment),
        why_not_claim=_why_not_claim(commitment),
        why_not_verify=why_not_verify(user, commitment),
        why_not_ask_extension=why_not_ask_extension(commitment, waiting=waiting),
        why_not_extend=why_not_extend(commitment),
        why_not_close=why_not_close(user, commitment),
        clock=clock_shown(commitment),
        day_named=day_named(commitment),
        silent=days_silent(commitment, silent_since(on), on),
        stands_in=Party.LEAD in parties and commitment.lead_id not in own_units(user),
        superior=superior,
        topic=told_topics([commitment.topic_id], on=on).get(commitment.topic_id or 0),
    )


def _given_to_itself(commitment: Commitment) -> bool:
    return commitment.lead_id == commitment.assigner_id


def _parties_of(user: "User", commitment: Commitment) -> set[Party]:
    """The parties for whom `user` may speak here. Three queries."""
    return {
        party
        for party in (Party.LEAD, Party.CHECKER, Party.ASSIGNER)
        if allowed_commitments(user, party).filter(pk=commitment.pk).exists()
    }


def evidence_of(user: "User", commitment_id: int) -> QuerySet[CommitmentEvidence]:
    """The files of a commitment that `user` may see."""
    seen = allowed_commitments(user, "commitments.view").filter(pk=commitment_id)
    return CommitmentEvidence.objects.filter(commitment__in=seen).select_related("file")


def explanation_card_of(user: "User", explanation: Explanation, *, on: date) -> ExplanationCard:
    """What the page of one explanation shows; a fixed number of queries."""
    names = last_names([explanation.unit_id, explanation.asker_id], on)
    about: list[Commitment] = []
    if explanation.subject_kind == "commitments.commitment":
        seen = allowed_commitments(user, "commitments.view")
        about = list(seen.filter(pk__in=explanation.subject_ids).order_by("due_on", "pk"))
    unanswered = explanation.answered_at is None or explanation.ruling == Ruling.REFUSED
    taken = explanation.ruling == Ruling.GRANTED
    this = {"pk": explanation.pk}
    performs = allowed_explanations(user, "commitments.perform").filter(**this).exists()
    verifies = allowed_explanations(user, "commitments.verify").filter(**this).exists()
    return ExplanationCard(
        explanation=explanation,
        unit=names.get(explanation.unit_id, ""),
        asker=names.get(explanation.asker_id, ""),
        steps=list(explanation.steps.select_related("by")),
        commitments=about,
        may_answer=performs and unanswered and not taken,
        may_rule=verifies and not unanswered and not taken,
        late=unanswered and not taken and explanation.due_on < on,
    )


def why_not_verify(user: "User", commitment: Commitment) -> str:
    """Why `user` cannot check this now; empty where they can."""
    if commitment.verified_on is not None:
        return "Việc này đã kiểm tra xong."
    if commitment.state != State.CLAIMED:
        return "Chưa kiểm tra được vì đơn vị chủ trì chưa báo xong."
    if commitment.claimed_by_id == user.pk:
        return "Đồng chí đã báo xong việc này nên cần một người khác kiểm tra."
    return why_not_judge(user, commitment)


def why_not_close(user: "User", commitment: Commitment) -> str:
    """Why `user` cannot close this now; empty where they can, if need be with a public reason."""
    if commitment.state == State.CLOSED:
        return "Việc này đã đóng."
    if commitment.state != State.VERIFIED:
        return "Chỉ đóng được việc đã kiểm tra xong."
    return why_not_judge(user, commitment, to="đóng")


def why_not_ask_extension(commitment: Commitment, *, waiting: bool) -> str:
    """Why the lead cannot ask for more time now; empty where it can."""
    if waiting:
        return "Đơn vị đã xin gia hạn và đang chờ quyết định."
    return why_not_extend(commitment)


def why_not_extend(commitment: Commitment) -> str:
    """Why its day cannot move; empty where it can."""
    if commitment.state not in UNDONE:
        return "Việc không còn trong giai đoạn thực hiện nên không cần gia hạn."
    if commitment.due_on is None:
        return "Việc làm thường xuyên, không có hạn nên không cần gia hạn."
    return ""


def _why_not_start(commitment: Commitment) -> str:
    return "" if commitment.state == State.ASSIGNED else "Chỉ nhận được việc mới giao."


def _why_not_claim(commitment: Commitment) -> str:
    if State.CLAIMED in NEXT[commitment.state]:
        return ""
    told = {
        State.DECLINED: "Đơn vị đã trả lời không nhận việc này, đang chờ nơi giao quyết định.",
        State.CLAIMED: "Đơn vị đã báo xong, đang chờ kiểm tra.",
        State.VERIFIED: "Việc này đã kiểm tra xong.",
        State.CLOSED: "Việc này đã đóng.",
        State.SUPERSEDED: "Việc này đã được thay bằng việc khác nên không còn phải làm.",
    }
    return told.get(State(commitment.state), "Việc này đã rút nên không còn phải làm.")


def _explanations_of(
    user: "User", commitment: Commitment, steps: list[CommitmentStep]
) -> list[Explanation]:
    """What the lead, and who led before it, was asked to explain about this commitment."""
    leads = {commitment.lead_id, *(one.giver_id for one in steps if one.giver_id)}
    asked = allowed_explanations(user, "commitments.view").filter(
        unit_id__in=leads, subject_kind="commitments.commitment"
    )
    return [one for one in asked if commitment.pk in one.subject_ids]
