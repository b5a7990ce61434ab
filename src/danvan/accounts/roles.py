"""What each role may do. Changing this table is a reviewed code change, not a database edit."""

READING = frozenset({"accounts.own", "register.view", "law.view"})

ROLES: dict[str, frozenset[str]] = {
    "leader": READING | {"documents.view", "activities.view", "targets.view", "reports.compose"},
    "specialist": READING
    | {
        "documents.view",
        "documents.register",
        "documents.review",
        "activities.view",
        "activities.record",
        "targets.view",
        "targets.manage",
        "reports.compose",
    },
    "clerk": READING | {"documents.view", "documents.register"},
    # A commune has no clerk of its own for this: its officer keeps its registers too.
    "commune_officer": READING
    | {
        "documents.view",
        "documents.register",
        "activities.view",
        "activities.record",
        "targets.view",
    },
    "administrator": READING
    | {"health.view", "accounts.view", "accounts.grant", "audit.view", "law.manage"},
}

LABELS: dict[str, str] = {
    "leader": "Lãnh đạo",
    "specialist": "Chuyên viên",
    "clerk": "Văn thư",
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
    "documents.register": "đăng ký văn bản",
    "documents.review": "kiểm lại văn bản đã đọc",
    "documents.view": "xem văn bản",
    "health.view": "xem tình trạng hệ thống",
    "law.manage": "sửa lịch làm việc",
    "law.view": "xem tham số pháp luật",
    "register.view": "xem sổ đơn vị",
    "reports.compose": "lập báo cáo",
    "targets.manage": "đặt chỉ tiêu",
    "targets.view": "xem chỉ tiêu",
}

# The roles that a holder of each role may give to others, within reach.
GIVES: dict[str, frozenset[str]] = {"administrator": frozenset(ROLES)}

# What may be lent for a while. An administrator on leave has another one granted for that time instead:
# whoever borrows a role must not be able to give it to others for good.
LENDABLE = frozenset(ROLES) - {"administrator"}


def roles_allowing(action: str) -> list[str]:
    """The roles that may do `action`."""
    return [role for role, actions in ROLES.items() if action in actions]
