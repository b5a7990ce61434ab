"""Each move of a petition by the act that makes it, with arguments that are in order; and a petition put into any state."""

from datetime import date

from danvan.commitments.services import Assignment
from danvan.foundation.models import AuditEntry
from danvan.law.selectors import clocks
from danvan.law.services import Pause
from danvan.petitions import services
from danvan.petitions.enums import (
    CLOSED,
    NOTICE,
    OUTCOMES,
    SETTLE,
    SUBJECT,
    SUSPEND_KEY,
    Channel,
    Kind,
    State,
)
from danvan.petitions.models import Petition, PetitionStep
from danvan.petitions.services import AppealDraft, rows
from tests.petitions import papers

ON = date(2026, 10, 20)  # within 30 days of acceptance
LATE = date(2026, 11, 18)  # after them
WORDS = {"words": "Đã ghi.", "symbol": "12/QĐ"}


def outcome(petition):
    return OUTCOMES[petition.kind, petition.round][0]


def first(petition):
    return petition.requests.order_by("number").first()


def answering(petition, office):
    return {"text": "Đã sửa.", "channel": "paper", "outcome": outcome(petition), "on": office.on}


def refusal(petition):
    return "KN02" if petition.kind == Kind.COMPLAINT else "TL02"


def other_kind(petition):
    return Kind.FEEDBACK if petition.kind != Kind.FEEDBACK else Kind.PROPOSAL


# The act of each move, of a petition `p` in the office `o`; `k` is the actor and the page it was seen on.
ACTS = {
    "split": lambda p, o, **k: services.split_petition(p, [papers.matter(title="Đường")], **k),
    "reclassify": lambda p, o, **k: services.reclassify_petition(p, kind=other_kind(p), why="Nhầm", **k),
    "transfer": lambda p, o, **k: services.transfer_petition(p, to_unit_id=o.other.pk, on=o.on, reason="Xã bạn", **k),
    "hand_out": lambda p, o, **k: services.hand_out_petition(p, where="Điện lực", on=o.on, reason="Lưới", **k),
    "report_result": lambda p, o, **k: services.report_result(p, **answering(p, o), **k),
    "guide": lambda p, o, **k: services.guide_petition(p, where="Tòa án", on=o.on, **k),
    "file": lambda p, o, **k: services.file_petition(p, closing="LD03", on=o.on, **k),
    "refuse": lambda p, o, **k: services.refuse_petition(p, closing=refusal(p), on=o.on, **k),
    "accept": lambda p, o, **k: services.accept_petition(p, on=o.on, **k),
    "need_time": lambda p, o, **k: services.tell_more_time(p, until=o.late, why="Chờ đo", on=o.on, **k),
    "assign": lambda p, o, **k: services.assign_verifier(p, verifier=o.officer, on=o.on, **k),
    "find": lambda p, o, **k: services.record_finding(p, finding="agrees", words="Đã đo", on=o.on, **k),
    "mark_complex": lambda p, o, **k: services.mark_complex(p, criteria=["a", "g"], symbol="1/BC", on=o.on, **k),
    "invite": lambda p, o, **k: services.invite_to_dialogue(p, on=o.on, held_on=o.late, place="Trụ sở", **k),
    "hold": lambda p, o, **k: services.hold_dialogue(p, held_on=o.on, words="Đã nghe", **k),
    "suspend": lambda p, o, **k: services.suspend_petition(p, ground="result", on=o.on, **WORDS, **k),
    "resume": lambda p, o, **k: services.resume_petition(p, symbol="15/QĐ", on=o.on, **k),
    "terminate": lambda p, o, **k: services.terminate_petition(p, ground="death", on=o.on, **WORDS, **k),
    "request": lambda p, o, **k: services.add_request(p, words="Trả sổ", **k),
    "reply": lambda p, o, **k: services.reply_to_request(first(p), reply="Có", basis="Điều 1", on=o.on, actor=k["actor"]),
    "withdraw_part": lambda p, o, **k: services.withdraw_requests(p, request_ids=[first(p).pk], symbol="Đơn rút", on=o.on, **k),
    "withdraw": lambda p, o, **k: services.withdraw_petition(p, symbol="Đơn rút", on=o.on, **k),
    "end_withdrawn": lambda p, o, **k: services.end_withdrawn_complaint(p, paper="Đơn rút", symbol="6/QĐ", on=o.on, **k),
    "decide": lambda p, o, **k: services.decide_petition(p, outcome=outcome(p), on=o.on, **WORDS, **k),
    "send": lambda p, o, **k: services.send_decision(p, on=o.on, **k),
    "publish": lambda p, o, **k: services.publish_decision(p, publication="posted", on=o.on, **k),
    "enforce": lambda p, o, **k: services.enforce_decision(p, on=o.on, **k),
    "appeal": lambda p, o, **k: services.appeal_petition(
        p, AppealDraft(unit_id=o.above.pk, received_on=o.late), **k
    ),
    "answer": lambda p, o, **k: services.answer_petition(p, **answering(p, o), **k),
    "rate": lambda p, o, **k: services.rate_answer(p, satisfaction="partly", on=o.on, **k),
    "dispute": lambda p, o, **k: services.dispute_answer(p, why="Chưa sửa", on=o.on, **k),
    "check": lambda p, o, **k: services.check_done(p, on=o.on, **{**k, "actor": k["actor"] or o.head}),
    "give": lambda p, o, **k: services.give_work(first(p), work(o), actor=k["actor"]),
    "notice": lambda p, o, **k: services.send_notice(p, on=o.on, **k),
    "report_back": lambda p, o, **k: services.report_back(p, on=o.on, **k),
    "group": lambda p, o, **k: services.add_representatives(p, [papers.NAM], **k),
    "bar": lambda p, o, **k: services.bar_user(p, user=o.stranger, **k),
    "finish": lambda p, o, **k: services.finish_petition(p, on=o.on, **k),
}  # fmt: skip


