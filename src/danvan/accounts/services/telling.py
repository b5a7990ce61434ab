"""Having a person told that how they prove who they are was changed."""

import secrets

from danvan.accounts.enums import Secured
from danvan.accounts.events import AccountSecured
from danvan.accounts.models import User
from danvan.foundation import events


def tell_secured(subject: User, what: Secured, actor: User | None) -> None:
    """Have the person told, so that whoever did not do it themselves hears of it."""
    by = actor.pk if actor is not None else None
    change = secrets.token_hex(8)
    events.publish(AccountSecured(user_id=subject.pk, what=what, change=change, by_id=by))
