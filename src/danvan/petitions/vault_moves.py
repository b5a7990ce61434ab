"""The moves of a denunciation as data: from where to where, who of its readers, what is asked, which clocks end and begin.

One table for pages, services and tests. What the law asks for beyond the state stands in `services/vault/weighing.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from danvan.petitions.enums import SENT_ON
from danvan.petitions.vault_enums import (
    ACT,
    ANSWER,
    ASK,
    INITIAL,
    NOTICE,
    NOTIFY,
    PRESS,
    PUBLISH,
    REPORT,
    RESOLVE,
    REVIEW,
    SEND,
    Part,
    VaultState,
    VaultStepKind,
)

ENTER = "vault.enter"
S, K = VaultState, VaultStepKind
INTAKE, RESOLVER, VERIFIER, PROTECTION = Part.INTAKE, Part.RESOLVER, Part.VERIFIER, Part.PROTECTION
DESK = frozenset({INTAKE, RESOLVER})
HEAD = frozenset({RESOLVER})
BODY = frozenset({RESOLVER, PROTECTION})
ANYBODY = frozenset(Part)
FIRST = (S.RECEIVED,)
WORKED = (S.ACCEPTED, S.VERIFYING)
BEFORE_CONCLUSION = (S.RECEIVED, S.REVIEWING, *WORKED, S.SUSPENDED)
AFTER_CONCLUSION = (S.CONCLUDED, S.ACTED)
LIVE = (*BEFORE_CONCLUSION, *AFTER_CONCLUSION)


@dataclass(frozen=True, slots=True)
class VaultMove:
    """One act. `target` None leaves the case where it is. `asks` says which words are needed; empty where none are.

    `paper` is whether the number of a paper must be given. `ends` and `begins` are clocks.
    """

    name: str
    label: str
    sources: frozenset[VaultState]
    target: VaultState | None
    parts: frozenset[Part]
    step: VaultStepKind
    asks: str = ""
    paper: bool = False
    ends: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()

    def fits(self, state: str) -> bool:
        """Whether a case may make it from this state."""
        return state in self.sources


def _move(
    name: str,
    label: str,
    sources: tuple[VaultState, ...],
    target: VaultState | None,
    parts: frozenset[Part],
    step: VaultStepKind,
    asks: str = "",
    *,
    paper: bool = False,
    ends: tuple[str, ...] = (),
    begins: tuple[str, ...] = (),
) -> VaultMove:
    return VaultMove(
        name, label, frozenset(sources), target, parts, step, asks, paper, ends, begins
    )


FIRST_CLOCKS = (INITIAL, REVIEW, ASK, ANSWER)
VAULT_MOVES: dict[str, VaultMove] = {
    one.name: one
    for one in (
        _move("accept", "Thụ lý", FIRST, S.ACCEPTED, HEAD, K.ACCEPTED, "nội dung thụ lý", paper=True, ends=(INITIAL,), begins=(RESOLVE, NOTIFY)),
        _move("places", "Ghi kiểm tra ở nhiều nơi", FIRST, None, DESK, K.PLACES, "các nơi phải kiểm tra"),
        _move("transfer", "Chuyển cơ quan có thẩm quyền", (S.RECEIVED, S.REVIEWING), S.TRANSFERRED, DESK, K.TRANSFERRED, "cơ quan nhận", paper=True, ends=FIRST_CLOCKS),
        _move("refuse", "Thông báo không thụ lý", FIRST, S.REFUSED, HEAD, K.REFUSED, "lý do cụ thể", ends=(INITIAL,)),
        _move("file", "Không xử lý", FIRST, S.FILED, DESK, K.FILED, "lý do cụ thể", ends=(INITIAL,)),
        _move("tell_sender", "Trả lời cơ quan chuyển đến", (*LIVE, S.TRANSFERRED, S.REFUSED, S.FILED, S.DONE, S.TERMINATED, S.WITHDRAWN), None, DESK, K.TOLD, "cơ quan được trả lời", paper=True, ends=(PRESS,)),
        _move("notify", "Thông báo việc thụ lý", (*WORKED, S.SUSPENDED, *AFTER_CONCLUSION), None, DESK, K.NOTIFIED, "đã thông báo cho ai", paper=True, ends=(NOTIFY,)),
        _move("assign", "Giao xác minh", WORKED, S.VERIFYING, HEAD, K.ASSIGNED, "nội dung, quyền hạn của người xác minh", paper=True),
        _move("minute", "Ghi biên bản, giải trình", (S.VERIFYING,), None, frozenset({RESOLVER, VERIFIER}), K.MINUTED, "nội dung biên bản, giải trình"),
        _move("find", "Báo cáo kết quả xác minh", (S.VERIFYING,), None, frozenset({VERIFIER}), K.FOUND, "kết quả xác minh", paper=True),
        _move("extend", "Gia hạn giải quyết", WORKED, None, HEAD, K.EXTENDED, "lý do gia hạn", paper=True),
        _move("suspend", "Tạm đình chỉ", WORKED, S.SUSPENDED, HEAD, K.SUSPENDED, "căn cứ tạm đình chỉ", paper=True, begins=(NOTICE,)),
        _move("resume", "Tiếp tục giải quyết", (S.SUSPENDED,), None, HEAD, K.RESUMED, "", paper=True, ends=(NOTICE,)),
        _move("terminate", "Đình chỉ", (*WORKED, S.SUSPENDED), S.TERMINATED, HEAD, K.TERMINATED, "căn cứ đình chỉ", paper=True, ends=(RESOLVE, NOTIFY), begins=(NOTICE,)),
        _move("notice", "Ghi đã gửi quyết định", (*WORKED, S.SUSPENDED, S.TERMINATED), None, DESK, K.NOTICED, "đã gửi ai", ends=(NOTICE,)),
        _move("conclude", "Kết luận nội dung", (S.VERIFYING,), S.CONCLUDED, HEAD, K.CONCLUDED, "kết luận", paper=True, ends=(RESOLVE,), begins=(SEND, ACT, PUBLISH)),
        _move("send", "Gửi kết luận", AFTER_CONCLUSION, None, DESK, K.SENT, "đã gửi ai", ends=(SEND,)),
        _move("act", "Xử lý kết luận", (S.CONCLUDED,), S.ACTED, HEAD, K.ACTED, "việc xử lý", paper=True, ends=(ACT,), begins=(REPORT,)),
        _move("report", "Ghi báo kết quả xử lý", (S.ACTED,), None, DESK, K.REPORTED, "nơi báo và kết quả", ends=(REPORT,)),
        _move("publish", "Công khai", AFTER_CONCLUSION, None, DESK, K.PUBLISHED, "văn bản công khai", ends=(PUBLISH,)),
        _move("finish", "Kết thúc", (S.ACTED,), S.DONE, HEAD, K.DONE),
        _move("withdraw", "Ghi rút tố cáo", BEFORE_CONCLUSION, S.WITHDRAWN, DESK, K.WITHDRAWN, "nội dung rút", ends=(*FIRST_CLOCKS, RESOLVE, NOTIFY, NOTICE)),
        _move("withdraw_part", "Ghi rút một phần", BEFORE_CONCLUSION, None, DESK, K.PART_WITHDRAWN, "nội dung rút"),
        _move("waive", "Ghi từ chối giữ bí mật", LIVE, None, DESK, K.WAIVED, "văn bản của người tố cáo"),
        _move("ask_report", "Yêu cầu báo cáo việc chậm", (S.REVIEWING,), None, HEAD, K.ASKED, "nội dung yêu cầu", paper=True, ends=(ASK,), begins=(ANSWER,)),
        _move("answer_report", "Ghi báo cáo việc chậm", (S.REVIEWING,), None, DESK, K.ANSWERED, "nội dung báo cáo", paper=True, ends=(ANSWER,)),
        _move("review", "Ghi kết quả xem xét", (S.REVIEWING,), None, HEAD, K.REVIEWED, "kết quả xem xét", paper=True, ends=FIRST_CLOCKS),
    )
}  # fmt: skip

# What brings a case further, the furthest first: the page puts one of them first.
LEADS_ON = (
    "resume", "send", "act", "report", "publish", "finish", "conclude", "find", "assign", "accept", "review", "answer_report",
    "ask_report",
)  # fmt: skip


# What is written as often as it happens; and what is true once for all.
REPEATED = frozenset({"minute", "withdraw_part"})
ONCE = frozenset({"places", "waive"})
RELAYED = frozenset({"tell_sender"})  # of what an office sent on alone
# By which steps the duty of a move comes up: those that begin a clock it ends, and these.
COMES_UP: Mapping[str, frozenset[str]] = {
    one.name: frozenset(other.step for other in VAULT_MOVES.values() if set(one.ends) & set(other.begins))
    for one in VAULT_MOVES.values()
} | {"find": frozenset({K.ASSIGNED})}  # fmt: skip


def is_written(move: VaultMove, kinds: Sequence[str]) -> bool:
    """Whether a history of these kinds, the oldest first, holds what this move writes, since it last came up.

    A move that leads elsewhere is not asked about: where it may be made again, it is to be made again.
    """
    if move.name in REPEATED or (move.target is not None and move.target not in move.sources):
        return False
    places = {kind: place for place, kind in enumerate(kinds)}
    came_up = max((places.get(kind, -1) for kind in COMES_UP[move.name]), default=-1)
    return places.get(move.step, -1) > came_up


def vault_moves_from(state: str, parts: frozenset[str], channel: str) -> list[VaultMove]:
    """Every move that readers of these parts may make from this state, for what came by this channel, in the order of the work."""
    mine = [one for one in VAULT_MOVES.values() if one.fits(state) and one.parts & parts]
    return [one for one in mine if channel in SENT_ON or one.name not in RELAYED]