def work(office):
    return Assignment(
        lead_id=office.unit.pk, title="Đo lại", product="Biên bản", due_on=date(2028, 1, 10)
    )


def dated(office, on=ON, late=LATE):
    """The office, with the days on which acts are made in it."""
    office.on, office.late = on, late
    return office


def first_ones(office):
    """One petition of each kind, and one of the second round, with all that any act may ask for."""
    sent_on = {"channel": Channel.FORWARDED, "sender": "Báo Nghệ An"}
    asked = {"requests": ("Đo lại", "Trả tiền")}
    found = {
        (kind, 1): papers.received(office.unit, papers.matter(kind, **asked), **sent_on)
        for kind in Kind
    }
    complaint = found[Kind.COMPLAINT, 1]
    earlier = papers.received(office.other, on=date(2026, 9, 1))
    Petition.objects.filter(pk=earlier.pk).update(state=State.APPEALED, closed_on=papers.RECEIVED)
    second = papers.received(office.unit, papers.matter(**asked), **sent_on)
    Petition.objects.filter(pk=second.pk).update(round=2, first_round=earlier)
    found[Kind.COMPLAINT, 2] = papers.fresh(second)
    assert complaint.number != second.number
    for one in found.values():
        one.requests.update(reply="Có", basis="Điều 1", replied_on=papers.ACCEPTED)
        Petition.objects.filter(pk=one.pk).update(
            accepted_on=papers.ACCEPTED, finding="agrees", dialogue_on=papers.ACCEPTED, dialogue_held=True
        )  # fmt: skip
        rows.run(one, SETTLE, "complaint.r1.normal", on=papers.ACCEPTED, actor=None)
        rows.run(one, NOTICE, SUSPEND_KEY, on=papers.ACCEPTED, actor=None)
    return {key: papers.fresh(one) for key, one in found.items()}


def put(petition, state):
    """The petition as it stands in a state, put there without its acts."""
    closed_on = papers.ACCEPTED if state in CLOSED else None
    Petition.objects.filter(pk=petition.pk).update(
        state=state, closed_on=closed_on, before=State.VERIFYING if state == State.SUSPENDED else ""
    )
    if state == State.SUSPENDED:
        rows.add(petition, SETTLE, [Pause(papers.ACCEPTED, "Chờ")], actor=None)
    return papers.fresh(petition)


def everything(petition):
    """All that an act on a petition may change: its row, lines, requests, clocks; how much the audit holds."""
    return (
        Petition.objects.filter(pk=petition.pk).values().get(),
        list(petition.requests.values()),
        list(petition.barred.values()),
        list(petition.paper.signatures.values()),
        list(clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk).order_by("pk").values()),
        Petition.objects.count(),
        PetitionStep.objects.count(),
        AuditEntry.objects.count(),
    )


def columns(broken):
    return sorted(((one.row, one.column) for one in broken.faults), key=str)


def untouched(act, one, *args, **more):
    """What a refused act says; all of the petition is as it was."""
    before = everything(one)
    broken = papers.refused(act, one, *args, **more)
    assert everything(one) == before
    assert all(fault.message.endswith((".", "”.")) for fault in broken.faults)
    return broken
