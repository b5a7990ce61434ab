"""Posts one by one: whether each still stands on a day, and who holds it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from danvan.organisations.models import Appointment, Officer, Post
from danvan.organisations.selectors.officers.holding import HolderRow, held_on, posts_of


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A post by itself on a day: who holds it, the main holder first; `closed` where it or its unit has ended."""

    post_id: int
    unit_id: int
    title: str
    closed: bool
    holders: tuple[HolderRow, ...]
    user_ids: tuple[int, ...]  # the accounts of those who hold it


def seats_of(post_ids: Collection[int], on: date) -> dict[int, SeatRow]:
    """These posts on a day, whether they still stand and who holds them. Three queries."""
    posts = list(Post.objects.filter(pk__in=list(post_ids)).select_related("unit"))
    rows = posts_of({post.unit_id for post in posts}, on) if posts else {}
    standing = {row.id: row for found in rows.values() for row in found}
    officers = {one.officer_id for row in standing.values() for one in row.holders}
    users = accounts_of(officers)
    found: dict[int, SeatRow] = {}
    for post in posts:
        holders = standing[post.pk].holders if post.pk in standing else ()
        accounts = tuple(users[one.officer_id] for one in holders if one.officer_id in users)
        found[post.pk] = SeatRow(
            post.pk, post.unit_id, post.title, post.pk not in standing, holders, accounts
        )
    return found


def accounts_of(officer_ids: Collection[int]) -> dict[int, int]:
    """The accounts of these officers, by officer; who has none is left out. One query."""
    accounted = Officer.objects.filter(pk__in=officer_ids, user__isnull=False)
    return {pk: user for pk, user in accounted.values_list("pk", "user_id") if user is not None}


def posts_held_by(user_id: int, on: date) -> list[int]:
    """The posts that the officer with this account holds on a day. One query."""
    held = Appointment.objects.filter(held_on(on), officer__user_id=user_id)
    return list(held.order_by("post_id").values_list("post_id", flat=True).distinct())
