"""What each role may do. Changing this table is a reviewed code change, not a database edit."""

from enum import StrEnum

READING = frozenset({"accounts.own", "register.view", "law.view"})

ROLES: dict[str, frozenset[str]] = {
    "leader": READING
    | {
        "documents.view",
        "activities.view",
        "targets.view",
        "commitments.view",
        "commitments.assign",
        "commitments.verify",
        "dialogues.view",
        "dialogues.hold",
        "news.view",
        "news.approve",
        "petitions.view",
        "petitions.receive",
        "petitions.handle",
        "petitions.decide",
        "vault.enter",
        "programmes.keep",
        "submissions.view",
        "submissions.release",
        "submissions.lock",
        "board.view",
        "reports.compose",
        "reports.sign",
        "handovers.accept",
    },
    "specialist": READING
    | {
        "documents.view",
        "documents.register",
        "documents.review",
        "activities.view",
        "activities.record",
        "targets.view",
        "targets.manage",
        "duties.manage",
        "commitments.view",
        "commitments.assign",
        "commitments.perform",
        "commitments.verify",
        "dialogues.view",
        "dialogues.hold",
        "news.view",
        "news.write",
        "petitions.view",
        "programmes.keep",
        "submissions.view",
        "submissions.approve",
        "submissions.lock",
        "forms.manage",
        "board.view",
        "reports.compose",
        "handovers.accept",
    },
    # What a leader lends of the role: to let the unit's reports go, and to read the board that lists them.
    "report_releaser": READING | {"submissions.view", "submissions.release", "board.view"},
    "clerk": READING | {"documents.view", "documents.register", "documents.distribute"},
    # Receives citizens and their papers, and works on them for the head who decides.
    "petition_officer": READING
    | {"petitions.view", "petitions.receive", "petitions.handle", "vault.enter"}
    | {"commitments.view", "commitments.perform"},
    # A commune has no clerk and no specialist of its own for this: its officer keeps its registers and reads its texts.
    "commune_officer": READING
    | {
        "documents.view",
        "documents.register",
        "documents.review",
        "documents.distribute",
        "activities.view",
        "activities.record",
        "targets.view",
        "targets.manage",
        "commitments.view",
        "commitments.perform",
        "dialogues.view",
        "dialogues.hold",
        "news.view",
        "news.write",
        "petitions.view",
        "petitions.receive",
        "petitions.handle",
        "vault.enter",
        "programmes.keep",
        "submissions.view",
        "submissions.enter",
        "board.view",
        "handovers.accept",
    },
    "administrator": READING
    | {"health.view", "accounts.view", "accounts.grant", "audit.view", "law.manage"}
    | {
        "register.manage",
        "register.reorganise",
        "handovers.accept",
        "duties.manage",
        "keys.manage",
    },
}

LABELS: dict[str, str] = {
    "leader": "Lãnh đạo",
    "specialist": "Chuyên viên",
    "report_releaser": "Người duyệt báo cáo gửi đi",
    "clerk": "Văn thư",
    "petition_officer": "Cán bộ tiếp công dân, xử lý đơn",
    "commune_officer": "Cán bộ cấp xã",
    "administrator": "Quản trị",
}

