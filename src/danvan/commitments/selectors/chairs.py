"""Who is meant by the words in which the chair of a line is written: one post or person of the unit, or nobody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model

from danvan.accounts.selectors import holders_near, reaches
from danvan.organisations.selectors.officers.holding import PostRow, may_be, posts_of
from danvan.organisations.selectors.officers.seated import accounts_of
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold

VIEW = "commitments.view"
FORMS_OF_ADDRESS = ("dong chi ", "d/c ", "dc. ", "ong ", "ba ")


@dataclass(frozen=True, slots=True)
class Chair:
    """Who is told of a line as its chair, None where nobody is; `words` say so, or why not."""

    words: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the unit who may chair: by the register of posts or by an account."""

    name: str
    titles: tuple[str, ...]
    user_id: int | None

    def fits(self, words: str) -> bool:
        """Whether the words are this name, one of these titles, or both in either order."""
        key, name = _plain(words), _plain(self.name)
        titles = {_plain(one) for one in self.titles}
        both = {f"{one} {name}" for one in titles} | {f"{name} {one}" for one in titles}
        return may_be(self.name, words) or key in titles | both


def spelling_key(words: str) -> str:
    """What the spellings of one person or place have in common."""
    key = " ".join(fold(words).split())
    for address in FORMS_OF_ADDRESS:
        key = key.removeprefix(address)
    return key


def chairs_of(unit_id: int, written: Iterable[str], *, on: date) -> dict[str, Chair]:
    """Who is meant by each of these words for a chair of a unit's programme, on a day; empty words are left out.

    Five queries for any number, and two for each who is meant and reads the unit from above.
    """
    said = {one for one in written if one.strip()}
    if not said:
        return {}
    posts = posts_of([unit_id], on).get(unit_id, [])
    people, near = _people(unit_id, posts)
    vacant = {_plain(one.title) for one in posts if not one.holders}
    return {one: _chair(one, people, near, vacant, unit_id) for one in said}


def chairs_offered(unit_id: int, *, on: date) -> list[tuple[str, str]]:
    """The words by which somebody of the unit is surely meant, each with who or what that is. Five queries."""
    people, _ = _people(unit_id, posts_of([unit_id], on).get(unit_id, []))
    found = []
    for one in people:
        alone = [t for t in one.titles if sum(other.fits(t) for other in people) == 1]
        found += [(title, one.name) for title in alone]
        if not alone and sum(other.fits(one.name) for other in people) == 1:
            found.append((one.name, ", ".join(one.titles)))
    return found


def _people(unit_id: int, posts: Iterable[PostRow]) -> tuple[list[Person], set[int]]:
    """Who holds a post of the unit, or has an account nearest to it; the latter also as ids."""
    names: dict[int, str] = {}
    titles: dict[int, list[str]] = {}
    for post in posts:
        for holder in post.holders:
            names[holder.officer_id] = holder.name
            titles.setdefault(holder.officer_id, []).append(post.title)
    accounts = accounts_of(list(names))
    near = set(holders_near([unit_id], VIEW).get(unit_id, []))
    people = [Person(names[pk], tuple(some), accounts.get(pk)) for pk, some in titles.items()]
    users = get_user_model().objects.filter(pk__in=near - set(accounts.values()))
    people += [
        Person(one.full_name, (one.position,) if one.position else (), one.pk)
        for one in users.order_by("pk")
    ]
    return people, near


def _chair(
    words: str,
    people: Iterable[Person],
    near: Collection[int],
    vacant: Collection[str],
    unit_id: int,
) -> Chair:
    meant = [one for one in people if one.fits(words)]
    if len(meant) > 1:
        return Chair(
            f"Không báo ai: “{words}” ứng với {format_number(len(meant))} người của đơn vị. "
            "Đồng chí vui lòng ghi rõ họ tên nếu muốn báo."
        )
    if not meant and _plain(words) in vacant:
        return Chair(f"Không báo ai: chức danh “{words}” đang khuyết.")
    if not meant:
        return Chair(
            f"Không báo ai: “{words}” không trùng với chức danh hay họ tên nào của đơn vị. "
            "Đồng chí vui lòng chọn một gợi ý nếu muốn báo."
        )
    one = meant[0]
    if one.user_id is None:
        return Chair(f"Không báo ai: đồng chí {one.name} chưa có tài khoản.")
    if one.user_id not in near and not _may_view(one.user_id, unit_id):
        return Chair(
            f"Không báo ai: tài khoản của đồng chí {one.name} chưa được xem việc của đơn vị."
        )
    return Chair(f"Báo đồng chí {one.name}.", one.user_id)


def _may_view(user_id: int, unit_id: int) -> bool:
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    return user is not None and reaches(user, VIEW, unit_id)


def _plain(words: str) -> str:
    """The words without form of address, tones, case and marks."""
    return " ".join("".join(x if x.isalnum() else " " for x in spelling_key(words)).split())
