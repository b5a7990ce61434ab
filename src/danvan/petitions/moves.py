"""The moves of a petition as data: which kinds, from where to where, and which right each asks for.

One table for pages, services and tests. Where a complaint waits for time to pass, or the law asks for more than the
state (a dialogue, an answered request, a representative), the service says so; what stands here is never left out.
"""

from dataclasses import dataclass

from danvan.petitions.enums import ANSWERED_KINDS, WORKED, Kind, State

RECEIVE, HANDLE, DECIDE = "petitions.receive", "petitions.handle", "petitions.decide"
ALL = frozenset(Kind)
COMPLAINTS = frozenset({Kind.COMPLAINT})
ANSWERED = frozenset(ANSWERED_KINDS)


@dataclass(frozen=True, slots=True)
class Move:
    """One act: `target` None leaves the petition where it is (or puts it back where it was before a suspension)."""

    name: str
    label: str
    kinds: frozenset[Kind]
    sources: frozenset[State]
    target: State | None
    action: str = HANDLE
    round: int | None = None  # only of this round
    but: frozenset[tuple[Kind, State]] = frozenset()  # what has a move of its own

    def fits(self, kind: str, state: str, round_: int = 1) -> bool:
        """Whether a petition of this kind and round may make it from this state."""
        right = self.round in (None, round_) and (kind, state) not in self.but
        return kind in self.kinds and state in self.sources and right


def _move(
    name: str,
    label: str,
    kinds: frozenset[Kind],
    sources: tuple[State, ...],
    target: State | None,
    action: str = HANDLE,
    round_: int | None = None,
    but: frozenset[tuple[Kind, State]] = frozenset(),
) -> Move:
    return Move(name, label, kinds, frozenset(sources), target, action, round_, but)


S = State
AT_WORK = (*WORKED, S.SUSPENDED)
ORDERED = frozenset((Kind.COMPLAINT, one) for one in AT_WORK)  # taken back by an order of the head
REFUSED = (S.GUIDED, S.FILED, S.REFUSED, S.TERMINATED, S.WITHDRAWN)
MOVES: dict[str, Move] = {
    one.name: one
    for one in (
        _move("split", "Tách nội dung thành đơn riêng", ALL, (S.RECEIVED,), None, RECEIVE),
        _move("reclassify", "Phân loại lại", ALL, (S.RECEIVED,), None, HANDLE, 1),
        _move("transfer", "Chuyển đơn vị có thẩm quyền", ANSWERED, (S.RECEIVED, S.ACCEPTED), S.RECEIVED),
        _move("hand_out", "Chuyển cơ quan ngoài hệ thống", ANSWERED, (S.RECEIVED, S.ACCEPTED), S.AWAITED),
        _move("report_result", "Ghi kết quả nơi nhận báo", ANSWERED, (S.AWAITED,), S.ANSWERED),
        _move("guide", "Hướng dẫn đến đúng nơi", COMPLAINTS, (S.RECEIVED,), S.GUIDED),
        _move("file", "Lưu đơn", ALL, (S.RECEIVED,), S.FILED),
        _move("refuse", "Thông báo không thụ lý", ALL, (S.RECEIVED,), S.REFUSED),
        _move("accept", "Thụ lý", ALL, (S.RECEIVED,), S.ACCEPTED),
        _move("need_time", "Báo cần thêm thời gian", ANSWERED, (S.RECEIVED, S.ACCEPTED, S.VERIFYING), None),
        _move("assign", "Giao xác minh", ALL, (S.ACCEPTED, S.VERIFYING, S.DIALOGUE), S.VERIFYING),
        _move("find", "Ghi kết quả xác minh", ALL, (S.VERIFYING, S.DIALOGUE), None),
        _move("mark_complex", "Ghi là vụ việc phức tạp", COMPLAINTS, WORKED, None),
        _move("invite", "Mời đối thoại", COMPLAINTS, (S.VERIFYING, S.DIALOGUE), S.DIALOGUE),
        _move("hold", "Ghi biên bản đối thoại", COMPLAINTS, (S.DIALOGUE,), None),
        _move("suspend", "Tạm đình chỉ", COMPLAINTS, WORKED, S.SUSPENDED, DECIDE),
        _move("resume", "Tiếp tục giải quyết", COMPLAINTS, (S.SUSPENDED,), None, DECIDE),
        _move("terminate", "Đình chỉ", COMPLAINTS, AT_WORK, S.TERMINATED, DECIDE),
        _move("request", "Ghi yêu cầu", ALL, (S.RECEIVED, S.ACCEPTED, S.VERIFYING, S.DIALOGUE), None),
        _move("reply", "Trả lời yêu cầu", ALL, (S.ACCEPTED, S.VERIFYING, S.DIALOGUE, S.DECIDED), None),
        _move("withdraw_part", "Ghi rút một phần", ALL, (S.RECEIVED, *AT_WORK), None),
        _move("withdraw", "Ghi rút đơn", ALL, (S.RECEIVED, S.AWAITED, *AT_WORK), S.WITHDRAWN, but=ORDERED),
        _move("end_withdrawn", "Đình chỉ vì người khiếu nại rút", COMPLAINTS, AT_WORK, S.WITHDRAWN, DECIDE),
        _move("decide", "Ra quyết định giải quyết", COMPLAINTS, (S.VERIFYING, S.DIALOGUE), S.DECIDED, DECIDE),
        _move("send", "Gửi quyết định", COMPLAINTS, (S.DECIDED,), S.SENT),
        _move("publish", "Công khai quyết định", COMPLAINTS, (S.SENT, S.ENFORCING, S.DONE), None),
        _move("enforce", "Theo dõi thi hành", COMPLAINTS, (S.SENT,), S.ENFORCING),
        _move("appeal", "Nhận khiếu nại lần hai", COMPLAINTS, (*WORKED, S.SENT, S.ENFORCING, S.DONE), S.APPEALED, RECEIVE, 1),
        _move("answer", "Trả lời người gửi", ANSWERED, (S.ACCEPTED, S.VERIFYING), S.ANSWERED),
        _move("rate", "Ghi đánh giá của người gửi", ALL, (S.SENT, S.ENFORCING, S.ANSWERED, S.DONE), None),
        _move("dispute", "Ghi người gửi không đồng ý", ANSWERED, (S.ANSWERED,), S.ACCEPTED),
        _move("check", "Kiểm tra đã làm xong", ALL, (S.SENT, S.ENFORCING, S.ANSWERED), None),
        _move("give", "Giao việc", ALL, (*WORKED, S.DECIDED, S.SENT, S.ENFORCING, S.ANSWERED), None),
        _move("notice", "Ghi đã gửi văn bản thông báo", ALL, (*AT_WORK, S.REFUSED, S.TERMINATED, S.WITHDRAWN), None),
        _move("report_back", "Báo nơi chuyển đơn", ALL, (S.SENT, S.ENFORCING, S.ANSWERED, S.APPEALED, S.DONE, *REFUSED), None),
        _move("group", "Ghi người đại diện", ALL, (S.RECEIVED, *AT_WORK), None),
        _move("bar", "Ghi người bị khiếu nại", ALL, tuple(S), None),  # even of what is closed they read nothing
        _move("finish", "Kết thúc", ALL, (S.SENT, S.ENFORCING, S.ANSWERED), S.DONE),
    )
}  # fmt: skip

