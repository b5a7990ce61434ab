"""What each role may do. Changing this table is a reviewed code change, not a database edit."""

READING = frozenset({"register.view", "law.view"})

ROLES: dict[str, frozenset[str]] = {
    "leader": READING
    | {"documents.view", "activities.view", "targets.view", "reports.compose"},
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
    "commune_officer": READING | {"activities.view", "activities.record", "targets.view"},
    "administrator": READING
    | {"health.view", "accounts.view", "accounts.grant", "audit.view"},
}

LABELS: dict[str, str] = {
    "leader": "Lãnh đạo",
    "specialist": "Chuyên viên",
    "clerk": "Văn thư",
    "commune_officer": "Cán bộ cấp xã",
    "administrator": "Quản trị",
}


def roles_allowing(action: str) -> list[str]:
    """The roles that may do `action`."""
    return [role for role, actions in ROLES.items() if action in actions]
