"""Who may do what is answered in one place; elsewhere a view starts from a queryset already limited."""

import ast

from tests.architecture import short, sources, tree


def mentions(file, *names):
    for node in ast.walk(tree(file)):
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if name in names:
            yield node.lineno
        if isinstance(node, ast.ImportFrom):
            yield from (node.lineno for alias in node.names if alias.name in names)


def outside_accounts():
    return [file for file in sources("src/danvan") if "accounts" not in file.parts]


def test_only_accounts_reads_grants_and_roles():
    bad = [
        f"{short(file)}:{line}"
        for file in outside_accounts()
        for line in mentions(file, "Grant", "roles_allowing", "ROLES")
    ]
    assert bad == []


def test_no_module_asks_django_for_permissions():
    """`is_staff`, `has_perm` and the like would be a second answer beside the grants."""
    second = ("is_staff", "is_superuser", "has_perm", "has_perms", "user_passes_test")
    bad = [
        f"{short(file)}:{line}"
        for file in outside_accounts()
        for line in mentions(file, *second, "permission_required", "login_required")
    ]
    assert bad == []


def test_views_refuse_by_not_finding():
    """Nowhere allowed is 403 and `requires` gives it; on this object is 404. No view raises 403 itself."""
    bad = [
        f"{short(file)}:{line}"
        for file in outside_accounts()
        for line in mentions(file, "PermissionDenied", "HttpResponseForbidden")
        if "foundation" not in file.parts
    ]
    assert bad == []