# What each act is for, as the page says beside it.
MEANINGS: dict[str, str] = {
    "accept": "Đủ điều kiện, đúng thẩm quyền: bắt đầu giải quyết và tính hạn.",
    "report_result": "Cơ quan nhận đơn đã báo: ghi kết quả và trả lời người gửi.",
    "resume": "Căn cứ tạm đình chỉ không còn: thời hạn chạy tiếp.",
    "find": "So kết quả xác minh với điều người gửi yêu cầu.",
    "hold": "Ghi kết quả buổi đối thoại đã mời.",
    "answer": "Soạn sẵn từ trả lời của từng yêu cầu.",
    "assign": "Chọn người đi xác minh.",
    "invite": "Mời người khiếu nại đến đối thoại.",
    "decide": "Kết luận khiếu nại đúng hay sai, theo số quyết định.",
    "send": "Gửi quyết định cho người khiếu nại và nơi liên quan.",
    "publish": "Công bố, niêm yết hoặc đăng quyết định.",
    "enforce": "Theo dõi đến khi quyết định được thi hành xong.",
    "check": "Người khác xem việc đã trả lời có được làm không.",
    "finish": "Không còn việc phải làm: đóng đơn.",
    "dispute": "Người gửi chưa đồng ý, có lý do: xem xét lại một lần.",
    "appeal": "Người khiếu nại gửi tiếp lên cấp giải quyết lần hai.",
    "transfer": "Việc thuộc đơn vị khác có dùng phần mềm này.",
    "hand_out": "Việc thuộc cơ quan không dùng phần mềm này.",
    "guide": "Không thuộc thẩm quyền: hướng dẫn người gửi nơi nhận đơn.",
    "refuse": "Đúng thẩm quyền nhưng không đủ điều kiện thụ lý.",
    "file": "Đơn thiếu thông tin bắt buộc hoặc trùng, không xử lý tiếp.",
    "mark_complex": "Có dấu hiệu phức tạp theo luật: hạn dài hơn.",
    "suspend": "Có căn cứ theo luật: thời hạn tạm dừng.",
    "terminate": "Có căn cứ theo luật: dừng hẳn và đóng đơn.",
    "end_withdrawn": "Người khiếu nại rút đơn đã thụ lý: ra quyết định và đóng đơn.",
}


def moves_from(kind: str, state: str, round_: int = 1) -> list[Move]:
    """Every move that a petition of this kind and round may make from this state, in the order of the work."""
    return [one for one in MOVES.values() if one.fits(kind, state, round_)]


# What the address calls each act.
SLUGS: dict[str, str] = {
    "split": "tach-don", "reclassify": "phan-loai-lai", "transfer": "chuyen-don", "hand_out": "chuyen-ra-ngoai",
    "report_result": "ket-qua-noi-nhan", "guide": "huong-dan", "file": "luu-don", "refuse": "khong-thu-ly",
    "accept": "thu-ly", "need_time": "them-thoi-gian", "assign": "giao-xac-minh", "find": "ket-qua-xac-minh", "mark_complex": "phuc-tap",
    "invite": "moi-doi-thoai", "hold": "bien-ban-doi-thoai", "suspend": "tam-dinh-chi", "resume": "tiep-tuc",
    "terminate": "dinh-chi", "request": "yeu-cau", "withdraw_part": "rut-mot-phan", "withdraw": "rut-don",
    "end_withdrawn": "dinh-chi-do-rut",
    "decide": "quyet-dinh", "send": "gui-quyet-dinh", "publish": "cong-khai", "enforce": "thi-hanh",
    "appeal": "lan-hai", "answer": "tra-loi", "rate": "danh-gia", "dispute": "khong-dong-y", "check": "kiem-tra",
    "notice": "gui-van-ban", "report_back": "bao-noi-chuyen", "group": "nguoi-dai-dien", "bar": "nguoi-bi-khieu-nai",
    "finish": "ket-thuc",
}  # fmt: skip
BY_SLUG = {slug: name for name, slug in SLUGS.items()}
