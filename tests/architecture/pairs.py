"""Which pages a role tries from a scope, so that each pair of page, role and scope is tried once at least."""

from danvan.accounts.roles import ROLES
from tests.examples import on_postgresql

SCOPES = ("here", "above", "root", "elsewhere")


def may(rule):
    """The roles that may open a page of this rule at all."""
    return [role for role in sorted(ROLES) if rule == "public" or rule in ROLES[role]]


def tried_by(role, scope, urls):
    """Here every page is tried by every role (on PostgreSQL by one); in the other scopes by one, another in each.

    Which right a page asks for is the same wherever it is held, and how far a right reaches is the same whoever holds
    it: one answer each (accounts.access, accounts.selectors.grants). All three together are tried in a long run.
    """
    if scope == "here" and not on_postgresql():
        return urls
    turn = SCOPES.index(scope)
    return [
        (name, rule, converters)
        for place, (name, rule, converters) in enumerate(urls)
        if may(rule)[(place + turn) % len(may(rule))] == role
    ]