# What a refusal calls each action.
ACTIONS: dict[str, str] = {
    "accounts.own": "xem quyền của mình",
    "accounts.view": "xem người dùng",
    "accounts.grant": "cấp quyền cho người dùng",
    "activities.record": "ghi hoạt động",
    "activities.view": "xem hoạt động",
    "audit.view": "xem nhật ký",
    "board.view": "xem bảng điều hành",
    "commitments.assign": "giao việc",
    "commitments.perform": "thực hiện việc được giao",
    "commitments.verify": "kiểm tra việc đã báo xong",
    "commitments.view": "xem việc phải làm",
    "dialogues.hold": "tổ chức đối thoại, ghi việc dân chủ ở cơ sở",
    "dialogues.view": "xem đối thoại và việc dân chủ ở cơ sở",
    "documents.distribute": "gửi văn bản tới đơn vị",
    "documents.register": "đăng ký văn bản",
    "documents.review": "kiểm lại văn bản đã đọc",
    "documents.view": "xem văn bản",
    "duties.manage": "lập ma trận nhiệm vụ",
    "forms.manage": "mở kỳ báo cáo",
    "handovers.accept": "nhận việc bàn giao khi sắp xếp đơn vị",
    "health.view": "xem tình trạng hệ thống",
    "keys.manage": "cấp khóa kết nối cho hệ thống khác",
    "law.manage": "sửa lịch làm việc, tham số pháp luật và lĩnh vực",
    "law.view": "xem tham số pháp luật và lĩnh vực",
    "news.approve": "duyệt, gỡ tin, bài cho người dân",
    "news.view": "xem tin, bài chưa đăng",
    "news.write": "viết tin, bài cho người dân",
    "petitions.decide": "quyết định giải quyết đơn thư",
    "petitions.handle": "xử lý đơn thư",
    "petitions.receive": "tiếp nhận đơn thư",
    "petitions.view": "xem đơn thư",
    "programmes.keep": "lập chương trình, kế hoạch công tác",
    "register.manage": "sửa sổ đơn vị, chức danh",
    "register.reorganise": "sắp xếp đơn vị",
    "register.view": "xem sổ đơn vị",
    "reports.compose": "lập báo cáo",
    "reports.sign": "ký báo cáo tổng hợp",
    "submissions.approve": "duyệt báo cáo của đơn vị",
    "submissions.enter": "lập, gửi báo cáo của đơn vị",
    "submissions.lock": "chốt số liệu báo cáo",
    "submissions.release": "duyệt báo cáo của đơn vị mình trước khi gửi",
    "submissions.view": "xem báo cáo của đơn vị",
    "targets.manage": "đặt chỉ tiêu",
    "targets.view": "xem chỉ tiêu",
    "vault.enter": "vào vùng niêm phong của tố cáo; hồ sơ nào thì theo tên người được giao",
}


class Guard(StrEnum):
    """What an action asks for beyond the right to it."""

    FACTOR = "factor"  # a second factor, fresh in this session
    ELEVATED = "elevated"  # and, of whoever may do it as an administrator only, an elevated session


# The actions that a stolen session alone must not be able to do: approvals, and all writing of administrators.
# Taking over work at a reorganisation is not among them: it is work of one's own unit and changes nobody's rights.
# Reading the audit log is not either: it changes nothing, and whoever watches the administrators needs no session of theirs.
GUARDED: dict[str, Guard] = {
    "accounts.grant": Guard.ELEVATED,
    "duties.manage": Guard.ELEVATED,
    "keys.manage": Guard.ELEVATED,
    "law.manage": Guard.ELEVATED,
    "news.approve": Guard.FACTOR,
    "petitions.decide": Guard.FACTOR,
    "petitions.handle": Guard.FACTOR,
    "register.manage": Guard.ELEVATED,
    "register.reorganise": Guard.ELEVATED,
    "reports.sign": Guard.FACTOR,
    "submissions.approve": Guard.FACTOR,
    "submissions.lock": Guard.FACTOR,
    "submissions.release": Guard.FACTOR,
    "vault.enter": Guard.FACTOR,
}

# What is done, too, on what units that ended left to their heirs as it was: finished petitions, published words. Nothing new is
# begun there.
ON_WHAT_WAS_LEFT = frozenset({"news.approve", "petitions.handle"})

# The roles that a holder of each role may give to others, within reach.
GIVES: dict[str, frozenset[str]] = {"administrator": frozenset(ROLES)}

# What may be lent for a while. An administrator on leave has another one granted for that time instead:
# whoever borrows a role must not be able to give it to others for good.
LENDABLE = frozenset(ROLES) - {"administrator"}

# What may be lent instead of the whole role: each is a part of it.
PARTS: dict[str, tuple[str, ...]] = {"leader": ("report_releaser",)}


def roles_allowing(action: str) -> list[str]:
    """The roles that may do `action`."""
    return [role for role, actions in ROLES.items() if action in actions]
